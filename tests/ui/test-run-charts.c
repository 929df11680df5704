#include "config.h"

#include "lf-test-run-charts.h"
#include "lf-test-ui.h"

#include <math.h>

typedef LfTestRunCharts Fixture;

static void
test_all (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) samples = lf_test_run_charts_make_samples (60, 0);

  lf_test_run_charts_set_spec (fixture, 1, LF_TEST_USERS);
  lf_test_run_charts_set_samples (fixture, samples);
  g_assert_true (lf_chart_get_axis (lf_test_run_charts_get (fixture, LOAD)) ==
                 lf_chart_get_axis (lf_test_run_charts_get (fixture, ANSWERS)));
  lf_test_run_charts_put_cursor (fixture, 6);
  lf_test_wait_until (lf_test_run_charts_is_called (
      lf_test_run_charts_get (fixture, LOAD),
      "Requests and users, at 0:06, Requests 2236/s, Failed 0/s, Users 250, Planned 250"));
  lf_test_wait_until (
      lf_test_run_charts_is_called (lf_test_run_charts_get (fixture, ANSWERS),
                                    "Answers and errors, at 0:06, 2xx 2236/s, 3xx 0/s, 4xx 0/s, "
                                    "5xx 0/s, No answer 0/s"));
  lf_test_screenshot (fixture->window, "charts-all");
  lf_test_run_charts_put_cursor (fixture, -1);
  g_assert_null (lf_test_find (fixture->window, GTK_TYPE_DROP_DOWN, NULL)); /* nothing to choose */
}

/* Stages and warm-up are marked; a spec that is known later is drawn like one known at first. */
static void
test_marks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) samples = lf_test_run_charts_make_samples (60, 0);
  LfTimeAxis *axis = lf_chart_get_axis (lf_test_run_charts_get (fixture, LOAD));
  const GArray *stages = lf_time_axis_get_stages (axis);

  lf_test_run_charts_set_samples (fixture, samples);
  g_assert_cmpuint (stages->len, ==, 0);
  lf_test_run_charts_set_spec (fixture, 1, LF_TEST_USERS);
  g_assert_cmpuint (stages->len, ==, 2);
  g_assert_cmpfloat (g_array_index (stages, double, 0), ==, 12);
  g_assert_cmpfloat (g_array_index (stages, double, 1), ==, 48);
  g_assert_cmpfloat (lf_time_axis_get_warmup (axis), ==, 8);
  lf_run_charts_clear (fixture->charts);
  g_assert_cmpuint (stages->len, ==, 0);
  g_assert_cmpuint (lf_chart_get_n_samples (lf_test_run_charts_get (fixture, ANSWERS)), ==, 0);
}

static void
test_per_step (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) samples = lf_test_run_charts_make_samples (60, 3);
  LfTimeAxis *axis = lf_chart_get_axis (lf_test_run_charts_get (fixture, LOAD));
  GtkDropDown *steps;

  lf_test_run_charts_set_spec (fixture, 3, LF_TEST_USERS);
  lf_test_run_charts_set_samples (fixture, samples);
  lf_time_axis_zoom (axis, 4, 30);
  steps = lf_test_run_charts_find_choice (fixture, "Step that is drawn");
  g_assert_nonnull (steps);
  gtk_drop_down_set_selected (steps, 2);
  lf_test_run_charts_put_cursor (fixture, 6);
  lf_test_wait_until (lf_test_run_charts_is_called (
      lf_test_run_charts_get (fixture, LOAD),
      "Requests and users, at 0:06, Requests 447/s, Failed 0/s, Users 250, Planned 250"));
  g_assert_cmpuint (lf_chart_get_n_samples (lf_test_run_charts_get (fixture, LATENCY)), ==, 60);
  g_assert_cmpfloat (lf_time_axis_get_view (axis).to, ==, 30); /* the part in view stayed */
  lf_test_screenshot (fixture->window, "charts-per-step");
  gtk_drop_down_set_selected (steps, 0);
  lf_test_run_charts_put_cursor (fixture, 6);
  lf_test_wait_until (lf_test_run_charts_is_called (
      lf_test_run_charts_get (fixture, LOAD),
      "Requests and users, at 0:06, Requests 2236/s, Failed 0/s, Users 250, Planned 250"));
}

/* Response and service time differ where requests wait for their turn. */
static void
test_service_time (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) samples = lf_test_run_charts_make_samples (60, 0);
  GtkDropDown *measure;

  lf_test_run_charts_set_spec (fixture, 1, LF_TEST_USERS);
  g_assert_null (lf_test_run_charts_find_choice (fixture, "Latency that is drawn"));
  lf_test_run_charts_set_spec (
      fixture, 1,
      "{\"executor\":\"constant-arrival-rate\",\"rate\":4200,\"duration\":60,"
      "\"preAllocatedVUs\":500}");
  lf_test_run_charts_set_samples (fixture, samples);
  measure = lf_test_run_charts_find_choice (fixture, "Latency that is drawn");
  g_assert_nonnull (measure);
  lf_test_run_charts_put_cursor (fixture, 6);
  lf_test_wait_until (lf_test_run_charts_is_called (
      lf_test_run_charts_get (fixture, LATENCY),
      "Response time, at 0:06, p50 14.0 ms, p95 29.4 ms, p99 47.6 ms, max 70.0 ms"));
  gtk_drop_down_set_selected (measure, 1);
  lf_test_run_charts_put_cursor (fixture, 6);
  lf_test_wait_until (lf_test_run_charts_is_called (
      lf_test_run_charts_get (fixture, LATENCY),
      "Service time, at 0:06, p50 7.00 ms, p95 14.7 ms, p99 47.6 ms, max 70.0 ms"));
  lf_test_run_charts_put_cursor (fixture, 30);
  lf_test_screenshot (fixture->window, "charts-service-time");
}

/* Nothing, one sample, two; then what no ruler was made for. */
static void
test_odd (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfSamples) samples = lf_samples_new ();

  lf_run_charts_set_samples (fixture->charts, samples);
  lf_test_screenshot (fixture->window, "charts-empty");
  for (guint i = 1; i <= 4; i++)
    {
      g_autoptr (LfSample) sample = lf_test_make_sample (i == 4 ? 40 : i, i, 10, 0, 5);

      if (i == 3)
        {
          sample->duration->max = sample->response_time->max = INFINITY;
          sample->duration->p99 = sample->response_time->p99 = INFINITY;
          sample->completed = G_MAXINT64;
        }
      lf_samples_add (samples, sample);
      lf_run_charts_set_samples (fixture->charts, samples);
      lf_test_screenshot (fixture->window, i == 1 ? "charts-one-sample" : "charts-odd");
    }
  lf_test_run_charts_put_cursor (fixture, 3);
  lf_test_screenshot (fixture->window, "charts-odd");
  lf_test_wait_until (lf_test_run_charts_is_called (
      lf_test_run_charts_get (fixture, LATENCY),
      "Response time, at 0:03, p50 5.00 ms, p95 10.5 ms, p99 nothing, "
      "max nothing"));
}

/* Ten hours of a run of 50 steps. */
static void
test_long (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) samples = lf_test_run_charts_make_samples (36000, 0);
  g_autoptr (GPtrArray) steps = lf_test_run_charts_make_samples (60, 50);

  lf_test_run_charts_set_spec (
      fixture, 1, "{\"rampUp\":7200,\"users\":500,\"steady\":21600,\"rampDown\":7200}");
  lf_test_run_charts_set_samples (fixture, samples);
  g_assert_cmpuint (lf_chart_get_n_samples (lf_test_run_charts_get (fixture, ANSWERS)), ==, 36000);
  lf_test_run_charts_put_cursor (fixture, 18000);
  lf_test_screenshot (fixture->window, "charts-ten-hours");
  lf_test_run_charts_set_spec (fixture, 50, LF_TEST_USERS);
  lf_test_run_charts_set_samples (fixture, steps);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (
                        lf_test_run_charts_find_choice (fixture, "Step that is drawn"))),
                    ==, 51);
  g_assert_cmpuint (lf_chart_get_n_samples (lf_test_run_charts_get (fixture, ANSWERS)), ==, 60);
}

static void
test_heat (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) samples = lf_test_run_charts_make_samples (60, 0);
  GtkWidget *chart = GTK_WIDGET (lf_test_run_charts_get (fixture, HEAT));

  lf_test_run_charts_add_histograms (samples);
  lf_test_run_charts_set_spec (fixture, 1, LF_TEST_USERS);
  lf_test_run_charts_set_samples (fixture, samples);
  lf_test_run_charts_put_cursor (fixture, 6);
  lf_test_wait_until (lf_test_run_charts_is_called (
      LF_CHART (chart), "Latency heat map, at 0:06, Requests 4493, Slowest below 154 ms, "
                        "Most often from 11.5 ms, Fastest from 6.49 ms"));
  lf_test_run_charts_put_cursor (fixture, -1);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 660);
  lf_test_screenshot (fixture->window, "charts-heat-map");
  lf_time_axis_zoom (lf_chart_get_axis (LF_CHART (chart)), 22, 38);
  lf_test_run_charts_put_cursor (fixture, 30);
  lf_test_screenshot (fixture->window, "charts-heat-map-zoomed");
}

static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) samples = lf_test_run_charts_make_samples (60, 3);

  lf_test_run_charts_set_spec (
      fixture, 3,
      "{\"executor\":\"constant-arrival-rate\",\"rate\":4200,\"duration\":60,"
      "\"preAllocatedVUs\":500}");
  lf_test_run_charts_set_samples (fixture, samples);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 1200);
  lf_test_wait_until (gtk_widget_get_width (fixture->window) == 360);
  gtk_test_widget_wait_for_draw (fixture->window); /* each learns what room the others need */
  lf_test_screenshot (fixture->window, "charts-narrow");
}

static void
test_dark (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) samples = lf_test_run_charts_make_samples (60, 0);
  AdwStyleManager *style = adw_style_manager_get_default ();

  lf_test_run_charts_add_histograms (samples);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  lf_test_run_charts_set_spec (fixture, 1, LF_TEST_USERS);
  lf_test_run_charts_set_samples (fixture, samples);
  lf_test_run_charts_put_cursor (fixture, 30);
  lf_test_wait_until (lf_test_run_charts_is_called (
      lf_test_run_charts_get (fixture, HEAT),
      "Latency heat map, at 0:30, Requests 4493, Slowest below 649 ms, "
      "Most often from 86.6 ms, Fastest from 42.2 ms"));
  lf_test_screenshot (fixture->window, "charts-dark");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_LIGHT);
}

int
main (int argc, char **argv)
{
  lf_test_ui_init (&argc, &argv);
  lf_test_load_style ();
  g_test_add ("/run-charts/all", Fixture, NULL, lf_test_run_charts_set_up, test_all,
              lf_test_run_charts_tear_down);
  g_test_add ("/run-charts/marks", Fixture, NULL, lf_test_run_charts_set_up, test_marks,
              lf_test_run_charts_tear_down);
  g_test_add ("/run-charts/per-step", Fixture, NULL, lf_test_run_charts_set_up, test_per_step,
              lf_test_run_charts_tear_down);
  g_test_add ("/run-charts/service-time", Fixture, NULL, lf_test_run_charts_set_up,
              test_service_time, lf_test_run_charts_tear_down);
  g_test_add ("/run-charts/odd", Fixture, NULL, lf_test_run_charts_set_up, test_odd,
              lf_test_run_charts_tear_down);
  g_test_add ("/run-charts/long", Fixture, NULL, lf_test_run_charts_set_up, test_long,
              lf_test_run_charts_tear_down);
  g_test_add ("/run-charts/heat", Fixture, NULL, lf_test_run_charts_set_up, test_heat,
              lf_test_run_charts_tear_down);
  g_test_add ("/run-charts/narrow", Fixture, NULL, lf_test_run_charts_set_up, test_narrow,
              lf_test_run_charts_tear_down);
  g_test_add ("/run-charts/dark", Fixture, NULL, lf_test_run_charts_set_up, test_dark,
              lf_test_run_charts_tear_down);
  return g_test_run ();
}
