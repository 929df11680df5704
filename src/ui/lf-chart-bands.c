#include "config.h"

#include "lf-decimate.h"
#include "lf-drawing-private.h"

#include <math.h>

#define HATCH 6 /* px between two strokes */

static double
height_of (LfChartLine *line, guint sample)
{
  double value = _lf_chart_values (line)[sample];

  return line->visible && line->look.shape == LF_CHART_BAND && !isnan (value) ? value : 0;
}

double
_lf_chart_stack_at (LfChart *chart, guint sample)
{
  double sum = 0;

  for (guint i = 0; i < chart->lines->len; i++)
    sum += height_of (g_ptr_array_index (chart->lines, i), sample);
  return sum;
}

static GArray *
decimate (LfDrawing *d, GArray *values)
{
  return lf_decimate (_lf_chart_times (d->chart) + d->first,
                      (const double *) (gpointer) values->data, d->n, (guint) d->plot.size.width);
}

static void
go_along (LfDrawing *d, int side, GArray *points, gboolean back)
{
  for (guint i = 0; i < points->len; i++)
    {
      LfPoint *point = &g_array_index (points, LfPoint, back ? points->len - 1 - i : i);

      cairo_line_to (d->cr, _lf_drawing_x_of (d, point->x), _lf_drawing_y_of (d, side, point->y));
    }
}

/* Within what is clipped. */
static void
hatch (LfDrawing *d)
{
  double bottom = d->plot.origin.y + d->plot.size.height;
  double right = d->plot.origin.x + d->plot.size.width + d->plot.size.height;

  cairo_set_line_width (d->cr, 1.5);
  for (double x = d->plot.origin.x; x < right; x += HATCH)
    {
      cairo_move_to (d->cr, x, d->plot.origin.y);
      cairo_line_to (d->cr, x - d->plot.size.height, bottom);
    }
  cairo_stroke (d->cr);
}

static void
fill_between (LfDrawing *d, LfChartLine *line, GArray *below, GArray *above)
{
  cairo_save (d->cr);
  go_along (d, line->look.side, above, FALSE);
  go_along (d, line->look.side, below, TRUE);
  cairo_close_path (d->cr);
  _lf_drawing_set_color (d, line->look.color, 0.35);
  cairo_fill_preserve (d->cr);
  cairo_clip (d->cr);
  _lf_drawing_set_color (d, line->look.color, 1);
  if (line->look.dash != LF_CHART_SOLID)
    hatch (d);
  cairo_restore (d->cr);
}

/* A band is what it adds to those below it. Where it adds nothing, its edge is not drawn. */
static void
draw_edge (LfDrawing *d, LfChartLine *line, GArray *above)
{
  gboolean down = FALSE;

  _lf_drawing_set_color (d, line->look.color, 1);
  cairo_set_line_width (d->cr, 1.5);
  for (guint i = 0; i < above->len; i++)
    {
      LfPoint *point = &g_array_index (above, LfPoint, i);
      double y = _lf_drawing_y_of (d, line->look.side, point->y);

      if (height_of (line, _lf_chart_find (d->chart, point->x)) <= 0)
        down = FALSE;
      else if (down)
        cairo_line_to (d->cr, _lf_drawing_x_of (d, point->x), y);
      else
        {
          cairo_move_to (d->cr, _lf_drawing_x_of (d, point->x), y);
          down = TRUE;
        }
    }
  cairo_stroke (d->cr);
}

static GArray *
draw_band (LfDrawing *d, LfChartLine *line, GArray *sums, GArray *below)
{
  GArray *above;

  for (guint i = 0; i < d->n; i++)
    g_array_index (sums, double, i) += height_of (line, d->first + i);
  above = decimate (d, sums);
  fill_between (d, line, below, above);
  draw_edge (d, line, above);
  return above;
}

/* From the ground up: the last series first. */
void
_lf_drawing_bands (LfDrawing *d)
{
  g_autoptr (GArray) sums = g_array_sized_new (FALSE, TRUE, sizeof (double), d->n);
  g_autoptr (GArray) below = NULL;

  g_array_set_size (sums, d->n);
  below = decimate (d, sums);
  for (guint i = d->chart->lines->len; i > 0; i--)
    {
      LfChartLine *line = g_ptr_array_index (d->chart->lines, i - 1);
      GArray *above;

      if (!line->visible || line->look.shape != LF_CHART_BAND)
        continue;
      above = draw_band (d, line, sums, below);
      g_array_unref (below);
      below = above;
    }
}
