#include "config.h"

#include "lf-spec-files.h"

#include "lf-await.h"
#include "lf-error.h"
#include "lf-id.h"
#include "lf-sent-file.h"
#include "lf-spec-file.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include <errno.h>

static gboolean
refuse (GError **error, int code, const LfSpec *spec, const LfSentFile *file, const char *message)
{
  g_autofree char *pointer = lf_sent_file_get_pointer (file, spec);

  g_set_error (error, LF_ERROR, code, "%s: %s", pointer, message);
  return FALSE;
}

static gboolean
check_file (const LfSpec *spec, const LfSentFile *file, const char *path, GError **error)
{
  g_autofree char *message = NULL;
  GStatBuf status;

  if (g_stat (path, &status) != 0)
    {
      message = g_strdup_printf (_ ("%s: %s; correct the path, which starts at the spec's folder"),
                                 path, g_strerror (errno));
      return refuse (error, LF_ERROR_NOT_FOUND, spec, file, message);
    }
  if (!S_ISREG (status.st_mode))
    message = g_strdup_printf (_ ("%s is no regular file; name one"), path);
  else if (status.st_size > LF_ATTACHMENT_LIMIT)
    {
      g_autofree char *size =
          g_format_size_full ((guint64) status.st_size, G_FORMAT_SIZE_LONG_FORMAT);

      message = g_strdup_printf (_ ("%s has %s; a body can be a file of up to 25 MiB"), path, size);
    }
  if (message == NULL)
    return TRUE;
  return refuse (error, S_ISREG (status.st_mode) ? LF_ERROR_TOO_LARGE : LF_ERROR_VALUE, spec, file,
                 message);
}

static GBytes *
read_file (const LfSpec *spec, const LfSentFile *file, const char *path, GError **error)
{
  g_autoptr (GError) reason = NULL;
  char *content;
  gsize length;

  if (!check_file (spec, file, path, error))
    return NULL;
  if (g_file_get_contents (path, &content, &length, &reason))
    return g_bytes_new_take (content, length);
  refuse (error, LF_ERROR_VALUE, spec, file, reason->message);
  return NULL;
}

gboolean
lf_spec_files_read (LfSpec *spec, const char *folder, GHashTable *contents, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  LfSentFile file;

  lf_spec_file_locate_certificates (spec, folder);
  while (lf_sent_file_find_beside (spec, &file))
    {
      g_autofree char *path = g_canonicalize_filename (*file.file, folder);
      const char *id = g_hash_table_lookup (ids, path);

      if (id == NULL) /* all that send the same file share it */
        {
          GBytes *bytes = read_file (spec, &file, path, error);
          char *made;

          if (bytes == NULL)
            return FALSE;
          id = made = lf_id_new ();
          g_hash_table_insert (contents, made, bytes);
          g_hash_table_insert (ids, g_steal_pointer (&path), made);
        }
      lf_set_string (file.attachment_id, id);
    }
  return TRUE;
}

static LfAttachment *
store_file (LfStore *store, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *guessed = NULL;
  g_autofree char *type = NULL;

  if (stream == NULL)
    return NULL;
  guessed = g_content_type_guess (path, NULL, 0, NULL);
  type = g_content_type_get_mime_type (guessed);
  lf_store_add_attachment_async (store, path, type != NULL ? type : "application/octet-stream",
                                 G_INPUT_STREAM (stream), NULL, NULL, NULL, lf_await_cb, &result);
  return lf_store_add_attachment_finish (store, lf_await (&result), error);
}

gboolean
lf_spec_files_store (LfSpec *spec, const char *folder, LfStore *store, GError **error)
{
  LfSentFile file;

  lf_spec_file_locate_certificates (spec, folder);
  while (lf_sent_file_find_beside (spec, &file))
    {
      g_autofree char *path = g_canonicalize_filename (*file.file, folder);
      g_autoptr (LfAttachment) attachment = NULL;

      if (!check_file (spec, &file, path, error))
        return FALSE;
      attachment = store_file (store, path, error);
      if (attachment == NULL)
        return FALSE;
      lf_sent_file_set_stored (&file, attachment->id);
    }
  return TRUE;
}
