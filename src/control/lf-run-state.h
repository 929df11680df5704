#pragma once

#include "lf-run.h"

typedef enum
{
  LF_RUN_EVENT_START,    /* the engine runs */
  LF_RUN_EVENT_PAUSE,
  LF_RUN_EVENT_RESUME,
  LF_RUN_EVENT_STOP,     /* somebody asked */
  LF_RUN_EVENT_FINISH,   /* the engine ended */
  LF_RUN_EVENT_LOSE,     /* the process that ran it is gone */
  LF_N_RUN_EVENTS,
} LfRunEvent;

/* The table of states: whether @event is allowed in @status, and what follows. */
gboolean lf_run_state_next (LfRunStatus status, LfRunEvent event, LfRunStatus *next);
/* @run as it stood before its end: what a store is given of one that ended until it has all its samples, so that
 * what is cut off in between reads as interrupted later, not as whole. */
LfRun   *lf_run_state_reopen (const LfRun *run) G_GNUC_WARN_UNUSED_RESULT;
