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

LfSpecItem   *lf_spec_item_new        (const LfSpec *spec) G_GNUC_WARN_UNUSED_RESULT; /* copies */
const LfSpec *lf_spec_item_get_spec   (LfSpecItem *self);
const char   *lf_spec_item_get_id     (LfSpecItem *self);
void          lf_spec_item_set_spec   (LfSpecItem *self, const LfSpec *spec);
const char   *lf_spec_item_get_name   (LfSpecItem *self); /* never NULL */
/* Of the first step; "" where there is none. */
const char   *lf_spec_item_get_method (LfSpecItem *self);
const char   *lf_spec_item_get_url    (LfSpecItem *self);
const LfRun  *lf_spec_item_get_run    (LfSpecItem *self); /* NULL: it never ran, or that is not known yet */
void          lf_spec_item_set_run    (LfSpecItem *self, const LfRun *run);
/* (element-type LfRun): the newest first; the first becomes the item's run unless that one goes on. */
void          lf_spec_item_set_runs   (LfSpecItem *self, GPtrArray *runs);
/* Of the item's run, once it has ended: requests per second, and the p95 of the response time in ms; else NAN. */
double        lf_spec_item_get_rate   (LfSpecItem *self);
double        lf_spec_item_get_p95    (LfSpecItem *self);
/* The p95 of the response time of the last ten runs that measured one, in ms, the oldest first. */
const double *lf_spec_item_get_p95s   (LfSpecItem *self, guint *n);
gboolean      lf_spec_item_has_tag    (LfSpecItem *self, const char *tag);
/* Whether every one of @words, folded by g_utf8_casefold(), stands in the name, method, URL or tags. */
gboolean      lf_spec_item_matches    (LfSpecItem *self, const char *const *words);
int           lf_spec_item_compare_names (LfSpecItem *self, LfSpecItem *other); /* as a person would order them */
