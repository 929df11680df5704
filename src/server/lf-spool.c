#include "config.h"

#include "lf-spool.h"

#include "lf-error.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct _LfSpool
{
  int fd;
};

LfSpool *
lf_spool_new (GError **error)
{
  g_autofree char *name = NULL;
  int fd = g_file_open_tmp ("loadforge-XXXXXX", &name, error);
  LfSpool *self;

  if (fd < 0)
    return NULL;
  g_unlink (name);
  self = g_new0 (LfSpool, 1);
  self->fd = fd;
  return self;
}

void
lf_spool_free (LfSpool *self)
{
  close (self->fd);
  g_free (self);
}

gboolean
lf_spool_append (LfSpool *self, gconstpointer data, gsize length, GError **error)
{
  const char *from = data;

  while (length > 0)
    {
      gssize written = write (self->fd, from, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        {
          g_set_error (error, LF_ERROR, LF_ERROR_FULL, "a temporary file cannot be written: %s",
                       g_strerror (errno));
          return FALSE;
        }
      from += written;
      length -= (gsize) written;
    }
  return TRUE;
}

gint64
lf_spool_get_length (LfSpool *self)
{
  struct stat info = { 0 };

  return fstat (self->fd, &info) == 0 ? info.st_size : 0;
}

GOutputStream *
lf_spool_open_write (LfSpool *self, gboolean gzip)
{
  g_autoptr (GOutputStream) file =
      g_unix_output_stream_new (fcntl (self->fd, F_DUPFD_CLOEXEC, 0), TRUE);
  g_autoptr (GZlibCompressor) compressor = NULL;

  if (!gzip)
    return g_steal_pointer (&file);
  compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 4);
  return g_converter_output_stream_new (file, G_CONVERTER (compressor));
}

GInputStream *
lf_spool_open_read (LfSpool *self)
{
  int fd = fcntl (self->fd, F_DUPFD_CLOEXEC, 0);

  lseek (fd, 0, SEEK_SET);
  return g_unix_input_stream_new (fd, TRUE);
}

GBytes *
lf_spool_read (LfSpool *self, gint64 offset, gsize most)
{
  g_autofree char *buffer = g_malloc (most);
  gssize n;

  do
    n = pread (self->fd, buffer, most, offset);
  while (n < 0 && errno == EINTR);
  return n > 0 ? g_bytes_new_take (g_steal_pointer (&buffer), (gsize) n) : NULL;
}
