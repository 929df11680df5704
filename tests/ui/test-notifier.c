#include "config.h"

#include "lf-test-run-window.h"
#include "lf-test-ui.h"

#include "lf-notifier.h"
#include "lf-scheduler-private.h"
#include "lf-settings.h"

/* A desktop that is told: what other programs see as org.freedesktop.Notifications. */
typedef struct
{
  LfTestRunWindow run;
  GDBusConnection *bus;
  GApplication *application;
  LfNotifier *notifier;
  guint name;
  guint object;
  guint n_told;
  char *summary;
  char *body;
  char *opened; /* the parameter of app.open-run */
} Fixture;

static const char interface_xml[] =
    "<node><interface name='org.freedesktop.Notifications'>"
    "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='as' direction='in'/><arg type='a{sv}' direction='in'/><arg type='i' "
    "direction='in'/>"
    "<arg type='u' direction='out'/></method>"
    "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
    "<signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>"
    "</interface></node>";

static void
called_cb (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer user_data)
{
  Fixture *fixture = user_data;

  if (!g_str_equal (method, "Notify"))
    {
      g_dbus_method_invocation_return_value (invocation, NULL);
      return;
    }
  g_clear_pointer (&fixture->summary, g_free);
  g_clear_pointer (&fixture->body, g_free);
  g_variant_get_child (parameters, 3, "s", &fixture->summary);
  g_variant_get_child (parameters, 4, "s", &fixture->body);
  fixture->n_told++;
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", 7));
}

static void
named_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static void
listen (Fixture *fixture)
{
  static const GDBusInterfaceVTable vtable = { called_cb, NULL, NULL, { NULL } };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface_xml, NULL);
  g_autoptr (GError) error = NULL;
  gboolean named = FALSE;

  fixture->bus =
      g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->object =
      g_dbus_connection_register_object (fixture->bus, "/org/freedesktop/Notifications",
                                         node->interfaces[0], &vtable, fixture, NULL, &error);
  g_assert_no_error (error);
  fixture->name =
      g_bus_own_name_on_connection (fixture->bus, "org.freedesktop.Notifications",
                                    G_BUS_NAME_OWNER_FLAGS_NONE, named_cb, NULL, &named, NULL);
  lf_test_wait_until (named);
}

static void
open_run_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_free (fixture->opened);
  fixture->opened = g_variant_dup_string (parameter, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const GActionEntry entries[] = { { "open-run", open_run_cb, "s" } };
  g_autoptr (GError) error = NULL;

  listen (fixture);
  lf_test_run_window_set_up (&fixture->run, data);
  fixture->application = G_APPLICATION (gtk_application_new (data, G_APPLICATION_DEFAULT_FLAGS));
  g_action_map_add_action_entries (G_ACTION_MAP (fixture->application), entries, 1, fixture);
  g_application_register (fixture->application, NULL, &error);
  g_assert_no_error (error);
  fixture->notifier =
      lf_notifier_new (fixture->application, lf_workspace_get_runs (fixture->run.workspace));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->notifier);
  lf_test_run_window_tear_down (&fixture->run, data);
  g_object_unref (fixture->application);
  g_bus_unown_name (fixture->name);
  g_dbus_connection_unregister_object (fixture->bus, fixture->object);
  g_dbus_connection_close_sync (fixture->bus, NULL, NULL);
  g_object_unref (fixture->bus);
  g_free (fixture->summary);
  g_free (fixture->body);
  g_free (fixture->opened);
}

static char *
run_once (Fixture *fixture)
{
  g_autofree char *url = lf_target_get_url (fixture->run.target);

  lf_test_run_window_start (&fixture->run, url, 0.5, 0);
  lf_test_run_window_wait_kept (&fixture->run);
  return g_strdup (lf_active_run_get_run (fixture->run.active)->id);
}

static void
assert_silent (Fixture *fixture)
{
  g_autoptr (GSettings) settings = lf_settings_new ();

  g_settings_set_boolean (settings, "notify-when-done", FALSE);
  g_free (run_once (fixture));
  lf_test_run_window_destroy (&fixture->run);
  g_clear_object (&fixture->run.active);
  g_settings_set_boolean (settings, "notify-when-done", TRUE);
}

/* The window of the run belongs to no application here, so it is not in front. What the first run
 * would have told is on the bus before what the second tells. */
static void
test_told (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;

  assert_silent (fixture);
  id = run_once (fixture);
  lf_test_wait_until (fixture->n_told == 1);
  g_assert_nonnull (strstr (fixture->summary, "has ended"));
  g_assert_nonnull (strstr (fixture->body, "p95"));
  g_dbus_connection_emit_signal (fixture->bus, NULL, "/org/freedesktop/Notifications",
                                 "org.freedesktop.Notifications", "ActionInvoked",
                                 g_variant_new ("(us)", 7, "default"), NULL);
  lf_test_wait_until (fixture->opened != NULL);
  g_assert_cmpstr (fixture->opened, ==, id);
}

#define DUE ((gint64) 20000 * 86400000) /* ms: a midnight */

static gint64
fake_clock (gpointer user_data)
{
  return *(gint64 *) user_data;
}

/* A spec against the target, due at DUE. */
static void
save_schedule (Fixture *fixture)
{
  LfStore *store = lf_workspace_get_store (fixture->run.workspace);
  g_autofree char *url = lf_target_get_url (fixture->run.target);
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (LfSpec) saved = NULL;
  g_autoptr (LfRunSchedule) schedule = lf_run_schedule_new ();
  g_autoptr (LfRunSchedule) kept = NULL;
  g_autoptr (GAsyncResult) one = NULL;
  g_autoptr (GAsyncResult) two = NULL;
  g_autoptr (GError) error = NULL;

  lf_set_string (&spec->name, "Nightly");
  lf_set_string (&lf_spec_get_step (spec, 0)->url, url);
  spec->load_profile->ramp_up = spec->load_profile->ramp_down = 0;
  spec->load_profile->steady = 1;
  lf_store_save_spec_async (store, spec, NULL, lf_test_result_cb, &one);
  saved = lf_store_save_spec_finish (store, lf_test_wait_for (&one), &error);
  g_assert_no_error (error);
  lf_set_string (&schedule->spec_id, saved->id);
  lf_set_string (&schedule->cron, "@daily");
  lf_set_string (&schedule->time_zone, "UTC");
  schedule->next_run_at = DUE;
  lf_store_save_schedule_async (store, schedule, NULL, lf_test_result_cb, &two);
  kept = lf_store_save_schedule_finish (store, lf_test_wait_for (&two), &error);
  g_assert_no_error (error);
}

/* Start, end and what was missed are told; the first two as the setting says. */
static void
test_scheduled (Fixture *fixture, gconstpointer data)
{
  gint64 now = DUE;
  LfRunManager *runs = lf_workspace_get_runs (fixture->run.workspace);
  LfScheduler *scheduler = lf_scheduler_new (lf_workspace_get_store (fixture->run.workspace), runs);

  save_schedule (fixture);
  _lf_scheduler_set_clock (scheduler, fake_clock, &now);
  lf_notifier_follow (fixture->notifier, scheduler);
  lf_scheduler_start (scheduler);
  lf_test_wait_until (fixture->n_told == 1);
  g_assert_cmpstr (fixture->summary, ==, "“Nightly” has started");
  lf_test_wait_until (fixture->n_told == 2);
  g_assert_cmpstr (fixture->summary, ==, "“Nightly” has ended");
  lf_test_wait_until (g_list_model_get_n_items (lf_run_manager_get_active (runs)) == 0);
  now += 10 * (gint64) 86400000 + 3600000;
  lf_scheduler_look (scheduler);
  lf_test_wait_until (fixture->n_told == 3);
  g_assert_cmpstr (fixture->summary, ==, "A Scheduled Run Was Missed");
  g_assert_nonnull (strstr (fixture->body, "“Nightly” missed 10 times"));
  lf_scheduler_stop (scheduler);
  g_object_unref (scheduler);
}

int
main (int argc, char *argv[])
{
  g_autofree char *bus = g_strdup (g_getenv ("DBUS_SESSION_BUS_ADDRESS"));

  lf_test_use_schemas ();
  g_setenv ("GNOTIFICATION_BACKEND", "freedesktop", TRUE);
  lf_test_ui_init (&argc, &argv);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", bus, TRUE); /* the desktop of this test */
  g_test_add ("/ui/notifier/told", Fixture, "io.github.loadforge.NotifierTest", set_up, test_told,
              tear_down);
  g_test_add ("/ui/notifier/scheduled", Fixture, "io.github.loadforge.ScheduleTest", set_up,
              test_scheduled, tear_down);
  return g_test_run ();
}
