#pragma once

#include <gio/gio.h>

/* Writes @lines (LfLogItem) as text to @file from a thread, one a line; a file that was there stays until the new one
 * is whole. Errors: G_IO_ERROR. */
void     lf_log_save_async  (GFile *file, GPtrArray *lines, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean lf_log_save_finish (GAsyncResult *result, GError **error);
