#include "config.h"

#include "lf-percentiles.h"

#include "lf-histogram.h"

#include <math.h>

#define PRECISION 0.999 /* of the histogram's three digits */

/* Values that are equal to the histogram, and how many there are up to the highest of them. */
typedef struct
{
  guint64 rank;
  double ms;
} Step;

struct _LfPercentiles
{
  GArray *steps; /* Step, ascending */
  guint64 count;
};

static void
add_step (gint64 lowest, gint64 highest, guint64 count, gpointer user_data)
{
  LfPercentiles *self = user_data;
  Step step;

  self->count += count;
  step.rank = self->count;
  step.ms = (double) highest / 1000;
  g_array_append_val (self->steps, step);
}

LfPercentiles *
lf_percentiles_new (const char *histogram, double highest, GError **error)
{
  g_autoptr (LfHistogram) decoded = lf_histogram_decode (histogram, error);
  LfPercentiles *self;

  if (decoded == NULL)
    return NULL;
  self = g_new0 (LfPercentiles, 1);
  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  lf_histogram_foreach (decoded, add_step, self);
  if (self->steps->len > 0)
    {
      Step *last = &g_array_index (self->steps, Step, self->steps->len - 1);

      if (highest >= last->ms * PRECISION) /* else it is another run's */
        last->ms = MIN (last->ms, highest);
    }
  return self;
}

void
lf_percentiles_free (LfPercentiles *self)
{
  g_array_unref (self->steps);
  g_free (self);
}

guint64
lf_percentiles_get_count (const LfPercentiles *self)
{
  return self->count;
}

double
lf_percentiles_get_end (const LfPercentiles *self)
{
  return self->count > 0 ? log10 (2 * (double) self->count) : 0;
}

static guint64
rank_at (const LfPercentiles *self, double position)
{
  double count = (double) self->count;
  /* A hair less, so that 99.9 % of 1,000 is rank 999 and not 1,000 by rounding. */
  double rank = ceil (count - count * pow (10, -MAX (position, 0)) - 1e-12 * count);

  return (guint64) CLAMP (rank, 1, count);
}

double
lf_percentiles_get_value (const LfPercentiles *self, double position)
{
  guint low = 0, high = self->steps->len;
  guint64 rank;

  if (self->count == 0)
    return NAN;
  rank = rank_at (self, position);
  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (self->steps, Step, middle - 1).rank >= rank)
        high = middle;
      else
        low = middle;
    }
  return g_array_index (self->steps, Step, low).ms;
}

double
lf_percentiles_position (double percent)
{
  return -log10 (1 - percent / 100);
}
