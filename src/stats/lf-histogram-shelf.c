#include "config.h"

#include "lf-histogram-shelf.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define PAGE (64 * 1024) /* bytes that are written at once */

typedef struct /* where the texts of a sample begin; the second follows the first at once */
{
  goffset at;
  guint32 duration; /* length; 0: none */
  guint32 response_time;
} Place;

struct _LfHistogramShelf
{
  GMutex lock;
  int file;         /* -1: none */
  goffset written;  /* bytes in it */
  GString *waiting; /* what comes after them */
  gsize due;        /* how many bytes of it are written the next time */
  GArray *places;   /* Place, one a sample */
};

/* It has no name by the time that anything is in it. */
static int
make_file (void)
{
  g_autofree char *path =
      g_build_filename (g_get_user_cache_dir (), "loadforge-histograms-XXXXXX", NULL);
  int file;

  g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
  file = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0)
    g_unlink (path);
  return file;
}

LfHistogramShelf *
lf_histogram_shelf_new (void)
{
  LfHistogramShelf *self = g_new0 (LfHistogramShelf, 1);

  g_mutex_init (&self->lock);
  self->file = make_file ();
  self->due = PAGE;
  self->waiting = g_string_new (NULL);
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  return self;
}

void
lf_histogram_shelf_free (LfHistogramShelf *self)
{
  if (self == NULL)
    return;
  if (self->file >= 0)
    close (self->file);
  g_mutex_clear (&self->lock);
  g_string_free (self->waiting, TRUE);
  g_array_unref (self->places);
  g_free (self);
}

/* What cannot be written (a disk is full) waits in memory, and is tried again with the next page.
 */
static void
write_waiting (LfHistogramShelf *self)
{
  gsize n = self->waiting->len;

  if (self->file < 0 || n < self->due)
    return;
  self->due = n + PAGE;
  if (pwrite (self->file, self->waiting->str, n, self->written) != (gssize) n)
    return;
  self->written += (goffset) n;
  self->due = PAGE;
  g_string_truncate (self->waiting, 0);
}

static guint32
append (LfHistogramShelf *self, const char *text)
{
  gsize n = text != NULL ? strlen (text) : 0;

  g_string_append_len (self->waiting, text, (gssize) n);
  return (guint32) n;
}

void
lf_histogram_shelf_put (LfHistogramShelf *self, const LfSampleHistograms *texts)
{
  Place place = { 0 };

  g_mutex_lock (&self->lock);
  place.at = self->written + (goffset) self->waiting->len;
  if (texts != NULL)
    {
      place.duration = append (self, texts->duration);
      place.response_time = append (self, texts->response_time);
    }
  g_array_append_val (self->places, place);
  write_waiting (self);
  g_mutex_unlock (&self->lock);
}

/* With the lock held. It was written as a whole, or not at all. */
static char *
read_text (LfHistogramShelf *self, goffset at, guint32 n)
{
  g_autofree char *text = NULL;

  if (n == 0)
    return NULL;
  if (at >= self->written)
    return g_strndup (self->waiting->str + (at - self->written), n);
  text = g_malloc0 (n + 1);
  return pread (self->file, text, n, at) == (gssize) n ? g_steal_pointer (&text) : NULL;
}

LfSampleHistograms *
lf_histogram_shelf_get (LfHistogramShelf *self, guint n)
{
  g_autoptr (LfSampleHistograms) texts = lf_sample_histograms_new ();
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  const Place *place = n < self->places->len ? &g_array_index (self->places, Place, n) : NULL;

  if (place == NULL)
    return NULL;
  texts->duration = read_text (self, place->at, place->duration);
  texts->response_time = read_text (self, place->at + place->duration, place->response_time);
  return texts->duration != NULL || texts->response_time != NULL ? g_steal_pointer (&texts) : NULL;
}

gsize
lf_histogram_shelf_get_size (LfHistogramShelf *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->waiting->allocated_len + self->places->len * sizeof (Place);
}
