#include "config.h"

#include "lf-test-ui.h"
#include "lf-test-window.h"

#include "lf-remote-page.h"
#include "lf-settings.h"

/* The remote endpoint of the application, switched and looked after in Preferences. */

typedef struct
{
  LfTestWindow test;
  GSettings *settings;
  LfRemoteAccess *access;
  AdwPreferencesWindow *window;
} Fixture;

static const char *const keys[] = { "remote-enabled",     "remote-port", "remote-others",
                                    "remote-certificate", "remote-key",  "remote-insecure" };

/* A port that was free a moment ago. */
static guint
choose_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_assert_cmpuint (port, >, 0);
  g_socket_listener_close (listener);
  return port;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  lf_test_window_set_up (&fixture->test, NULL);
  fixture->settings = lf_settings_new ();
  g_settings_set_uint (fixture->settings, "remote-port", choose_port ());
  fixture->access = lf_remote_access_new (fixture->settings);
  lf_remote_access_set_workspace (fixture->access, fixture->test.workspace);
  fixture->window = ADW_PREFERENCES_WINDOW (g_object_new (
      ADW_TYPE_PREFERENCES_WINDOW, "default-width", 640, "default-height", 760, NULL));
  adw_preferences_window_add (fixture->window, ADW_PREFERENCES_PAGE (lf_remote_page_new (
                                                   fixture->settings, fixture->access)));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->access);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (fixture->settings, keys[i]);
  g_object_unref (fixture->settings);
  lf_test_window_tear_down (&fixture->test, NULL);
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  return lf_test_find (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, text) != NULL;
}

static void
press (gpointer window, const char *text)
{
  GtkWidget *label = lf_test_find (window, GTK_TYPE_LABEL, text);
  GtkWidget *button = label != NULL ? gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON) : NULL;

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

/* The first line of the answer to a GET of @path; NULL where nobody listens. */
static char *
ask (guint port, const char *path)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) port, NULL, NULL);
  g_autofree char *text =
      g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n", path, port);
  g_autoptr (GDataInputStream) answer = NULL;

  if (connection == NULL)
    return NULL;
  g_assert_true (
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text,
                                 strlen (text), NULL, NULL, NULL));
  answer = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  return g_data_input_stream_read_line (answer, NULL, NULL, NULL);
}

static gboolean
is_deaf (guint port)
{
  g_autofree char *answer = ask (port, "/healthz");

  return answer == NULL;
}

static void
test_switch (Fixture *fixture, gconstpointer data)
{
  guint port = g_settings_get_uint (fixture->settings, "remote-port");
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autofree char *health = NULL;

  g_assert_null (lf_remote_access_get_url (fixture->access));
  g_assert_null (ask (port, "/healthz"));
  g_settings_set_boolean (fixture->settings, "remote-enabled", TRUE);
  lf_test_wait_until (lf_remote_access_get_url (fixture->access) != NULL);
  g_assert_cmpstr (lf_remote_access_get_url (fixture->access), ==, url);
  g_assert_true (shows (fixture, url));
  g_assert_true (shows (fixture, "Nobody watches"));
  health = ask (port, "/healthz");
  g_assert_cmpstr (health, ==, "HTTP/1.1 200 OK\r");
  lf_test_screenshot (GTK_WIDGET (fixture->window), "preferences-remote");

  lf_remote_access_set_workspace (fixture->access, NULL);
  g_assert_null (lf_remote_access_get_url (fixture->access));
  lf_test_wait_until (is_deaf (port));
}

/* The window does not wait for the one that hangs up, but the one that comes next does: they have
 * one port. */
static void
test_off_and_on (Fixture *fixture, gconstpointer data)
{
  g_settings_set_boolean (fixture->settings, "remote-enabled", TRUE);
  lf_test_wait_until (lf_remote_access_get_url (fixture->access) != NULL);
  for (guint i = 0; i < 3; i++)
    {
      g_settings_set_boolean (fixture->settings, "remote-enabled", FALSE);
      lf_test_wait_until (lf_remote_access_get_url (fixture->access) == NULL);
      g_settings_set_boolean (fixture->settings, "remote-enabled", TRUE);
      lf_test_wait_until (lf_remote_access_get_url (fixture->access) != NULL ||
                          lf_remote_access_get_problem (fixture->access) != NULL);
      g_assert_cmpstr (lf_remote_access_get_problem (fixture->access), ==, NULL);
    }
  lf_remote_access_set_workspace (fixture->access, NULL);
  lf_remote_access_set_workspace (fixture->access, fixture->test.workspace);
  lf_test_wait_until (lf_remote_access_get_url (fixture->access) != NULL);
}

/* The reason is told where the switch is, and another port mends it. */
static void
test_busy_port (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 busy = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_settings_set_uint (fixture->settings, "remote-port", busy);
  g_settings_set_boolean (fixture->settings, "remote-enabled", TRUE);
  lf_test_wait_until (lf_remote_access_get_problem (fixture->access) != NULL);
  g_test_message ("%s", lf_remote_access_get_problem (fixture->access));
  g_assert_true (shows (fixture, lf_remote_access_get_problem (fixture->access)));
  lf_test_screenshot (GTK_WIDGET (fixture->window), "preferences-remote-busy");
  g_settings_set_uint (fixture->settings, "remote-port", choose_port ());
  lf_test_wait_until (lf_remote_access_get_url (fixture->access) != NULL);
  g_assert_null (lf_remote_access_get_problem (fixture->access));
}

/* Other computers get in by TLS or by a word that says what its lack means, and never without a
 * token. */
static void
test_others (Fixture *fixture, gconstpointer data)
{
  guint port = g_settings_get_uint (fixture->settings, "remote-port");
  g_autofree char *answer = NULL;

  g_settings_set_boolean (fixture->settings, "remote-others", TRUE);
  g_settings_set_boolean (fixture->settings, "remote-enabled", TRUE);
  lf_test_wait_until (lf_remote_access_get_problem (fixture->access) != NULL);
  g_assert_null (ask (port, "/healthz"));
  press (fixture->window, "Make One");
  lf_test_wait_until (lf_remote_access_get_url (fixture->access) != NULL);
  g_assert_true (g_str_has_prefix (lf_remote_access_get_url (fixture->access), "https://"));
  g_settings_reset (fixture->settings, "remote-certificate");
  g_settings_set_boolean (fixture->settings, "remote-insecure", TRUE);
  lf_test_wait_until (lf_remote_access_get_url (fixture->access) != NULL &&
                      g_str_has_prefix (lf_remote_access_get_url (fixture->access), "http://"));
  answer = ask (port, "/api/specs");
  g_assert_cmpstr (answer, ==, "HTTP/1.1 401 Unauthorized\r");
  lf_test_screenshot (GTK_WIDGET (fixture->window), "preferences-remote-others");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 760);
  lf_test_wait_until (gtk_widget_get_width (GTK_WIDGET (fixture->window)) <= 360);
  lf_test_screenshot (GTK_WIDGET (fixture->window), "preferences-remote-narrow");
}

static void
test_tokens (Fixture *fixture, gconstpointer data)
{
  AdwMessageDialog *dialog;
  GtkWidget *name;

  g_assert_true (shows (fixture, "No token yet"));
  press (fixture->window, "New Token…");
  lf_test_wait_until ((dialog = lf_test_window_find_dialog ()) != NULL);
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "make"));
  lf_test_screenshot (GTK_WIDGET (dialog), "token-new");
  name = lf_test_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, NULL);
  gtk_editable_set_text (GTK_EDITABLE (name), "Ann <b>");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "make"));
  press (dialog, "Make");
  lf_test_wait_until ((dialog = lf_test_window_find_dialog ()) != NULL &&
                      g_str_equal (adw_message_dialog_get_heading (dialog), "The New Token"));
  lf_test_screenshot (GTK_WIDGET (dialog), "token-shown");
  lf_test_window_answer ("The New Token", "Close");
  g_assert_true (shows (fixture, "Ann <b>"));
  press (fixture->window, "Revoke");
  lf_test_window_answer ("Revoke the Token of “Ann <b>”?", "Cancel");
  g_assert_true (shows (fixture, "Ann <b>"));
  press (fixture->window, "Revoke");
  lf_test_window_answer ("Revoke the Token of “Ann <b>”?", "Revoke");
  lf_test_wait_until (shows (fixture, "No token yet"));
}

int
main (int argc, char **argv)
{
  lf_test_use_schemas ();
  lf_test_ui_init (&argc, &argv);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/remote-page/switch", test_switch);
  ADD ("/remote-page/off-and-on", test_off_and_on);
  ADD ("/remote-page/busy-port", test_busy_port);
  ADD ("/remote-page/others", test_others);
  ADD ("/remote-page/tokens", test_tokens);
#undef ADD
  return g_test_run ();
}
