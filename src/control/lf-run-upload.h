#pragma once

#include "lf-store.h"

/* Brings the run @run_id of @source into @target, which may have parts of it already: what is there is not written
 * twice, and at the end it is made sure that every sample is there. A run that never came to its end stands there as
 * active by a process that is gone, for lf_run_recovery_async() to sum up. @source is left as it is; where the
 * run is not in it any more, nothing is left to do. LF_ERROR_BUSY where another process still writes it into @target. */
void     lf_run_upload_async  (LfStore *source, LfStore *target, const char *run_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean lf_run_upload_finish (GAsyncResult *result, GError **error);
