#include "config.h"

#include "lf-chart-private.h"

#include "lf-chart-cursor-private.h"
#include "lf-decimate.h"
#include "lf-drawing-private.h"
#include "lf-format.h"

#include <glib/gi18n.h>
#include <math.h>

static void
draw_side (LfDrawing *d, int side)
{
  double x = side == 0 ? d->plot.origin.x - LF_DRAWING_GAP
                       : d->plot.origin.x + d->plot.size.width + LF_DRAWING_GAP;

  _lf_drawing_set_ink (d, 0.65);
  for (int i = 0; i * d->scales[side].step < d->scales[side].max * 1.001; i++)
    {
      double value = i * d->scales[side].step;
      g_autofree char *text = _lf_drawing_tick_text (d, side, value);

      _lf_drawing_show_text (d, text, x,
                             _lf_drawing_y_of (d, side, value) - _lf_drawing_text_height (d) / 2.0,
                             side == 0 ? 1 : 0);
    }
  if (side == 0)
    _lf_drawing_show_text (d, _lf_drawing_unit_text (d, side), 0, 0, 0);
  else
    _lf_drawing_show_text (d, _lf_drawing_unit_text (d, side),
                           gtk_widget_get_width (GTK_WIDGET (d->chart)), 0, 1);
}

/* The grid follows the left axis; without one, the right. */
static void
draw_grid (LfDrawing *d)
{
  int side = d->used[LF_CHART_LEFT] ? LF_CHART_LEFT : LF_CHART_RIGHT;

  cairo_set_line_width (d->cr, 1);
  for (int i = 0; i * d->scales[side].step < d->scales[side].max * 1.001; i++)
    {
      double y = floor (_lf_drawing_y_of (d, side, i * d->scales[side].step)) + 0.5;

      _lf_drawing_set_ink (d, i == 0 ? 0.35 : 0.12);
      cairo_move_to (d->cr, d->plot.origin.x, y);
      cairo_line_to (d->cr, d->plot.origin.x + d->plot.size.width, y);
      cairo_stroke (d->cr);
    }
}

static void
draw_time (LfDrawing *d)
{
  double bottom = d->plot.origin.y + d->plot.size.height;
  double right = d->plot.origin.x + d->plot.size.width;

  _lf_drawing_set_ink (d, 0.65);
  for (int i = 0; i * d->time.step <= d->time.max * 1.001; i++)
    {
      double x = _lf_drawing_x_of (d, i * d->time.step);
      g_autofree char *text = lf_format_clock (i * d->time.step);
      double half = _lf_drawing_text_width (d, text) / 2.0;

      _lf_drawing_show_text (d, text, CLAMP (x, half, MAX (half, right - half + 10)),
                             bottom + LF_DRAWING_GAP, 0.5);
    }
}

static void
trace (LfDrawing *d, LfChartLine *line, GArray *points)
{
  gboolean down = FALSE;

  for (guint i = 0; i < points->len; i++)
    {
      LfPoint *point = &g_array_index (points, LfPoint, i);
      double y;

      if (isnan (point->y))
        {
          down = FALSE;
          continue;
        }
      y = _lf_drawing_y_of (d, line->look.side, point->y);
      if (down)
        cairo_line_to (d->cr, _lf_drawing_x_of (d, point->x), y);
      else
        cairo_move_to (d->cr, _lf_drawing_x_of (d, point->x), y);
      down = TRUE;
    }
}

static void
fill_below (LfDrawing *d, LfChartLine *line, GArray *points)
{
  double bottom = d->plot.origin.y + d->plot.size.height;
  guint from = 0;

  _lf_drawing_set_color (d, line->look.color, 0.14);
  for (guint i = 0; i <= points->len; i++)
    {
      if (i < points->len && !isnan (g_array_index (points, LfPoint, i).y))
        continue;
      if (i > from)
        {
          cairo_move_to (d->cr, _lf_drawing_x_of (d, g_array_index (points, LfPoint, from).x),
                         bottom);
          for (guint p = from; p < i; p++)
            cairo_line_to (
                d->cr, _lf_drawing_x_of (d, g_array_index (points, LfPoint, p).x),
                _lf_drawing_y_of (d, line->look.side, g_array_index (points, LfPoint, p).y));
          cairo_line_to (d->cr, _lf_drawing_x_of (d, g_array_index (points, LfPoint, i - 1).x),
                         bottom);
          cairo_fill (d->cr);
        }
      from = i + 1;
    }
}

/* A sample with no neighbour would be no line: it becomes a dot. */
static void
draw_lone_points (LfDrawing *d, LfChartLine *line, GArray *points)
{
  for (guint i = 0; i < points->len; i++)
    {
      LfPoint *point = &g_array_index (points, LfPoint, i);
      gboolean before = i > 0 && !isnan (point[-1].y);
      gboolean after = i + 1 < points->len && !isnan (point[1].y);

      if (!isnan (point->y) && !before && !after)
        _lf_drawing_dot (d, _lf_drawing_x_of (d, point->x),
                         _lf_drawing_y_of (d, line->look.side, point->y), 2.5);
    }
}

static void
draw_line (LfDrawing *d, LfChartLine *line)
{
  static const double dashes[] = { 6, 4 };
  g_autoptr (GArray) points = lf_decimate ((const double *) (gpointer) d->chart->times->data,
                                           (const double *) (gpointer) line->values->data,
                                           line->values->len, (guint) d->plot.size.width);

  if (line->look.filled)
    fill_below (d, line, points);
  _lf_drawing_set_color (d, line->look.color, 1);
  cairo_set_line_width (d->cr, 2);
  cairo_set_line_join (d->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (d->cr, dashes, line->look.dashed ? 2 : 0, 0);
  trace (d, line, points);
  cairo_stroke (d->cr);
  cairo_set_dash (d->cr, NULL, 0, 0);
  draw_lone_points (d, line, points);
}

/* Where lines coincide, each is to be seen: below one with an area, on top one with gaps. */
static int
layer_of (const LfChartLine *line)
{
  return line->look.dashed ? 2 : line->look.filled ? 0 : 1;
}

static void
draw_lines (LfDrawing *d)
{
  cairo_save (d->cr);
  cairo_rectangle (d->cr, d->plot.origin.x - 2, d->plot.origin.y - 2, d->plot.size.width + 4,
                   d->plot.size.height + 4);
  cairo_clip (d->cr);
  for (int layer = 0; layer <= 2; layer++)
    for (guint i = d->chart->lines->len; i > 0; i--) /* the first on top */
      {
        LfChartLine *line = g_ptr_array_index (d->chart->lines, i - 1);

        if (line->visible && layer_of (line) == layer)
          draw_line (d, line);
      }
  cairo_restore (d->cr);
}

static void
draw_empty (LfDrawing *d)
{
  _lf_drawing_set_ink (d, 0.65);
  _lf_drawing_show_text (
      d, _ ("Waiting for the first sample…"), d->plot.origin.x + d->plot.size.width / 2,
      d->plot.origin.y + d->plot.size.height / 2 - _lf_drawing_text_height (d), 0.5);
}

static GskRenderNode *
draw_backdrop (LfChart *self, int width, int height)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  LfDrawing d = { 0 };

  _lf_drawing_begin (&d, self, snapshot, width, height);
  draw_grid (&d);
  draw_time (&d);
  if (self->times->len > 0)
    {
      for (int side = 0; side < 2; side++)
        if (d.used[side])
          draw_side (&d, side);
      draw_lines (&d);
    }
  else
    draw_empty (&d);
  _lf_drawing_end (&d);
  return gtk_snapshot_free_to_node (snapshot);
}

void
_lf_chart_draw (LfChart *self, GtkSnapshot *snapshot)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->backdrop == NULL)
    self->backdrop = draw_backdrop (self, width, height);
  if (self->backdrop != NULL)
    gtk_snapshot_append_node (snapshot, self->backdrop);
  if (self->cursor >= 0 && self->times->len > 0)
    {
      LfDrawing d = { 0 };

      _lf_drawing_begin (&d, self, snapshot, width, height);
      _lf_chart_draw_cursor (&d);
      _lf_drawing_end (&d);
    }
}
