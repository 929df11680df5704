#include "config.h"

#include "lf-decimate.h"

#include <math.h>

typedef struct /* what is known of the column at hand, as indices */
{
  guint first, lowest, highest, last;
  gboolean filled;
} Column;

static void
append (GArray *points, const double *x, const double *y, guint i)
{
  LfPoint point = { x[i], y[i] };

  g_array_append_val (points, point);
}

static void
flush (Column *column, GArray *points, const double *x, const double *y)
{
  guint low = MIN (column->lowest, column->highest);
  guint high = MAX (column->lowest, column->highest);

  if (!column->filled)
    return;
  append (points, x, y, column->first);
  if (low != column->first)
    append (points, x, y, low);
  if (high != low && high != column->first)
    append (points, x, y, high);
  if (column->last != high && column->last != low && column->last != column->first)
    append (points, x, y, column->last);
  column->filled = FALSE;
}

static void
add (Column *column, const double *y, guint i)
{
  if (!column->filled)
    {
      *column = (Column){ i, i, i, i, TRUE };
      return;
    }
  if (y[i] < y[column->lowest])
    column->lowest = i;
  if (y[i] > y[column->highest])
    column->highest = i;
  column->last = i;
}

GArray *
lf_decimate (const double *x, const double *y, guint n, guint columns)
{
  GArray *points = g_array_sized_new (FALSE, FALSE, sizeof (LfPoint), MIN (n, columns * 4));
  double width = n > 1 && columns > 0 ? (x[n - 1] - x[0]) / columns : 0;
  Column column = { 0 };
  gint64 at = 0;

  for (guint i = 0; i < n; i++)
    {
      gint64 now = width > 0 && n > columns * 2 ? (gint64) ((x[i] - x[0]) / width) : i;

      if (now != at || isnan (y[i]))
        flush (&column, points, x, y);
      at = now;
      if (isnan (y[i]))
        append (points, x, y, i);
      else
        add (&column, y, i);
    }
  flush (&column, points, x, y);
  return points;
}
