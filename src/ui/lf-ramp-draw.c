#include "config.h"

#include "lf-ramp-private.h"

#include "lf-chart.h"
#include "lf-words.h"

#include <glib/gi18n.h>
#include <math.h>

#define GAP         6 /* px between an axis and its numbers */
#define HATCH       8 /* px between the strokes of what is not counted */
#define BUBBLE_PAD  8
#define BUBBLE_RISE 18 /* px between a point and its bubble */

int
_lf_ramp_text_width (LfRamp *self, const char *text, int *height)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int width, unused;

  pango_layout_get_pixel_size (layout, &width, height != NULL ? height : &unused);
  return width;
}

static void
draw_text (LfRamp *self,
           GtkSnapshot *snapshot,
           const GdkRGBA *colour,
           const char *text,
           double x,
           double y,
           double align)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int room = gtk_widget_get_width (GTK_WIDGET (self)), width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  x = CLAMP (x - align * width, 0, MAX (room - width, 0));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (round (x), round (y)));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static GdkRGBA
ink_of (LfRamp *self, double alpha)
{
  GdkRGBA ink;

  lf_chart_get_ink (GTK_WIDGET (self), alpha, &ink);
  return ink;
}

static const char *
unit_of (LfRamp *self, char **made)
{
  g_autofree char *every = NULL;

  if (!lf_load_profile_is_rate (self->profile))
    return _ ("Users");
  if (self->profile->time_unit == 1)
    return _ ("Arrivals per second");
  every = lf_words_duration (self->profile->time_unit);
  *made = g_strdup_printf (_ ("Arrivals per %s"), every);
  return *made;
}

static void
draw_values (LfRamp *self, GtkSnapshot *snapshot)
{
  const LfRampPlot *plot = &self->plot;
  const GdkRGBA ink = ink_of (self, 0.65);
  g_autofree char *made = NULL;
  int height;

  _lf_ramp_text_width (self, "0", &height);
  for (int i = 0; i * self->values.step < self->values.max * 1.001; i++)
    {
      const GdkRGBA rule = ink_of (self, i == 0 ? 0.35 : 0.12);
      double value = i * self->values.step, y = round (lf_ramp_plot_y (plot, value));
      g_autofree char *text = lf_scale_format (&self->values, value);

      gtk_snapshot_append_color (snapshot, &rule,
                                 &GRAPHENE_RECT_INIT (plot->left, y, plot->width, 1));
      draw_text (self, snapshot, &ink, text, plot->left - GAP, y - height / 2.0, 1);
    }
  draw_text (self, snapshot, &ink, unit_of (self, &made), 0, 0, 0);
}

static void
draw_times (LfRamp *self, GtkSnapshot *snapshot)
{
  const LfRampPlot *plot = &self->plot;
  const GdkRGBA ink = ink_of (self, 0.65), rule = ink_of (self, 0.12);
  double bottom = plot->top + plot->height;

  for (int i = 0; i * self->times.step <= plot->seconds * 1.001; i++)
    {
      double x = round (lf_ramp_plot_x (plot, i * self->times.step));
      g_autofree char *text = lf_words_duration (i * self->times.step);

      gtk_snapshot_append_color (snapshot, &rule,
                                 &GRAPHENE_RECT_INIT (x, plot->top, 1, plot->height));
      draw_text (self, snapshot, &ink, text, x, bottom + GAP, 0.5);
    }
}

static void
trace (LfRamp *self, cairo_t *cr)
{
  for (guint i = 0; i < self->line->len; i++)
    {
      const LfRampPoint *point = &g_array_index (self->line, LfRampPoint, i);

      cairo_line_to (cr, lf_ramp_plot_x (&self->plot, point->time),
                     lf_ramp_plot_y (&self->plot, point->value));
    }
}

static void
draw_line (LfRamp *self, cairo_t *cr)
{
  const LfRampPlot *plot = &self->plot;
  const LfRampPoint *end = &g_array_index (self->line, LfRampPoint, self->line->len - 1);
  static const double dashes[] = { 6, 4 };
  GdkRGBA colour;

  lf_chart_get_color (GTK_WIDGET (self), LF_CHART_BLUE, &colour);
  trace (self, cr);
  cairo_line_to (cr, lf_ramp_plot_x (plot, end->time), plot->top + plot->height);
  cairo_line_to (cr, plot->left, plot->top + plot->height);
  cairo_close_path (cr);
  cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, 0.18);
  cairo_fill (cr);
  trace (self, cr);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, 2.5);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  /* How long these last is not known before. */
  if (lf_load_profile_get_iterations (self->profile) > 0 ||
      lf_load_profile_is_directed (self->profile))
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (cr);
}

static double
warmup_end (LfRamp *self)
{
  if (self->warmup <= 0 || !lf_ramp_points_are_timed (self->profile))
    return 0;
  return MIN (lf_ramp_plot_x (&self->plot, self->warmup), self->plot.left + self->plot.width);
}

static void
draw_hatch (LfRamp *self, cairo_t *cr, double right)
{
  const LfRampPlot *plot = &self->plot;
  const GdkRGBA ink = ink_of (self, 0.3);

  cairo_save (cr);
  cairo_rectangle (cr, plot->left, plot->top, right - plot->left, plot->height);
  cairo_clip (cr);
  for (double x = plot->left - plot->height; x < right; x += HATCH)
    {
      cairo_move_to (cr, x, plot->top + plot->height);
      cairo_line_to (cr, x + plot->height, plot->top);
    }
  gdk_cairo_set_source_rgba (cr, &ink);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_warmup_words (LfRamp *self, GtkSnapshot *snapshot, double right)
{
  const GdkRGBA ink = ink_of (self, 0.8);
  const char *words = _ ("not counted");

  /* Where they do not fit inside they stand behind it. */
  if (_lf_ramp_text_width (self, words, NULL) + 2 * GAP < right - self->plot.left)
    draw_text (self, snapshot, &ink, words, (self->plot.left + right) / 2, self->plot.top, 0.5);
  else
    draw_text (self, snapshot, &ink, words, right + GAP, self->plot.top, 0);
}

void
_lf_ramp_draw (LfRamp *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double right = warmup_end (self);
  cairo_t *cr;

  draw_values (self, snapshot);
  if (lf_ramp_points_are_timed (self->profile))
    draw_times (self, snapshot);
  cr =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                                gtk_widget_get_height (widget)));
  draw_line (self, cr);
  if (right > self->plot.left)
    draw_hatch (self, cr, right);
  cairo_destroy (cr);
  if (right > self->plot.left)
    draw_warmup_words (self, snapshot, right);
}

void
_lf_ramp_draw_bubble (LfRamp *self, GtkSnapshot *snapshot)
{
  const GdkRGBA ground = { 0.12f, 0.12f, 0.12f, 0.94f }, ink = { 1, 1, 1, 1 };
  const LfRampPoint *point = _lf_ramp_get_point (self, _lf_ramp_get_shown (self));
  g_autofree char *text = point != NULL ? _lf_ramp_point_words (self, point) : NULL;
  int width, height, room = gtk_widget_get_width (GTK_WIDGET (self));
  GskRoundedRect shape;
  double x, y;

  if (point == NULL)
    return;
  width = _lf_ramp_text_width (self, text, &height) + 2 * BUBBLE_PAD;
  height += BUBBLE_PAD;
  x = lf_ramp_plot_x (&self->plot, point->time) - width / 2.0;
  x = CLAMP (x, 0, MAX (room - width, 0));
  y = lf_ramp_plot_y (&self->plot, point->value) - BUBBLE_RISE - height;
  if (y < 0)
    y += height + 2 * BUBBLE_RISE;
  gsk_rounded_rect_init_from_rect (&shape, &GRAPHENE_RECT_INIT (x, y, width, height), 6);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &ground, &shape.bounds);
  gtk_snapshot_pop (snapshot);
  draw_text (self, snapshot, &ink, text, x + BUBBLE_PAD, y + BUBBLE_PAD / 2.0, 0);
}
