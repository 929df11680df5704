#pragma once

#include "lf-run.h"
#include "lf-sample.h"

/* Exit codes of `loadforge-cli run`, as summaries keep them. */
typedef enum
{
  LF_EXIT_PASSED = 0,
  LF_EXIT_FAILED = 99,       /* ran, and what was asked of it did not hold; k6's code */
  LF_EXIT_REMOTE = 103,      /* stopped over REST */
  LF_EXIT_USAGE = 104,       /* bad spec or usage */
  LF_EXIT_SIGNAL = 105,      /* stopped before its end */
  LF_EXIT_BUSY = 106,        /* a port is in use */
  LF_EXIT_UNREACHABLE = 107, /* the target or the store */
  LF_EXIT_SATURATED = 111,   /* the generator, where that was to fail */
} LfExitCode;

/* Says of @summary whose run it is; takes the spec from @run, which has no
 * secrets in it, as the URLs of @summary have none. */
void       lf_run_summary_complete (LfSummary *summary, const LfRun *run, gboolean fail_on_saturation);
/* The summary of a run whose end was lost, out of what was kept: phases and the generator's figures
 * are not. verdict: aborted. (transfer full). Any thread. */
LfSummary *lf_run_summary_rebuild  (const LfRun *run, GPtrArray *samples) G_GNUC_WARN_UNUSED_RESULT;
