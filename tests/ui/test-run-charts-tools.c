#include "config.h"

#include "lf-chart-sheet.h"
#include "lf-test-run-charts.h"
#include "lf-test-ui.h"
#include "lf-values-window.h"

typedef LfTestRunCharts Fixture;

/* What a person does with the charts: reads them as a table, zooms, hides lines, saves them. */

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
  g_autoptr (GPtrArray) samples = lf_test_run_charts_make_samples (60, 2);
  g_autoptr (LfSamples) packed = lf_samples_new ();
  GtkSelectionModel *model;
  GtkWidget *values;

  lf_test_run_charts_set_spec (fixture, 2, LF_TEST_USERS);
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

static void
press (Fixture *fixture, const char *label)
{
  GtkWidget *button = lf_test_run_charts_find_button (GTK_WIDGET (fixture->charts), label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
test_zoom (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) samples = lf_test_run_charts_make_samples (60, 0);
  LfTimeAxis *axis = lf_chart_get_axis (lf_test_run_charts_get (fixture, LOAD));
  GtkWidget *out = lf_test_run_charts_find_button (GTK_WIDGET (fixture->charts), "Show more time");

  lf_test_run_charts_set_spec (fixture, 1, LF_TEST_USERS);
  lf_test_run_charts_set_samples (fixture, samples);
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
  g_autoptr (GPtrArray) samples = lf_test_run_charts_make_samples (60, 3);
  GtkWidget *entry;

  lf_test_run_charts_set_spec (fixture, 3, LF_TEST_USERS);
  lf_test_run_charts_set_samples (fixture, samples);
  entry = lf_test_run_charts_find_button (GTK_WIDGET (fixture->charts), "2xx");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (entry), FALSE);
  gtk_drop_down_set_selected (lf_test_run_charts_find_choice (fixture, "Step that is drawn"), 1);
  lf_test_run_charts_put_cursor (fixture, 6);
  lf_test_wait_until (lf_test_run_charts_is_called (
      lf_test_run_charts_get (fixture, ANSWERS),
      "Answers and errors, at 0:06, 3xx 0/s, 4xx 0/s, 5xx 0/s, No answer 0/s"));
  lf_test_run_charts_put_cursor (fixture, 30);
  lf_test_screenshot (fixture->window, "charts-hidden");
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
  g_autoptr (GPtrArray) samples = lf_test_run_charts_make_samples (60, 0);
  AdwStyleManager *style = adw_style_manager_get_default ();
  g_autoptr (GdkPixbuf) all = NULL;
  g_autoptr (GdkPixbuf) one = NULL;
  g_autoptr (GdkPixbuf) drawn = NULL;
  GtkWidget *users;

  lf_test_run_charts_add_histograms (samples);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  lf_test_run_charts_set_spec (fixture, 1, LF_TEST_USERS);
  lf_test_run_charts_set_samples (fixture, samples);
  lf_test_run_charts_put_cursor (fixture, 6);
  lf_test_wait_until (lf_test_run_charts_is_called (
      lf_test_run_charts_get (fixture, HEAT),
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
  users = lf_test_run_charts_find_button (GTK_WIDGET (fixture->charts), "Users");
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
  lf_test_load_style ();
  g_test_add ("/run-charts-tools/values", Fixture, NULL, lf_test_run_charts_set_up, test_values,
              lf_test_run_charts_tear_down);
  g_test_add ("/run-charts-tools/zoom", Fixture, NULL, lf_test_run_charts_set_up, test_zoom,
              lf_test_run_charts_tear_down);
  g_test_add ("/run-charts-tools/hide", Fixture, NULL, lf_test_run_charts_set_up, test_hide,
              lf_test_run_charts_tear_down);
  g_test_add ("/run-charts-tools/save", Fixture, NULL, lf_test_run_charts_set_up, test_save,
              lf_test_run_charts_tear_down);
  g_test_add ("/run-charts-tools/save-fails", Fixture, NULL, lf_test_run_charts_set_up,
              test_save_fails, lf_test_run_charts_tear_down);
  return g_test_run ();
}
