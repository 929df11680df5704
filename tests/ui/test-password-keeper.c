#include "config.h"

#include "lf-test-specs.h"
#include "lf-test-ui.h"

#include "lf-password-dialog.h"
#include "lf-password-keeper.h"

#include <signal.h>

#define URI "mongodb://me@db.example.com/loadforge"

/* What a secret service is found by on the bus. */
#define SERVICE "org.freedesktop.secrets"

/* With fatal warnings it would die of its own. */
static GSubprocess *
start_service (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                 G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  GSubprocess *service;
  GOutputStream *input;

  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  service = g_subprocess_launcher_spawn (launcher, &error, "gnome-keyring-daemon", "--foreground",
                                         "--unlock", "--components=secrets", NULL);
  g_assert_no_error (error);
  input = g_subprocess_get_stdin_pipe (service);
  g_assert_true (g_output_stream_write_all (input, "login", 5, NULL, NULL, &error));
  g_assert_true (g_output_stream_close (input, NULL, &error));
  return service;
}

static gboolean
is_there (GDBusConnection *bus)
{
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
      bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
      g_variant_new ("(s)", SERVICE), G_VARIANT_TYPE ("(b)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL,
      NULL);
  gboolean there = FALSE;

  if (answer != NULL)
    g_variant_get (answer, "(b)", &there);
  return there;
}

static gboolean
keep (LfPasswordKeeper *keeper, const char *password)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_password_keeper_keep_async (keeper, URI, password, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  return lf_password_keeper_keep_finish (keeper, result);
}

static char *
look_up (LfPasswordKeeper *keeper)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_password_keeper_look_up_async (keeper, URI, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  return lf_password_keeper_look_up_finish (keeper, result);
}

static void
assert_has (LfPasswordKeeper *keeper, const char *password)
{
  g_autofree char *found = look_up (keeper);

  g_assert_cmpstr (found, ==, password);
}

/* Another start of LoadForge finds it; one that is emptied is gone for all. */
static void
test_service (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GSubprocess) service = start_service ();
  g_autoptr (LfPasswordKeeper) keeper = lf_password_keeper_new ();
  g_autoptr (LfPasswordKeeper) later = lf_password_keeper_new ();

  lf_test_wait_until (is_there (bus));
  assert_has (keeper, NULL);
  g_assert_true (keep (keeper, "s3cret ü"));
  assert_has (keeper, "s3cret ü");
  assert_has (later, "s3cret ü");
  g_assert_true (keep (later, "another"));
  assert_has (keeper, "another");
  g_assert_true (keep (later, ""));
  assert_has (keeper, NULL);
  g_subprocess_send_signal (service, SIGTERM);
  g_subprocess_wait (service, NULL, NULL);
  lf_test_wait_until (!is_there (bus));

  /* Without it, this start has it and no other. */
  g_assert_false (keep (keeper, "for now"));
  assert_has (keeper, "for now");
  assert_has (later, NULL);
}

static void
response_cb (LfPasswordDialog *dialog, const char *response, char **said)
{
  *said = g_strconcat (response, ":", lf_password_dialog_get_password (dialog), NULL);
}

static void
test_dialog (void)
{
  GtkWidget *parent = gtk_window_new ();
  GtkWidget *dialog;
  g_autofree char *said = NULL;

  gtk_window_present (GTK_WINDOW (parent));
  dialog = lf_password_dialog_new (GTK_WINDOW (parent), URI, FALSE);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), &said);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_test_widget_wait_for_draw (dialog);
  gtk_editable_set_text (GTK_EDITABLE (lf_test_find (dialog, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL)),
                         "pw");
  lf_test_screenshot (dialog, "password-dialog");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "open");
  g_assert_cmpstr (said, ==, "open:pw");
  gtk_window_destroy (GTK_WINDOW (parent));
}

int
main (int argc, char *argv[])
{
  static GTestDBus *bus; /* ends with this process: libsecret never lets go of it before */

  lf_test_ui_init (&argc, &argv);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE); /* on which nothing starts by itself */
  g_test_dbus_up (bus);
  g_test_add_func ("/ui/password-keeper/dialog", test_dialog);
  g_test_add_func ("/ui/password-keeper/service", test_service);
  return g_test_run ();
}
