#pragma once

#include "lf-histogram.h"

/* HdrHistogram's numbers for 1 us...1 h and 3 digits. Values below 2,048 have a counter each; every
 * doubling above shares 1,024 counters. */
#define _LF_HALF_MAGNITUDE 10
#define _LF_HALF_COUNT 1024
#define _LF_MASK (2 * _LF_HALF_COUNT - 1)
#define _LF_N_BUCKETS 22
#define _LF_N_COUNTS ((_LF_N_BUCKETS + 1) * _LF_HALF_COUNT)

struct _LfHistogram
{
  guint64 total;
  gint64 min; /* as recorded; G_MAXINT64 while total is 0 */
  gint64 max; /* -1 while total is 0 */
  guint64 *counts;
};

static inline guint
_lf_histogram_index (gint64 value)
{
  guint bucket = (guint) (64 - __builtin_clzll ((guint64) value | _LF_MASK)) - (_LF_HALF_MAGNITUDE + 1);

  return (bucket << _LF_HALF_MAGNITUDE) + (guint) (value >> bucket);
}

/* The bucket of the counter @index: its values are (1 << bucket) wide. */
static inline guint
_lf_histogram_bucket (guint index)
{
  return index < 2 * _LF_HALF_COUNT ? 0 : (index >> _LF_HALF_MAGNITUDE) - 1;
}

static inline gint64
_lf_histogram_lowest (guint index)
{
  guint bucket = _lf_histogram_bucket (index);

  return (gint64) (index - (bucket << _LF_HALF_MAGNITUDE)) << bucket;
}

static inline gint64
_lf_histogram_highest (guint index)
{
  return _lf_histogram_lowest (index) + (G_GINT64_CONSTANT (1) << _lf_histogram_bucket (index)) - 1;
}

/* The counters in use lie from low to high; low is over high where there are none. */
static inline guint
_lf_histogram_low (const LfHistogram *self)
{
  return self->total > 0 ? _lf_histogram_index (self->min) : 1;
}

static inline guint
_lf_histogram_high (const LfHistogram *self)
{
  return self->total > 0 ? _lf_histogram_index (self->max) : 0;
}
