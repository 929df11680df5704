#pragma once

#include "lf-test-load.h"

/*
 * One run of a spec, from the plan to the summary, with all that it said on the way.
 */
typedef struct
{
  LfTestLoad *load;
  LfSummary *summary;
} LfTestRun;

/* Reads @text as a spec; ' stands for ", so that a test can write JSON. A spec without a load
 * profile gets one arrival in one second: each step is sent exactly once. (transfer full) */
LfSpec    *lf_test_spec_once      (const char *text);
/* Runs it to its end, and fails the test where it cannot be started. */
LfTestRun *lf_test_run_spec       (const LfSpec *spec, GHashTable *attachments);
LfTestRun *lf_test_run            (const char *format, ...) G_GNUC_PRINTF (1, 2);
void       lf_test_run_free       (LfTestRun *self);
/* The step of that name; the test fails where there is none. */
LfSummaryStep *lf_test_run_get_step (LfTestRun *self, const char *name);
/* Whether every request of the step was answered with @status, or failed with @code where that is
 * not 0. @status 0: no answer. */
void       lf_test_run_assert_step (LfTestRun *self, const char *name, guint status, guint code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfTestRun, lf_test_run_free)
