#pragma once

#include "lf-load-profile.h"

/*
 * The kinds of load that the editor offers: k6's executors, the short form, and `manual` once for
 * users and once for a rate. Pure functions on the main thread.
 */
typedef enum
{
  LF_LOAD_KIND_SHORT, /* the order of the drop-down: what most want first */
  LF_LOAD_KIND_CONSTANT_RATE,
  LF_LOAD_KIND_RAMPING_USERS,
  LF_LOAD_KIND_RAMPING_RATE,
  LF_LOAD_KIND_CONSTANT_USERS,
  LF_LOAD_KIND_SHARED_ITERATIONS,
  LF_LOAD_KIND_PER_VU_ITERATIONS,
  LF_LOAD_KIND_CAPACITY_SEARCH,
  LF_LOAD_KIND_MANUAL_USERS,
  LF_LOAD_KIND_MANUAL_RATE,
  LF_N_LOAD_KINDS,
} LfLoadKind;

/* One number of a kind's form. */
typedef struct
{
  const char *pointer; /* below /loadProfile */
  const char *title;   /* untranslated, with a mnemonic */
  gsize offset;        /* in the profile, or in its objective */
  gboolean integer;
  gboolean objective;
  double scale;        /* what is shown, of what is stored; 0 for 1 */
  double upper;        /* of what is shown */
  double step;
} LfLoadField;

LfLoadKind         lf_load_kind_of          (const LfLoadProfile *profile);
const char        *lf_load_kind_get_title   (LfLoadKind kind); /* translated */
const char        *lf_load_kind_get_hint    (LfLoadKind kind); /* translated: how it goes about it */
const LfLoadField *lf_load_kind_get_fields  (LfLoadKind kind); /* ends with one without a pointer */
gboolean           lf_load_kind_has_arrival (LfLoadKind kind); /* whether arrivals may come at random */
/* Something that runs as it is. (transfer full) */
LfLoadProfile     *lf_load_kind_new_profile (LfLoadKind kind) G_GNUC_WARN_UNUSED_RESULT;

double             lf_load_field_read       (const LfLoadField *self, const LfLoadProfile *profile);
void               lf_load_field_write      (const LfLoadField *self, LfLoadProfile *profile, double value);
/* The title as it is shown, translated: it depends on the profile's time unit. */
const char        *lf_load_field_get_title  (const LfLoadField *self, const LfLoadProfile *profile);
