#pragma once

#include "lf-store.h"

/* Reads a spec file as a spec that no store holds yet; it has a name, if need be that of the file. @outside: the
 * files that it would send from outside of its folder, as lf_spec_outside_find() tells; (transfer full), perhaps empty. */
void    lf_spec_import_read_async  (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LfSpec *lf_spec_import_read_finish (GAsyncResult *result, char ***outside, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Saves @spec, which was read from @file, into @store as a new spec; files that it names as bodies or parts of them,
 * beside @file, become attachments. The result is what the store now holds. */
/* @outside: those of them that are left out; NULL: none. */
void    lf_spec_import_async       (LfStore *store, const LfSpec *spec, GFile *file, const char *const *outside, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LfSpec *lf_spec_import_finish      (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
