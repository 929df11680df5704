#include "config.h"

#include "lf-chart-private.h"
#include "lf-decimate.h"
#include "lf-format.h"
#include "lf-scale.h"

#include <glib/gi18n.h>
#include <math.h>

#define GAP         6 /* px between an axis and its numbers */
#define TIP_PADDING 8
#define TICK_PIXELS 34 /* at least this much between horizontal lines */
#define TIME_PIXELS 72
#define HEADROOM    1.03 /* so that no line runs along the upper edge */

typedef struct
{
  LfChart *chart;
  cairo_t *cr;
  PangoLayout *layout;
  GdkRGBA ink;
  graphene_rect_t plot;
  LfScale scales[2];
  gboolean used[2];
  LfScale time;
} Drawing;

/* Okabe and Ito's colours, darker on light and lighter on dark until each has a contrast of 3:1.
 * Source: https://jfly.uni-koeln.de/color/ */
static const char *const palette[2][LF_N_CHART_COLORS] = {
  { "#0069a8", "#c85200", "#00835e", "#a33c7c", "#6b6b6b" },
  { "#62b5ea", "#f0a13a", "#3dcf9f", "#e79bc8", "#a8a8a8" },
};

static gboolean
is_dark (const GdkRGBA *ink)
{
  return ink->red * 0.30 + ink->green * 0.59 + ink->blue * 0.11 > 0.5;
}

static void
get_ink (GtkWidget *widget, GdkRGBA *ink)
{
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), ink);
}

void
lf_chart_get_color (GtkWidget *widget, LfChartColor color, GdkRGBA *rgba)
{
  GdkRGBA ink;

  get_ink (widget, &ink);
  gdk_rgba_parse (rgba, palette[is_dark (&ink)][color]);
}

static void
set_ink (Drawing *d, double alpha)
{
  cairo_set_source_rgba (d->cr, d->ink.red, d->ink.green, d->ink.blue, d->ink.alpha * alpha);
}

static void
set_color (Drawing *d, LfChartColor color, double alpha)
{
  GdkRGBA rgba;

  gdk_rgba_parse (&rgba, palette[is_dark (&d->ink)][color]);
  cairo_set_source_rgba (d->cr, rgba.red, rgba.green, rgba.blue, alpha);
}

static int
text_width (Drawing *d, const char *text)
{
  int width;

  pango_layout_set_text (d->layout, text, -1);
  pango_layout_get_pixel_size (d->layout, &width, NULL);
  return width;
}

static int
text_height (Drawing *d)
{
  int height;

  pango_layout_set_text (d->layout, "0", -1);
  pango_layout_get_pixel_size (d->layout, NULL, &height);
  return height;
}

/* @align: 0 right of x, 1 left of it, 0.5 on it. */
static void
show_text (Drawing *d, const char *text, double x, double y, double align)
{
  int width = text_width (d, text);

  cairo_move_to (d->cr, x - width * align, y);
  pango_cairo_show_layout (d->cr, d->layout);
}

static char *
tick_text (Drawing *d, int side, double value)
{
  const LfScale *scale = &d->scales[side];

  if (g_strcmp0 (d->chart->units[side], "ms") == 0 && scale->max >= 2000)
    {
      LfScale seconds = { scale->max / 1000, scale->step / 1000 };

      return lf_scale_format (&seconds, value / 1000);
    }
  return lf_scale_format (scale, value);
}

static const char *
unit_text (Drawing *d, int side)
{
  if (g_strcmp0 (d->chart->units[side], "ms") == 0 && d->scales[side].max >= 2000)
    return _ ("s");
  return d->chart->units[side];
}

/* Of the visible lines of a side: the highest value, whether there is one, whether all are
 * integers. */
static double
highest_of (LfChart *chart, int side, gboolean *used, gboolean *whole)
{
  double highest = 0;

  *used = FALSE;
  *whole = TRUE;
  for (guint i = 0; i < chart->lines->len; i++)
    {
      LfChartLine *line = g_ptr_array_index (chart->lines, i);

      if ((int) line->look.side != side || !line->visible)
        continue;
      *used = TRUE;
      for (guint v = 0; v < line->values->len; v++)
        {
          double value = g_array_index (line->values, double, v);

          highest = fmax (highest, value);
          *whole = *whole && (isnan (value) || value == floor (value));
        }
    }
  return highest;
}

static int
widest_tick (Drawing *d, int side)
{
  int widest = 0;

  for (int i = 0; i * d->scales[side].step < d->scales[side].max * 1.001; i++)
    {
      g_autofree char *text = tick_text (d, side, i * d->scales[side].step);

      widest = MAX (widest, text_width (d, text));
    }
  return widest;
}

/* The right axis has as many ticks as the left, so that one grid serves both. */
static void
fit_scales (Drawing *d, guint ticks)
{
  gboolean whole[2];
  double left = highest_of (d->chart, LF_CHART_LEFT, &d->used[LF_CHART_LEFT], &whole[0]);
  double right = highest_of (d->chart, LF_CHART_RIGHT, &d->used[LF_CHART_RIGHT], &whole[1]);

  d->scales[LF_CHART_LEFT] = lf_scale_new (left * HEADROOM, ticks, whole[0]);
  if (d->used[LF_CHART_LEFT])
    {
      ticks = (guint) round (d->scales[LF_CHART_LEFT].max / d->scales[LF_CHART_LEFT].step);
      d->scales[LF_CHART_RIGHT] = lf_scale_new_beside (right, ticks, whole[1]);
    }
  else
    d->scales[LF_CHART_RIGHT] = lf_scale_new (right, ticks, whole[1]);
}

/* Numbers take the room they need; the lines get the rest. */
static void
lay_out (Drawing *d, int width, int height)
{
  int line = text_height (d);
  double margins[2] = { 4, 10 };
  double top = line + GAP;
  double bottom = line + GAP;
  guint n_times = d->chart->times->len;

  fit_scales (d, (guint) MAX (1, (height - top - bottom) / TICK_PIXELS));
  for (int side = 0; side < 2; side++)
    if (d->used[side] && n_times > 0)
      margins[side] = widest_tick (d, side) + GAP;
  d->plot = GRAPHENE_RECT_INIT (margins[0], top, MAX (1, width - margins[0] - margins[1]),
                                MAX (1, height - top - bottom));
  d->chart->plot = d->plot;
  d->chart->span = MAX (10, n_times > 0 ? g_array_index (d->chart->times, double, n_times - 1) : 0);
  d->time = lf_scale_new_time (d->chart->span, (guint) MAX (1, d->plot.size.width / TIME_PIXELS));
}

static double
x_of (Drawing *d, double t)
{
  return d->plot.origin.x + t / d->chart->span * d->plot.size.width;
}

static double
y_of (Drawing *d, int side, double value)
{
  return d->plot.origin.y + d->plot.size.height * (1 - value / d->scales[side].max);
}

static void
draw_side (Drawing *d, int side)
{
  double x = side == 0 ? d->plot.origin.x - GAP : d->plot.origin.x + d->plot.size.width + GAP;

  set_ink (d, 0.65);
  for (int i = 0; i * d->scales[side].step < d->scales[side].max * 1.001; i++)
    {
      double value = i * d->scales[side].step;
      g_autofree char *text = tick_text (d, side, value);

      show_text (d, text, x, y_of (d, side, value) - text_height (d) / 2.0, side == 0 ? 1 : 0);
    }
  if (side == 0)
    show_text (d, unit_text (d, side), 0, 0, 0);
  else
    show_text (d, unit_text (d, side), gtk_widget_get_width (GTK_WIDGET (d->chart)), 0, 1);
}

/* The grid follows the left axis; without one, the right. */
static void
draw_grid (Drawing *d)
{
  int side = d->used[LF_CHART_LEFT] ? LF_CHART_LEFT : LF_CHART_RIGHT;

  cairo_set_line_width (d->cr, 1);
  for (int i = 0; i * d->scales[side].step < d->scales[side].max * 1.001; i++)
    {
      double y = floor (y_of (d, side, i * d->scales[side].step)) + 0.5;

      set_ink (d, i == 0 ? 0.35 : 0.12);
      cairo_move_to (d->cr, d->plot.origin.x, y);
      cairo_line_to (d->cr, d->plot.origin.x + d->plot.size.width, y);
      cairo_stroke (d->cr);
    }
}

static void
draw_time (Drawing *d)
{
  double bottom = d->plot.origin.y + d->plot.size.height;
  double right = d->plot.origin.x + d->plot.size.width;

  set_ink (d, 0.65);
  for (int i = 0; i * d->time.step <= d->time.max * 1.001; i++)
    {
      double x = x_of (d, i * d->time.step);
      g_autofree char *text = lf_format_clock (i * d->time.step);
      double half = text_width (d, text) / 2.0;

      show_text (d, text, CLAMP (x, half, MAX (half, right - half + 10)), bottom + GAP, 0.5);
    }
}

static void
trace (Drawing *d, LfChartLine *line, GArray *points)
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
      y = y_of (d, line->look.side, point->y);
      if (down)
        cairo_line_to (d->cr, x_of (d, point->x), y);
      else
        cairo_move_to (d->cr, x_of (d, point->x), y);
      down = TRUE;
    }
}

static void
fill_below (Drawing *d, LfChartLine *line, GArray *points)
{
  double bottom = d->plot.origin.y + d->plot.size.height;
  guint from = 0;

  set_color (d, line->look.color, 0.14);
  for (guint i = 0; i <= points->len; i++)
    {
      if (i < points->len && !isnan (g_array_index (points, LfPoint, i).y))
        continue;
      if (i > from)
        {
          cairo_move_to (d->cr, x_of (d, g_array_index (points, LfPoint, from).x), bottom);
          for (guint p = from; p < i; p++)
            cairo_line_to (d->cr, x_of (d, g_array_index (points, LfPoint, p).x),
                           y_of (d, line->look.side, g_array_index (points, LfPoint, p).y));
          cairo_line_to (d->cr, x_of (d, g_array_index (points, LfPoint, i - 1).x), bottom);
          cairo_fill (d->cr);
        }
      from = i + 1;
    }
}

static void
dot (Drawing *d, double x, double y, double radius)
{
  cairo_new_sub_path (d->cr);
  cairo_arc (d->cr, x, y, radius, 0, 2 * G_PI);
  cairo_fill (d->cr);
}

/* A sample with no neighbour would be no line: it becomes a dot. */
static void
draw_lone_points (Drawing *d, LfChartLine *line, GArray *points)
{
  for (guint i = 0; i < points->len; i++)
    {
      LfPoint *point = &g_array_index (points, LfPoint, i);
      gboolean before = i > 0 && !isnan (point[-1].y);
      gboolean after = i + 1 < points->len && !isnan (point[1].y);

      if (!isnan (point->y) && !before && !after)
        dot (d, x_of (d, point->x), y_of (d, line->look.side, point->y), 2.5);
    }
}

static void
draw_line (Drawing *d, LfChartLine *line)
{
  static const double dashes[] = { 6, 4 };
  g_autoptr (GArray) points = lf_decimate ((const double *) (gpointer) d->chart->times->data,
                                           (const double *) (gpointer) line->values->data,
                                           line->values->len, (guint) d->plot.size.width);

  if (line->look.filled)
    fill_below (d, line, points);
  set_color (d, line->look.color, 1);
  cairo_set_line_width (d->cr, 2);
  cairo_set_line_join (d->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (d->cr, dashes, line->look.dashed ? 2 : 0, 0);
  trace (d, line, points);
  cairo_stroke (d->cr);
  cairo_set_dash (d->cr, NULL, 0, 0);
  draw_lone_points (d, line, points);
}

static void
draw_lines (Drawing *d)
{
  cairo_save (d->cr);
  cairo_rectangle (d->cr, d->plot.origin.x - 2, d->plot.origin.y - 2, d->plot.size.width + 4,
                   d->plot.size.height + 4);
  cairo_clip (d->cr);
  for (guint i = d->chart->lines->len; i > 0; i--) /* the first on top */
    {
      LfChartLine *line = g_ptr_array_index (d->chart->lines, i - 1);

      if (line->visible)
        draw_line (d, line);
    }
  cairo_restore (d->cr);
}

static void
draw_empty (Drawing *d)
{
  set_ink (d, 0.65);
  show_text (d, _ ("Waiting for the first sample…"), d->plot.origin.x + d->plot.size.width / 2,
             d->plot.origin.y + d->plot.size.height / 2 - text_height (d), 0.5);
}

static void
draw_tip_line (Drawing *d, LfChartLine *line, guint sample, double x, double y, double right)
{
  double value = g_array_index (line->values, double, sample);
  g_autofree char *text = isnan (value) ? g_strdup ("–") : line->look.format (value);

  set_color (d, line->look.color, 1);
  dot (d, x + 4, y + text_height (d) / 2.0, 4);
  set_ink (d, 1);
  show_text (d, line->look.name, x + 14, y, 0);
  show_text (d, text, right, y, 1);
}

static double
tip_width (Drawing *d, guint sample, const char *clock)
{
  double width = text_width (d, clock);

  for (guint i = 0; i < d->chart->lines->len; i++)
    {
      LfChartLine *line = g_ptr_array_index (d->chart->lines, i);
      double value = g_array_index (line->values, double, sample);
      g_autofree char *text = isnan (value) ? g_strdup ("–") : line->look.format (value);

      if (line->visible)
        width = fmax (width, 14 + text_width (d, line->look.name) + 16 + text_width (d, text));
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
draw_tip_box (Drawing *d, const graphene_rect_t *box)
{
  double x = box->origin.x, y = box->origin.y, w = box->size.width, h = box->size.height, r = 8;

  cairo_new_sub_path (d->cr);
  cairo_arc (d->cr, x + w - r, y + r, r, -G_PI / 2, 0);
  cairo_arc (d->cr, x + w - r, y + h - r, r, 0, G_PI / 2);
  cairo_arc (d->cr, x + r, y + h - r, r, G_PI / 2, G_PI);
  cairo_arc (d->cr, x + r, y + r, r, G_PI, 1.5 * G_PI);
  cairo_close_path (d->cr);
  if (is_dark (&d->ink))
    cairo_set_source_rgba (d->cr, 0.15, 0.15, 0.15, 0.94);
  else
    cairo_set_source_rgba (d->cr, 1, 1, 1, 0.94);
  cairo_fill_preserve (d->cr);
  set_ink (d, 0.2);
  cairo_set_line_width (d->cr, 1);
  cairo_stroke (d->cr);
}

static void
draw_tip (Drawing *d, guint sample, double x)
{
  g_autofree char *clock = lf_format_clock (g_array_index (d->chart->times, double, sample));
  double width = tip_width (d, sample, clock);
  double line = text_height (d) + 2;
  double height = line * (n_visible (d->chart) + 1) + 2 * TIP_PADDING;
  double left = x + 12 + width < d->plot.origin.x + d->plot.size.width ? x + 12 : x - 12 - width;
  graphene_rect_t box = GRAPHENE_RECT_INIT (fmax (left, 0), d->plot.origin.y, width, height);
  double y = box.origin.y + TIP_PADDING;

  draw_tip_box (d, &box);
  set_ink (d, 0.65);
  show_text (d, clock, box.origin.x + TIP_PADDING, y, 0);
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

static void
draw_cursor (Drawing *d)
{
  guint sample = _lf_chart_find (d->chart, d->chart->cursor);
  double x = floor (x_of (d, g_array_index (d->chart->times, double, sample))) + 0.5;

  set_ink (d, 0.5);
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
      set_color (d, line->look.color, 1);
      dot (d, x, y_of (d, line->look.side, value), 4);
    }
  draw_tip (d, sample, x);
}

static void
begin (Drawing *d, LfChart *chart, GtkSnapshot *snapshot, int width, int height)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  d->chart = chart;
  d->layout = gtk_widget_create_pango_layout (GTK_WIDGET (chart), NULL);
  pango_attr_list_insert (attributes, pango_attr_scale_new (0.85));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (d->layout, attributes);
  pango_attr_list_unref (attributes);
  get_ink (GTK_WIDGET (chart), &d->ink);
  d->cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  lay_out (d, width, height);
}

static void
end (Drawing *d)
{
  cairo_destroy (d->cr);
  g_object_unref (d->layout);
}

static GskRenderNode *
draw_backdrop (LfChart *self, int width, int height)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  Drawing d = { 0 };

  begin (&d, self, snapshot, width, height);
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
  end (&d);
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
      Drawing d = { 0 };

      begin (&d, self, snapshot, width, height);
      draw_cursor (&d);
      end (&d);
    }
}
