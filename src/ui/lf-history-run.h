#pragma once

#include "lf-run.h"

#include <glib-object.h>

/*
 * A run as a row of the history, or of another list of runs.
 */
#define LF_TYPE_HISTORY_RUN (lf_history_run_get_type ())
G_DECLARE_FINAL_TYPE (LfHistoryRun, lf_history_run, LF, HISTORY_RUN, GObject)

LfHistoryRun    *lf_history_run_new     (const LfRun *run) G_GNUC_WARN_UNUSED_RESULT; /* copies it */
const LfRun     *lf_history_run_get     (LfHistoryRun *self);
/* Whether when it was, how it went, its spec, name and notes have all of these (lf-search.h). */
gboolean         lf_history_run_matches (LfHistoryRun *self, const char *const *words);
/* What the history shows and sorts by; NAN where it is not known. Times in ms. */
double           lf_history_run_get_users    (LfHistoryRun *self); /* most at once */
double           lf_history_run_get_requests (LfHistoryRun *self);
double           lf_history_run_get_rate     (LfHistoryRun *self); /* completed per second */
double           lf_history_run_get_failed   (LfHistoryRun *self); /* 0 to 1 */
double           lf_history_run_get_p95      (LfHistoryRun *self);
double           lf_history_run_get_duration (LfHistoryRun *self);
