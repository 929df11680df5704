#include "config.h"

#include "lf-profile-preview.h"

#include "lf-words.h"

#include <glib/gi18n.h>
#include <math.h>

#define HEIGHT 160
#define MARGIN 6 /* pixels between a label and what it labels */

struct _LfProfilePreview
{
  GtkWidget parent_instance;
  LfLoadProfile *profile;
  char *words;
};

/* The plot's place in the widget and what its axes reach to. */
typedef struct
{
  double left, top, width, height;
  double seconds, most;
  gboolean timed; /* whether the length is planned */
  GdkRGBA text, line;
} Plot;

G_DEFINE_FINAL_TYPE (LfProfilePreview, lf_profile_preview, GTK_TYPE_WIDGET)

/* The step between marks, of 1, 2 or 5 times a power of ten, so that at most @marks fit in @range.
 */
static double
nice_step (double range, int marks)
{
  double rough = range / marks;
  double power = pow (10, floor (log10 (rough)));

  if (rough <= power)
    return power;
  if (rough <= 2 * power)
    return 2 * power;
  return rough <= 5 * power ? 5 * power : 10 * power;
}

static double
nice_seconds_step (double range, int marks)
{
  static const double steps[] = { 60, 120, 300, 600, 1800, 3600, 7200, 14400, 43200, 86400 };
  double step = nice_step (range, marks);

  if (step <= 20)
    return step;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i] >= range / marks)
      return steps[i];
  return step;
}

static void
draw_label (LfProfilePreview *self,
            GtkSnapshot *snapshot,
            const Plot *plot,
            const char *text,
            double x,
            double y,
            double align_x,
            double align_y)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  x = CLAMP (x - align_x * width, 0, gtk_widget_get_width (GTK_WIDGET (self)) - width);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (round (x), round (y - align_y * height)));
  gtk_snapshot_append_layout (snapshot, layout, &plot->text);
  gtk_snapshot_restore (snapshot);
}

static double
label_width (LfProfilePreview *self, const char *text, int *height)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int width;

  pango_layout_get_pixel_size (layout, &width, height);
  return width;
}

static void
draw_rule (GtkSnapshot *snapshot, const Plot *plot, double x, double y, double width, double height)
{
  GdkRGBA colour = plot->text;

  colour.alpha = 0.15;
  gtk_snapshot_append_color (snapshot, &colour, &GRAPHENE_RECT_INIT (x, y, width, height));
}

static void
draw_axes (LfProfilePreview *self, GtkSnapshot *snapshot, const Plot *plot, const char *unit)
{
  double step = nice_step (plot->most, 3), bottom = plot->top + plot->height;

  for (double mark = 0; mark <= plot->most * 1.0001; mark += step)
    {
      double y = round (bottom - mark / plot->most * plot->height);
      g_autofree char *text = lf_words_number (mark);

      draw_rule (snapshot, plot, plot->left, y, plot->width, 1);
      draw_label (self, snapshot, plot, text, plot->left - MARGIN, y, 1, 0.5);
    }
  step = nice_seconds_step (plot->seconds, plot->width > 400 ? 6 : 3);
  for (double mark = 0; plot->timed && mark <= plot->seconds * 1.0001; mark += step)
    {
      double x = round (plot->left + mark / plot->seconds * plot->width);
      g_autofree char *text = lf_words_duration (mark);

      draw_rule (snapshot, plot, x, bottom, 1, 4);
      draw_label (self, snapshot, plot, text, x, bottom + MARGIN, mark == 0 ? 0 : 0.5, 0);
    }
  draw_label (self, snapshot, plot, unit, 0, 0, 0, 0);
}

static void
draw_curve (LfProfilePreview *self, GtkSnapshot *snapshot, const Plot *plot)
{
  double value = 0, time = 0, bottom = plot->top + plot->height;
  g_autoptr (GPtrArray) stages = lf_load_profile_get_outline (self->profile, &value);
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (plot->left, plot->top - 2, plot->width, plot->height + 4));
  cairo_path_t *path;

  cairo_move_to (cr, plot->left, bottom - value / plot->most * plot->height);
  for (guint i = 0; i < stages->len; i++)
    {
      const LfStage *stage = stages->pdata[i];

      time += stage->duration;
      cairo_line_to (cr, plot->left + time / plot->seconds * plot->width,
                     bottom - stage->target / plot->most * plot->height);
    }
  path = cairo_copy_path (cr);
  cairo_line_to (cr, plot->left + plot->width, bottom);
  cairo_line_to (cr, plot->left, bottom);
  cairo_close_path (cr);
  cairo_set_source_rgba (cr, plot->line.red, plot->line.green, plot->line.blue, 0.2);
  cairo_fill (cr);
  cairo_append_path (cr, path);
  cairo_path_destroy (path);
  gdk_cairo_set_source_rgba (cr, &plot->line);
  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
measure_profile (const LfLoadProfile *profile, Plot *plot)
{
  g_autoptr (GPtrArray) stages = lf_load_profile_get_outline (profile, &plot->most);

  plot->timed = lf_load_profile_get_duration (profile) > 0;
  for (guint i = 0; i < stages->len; i++)
    {
      const LfStage *stage = stages->pdata[i];

      plot->seconds += stage->duration;
      plot->most = MAX (plot->most, stage->target);
    }
}

static void
lf_profile_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LfProfilePreview *self = LF_PROFILE_PREVIEW (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  gboolean rate = self->profile != NULL && lf_load_profile_is_rate (self->profile);
  g_autofree char *widest = NULL;
  int line_height;
  Plot plot = { 0 };

  gtk_style_context_get_color (style, &plot.text);
  if (!gtk_style_context_lookup_color (style, "accent_color", &plot.line))
    plot.line = plot.text;
  if (self->profile != NULL)
    measure_profile (self->profile, &plot);
  if (plot.seconds <= 0 || plot.most <= 0)
    {
      draw_label (self, snapshot, &plot, _ ("Nothing to draw yet"),
                  gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0, 0.5,
                  0.5);
      return;
    }
  widest = lf_words_number (floor (plot.most) + (plot.most < 10 ? 0.55 : 0));
  plot.left = ceil (label_width (self, widest, &line_height)) + MARGIN;
  plot.top = 1.75 * line_height;
  plot.width = gtk_widget_get_width (widget) - plot.left - 2;
  plot.height = gtk_widget_get_height (widget) - plot.top - line_height - MARGIN - 2;
  draw_axes (self, snapshot, &plot, rate ? _ ("Arrivals per second") : _ ("Users"));
  draw_curve (self, snapshot, &plot);
}

static void
lf_profile_preview_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 120;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 480;
}

static void
lf_profile_preview_finalize (GObject *object)
{
  LfProfilePreview *self = LF_PROFILE_PREVIEW (object);

  g_clear_pointer (&self->profile, lf_load_profile_free);
  g_free (self->words);
  G_OBJECT_CLASS (lf_profile_preview_parent_class)->finalize (object);
}

static void
lf_profile_preview_class_init (LfProfilePreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lf_profile_preview_finalize;
  widget_class->snapshot = lf_profile_preview_snapshot;
  widget_class->measure = lf_profile_preview_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "profile-preview");
}

static void
lf_profile_preview_init (LfProfilePreview *self)
{
}

void
lf_profile_preview_set_profile (LfProfilePreview *self, const LfLoadProfile *profile)
{
  g_clear_pointer (&self->profile, lf_load_profile_free);
  g_clear_pointer (&self->words, g_free);
  if (profile != NULL)
    {
      g_autofree char *words = lf_words_profile (profile);

      self->profile = lf_load_profile_copy (profile);
      self->words = g_strdup_printf (_ ("The load over time: %s"), words);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      self->words, -1);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
