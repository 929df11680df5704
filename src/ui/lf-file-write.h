#pragma once

#include <gio/gio.h>

/* Writes @bytes from a thread of its own: as a new file @name in the folder @place, with a number where that name is taken;
 * or, where @name is NULL, as the file @place, which stays as it was until the new one is whole. The result is the
 * name that the file has. */
void  lf_file_write_async  (GFile *place, const char *name, GBytes *bytes, GAsyncReadyCallback callback, gpointer user_data);
char *lf_file_write_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
