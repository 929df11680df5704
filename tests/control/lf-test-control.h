#pragma once

#include "lf-run-manager.h"
#include "lf-target.h"

/* What the tests of control share: a target, and runs that are awaited. */

/* The bundled target on a free port, and its URL. */
LfTarget    *lf_test_target       (guint delay_ms, char **url) G_GNUC_WARN_UNUSED_RESULT;
/* One GET of @url under @profile (JSON), with a graceful stop of @graceful seconds. */
LfSpec      *lf_test_control_spec (const char *url, const char *profile, double graceful) G_GNUC_WARN_UNUSED_RESULT;
/* NULL with @error where it is refused. */
LfActiveRun *lf_test_start_run    (LfRunManager *manager, const LfSpec *spec, const LfRunOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Runs the main loop until @run has said "ended"; at most a minute. */
void         lf_test_await_end    (LfActiveRun *run);
/* ...until it has @n total samples. */
void         lf_test_await_samples (LfActiveRun *run, guint n);
guint        lf_test_n_totals     (GPtrArray *samples);
guint        lf_test_n_seconds    (LfActiveRun *run); /* that it has samples of */
/* Whether the log of @run has a line of the store at @level that fits @pattern (of g_pattern_match_simple()). */
gboolean     lf_test_has_line     (LfActiveRun *run, LfLogLevel level, const char *pattern);
/* Waits for it; at most 30 more samples. */
void         lf_test_await_line   (LfActiveRun *run, LfLogLevel level, const char *pattern);
/* Recovers what @manager's store holds; how many. */
gssize       lf_test_recover      (LfRunManager *manager, GError **error);
