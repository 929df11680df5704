#include "config.h"

#include "lf-chart-cursor-private.h"

#include "lf-format.h"

#include <math.h>

static void
draw_tip (LfDrawing *d, guint sample, double x)
{
  g_autofree char *clock = lf_format_clock (g_array_index (d->chart->times, double, sample));
  g_autofree LfTipRow *rows = g_new0 (LfTipRow, d->chart->lines->len);
  guint n = 0;

  for (guint i = 0; i < d->chart->lines->len; i++)
    {
      const LfChartLine *line = g_ptr_array_index (d->chart->lines, i);
      double value = g_array_index (line->values, double, sample);

      if (line->visible)
        rows[n++] =
            (LfTipRow){ line->look.name, line->look.color,
                        isnan (value) ? g_strdup ("–") : line->look.format (value) };
    }
  _lf_drawing_tip (d, clock, rows, n, x);
  for (guint i = 0; i < n; i++)
    g_free (rows[i].text);
}

void
_lf_chart_draw_cursor (LfDrawing *d)
{
  guint sample = _lf_chart_find (d->chart, d->chart->cursor);
  double x = floor (_lf_drawing_x_of (d, g_array_index (d->chart->times, double, sample))) + 0.5;

  _lf_drawing_set_ink (d, 0.5);
  cairo_set_line_width (d->cr, 1);
  cairo_move_to (d->cr, x, d->plot.origin.y);
  cairo_line_to (d->cr, x, d->plot.origin.y + d->plot.size.height);
  cairo_stroke (d->cr);
  for (guint i = 0; i < d->chart->lines->len; i++)
    {
      LfChartLine *line = g_ptr_array_index (d->chart->lines, i);
      double value = g_array_index (line->values, double, sample);

      if (!line->visible || isnan (value))
        continue;
      _lf_drawing_set_color (d, line->look.color, 1);
      _lf_drawing_dot (d, x, _lf_drawing_y_of (d, line->look.side, value), 4);
    }
  draw_tip (d, sample, x);
}
