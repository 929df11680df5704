#pragma once

#include "lf-store.h"

/*
 * Brings everything from one store into another: files, specs, schedules and ended runs, as they are, under their ids. It
 * can be cut off and begun again: what is there already is not written twice. What is newer there, or was changed there,
 * stays. Each thing is read back and compared: specs and runs field by field, samples, log lines and files by SHA-256.
 * @source is left as it is.
 */
typedef struct
{
  guint attachments, specs, schedules, runs; /* that were copied */
  guint same;                                /* were there already */
  guint kept;                                /* are newer or were changed there, and stay */
  GPtrArray *problems;                       /* (element-type utf8): what could not be copied and why, a sentence each */
} LfStoreCopyResult;

void lf_store_copy_result_free (LfStoreCopyResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfStoreCopyResult, lf_store_copy_result_free)

/* @progress, if any, is called in the caller's main context with how many things were looked at, of how many. An error
 * (a store that fails, a wish to cancel) leaves what was copied until then. */
void               lf_store_copy_async  (LfStore *source, LfStore *target, GFileProgressCallback progress, gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LfStoreCopyResult *lf_store_copy_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
