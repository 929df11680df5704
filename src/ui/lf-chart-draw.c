#include "config.h"

#include "lf-chart-private.h"

#include "lf-chart-cursor-private.h"
#include "lf-decimate.h"
#include "lf-drawing-private.h"

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
    _lf_drawing_show_text (d, _lf_drawing_unit_text (d, side), d->width, 0, 1);
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

void
_lf_drawing_set_dash (LfDrawing *d, LfChartDash dash)
{
  static const double dashes[] = { 6, 4 };
  static const double dots[] = { 1.5, 4 };

  cairo_set_line_cap (d->cr, dash == LF_CHART_DOTTED ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
  cairo_set_dash (d->cr, dash == LF_CHART_DOTTED ? dots : dashes, dash == LF_CHART_SOLID ? 0 : 2,
                  0);
}

static void
draw_line (LfDrawing *d, LfChartLine *line)
{
  g_autoptr (GArray) points =
      lf_decimate (_lf_chart_times (d->chart) + d->first, _lf_chart_values (line) + d->first, d->n,
                   (guint) d->plot.size.width);

  if (line->look.shape == LF_CHART_AREA)
    fill_below (d, line, points);
  _lf_drawing_set_color (d, line->look.color, 1);
  cairo_set_line_width (d->cr, 2);
  cairo_set_line_join (d->cr, CAIRO_LINE_JOIN_ROUND);
  _lf_drawing_set_dash (d, line->look.dash);
  trace (d, line, points);
  cairo_stroke (d->cr);
  _lf_drawing_set_dash (d, LF_CHART_SOLID);
  draw_lone_points (d, line, points);
}

/* Where lines coincide, each is to be seen: below one with an area, on top one with gaps. */
static int
layer_of (const LfChartLine *line)
{
  return line->look.dash != LF_CHART_SOLID ? 2 : line->look.shape == LF_CHART_AREA ? 0 : 1;
}

static void
draw_lines (LfDrawing *d)
{
  for (int layer = 0; layer <= 2; layer++)
    for (guint i = d->chart->lines->len; i > 0; i--) /* the first on top */
      {
        LfChartLine *line = g_ptr_array_index (d->chart->lines, i - 1);

        if (line->visible && line->look.shape != LF_CHART_BAND && layer_of (line) == layer)
          draw_line (d, line);
      }
}

static void
draw_values (LfDrawing *d)
{
  cairo_save (d->cr);
  cairo_rectangle (d->cr, d->plot.origin.x - 2, d->plot.origin.y - 2, d->plot.size.width + 4,
                   d->plot.size.height + 4);
  cairo_clip (d->cr);
  _lf_drawing_bands (d);
  draw_lines (d);
  cairo_restore (d->cr);
}

static void
draw_notice (LfDrawing *d, const char *text)
{
  _lf_drawing_set_ink (d, 0.65);
  _lf_drawing_show_text (d, text, d->plot.origin.x + d->plot.size.width / 2,
                         d->plot.origin.y + d->plot.size.height / 2 - _lf_drawing_text_height (d),
                         0.5);
}

/* Why there is nothing to see; NULL where there is something. */
static const char *
find_notice (LfDrawing *d)
{
  guint lowest, highest;

  if (d->n == 0)
    return _ ("Waiting for the first sample…");
  if (d->chart->heat != NULL && !lf_heat_map_get_rows (d->chart->heat, &lowest, &highest))
    return _ ("No answer was measured yet");
  return NULL;
}

void
_lf_drawing_chart (LfDrawing *d)
{
  const char *notice = find_notice (d);

  _lf_drawing_time (d);
  if (d->chart->heat != NULL)
    _lf_drawing_heat (d);
  else
    draw_grid (d);
  if (notice != NULL)
    {
      draw_notice (d, notice);
      return;
    }
  for (int side = 0; side < 2; side++)
    if (d->used[side])
      draw_side (d, side);
  draw_values (d);
}

/* As pixels: what does not change between two samples is only copied for the frames in between. */
static GskRenderNode *
draw_backdrop (LfChart *self, int width, int height)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale, height * scale);
  cairo_t *cr = cairo_create (surface);
  LfDrawing d = { 0 };
  g_autoptr (GBytes) pixels = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  int stride;

  cairo_scale (cr, scale, scale);
  _lf_drawing_begin (&d, self, cr, width, height, NULL);
  _lf_drawing_chart (&d);
  self->plot = d.plot;
  _lf_drawing_end (&d);
  cairo_surface_flush (surface);
  stride = cairo_image_surface_get_stride (surface);
  pixels = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                       (gsize) stride * (gsize) (height * scale),
                                       (GDestroyNotify) cairo_surface_destroy, surface);
  texture = gdk_memory_texture_new (width * scale, height * scale, GDK_MEMORY_DEFAULT, pixels,
                                    (gsize) stride);
  return gsk_texture_node_new (texture, &GRAPHENE_RECT_INIT (0, 0, width, height));
}

/* What a hand is choosing. */
static void
draw_selection (LfChart *self, GtkSnapshot *snapshot)
{
  LfTimeRange view = lf_time_axis_get_view (self->axis);
  double width = self->plot.size.width / (view.to - view.from);
  LfTimeRange range;
  graphene_rect_t box = self->plot;
  GdkRGBA color;

  if (!lf_time_axis_get_selection (self->axis, &range))
    return;
  box.origin.x += (range.from - view.from) * width;
  box.size.width = (range.to - range.from) * width;
  lf_chart_get_color (GTK_WIDGET (self), LF_CHART_BLUE, &color);
  color.alpha = 0.2;
  gtk_snapshot_append_color (snapshot, &color, &box);
}

void
_lf_chart_draw (LfChart *self, GtkSnapshot *snapshot)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  if (width <= 0 || height <= 0)
    return;
  if (self->backdrop == NULL)
    self->backdrop = draw_backdrop (self, width, height);
  gtk_snapshot_append_node (snapshot, self->backdrop);
  draw_selection (self, snapshot);
  _lf_chart_draw_cursor (self, snapshot, width, height);
}
