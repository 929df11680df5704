#pragma once

#include "lf-store.h"

/*
 * Takes @file into @store as an attachment. It is refused by name where it is a folder, cannot be
 * read or is over LF_ATTACHMENT_LIMIT, before anything is read of it. @progress is called with the
 * bytes so far and the file's size.
 */
void          lf_upload_async  (LfStore *store, GFile *file, GFileProgressCallback progress, gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LfAttachment *lf_upload_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
