#include "config.h"

#include "lf-level-control.h"
#include "lf-run-window.h"
#include "lf-target.h"
#include "lf-test-run.h"
#include "lf-test-ui.h"

/* What a person changes of a run while it goes on, from its window. */

typedef struct
{
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

static LfSpec *
make_spec (Fixture *fixture, const char *profile)
{
  g_autofree char *url = lf_target_get_url (fixture->target);
  g_autofree char *quoted = g_strdelimit (g_strdup (profile), "'", '"');
  g_autofree char *text =
      g_strdup_printf ("{\"name\": \"Checkout\", \"request\": {\"url\": \"%s/anything\"},"
                       " \"loadProfile\": %s}",
                       url, quoted);
  g_autoptr (GError) error = NULL;
  LfSpec *spec = lf_spec_from_text (text, -1, &error);

  g_assert_no_error (error);
  return spec;
}

/* Starts a run of @profile and opens its window. */
static void
set_up (Fixture *fixture, gconstpointer profile)
{
  LfTargetOptions options = { .address = "127.0.0.1:0", .delay_ms = 20 };
  g_autoptr (GAsyncResult) open = NULL;
  g_autoptr (GAsyncResult) run = NULL;
  g_autoptr (LfSpec) spec = NULL;
  g_autoptr (GError) error = NULL;

  lf_workspace_open_async ("none", NULL, result_cb, &open);
  fixture->workspace = lf_workspace_open_finish (wait_for (&open), &error);
  g_assert_no_error (error);
  fixture->target = lf_target_start (&options, &error);
  g_assert_no_error (error);
  spec = make_spec (fixture, profile);
  lf_run_manager_start_async (lf_workspace_get_runs (fixture->workspace), spec, NULL, NULL,
                              result_cb, &run);
  fixture->active = lf_run_manager_start_finish (lf_workspace_get_runs (fixture->workspace),
                                                 wait_for (&run), &error);
  g_assert_no_error (error);
  fixture->window = lf_run_window_new_for_active (NULL, fixture->workspace, fixture->active);
  gtk_window_present (GTK_WINDOW (fixture->window));
  lf_test_wait_until (lf_target_get_counts (fixture->target).requests > 0);
}

static gboolean
has_ended (Fixture *fixture)
{
  return !lf_run_is_active (lf_active_run_get_run (fixture->active));
}

static void
tear_down (Fixture *fixture, gconstpointer profile)
{
  lf_active_run_stop (fixture->active);
  lf_test_wait_until (has_ended (fixture));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lf_test_wait_until (fixture->window == NULL);
  g_clear_object (&fixture->active);
  g_clear_object (&fixture->workspace);
  g_clear_pointer (&fixture->target, lf_target_stop);
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

/* The button that does @action; NULL where none is shown. */
static GtkWidget *
find_button (GtkWidget *root, const char *action)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (root) && gtk_widget_get_mapped (root) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (root)), action) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, action);
  return found;
}

static GtkSpinButton *
find_level (Fixture *fixture)
{
  return GTK_SPIN_BUTTON (lf_test_find (fixture->window, GTK_TYPE_SPIN_BUTTON, NULL));
}

static gint64
users_now (Fixture *fixture)
{
  return lf_active_run_get_run (fixture->active)->progress->users;
}

static const char users[] = "{'executor': 'constant-vus', 'vus': 4, 'duration': 600}";

static void
test_pause (Fixture *fixture, gconstpointer profile)
{
  GtkWidget *button = find_button (fixture->window, "win.pause");
  guint samples;
  guint64 requests;

  g_assert_nonnull (button);
  g_assert_null (lf_test_find (fixture->window, GTK_TYPE_SPIN_BUTTON, NULL));
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Pause");
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (button), "Ctrl+P"));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpint (lf_active_run_get_status (fixture->active), ==, LF_RUN_PAUSED);
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Resume");
  lf_test_wait_until (shows (fixture, "nothing new is sent"));
  lf_test_screenshot (fixture->window, "run-window-paused");
  lf_test_wait_until (users_now (fixture) == 0);
  requests = lf_target_get_counts (fixture->target).requests;
  samples = lf_samples_get_n (lf_active_run_get_samples (fixture->active));
  lf_test_wait_until (lf_samples_get_n (lf_active_run_get_samples (fixture->active)) > samples);
  g_assert_cmpuint (lf_target_get_counts (fixture->target).requests, ==, requests);
  act (fixture, "win.pause");
  g_assert_cmpint (lf_active_run_get_status (fixture->active), ==, LF_RUN_RUNNING);
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Pause");
  lf_test_wait_until (lf_target_get_counts (fixture->target).requests > requests);
  act (fixture, "win.stop");
  g_assert_null (find_button (fixture->window, "win.pause"));
}

/* A run that is paused can be stopped, and says so. */
static void
test_stop_paused (Fixture *fixture, gconstpointer profile)
{
  act (fixture, "win.pause");
  act (fixture, "win.stop");
  lf_test_wait_until (has_ended (fixture));
  g_assert_cmpint (lf_active_run_get_status (fixture->active), ==, LF_RUN_STOPPED);
  g_assert_null (find_button (fixture->window, "win.pause"));
  g_assert_nonnull (find_button (fixture->window, "win.run-again"));
}

static const char by_hand[] = "{'executor': 'manual', 'vus': 2, 'maxVUs': 30}";

static void
test_users (Fixture *fixture, gconstpointer profile)
{
  GtkSpinButton *level = find_level (fixture);
  double most;

  g_assert_true (shows (fixture, "Users"));
  g_assert_cmpfloat (gtk_spin_button_get_value (level), ==, 2);
  gtk_spin_button_get_range (level, NULL, &most);
  g_assert_cmpfloat (most, ==, 30);
  lf_test_wait_until (users_now (fixture) == 2);
  gtk_spin_button_set_value (level, 9);
  lf_test_wait_until (users_now (fixture) == 9);
  lf_test_screenshot (fixture->window, "run-window-manual");
  /* What another face of the run sets is shown here too. */
  g_assert_true (lf_active_run_set_users (fixture->active, 5, NULL));
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  lf_test_wait_until (gtk_spin_button_get_value (level) == 5);
  act (fixture, "win.stop");
  lf_test_wait_until (has_ended (fixture));
  g_assert_null (lf_test_find (fixture->window, GTK_TYPE_SPIN_BUTTON, NULL));
  lf_test_wait_until (shows (fixture, "Latency"));
}

/* The slider moves the number at once, the run when it rests. */
static void
test_slider (Fixture *fixture, gconstpointer profile)
{
  GtkSpinButton *level = find_level (fixture);
  GtkWidget *slider = lf_test_find (fixture->window, GTK_TYPE_SCALE, NULL);
  GtkAdjustment *reach = gtk_range_get_adjustment (GTK_RANGE (slider));

  g_assert_cmpfloat (gtk_adjustment_get_upper (reach), ==, 30); /* maxVUs */
  for (guint n = 3; n <= 12; n++)
    gtk_range_set_value (GTK_RANGE (slider), n);
  g_assert_cmpfloat (gtk_spin_button_get_value (level), ==, 12);
  g_assert_cmpfloat (lf_active_run_get_level (fixture->active), ==, 2);
  lf_test_wait_until (lf_active_run_get_level (fixture->active) == 12);
  gtk_spin_button_set_value (level, 4);
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (slider)), ==, 4);
  lf_test_wait_until (users_now (fixture) == 4);
  gtk_range_set_value (GTK_RANGE (slider), 20); /* and away before it rests */
  act (fixture, "win.stop");
  lf_test_wait_until (has_ended (fixture));
}

/* A number beyond what the run allows stays as it was typed, and the load as it was. */
static void
test_typed (Fixture *fixture, gconstpointer profile)
{
  GtkSpinButton *level = find_level (fixture);

  gtk_widget_grab_focus (GTK_WIDGET (level));
  gtk_editable_set_text (GTK_EDITABLE (level), "31");
  gtk_spin_button_update (level); /* as when it is left */
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  g_assert_true (shows (fixture, "Is no number from 0 to 30"));
  lf_test_wait_until (users_now (fixture) == 2); /* a second later it still is */
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (level)), ==, "31");
  lf_test_screenshot (fixture->window, "run-window-manual-fault");
  gtk_editable_set_text (GTK_EDITABLE (level), "3");
  gtk_spin_button_update (level);
  g_assert_false (shows (fixture, "Is no number from 0 to 30"));
  lf_test_wait_until (users_now (fixture) == 3);
}

/* What cannot be is told, and the old number comes back. */
static void
test_refused (Fixture *fixture, gconstpointer profile)
{
  GtkSpinButton *level = find_level (fixture);

  gtk_spin_button_set_range (level, 0, 1000);
  gtk_spin_button_set_value (level, 31);
  g_assert_cmpfloat (gtk_spin_button_get_value (level), ==, 2);
  lf_test_wait_until (
      shows (fixture, "31 users are too many for this run: maxVUs, or the connections that this "
                      "machine may open, allow 30"));
}

static void
test_rate (Fixture *fixture, gconstpointer profile)
{
  GtkSpinButton *level = find_level (fixture);

  g_assert_true (shows (fixture, "Arrivals per second"));
  g_assert_cmpfloat (gtk_spin_button_get_value (level), ==, 5);
  gtk_spin_button_set_value (level, 80.5);
  g_assert_cmpfloat (lf_active_run_get_level (fixture->active), ==, 80.5);
  lf_test_wait_until (lf_active_run_get_run (fixture->active)->progress->rate > 60);
}

int
main (int argc, char **argv)
{
  lf_test_ui_init (&argc, &argv);
  g_test_add ("/run-control/pause", Fixture, users, set_up, test_pause, tear_down);
  g_test_add ("/run-control/stop-paused", Fixture, users, set_up, test_stop_paused, tear_down);
  g_test_add ("/run-control/users", Fixture, by_hand, set_up, test_users, tear_down);
  g_test_add ("/run-control/slider", Fixture, by_hand, set_up, test_slider, tear_down);
  g_test_add ("/run-control/typed", Fixture, by_hand, set_up, test_typed, tear_down);
  g_test_add ("/run-control/refused", Fixture, by_hand, set_up, test_refused, tear_down);
  g_test_add ("/run-control/rate", Fixture,
              "{'executor': 'manual', 'rate': 5, 'preAllocatedVUs': 50}", set_up, test_rate,
              tear_down);
  return g_test_run ();
}
