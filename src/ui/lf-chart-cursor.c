#include "config.h"

#include "lf-chart-cursor-private.h"

#include "lf-format.h"

#include <math.h>

#define TIP_PADDING 8 /* px */

static void
draw_tip_line (LfDrawing *d, LfChartLine *line, guint sample, double x, double y, double right)
{
  double value = g_array_index (line->values, double, sample);
  g_autofree char *text = isnan (value) ? g_strdup ("–") : line->look.format (value);

  _lf_drawing_set_color (d, line->look.color, 1);
  _lf_drawing_dot (d, x + 4, y + _lf_drawing_text_height (d) / 2.0, 4);
  _lf_drawing_set_ink (d, 1);
  _lf_drawing_show_text (d, line->look.name, x + 14, y, 0);
  _lf_drawing_show_text (d, text, right, y, 1);
}

static double
tip_width (LfDrawing *d, guint sample, const char *clock)
{
  double width = _lf_drawing_text_width (d, clock);

  for (guint i = 0; i < d->chart->lines->len; i++)
    {
      LfChartLine *line = g_ptr_array_index (d->chart->lines, i);
      double value = g_array_index (line->values, double, sample);
      g_autofree char *text = isnan (value) ? g_strdup ("–") : line->look.format (value);

      if (line->visible)
        width = fmax (width, 14 + _lf_drawing_text_width (d, line->look.name) + 16 +
                                 _lf_drawing_text_width (d, text));
    }
  return width + 2 * TIP_PADDING;
}

static guint
n_visible (LfChart *chart)
{
  guint n = 0;

  for (guint i = 0; i < chart->lines->len; i++)
    n += ((LfChartLine *) g_ptr_array_index (chart->lines, i))->visible ? 1 : 0;
  return n;
}

static void
draw_tip_box (LfDrawing *d, const graphene_rect_t *box)
{
  double x = box->origin.x, y = box->origin.y, w = box->size.width, h = box->size.height, r = 8;

  cairo_new_sub_path (d->cr);
  cairo_arc (d->cr, x + w - r, y + r, r, -G_PI / 2, 0);
  cairo_arc (d->cr, x + w - r, y + h - r, r, 0, G_PI / 2);
  cairo_arc (d->cr, x + r, y + h - r, r, G_PI / 2, G_PI);
  cairo_arc (d->cr, x + r, y + r, r, G_PI, 1.5 * G_PI);
  cairo_close_path (d->cr);
  if (_lf_drawing_is_dark (d))
    cairo_set_source_rgba (d->cr, 0.15, 0.15, 0.15, 0.94);
  else
    cairo_set_source_rgba (d->cr, 1, 1, 1, 0.94);
  cairo_fill_preserve (d->cr);
  _lf_drawing_set_ink (d, 0.2);
  cairo_set_line_width (d->cr, 1);
  cairo_stroke (d->cr);
}

static void
draw_tip (LfDrawing *d, guint sample, double x)
{
  g_autofree char *clock = lf_format_clock (g_array_index (d->chart->times, double, sample));
  double width = tip_width (d, sample, clock);
  double line = _lf_drawing_text_height (d) + 2;
  double height = line * (n_visible (d->chart) + 1) + 2 * TIP_PADDING;
  double left = x + 12 + width < d->plot.origin.x + d->plot.size.width ? x + 12 : x - 12 - width;
  graphene_rect_t box = GRAPHENE_RECT_INIT (fmax (left, 0), d->plot.origin.y, width, height);
  double y = box.origin.y + TIP_PADDING;

  draw_tip_box (d, &box);
  _lf_drawing_set_ink (d, 0.65);
  _lf_drawing_show_text (d, clock, box.origin.x + TIP_PADDING, y, 0);
  for (guint i = 0; i < d->chart->lines->len; i++)
    {
      LfChartLine *series = g_ptr_array_index (d->chart->lines, i);

      if (!series->visible)
        continue;
      y += line;
      draw_tip_line (d, series, sample, box.origin.x + TIP_PADDING, y,
                     box.origin.x + width - TIP_PADDING);
    }
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
