#include "config.h"

#include "lf-drawing-private.h"
#include "lf-format.h"

#include <glib/gi18n.h>
#include <math.h>

#define TIME_PIXELS  72 /* at least this much between two numbers */
#define STAGE_PIXELS 6  /* stages that are closer are not told apart */

static void
draw_clock (LfDrawing *d, double t)
{
  double bottom = d->plot.origin.y + d->plot.size.height;
  double right = d->plot.origin.x + d->plot.size.width;
  g_autofree char *text = lf_format_clock (t);
  double half = _lf_drawing_text_width (d, text) / 2.0;

  _lf_drawing_show_text (d, text,
                         CLAMP (_lf_drawing_x_of (d, t), half, MAX (half, right - half + 10)),
                         bottom + LF_DRAWING_GAP, 0.5);
}

static void
draw_clocks (LfDrawing *d)
{
  double length = d->view.to - d->view.from;
  LfScale scale = lf_scale_new_time (length, (guint) MAX (1, d->plot.size.width / TIME_PIXELS));

  _lf_drawing_set_ink (d, 0.65);
  for (gint64 i = (gint64) ceil (d->view.from / scale.step);
       i * scale.step <= d->view.to + length * 0.001; i++)
    draw_clock (d, i * scale.step);
}

/* Dotted, so that nobody takes them for the grid. */
static void
draw_stages (LfDrawing *d)
{
  static const double dots[] = { 2, 3 };
  const GArray *stages = lf_time_axis_get_stages (d->chart->axis);
  double last = -STAGE_PIXELS;

  _lf_drawing_set_ink (d, 0.45);
  cairo_set_line_width (d->cr, 1);
  cairo_set_dash (d->cr, dots, 2, 0);
  for (guint i = 0; i < stages->len; i++)
    {
      double t = g_array_index (stages, double, i);
      double x = floor (_lf_drawing_x_of (d, t)) + 0.5;

      if (t < d->view.from || t > d->view.to || x - last < STAGE_PIXELS)
        continue;
      cairo_move_to (d->cr, x, d->plot.origin.y);
      cairo_line_to (d->cr, x, d->plot.origin.y + d->plot.size.height);
      last = x;
    }
  cairo_stroke (d->cr);
  cairo_set_dash (d->cr, NULL, 0, 0);
}

/* What is drawn but not counted stands on a shade, with its name where there is room. */
static void
draw_warmup (LfDrawing *d)
{
  double end = MIN (lf_time_axis_get_warmup (d->chart->axis), d->view.to);
  double width = _lf_drawing_x_of (d, end) - d->plot.origin.x;

  if (end <= d->view.from)
    return;
  _lf_drawing_set_ink (d, 0.08);
  _lf_drawing_box (d, d->plot.origin.x, width);
  cairo_fill (d->cr);
  if (_lf_drawing_text_width (d, _ ("warm-up")) + 8 > width)
    return;
  _lf_drawing_set_ink (d, 0.65);
  _lf_drawing_show_text (d, _ ("warm-up"), d->plot.origin.x + 4, d->plot.origin.y + 2, 0);
}

void
_lf_drawing_time (LfDrawing *d)
{
  draw_warmup (d);
  draw_stages (d);
  draw_clocks (d);
}
