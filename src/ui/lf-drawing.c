#include "config.h"

#include "lf-drawing-private.h"

#include "lf-format.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define TICK_PIXELS 34   /* at least this much between horizontal lines */
#define CONTRAST    2.5  /* times as strong in high contrast */
#define HEADROOM    1.03 /* so that no line runs along the upper edge */

/* Okabe and Ito's colours, darker on light and lighter on dark until each has a contrast of 3:1.
 * Source: https://jfly.uni-koeln.de/color/ */
static const char *const palette[2][LF_N_CHART_COLORS] = {
  { "#0069a8", "#c85200", "#00835e", "#a33c7c", "#6b6b6b" },
  { "#62b5ea", "#f0a13a", "#3dcf9f", "#e79bc8", "#a8a8a8" },
};

static gboolean
is_dark_ink (const GdkRGBA *ink)
{
  return ink->red * 0.30 + ink->green * 0.59 + ink->blue * 0.11 > 0.5;
}

static void
get_ink (GtkWidget *widget, GdkRGBA *ink)
{
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), ink);
}

/* Rules that would disappear for people who asked for high contrast are not thin there. */
static double
strengthen (double alpha, gboolean contrast)
{
  return contrast ? MIN (alpha * CONTRAST, 1) : alpha;
}

static gboolean
is_high_contrast (GtkWidget *widget)
{
  return adw_style_manager_get_high_contrast (
      adw_style_manager_get_for_display (gtk_widget_get_display (widget)));
}

void
lf_chart_get_ink (GtkWidget *widget, double alpha, GdkRGBA *rgba)
{
  get_ink (widget, rgba);
  rgba->alpha *= (float) strengthen (alpha, is_high_contrast (widget));
}

void
lf_chart_get_color (GtkWidget *widget, LfChartColor color, GdkRGBA *rgba)
{
  GdkRGBA ink;

  get_ink (widget, &ink);
  gdk_rgba_parse (rgba, palette[is_dark_ink (&ink)][color]);
}

gboolean
_lf_drawing_is_dark (LfDrawing *d)
{
  return is_dark_ink (&d->ink);
}

void
_lf_drawing_set_ink (LfDrawing *d, double alpha)
{
  cairo_set_source_rgba (d->cr, d->ink.red, d->ink.green, d->ink.blue,
                         d->ink.alpha * strengthen (alpha, d->contrast));
}

void
_lf_drawing_set_color (LfDrawing *d, LfChartColor color, double alpha)
{
  GdkRGBA rgba;

  gdk_rgba_parse (&rgba, palette[is_dark_ink (&d->ink)][color]);
  cairo_set_source_rgba (d->cr, rgba.red, rgba.green, rgba.blue, alpha);
}

int
_lf_drawing_text_width (LfDrawing *d, const char *text)
{
  int width;

  pango_layout_set_text (d->layout, text, -1);
  pango_layout_get_pixel_size (d->layout, &width, NULL);
  return width;
}

int
_lf_drawing_text_height (LfDrawing *d)
{
  int height;

  pango_layout_set_text (d->layout, "0", -1);
  pango_layout_get_pixel_size (d->layout, NULL, &height);
  return height;
}

void
_lf_drawing_show_text (LfDrawing *d, const char *text, double x, double y, double align)
{
  int width = _lf_drawing_text_width (d, text);

  cairo_move_to (d->cr, x - width * align, y);
  pango_cairo_show_layout (d->cr, d->layout);
}

char *
_lf_drawing_tick_text (LfDrawing *d, int side, double value)
{
  const LfScale *scale = &d->scales[side];

  if (g_strcmp0 (d->chart->units[side], "ms") == 0 && scale->max >= 2000)
    {
      LfScale seconds = { scale->max / 1000, scale->step / 1000 };

      return lf_scale_format (&seconds, value / 1000);
    }
  return lf_scale_format (scale, value);
}

const char *
_lf_drawing_unit_text (LfDrawing *d, int side)
{
  if (g_strcmp0 (d->chart->units[side], "ms") == 0 && d->scales[side].max >= 2000)
    return _ ("s");
  return d->chart->units[side];
}

static void
note_value (double value, double *highest, gboolean *whole)
{
  *highest = fmax (*highest, value);
  *whole = *whole && (isnan (value) || value == floor (value));
}

/* Of the visible lines of a side, as far as they are in view: the highest value, whether there is a
 * line, whether all values are integers. */
static double
highest_of (LfDrawing *d, int side, gboolean *used, gboolean *whole)
{
  double highest = 0;
  gboolean bands = FALSE;

  *used = FALSE;
  *whole = TRUE;
  for (guint i = 0; i < d->chart->lines->len; i++)
    {
      LfChartLine *line = g_ptr_array_index (d->chart->lines, i);

      if ((int) line->look.side != side || !line->visible)
        continue;
      *used = TRUE;
      bands = bands || line->look.shape == LF_CHART_BAND;
      for (guint v = d->first; v < d->first + d->n; v++)
        note_value (_lf_chart_values (line)[v], &highest, whole);
    }
  for (guint v = d->first; bands && v < d->first + d->n; v++)
    note_value (_lf_chart_stack_at (d->chart, v), &highest, whole);
  return highest;
}

static int
widest_tick (LfDrawing *d, int side)
{
  int widest = 0;

  for (int i = 0; i * d->scales[side].step < d->scales[side].max * 1.001; i++)
    {
      g_autofree char *text = _lf_drawing_tick_text (d, side, i * d->scales[side].step);

      widest = MAX (widest, _lf_drawing_text_width (d, text));
    }
  return widest;
}

/* The right axis has as many ticks as the left, so that one grid serves both. */
static void
fit_scales (LfDrawing *d, guint ticks)
{
  gboolean whole[2];
  double left = highest_of (d, LF_CHART_LEFT, &d->used[LF_CHART_LEFT], &whole[0]);
  double right = highest_of (d, LF_CHART_RIGHT, &d->used[LF_CHART_RIGHT], &whole[1]);

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
lay_out (LfDrawing *d, int width, int height)
{
  int line = _lf_drawing_text_height (d);
  double margins[2] = { 4, 10 };
  double top = line + LF_DRAWING_GAP;
  double bottom = line + LF_DRAWING_GAP;

  fit_scales (d, (guint) MAX (1, (height - top - bottom) / TICK_PIXELS));
  if (d->chart->heat != NULL)
    {
      _lf_drawing_fit_heat (d);
      margins[LF_CHART_LEFT] = _lf_drawing_heat_tick (d) + LF_DRAWING_GAP;
    }
  for (int side = 0; side < 2; side++)
    if (d->used[side] && d->n > 0)
      margins[side] = widest_tick (d, side) + LF_DRAWING_GAP;
  for (guint side = 0; side < 2; side++)
    margins[side] = lf_time_axis_ask_room (d->chart->axis, side, margins[side]);
  d->plot = GRAPHENE_RECT_INIT (margins[0], top, MAX (1, width - margins[0] - margins[1]),
                                MAX (1, height - top - bottom));
}

double
_lf_drawing_x_of (LfDrawing *d, double t)
{
  return d->plot.origin.x + (t - d->view.from) / (d->view.to - d->view.from) * d->plot.size.width;
}

double
_lf_drawing_y_of (LfDrawing *d, int side, double value)
{
  return d->plot.origin.y + d->plot.size.height * (1 - value / d->scales[side].max);
}

void
_lf_drawing_dot (LfDrawing *d, double x, double y, double radius)
{
  cairo_new_sub_path (d->cr);
  cairo_arc (d->cr, x, y, radius, 0, 2 * G_PI);
  cairo_fill (d->cr);
}

void
_lf_drawing_box (LfDrawing *d, double x, double width)
{
  cairo_rectangle (d->cr, x, d->plot.origin.y, width, d->plot.size.height);
}

static void
open_cairo (LfDrawing *d, GtkWidget *widget, cairo_t *cr, const GdkRGBA *ink)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  d->layout = gtk_widget_create_pango_layout (widget, NULL);
  pango_attr_list_insert (attributes, pango_attr_scale_new (0.85));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (d->layout, attributes);
  pango_attr_list_unref (attributes);
  if (ink != NULL)
    d->ink = *ink;
  else
    get_ink (widget, &d->ink);
  d->contrast = ink == NULL && is_high_contrast (widget);
  d->cr = cr;
}

void
_lf_drawing_open (LfDrawing *d, GtkWidget *widget, GtkSnapshot *snapshot, int width, int height)
{
  open_cairo (d, widget,
              gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height)),
              NULL);
}

void
_lf_drawing_begin (LfDrawing *d,
                   LfChart *chart,
                   cairo_t *cr,
                   int width,
                   int height,
                   const GdkRGBA *ink)
{
  d->chart = chart;
  d->width = width;
  d->view = lf_time_axis_get_view (chart->axis);
  d->n = _lf_chart_find_view (chart, &d->first);
  open_cairo (d, GTK_WIDGET (chart), cr, ink);
  lay_out (d, width, height);
}

void
_lf_drawing_end (LfDrawing *d)
{
  g_clear_pointer (&d->cr, cairo_destroy);
  g_object_unref (d->layout);
}
