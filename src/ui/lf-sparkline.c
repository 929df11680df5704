#include "config.h"

#include "lf-sparkline.h"

#include "lf-chart.h"

#define WIDTH  72 /* px */
#define HEIGHT 22
#define MARGIN 3 /* px for half of the last dot */
#define DOT    2.5

struct _LfSparkline
{
  GtkWidget parent_instance;
  GArray *values; /* double */
};

G_DEFINE_FINAL_TYPE (LfSparkline, lf_sparkline, GTK_TYPE_WIDGET)

static double
value_at (LfSparkline *self, guint n)
{
  return g_array_index (self->values, double, n);
}

static void
find_range (LfSparkline *self, double *least, double *most)
{
  *least = *most = value_at (self, 0);
  for (guint i = 1; i < self->values->len; i++)
    {
      *least = MIN (*least, value_at (self, i));
      *most = MAX (*most, value_at (self, i));
    }
}

/* Values that are all the same lie in the middle. */
static void
place (LfSparkline *self, guint n, double least, double most, double *x, double *y)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - 2 * MARGIN;
  double height = gtk_widget_get_height (GTK_WIDGET (self)) - 2 * MARGIN;
  double share = most > least ? (value_at (self, n) - least) / (most - least) : 0.5;

  *x = MARGIN + width * n / (self->values->len - 1);
  *y = MARGIN + height * (1 - share);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    *x = width + 2 * MARGIN - *x;
}

static void
lf_sparkline_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LfSparkline *self = LF_SPARKLINE (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double least, most, x = 0, y = 0;
  GdkRGBA colour;
  cairo_t *cr;

  if (self->values->len < 2)
    return;
  find_range (self, &least, &most);
  lf_chart_get_color (widget, LF_CHART_ORANGE, &colour);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, 1.5);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < self->values->len; i++)
    {
      place (self, i, least, most, &x, &y);
      cairo_line_to (cr, x, y);
    }
  cairo_stroke (cr);
  cairo_arc (cr, x, y, DOT, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
lf_sparkline_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
lf_sparkline_finalize (GObject *object)
{
  g_array_unref (LF_SPARKLINE (object)->values);
  G_OBJECT_CLASS (lf_sparkline_parent_class)->finalize (object);
}

static void
lf_sparkline_class_init (LfSparklineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lf_sparkline_finalize;
  widget_class->snapshot = lf_sparkline_snapshot;
  widget_class->measure = lf_sparkline_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "sparkline");
}

static void
lf_sparkline_init (LfSparkline *self)
{
  self->values = g_array_new (FALSE, FALSE, sizeof (double));
}

void
lf_sparkline_set_values (LfSparkline *self, const double *values, guint n, const char *words)
{
  g_array_set_size (self->values, 0);
  if (n > 0)
    g_array_append_vals (self->values, values, n);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
