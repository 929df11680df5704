#pragma once

#include "lf-store.h"

/* Runs that @store holds as active, but whose process is gone, become `interrupted`: one after the
 * other, each with a summary of its samples and a log line that says so. Finishes with how many,
 * -1 on error. */
void   lf_run_recovery_async  (LfStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gssize lf_run_recovery_finish (GAsyncResult *result, GError **error);
