#include "config.h"

#include "lf-content-private.h"

#include "lf-id.h"
#include "lf-time.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

void
_lf_content_free (LfContent *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->sha256);
  g_free (self);
}

/* Where files are put for a while. */
static gboolean
fail_there (int code, GError **error)
{
  g_set_error (error, LF_ERROR, code == ENOSPC ? LF_ERROR_FULL : LF_ERROR_FAILED,
               _ ("%s cannot take the file for a while: %s; free some space there, or name "
                  "another folder by TMPDIR"),
               g_get_tmp_dir (), g_strerror (code));
  return FALSE;
}

static gboolean
open_spool (LfContent *self, GError **error)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "loadforge-XXXXXX", NULL);

  self->fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  if (self->fd < 0)
    return fail_there (errno, error);
  unlink (path);
  return TRUE;
}

static gboolean
write_spool (LfContent *self, const guint8 *data, gsize length, GError **error)
{
  while (length > 0)
    {
      gssize written = write (self->fd, data, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return fail_there (written < 0 ? errno : ENOSPC, error);
      data += written;
      length -= (gsize) written;
    }
  return TRUE;
}

GBytes *
_lf_content_get_chunk (const LfContent *self, guint n, GError **error)
{
  g_autofree guint8 *data = g_malloc (LF_CONTENT_CHUNK);
  gsize length = 0;

  while (length < LF_CONTENT_CHUNK)
    {
      gssize got = pread (self->fd, data + length, LF_CONTENT_CHUNK - length,
                          (off_t) n * LF_CONTENT_CHUNK + (off_t) length);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        {
          fail_there (errno, error);
          return NULL;
        }
      if (got == 0)
        break;
      length += (gsize) got;
    }
  return g_bytes_new_take (g_steal_pointer (&data), length);
}

static void
refuse_other (const LfAttachment *attachment, gint64 size, GError **error)
{
  g_set_error (error, LF_ERROR, LF_ERROR_CORRUPT,
               _ ("the content of “%s” is not what was stored (%.0f bytes "
                  "instead of %.0f, or another checksum); attach the file again"),
               attachment->name ? attachment->name : attachment->id, (double) size,
               (double) attachment->size);
}

static gboolean
refuse_large (const LfStoreCall *call, GError **error)
{
  g_set_error (error, LF_ERROR, LF_ERROR_TOO_LARGE,
               _ ("“%s” is larger than %d bytes (25 MiB), the most that an attachment may have; "
                  "choose a smaller file"),
               call->name ? call->name : _ ("the file"), LF_ATTACHMENT_LIMIT);
  return FALSE;
}

static gboolean
read_chunks (LfContent *self, LfStoreCall *call, GChecksum *checksum, GError **error)
{
  g_autofree guint8 *data = g_malloc (LF_CONTENT_CHUNK);
  gsize length;

  do
    {
      if (!g_input_stream_read_all (call->input, data, LF_CONTENT_CHUNK, &length, call->cancellable,
                                    error) ||
          g_cancellable_set_error_if_cancelled (call->cancellable, error))
        return FALSE;
      self->size += length;
      if (self->size > LF_ATTACHMENT_LIMIT)
        return refuse_large (call, error);
      g_checksum_update (checksum, data, (gssize) length);
      if (!write_spool (self, data, length, error))
        return FALSE;
      _lf_store_call_report (call, self->size, -1);
    }
  while (length == LF_CONTENT_CHUNK);
  return TRUE;
}

LfContent *
_lf_content_read (LfStoreCall *call, GError **error)
{
  g_autoptr (LfContent) self = g_new0 (LfContent, 1);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  self->fd = -1;
  if (!open_spool (self, error) || !read_chunks (self, call, checksum, error))
    return NULL;
  self->sha256 = g_strdup (g_checksum_get_string (checksum));
  return g_steal_pointer (&self);
}

/* What comes from another store keeps its identity. */
static LfAttachment *
describe_again (const LfContent *self, const LfAttachment *given, GError **error)
{
  LfAttachment *attachment = lf_attachment_copy (given);

  if (attachment->sha256 == NULL)
    attachment->sha256 = g_strdup (self->sha256);
  if (self->size == attachment->size && g_str_equal (self->sha256, attachment->sha256))
    return attachment;
  lf_attachment_free (attachment);
  refuse_other (given, self->size, error);
  return NULL;
}

LfAttachment *
_lf_content_describe (const LfContent *self, const LfStoreCall *call, GError **error)
{
  LfAttachment *attachment;

  if (call->record != NULL)
    return describe_again (self, call->record, error);
  attachment = lf_attachment_new ();
  attachment->id = lf_id_new ();
  attachment->name = g_strdup (call->name);
  attachment->content_type = g_strdup (call->content_type);
  attachment->size = self->size;
  attachment->sha256 = g_strdup (self->sha256);
  attachment->created_at = lf_time_now ();
  return attachment;
}

void
_lf_content_check_init (LfContentCheck *self)
{
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  self->size = 0;
}

void
_lf_content_check_clear (LfContentCheck *self)
{
  g_clear_pointer (&self->checksum, g_checksum_free);
}

gboolean
_lf_content_check_write (LfContentCheck *self,
                         LfStoreCall *call,
                         gconstpointer data,
                         gsize length,
                         GError **error)
{
  g_checksum_update (self->checksum, data, length);
  self->size += length;
  return g_output_stream_write_all (call->output, data, length, NULL, call->cancellable, error);
}

gboolean
_lf_content_check_end (LfContentCheck *self, const LfAttachment *attachment, GError **error)
{
  if (self->size == attachment->size &&
      (!attachment->sha256 ||
       g_str_equal (g_checksum_get_string (self->checksum), attachment->sha256)))
    return TRUE;
  refuse_other (attachment, self->size, error);
  return FALSE;
}
