#include "config.h"

#include "lf-drawing-private.h"
#include "lf-format.h"

#include <glib/gi18n.h>
#include <math.h>

#define LEAST_DECADES 1.0 /* so that a narrow range is not blown up */
#define FEW_DECADES   2.0 /* below that, 2 and 5 are ticks, too */

/* From few to many, one hue from pale to strong: it reads in grey, too. On light, and on dark. */
static const double ramps[2][3][3] = {
  { { 0.83, 0.91, 0.96 }, { 0.05, 0.47, 0.72 }, { 0.00, 0.13, 0.27 } },
  { { 0.11, 0.22, 0.31 }, { 0.30, 0.63, 0.86 }, { 0.95, 0.98, 1.00 } },
};

static guint32
color_of (gboolean dark, double share)
{
  const double (*ramp)[3] = ramps[dark];
  double place = pow (share, 0.4) * 2; /* one request among thousands is to be seen */
  guint from = place < 1 ? 0 : 1;
  guint32 color = 0xff;

  for (guint i = 0; i < 3; i++)
    color = color << 8 |
            (guint32) lround (
                255 * (ramp[from][i] + (ramp[from + 1][i] - ramp[from][i]) * (place - from)));
  return color;
}

void
_lf_drawing_fit_heat (LfDrawing *d)
{
  guint lowest, highest;
  double missing;

  d->log_low = 3; /* 1 ms */
  d->log_high = 5;
  if (!lf_heat_map_get_rows (d->chart->heat, &lowest, &highest))
    return;
  d->log_low = (double) lowest / LF_HEAT_MAP_PER_DECADE;
  d->log_high = (double) (highest + 1) / LF_HEAT_MAP_PER_DECADE;
  missing = LEAST_DECADES - (d->log_high - d->log_low);
  if (missing > 0)
    {
      d->log_low = MAX (0, d->log_low - missing / 2);
      d->log_high = d->log_low + LEAST_DECADES;
    }
}

static double
y_of (LfDrawing *d, double log_us)
{
  return d->plot.origin.y +
         d->plot.size.height * (d->log_high - log_us) / (d->log_high - d->log_low);
}

/* @ms: 1, 2 or 5 times a power of ten. */
static char *
tick_text (double ms)
{
  LfScale scale = { ms, ms };

  return lf_scale_format (&scale, ms);
}

typedef void (*TickFunc) (LfDrawing *d, double us, const char *text, gpointer user_data);

static void
foreach_tick (LfDrawing *d, TickFunc func, gpointer user_data)
{
  static const double factors[] = { 1, 2, 5 };
  guint n = d->log_high - d->log_low < FEW_DECADES ? 3 : 1;

  for (int decade = (int) floor (d->log_low); decade <= d->log_high; decade++)
    for (guint i = 0; i < n; i++)
      {
        double us = factors[i] * pow (10, decade);
        g_autofree char *text = NULL;

        if (log10 (us) < d->log_low - 1e-9 || log10 (us) > d->log_high + 1e-9)
          continue;
        text = tick_text (us / 1000);
        func (d, us, text, user_data);
      }
}

static void
note_width (LfDrawing *d, double us, const char *text, gpointer user_data)
{
  int *widest = user_data;

  *widest = MAX (*widest, _lf_drawing_text_width (d, text));
}

int
_lf_drawing_heat_tick (LfDrawing *d)
{
  int widest = 0;

  foreach_tick (d, note_width, &widest);
  return widest;
}

static void
draw_tick (LfDrawing *d, double us, const char *text, gpointer user_data)
{
  double y = floor (y_of (d, log10 (us))) + 0.5;

  _lf_drawing_set_ink (d, 0.12);
  cairo_set_line_width (d->cr, 1);
  cairo_move_to (d->cr, d->plot.origin.x, y);
  cairo_line_to (d->cr, d->plot.origin.x + d->plot.size.width, y);
  cairo_stroke (d->cr);
  _lf_drawing_set_ink (d, 0.65);
  _lf_drawing_show_text (d, text, d->plot.origin.x - LF_DRAWING_GAP,
                         y - _lf_drawing_text_height (d) / 2.0, 1);
}

typedef struct /* columns of the map that are in view, drawn as so many columns of pixels */
{
  guint first, n;
  guint n_pixels;
  guint lowest, n_rows;
} Extent;

static gboolean
find_extent (LfDrawing *d, Extent *extent)
{
  const LfHeatMap *map = d->chart->heat;
  double width = lf_heat_map_get_width (map);
  guint last, highest;

  if (!lf_heat_map_get_rows (map, &extent->lowest, &highest))
    return FALSE;
  extent->n_rows = highest - extent->lowest + 1;
  extent->first = (guint) (d->view.from / width);
  last = MIN (lf_heat_map_find_column (map, d->view.to), lf_heat_map_get_n_columns (map) - 1);
  if (extent->first > last)
    return FALSE;
  extent->n = last - extent->first + 1;
  extent->n_pixels = MIN (extent->n, (guint) MAX (1, d->plot.size.width));
  return TRUE;
}

/* The requests of each cell that is drawn, the topmost row first. */
static guint64 *
sum_cells (LfDrawing *d, const Extent *extent, guint64 *most)
{
  guint64 *cells = g_new0 (guint64, (gsize) extent->n_pixels * extent->n_rows);

  *most = 1;
  for (guint i = 0; i < extent->n; i++)
    {
      const guint32 *counts = lf_heat_map_get_column (d->chart->heat, extent->first + i);
      guint x = (guint) ((guint64) i * extent->n_pixels / extent->n);

      for (guint row = 0; row < extent->n_rows; row++)
        {
          guint64 *cell = &cells[(gsize) (extent->n_rows - 1 - row) * extent->n_pixels + x];

          *cell += counts[extent->lowest + row];
          *most = MAX (*most, *cell);
        }
    }
  return cells;
}

static cairo_surface_t *
paint_cells (LfDrawing *d, const Extent *extent)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, (int) extent->n_pixels, (int) extent->n_rows);
  guint8 *pixels = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint64 most;
  g_autofree guint64 *cells = sum_cells (d, extent, &most);

  for (guint y = 0; y < extent->n_rows; y++)
    for (guint x = 0; x < extent->n_pixels; x++)
      {
        guint64 cell = cells[(gsize) y * extent->n_pixels + x];

        if (cell > 0)
          ((guint32 *) (gpointer) (pixels + (gsize) y * (gsize) stride))[x] =
              color_of (_lf_drawing_is_dark (d), (double) cell / (double) most);
      }
  cairo_surface_mark_dirty (surface);
  return surface;
}

static void
draw_cells (LfDrawing *d, const Extent *extent)
{
  double width = lf_heat_map_get_width (d->chart->heat);
  double left = _lf_drawing_x_of (d, extent->first * width);
  double right = _lf_drawing_x_of (d, (extent->first + extent->n) * width);
  double bottom = y_of (d, (double) extent->lowest / LF_HEAT_MAP_PER_DECADE);
  double top = y_of (d, (double) (extent->lowest + extent->n_rows) / LF_HEAT_MAP_PER_DECADE);
  cairo_surface_t *surface = paint_cells (d, extent);

  cairo_save (d->cr);
  _lf_drawing_box (d, d->plot.origin.x, d->plot.size.width);
  cairo_clip (d->cr);
  cairo_translate (d->cr, left, top);
  cairo_scale (d->cr, (right - left) / extent->n_pixels, (bottom - top) / extent->n_rows);
  cairo_set_source_surface (d->cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (d->cr), CAIRO_FILTER_NEAREST);
  cairo_paint (d->cr);
  cairo_restore (d->cr);
  cairo_surface_destroy (surface);
}

void
_lf_drawing_heat (LfDrawing *d)
{
  Extent extent;

  foreach_tick (d, draw_tick, NULL);
  _lf_drawing_show_text (d, _ ("ms"), 0, 0, 0);
  if (find_extent (d, &extent))
    draw_cells (d, &extent);
}

typedef struct /* one column in numbers */
{
  guint64 requests;
  guint lowest, highest, fullest; /* rows */
} Facts;

static Facts
look_at (const LfHeatMap *map, double t)
{
  guint at = lf_heat_map_find_column (map, t);
  Facts facts = { 0, LF_HEAT_MAP_ROWS, 0, 0 };
  const guint32 *counts;

  if (at >= lf_heat_map_get_n_columns (map))
    return facts;
  counts = lf_heat_map_get_column (map, at);
  for (guint row = 0; row < LF_HEAT_MAP_ROWS; row++)
    {
      if (counts[row] == 0)
        continue;
      facts.requests += counts[row];
      facts.lowest = MIN (facts.lowest, row);
      facts.highest = row;
      if (counts[row] > counts[facts.fullest])
        facts.fullest = row;
    }
  return facts;
}

static char *
edge_text (guint row)
{
  return lf_format_ms (lf_heat_map_get_edge (row) / 1000);
}

guint
_lf_chart_heat_rows (LfChart *chart, double t, LfTipRow rows[LF_HEAT_TIP_ROWS])
{
  Facts facts = look_at (chart->heat, t);

  rows[0] = (LfTipRow){ _ ("Requests"), LF_CHART_BLUE, lf_format_short ((double) facts.requests) };
  if (facts.requests == 0)
    return 1;
  rows[1] = (LfTipRow){ _ ("Slowest below"), LF_CHART_BLUE, edge_text (facts.highest + 1) };
  rows[2] = (LfTipRow){ _ ("Most often from"), LF_CHART_BLUE, edge_text (facts.fullest) };
  rows[3] = (LfTipRow){ _ ("Fastest from"), LF_CHART_BLUE, edge_text (facts.lowest) };
  return LF_HEAT_TIP_ROWS;
}
