#include "config.h"

#include "lf-distribution-private.h"

#include "lf-format.h"

#include <glib/gi18n.h>
#include <math.h>

#define HEIGHT     190 /* px */
#define MOST_NINES 9   /* a run never has more requests than 10 to this */

enum
{
  PROP_LOGARITHMIC = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LfDistribution, lf_distribution, GTK_TYPE_WIDGET)

static void
line_free (gpointer data)
{
  LfDistributionLine *line = data;

  g_free (line->name);
  lf_percentiles_free (line->percentiles);
  g_free (line);
}

double
_lf_distribution_get_span (LfDistribution *self)
{
  double span = 1;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const LfDistributionLine *line = self->lines->pdata[i];

      span = fmax (span, lf_percentiles_get_end (line->percentiles));
    }
  return span;
}

/* As few digits after the point as tell it exactly, at most as many as tell it from its neighbours.
 */
static int
decimals_of (double percent, int most)
{
  for (int decimals = 0; decimals < most; decimals++)
    {
      double unit = pow (10, -decimals);

      if (fabs (percent - round (percent / unit) * unit) < 1e-9)
        return decimals;
    }
  return most;
}

char *
_lf_distribution_name (LfDistribution *self, double position)
{
  double percent = 100 * (1 - pow (10, -position));
  int most = (int) CLAMP (ceil (position) - 1, 0, MOST_NINES);

  if (position >= _lf_distribution_get_span (self) - 1e-9)
    return g_strdup (_ ("Maximum"));
  return lf_format_percent (percent / 100, decimals_of (percent, most));
}

static void
append_values (LfDistribution *self, GString *text, double position)
{
  g_autofree char *name = _lf_distribution_name (self, position);

  g_string_append_printf (text, "; %s", name);
  for (guint i = 0; i < self->lines->len; i++)
    {
      const LfDistributionLine *line = self->lines->pdata[i];
      double ms = lf_percentiles_get_value (line->percentiles, position);
      g_autofree char *value = isnan (ms) ? g_strdup (_ ("nothing")) : lf_format_ms (ms);

      g_string_append_printf (text, ", %s %s", line->name, value);
    }
}

/* The percentile that is pointed at, else those that people ask for. */
static void
describe (LfDistribution *self)
{
  static const double asked[] = { 50, 90, 99, 99.9 };
  double span = _lf_distribution_get_span (self);
  g_autoptr (GString) text = g_string_new (self->title);

  if (self->lines->len == 0)
    g_string_printf (text, _ ("%s, nothing measured"), self->title);
  else if (self->cursor >= 0)
    append_values (self, text, self->cursor);
  else
    {
      for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
        if (lf_percentiles_position (asked[i]) < span)
          append_values (self, text, lf_percentiles_position (asked[i]));
      append_values (self, text, span);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str,
                                  -1);
}

static void
set_cursor (LfDistribution *self, double cursor)
{
  if (self->lines->len == 0)
    cursor = -1;
  if (self->cursor == cursor)
    return;
  self->cursor = cursor;
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (LfDistribution *self, double x, double y)
{
  double share = (x - self->plot.origin.x) / MAX (self->plot.size.width, 1);

  set_cursor (self, CLAMP (share, 0, 1) * _lf_distribution_get_span (self));
}

static void
leave_cb (LfDistribution *self)
{
  set_cursor (self, -1);
}

/* Where the keys stop: 0, 25, 50, 75, 90, 95, 99, 99.9 %… and the maximum. (element-type double) */
static GArray *
make_stops (LfDistribution *self)
{
  static const double percents[] = { 0, 25, 50, 75, 90, 95 };
  double span = _lf_distribution_get_span (self);
  GArray *stops = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < G_N_ELEMENTS (percents); i++)
    {
      double position = lf_percentiles_position (percents[i]);

      if (position < span - 1e-9)
        g_array_append_val (stops, position);
    }
  for (double position = 2; position < span - 1e-9; position++)
    g_array_append_val (stops, position);
  g_array_append_val (stops, span);
  return stops;
}

static double
step_from (const GArray *stops, double from, gboolean up)
{
  for (guint i = 0; i < stops->len; i++)
    {
      double stop = g_array_index (stops, double, up ? i : stops->len - 1 - i);

      if (up ? stop > from + 1e-9 : stop < from - 1e-9)
        return stop;
    }
  return g_array_index (stops, double, up ? stops->len - 1 : 0);
}

static gboolean
key_cb (LfDistribution *self, guint key, guint code, GdkModifierType state)
{
  g_autoptr (GArray) stops = make_stops (self);

  if (self->lines->len == 0)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Left)
    set_cursor (self, step_from (stops, self->cursor, FALSE));
  else if (key == GDK_KEY_Right)
    set_cursor (self, step_from (stops, self->cursor, TRUE));
  else if (key == GDK_KEY_Home)
    set_cursor (self, 0);
  else if (key == GDK_KEY_End)
    set_cursor (self, _lf_distribution_get_span (self));
  else if (key == GDK_KEY_Escape && self->cursor >= 0)
    set_cursor (self, -1);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
lf_distribution_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  _lf_distribution_draw (LF_DISTRIBUTION (widget), snapshot);
}

static void
lf_distribution_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 360 : HEIGHT;
}

static void
lf_distribution_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LOGARITHMIC)
    g_value_set_boolean (value, LF_DISTRIBUTION (object)->logarithmic);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
lf_distribution_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id != PROP_LOGARITHMIC)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  LF_DISTRIBUTION (object)->logarithmic = g_value_get_boolean (value);
  gtk_widget_queue_draw (GTK_WIDGET (object));
}

static void
lf_distribution_finalize (GObject *object)
{
  LfDistribution *self = LF_DISTRIBUTION (object);

  g_ptr_array_unref (self->lines);
  g_free (self->title);
  G_OBJECT_CLASS (lf_distribution_parent_class)->finalize (object);
}

static void
lf_distribution_class_init (LfDistributionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = lf_distribution_get_property;
  object_class->set_property = lf_distribution_set_property;
  object_class->finalize = lf_distribution_finalize;
  widget_class->snapshot = lf_distribution_snapshot;
  widget_class->measure = lf_distribution_measure;
  properties[PROP_LOGARITHMIC] = g_param_spec_boolean ("logarithmic", NULL, NULL, FALSE,
                                                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lf_distribution_init (LfDistribution *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->cursor = -1;
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

static void
changed (LfDistribution *self)
{
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lf_distribution_set_title (LfDistribution *self, const char *title)
{
  g_free (self->title);
  self->title = g_strdup (title);
  changed (self);
}

void
lf_distribution_add (LfDistribution *self, const LfChartSeries *look, LfPercentiles *percentiles)
{
  LfDistributionLine *line = g_new0 (LfDistributionLine, 1);

  line->name = g_strdup (look->name);
  line->color = look->color;
  line->dash = look->dash;
  line->percentiles = percentiles;
  g_ptr_array_add (self->lines, line);
  changed (self);
}
