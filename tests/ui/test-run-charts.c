#include "config.h"

#include "lf-chart-card.h"
#include "lf-chart-sheet.h"
#include "lf-histogram.h"
#include "lf-run-charts.h"
#include "lf-test-run.h"
#include "lf-test-ui.h"
#include "lf-values-window.h"

#include <math.h>

typedef struct
{
  GtkWidget *window;
  LfRunCharts *charts;
} Fixture;

enum
{
  LOAD,
  LATENCY,
  ANSWERS,
  HEAT,
};

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = gtk_scrolled_window_new ();

  fixture->window = adw_window_new ();
  fixture->charts = g_object_new (LF_TYPE_RUN_CHARTS, "margin-top", 12, "margin-bottom", 12,
                                  "margin-start", 12, "margin-end", 12, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (page), GTK_WIDGET (fixture->charts));
  adw_window_set_content (ADW_WINDOW (fixture->window), page);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 720);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->charts), (gpointer *) &fixture->charts);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lf_test_wait_until (fixture->charts == NULL);
}

/* The nth chart below @root, as they are read. */
static LfChart *
find_chart (GtkWidget *root, guint *n)
{
  LfChart *found = LF_IS_CHART (root) && (*n)-- == 0 ? LF_CHART (root) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_chart (child, n);
  return found;
}

static LfChart *
get_chart (Fixture *fixture, guint n)
{
  LfChart *chart = find_chart (GTK_WIDGET (fixture->charts), &n);

  g_assert_nonnull (chart);
  return chart;
}

static void
set_spec (Fixture *fixture, guint n_steps, const char *profile)
{
  g_autoptr (GString) text = g_string_new ("{\"schema\":\"loadforge/spec/1\",\"name\":\"Shop\",");
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = NULL;

  g_string_append (text, "\"steps\":[");
  for (guint i = 0; i < n_steps; i++)
    g_string_append_printf (
        text, "%s{\"name\":\"Step %u\",\"method\":\"GET\",\"url\":\"http://127.0.0.1/\"}",
        i > 0 ? "," : "", i + 1);
  g_string_append_printf (text, "],\"warmup\":8,\"loadProfile\":%s}", profile);
  spec = lf_spec_from_text (text->str, -1, &error);
  g_assert_no_error (error);
  lf_run_charts_set_spec (fixture->charts, spec);
}

/* A share of the total for each step; some of the answers went wrong in the middle. */
static GPtrArray *
make_samples (guint seconds, guint n_steps)
{
  g_autoptr (GPtrArray) totals = lf_test_make_samples (seconds);
  GPtrArray *samples = g_ptr_array_new_with_free_func (lf_record_free);

  for (guint i = 0; i < seconds; i++)
    for (guint part = 0; part <= n_steps; part++)
      {
        LfSample *sample = lf_sample_copy (totals->pdata[i]);
        gint64 failed;

        sample->step = (gint64) part - 1;
        sample->warmup = i < 8;
        sample->completed = part == 0 ? sample->completed : sample->completed * part / 10;
        sample->failed = part == 0 ? sample->failed : sample->failed * part / 10;
        failed = sample->failed;
        lf_counts_free (sample->status_codes);
        sample->status_codes = lf_counts_new ();
        lf_counts_add (sample->status_codes, "200", sample->completed - failed * 3);
        lf_counts_add (sample->status_codes, "302", failed);
        lf_counts_add (sample->status_codes, "503", failed);
        lf_counts_add (sample->error_codes, "1212", failed);
        sample->duration->p50 /= 2;
        sample->duration->p95 /= 2;
        g_ptr_array_add (samples, sample);
        if (n_steps == 0)
          break;
      }
  return samples;
}

static void
set_samples (Fixture *fixture, GPtrArray *samples)
{
  g_autoptr (LfSamples) packed = lf_test_pack_samples (samples);

  lf_run_charts_set_samples (fixture->charts, packed);
}

/* Most answers near p50, some in a second hump, few far above. */
static void
add_histograms (GPtrArray *samples)
{
  g_autoptr (LfHistogram) histogram = lf_histogram_new ();

  for (guint i = 0; i < samples->len; i++)
    {
      LfSample *sample = samples->pdata[i];
      double p50 = sample->response_time->p50 * 1000;

      lf_histogram_reset (histogram);
      for (int part = -30; part <= 30; part++)
        lf_histogram_record_n (histogram, (gint64) (p50 * exp (part / 40.0)),
                               (guint64) (200 * exp (-part * part / 150.0)));
      for (int part = -8; part <= 8; part++)
        lf_histogram_record_n (histogram, (gint64) (p50 * 3 * exp (part / 30.0)),
                               (guint64) (20 * exp (-part * part / 30.0)));
      lf_histogram_record (histogram, (gint64) (p50 * (5 + i % 7)));
      sample->histograms = lf_sample_histograms_new ();
      sample->histograms->duration = lf_histogram_encode (histogram);
    }
}

static gboolean
is_called (LfChart *chart, const char *label)
{
  g_autofree char *wrong = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL, label, NULL);

  return wrong == NULL;
}

static void
put_cursor (Fixture *fixture, double t)
{
  lf_time_axis_set_cursor (lf_chart_get_axis (get_chart (fixture, LOAD)), t);
}

#define USERS "{\"rampUp\":12,\"users\":500,\"steady\":36,\"rampDown\":12}"

static void
test_all (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) samples = make_samples (60, 0);

  set_spec (fixture, 1, USERS);
  set_samples (fixture, samples);
  g_assert_true (lf_chart_get_axis (get_chart (fixture, LOAD)) ==
                 lf_chart_get_axis (get_chart (fixture, ANSWERS)));
  put_cursor (fixture, 6);
  lf_test_wait_until (is_called (
      get_chart (fixture, LOAD),
      "Requests and users, at 0:06, Requests 2236/s, Failed 0/s, Users 250, Planned 250"));
  lf_test_wait_until (is_called (get_chart (fixture, ANSWERS),
                                 "Answers and errors, at 0:06, 2xx 2236/s, 3xx 0/s, 4xx 0/s, "
                                 "5xx 0/s, No answer 0/s"));
  lf_test_screenshot (fixture->window, "charts-all");
  put_cursor (fixture, -1);
  g_assert_null (lf_test_find (fixture->window, GTK_TYPE_DROP_DOWN, NULL)); /* nothing to choose */
}

static GtkWidget *
find_values (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at != NULL; at = at->next)
    if (LF_IS_VALUES_WINDOW (at->data))
      return at->data;
  return NULL;
}

static void
check_copied (LfValuesWindow *values, const char *head, const char *line, guint lines)
{
  g_autofree char *text = lf_values_window_copy_text (values);
  g_auto (GStrv) parts = g_strsplit (text, "\n", -1);
  gboolean found = FALSE;

  g_assert_true (g_str_has_prefix (parts[0], head));
  g_assert_cmpuint (g_strv_length (parts), ==,
                    lines + 2); /* the head, and nothing behind the last */
  for (guint i = 0; i < lines; i++)
    found |= g_str_has_prefix (parts[i + 1], line);
  g_assert_true (found);
}

/* What the charts show is a table, too: it grows with the run, follows the choice of a step, and is
 * copied whole or in part. */
static void
test_values (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) samples = make_samples (60, 2);
  g_autoptr (LfSamples) packed = lf_samples_new ();
  GtkSelectionModel *model;
  GtkWidget *values;

  set_spec (fixture, 2, USERS);
  for (guint i = 0; i < 30; i++)
    lf_samples_add (packed, samples->pdata[i]);
  gtk_widget_activate_action (GTK_WIDGET (fixture->charts), "charts.values", NULL);
  values = find_values ();
  lf_test_wait_until (lf_test_find (values, GTK_TYPE_LABEL, "No Values Yet") != NULL);
  lf_run_charts_set_samples (fixture->charts, packed);
  lf_test_wait_until (lf_test_find (values, GTK_TYPE_LABEL, "Planned") != NULL);
  check_copied (LF_VALUES_WINDOW (values), "Time\tRequests\tFailed\tUsers\tPlanned\tp50\tp95\t",
                "6\t2236\t0\t250\t250\t", 10);
  for (guint i = 30; i < samples->len; i++)
    lf_samples_add (packed, samples->pdata[i]);
  lf_run_charts_set_samples (fixture->charts, packed);
  model = gtk_column_view_get_model (
      GTK_COLUMN_VIEW (lf_test_find (values, GTK_TYPE_COLUMN_VIEW, NULL)));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 60);
  lf_test_screenshot (values, "charts-values");
  gtk_selection_model_select_item (model, 5, TRUE);
  check_copied (LF_VALUES_WINDOW (values), "Time\t", "6\t2236\t0\t250\t250\t", 1);
  gtk_drop_down_set_selected (
      GTK_DROP_DOWN (lf_test_find (fixture->window, GTK_TYPE_DROP_DOWN, NULL)), 1);
  lf_test_wait_until (lf_test_find (values, GTK_TYPE_LABEL, "Step 1 · Response time") != NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 60);
  gtk_widget_activate_action (values, "values.copy", NULL);
  lf_test_wait_until (lf_test_find (values, GTK_TYPE_LABEL, "Copied") != NULL);
  lf_run_charts_clear (fixture->charts); /* another run has other columns */
  lf_test_wait_until (find_values () == NULL);
}

/* Stages and warm-up are marked; a spec that is known later is drawn like one known at first. */
static void
test_marks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) samples = make_samples (60, 0);
  LfTimeAxis *axis = lf_chart_get_axis (get_chart (fixture, LOAD));
  const GArray *stages = lf_time_axis_get_stages (axis);

  set_samples (fixture, samples);
  g_assert_cmpuint (stages->len, ==, 0);
  set_spec (fixture, 1, USERS);
  g_assert_cmpuint (stages->len, ==, 2);
  g_assert_cmpfloat (g_array_index (stages, double, 0), ==, 12);
  g_assert_cmpfloat (g_array_index (stages, double, 1), ==, 48);
  g_assert_cmpfloat (lf_time_axis_get_warmup (axis), ==, 8);
  lf_run_charts_clear (fixture->charts);
  g_assert_cmpuint (stages->len, ==, 0);
  g_assert_cmpuint (lf_chart_get_n_samples (get_chart (fixture, ANSWERS)), ==, 0);
}

static GtkDropDown *
find_choice (Fixture *fixture, const char *label)
{
  GtkWidget *bar = gtk_widget_get_first_child (GTK_WIDGET (fixture->charts));
  GtkWidget *box = gtk_widget_get_first_child (bar);

  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_DROP_DOWN (child) && gtk_widget_get_visible (child))
      {
        g_autofree char *wrong = gtk_test_accessible_check_property (
            GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, label, NULL);

        if (wrong == NULL)
          return GTK_DROP_DOWN (child);
      }
  return NULL;
}

static void
test_per_step (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) samples = make_samples (60, 3);
  LfTimeAxis *axis = lf_chart_get_axis (get_chart (fixture, LOAD));
  GtkDropDown *steps;

  set_spec (fixture, 3, USERS);
  set_samples (fixture, samples);
  lf_time_axis_zoom (axis, 4, 30);
  steps = find_choice (fixture, "Step that is drawn");
  g_assert_nonnull (steps);
  gtk_drop_down_set_selected (steps, 2);
  put_cursor (fixture, 6);
  lf_test_wait_until (is_called (
      get_chart (fixture, LOAD),
      "Requests and users, at 0:06, Requests 447/s, Failed 0/s, Users 250, Planned 250"));
  g_assert_cmpuint (lf_chart_get_n_samples (get_chart (fixture, LATENCY)), ==, 60);
  g_assert_cmpfloat (lf_time_axis_get_view (axis).to, ==, 30); /* the part in view stayed */
  lf_test_screenshot (fixture->window, "charts-per-step");
  gtk_drop_down_set_selected (steps, 0);
  put_cursor (fixture, 6);
  lf_test_wait_until (is_called (
      get_chart (fixture, LOAD),
      "Requests and users, at 0:06, Requests 2236/s, Failed 0/s, Users 250, Planned 250"));
}

/* Response and service time differ where requests wait for their turn. */
static void
test_service_time (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) samples = make_samples (60, 0);
  GtkDropDown *measure;

  set_spec (fixture, 1, USERS);
  g_assert_null (find_choice (fixture, "Latency that is drawn"));
  set_spec (fixture, 1,
            "{\"executor\":\"constant-arrival-rate\",\"rate\":4200,\"duration\":60,"
            "\"preAllocatedVUs\":500}");
  set_samples (fixture, samples);
  measure = find_choice (fixture, "Latency that is drawn");
  g_assert_nonnull (measure);
  put_cursor (fixture, 6);
  lf_test_wait_until (
      is_called (get_chart (fixture, LATENCY),
                 "Response time, at 0:06, p50 14.0 ms, p95 29.4 ms, p99 47.6 ms, max 70.0 ms"));
  gtk_drop_down_set_selected (measure, 1);
  put_cursor (fixture, 6);
  lf_test_wait_until (
      is_called (get_chart (fixture, LATENCY),
                 "Service time, at 0:06, p50 7.00 ms, p95 14.7 ms, p99 47.6 ms, max 70.0 ms"));
  put_cursor (fixture, 30);
  lf_test_screenshot (fixture->window, "charts-service-time");
}

static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  g_autofree char *wrong = NULL;
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (root))
    wrong = gtk_test_accessible_check_property (GTK_ACCESSIBLE (root),
                                                GTK_ACCESSIBLE_PROPERTY_LABEL, label, NULL);
  if (GTK_IS_BUTTON (root) && wrong == NULL)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

static void
press (Fixture *fixture, const char *label)
{
  GtkWidget *button = find_button (GTK_WIDGET (fixture->charts), label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
test_zoom (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) samples = make_samples (60, 0);
  LfTimeAxis *axis = lf_chart_get_axis (get_chart (fixture, LOAD));
  GtkWidget *out = find_button (GTK_WIDGET (fixture->charts), "Show more time");

  set_spec (fixture, 1, USERS);
  set_samples (fixture, samples);
  g_assert_false (gtk_widget_is_sensitive (out));
  press (fixture, "Show less time");
  g_assert_cmpfloat (lf_time_axis_get_view (axis).from, ==, 15);
  g_assert_cmpfloat (lf_time_axis_get_view (axis).to, ==, 45);
  press (fixture, "Show less time");
  lf_time_axis_select (axis, 25, 31);
  lf_test_screenshot (fixture->window, "charts-zoomed");
  lf_time_axis_unselect (axis);
  press (fixture, "Show more time");
  press (fixture, "Show the whole run");
  g_assert_false (lf_time_axis_is_zoomed (axis));
  g_assert_false (gtk_widget_is_sensitive (out));
}

/* What an entry of a legend hides stays hidden, however the charts are drawn anew. */
static void
test_hide (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) samples = make_samples (60, 3);
  GtkWidget *entry;

  set_spec (fixture, 3, USERS);
  set_samples (fixture, samples);
  entry = find_button (GTK_WIDGET (fixture->charts), "2xx");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (entry), FALSE);
  gtk_drop_down_set_selected (find_choice (fixture, "Step that is drawn"), 1);
  put_cursor (fixture, 6);
  lf_test_wait_until (
      is_called (get_chart (fixture, ANSWERS),
                 "Answers and errors, at 0:06, 3xx 0/s, 4xx 0/s, 5xx 0/s, No answer 0/s"));
  put_cursor (fixture, 30);
  lf_test_screenshot (fixture->window, "charts-hidden");
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
  put_cursor (fixture, 3);
  lf_test_screenshot (fixture->window, "charts-odd");
  lf_test_wait_until (is_called (get_chart (fixture, LATENCY),
                                 "Response time, at 0:03, p50 5.00 ms, p95 10.5 ms, p99 nothing, "
                                 "max nothing"));
}

/* Ten hours of a run of 50 steps. */
static void
test_long (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) samples = make_samples (36000, 0);
  g_autoptr (GPtrArray) steps = make_samples (60, 50);

  set_spec (fixture, 1, "{\"rampUp\":7200,\"users\":500,\"steady\":21600,\"rampDown\":7200}");
  set_samples (fixture, samples);
  g_assert_cmpuint (lf_chart_get_n_samples (get_chart (fixture, ANSWERS)), ==, 36000);
  put_cursor (fixture, 18000);
  lf_test_screenshot (fixture->window, "charts-ten-hours");
  set_spec (fixture, 50, USERS);
  set_samples (fixture, steps);
  g_assert_cmpuint (g_list_model_get_n_items (
                        gtk_drop_down_get_model (find_choice (fixture, "Step that is drawn"))),
                    ==, 51);
  g_assert_cmpuint (lf_chart_get_n_samples (get_chart (fixture, ANSWERS)), ==, 60);
}

static void
test_heat (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) samples = make_samples (60, 0);
  GtkWidget *chart = GTK_WIDGET (get_chart (fixture, HEAT));

  add_histograms (samples);
  set_spec (fixture, 1, USERS);
  set_samples (fixture, samples);
  put_cursor (fixture, 6);
  lf_test_wait_until (is_called (LF_CHART (chart),
                                 "Latency heat map, at 0:06, Requests 4493, Slowest below 154 ms, "
                                 "Most often from 11.5 ms, Fastest from 6.49 ms"));
  put_cursor (fixture, -1);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 660);
  lf_test_screenshot (fixture->window, "charts-heat-map");
  lf_time_axis_zoom (lf_chart_get_axis (LF_CHART (chart)), 22, 38);
  put_cursor (fixture, 30);
  lf_test_screenshot (fixture->window, "charts-heat-map-zoomed");
}

static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) samples = make_samples (60, 3);

  set_spec (fixture, 3,
            "{\"executor\":\"constant-arrival-rate\",\"rate\":4200,\"duration\":60,"
            "\"preAllocatedVUs\":500}");
  set_samples (fixture, samples);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 1200);
  lf_test_wait_until (gtk_widget_get_width (fixture->window) == 360);
  gtk_test_widget_wait_for_draw (fixture->window); /* each learns what room the others need */
  lf_test_screenshot (fixture->window, "charts-narrow");
}

static void
test_dark (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) samples = make_samples (60, 0);
  AdwStyleManager *style = adw_style_manager_get_default ();

  add_histograms (samples);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  set_spec (fixture, 1, USERS);
  set_samples (fixture, samples);
  put_cursor (fixture, 30);
  lf_test_wait_until (is_called (get_chart (fixture, HEAT),
                                 "Latency heat map, at 0:30, Requests 4493, Slowest below 649 ms, "
                                 "Most often from 86.6 ms, Fastest from 42.2 ms"));
  lf_test_screenshot (fixture->window, "charts-dark");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_LIGHT);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Saves what the charts show and reads the picture. */
static GdkPixbuf *
save (Fixture *fixture, const char *which, const char *name)
{
  const char *folder = g_getenv ("LF_TEST_SCREENSHOTS");
  g_autofree char *path = g_build_filename (folder != NULL ? folder : g_get_tmp_dir (), name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GPtrArray) charts = lf_run_charts_get_charts (fixture->charts, which);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GdkPixbuf *picture;

  lf_chart_sheet_save_async (lf_chart_sheet_new ("Shop", charts, file), NULL, saved_cb, &result);
  lf_test_wait_until (result != NULL);
  lf_chart_sheet_save_finish (result, &error);
  g_assert_no_error (error);
  picture = gdk_pixbuf_new_from_file (path, &error);
  g_assert_no_error (error);
  return picture;
}

/* Pixels of (nearly) this colour. */
static guint
count_pixels (GdkPixbuf *picture, guint32 rgb)
{
  int n_channels = gdk_pixbuf_get_n_channels (picture);
  guint n = 0;

  for (int y = 0; y < gdk_pixbuf_get_height (picture); y++)
    for (int x = 0; x < gdk_pixbuf_get_width (picture); x++)
      {
        const guint8 *p = gdk_pixbuf_read_pixels (picture) +
                          y * gdk_pixbuf_get_rowstride (picture) + x * n_channels;

        n += abs (p[0] - (int) (rgb >> 16)) < 6 && abs (p[1] - (int) (rgb >> 8 & 0xff)) < 6 &&
             abs (p[2] - (int) (rgb & 0xff)) < 6;
      }
  return n;
}

#define ORANGE 0xc85200 /* of the users, on a light ground */

/* On paper all is light, even where the window is dark; what is hidden is left out. */
static void
test_save (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) samples = make_samples (60, 0);
  AdwStyleManager *style = adw_style_manager_get_default ();
  g_autoptr (GdkPixbuf) all = NULL;
  g_autoptr (GdkPixbuf) one = NULL;
  g_autoptr (GdkPixbuf) drawn = NULL;
  GtkWidget *users;

  add_histograms (samples);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  set_spec (fixture, 1, USERS);
  set_samples (fixture, samples);
  put_cursor (fixture, 6);
  lf_test_wait_until (is_called (get_chart (fixture, HEAT),
                                 "Latency heat map, at 0:06, Requests 4493, Slowest below 154 ms, "
                                 "Most often from 11.5 ms, Fastest from 6.49 ms"));
  all = save (fixture, "all", "charts-saved.png");
  g_assert_cmpint (gdk_pixbuf_get_width (all), ==, 2000);
  g_assert_cmpuint (count_pixels (all, 0xffffff), >,
                    2000 * (guint) gdk_pixbuf_get_height (all) / 2);
  g_assert_cmpuint (count_pixels (all, ORANGE), >, 1000);
  one = save (fixture, "load", "charts-saved.svg");
  g_assert_cmpint (gdk_pixbuf_get_width (one), ==, 1000);
  g_assert_cmpint (gdk_pixbuf_get_height (one) * 4, <, gdk_pixbuf_get_height (all));
  g_assert_cmpuint (count_pixels (one, ORANGE), >, 300);
  users = find_button (GTK_WIDGET (fixture->charts), "Users");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (users), FALSE);
  drawn = save (fixture, "load", "charts-saved-hidden.png");
  g_assert_cmpuint (count_pixels (drawn, ORANGE), ==, 0);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_LIGHT);
}

static void
test_save_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/charts.png");
  g_autoptr (GPtrArray) charts = lf_run_charts_get_charts (fixture->charts, "all");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (charts->len, ==, 4);
  lf_chart_sheet_save_async (lf_chart_sheet_new ("Shop", charts, file), NULL, saved_cb, &result);
  lf_test_wait_until (result != NULL);
  g_assert_false (lf_chart_sheet_save_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  lf_test_ui_init (&argc, &argv);
  g_test_add ("/run-charts/all", Fixture, NULL, set_up, test_all, tear_down);
  g_test_add ("/run-charts/values", Fixture, NULL, set_up, test_values, tear_down);
  g_test_add ("/run-charts/marks", Fixture, NULL, set_up, test_marks, tear_down);
  g_test_add ("/run-charts/per-step", Fixture, NULL, set_up, test_per_step, tear_down);
  g_test_add ("/run-charts/service-time", Fixture, NULL, set_up, test_service_time, tear_down);
  g_test_add ("/run-charts/zoom", Fixture, NULL, set_up, test_zoom, tear_down);
  g_test_add ("/run-charts/hide", Fixture, NULL, set_up, test_hide, tear_down);
  g_test_add ("/run-charts/odd", Fixture, NULL, set_up, test_odd, tear_down);
  g_test_add ("/run-charts/long", Fixture, NULL, set_up, test_long, tear_down);
  g_test_add ("/run-charts/heat", Fixture, NULL, set_up, test_heat, tear_down);
  g_test_add ("/run-charts/narrow", Fixture, NULL, set_up, test_narrow, tear_down);
  g_test_add ("/run-charts/dark", Fixture, NULL, set_up, test_dark, tear_down);
  g_test_add ("/run-charts/save", Fixture, NULL, set_up, test_save, tear_down);
  g_test_add ("/run-charts/save-fails", Fixture, NULL, set_up, test_save_fails, tear_down);
  return g_test_run ();
}
