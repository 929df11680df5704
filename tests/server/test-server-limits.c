#include "lf-server.h"

#include "lf-test-store.h"

#include <glib/gstdio.h>
#include <string.h>

/* Limits that a test could only reach with more speed than a machine may have. */

static LfWorkspace *
open_workspace (const char *folder)
{
  g_autofree char *uri = g_strdup_printf ("sqlite:%s/limits.db", folder);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LfWorkspace *workspace;

  lf_workspace_open_async (uri, NULL, lf_test_got_cb, &result);
  lf_test_wait (&result);
  workspace = lf_workspace_open_finish (result, &error);
  g_assert_no_error (error);
  return workspace;
}

/* The answer to a GET of @path on a connection of its own. */
static char *
ask (const char *url, const char *path)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (
      client, g_uri_get_host (uri), (guint16) g_uri_get_port (uri), NULL, NULL);
  g_autofree char *request =
      g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n", path,
                       g_uri_get_port (uri));
  g_autoptr (GOutputStream) answer = g_memory_output_stream_new_resizable ();

  g_assert_nonnull (connection);
  g_assert_true (
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                                 strlen (request), NULL, NULL, NULL));
  g_output_stream_splice (answer, g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                          G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE, NULL, NULL);
  g_assert_true (g_output_stream_write_all (answer, "", 1, NULL, NULL, NULL));
  g_output_stream_close (answer, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (answer));
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

/* Eight at once, then two a second. */
static void
test_too_many_requests (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lf-limits-XXXXXX", NULL);
  g_autofree char *tokens = g_build_filename (folder, "tokens.json", NULL);
  LfWorkspace *workspace = open_workspace (folder);
  const LfServerOptions options = { .listen = "127.0.0.1:0", .token_file = tokens, .requests = 8 };
  g_autoptr (GError) error = NULL;
  LfServer *server = lf_server_start (workspace, &options, &error);
  g_autofree char *refused = NULL;

  g_assert_no_error (error);
  for (guint i = 0; refused == NULL; i++)
    {
      g_autofree char *answer = ask (lf_server_get_url (server), "/api/openapi.json");

      g_assert_cmpuint (i, <, 1000);
      if (g_str_has_prefix (answer, "HTTP/1.1 200 "))
        continue;
      g_assert_cmpuint (i, >=, 8);
      refused = g_steal_pointer (&answer);
    }
  g_assert_true (g_str_has_prefix (refused, "HTTP/1.1 429 "));
  g_assert_nonnull (strstr (refused, "\r\nRetry-After: 1\r\n"));
  g_assert_nonnull (strstr (refused, "application/problem+json"));
  for (gboolean again = FALSE; !again;)
    {
      g_autofree char *answer = ask (lf_server_get_url (server), "/healthz");

      again = g_str_has_prefix (answer, "HTTP/1.1 200 ");
    }
  lf_server_stop (server);
  g_object_unref (server);
  lf_test_close (lf_workspace_get_store (workspace));
  g_object_unref (workspace);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/limits/too-many-requests", test_too_many_requests);
  return g_test_run ();
}
