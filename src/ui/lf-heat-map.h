#pragma once

#include <glib.h>

/*
 * How many requests took how long, when: columns of time, rows of latency on a logarithmic scale from
 * 1 us to 1 h. Its size is bounded: where a run has more seconds than LF_HEAT_MAP_COLUMNS, each two columns
 * become one, again and again. Columns at no time (infinite, no number) are left out. One thread at a time.
 */
typedef struct _LfHeatMap LfHeatMap;

#define LF_HEAT_MAP_COLUMNS 1024
#define LF_HEAT_MAP_PER_DECADE 16 /* rows: each is 15 % higher than the one below */
#define LF_HEAT_MAP_ROWS 154

typedef struct
{
  double t; /* s: the end of the second */
  guint32 counts[LF_HEAT_MAP_ROWS];
} LfHeatColumn;

LfHeatMap     *lf_heat_map_new           (void) G_GNUC_WARN_UNUSED_RESULT;
void           lf_heat_map_free          (LfHeatMap *self);
void           lf_heat_map_clear         (LfHeatMap *self);
void           lf_heat_map_add           (LfHeatMap *self, const LfHeatColumn *column);

guint          lf_heat_map_row_of        (double us);
double         lf_heat_map_get_edge      (guint row); /* us: where it begins */
double         lf_heat_map_get_width     (const LfHeatMap *self); /* s that a column holds */
guint          lf_heat_map_get_n_columns (const LfHeatMap *self); /* the first begins with the run */
/* LF_HEAT_MAP_ROWS counts. */
const guint32 *lf_heat_map_get_column    (const LfHeatMap *self, guint column);
guint          lf_heat_map_find_column   (const LfHeatMap *self, double t); /* that holds the second which ends at @t */
/* The rows in use; FALSE where there are none. */
gboolean       lf_heat_map_get_rows      (const LfHeatMap *self, guint *lowest, guint *highest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfHeatMap, lf_heat_map_free)
