#pragma once

#include "lf-run.h"
#include "lf-spec.h"

#define LF_SPEC_ITEM_RUNS 10 /* that are looked back at */

/*
 * One spec of the list, with the run that is told beside it: the live one, else the newest.
 *
 * Signals: "changed" ().
 */
#define LF_TYPE_SPEC_ITEM (lf_spec_item_get_type ())
G_DECLARE_FINAL_TYPE (LfSpecItem, lf_spec_item, LF, SPEC_ITEM, GObject)

LfSpecItem   *lf_spec_item_new      (const LfSpec *spec) G_GNUC_WARN_UNUSED_RESULT; /* copies */
const LfSpec *lf_spec_item_get_spec (LfSpecItem *self);
const char   *lf_spec_item_get_id   (LfSpecItem *self);
void          lf_spec_item_set_spec (LfSpecItem *self, const LfSpec *spec);
const LfRun  *lf_spec_item_get_run  (LfSpecItem *self); /* NULL: it never ran, or that is not known yet */
void          lf_spec_item_set_run  (LfSpecItem *self, const LfRun *run);
/* (element-type LfRun): the newest first; the first becomes the item's run unless that one goes on. */
void          lf_spec_item_set_runs (LfSpecItem *self, GPtrArray *runs);
/* The p95 of the response time of the last ten runs that measured one, in ms, the oldest first. */
const double *lf_spec_item_get_p95s (LfSpecItem *self, guint *n);
/* Whether the newest runs have been asked for, so that each is asked for once. */
gboolean      lf_spec_item_get_asked (LfSpecItem *self);
void          lf_spec_item_set_asked (LfSpecItem *self, gboolean asked);
/* Whether every word of @text stands in the name, method, URL or tags, in any case. */
gboolean      lf_spec_item_matches  (LfSpecItem *self, const char *text);
int           lf_spec_item_compare  (gconstpointer a, gconstpointer b, gpointer user_data); /* by name */
