#include "config.h"

#include "lf-run-charts-private.h"

#include "lf-drop-down.h"
#include "lf-format.h"
#include "lf-reflow.h"
#include "lf-widget-private.h"

#include <glib/gi18n.h>

#define ZOOM_STEP 0.5 /* of the time in view, for a press of a button */

G_DEFINE_FINAL_TYPE (LfRunCharts, lf_run_charts, GTK_TYPE_WIDGET)

/* What the charts show: "All steps · Response time" */
static char *
describe_choice (LfRunCharts *self)
{
  const char *step = lf_run_charts_get_step_name (self);

  return g_strdup_printf ("%s · %s", step != NULL ? step : _ ("All steps"),
                          _lf_run_charts_shows_service (self) ? _ ("Service time")
                                                              : _ ("Response time"));
}

void
_lf_run_charts_restart_values (LfRunCharts *self)
{
  g_autofree char *choice = self->values != NULL ? describe_choice (self) : NULL;

  if (self->values != NULL)
    lf_values_window_restart (self->values, choice);
}

static void
choice_cb (LfRunCharts *self)
{
  if (self->filling)
    return;
  lf_chart_card_set_title (self->latency_card, _lf_run_charts_shows_service (self)
                                                   ? _ ("Service time")
                                                   : _ ("Response time"));
  _lf_run_charts_draw_again (self);
}

static void
fill_steps (LfRunCharts *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("All steps"));
  for (guint i = 0; self->spec != NULL && i < lf_spec_get_n_steps (self->spec); i++)
    {
      const LfStep *step = lf_spec_get_step (self->spec, i);
      gboolean named = step->name != NULL && *step->name != '\0';

      if (step->enabled)
        gtk_string_list_append (names, named ? step->name : step->url != NULL ? step->url : "");
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (self->steps, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->steps, 0);
  gtk_drop_down_set_selected (self->measure, 0);
  self->filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->steps),
                          g_list_model_get_n_items (G_LIST_MODEL (names)) > 2);
}

static void
axis_cb (LfRunCharts *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "charts.zoom-out",
                                 lf_time_axis_is_zoomed (self->axis));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "charts.zoom-all",
                                 lf_time_axis_is_zoomed (self->axis));
}

static void
heat_read_cb (LfRunCharts *self)
{
  lf_chart_set_heat_map (lf_chart_card_get_chart (self->heat_card),
                         lf_heat_reader_get_map (self->heat));
}

static void
zoom_in_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lf_time_axis_zoom_by (LF_RUN_CHARTS (widget)->axis, ZOOM_STEP);
}

static void
zoom_out_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lf_time_axis_zoom_by (LF_RUN_CHARTS (widget)->axis, 1 / ZOOM_STEP);
}

static void
zoom_all_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lf_time_axis_reset (LF_RUN_CHARTS (widget)->axis);
}

static void
values_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LfRunCharts *self = LF_RUN_CHARTS (widget);
  g_autoptr (GPtrArray) charts = lf_run_charts_get_charts (self, "all");
  g_autofree char *choice = describe_choice (self);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (self->values == NULL)
    {
      g_set_weak_pointer (&self->values, lf_values_window_new (charts, choice));
      if (GTK_IS_WINDOW (root))
        gtk_window_set_transient_for (GTK_WINDOW (self->values), GTK_WINDOW (root));
    }
  gtk_window_present (GTK_WINDOW (self->values));
}

/* Its columns are of series that are about to go. */
static void
close_values (LfRunCharts *self)
{
  LfValuesWindow *values = self->values;

  g_clear_weak_pointer (&self->values);
  if (values != NULL)
    gtk_window_destroy (GTK_WINDOW (values));
}

static void
lf_run_charts_dispose (GObject *object)
{
  LfRunCharts *self = LF_RUN_CHARTS (object);

  close_values (self);
  if (self->heat != NULL)
    g_signal_handlers_disconnect_by_data (self->heat, self);
  _lf_widget_dispose (GTK_WIDGET (object), LF_TYPE_RUN_CHARTS);
  if (self->axis != NULL)
    g_signal_handlers_disconnect_by_data (self->axis, self);
  g_clear_object (&self->axis);
  g_clear_object (&self->heat);
  g_clear_pointer (&self->samples, lf_samples_unref);
  g_clear_pointer (&self->spec, lf_spec_free);
  g_clear_pointer (&self->plan, lf_run_plan_free);
  G_OBJECT_CLASS (lf_run_charts_parent_class)->dispose (object);
}

static void
lf_run_charts_class_init (LfRunChartsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_run_charts_dispose;
  g_type_ensure (LF_TYPE_REFLOW);
  g_type_ensure (LF_TYPE_CHART_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-run-charts.ui");
  gtk_widget_class_bind_template_child (widget_class, LfRunCharts, steps);
  gtk_widget_class_bind_template_child (widget_class, LfRunCharts, measure);
  gtk_widget_class_bind_template_child (widget_class, LfRunCharts, load_card);
  gtk_widget_class_bind_template_child (widget_class, LfRunCharts, latency_card);
  gtk_widget_class_bind_template_child (widget_class, LfRunCharts, answers_card);
  gtk_widget_class_bind_template_child (widget_class, LfRunCharts, heat_card);
  gtk_widget_class_bind_template_callback (widget_class, choice_cb);
  gtk_widget_class_install_action (widget_class, "charts.values", NULL, values_cb);
  gtk_widget_class_install_action (widget_class, "charts.zoom-in", NULL, zoom_in_cb);
  gtk_widget_class_install_action (widget_class, "charts.zoom-out", NULL, zoom_out_cb);
  gtk_widget_class_install_action (widget_class, "charts.zoom-all", NULL, zoom_all_cb);
}

static void
set_up_heat (LfRunCharts *self)
{
  self->heat = lf_heat_reader_new ();
  g_signal_connect_swapped (self->heat, "read", G_CALLBACK (heat_read_cb), self);
  lf_chart_card_set_title (self->heat_card, _ ("Latency heat map"));
  lf_chart_card_set_note (self->heat_card,
                          _ ("The stronger the colour, the more requests took that long."));
  heat_read_cb (self);
}

static void
lf_run_charts_init (LfRunCharts *self)
{
  LfChartCard *cards[4];

  gtk_widget_init_template (GTK_WIDGET (self));
  lf_drop_down_prepare (GTK_WIDGET (self->steps), GTK_WIDGET (self->steps));
  lf_drop_down_prepare (GTK_WIDGET (self->measure), GTK_WIDGET (self->measure));
  cards[0] = self->load_card;
  cards[1] = self->latency_card;
  cards[2] = self->answers_card;
  cards[3] = self->heat_card;
  self->axis = g_object_ref (lf_chart_get_axis (lf_chart_card_get_chart (cards[0])));
  for (guint i = 1; i < G_N_ELEMENTS (cards); i++)
    lf_chart_set_axis (lf_chart_card_get_chart (cards[i]), self->axis);
  g_signal_connect_swapped (self->axis, "changed", G_CALLBACK (axis_cb), self);
  lf_chart_card_set_title (self->load_card, _ ("Requests and users"));
  lf_chart_card_set_title (self->latency_card, _ ("Response time"));
  lf_chart_card_set_title (self->answers_card, _ ("Answers and errors"));
  lf_chart_set_units (lf_chart_card_get_chart (self->load_card), _ ("req/s"), _ ("users"));
  lf_chart_set_units (lf_chart_card_get_chart (self->latency_card), "ms", NULL);
  lf_chart_set_units (lf_chart_card_get_chart (self->answers_card), _ ("req/s"), NULL);
  _lf_run_charts_set_up_latency (self->latency_card);
  _lf_run_charts_set_up_answers (self->answers_card);
  set_up_heat (self);
  lf_run_charts_set_spec (self, NULL);
  axis_cb (self);
}

void
lf_run_charts_clear (LfRunCharts *self)
{
  g_clear_pointer (&self->samples, lf_samples_unref);
  lf_run_charts_set_spec (self, NULL);
}

void
lf_run_charts_set_spec (LfRunCharts *self, const LfSpec *spec)
{
  close_values (self);
  g_clear_pointer (&self->spec, lf_spec_free);
  self->spec = spec != NULL ? lf_spec_copy (spec) : NULL;
  fill_steps (self);
  _lf_run_charts_forget_drawn (self);
  _lf_run_charts_set_up_load (self->load_card, self->plan);
  gtk_widget_set_visible (GTK_WIDGET (self->measure),
                          self->plan != NULL && lf_run_plan_is_rate (self->plan));
  lf_chart_card_set_title (self->latency_card, _ ("Response time"));
  _lf_run_charts_draw_new (self);
}

void
lf_run_charts_set_samples (LfRunCharts *self, LfSamples *samples)
{
  if (self->samples != samples)
    {
      g_clear_pointer (&self->samples, lf_samples_unref);
      self->samples = lf_samples_ref (samples);
      _lf_run_charts_forget_drawn (self);
    }
  _lf_run_charts_draw_new (self);
}

GPtrArray *
lf_run_charts_get_charts (LfRunCharts *self, const char *which)
{
  const struct
  {
    const char *name;
    LfChartCard *card;
  } cards[] = {
    { "load", self->load_card },
    { "latency", self->latency_card },
    { "answers", self->answers_card },
    { "heat", self->heat_card },
  };
  GPtrArray *charts = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    if (g_str_equal (which, "all") || g_str_equal (which, cards[i].name))
      g_ptr_array_add (charts, lf_chart_card_get_chart (cards[i].card));
  return charts;
}

const char *
lf_run_charts_get_step_name (LfRunCharts *self)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (self->steps);

  return _lf_run_charts_get_step (self) >= 0 ? gtk_string_object_get_string (item) : NULL;
}
