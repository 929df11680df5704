#include "config.h"

#include "lf-chart.h"
#include "lf-compare-window.h"
#include "lf-console.h"
#include "lf-format.h"
#include "lf-past-runs.h"
#include "lf-run-window-private.h"
#include "lf-test-run-window.h"
#include "lf-test-run.h"
#include "lf-test-ui.h"

#include <string.h>

static LfRun *
keep_run (LfTestRunWindow *fixture, const char *id, LfVerdict verdict)
{
  return lf_test_run_window_keep (fixture, id, LF_RUN_FINISHED, verdict);
}

/* The tab key reaches each control of an ended run once, all charts and the console among them. */
static void
test_keyboard (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = keep_run (fixture, "aaaaaaaaaaaaaaaaaaaaaaa1", LF_VERDICT_INVALID);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GtkWidget *focus;
  guint n_charts = 0, n_lines = 0;

  lf_test_run_window_open (fixture, run);
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

  lf_test_run_window_open (fixture, run);
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

  lf_test_run_window_open (fixture, run);
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

  lf_test_run_window_open (fixture, run);
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
  /* One that takes the pointer may begin a tooltip, and GTK 4.8 warns where its window goes before.
   */
  gtk_popover_set_autohide (GTK_POPOVER (find_past_runs (fixture->window)), FALSE);
  gtk_popover_popup (GTK_POPOVER (find_past_runs (fixture->window)));
  lf_test_wait_until (lf_test_tells (find_past_runs (fixture->window), " requests"));
  g_assert_false (lf_test_tells (fixture->window, "p95 0 ms"));
}

/* A window may close while a popover of it is open, by the window manager or a key. */
static void
test_open_popover (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = keep_run (fixture, "aaaaaaaaaaaaaaaaaaaaaaa1", LF_VERDICT_PASSED);
  GtkWidget *popover;

  lf_test_run_window_open (fixture, run);
  popover = find_past_runs (fixture->window);
  g_object_add_weak_pointer (G_OBJECT (popover), (gpointer *) &popover);
  gtk_popover_popup (GTK_POPOVER (popover));
  lf_test_wait_until (gtk_widget_get_mapped (popover));
  lf_test_run_window_destroy (fixture);
  lf_test_wait_until (popover == NULL); /* GTK 4.8 alone keeps it, and asks for tooltips over it */
}

static void
test_interrupted (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_run_window_keep (fixture, "aaaaaaaaaaaaaaaaaaaaaaa1",
                                                   LF_RUN_INTERRUPTED, LF_VERDICT_NONE);

  lf_test_run_window_open (fixture, run);
  lf_test_wait_until (lf_test_run_window_shows (fixture, "Interrupted after 1:00"));
  g_assert_true (
      lf_test_tells (fixture->window, "The program that ran it ended before the run did."));
  g_assert_false (lf_test_run_window_shows (fixture, "Stop"));
  lf_test_screenshot (fixture->window, "run-window-interrupted");
}

static guint
n_samples (LfTestRunWindow *fixture)
{
  return lf_samples_get_n (LF_RUN_WINDOW (fixture->window)->samples);
}

/* Another process makes the run: what that adds is shown, and its end; its record is left to it
 * until then. */
static void
test_going_on (LfTestRunWindow *fixture, gconstpointer data)
{
  LfStore *store = lf_workspace_get_store (fixture->workspace);
  g_autoptr (LfRun) run = lf_test_run_window_keep (fixture, "aaaaaaaaaaaaaaaaaaaaaaa1",
                                                   LF_RUN_RUNNING, LF_VERDICT_NONE);
  g_autoptr (LfRun) over = lf_test_make_run (LF_RUN_FINISHED, LF_VERDICT_PASSED, 61);
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (lf_record_free);
  g_autoptr (GPtrArray) lines = lf_test_make_lines (201, 1);
  g_autoptr (GAsyncResult) appended = NULL;
  g_autoptr (GAsyncResult) logged = NULL;
  g_autoptr (GAsyncResult) saved = NULL;
  guint n;

  lf_test_run_window_open (fixture, run);
  lf_test_wait_until (lf_test_run_window_shows (fixture, "200 lines"));
  n = g_list_model_get_n_items (gtk_window_get_toplevels ());
  lf_test_run_window_act (fixture, "win.details");
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, n);
  g_ptr_array_add (samples, lf_test_make_sample (61, 500, 4000, 0, 12));
  lf_store_append_samples_async (store, run->id, samples, NULL, lf_test_result_cb, &appended);
  lf_store_append_logs_async (store, run->id, lines, NULL, lf_test_result_cb, &logged);
  lf_test_wait_until (lf_test_run_window_shows (fixture, "201 lines"));
  g_assert_cmpuint (n_samples (fixture), ==, 61);
  lf_set_string (&over->id, run->id);
  lf_store_save_run_async (store, over, NULL, lf_test_result_cb, &saved);
  lf_test_wait_until (lf_test_run_window_shows (fixture, "Passed after 1:01"));
  g_assert_cmpuint (n_samples (fixture), ==, 61);
  g_assert_cmpuint (LF_RUN_WINDOW (fixture->window)->look_id, ==, 0);
}

static void
test_missing (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_make_run (LF_RUN_FINISHED, LF_VERDICT_PASSED, 60);

  lf_test_run_window_open (fixture, run);
  lf_test_wait_until (lf_test_run_window_shows (fixture, "The Run Cannot Be Read"));
  lf_test_screenshot (fixture->window, "run-window-missing");
  g_clear_pointer (&run, lf_run_free);
  run = keep_run (fixture, "0123456789abcdef01234567", LF_VERDICT_PASSED);
  lf_test_run_window_act (fixture, "win.reload");
  lf_test_wait_until (lf_test_run_window_shows (fixture, "Passed after 1:00"));
}

static void
test_narrow_dark (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = keep_run (fixture, "aaaaaaaaaaaaaaaaaaaaaaa1", LF_VERDICT_INVALID);
  AdwStyleManager *style = adw_style_manager_get_default ();

  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  lf_test_run_window_open (fixture, run);
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

typedef struct
{
  GtkWidget *window;
  LfRunSaving *saving; /* NULL at its end */
} Closing;

static gboolean
end_saving_cb (gpointer data)
{
  Closing *closing = data;

  _lf_run_window_end_saving (g_steal_pointer (&closing->saving), NULL);
  return G_SOURCE_REMOVE;
}

static void
close_while_saving_cb (GtkApplication *application, Closing *closing)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/run.json");

  gtk_window_set_application (GTK_WINDOW (closing->window), application);
  closing->saving = _lf_run_window_begin_saving (LF_RUN_WINDOW (closing->window), file);
  gtk_window_destroy (GTK_WINDOW (closing->window));
  g_idle_add_full (G_PRIORITY_LOW, end_saving_cb, closing, NULL);
}

/* The last window may be closed before a file is whole: the application waits for it. */
static void
test_closed_while_saving (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (GtkApplication) application =
      gtk_application_new ("io.github.loadforge.Test", G_APPLICATION_NON_UNIQUE);
  g_autoptr (LfRun) run = keep_run (fixture, "aaaaaaaaaaaaaaaaaaaaaaa1", LF_VERDICT_PASSED);
  Closing closing = { NULL };

  lf_test_run_window_open (fixture, run);
  closing.window = fixture->window;
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  g_signal_connect (application, "activate", G_CALLBACK (close_while_saving_cb), &closing);
  g_application_run (G_APPLICATION (application), 0, NULL);
  g_assert_null (closing.saving);
  lf_test_wait_until (fixture->window == NULL);
}

#define ADD(path, test)                                                                            \
  g_test_add ("/run-window/" path, LfTestRunWindow, NULL, lf_test_run_window_set_up, test,         \
              lf_test_run_window_tear_down)

int
main (int argc, char **argv)
{
  lf_test_ui_init (&argc, &argv);
  ADD ("stored", test_stored);
  ADD ("refused", test_refused);
  ADD ("interrupted", test_interrupted);
  ADD ("keyboard", test_keyboard);
  ADD ("past-runs", test_past_runs);
  ADD ("compare", test_compare);
  ADD ("going-on", test_going_on);
  ADD ("missing", test_missing);
  ADD ("open-popover", test_open_popover);
  ADD ("narrow-dark", test_narrow_dark);
  ADD ("closed-while-saving", test_closed_while_saving);
  return g_test_run ();
}
