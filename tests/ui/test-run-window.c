#include "config.h"

#include "lf-run-window.h"
#include "lf-test-run-window.h"
#include "lf-test-run.h"
#include "lf-test-ui.h"

#include <string.h>

static void
start (LfTestRunWindow *fixture, double seconds)
{
  g_autofree char *url = lf_target_get_url (fixture->target);

  lf_test_run_window_start (fixture, url, seconds, 0);
}

static void
test_live (LfTestRunWindow *fixture, gconstpointer data)
{
  const LfSummary *summary;
  g_autofree char *total = NULL;
  g_autofree char *again = NULL;

  start (fixture, 3);
  lf_test_wait_until (lf_test_run_window_shows (fixture, "Stop"));
  g_assert_true (lf_run_window_get_active (LF_RUN_WINDOW (fixture->window)) == fixture->active);
  lf_test_wait_until (lf_test_run_window_shows (fixture, "last second"));
  lf_test_wait_until (lf_test_find (fixture->window, GTK_TYPE_INSCRIPTION,
                                    "Stage 1 of 1: 4 users for 3 s") != NULL);
  lf_test_screenshot (fixture->window, "run-window-live");
  lf_test_wait_until (lf_test_run_window_shows (fixture, "Latency"));
  g_assert_null (lf_run_window_get_active (LF_RUN_WINDOW (fixture->window)));
  g_assert_false (lf_test_run_window_shows (fixture, "Stop"));
  summary = lf_active_run_get_run (fixture->active)->summary;
  g_assert_cmpint (summary->verdict, ==, LF_VERDICT_PASSED);
  g_assert_cmpint (summary->requests->total, ==, lf_target_get_counts (fixture->target).requests);
  total = g_strdup_printf ("%d", (int) summary->requests->total);
  lf_test_wait_until (lf_test_run_window_shows (fixture, total));
  lf_test_screenshot (fixture->window, "run-window-ended");

  again = g_strdup (lf_run_window_get_run_id (LF_RUN_WINDOW (fixture->window)));
  lf_test_run_window_act (fixture, "win.run-again");
  lf_test_wait_until (lf_run_window_get_active (LF_RUN_WINDOW (fixture->window)) != NULL);
  g_assert_cmpstr (lf_run_window_get_run_id (LF_RUN_WINDOW (fixture->window)), !=, again);
  g_assert_true (lf_test_run_window_shows (fixture, "Stop"));
  g_set_object (&fixture->active, lf_run_window_get_active (LF_RUN_WINDOW (fixture->window)));
}

/* The demo's target went with the program that ran it, and comes back for another run. */
static void
test_demo_again (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (LfDemo) demo = lf_demo_new ();
  LfRunWindow *window;

  start (fixture, 0.5);
  lf_test_wait_until (lf_test_run_window_shows (fixture, "Latency"));
  g_clear_pointer (&fixture->target, lf_target_stop);
  window = LF_RUN_WINDOW (fixture->window);
  lf_run_window_set_demo (window, demo);
  lf_test_run_window_act (fixture, "win.run-again");
  lf_test_wait_until (lf_run_window_get_active (window) != NULL);
  g_set_object (&fixture->active, lf_run_window_get_active (window));
  lf_test_wait_until (lf_run_window_get_active (window) == NULL &&
                      lf_test_run_window_shows (fixture, "Latency"));
  g_assert_cmpint (lf_active_run_get_run (fixture->active)->summary->requests->failed, ==, 0);
}

/* A window opens before its load takes the processor. */
static void
test_head_start (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autofree char *url = lf_target_get_url (fixture->target);
  gint64 before = g_get_monotonic_time ();

  lf_test_run_window_start (fixture, url, 1, 700);
  lf_test_wait_until (lf_target_get_counts (fixture->target).requests > 0);
  g_assert_cmpint (g_get_monotonic_time () - before, >=, 700000);
  lf_test_wait_until (lf_test_tells (fixture->window, "Passed after "));
}

static gboolean
can_stop_now (LfTestRunWindow *fixture)
{
  GtkWidget *label = lf_test_find (fixture->window, GTK_TYPE_LABEL, "Stop Now");

  return label != NULL &&
         gtk_widget_is_sensitive (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON));
}

/* First nothing new is sent; the second press cuts off what runs, but not that of a double click.
 */
static void
test_stop (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autofree char *url = lf_target_get_url (fixture->target);
  g_autofree char *slow = g_strdup_printf ("%s/delay/60000?", url);

  lf_test_run_window_start (fixture, slow, 600, 0);
  lf_test_wait_until (lf_target_get_counts (fixture->target).connections == 4);
  lf_test_run_window_act (fixture, "win.stop");
  lf_test_run_window_act (fixture, "win.stop");
  g_assert_cmpint (lf_active_run_get_status (fixture->active), ==, LF_RUN_STOPPING);
  g_assert_true (lf_test_run_window_shows (fixture, "waiting for running requests"));
  lf_test_wait_until (can_stop_now (fixture));
  g_assert_cmpint (lf_active_run_get_status (fixture->active), ==, LF_RUN_STOPPING);
  lf_test_run_window_act (fixture, "win.stop");
  lf_test_wait_until (lf_test_has_ended (fixture->active));
  lf_test_wait_until (lf_test_run_window_shows (fixture, "Latency"));
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
test_close_keeps (LfTestRunWindow *fixture, gconstpointer data)
{
  start (fixture, 600);
  gtk_window_close (GTK_WINDOW (fixture->window));
  answer ("Cancel");
  g_assert_true (gtk_widget_get_mapped (fixture->window));
  g_assert_false (lf_test_has_ended (fixture->active));

  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_close (GTK_WINDOW (fixture->window));
  answer ("Keep Running");
  lf_test_wait_until (fixture->window == NULL);
  g_assert_cmpint (lf_active_run_get_status (fixture->active), ==, LF_RUN_RUNNING);
}

static void
test_close_stops (LfTestRunWindow *fixture, gconstpointer data)
{
  start (fixture, 600);
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_close (GTK_WINDOW (fixture->window));
  answer ("Stop and Close");
  lf_test_wait_until (fixture->window == NULL);
  lf_test_wait_until (lf_test_has_ended (fixture->active));
}

/* A live run goes on while windows that follow it come and go, and none stays behind. */
static void
test_many (LfTestRunWindow *fixture, gconstpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint before;

  start (fixture, 600);
  lf_test_wait_until (lf_test_run_window_shows (fixture, "last second"));
  before = g_list_model_get_n_items (windows);
  for (guint i = 0; i < 100; i++)
    {
      GtkWidget *window = lf_run_window_new_for_active (NULL, fixture->workspace, fixture->active);

      g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
      gtk_window_present (GTK_WINDOW (window));
      gtk_window_destroy (GTK_WINDOW (window));
      lf_test_wait_until (window == NULL);
    }
  g_assert_cmpuint (g_list_model_get_n_items (windows), ==, before);
  g_assert_cmpint (lf_active_run_get_status (fixture->active), ==, LF_RUN_RUNNING);
}

#define ADD(path, test)                                                                            \
  g_test_add ("/run-window/" path, LfTestRunWindow, NULL, lf_test_run_window_set_up, test,         \
              lf_test_run_window_tear_down)

int
main (int argc, char **argv)
{
  lf_test_ui_init (&argc, &argv);
  ADD ("live", test_live);
  ADD ("demo-again", test_demo_again);
  ADD ("head-start", test_head_start);
  ADD ("stop", test_stop);
  ADD ("close-keeps", test_close_keeps);
  ADD ("close-stops", test_close_stops);
  ADD ("many", test_many);
  return g_test_run ();
}
