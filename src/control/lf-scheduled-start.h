#pragma once

#include "lf-run-manager.h"

/*
 * Starts the spec of @schedule, whose time has come and is claimed. LF_ERROR_BUSY where a run of it is still going
 * on, LF_ERROR_STATE where the spec no longer has this schedule, which is then deleted; otherwise as
 * lf_run_manager_start_async(). @options is copied.
 */
void         lf_scheduled_start_async  (LfRunManager *runs, LfStore *store, const LfRunSchedule *schedule, const LfRunOptions *options, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LfActiveRun *lf_scheduled_start_finish (LfRunManager *runs, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The name of the spec, once it was found; to be told whichever way it ended. (transfer none), or NULL. */
const char  *lf_scheduled_start_get_name (GAsyncResult *result);
