#include "config.h"

#include "lf-chart.h"
#include "lf-compare-window.h"
#include "lf-console.h"
#include "lf-format.h"
#include "lf-past-runs.h"
#include "lf-report.h"
#include "lf-run-export.h"
#include "lf-run-window.h"
#include "lf-test-run-window.h"
#include "lf-test-run.h"
#include "lf-test-ui.h"

#include <string.h>

/* Keeps a run of a minute under @id. (transfer full) */
static LfRun *
keep_run_of (LfTestRunWindow *fixture, const char *id, LfRunStatus status, LfVerdict verdict)
{
  LfStore *store = lf_workspace_get_store (fixture->workspace);
  g_autoptr (GPtrArray) samples = lf_test_make_samples (60);
  g_autoptr (GPtrArray) lines = lf_test_make_lines (1, 200);
  g_autoptr (GAsyncResult) save = NULL;
  g_autoptr (GAsyncResult) append = NULL;
  g_autoptr (GAsyncResult) log = NULL;
  LfRun *run = lf_test_make_run (status, verdict, 60);

  lf_set_string (&run->id, id);
  lf_store_save_run_async (store, run, NULL, lf_test_result_cb, &save);
  g_assert_true (lf_store_save_run_finish (store, lf_test_wait_for (&save), NULL));
  lf_store_append_samples_async (store, id, samples, NULL, lf_test_result_cb, &append);
  g_assert_true (lf_store_append_samples_finish (store, lf_test_wait_for (&append), NULL));
  lf_store_append_logs_async (store, id, lines, NULL, lf_test_result_cb, &log);
  g_assert_true (lf_store_append_logs_finish (store, lf_test_wait_for (&log), NULL));
  return run;
}

static LfRun *
keep_run (LfTestRunWindow *fixture, const char *id, LfVerdict verdict)
{
  return keep_run_of (fixture, id, LF_RUN_FINISHED, verdict);
}

static void
show_run (LfTestRunWindow *fixture, const LfRun *run)
{
  fixture->window = lf_run_window_new_for_run (NULL, fixture->workspace, run);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

/* The tab key reaches each control of an ended run once, all charts and the console among them. */
static void
test_keyboard (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = keep_run (fixture, "aaaaaaaaaaaaaaaaaaaaaaa1", LF_VERDICT_INVALID);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GtkWidget *focus;
  guint n_charts = 0, n_lines = 0;

  show_run (fixture, run);
  lf_test_wait_until (lf_test_run_window_shows (fixture, "200 lines"));
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  while (gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_FORWARD))
    {
      focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
      if (!g_hash_table_add (seen, focus))
        break;
      n_charts += LF_IS_CHART (focus);
      n_lines += gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_VIEW) != NULL;
      g_assert_false (GTK_IS_LABEL (focus) && !gtk_label_get_wrap (GTK_LABEL (focus)));
    }
  g_assert_cmpuint (n_charts, ==, 4);
  g_assert_cmpuint (n_lines, ==, 1);
  g_assert_cmpuint (g_hash_table_size (seen), <, 40);
}

static void
test_stored (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = keep_run (fixture, "aaaaaaaaaaaaaaaaaaaaaaa1", LF_VERDICT_INVALID);
  g_autoptr (LfRun) other = keep_run (fixture, "aaaaaaaaaaaaaaaaaaaaaaa2", LF_VERDICT_PASSED);

  show_run (fixture, run);
  lf_test_wait_until (lf_test_run_window_shows (fixture, "Invalid after 1:00"));
  lf_test_wait_until (lf_test_run_window_shows (fixture, "200 lines"));
  g_assert_true (lf_test_run_window_shows (fixture, "Checkout & payment"));
  g_assert_true (lf_test_run_window_shows (fixture, "p99.9"));
  lf_test_screenshot (fixture->window, "run-window-stored");

  gtk_widget_activate_action (fixture->window, "win.open-run", "s", other->id);
  lf_test_wait_until (lf_test_run_window_shows (fixture, "Passed after 1:00"));
  g_assert_cmpstr (lf_run_window_get_run_id (LF_RUN_WINDOW (fixture->window)), ==, other->id);
  g_assert_false (lf_test_run_window_shows (fixture, "Status 503"));
}

static GtkWidget *
find_past_runs (GtkWidget *root)
{
  GtkWidget *found = LF_IS_PAST_RUNS (root) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_past_runs (child);
  return found;
}

static void
test_past_runs (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = keep_run (fixture, "aaaaaaaaaaaaaaaaaaaaaaa1", LF_VERDICT_INVALID);
  g_autoptr (LfRun) other = keep_run (fixture, "aaaaaaaaaaaaaaaaaaaaaaa2", LF_VERDICT_PASSED);
  g_autofree char *time = lf_format_time (other->started_at);
  g_autofree char *words = g_strdup_printf ("Passed, %s", time);
  GtkWidget *popover;

  show_run (fixture, run);
  lf_test_wait_until (lf_test_run_window_shows (fixture, "Invalid after 1:00"));
  popover = find_past_runs (fixture->window);
  g_assert_nonnull (popover);
  gtk_popover_popup (GTK_POPOVER (popover));
  lf_test_wait_until (lf_test_run_window_shows (fixture, words));
  lf_test_screenshot (popover, "run-window-past-runs");
  gtk_widget_activate (gtk_widget_get_ancestor (
      lf_test_find (fixture->window, GTK_TYPE_LABEL, words), GTK_TYPE_LIST_BOX_ROW));
  lf_test_wait_until (lf_test_run_window_shows (fixture, "Passed after 1:00"));
  g_assert_cmpstr (lf_run_window_get_run_id (LF_RUN_WINDOW (fixture->window)), ==, other->id);
}

static GtkWidget *
find_comparison (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at != NULL; at = at->next)
    if (LF_IS_COMPARE_WINDOW (at->data))
      return at->data;
  return NULL;
}

/* Without a baseline it is held against the run before it, never against a later one. */
static void
test_compare (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = keep_run (fixture, "aaaaaaaaaaaaaaaaaaaaaaa2", LF_VERDICT_PASSED);
  g_autoptr (LfRun) later = keep_run (fixture, "aaaaaaaaaaaaaaaaaaaaaaa3", LF_VERDICT_PASSED);
  g_autoptr (LfRun) before = NULL;
  GtkWidget *comparison;

  show_run (fixture, run);
  lf_test_wait_until (lf_test_run_window_shows (fixture, "Passed after 1:00"));
  lf_test_run_window_act (fixture, "win.compare");
  lf_test_wait_until (lf_test_run_window_shows (fixture, "There is no other run of this spec yet"));
  g_assert_null (find_comparison ());
  before = keep_run (fixture, "aaaaaaaaaaaaaaaaaaaaaaa1", LF_VERDICT_INVALID);
  lf_test_run_window_act (fixture, "win.compare");
  lf_test_wait_until (find_comparison () != NULL);
  comparison = find_comparison ();
  lf_test_wait_until (lf_test_find (comparison, GTK_TYPE_LABEL, "Numbers") != NULL);
  g_assert_nonnull (lf_test_find (comparison, GTK_TYPE_LABEL, "▲ better"));
  lf_test_screenshot (comparison, "compare-from-run");
  gtk_window_destroy (GTK_WINDOW (comparison));
}

static void
test_refused (LfTestRunWindow *fixture, gconstpointer data)
{
  lf_test_run_window_start (fixture, "http://127.0.0.1:1", 1, 0);
  lf_test_wait_until (lf_test_tells (fixture->window, "Error after "));
  g_assert_true (lf_test_tells (fixture->window, "Not one request got an answer."));
  g_assert_true (
      lf_test_tells (fixture->window, "Connection refused (1212). Check that the target runs"));
  g_assert_true (lf_test_run_window_shows (fixture, "No answer came"));
  g_assert_true (
      lf_test_run_window_shows (fixture, "–")); /* no latency where nothing was answered */
  lf_test_screenshot (fixture->window, "run-window-refused");
  lf_test_run_window_wait_kept (fixture);
  gtk_popover_popup (GTK_POPOVER (find_past_runs (fixture->window)));
  lf_test_wait_until (lf_test_tells (find_past_runs (fixture->window), " requests"));
  g_assert_false (lf_test_tells (fixture->window, "p95 0 ms"));
}

static void
test_interrupted (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run =
      keep_run_of (fixture, "aaaaaaaaaaaaaaaaaaaaaaa1", LF_RUN_INTERRUPTED, LF_VERDICT_NONE);

  show_run (fixture, run);
  lf_test_wait_until (lf_test_run_window_shows (fixture, "Interrupted after 1:00"));
  g_assert_true (
      lf_test_tells (fixture->window, "The program that ran it ended before the run did."));
  g_assert_false (lf_test_run_window_shows (fixture, "Stop"));
  lf_test_screenshot (fixture->window, "run-window-interrupted");
}

static void
test_missing (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_make_run (LF_RUN_FINISHED, LF_VERDICT_PASSED, 60);

  show_run (fixture, run);
  lf_test_wait_until (lf_test_run_window_shows (fixture, "The Run Cannot Be Read"));
  lf_test_screenshot (fixture->window, "run-window-missing");
  g_clear_pointer (&run, lf_run_free);
  run = keep_run (fixture, "0123456789abcdef01234567", LF_VERDICT_PASSED);
  lf_test_run_window_act (fixture, "win.reload");
  lf_test_wait_until (lf_test_run_window_shows (fixture, "Passed after 1:00"));
}

/* Tests run without a portal, so the native chooser is GTK's own dialog. */
static GtkWidget *
find_chooser (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (GTK_IS_FILE_CHOOSER_DIALOG (window) && gtk_widget_get_mapped (window))
        return window;
    }
  return NULL;
}

static gboolean
is_chosen (GtkWidget *chooser, const char *path)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  return file != NULL && (path == NULL || g_strcmp0 (g_file_peek_path (file), path) == 0);
}

/* Answers the chooser as a person would, and returns what was written. */
static char *
save_as (LfTestRunWindow *fixture, const char *name, const char *toast)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);
  char *text = NULL;

  lf_test_wait_until (find_chooser () != NULL);
  lf_test_wait_until (
      is_chosen (find_chooser (), NULL)); /* it has read the folder that it begins in */
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (find_chooser ()), folder, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (find_chooser ()), name);
  lf_test_wait_until (is_chosen (find_chooser (), path));
  gtk_dialog_response (GTK_DIALOG (find_chooser ()), GTK_RESPONSE_ACCEPT);
  lf_test_wait_until (lf_test_run_window_shows (fixture, toast));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static char *export(LfTestRunWindow *fixture, const char *action, const char *name)
{
  g_autofree char *toast = g_strdup_printf ("Exported to %s", name);

  lf_test_run_window_act (fixture, action);
  return save_as (fixture, name, toast);
}

static void
test_export (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = keep_run (fixture, "aaaaaaaaaaaaaaaaaaaaaaa1", LF_VERDICT_PASSED);
  g_autofree char *csv = NULL;
  g_autofree char *json = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (JsonNode) root = NULL;

  show_run (fixture, run);
  lf_test_wait_until (lf_test_run_window_shows (fixture, "Passed after 1:00"));
  csv = export(fixture, "win.export-csv", "run.csv");
  lines = g_strsplit (csv, "\r\n", -1);
  g_assert_cmpstr (lines[0], ==, LF_REPORT_CSV_HEADER);
  g_assert_cmpuint (g_strv_length (lines), ==,
                    62); /* header, 60 seconds, nothing after the last end of line */
  json = export(fixture, "win.export-json", "run.json");
  root = json_from_string (json, NULL);
  g_assert_nonnull (root);
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (json_node_get_object (root), "samples")),
      ==, 60);
}

static void
test_save_charts (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = keep_run (fixture, "aaaaaaaaaaaaaaaaaaaaaaa1", LF_VERDICT_PASSED);
  g_autofree char *png = NULL;
  g_autofree char *svg = NULL;

  show_run (fixture, run);
  lf_test_wait_until (lf_test_run_window_shows (fixture, "Passed after 1:00"));
  g_assert_true (
      gtk_widget_activate_action (fixture->window, "win.save-charts", "(ss)", "all", "png"));
  png = save_as (fixture, "charts.png", "Saved as charts.png");
  g_assert_true (g_str_has_prefix (png, "\x89PNG"));
  g_assert_true (
      gtk_widget_activate_action (fixture->window, "win.save-charts", "(ss)", "heat", "png"));
  svg = save_as (fixture, "heat.svg", "Saved as heat.svg"); /* the name decides */
  g_assert_nonnull (strstr (svg, "<svg"));
}

static void
test_export_fails (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_make_run (LF_RUN_FINISHED, LF_VERDICT_PASSED, 60);
  g_autoptr (GPtrArray) samples = lf_test_make_samples (3);
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/run.csv");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = lf_run_export_make_name (run, "csv");

  lf_run_export_async (file, LF_EXPORT_CSV, run, samples, NULL, lf_test_result_cb, &result);
  g_assert_false (lf_run_export_finish (lf_test_wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_null (strpbrk (name, "/\\:"));
  g_assert_true (g_str_has_suffix (name, ".csv"));
}

static void
test_narrow_dark (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = keep_run (fixture, "aaaaaaaaaaaaaaaaaaaaaaa1", LF_VERDICT_INVALID);
  AdwStyleManager *style = adw_style_manager_get_default ();

  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  show_run (fixture, run);
  lf_test_wait_until (lf_test_run_window_shows (fixture, "200 lines"));
  lf_test_screenshot (fixture->window, "run-window-stored-dark");
  lf_test_run_window_destroy (fixture);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_LIGHT);
  fixture->window = lf_run_window_new_for_run (NULL, fixture->workspace, run);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 800);
  gtk_window_present (GTK_WINDOW (fixture->window));
  lf_test_wait_until (lf_test_run_window_shows (fixture, "200 lines"));
  lf_test_screenshot (fixture->window, "run-window-stored-narrow");
  g_assert_cmpint (gtk_widget_get_width (fixture->window), ==, 360);
}

#define ADD(path, test)                                                                            \
  g_test_add ("/run-window/" path, LfTestRunWindow, NULL, lf_test_run_window_set_up, test,         \
              lf_test_run_window_tear_down)

int
main (int argc, char **argv)
{
  lf_test_ui_init (&argc, &argv);
  lf_test_load_style ();
  ADD ("stored", test_stored);
  ADD ("refused", test_refused);
  ADD ("interrupted", test_interrupted);
  ADD ("keyboard", test_keyboard);
  ADD ("past-runs", test_past_runs);
  ADD ("compare", test_compare);
  ADD ("missing", test_missing);
  ADD ("export", test_export);
  ADD ("save-charts", test_save_charts);
  ADD ("export-fails", test_export_fails);
  ADD ("narrow-dark", test_narrow_dark);
  return g_test_run ();
}
