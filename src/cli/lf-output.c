#include "config.h"

#include "lf-output.h"

#include "lf-error.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct _LfOutput
{
  char *path; /* NULL: standard output */
  int fd;
  gboolean made;    /* by us, so that it is removed where nothing came */
  gboolean written; /* at least in part */
};

gboolean
lf_output_is_standard (const char *path)
{
  return g_strcmp0 (path, "-") == 0;
}

static gboolean
open_file (LfOutput *self, GError **error)
{
  int code;

  self->fd = g_open (self->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  self->made = self->fd >= 0;
  if (self->fd < 0 && errno == EEXIST)
    self->fd = g_open (self->path, O_WRONLY | O_CLOEXEC, 0666);
  if (self->fd >= 0)
    return TRUE;
  code = errno;
  g_set_error (error, LF_ERROR, LF_ERROR_VALUE, _ ("%s cannot be written: %s. Name another file"),
               self->path, g_strerror (code));
  return FALSE;
}

LfOutput *
lf_output_open (const char *path, GError **error)
{
  g_autoptr (LfOutput) self = g_new0 (LfOutput, 1);

  self->fd = STDOUT_FILENO;
  if (lf_output_is_standard (path))
    return g_steal_pointer (&self);
  self->path = g_strdup (path);
  if (!open_file (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
write_all (LfOutput *self, LfOutputWrite write, gpointer data, GError **error)
{
  g_autoptr (GOutputStream) stream = g_unix_output_stream_new (self->fd, FALSE);
  g_autoptr (GOutputStream) buffered = g_buffered_output_stream_new_sized (stream, 256 * 1024);

  /* What is no regular file, such as a pipe, cannot be truncated and needs not. */
  if (self->path != NULL && ftruncate (self->fd, 0) != 0 && errno != EINVAL)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s", g_strerror (errno));
      return FALSE;
    }
  self->written = TRUE;
  return write (buffered, data, error) && g_output_stream_close (buffered, NULL, error);
}

/* A network file system may tell of a full disk only now. */
static gboolean
close_file (LfOutput *self, GError **error)
{
  int fd = self->fd;

  if (self->path == NULL)
    return TRUE;
  self->fd = -1;
  if (close (fd) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s", g_strerror (errno));
  return FALSE;
}

gboolean
lf_output_write (LfOutput *self, LfOutputWrite write, gpointer data, GError **error)
{
  const char *place = self->path != NULL ? self->path : _ ("Standard output");
  g_autoptr (GError) reason = NULL;

  if (write_all (self, write, data, &reason) && close_file (self, &reason))
    return TRUE;
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    g_set_error (error, LF_ERROR, LF_ERROR_VALUE,
                 _ ("%s is incomplete: no space is left; free some space"), place);
  else
    g_set_error (error, LF_ERROR, LF_ERROR_VALUE, _ ("%s is incomplete: %s"), place,
                 reason->message);
  return FALSE;
}

gboolean
lf_output_is_same_file (const LfOutput *self, const LfOutput *other)
{
  struct stat one, two;

  return self->path != NULL && other->path != NULL && fstat (self->fd, &one) == 0 &&
         fstat (other->fd, &two) == 0 && S_ISREG (one.st_mode) && one.st_dev == two.st_dev &&
         one.st_ino == two.st_ino;
}

void
lf_output_free (LfOutput *self)
{
  if (self->path != NULL && self->fd >= 0)
    close (self->fd);
  if (self->made && !self->written)
    g_unlink (self->path);
  g_free (self->path);
  g_free (self);
}
