#pragma once

#include <gio/gio.h>

/* @name, which a stranger may have chosen, without what a file name may not hold: it leads to no other folder.
 * (transfer full) */
char *lf_file_write_make_name (const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* Writes @bytes from a thread of its own: as a new file @name (as made above) in the folder @place, with a number where that name is taken;
 * or, where @name is NULL, as the file @place, which stays as it was until the new one is whole. The result is the
 * name that the file has. */
void  lf_file_write_async     (GFile *place, const char *name, GBytes *bytes, GAsyncReadyCallback callback, gpointer user_data);
char *lf_file_write_finish    (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
