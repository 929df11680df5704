#include "config.h"

#include "lf-histogram-private.h"

#include <math.h>
#include <sys/mman.h>

#define COUNTS_SIZE (_LF_N_COUNTS * sizeof (guint64))

LfHistogram *
lf_histogram_new (void)
{
  LfHistogram *self = g_new0 (LfHistogram, 1);

  /* Pages of their own: what no value touches is never resident, and many histograms are cheap. */
  self->counts = mmap (NULL, COUNTS_SIZE, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (self->counts == MAP_FAILED)
    g_error ("cannot allocate %" G_GSIZE_FORMAT " bytes for a histogram", COUNTS_SIZE);
  self->min = G_MAXINT64;
  self->max = -1;
  return self;
}

void
lf_histogram_free (LfHistogram *self)
{
  if (self == NULL)
    return;
  munmap (self->counts, COUNTS_SIZE);
  g_free (self);
}

void
lf_histogram_reset (LfHistogram *self)
{
  guint high = _lf_histogram_high (self);

  for (guint i = _lf_histogram_low (self); i <= high; i++)
    if (self->counts[i] != 0) /* a read of an untouched page does not make it resident */
      self->counts[i] = 0;
  self->total = 0;
  self->min = G_MAXINT64;
  self->max = -1;
}

/* @us is the lowest or the highest so far: only such a one can lie out of bounds. */
static G_GNUC_NO_INLINE gint64
widen (LfHistogram *self, gint64 us)
{
  gint64 value = CLAMP (us, 0, LF_HISTOGRAM_HIGHEST);

  self->min = MIN (self->min, value);
  self->max = MAX (self->max, value);
  return value;
}

static inline void
record (LfHistogram *self, gint64 us, guint64 n)
{
  gint64 value = us;

  if (G_UNLIKELY (us < self->min || us > self->max))
    value = widen (self, us);
  /* Most phases are short, and have a counter for each value. */
  self->counts[value <= _LF_MASK ? (guint) value : _lf_histogram_index (value)] += n;
  self->total += n;
}

void
lf_histogram_record (LfHistogram *self, gint64 us)
{
  record (self, us, 1);
}

void
lf_histogram_record_n (LfHistogram *self, gint64 us, guint64 n)
{
  if (n > 0)
    record (self, us, n);
}

void
lf_histogram_add (LfHistogram *self, const LfHistogram *other)
{
  guint high = _lf_histogram_high (other);

  for (guint i = _lf_histogram_low (other); i <= high; i++)
    if (other->counts[i] != 0)
      self->counts[i] += other->counts[i];
  self->min = MIN (self->min, other->min);
  self->max = MAX (self->max, other->max);
  self->total += other->total;
}

gboolean
lf_histogram_equal (const LfHistogram *a, const LfHistogram *b)
{
  guint low = _lf_histogram_low (a);
  guint high = _lf_histogram_high (a);

  if (a->total != b->total)
    return FALSE;
  if (a->total == 0)
    return TRUE;
  if (low != _lf_histogram_low (b) || high != _lf_histogram_high (b))
    return FALSE;
  return memcmp (a->counts + low, b->counts + low, (high - low + 1) * sizeof (guint64)) == 0;
}

guint64
lf_histogram_get_count (const LfHistogram *self)
{
  return self->total;
}

gint64
lf_histogram_get_min (const LfHistogram *self)
{
  return self->total > 0 ? self->min : 0;
}

gint64
lf_histogram_get_max (const LfHistogram *self)
{
  return self->total > 0 ? self->max : 0;
}

/* The middle of a counter's range stands for its values, as in HdrHistogram. */
static double
median_equivalent (guint index)
{
  return (double) (_lf_histogram_lowest (index) +
                   ((G_GINT64_CONSTANT (1) << _lf_histogram_bucket (index)) >> 1));
}

double
lf_histogram_get_mean (const LfHistogram *self)
{
  double sum = 0;

  if (self->total == 0)
    return 0;
  for (guint i = _lf_histogram_low (self), high = _lf_histogram_high (self); i <= high; i++)
    if (self->counts[i] != 0)
      sum += median_equivalent (i) * (double) self->counts[i];
  return sum / (double) self->total;
}

double
lf_histogram_get_stdev (const LfHistogram *self)
{
  double mean = lf_histogram_get_mean (self);
  double squares = 0;

  if (self->total == 0)
    return 0;
  for (guint i = _lf_histogram_low (self), high = _lf_histogram_high (self); i <= high; i++)
    if (self->counts[i] != 0)
      {
        double distance = median_equivalent (i) - mean;

        squares += distance * distance * (double) self->counts[i];
      }
  return sqrt (squares / (double) self->total);
}

gint64
lf_histogram_percentile (const LfHistogram *self, double p)
{
  guint64 rank;
  guint64 seen = 0;

  if (self->total == 0)
    return 0;
  /* A hair less than p x n, so that 99.9 % of 1,000 is rank 999 and not 1,000 by rounding. */
  rank = (guint64) ceil (CLAMP (p, 0, 100) / 100 * (double) self->total * (1 - 1e-15));
  rank = CLAMP (rank, 1, self->total);
  for (guint i = _lf_histogram_low (self), high = _lf_histogram_high (self); i <= high; i++)
    {
      seen += self->counts[i];
      if (seen >= rank)
        return MIN (_lf_histogram_highest (i), self->max);
    }
  return self->max;
}

void
lf_histogram_foreach (const LfHistogram *self, LfHistogramFunc func, gpointer user_data)
{
  if (self->total == 0)
    return;
  for (guint i = _lf_histogram_low (self), high = _lf_histogram_high (self); i <= high; i++)
    if (self->counts[i] != 0)
      func (_lf_histogram_lowest (i), _lf_histogram_highest (i), self->counts[i], user_data);
}
