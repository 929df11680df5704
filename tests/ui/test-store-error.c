#include "config.h"

#include "lf-test-specs.h"
#include "lf-test-ui.h"

#include "lf-window.h"
#include "lf-workspace.h"

/* As the application does. */
static LfWorkspace *
open_workspace (const char *uri, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_workspace_open_async (uri, NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  return lf_workspace_open_finish (result, error);
}

static void
assert_shows (GtkWidget *window, const char *part)
{
  GtkWidget *page = lf_test_find (window, ADW_TYPE_STATUS_PAGE, NULL);

  g_assert_nonnull (page);
  g_assert_cmpstr (adw_status_page_get_title (ADW_STATUS_PAGE (page)), ==,
                   "The Store Cannot Be Opened");
  if (strstr (adw_status_page_get_description (ADW_STATUS_PAGE (page)), part) == NULL)
    g_error ("\"%s\" does not name %s", adw_status_page_get_description (ADW_STATUS_PAGE (page)),
             part);
  g_assert_null (
      strstr (adw_status_page_get_description (ADW_STATUS_PAGE (page)), "Move the file"));
}

/* Opening @uri must fail, and the window must name @part and offer another attempt. */
static void
assert_refused (const char *uri, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfWorkspace) workspace = open_workspace (uri, &error);
  g_autoptr (LfDemo) demo = lf_demo_new ();
  gpointer window = lf_window_new (NULL, demo);

  g_assert_null (workspace);
  g_assert_nonnull (error);
  gtk_window_present (window);
  lf_window_set_error (window, error);
  lf_test_wait_until (lf_test_find (window, GTK_TYPE_LABEL, "Retry") != NULL);
  assert_shows (window, part);
  g_object_add_weak_pointer (window, &window);
  gtk_window_destroy (window);
  lf_test_wait_until (window == NULL);
}

static void
close_workspace (LfWorkspace *workspace)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_store_close_async (lf_workspace_get_store (workspace), lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
}

/* SQLite keeps the number of the format, big endian, in bytes 60 to 63. */
static void
test_newer (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "newer.db", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfWorkspace) workspace = open_workspace (uri, &error);
  gsize size;

  g_assert_no_error (error);
  close_workspace (workspace);
  g_assert_true (g_file_get_contents (path, &bytes, &size, &error));
  g_assert_cmpuint (size, >, 64);
  bytes[62] = 1;
  g_assert_true (g_file_set_contents (path, bytes, size, &error));
  assert_refused (uri, "newer LoadForge");
}

static void
test_not_a_database (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "letter.db", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "Dear reader, this is no database.", -1, &error));
  assert_refused (uri, "move it away");
  assert_refused (uri, path);
}

/* Not even root can make anything in /proc. */
static void
test_read_only (void)
{
  assert_refused ("sqlite:/proc/loadforge/test.db", "/proc/loadforge");
}

static gboolean
count_cb (gpointer user_data)
{
  ++*(guint *) user_data;
  return G_SOURCE_CONTINUE;
}

/* A server that takes the connection and says nothing. */
static GSocketListener *
listen (guint16 *port)
{
  GSocketListener *listener = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;

  *port = g_socket_listener_add_any_inet_port (listener, NULL, &error);
  g_assert_no_error (error);
  return listener;
}

/* The window stays alive while a store is silent, and says what it waits for. */
static void
test_slow (void)
{
  guint16 port;
  g_autoptr (GSocketListener) listener = listen (&port);
  g_autofree char *uri =
      g_strdup_printf ("mongodb://127.0.0.1:%u/slow?serverSelectionTimeoutMS=2500", port);
  g_autofree char *words = g_strdup_printf ("Waiting for %s to answer…", uri);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfDemo) demo = lf_demo_new ();
  gpointer window = lf_window_new (NULL, demo);
  guint beats = 0;
  guint heart = g_timeout_add (10, count_cb, &beats);

  gtk_window_present (window);
  lf_workspace_open_async (uri, NULL, lf_test_specs_got_cb, &result);
  lf_window_set_waiting (window, uri);
  lf_test_wait_until (lf_test_find (window, GTK_TYPE_LABEL, words) != NULL);
  g_assert_null (result); /* it still waits */
  lf_test_screenshot (window, "store-slow");
  lf_test_wait_until (result != NULL);
  g_assert_cmpuint (beats, >, 20);
  g_assert_null (lf_workspace_open_finish (result, &error));
  lf_window_set_error (window, error);
  assert_shows (window, "127.0.0.1");
  g_source_remove (heart);
  g_object_add_weak_pointer (window, &window);
  gtk_window_destroy (window);
  lf_test_wait_until (window == NULL);
}

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
  g_test_add_func ("/ui/store-error/newer", test_newer);
  g_test_add_func ("/ui/store-error/not-a-database", test_not_a_database);
  g_test_add_func ("/ui/store-error/read-only", test_read_only);
  g_test_add_func ("/ui/store-error/slow", test_slow);
  return g_test_run ();
}
