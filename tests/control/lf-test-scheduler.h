#pragma once

#include "lf-scheduler.h"
#include "lf-target.h"
#include "lf-test-store.h"

#define LF_TEST_START  (20000 * (gint64) 86400000) /* ms: where the fake clock begins */
#define LF_TEST_MINUTE ((gint64) 60000)
#define LF_TEST_ONCE   "{\"executor\":\"per-vu-iterations\",\"vus\":1,\"iterations\":1}" /* a load profile */

/* A scheduler on a clock that stands still until it is set. */
typedef struct
{
  LfTarget *target;
  char *url;
  LfRunManager *manager;
  LfScheduler *scheduler;
  gint64 now;
  guint n_started;
  GPtrArray *missed; /* what was told */
} LfTestScheduler;

void           lf_test_scheduler_init          (LfTestScheduler *bench, LfStore *store);
void           lf_test_scheduler_start         (LfTestScheduler *bench);
/* Sets the clock, and lets the scheduler look at it. */
void           lf_test_scheduler_advance       (LfTestScheduler *bench, gint64 now);
void           lf_test_scheduler_clear         (LfTestScheduler *bench);
void           lf_test_scheduler_await_idle    (LfTestScheduler *bench);
void           lf_test_scheduler_await_runs    (LfTestScheduler *bench); /* that they have ended */
/* It told of @n, the last of them in @words. */
void           lf_test_scheduler_assert_missed (LfTestScheduler *bench, guint n, const char *words);

char          *lf_test_scheduler_save_spec     (LfTestStore *self, const char *url, const char *profile); /* its ID */
LfRunSchedule *lf_test_scheduler_save_schedule (LfTestStore *self, const char *spec_id, const char *cron, gint64 next);
guint          lf_test_scheduler_count_runs    (LfTestStore *self); /* all of which have finished */
