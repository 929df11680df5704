#pragma once

#include "lf-store.h"

/* Reads a spec file and saves it into @store as a new spec; files that it names as bodies, beside
 * itself, become attachments. The result is what the store now holds. */
void    lf_spec_import_async  (LfStore *store, GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LfSpec *lf_spec_import_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
