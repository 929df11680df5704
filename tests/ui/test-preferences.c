#include "config.h"

#include "lf-test-run.h"
#include "lf-test-specs.h"
#include "lf-test-ui.h"
#include "lf-test-window.h"

#include "lf-id.h"
#include "lf-preferences-private.h"
#include "lf-run-start.h"
#include "lf-settings.h"

typedef struct
{
  GSettings *settings;
  LfPasswordKeeper *keeper;
  LfRemoteAccess *remote;
  LfStore *store; /* in use */
  LfPreferences *window;
} Fixture;

static void
open_window (Fixture *fixture)
{
  fixture->window =
      LF_PREFERENCES (lf_preferences_new (fixture->settings, fixture->keeper, fixture->remote));
  lf_preferences_set_store (fixture->window, fixture->store, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
show_store (Fixture *fixture)
{
  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (fixture->window), "store");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->settings = lf_settings_new ();
  g_assert_nonnull (fixture->settings);
  fixture->keeper = lf_password_keeper_new ();
  fixture->store = lf_test_specs_open ();
  fixture->remote = lf_remote_access_new (fixture->settings);
  open_window (fixture);
}

static void
reset (GSettings *settings)
{
  static const char *const keys[] = { "store",           "mongo-uri",        "workers",
                                      "max-sockets",     "timeout",          "user-agent",
                                      "connect-timeout", "notify-when-done", "keep-runs",
                                      "keep-days" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (settings, keys[i]);
}

static void
close_window (Fixture *fixture)
{
  gpointer window = fixture->window;

  g_object_add_weak_pointer (window, &window);
  gtk_window_destroy (window);
  lf_test_wait_until (window == NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_window (fixture);
  reset (fixture->settings);
  g_object_unref (fixture->settings);
  g_object_unref (fixture->keeper);
  lf_test_specs_close (fixture->store);
  g_object_unref (fixture->remote);
}

static void
write_text (gpointer row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
test_load (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autofree char *before = lf_record_to_text (spec, FALSE);
  g_autofree char *unchanged = NULL;

  lf_settings_fill_spec (fixture->settings, spec);
  unchanged = lf_record_to_text (spec, FALSE);
  g_assert_cmpuint (strlen (unchanged), <=, strlen (before) + strlen (",\"http\":{}"));

  gtk_spin_button_set_value (fixture->window->workers, 3);
  gtk_spin_button_set_value (fixture->window->sockets, 700);
  gtk_spin_button_set_value (fixture->window->timeout, 7.5);
  write_text (fixture->window->user_agent, "checkout-test/1");
  gtk_switch_set_active (fixture->window->notify, FALSE);
  g_assert_cmpuint (lf_settings_get_number (fixture->settings, "workers"), ==, 3);
  g_assert_cmpuint (lf_settings_get_number (fixture->settings, "max-sockets"), ==, 700);
  g_assert_false (lf_settings_get_notify (fixture->settings));
  lf_settings_fill_spec (fixture->settings, spec);
  g_assert_cmpfloat (spec->http->timeout, ==, 7.5);
  g_assert_cmpstr (spec->http->user_agent, ==, "checkout-test/1");
  lf_test_screenshot (GTK_WIDGET (fixture->window), "preferences-load");
}

/* What is beyond the range is told in its row, and kept nowhere. */
static void
test_bad_number (Fixture *fixture, gconstpointer data)
{
  GtkSpinButton *workers = fixture->window->workers;
  AdwActionRow *row = fixture->window->workers_row;
  g_autofree char *plain = g_strdup (adw_action_row_get_subtitle (row));

  gtk_spin_button_set_value (workers, 3);
  write_text (workers, "5000");
  gtk_spin_button_update (workers); /* as when it is left */
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (workers)), ==, "5000");
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, "Is no number from 0 to 1024");
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (workers), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_cmpuint (lf_settings_get_number (fixture->settings, "workers"), ==, 3);
  lf_test_screenshot (GTK_WIDGET (fixture->window), "preferences-bad-number");
  write_text (workers, "12");
  gtk_spin_button_update (workers);
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, plain);
  g_assert_cmpuint (lf_settings_get_number (fixture->settings, "workers"), ==, 12);
}

static void
test_bad_agent (Fixture *fixture, gconstpointer data)
{
  g_autofree char *kept = NULL;
  int end = 6;

  write_text (fixture->window->user_agent, "good/1");
  gtk_editable_insert_text (GTK_EDITABLE (fixture->window->user_agent), "ö", -1, &end);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window->agent_problem)));
  kept = g_settings_get_string (fixture->settings, "user-agent");
  g_assert_cmpstr (kept, ==, "good/1");
  lf_test_screenshot (GTK_WIDGET (fixture->window), "preferences-bad-agent");
  write_text (fixture->window->user_agent, "");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->window->agent_problem)));
}

/* The address that is kept has no password, wherever that was written. */
static void
test_password (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = NULL;

  show_store (fixture);
  gtk_check_button_set_active (fixture->window->mongodb, TRUE);
  g_assert_cmpint (lf_settings_get_store (fixture->settings), ==, LF_SETTINGS_STORE_MONGODB);
  write_text (fixture->window->uri, "mongodb://me:s3cret%21@db.example/loadforge");
  g_signal_emit_by_name (fixture->window->uri, "apply");
  uri = lf_settings_get_mongo_uri (fixture->settings);
  g_assert_cmpstr (uri, ==, "mongodb://me@db.example/loadforge");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->window->password)), ==, "s3cret!");
  lf_test_wait_until (lf_test_find (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL,
                                    "No secret service answers: the password is kept until "
                                    "LoadForge ends.") != NULL);
  close_window (fixture);
  open_window (fixture); /* it finds both again */
  lf_test_wait_until (
      g_str_equal (gtk_editable_get_text (GTK_EDITABLE (fixture->window->password)), "s3cret!"));
  g_assert_true (gtk_check_button_get_active (fixture->window->mongodb));
}

static void
test_bad_uri (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = NULL;

  show_store (fixture);
  gtk_check_button_set_active (fixture->window->mongodb, TRUE);
  write_text (fixture->window->uri, "localhost:27017");
  g_signal_emit_by_name (fixture->window->uri, "apply");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window->uri_problem)));
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (fixture->window->test_button)));
  uri = lf_settings_get_mongo_uri (fixture->settings);
  g_assert_cmpstr (uri, ==, "");
  lf_test_screenshot (GTK_WIDGET (fixture->window), "preferences-bad-uri");
}

static void
press_test (Fixture *fixture)
{
  show_store (fixture);
  gtk_check_button_set_active (fixture->window->mongodb, TRUE);
  write_text (fixture->window->uri, "mongodb://127.0.0.1:1/loadforge");
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (fixture->window->test_button)));
  g_signal_emit_by_name (fixture->window->test_button, "clicked");
}

static void
test_test (Fixture *fixture, gconstpointer data)
{
  press_test (fixture);
  lf_test_wait_until (lf_test_find (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL,
                                    "This store cannot be used yet.") != NULL);
  g_assert_nonnull (
      lf_test_find (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, "The server's name is known"));
  g_assert_nonnull (
      lf_test_find (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, "The server does not answer"));
  lf_test_screenshot (GTK_WIDGET (fixture->window), "preferences-store");
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  press_test (fixture);
  g_signal_emit_by_name (fixture->window->test_button, "clicked");
  g_assert_null (fixture->window->check);
  press_test (fixture); /* closed while it goes on */
}

static void
test_override (Fixture *fixture, gconstpointer data)
{
  lf_preferences_set_store (fixture->window, fixture->store, "sqlite:/tmp/other.db");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (fixture->window->in_use), "--store"));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 640);
  show_store (fixture);
  lf_test_screenshot (GTK_WIDGET (fixture->window), "preferences-narrow");
}

/* What an address says of user and authority stands in rows of its own, and can be changed there.
 */
static void
test_address (Fixture *fixture, gconstpointer data)
{
  g_autofree char *kept = NULL;
  g_autofree char *changed = NULL;

  show_store (fixture);
  gtk_check_button_set_active (fixture->window->mongodb, TRUE);
  write_text (fixture->window->uri, "mongodb://me@db.example/loadforge?tlsCAFile=/etc/ca.pem");
  g_signal_emit_by_name (fixture->window->uri, "apply");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->window->uri)), ==,
                   "mongodb://db.example/loadforge");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->window->user)), ==, "me");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->window->authority)), ==,
                   "/etc/ca.pem");
  kept = lf_settings_get_mongo_uri (fixture->settings);
  g_assert_cmpstr (kept, ==, "mongodb://me@db.example/loadforge?tlsCAFile=/etc/ca.pem");
  write_text (fixture->window->user, "you");
  write_text (fixture->window->authority, "");
  g_signal_emit_by_name (fixture->window->authority, "apply");
  changed = lf_settings_get_mongo_uri (fixture->settings);
  g_assert_cmpstr (changed, ==, "mongodb://you@db.example/loadforge");
  lf_test_screenshot (GTK_WIDGET (fixture->window), "preferences-address");
}

static gboolean
copy_says (Fixture *fixture, const char *words)
{
  const char *said = adw_action_row_get_subtitle (ADW_ACTION_ROW (fixture->window->copy_row));

  return said != NULL && strstr (said, words) != NULL;
}

static void
copy (Fixture *fixture)
{
  g_autofree char *uri = g_strdup_printf ("sqlite:%s/copy.db", g_get_tmp_dir ());

  lf_copy_row_start (fixture->window->copy_row, uri);
}

/* Twice: the second time finds all of it there. Closed in the middle, it ends. */
static void
test_copy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) one = lf_test_specs_save (fixture->store, "One", "http://127.0.0.1:9/");
  g_autoptr (LfSpec) two = lf_test_specs_save (fixture->store, "Two", "http://127.0.0.1:9/");

  show_store (fixture);
  g_signal_emit_by_name (
      lf_test_find (GTK_WIDGET (fixture->window->copy_row), GTK_TYPE_BUTTON, NULL), "clicked");
  lf_test_wait_until (lf_test_find (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL,
                                    "Choose MongoDB and write its address first.") != NULL);
  copy (fixture);
  lf_test_wait_until (copy_says (fixture, "Copied: 2 specs, 0 runs, 0 files"));
  copy (fixture);
  lf_test_wait_until (copy_says (fixture, "2 were there already"));
  lf_test_screenshot (GTK_WIDGET (fixture->window), "preferences-copied");
  copy (fixture);
}

static void
save_runs (Fixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LfRun) run = lf_run_new ();
      g_autoptr (GAsyncResult) result = NULL;

      lf_set_string (&run->schema, LF_RUN_SCHEMA);
      run->id = lf_id_new ();
      lf_set_string (&run->spec_id, "5a5a5a5a5a5a5a5a5a5a5a5a");
      lf_set_string (&run->spec_name, "Checkout");
      run->status = LF_RUN_FINISHED;
      run->started_at = run->ended_at = G_GINT64_CONSTANT (1600000000000) + i * 1000;
      lf_store_save_run_async (fixture->store, run, NULL, lf_test_specs_got_cb, &result);
      lf_test_wait_until (result != NULL);
      g_assert_true (lf_store_save_run_finish (fixture->store, result, NULL));
    }
}

static GtkWidget *
find_button (Fixture *fixture, const char *words)
{
  GtkWidget *label =
      lf_test_find (GTK_WIDGET (fixture->window->prune_group), GTK_TYPE_LABEL, words);

  return gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);
}

static void
press (Fixture *fixture, const char *words)
{
  g_signal_emit_by_name (find_button (fixture, words), "clicked");
}

static gboolean
prune_says (Fixture *fixture, const char *words)
{
  return lf_test_find (GTK_WIDGET (fixture->window->prune_group), GTK_TYPE_LABEL, words) != NULL;
}

static guint
count_runs (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) runs = NULL;

  lf_store_list_runs_async (fixture->store, NULL, NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  runs = lf_store_list_runs_finish (fixture->store, result, NULL);
  return runs->len;
}

static void
delete_old (Fixture *fixture)
{
  press (fixture, "Preview…");
  lf_test_window_answer ("Delete 3 Runs?", "Delete");
  lf_test_wait_until (prune_says (fixture, "3 runs go when Preferences is closed."));
}

static void
test_prune (Fixture *fixture, gconstpointer data)
{
  LfPruneGroup *group = fixture->window->prune_group;

  save_runs (fixture, 53);
  show_store (fixture);
  lf_test_wait_until (prune_says (fixture, "Preview…"));
  press (fixture, "Preview…");
  lf_test_wait_until (lf_test_window_find_dialog () != NULL);
  lf_test_screenshot (GTK_WIDGET (lf_test_window_find_dialog ()), "prune-preview");
  lf_test_window_answer ("Delete 3 Runs?", "Cancel");
  delete_old (fixture);
  gtk_widget_grab_focus (find_button (fixture, "Undo")); /* in view */
  lf_test_screenshot (GTK_WIDGET (fixture->window), "prune-undo");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 640);
  lf_test_screenshot (GTK_WIDGET (fixture->window), "prune-undo-narrow");
  g_assert_true (lf_test_fits (GTK_WIDGET (group)));
  press (fixture, "Undo");
  g_assert_false (prune_says (fixture, "3 runs go when Preferences is closed."));
  lf_prune_group_set_store (group, NULL);
  g_assert_cmpuint (count_runs (fixture), ==, 53);

  lf_prune_group_set_store (group, fixture->store);
  delete_old (fixture);
  g_assert_cmpuint (count_runs (fixture), ==, 53);
  lf_prune_group_set_store (group, NULL);
  lf_test_wait_until (count_runs (fixture) == 50);
  lf_prune_group_set_store (group, fixture->store);
  press (fixture, "Preview…");
  lf_test_wait_until (prune_says (fixture, "No run is that old."));
}

/* Closed, it deletes what was let go; and the numbers are there again when it is opened. */
static void
test_prune_closed (Fixture *fixture, gconstpointer data)
{
  save_runs (fixture, 53);
  show_store (fixture);
  lf_test_wait_until (prune_says (fixture, "Preview…"));
  delete_old (fixture);
  g_settings_set_uint (fixture->settings, "keep-runs", 7);
  close_window (fixture);
  open_window (fixture);
  show_store (fixture);
  lf_test_wait_until (count_runs (fixture) == 50);
  press (fixture, "Preview…");
  lf_test_window_answer ("Delete 43 Runs?", "Cancel");
}

/* The store that is left stays open until the last of them is deleted. */
static void
test_prune_left (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = g_strdup_printf ("sqlite:%s/test.db", g_get_tmp_dir ());
  g_autoptr (LfWorkspace) workspace = lf_test_window_open_workspace (uri, NULL);
  g_autoptr (LfSpecLibrary) library = lf_spec_library_new (workspace);
  g_autoptr (GAsyncResult) flushed = NULL;
  LfStore *store = lf_workspace_get_store (workspace);
  LfPruneGroup *group = fixture->window->prune_group;

  save_runs (fixture, 53);
  lf_test_wait_until (lf_spec_library_is_loaded (library));
  lf_preferences_set_store (fixture->window, store, NULL);
  lf_preferences_set_library (fixture->window, library);
  show_store (fixture);
  lf_test_wait_until (prune_says (fixture, "Preview…"));
  delete_old (fixture);
  lf_prune_group_set_store (group, NULL);
  lf_spec_library_flush_async (library, lf_test_specs_got_cb, &flushed);
  lf_test_wait_until (flushed != NULL);
  g_assert_cmpuint (count_runs (fixture), ==, 50);
  g_clear_object (&flushed);
  lf_store_close_async (store, lf_test_specs_got_cb, &flushed);
  lf_test_wait_until (flushed != NULL);
}

static void
count_cb (GtkWidget *window, guint *count)
{
  (*count)++;
}

/* What was typed and tested counts for the switch, although nobody pressed Apply. */
static void
test_switch (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = NULL;
  guint switches = 0;

  g_signal_connect (fixture->window, "switch-store", G_CALLBACK (count_cb), &switches);
  show_store (fixture);
  gtk_check_button_set_active (fixture->window->mongodb, TRUE);
  write_text (fixture->window->uri, "http://nowhere/");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "preferences.switch-store", NULL);
  g_assert_cmpuint (switches, ==, 0);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window->uri_problem)));
  write_text (fixture->window->uri, "mongodb://nowhere.invalid/loads");
  write_text (fixture->window->user, "me");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "preferences.switch-store", NULL);
  g_assert_cmpuint (switches, ==, 1);
  uri = lf_settings_get_mongo_uri (fixture->settings);
  g_assert_cmpstr (uri, ==, "mongodb://me@nowhere.invalid/loads");
}

int
main (int argc, char *argv[])
{
  lf_test_use_schemas ();
  lf_test_ui_init (&argc, &argv);
  g_test_add ("/ui/preferences/address", Fixture, NULL, set_up, test_address, tear_down);
  g_test_add ("/ui/preferences/copy", Fixture, NULL, set_up, test_copy, tear_down);
  g_test_add ("/ui/preferences/prune", Fixture, NULL, set_up, test_prune, tear_down);
  g_test_add ("/ui/preferences/prune-closed", Fixture, NULL, set_up, test_prune_closed, tear_down);
  g_test_add ("/ui/preferences/prune-left", Fixture, NULL, set_up, test_prune_left, tear_down);
  g_test_add ("/ui/preferences/load", Fixture, NULL, set_up, test_load, tear_down);
  g_test_add ("/ui/preferences/bad-agent", Fixture, NULL, set_up, test_bad_agent, tear_down);
  g_test_add ("/ui/preferences/bad-number", Fixture, NULL, set_up, test_bad_number, tear_down);
  g_test_add ("/ui/preferences/password", Fixture, NULL, set_up, test_password, tear_down);
  g_test_add ("/ui/preferences/bad-uri", Fixture, NULL, set_up, test_bad_uri, tear_down);
  g_test_add ("/ui/preferences/test", Fixture, NULL, set_up, test_test, tear_down);
  g_test_add ("/ui/preferences/cancel", Fixture, NULL, set_up, test_cancel, tear_down);
  g_test_add ("/ui/preferences/switch", Fixture, NULL, set_up, test_switch, tear_down);
  g_test_add ("/ui/preferences/override", Fixture, NULL, set_up, test_override, tear_down);
  return g_test_run ();
}
