#pragma once

#include <glib.h>

/* A point of a line; a y of NAN lifts the pen. */
typedef struct
{
  double x, y;
} LfPoint;

/**
 * lf_decimate:
 * @x: ascending
 * @y: NAN where nothing was measured
 * @columns: pixel columns between the first x and the last
 *
 * Leaves at most four points a column (the first, lowest, highest and last, in their order), so that
 * a line of hours costs no more than its pixels and yet loses no peak.
 *
 * Returns: (transfer full) (element-type LfPoint): all points where there are not more than that
 */
GArray *lf_decimate (const double *x, const double *y, guint n, guint columns) G_GNUC_WARN_UNUSED_RESULT;
