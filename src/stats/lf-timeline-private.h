#pragma once

#include "lf-timeline.h"

struct _LfTimeline
{
  guint n_steps;
  gboolean separate_response_time;
  LfInterval **second; /* what came since the last close; n_steps of them, then the total */
  LfInterval **sums;   /* the same of the whole run, without the warm-up */
  gint64 users_max;
  gboolean replayed;   /* from samples, which keep less than intervals */
  gint64 first_seen[LF_N_ERROR_CODES]; /* ms since 1970; 0: never */
  gint64 last_seen[LF_N_ERROR_CODES];
};

/* Adds each code that occurred to @counts, under the text of @first plus its index. */
void               _lf_timeline_count_codes (const guint64 *codes, guint n, guint first, LfCounts *counts);
/* The histogram of response times: the durations where users set the pace. */
const LfHistogram *_lf_timeline_response    (const LfTimeline *self, const LfInterval *interval);
