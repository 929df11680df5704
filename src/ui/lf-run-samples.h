#pragma once

#include "lf-samples.h"
#include "lf-store.h"

/* All samples of a run out of @store, packed in a thread: hours of them neither block the main loop nor stay in memory as they
 * came. @callback is called with the store as its source. */
void       lf_run_samples_read_async  (LfStore *store, const char *run_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) or NULL with an error of the store, or G_IO_ERROR_CANCELLED. */
LfSamples *lf_run_samples_read_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
