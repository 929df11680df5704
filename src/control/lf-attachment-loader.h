#pragma once

#include "lf-spec.h"
#include "lf-store.h"

/* Reads the attachments that @spec uses: id -> GBytes. @given (nullable): contents that the caller
 * has already, taken first. @store: NULL has none. LF_ERROR_NOT_FOUND names the step. */
void        lf_attachments_load_async  (const LfSpec *spec, GHashTable *given, LfStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GHashTable *lf_attachments_load_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
