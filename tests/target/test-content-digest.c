#include "config.h"

#include "lf-target.h"

#include <string.h>

/* The digest of "hello" in base64, and of nothing. */
#define HELLO "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="
#define EMPTY "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

/* The status of the answer to @body with that Content-Digest, NULL for none. */
static guint
post (LfTarget *target, const char *body, const char *digest)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (
      client, "127.0.0.1", lf_target_get_port (target), NULL, NULL);
  g_autofree char *field =
      digest != NULL ? g_strdup_printf ("Content-Digest: %s\r\n", digest) : g_strdup ("");
  g_autofree char *request = g_strdup_printf (
      "POST /anything HTTP/1.1\r\nHost: a\r\n%sContent-Length: %zu\r\nConnection: close\r\n\r\n%s",
      field, strlen (body), body);
  char answer[13] = "";

  g_assert_nonnull (connection);
  g_assert_true (
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                                 strlen (request), NULL, NULL, NULL));
  g_assert_true (g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                          answer, 12, NULL, NULL, NULL));
  return (guint) g_ascii_strtoull (answer + strlen ("HTTP/1.1 "), NULL, 10);
}

static void
test_digest (void)
{
  LfTargetOptions options = { .address = "127.0.0.1:0" };
  g_autoptr (LfTarget) target = lf_target_start (&options, NULL);

  g_assert_cmpuint (post (target, "hello", "sha-256=:" HELLO ":"), ==, 200);
  g_assert_cmpuint (post (target, "hello", "sha-512=:AAAA:, sha-256=:" HELLO ":"), ==, 200);
  g_assert_cmpuint (post (target, "", "sha-256=:" EMPTY ":"), ==, 200);
  g_assert_cmpuint (post (target, "hello", NULL), ==, 200);
  g_assert_cmpuint (post (target, "hello", "sha-512=:AAAA:"), ==, 200);
  g_assert_cmpuint (lf_target_get_counts (target).errors, ==, 0);

  g_assert_cmpuint (post (target, "hellO", "sha-256=:" HELLO ":"), ==, 400);
  g_assert_cmpuint (post (target, "", "sha-256=:" HELLO ":"), ==, 400);
  g_assert_cmpuint (post (target, "hello", "sha-256=:" EMPTY ":"), ==, 400);
  g_assert_cmpuint (post (target, "hello", "sha-256=:AAAA:"), ==, 400);
  g_assert_cmpuint (post (target, "hello", "sha-256=:"), ==, 400);
  g_assert_cmpuint (lf_target_get_counts (target).errors, ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/target/content-digest", test_digest);
  return g_test_run ();
}
