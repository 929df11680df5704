#include "config.h"

#include "lf-chart.h"
#include "lf-console.h"
#include "lf-format.h"
#include "lf-past-runs.h"
#include "lf-report.h"
#include "lf-run-export.h"
#include "lf-run-window.h"
#include "lf-target.h"
#include "lf-test-run.h"
#include "lf-test-ui.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;
  LfWorkspace *workspace;
  LfTarget *target;
  LfActiveRun *active;
  GtkWidget *window;
} Fixture;

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  lf_test_wait_until (*result != NULL);
  return *result;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;
  LfTargetOptions options = { .address = "127.0.0.1:0", .delay_ms = 20 };

  fixture->folder = g_dir_make_tmp ("run-window-XXXXXX", NULL);
  uri = g_strdup_printf ("sqlite:%s/loadforge.db", fixture->folder);
  lf_workspace_open_async (uri, NULL, result_cb, &result);
  fixture->workspace = lf_workspace_open_finish (wait_for (&result), &error);
  g_assert_no_error (error);
  fixture->target = lf_target_start (&options, &error);
  g_assert_no_error (error);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

static gboolean
has_ended (LfActiveRun *active)
{
  return active == NULL || !lf_run_is_active (lf_active_run_get_run (active));
}

static void
destroy_window (Fixture *fixture)
{
  if (fixture->window == NULL)
    return;
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lf_test_wait_until (fixture->window == NULL);
}

/* A run is active until its record and its last samples are in the store. */
static void
wait_until_kept (Fixture *fixture)
{
  LfRunManager *runs = lf_workspace_get_runs (fixture->workspace);

  lf_test_wait_until (g_list_model_get_n_items (lf_run_manager_get_active (runs)) == 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (!has_ended (fixture->active))
    lf_active_run_stop (fixture->active);
  if (!has_ended (fixture->active))
    lf_active_run_stop (fixture->active);
  wait_until_kept (fixture);
  destroy_window (fixture);
  g_clear_object (&fixture->active);
  lf_store_close_async (lf_workspace_get_store (fixture->workspace), result_cb, &result);
  lf_store_close_finish (lf_workspace_get_store (fixture->workspace), wait_for (&result), NULL);
  g_clear_object (&fixture->workspace);
  g_clear_pointer (&fixture->target, lf_target_stop);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static LfSpec *
make_spec (const char *url, double seconds)
{
  g_autofree char *text = g_strdup_printf (
      "{\"schema\": \"loadforge/spec/1\", \"name\": \"Checkout\", \"tags\": [\"demo\"],"
      " \"request\": {\"method\": \"GET\", \"url\": \"%s/anything\"},"
      " \"loadProfile\": {\"executor\": \"constant-vus\", \"vus\": 4, \"duration\": %g}}",
      url, seconds);
  g_autoptr (GError) error = NULL;
  LfSpec *spec = lf_spec_from_text (text, -1, &error);

  g_assert_no_error (error);
  return spec;
}

/* Saves a spec and starts it, and opens its window. @head_start: ms before its first request. */
static void
start_at (Fixture *fixture, const char *url, double seconds, guint head_start)
{
  LfRunOptions options = { .head_start = head_start };
  LfStore *store = lf_workspace_get_store (fixture->workspace);
  LfRunManager *runs = lf_workspace_get_runs (fixture->workspace);
  g_autoptr (LfSpec) spec = make_spec (url, seconds);
  g_autoptr (LfSpec) saved = NULL;
  g_autoptr (GAsyncResult) save = NULL;
  g_autoptr (GAsyncResult) run = NULL;
  g_autoptr (GError) error = NULL;

  lf_store_save_spec_async (store, spec, NULL, result_cb, &save);
  saved = lf_store_save_spec_finish (store, wait_for (&save), &error);
  g_assert_no_error (error);
  lf_run_manager_start_async (runs, saved, &options, NULL, result_cb, &run);
  fixture->active = lf_run_manager_start_finish (runs, wait_for (&run), &error);
  g_assert_no_error (error);
  fixture->window = lf_run_window_new_for_active (NULL, fixture->workspace, fixture->active);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
start (Fixture *fixture, double seconds)
{
  g_autofree char *url = lf_target_get_url (fixture->target);

  start_at (fixture, url, seconds, 0);
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  return lf_test_find (fixture->window, GTK_TYPE_LABEL, text) != NULL;
}

static void
act (Fixture *fixture, const char *action)
{
  g_assert_true (gtk_widget_activate_action (fixture->window, action, NULL));
}

static void
test_live (Fixture *fixture, gconstpointer data)
{
  const LfSummary *summary;
  g_autofree char *total = NULL;
  g_autofree char *again = NULL;

  start (fixture, 3);
  lf_test_wait_until (shows (fixture, "Stop"));
  g_assert_true (lf_run_window_get_active (LF_RUN_WINDOW (fixture->window)) == fixture->active);
  lf_test_wait_until (shows (fixture, "last second"));
  lf_test_wait_until (lf_test_find (fixture->window, GTK_TYPE_INSCRIPTION,
                                    "Stage 1 of 1: 4 users for 3 s") != NULL);
  lf_test_screenshot (fixture->window, "run-window-live");
  lf_test_wait_until (shows (fixture, "Latency"));
  g_assert_null (lf_run_window_get_active (LF_RUN_WINDOW (fixture->window)));
  g_assert_false (shows (fixture, "Stop"));
  summary = lf_active_run_get_run (fixture->active)->summary;
  g_assert_cmpint (summary->verdict, ==, LF_VERDICT_PASSED);
  g_assert_cmpint (summary->requests->total, ==, lf_target_get_counts (fixture->target).requests);
  total = g_strdup_printf ("%d", (int) summary->requests->total);
  lf_test_wait_until (shows (fixture, total));
  lf_test_screenshot (fixture->window, "run-window-ended");

  again = g_strdup (lf_run_window_get_run_id (LF_RUN_WINDOW (fixture->window)));
  act (fixture, "win.run-again");
  lf_test_wait_until (lf_run_window_get_active (LF_RUN_WINDOW (fixture->window)) != NULL);
  g_assert_cmpstr (lf_run_window_get_run_id (LF_RUN_WINDOW (fixture->window)), !=, again);
  g_assert_true (shows (fixture, "Stop"));
  g_set_object (&fixture->active, lf_run_window_get_active (LF_RUN_WINDOW (fixture->window)));
}

/* The demo's target went with the program that ran it, and comes back for another run. */
static void
test_demo_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfDemo) demo = lf_demo_new ();
  LfRunWindow *window;

  start (fixture, 0.5);
  lf_test_wait_until (shows (fixture, "Latency"));
  g_clear_pointer (&fixture->target, lf_target_stop);
  window = LF_RUN_WINDOW (fixture->window);
  lf_run_window_set_demo (window, demo);
  act (fixture, "win.run-again");
  lf_test_wait_until (lf_run_window_get_active (window) != NULL);
  g_set_object (&fixture->active, lf_run_window_get_active (window));
  lf_test_wait_until (lf_run_window_get_active (window) == NULL && shows (fixture, "Latency"));
  g_assert_cmpint (lf_active_run_get_run (fixture->active)->summary->requests->failed, ==, 0);
}

/* A window opens before its load takes the processor. */
static void
test_head_start (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = lf_target_get_url (fixture->target);
  gint64 before = g_get_monotonic_time ();

  start_at (fixture, url, 1, 700);
  lf_test_wait_until (lf_target_get_counts (fixture->target).requests > 0);
  g_assert_cmpint (g_get_monotonic_time () - before, >=, 700000);
  lf_test_wait_until (shows (fixture, "Passed after 0:01"));
}

static gboolean
can_stop_now (Fixture *fixture)
{
  GtkWidget *label = lf_test_find (fixture->window, GTK_TYPE_LABEL, "Stop Now");

  return label != NULL &&
         gtk_widget_is_sensitive (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON));
}

/* First nothing new is sent; the second press cuts off what runs, but not that of a double click.
 */
static void
test_stop (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = lf_target_get_url (fixture->target);
  g_autofree char *slow = g_strdup_printf ("%s/delay/60000?", url);

  start_at (fixture, slow, 600, 0);
  lf_test_wait_until (lf_target_get_counts (fixture->target).connections == 4);
  act (fixture, "win.stop");
  act (fixture, "win.stop");
  g_assert_cmpint (lf_active_run_get_status (fixture->active), ==, LF_RUN_STOPPING);
  g_assert_true (shows (fixture, "waiting for running requests"));
  lf_test_wait_until (can_stop_now (fixture));
  g_assert_cmpint (lf_active_run_get_status (fixture->active), ==, LF_RUN_STOPPING);
  act (fixture, "win.stop");
  lf_test_wait_until (has_ended (fixture->active));
  lf_test_wait_until (shows (fixture, "Latency"));
  g_assert_cmpint (lf_active_run_get_run (fixture->active)->verdict, ==, LF_VERDICT_ABORTED);
}

static AdwMessageDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_mapped (window))
        return ADW_MESSAGE_DIALOG (window);
    }
  return NULL;
}

static void
answer (const char *label)
{
  GtkWidget *button;

  lf_test_wait_until (find_dialog () != NULL);
  button = gtk_widget_get_ancestor (
      lf_test_find (GTK_WIDGET (find_dialog ()), GTK_TYPE_LABEL, label), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (button, "clicked");
  lf_test_wait_until (find_dialog () == NULL);
}

static void
test_close_keeps (Fixture *fixture, gconstpointer data)
{
  start (fixture, 600);
  gtk_window_close (GTK_WINDOW (fixture->window));
  answer ("Cancel");
  g_assert_true (gtk_widget_get_mapped (fixture->window));
  g_assert_false (has_ended (fixture->active));

  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_close (GTK_WINDOW (fixture->window));
  answer ("Keep Running");
  lf_test_wait_until (fixture->window == NULL);
  g_assert_cmpint (lf_active_run_get_status (fixture->active), ==, LF_RUN_RUNNING);
}

static void
test_close_stops (Fixture *fixture, gconstpointer data)
{
  start (fixture, 600);
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_close (GTK_WINDOW (fixture->window));
  answer ("Stop and Close");
  lf_test_wait_until (fixture->window == NULL);
  lf_test_wait_until (has_ended (fixture->active));
}

/* Keeps a run of a minute under @id. (transfer full) */
static LfRun *
keep_run_of (Fixture *fixture, const char *id, LfRunStatus status, LfVerdict verdict)
{
  LfStore *store = lf_workspace_get_store (fixture->workspace);
  g_autoptr (GPtrArray) samples = lf_test_make_samples (60);
  g_autoptr (GPtrArray) lines = lf_test_make_lines (1, 200);
  g_autoptr (GAsyncResult) save = NULL;
  g_autoptr (GAsyncResult) append = NULL;
  g_autoptr (GAsyncResult) log = NULL;
  LfRun *run = lf_test_make_run (status, verdict, 60);

  lf_set_string (&run->id, id);
  lf_store_save_run_async (store, run, NULL, result_cb, &save);
  g_assert_true (lf_store_save_run_finish (store, wait_for (&save), NULL));
  lf_store_append_samples_async (store, id, samples, NULL, result_cb, &append);
  g_assert_true (lf_store_append_samples_finish (store, wait_for (&append), NULL));
  lf_store_append_logs_async (store, id, lines, NULL, result_cb, &log);
  g_assert_true (lf_store_append_logs_finish (store, wait_for (&log), NULL));
  return run;
}

static LfRun *
keep_run (Fixture *fixture, const char *id, LfVerdict verdict)
{
  return keep_run_of (fixture, id, LF_RUN_FINISHED, verdict);
}

static void
show_run (Fixture *fixture, const LfRun *run)
{
  fixture->window = lf_run_window_new_for_run (NULL, fixture->workspace, run);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

/* The tab key reaches each control of an ended run once, both charts and the console among them. */
static void
test_keyboard (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = keep_run (fixture, "aaaaaaaaaaaaaaaaaaaaaaa1", LF_VERDICT_INVALID);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GtkWidget *focus;
  guint n_charts = 0, n_lines = 0;

  show_run (fixture, run);
  lf_test_wait_until (shows (fixture, "200 lines"));
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
  g_assert_cmpuint (n_charts, ==, 2);
  g_assert_cmpuint (n_lines, ==, 1);
  g_assert_cmpuint (g_hash_table_size (seen), <, 30);
}

static void
test_stored (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = keep_run (fixture, "aaaaaaaaaaaaaaaaaaaaaaa1", LF_VERDICT_INVALID);
  g_autoptr (LfRun) other = keep_run (fixture, "aaaaaaaaaaaaaaaaaaaaaaa2", LF_VERDICT_PASSED);

  show_run (fixture, run);
  lf_test_wait_until (shows (fixture, "Invalid after 1:00"));
  lf_test_wait_until (shows (fixture, "200 lines"));
  g_assert_true (shows (fixture, "Checkout & payment"));
  g_assert_true (shows (fixture, "p99.9"));
  lf_test_screenshot (fixture->window, "run-window-stored");

  gtk_widget_activate_action (fixture->window, "win.open-run", "s", other->id);
  lf_test_wait_until (shows (fixture, "Passed after 1:00"));
  g_assert_cmpstr (lf_run_window_get_run_id (LF_RUN_WINDOW (fixture->window)), ==, other->id);
  g_assert_false (shows (fixture, "Status 503"));
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
test_past_runs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = keep_run (fixture, "aaaaaaaaaaaaaaaaaaaaaaa1", LF_VERDICT_INVALID);
  g_autoptr (LfRun) other = keep_run (fixture, "aaaaaaaaaaaaaaaaaaaaaaa2", LF_VERDICT_PASSED);
  g_autofree char *time = lf_format_time (other->started_at);
  g_autofree char *words = g_strdup_printf ("Passed, %s", time);
  GtkWidget *popover;

  show_run (fixture, run);
  lf_test_wait_until (shows (fixture, "Invalid after 1:00"));
  popover = find_past_runs (fixture->window);
  g_assert_nonnull (popover);
  gtk_popover_popup (GTK_POPOVER (popover));
  lf_test_wait_until (shows (fixture, words));
  lf_test_screenshot (popover, "run-window-past-runs");
  gtk_widget_activate (gtk_widget_get_ancestor (
      lf_test_find (fixture->window, GTK_TYPE_LABEL, words), GTK_TYPE_LIST_BOX_ROW));
  lf_test_wait_until (shows (fixture, "Passed after 1:00"));
  g_assert_cmpstr (lf_run_window_get_run_id (LF_RUN_WINDOW (fixture->window)), ==, other->id);
}

/* Whether some label holds @part. */
static gboolean
tells (GtkWidget *root, const char *part)
{
  if (gtk_widget_get_mapped (root) && GTK_IS_LABEL (root) &&
      strstr (gtk_label_get_text (GTK_LABEL (root)), part) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (tells (child, part))
      return TRUE;
  return FALSE;
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  start_at (fixture, "http://127.0.0.1:1", 1, 0);
  lf_test_wait_until (shows (fixture, "Error after 0:01"));
  g_assert_true (tells (fixture->window, "Not one request got an answer."));
  g_assert_true (tells (fixture->window, "Connection refused (1212). Check that the target runs"));
  g_assert_true (shows (fixture, "No answer came"));
  g_assert_true (shows (fixture, "–")); /* no latency where nothing was answered */
  lf_test_screenshot (fixture->window, "run-window-refused");
  wait_until_kept (fixture);
  gtk_popover_popup (GTK_POPOVER (find_past_runs (fixture->window)));
  lf_test_wait_until (tells (find_past_runs (fixture->window), " requests"));
  g_assert_false (tells (fixture->window, "p95 0 ms"));
}

static void
test_interrupted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run =
      keep_run_of (fixture, "aaaaaaaaaaaaaaaaaaaaaaa1", LF_RUN_INTERRUPTED, LF_VERDICT_NONE);

  show_run (fixture, run);
  lf_test_wait_until (shows (fixture, "Interrupted after 1:00"));
  g_assert_true (tells (fixture->window, "The program that ran it ended before the run did."));
  g_assert_false (shows (fixture, "Stop"));
  lf_test_screenshot (fixture->window, "run-window-interrupted");
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_make_run (LF_RUN_FINISHED, LF_VERDICT_PASSED, 60);

  show_run (fixture, run);
  lf_test_wait_until (shows (fixture, "The Run Cannot Be Read"));
  lf_test_screenshot (fixture->window, "run-window-missing");
  g_clear_pointer (&run, lf_run_free);
  run = keep_run (fixture, "0123456789abcdef01234567", LF_VERDICT_PASSED);
  act (fixture, "win.reload");
  lf_test_wait_until (shows (fixture, "Passed after 1:00"));
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

/* The text of what the action wrote, asked for as a person would. */
static char *export(Fixture *fixture, const char *action, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *toast = g_strdup_printf ("Exported to %s", name);
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);
  char *text = NULL;

  act (fixture, action);
  lf_test_wait_until (find_chooser () != NULL);
  lf_test_wait_until (
      is_chosen (find_chooser (), NULL)); /* it has read the folder that it begins in */
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (find_chooser ()), folder, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (find_chooser ()), name);
  lf_test_wait_until (is_chosen (find_chooser (), path));
  gtk_dialog_response (GTK_DIALOG (find_chooser ()), GTK_RESPONSE_ACCEPT);
  lf_test_wait_until (shows (fixture, toast));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
test_export (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = keep_run (fixture, "aaaaaaaaaaaaaaaaaaaaaaa1", LF_VERDICT_PASSED);
  g_autofree char *csv = NULL;
  g_autofree char *json = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (JsonNode) root = NULL;

  show_run (fixture, run);
  lf_test_wait_until (shows (fixture, "Passed after 1:00"));
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
test_export_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_make_run (LF_RUN_FINISHED, LF_VERDICT_PASSED, 60);
  g_autoptr (GPtrArray) samples = lf_test_make_samples (3);
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/run.csv");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = lf_run_export_make_name (run, LF_EXPORT_CSV);

  lf_run_export_async (file, LF_EXPORT_CSV, run, samples, NULL, result_cb, &result);
  g_assert_false (lf_run_export_finish (wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_null (strpbrk (name, "/\\:"));
  g_assert_true (g_str_has_suffix (name, ".csv"));
}

static void
test_narrow_dark (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = keep_run (fixture, "aaaaaaaaaaaaaaaaaaaaaaa1", LF_VERDICT_INVALID);
  AdwStyleManager *style = adw_style_manager_get_default ();

  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  show_run (fixture, run);
  lf_test_wait_until (shows (fixture, "200 lines"));
  lf_test_screenshot (fixture->window, "run-window-stored-dark");
  destroy_window (fixture);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_LIGHT);
  fixture->window = lf_run_window_new_for_run (NULL, fixture->workspace, run);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 800);
  gtk_window_present (GTK_WINDOW (fixture->window));
  lf_test_wait_until (shows (fixture, "200 lines"));
  lf_test_screenshot (fixture->window, "run-window-stored-narrow");
  g_assert_cmpint (gtk_widget_get_width (fixture->window), ==, 360);
}

int
main (int argc, char **argv)
{
  lf_test_ui_init (&argc, &argv);
  lf_test_load_style ();
  g_test_add ("/run-window/live", Fixture, NULL, set_up, test_live, tear_down);
  g_test_add ("/run-window/demo-again", Fixture, NULL, set_up, test_demo_again, tear_down);
  g_test_add ("/run-window/head-start", Fixture, NULL, set_up, test_head_start, tear_down);
  g_test_add ("/run-window/stop", Fixture, NULL, set_up, test_stop, tear_down);
  g_test_add ("/run-window/close-keeps", Fixture, NULL, set_up, test_close_keeps, tear_down);
  g_test_add ("/run-window/close-stops", Fixture, NULL, set_up, test_close_stops, tear_down);
  g_test_add ("/run-window/stored", Fixture, NULL, set_up, test_stored, tear_down);
  g_test_add ("/run-window/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/run-window/interrupted", Fixture, NULL, set_up, test_interrupted, tear_down);
  g_test_add ("/run-window/keyboard", Fixture, NULL, set_up, test_keyboard, tear_down);
  g_test_add ("/run-window/past-runs", Fixture, NULL, set_up, test_past_runs, tear_down);
  g_test_add ("/run-window/missing", Fixture, NULL, set_up, test_missing, tear_down);
  g_test_add ("/run-window/export", Fixture, NULL, set_up, test_export, tear_down);
  g_test_add ("/run-window/export-fails", Fixture, NULL, set_up, test_export_fails, tear_down);
  g_test_add ("/run-window/narrow-dark", Fixture, NULL, set_up, test_narrow_dark, tear_down);
  return g_test_run ();
}
