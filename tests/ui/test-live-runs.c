#include "config.h"

#include "lf-test-run-window.h"
#include "lf-test-run.h"
#include "lf-test-ui.h"

#include "lf-live-runs.h"
#include "lf-settings.h"
#include "lf-window-state.h"

static void
destroy (gpointer window)
{
  g_object_add_weak_pointer (window, &window);
  gtk_window_destroy (window);
  lf_test_wait_until (window == NULL);
}

static void
start (LfTestRunWindow *fixture)
{
  g_autofree char *url = lf_target_get_url (fixture->target);

  lf_test_run_window_start (fixture, url, 60, 0);
}

static void
wait_for_runs (LfTestRunWindow *fixture, guint n)
{
  GListModel *active = lf_run_manager_get_active (lf_workspace_get_runs (fixture->workspace));

  lf_test_wait_until (g_list_model_get_n_items (active) == n);
}

/* Two at once: counted, listed with their time, stopped one after the other. */
static void
test_two (LfTestRunWindow *fixture, gconstpointer data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *runs =
      g_object_new (LF_TYPE_LIVE_RUNS, "halign", GTK_ALIGN_CENTER, "valign", GTK_ALIGN_START, NULL);
  g_autoptr (LfActiveRun) first = NULL;
  GtkWidget *stop;

  gtk_window_set_default_size (GTK_WINDOW (window), 360, 240);
  gtk_window_set_child (GTK_WINDOW (window), runs);
  gtk_window_present (GTK_WINDOW (window));
  lf_live_runs_set_runs (LF_LIVE_RUNS (runs), lf_workspace_get_runs (fixture->workspace));
  g_assert_false (gtk_widget_get_visible (runs));

  start (fixture);
  lf_test_wait_until (lf_test_find (runs, GTK_TYPE_LABEL, "1") != NULL);
  lf_test_run_window_destroy (fixture);
  first = g_steal_pointer (&fixture->active);
  start (fixture);
  lf_test_wait_until (lf_test_find (runs, GTK_TYPE_LABEL, "2") != NULL);

  gtk_menu_button_popup (GTK_MENU_BUTTON (gtk_widget_get_first_child (runs)));
  lf_test_wait_until (lf_test_tells (runs, "of 1:00"));
  lf_test_wait_until (lf_test_tells (runs, "Running"));
  lf_test_screenshot (lf_test_find (runs, GTK_TYPE_POPOVER, NULL), "live-runs");
  stop = gtk_widget_get_ancestor (
      lf_test_find (lf_test_find (runs, GTK_TYPE_LIST_BOX_ROW, NULL), GTK_TYPE_IMAGE, NULL),
      GTK_TYPE_BUTTON);
  g_signal_emit_by_name (stop, "clicked");
  g_assert_false (
      gtk_widget_is_sensitive (stop)); /* pressed again, it would not wait for answers */
  wait_for_runs (fixture, 1);
  lf_active_run_stop (first);
  lf_active_run_stop (fixture->active);
  wait_for_runs (fixture, 0);
  g_assert_false (gtk_widget_get_visible (runs));
  destroy (window);
}

static void
test_state (void)
{
  g_autoptr (GSettings) settings = lf_settings_new ();
  GtkWidget *window = gtk_window_new ();
  int width, height;

  g_assert_nonnull (settings);
  gtk_window_set_default_size (GTK_WINDOW (window), 555, 444);
  gtk_window_present (GTK_WINDOW (window));
  lf_test_wait_until (gtk_widget_get_mapped (window));
  lf_window_state_keep (GTK_WINDOW (window), "run-window");
  destroy (window);

  window = gtk_window_new ();
  lf_window_state_restore (GTK_WINDOW (window), "run-window");
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_assert_cmpint (width, ==, 555);
  g_assert_cmpint (height, ==, 444);
  lf_window_state_keep (GTK_WINDOW (window), "run-window"); /* it was never shown */
  g_assert_cmpint (g_settings_get_int (settings, "run-window-width"), ==, 555);
  destroy (window);
}

int
main (int argc, char *argv[])
{
  lf_test_use_schemas ();
  lf_test_ui_init (&argc, &argv);
  g_test_add ("/ui/live-runs/two", LfTestRunWindow, NULL, lf_test_run_window_set_up, test_two,
              lf_test_run_window_tear_down);
  g_test_add_func ("/ui/window-state", test_state);
  return g_test_run ();
}
