#include "config.h"

#include "lf-chart.h"

#include "lf-drawing-private.h"
#include "lf-format.h"

#include <glib/gi18n.h>
#include <math.h>

#define DESCRIBE_EVERY 2000 /* ms */

enum
{
  PROP_TITLE = 1,
  N_PROPS,
};

enum
{
  SERIES_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfChart, lf_chart, GTK_TYPE_WIDGET)

static void
line_free (gpointer data)
{
  LfChartLine *line = data;

  g_array_unref (line->values);
  g_free (line->name);
  g_free (line);
}

static void
redraw (LfChart *self)
{
  g_clear_pointer (&self->backdrop, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
append_value (GString *text, LfChartLine *line, guint i)
{
  double value = g_array_index (line->values, double, i);
  g_autofree char *words = isnan (value) ? g_strdup (_ ("nothing")) : line->look.format (value);

  if (line->visible)
    g_string_append_printf (text, ", %s %s", line->look.name, words);
}

static void
append_heat (GString *text, LfChart *self, double t)
{
  LfTipRow rows[LF_HEAT_TIP_ROWS];
  guint n = _lf_chart_heat_rows (self, t, rows);

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (text, ", %s %s", rows[i].name, rows[i].text);
      g_free (rows[i].text);
    }
}

static gboolean
describe_cb (gpointer user_data)
{
  LfChart *self = user_data;
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = self->times->len;

  self->describe_id = 0;
  self->described_at = g_get_monotonic_time ();
  if (n == 0)
    g_string_append_printf (text, _ ("%s, no samples yet"), self->title);
  else
    {
      double cursor = lf_time_axis_get_cursor (self->axis);
      guint i = cursor >= 0 ? _lf_chart_find (self, cursor) : n - 1;
      g_autofree char *clock = lf_format_clock (g_array_index (self->times, double, i));

      /* Translators: a chart's title and a time, as in "Latency, at 0:12"; values follow. */
      g_string_append_printf (text, _ ("%s, at %s"), self->title, clock);
      for (guint s = 0; s < self->lines->len; s++)
        append_value (text, g_ptr_array_index (self->lines, s), i);
      if (self->heat != NULL)
        append_heat (text, self, g_array_index (self->times, double, i));
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str,
                                  -1);
  return G_SOURCE_REMOVE;
}

/* In words once for all samples of a batch, and not for each of a run's seconds. */
static void
queue_describe (LfChart *self)
{
  gint64 wait = self->described_at + DESCRIBE_EVERY * 1000 - g_get_monotonic_time ();

  if (self->describe_id == 0)
    self->describe_id = g_timeout_add ((guint) MAX (0, wait / 1000), describe_cb, self);
}

static void
axis_cb (LfTimeAxis *axis, LfChart *self)
{
  redraw (self);
}

static void
selecting_cb (LfTimeAxis *axis, LfChart *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
cursor_cb (LfTimeAxis *axis, GParamSpec *pspec, LfChart *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->times->len == 0)
    return;
  g_clear_handle_id (&self->describe_id, g_source_remove);
  self->describe_id = g_idle_add (describe_cb, self);
}

static void
leave_axis (LfChart *self)
{
  if (self->axis != NULL)
    g_signal_handlers_disconnect_by_data (self->axis, self);
  g_clear_object (&self->axis);
}

static void
lf_chart_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : 150;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 430 : 210;
}

static void
scale_cb (LfChart *self, GParamSpec *pspec, gpointer user_data)
{
  redraw (self);
}

static void
lf_chart_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  g_clear_pointer (&LF_CHART (widget)->backdrop, gsk_render_node_unref);
}

static void
lf_chart_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (lf_chart_parent_class)->css_changed (widget, change);
  redraw (LF_CHART (widget));
}

static void
lf_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  _lf_chart_draw (LF_CHART (widget), snapshot);
}

static void
lf_chart_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LfChart *self = LF_CHART (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lf_chart_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_TITLE:
      lf_chart_set_title (LF_CHART (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lf_chart_dispose (GObject *object)
{
  LfChart *self = LF_CHART (object);

  g_clear_handle_id (&self->describe_id, g_source_remove);
  g_clear_pointer (&self->backdrop, gsk_render_node_unref);
  leave_axis (self);
  G_OBJECT_CLASS (lf_chart_parent_class)->dispose (object);
}

static void
lf_chart_finalize (GObject *object)
{
  LfChart *self = LF_CHART (object);

  g_clear_pointer (&self->times, g_array_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->units[LF_CHART_LEFT], g_free);
  g_clear_pointer (&self->units[LF_CHART_RIGHT], g_free);
  G_OBJECT_CLASS (lf_chart_parent_class)->finalize (object);
}

static void
lf_chart_class_init (LfChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = lf_chart_get_property;
  object_class->set_property = lf_chart_set_property;
  object_class->dispose = lf_chart_dispose;
  object_class->finalize = lf_chart_finalize;
  widget_class->measure = lf_chart_measure;
  widget_class->size_allocate = lf_chart_size_allocate;
  widget_class->css_changed = lf_chart_css_changed;
  widget_class->snapshot = lf_chart_snapshot;

  properties[PROP_TITLE] =
      g_param_spec_string ("title", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SERIES_CHANGED] = g_signal_new ("series-changed", LF_TYPE_CHART, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lf_chart_init (LfChart *self)
{
  g_autoptr (LfTimeAxis) axis = lf_time_axis_new ();

  self->times = g_array_new (FALSE, FALSE, sizeof (double));
  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->title = g_strdup ("");
  self->units[LF_CHART_LEFT] = g_strdup ("");
  self->units[LF_CHART_RIGHT] = g_strdup ("");
  lf_chart_set_axis (self, axis);
  _lf_chart_input_init (self);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (scale_cb), NULL);
  queue_describe (self);
}

guint
_lf_chart_find (LfChart *self, double t)
{
  const double *times = _lf_chart_times (self);
  guint low = 0;
  guint high = self->times->len - 1;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (times[middle] < t)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 && t - times[low - 1] < times[low] - t ? low - 1 : low;
}

guint
_lf_chart_find_view (LfChart *self, guint *first)
{
  LfTimeRange view = lf_time_axis_get_view (self->axis);
  guint last;

  *first = 0;
  if (self->times->len == 0)
    return 0;
  *first = _lf_chart_find (self, view.from);
  last = _lf_chart_find (self, view.to);
  *first -= *first > 0 ? 1 : 0;
  return MIN (last + 2, self->times->len) - *first;
}

void
lf_chart_set_title (LfChart *self, const char *title)
{
  if (g_strcmp0 (self->title, title) == 0)
    return;
  g_free (self->title);
  self->title = g_strdup (title != NULL ? title : "");
  queue_describe (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

void
lf_chart_set_units (LfChart *self, const char *left, const char *right)
{
  g_free (self->units[LF_CHART_LEFT]);
  g_free (self->units[LF_CHART_RIGHT]);
  self->units[LF_CHART_LEFT] = g_strdup (left != NULL ? left : "");
  self->units[LF_CHART_RIGHT] = g_strdup (right != NULL ? right : "");
  redraw (self);
}

LfTimeAxis *
lf_chart_get_axis (LfChart *self)
{
  return self->axis;
}

void
lf_chart_set_axis (LfChart *self, LfTimeAxis *axis)
{
  leave_axis (self);
  self->axis = g_object_ref (axis);
  g_signal_connect (axis, "changed", G_CALLBACK (axis_cb), self);
  g_signal_connect (axis, "selecting", G_CALLBACK (selecting_cb), self);
  g_signal_connect (axis, "notify::cursor", G_CALLBACK (cursor_cb), self);
  redraw (self);
}

guint
lf_chart_add_series (LfChart *self, const LfChartSeries *series)
{
  LfChartLine *line = g_new0 (LfChartLine, 1);
  double nothing = NAN;

  line->look = *series;
  line->look.name = line->name = g_strdup (series->name);
  line->visible = TRUE;
  line->values = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < self->times->len; i++)
    g_array_append_val (line->values, nothing);
  g_ptr_array_add (self->lines, line);
  g_signal_emit (self, signals[SERIES_CHANGED], 0);
  redraw (self);
  return self->lines->len - 1;
}

void
lf_chart_set_series_visible (LfChart *self, guint n, gboolean visible)
{
  LfChartLine *line = g_ptr_array_index (self->lines, n);

  if (line->visible == visible)
    return;
  line->visible = visible;
  g_signal_emit (self, signals[SERIES_CHANGED], 0);
  redraw (self);
}

void
lf_chart_clear_series (LfChart *self)
{
  lf_chart_clear (self);
  g_ptr_array_set_size (self->lines, 0);
  g_signal_emit (self, signals[SERIES_CHANGED], 0);
}

void
lf_chart_set_heat_map (LfChart *self, const LfHeatMap *map)
{
  self->heat = map;
  queue_describe (self);
  redraw (self);
}

void
lf_chart_append (LfChart *self, double t, const double *values)
{
  g_array_append_val (self->times, t);
  for (guint i = 0; i < self->lines->len; i++)
    {
      LfChartLine *line = g_ptr_array_index (self->lines, i);
      double value = isfinite (values[i]) ? values[i] : NAN;

      g_array_append_val (line->values, value);
    }
  lf_time_axis_extend (self->axis, t);
  queue_describe (self);
  redraw (self);
}

void
lf_chart_clear (LfChart *self)
{
  g_array_set_size (self->times, 0);
  for (guint i = 0; i < self->lines->len; i++)
    g_array_set_size (((LfChartLine *) g_ptr_array_index (self->lines, i))->values, 0);
  lf_time_axis_clear (self->axis);
  queue_describe (self);
  redraw (self);
}

guint
lf_chart_get_n_samples (LfChart *self)
{
  return self->times->len;
}
