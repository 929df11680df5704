#include "config.h"

#include "lf-trend.h"

#include <glib/gi18n.h>
#include <math.h>

#define LEAST    40 /* px high */
#define MOST     120
#define RATIO    5 /* how wide it is beside that, between the two */
#define MARGIN   8
#define DOT      3.5
#define MAX_DOTS 120 /* more would cover the line */
#define NO_POINT G_MAXUINT

struct _LfTrend
{
  GtkWidget parent_instance;
  char *name;
  LfChartColor color;
  LfChartFormat format;
  GArray *points; /* LfTrendPoint */
  guint chosen;
};

enum
{
  ACTIVATED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfTrend, lf_trend, GTK_TYPE_WIDGET)

static void
clear_point (gpointer data)
{
  g_free (((LfTrendPoint *) data)->when);
}

static const LfTrendPoint *
point_at (LfTrend *self, guint n)
{
  return &g_array_index (self->points, LfTrendPoint, n);
}

static char *
words_of (LfTrend *self, guint n)
{
  g_autofree char *value = self->format (point_at (self, n)->value);

  return g_strdup_printf ("%s, %s", point_at (self, n)->when, value);
}

static void
describe (LfTrend *self)
{
  guint n = self->points->len;
  g_autofree char *first = n > 0 ? self->format (point_at (self, 0)->value) : NULL;
  g_autofree char *last = n > 0 ? self->format (point_at (self, n - 1)->value) : NULL;
  g_autofree char *chosen = self->chosen < n ? words_of (self, self->chosen) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (n == 0)
    g_string_append_printf (text, _ ("%s, no runs yet"), self->name);
  else /* Translators: "p95 over 10 runs: 20 ms at first, 25 ms at last" */
    g_string_append_printf (text,
                            ngettext ("%s over %'u run: %s at first, %s at last",
                                      "%s over %'u runs: %s at first, %s at last", n),
                            self->name, n, first, last);
  if (chosen != NULL)
    g_string_append_printf (text, "; %s", chosen);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str,
                                  -1);
}

static double
highest (LfTrend *self)
{
  double max = 0;

  for (guint i = 0; i < self->points->len; i++)
    max = MAX (max, point_at (self, i)->value);
  return max > 0 ? max : 1;
}

/* In pixels; a single point stands in the middle. */
static double
x_of (LfTrend *self, guint n)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - 2.0 * MARGIN;

  return MARGIN + (self->points->len > 1 ? width * n / (self->points->len - 1) : width / 2);
}

static double
y_of (LfTrend *self, double value, double max)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self)) - 2.0 * MARGIN;

  return MARGIN + height * (1 - value / max);
}

static guint
find (LfTrend *self, double x)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - 2.0 * MARGIN;
  guint last = self->points->len - 1;

  if (self->points->len == 0)
    return NO_POINT;
  if (last == 0 || width <= 0)
    return 0;
  return (guint) CLAMP (round ((x - MARGIN) / width * last), 0, last);
}

static void
choose (LfTrend *self, guint n)
{
  if (self->chosen == n)
    return;
  self->chosen = n;
  describe (self);
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (LfTrend *self, double x, double y)
{
  choose (self, find (self, x));
}

static void
leave_cb (LfTrend *self)
{
  choose (self, NO_POINT);
}

static void
open_point (LfTrend *self, guint n)
{
  if (n < self->points->len)
    g_signal_emit (self, signals[ACTIVATED], 0, n);
}

static void
released_cb (LfTrend *self, int n_press, double x, double y)
{
  open_point (self, find (self, x));
}

static gboolean
key_cb (LfTrend *self, guint key, guint code, GdkModifierType state)
{
  guint last = self->points->len > 0 ? self->points->len - 1 : 0;
  guint now = MIN (self->chosen, last);

  if (self->points->len == 0)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Left)
    choose (self,
            self->chosen == NO_POINT || now == 0 ? (self->chosen == NO_POINT ? last : 0) : now - 1);
  else if (key == GDK_KEY_Right)
    choose (self, MIN (now + 1, last));
  else if (key == GDK_KEY_Home)
    choose (self, 0);
  else if (key == GDK_KEY_End)
    choose (self, last);
  else if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_space)
    open_point (self, self->chosen);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static gboolean
lf_trend_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  LfTrend *self = LF_TREND (widget);
  g_autofree char *text = self->chosen < self->points->len ? words_of (self, self->chosen) : NULL;

  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

static void
draw_line (LfTrend *self, cairo_t *cr, double max)
{
  for (guint i = 0; i < self->points->len; i++)
    cairo_line_to (cr, x_of (self, i), y_of (self, point_at (self, i)->value, max));
  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

static void
draw_dot (LfTrend *self, cairo_t *cr, guint n, double max, double radius)
{
  cairo_arc (cr, x_of (self, n), y_of (self, point_at (self, n)->value, max), radius, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_floor (LfTrend *self, cairo_t *cr)
{
  GdkRGBA ink;
  double y = floor (y_of (self, 0, 1)) + 0.5;

  lf_chart_get_ink (GTK_WIDGET (self), 0.2, &ink);
  gdk_cairo_set_source_rgba (cr, &ink);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, 0, y);
  cairo_line_to (cr, gtk_widget_get_width (GTK_WIDGET (self)), y);
  cairo_stroke (cr);
}

static void
lf_trend_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LfTrend *self = LF_TREND (widget);
  graphene_rect_t area =
      GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &area);
  double max = highest (self);
  GdkRGBA rgba;

  draw_floor (self, cr);
  lf_chart_get_color (widget, self->color, &rgba);
  gdk_cairo_set_source_rgba (cr, &rgba);
  draw_line (self, cr, max);
  for (guint i = 0; i < self->points->len && self->points->len <= MAX_DOTS; i++)
    draw_dot (self, cr, i, max, DOT);
  if (self->chosen < self->points->len)
    draw_dot (self, cr, self->chosen, max, 2 * DOT);
  cairo_destroy (cr);
}

static GtkSizeRequestMode
lf_trend_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
lf_trend_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 120;
      *natural = 320;
      return;
    }
  *minimum = LEAST;
  *natural = for_size < 0 ? MOST : CLAMP (for_size / RATIO, LEAST, MOST);
}

static void
lf_trend_finalize (GObject *object)
{
  LfTrend *self = LF_TREND (object);

  g_array_unref (self->points);
  g_free (self->name);
  G_OBJECT_CLASS (lf_trend_parent_class)->finalize (object);
}

static void
lf_trend_class_init (LfTrendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lf_trend_finalize;
  widget_class->snapshot = lf_trend_snapshot;
  widget_class->get_request_mode = lf_trend_get_request_mode;
  widget_class->measure = lf_trend_measure;
  widget_class->query_tooltip = lf_trend_query_tooltip;
  signals[ACTIVATED] = g_signal_new ("activated", LF_TYPE_TREND, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "trend");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lf_trend_init (LfTrend *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->points = g_array_new (FALSE, FALSE, sizeof (LfTrendPoint));
  g_array_set_clear_func (self->points, clear_point);
  self->chosen = NO_POINT;
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

void
lf_trend_set_look (LfTrend *self, const char *name, LfChartColor color, LfChartFormat format)
{
  g_free (self->name);
  self->name = g_strdup (name);
  self->color = color;
  self->format = format;
  describe (self);
}

void
lf_trend_set_points (LfTrend *self, const LfTrendPoint *points, guint n)
{
  g_array_set_size (self->points, 0);
  for (guint i = 0; i < n; i++)
    {
      LfTrendPoint point = { points[i].value, g_strdup (points[i].when) };

      g_array_append_val (self->points, point);
    }
  self->chosen = NO_POINT;
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
