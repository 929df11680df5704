#include "config.h"

#include "lf-heat-map.h"

#include <math.h>
#include <string.h>

#define LATENESS 0.1 /* s: the last second of a run ends with its last answer, a little late */

typedef guint32 Counts[LF_HEAT_MAP_ROWS];

struct _LfHeatMap
{
  Counts *columns;       /* LF_HEAT_MAP_COLUMNS */
  guint n_columns;       /* in use */
  double width;          /* s */
  guint lowest, highest; /* rows in use; lowest is over highest where there are none */
};

LfHeatMap *
lf_heat_map_new (void)
{
  LfHeatMap *self = g_new0 (LfHeatMap, 1);

  self->columns = g_new0 (Counts, LF_HEAT_MAP_COLUMNS);
  lf_heat_map_clear (self);
  return self;
}

void
lf_heat_map_free (LfHeatMap *self)
{
  if (self == NULL)
    return;
  g_free (self->columns);
  g_free (self);
}

void
lf_heat_map_clear (LfHeatMap *self)
{
  memset (self->columns, 0, sizeof (Counts) * self->n_columns);
  self->n_columns = 0;
  self->width = 1;
  self->lowest = LF_HEAT_MAP_ROWS;
  self->highest = 0;
}

static void
add_counts (guint32 *to, const guint32 *from)
{
  for (guint row = 0; row < LF_HEAT_MAP_ROWS; row++)
    to[row] += MIN (from[row], G_MAXUINT32 - to[row]);
}

/* Each two columns become one. */
static void
fold (LfHeatMap *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      Counts counts;

      memcpy (counts, self->columns[i], sizeof counts);
      memset (self->columns[i], 0, sizeof counts);
      add_counts (self->columns[i / 2], counts);
    }
  self->n_columns = (self->n_columns + 1) / 2;
  self->width *= 2;
}

guint
lf_heat_map_find_column (const LfHeatMap *self, double t)
{
  double column = ceil ((t - LATENESS) / self->width) - 1;

  return isnan (column) ? 0 : (guint) CLAMP (column, 0, G_MAXINT32);
}

void
lf_heat_map_add (LfHeatMap *self, const LfHeatColumn *column)
{
  guint at;

  if (!isfinite (column->t))
    return;
  while ((at = lf_heat_map_find_column (self, column->t)) >= LF_HEAT_MAP_COLUMNS)
    fold (self);
  self->n_columns = MAX (self->n_columns, at + 1);
  add_counts (self->columns[at], column->counts);
  for (guint row = 0; row < LF_HEAT_MAP_ROWS; row++)
    if (column->counts[row] > 0)
      {
        self->lowest = MIN (self->lowest, row);
        self->highest = MAX (self->highest, row);
      }
}

guint
lf_heat_map_row_of (double us)
{
  double row = us > 1 ? floor (log10 (us) * LF_HEAT_MAP_PER_DECADE + 1e-9) : 0;

  return (guint) MIN (row, LF_HEAT_MAP_ROWS - 1);
}

double
lf_heat_map_get_edge (guint row)
{
  return pow (10, (double) row / LF_HEAT_MAP_PER_DECADE);
}

double
lf_heat_map_get_width (const LfHeatMap *self)
{
  return self->width;
}

guint
lf_heat_map_get_n_columns (const LfHeatMap *self)
{
  return self->n_columns;
}

const guint32 *
lf_heat_map_get_column (const LfHeatMap *self, guint column)
{
  g_return_val_if_fail (column < self->n_columns, NULL);
  return self->columns[column];
}

gboolean
lf_heat_map_get_rows (const LfHeatMap *self, guint *lowest, guint *highest)
{
  *lowest = self->lowest;
  *highest = self->highest;
  return self->lowest <= self->highest;
}
