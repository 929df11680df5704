#include "config.h"

#include "lf-samples.h"

#include "lf-histogram-shelf.h"
#include "lf-sample-pack.h"

struct _LfSamples
{
  gatomicrefcount references;
  GMutex lock;
  char *run_id;       /* of the first, and so of all */
  GByteArray *packed; /* one after the other */
  GArray *places;     /* gsize, where each begins */
  LfHistogramShelf *histograms;
};

LfSamples *
lf_samples_new (void)
{
  LfSamples *self = g_new0 (LfSamples, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->lock);
  self->packed = g_byte_array_new ();
  self->places = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->histograms = lf_histogram_shelf_new ();
  return self;
}

LfSamples *
lf_samples_new_of (GPtrArray *samples)
{
  LfSamples *self = lf_samples_new ();
  gsize n;
  gpointer *taken = g_ptr_array_steal (samples, &n);

  for (gsize i = 0; i < n; i++)
    {
      lf_samples_add (self, taken[i]);
      lf_record_free (taken[i]);
    }
  g_free (taken);
  g_ptr_array_unref (samples);
  return self;
}

LfSamples *
lf_samples_ref (LfSamples *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
lf_samples_unref (LfSamples *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_mutex_clear (&self->lock);
  g_free (self->run_id);
  g_byte_array_unref (self->packed);
  g_array_unref (self->places);
  lf_histogram_shelf_free (self->histograms);
  g_free (self);
}

/* The histograms come first, so that whoever sees the sample finds them. */
void
lf_samples_add (LfSamples *self, const LfSample *sample)
{
  gsize place;

  lf_histogram_shelf_put (self->histograms, sample->histograms);
  g_mutex_lock (&self->lock);
  place = self->packed->len;
  if (self->places->len == 0)
    lf_set_string (&self->run_id, sample->run_id);
  lf_sample_pack (self->packed, sample);
  g_array_append_val (self->places, place);
  g_mutex_unlock (&self->lock);
}

guint
lf_samples_get_n (LfSamples *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->places->len;
}

/* With the lock held. */
static const guint8 *
find (LfSamples *self, guint n)
{
  return self->packed->data + g_array_index (self->places, gsize, n);
}

gint64
lf_samples_get_step (LfSamples *self, guint n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return lf_sample_unpack_step (find (self, n));
}

void
lf_samples_read (LfSamples *self, guint n, LfSample *sample)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  lf_sample_unpack (find (self, n), sample);
  if (g_strcmp0 (sample->run_id, self->run_id) != 0)
    lf_set_string (&sample->run_id, self->run_id);
}

LfSample *
lf_samples_get (LfSamples *self, guint n)
{
  LfSample *sample = lf_sample_new ();

  lf_samples_read (self, n, sample);
  sample->histograms = lf_samples_get_histograms (self, n);
  return sample;
}

LfSampleHistograms *
lf_samples_get_histograms (LfSamples *self, guint n)
{
  return lf_histogram_shelf_get (self->histograms, n);
}

GPtrArray *
lf_samples_get_range (LfSamples *self, guint first, guint end)
{
  GPtrArray *samples = g_ptr_array_new_full (end - first, lf_record_free);

  for (guint i = first; i < end; i++)
    g_ptr_array_add (samples, lf_samples_get (self, i));
  return samples;
}

gsize
lf_samples_get_size (LfSamples *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->packed->len + self->places->len * sizeof (gsize) +
         lf_histogram_shelf_get_size (self->histograms);
}
