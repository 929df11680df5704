#include "config.h"

#include "lf-run-state.h"

#define N_STATUSES  (LF_RUN_INTERRUPTED + 1)
#define NOT_ALLOWED (-1)

/* One line a status; its columns are LfRunEvent's: start, pause, resume, stop, finish, lose. */
static const gint8 table[N_STATUSES][LF_N_RUN_EVENTS] = {
  [LF_RUN_PENDING] = { LF_RUN_RUNNING, NOT_ALLOWED, NOT_ALLOWED, LF_RUN_STOPPED, NOT_ALLOWED,
                       LF_RUN_INTERRUPTED },
  [LF_RUN_RUNNING] = { NOT_ALLOWED, LF_RUN_PAUSED, NOT_ALLOWED, LF_RUN_STOPPING, LF_RUN_FINISHED,
                       LF_RUN_INTERRUPTED },
  [LF_RUN_PAUSED] = { NOT_ALLOWED, NOT_ALLOWED, LF_RUN_RUNNING, LF_RUN_STOPPING, LF_RUN_FINISHED,
                      LF_RUN_INTERRUPTED },
  [LF_RUN_STOPPING] = { NOT_ALLOWED, NOT_ALLOWED, NOT_ALLOWED, LF_RUN_STOPPING, LF_RUN_STOPPED,
                        LF_RUN_INTERRUPTED },
  [LF_RUN_FINISHED] = { NOT_ALLOWED, NOT_ALLOWED, NOT_ALLOWED, NOT_ALLOWED, NOT_ALLOWED,
                        NOT_ALLOWED },
  [LF_RUN_STOPPED] = { NOT_ALLOWED, NOT_ALLOWED, NOT_ALLOWED, NOT_ALLOWED, NOT_ALLOWED,
                       NOT_ALLOWED },
  [LF_RUN_INTERRUPTED] = { NOT_ALLOWED, NOT_ALLOWED, NOT_ALLOWED, NOT_ALLOWED, NOT_ALLOWED,
                           NOT_ALLOWED },
};

gboolean
lf_run_state_next (LfRunStatus status, LfRunEvent event, LfRunStatus *next)
{
  g_return_val_if_fail ((guint) status < N_STATUSES, FALSE);
  g_return_val_if_fail ((guint) event < LF_N_RUN_EVENTS, FALSE);

  if (table[status][event] == NOT_ALLOWED)
    return FALSE;
  *next = (LfRunStatus) table[status][event];
  return TRUE;
}

LfRun *
lf_run_state_reopen (const LfRun *run)
{
  LfRun *open = lf_run_copy (run);

  if (lf_run_is_active (run))
    return open;
  open->status = LF_RUN_RUNNING;
  open->verdict = LF_VERDICT_NONE;
  open->ended_at = 0;
  if (open->spec == NULL && run->summary != NULL && run->summary->spec != NULL)
    open->spec = json_node_copy (run->summary->spec);
  g_clear_pointer (&open->summary, lf_summary_free);
  return open;
}
