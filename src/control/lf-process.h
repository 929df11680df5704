#pragma once

#include "lf-run.h"

/* Who this process is, as a run's owner: (transfer full). Linux; elsewhere `start` stays NULL. */
LfRunOwner *lf_process_new_owner (void) G_GNUC_WARN_UNUSED_RESULT;

#define LF_PROCESS_HEARTBEAT_LIMIT 60000 /* ms */

/* Whether the process of @owner (nullable) is gone, at @now (ms since 1970). Exact for a process
 * that this one can see: same boot of the same machine, same PID namespace (a sandbox numbers its
 * processes anew). Of any other, gone means no heartbeat for LF_PROCESS_HEARTBEAT_LIMIT. */
gboolean    lf_process_is_gone   (const LfRunOwner *owner, gint64 now);
