#include "lf-target.h"

#include "lf-error.h"
#include "lf-json.h"

#include <json-glib/json-glib.h>

#include <string.h>
#include <sys/socket.h>

/* The bundled target over real sockets, by a client of the test's own. */

typedef struct
{
  LfTarget *target;
  GSocketConnection *connection;
  GInputStream *input;
  GOutputStream *output;
} Client;

typedef struct
{
  guint status;
  char *head;
  char *body;
} Answer;

static void
answer_clear (Answer *answer)
{
  g_free (answer->head);
  g_free (answer->body);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static void
connect_client (Client *client)
{
  g_autoptr (GSocketClient) maker = g_socket_client_new ();
  g_autoptr (GError) error = NULL;

  g_socket_client_set_timeout (maker, 30);
  client->connection = g_socket_client_connect_to_host (
      maker, "127.0.0.1", lf_target_get_port (client->target), NULL, &error);
  g_assert_no_error (error);
  client->input = g_io_stream_get_input_stream (G_IO_STREAM (client->connection));
  client->output = g_io_stream_get_output_stream (G_IO_STREAM (client->connection));
}

static LfTarget *
start_target (LfTargetOptions options)
{
  g_autoptr (GError) error = NULL;
  LfTarget *target;

  options.address = "127.0.0.1:0";
  target = lf_target_start (&options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lf_target_get_port (target), >, 0);
  return target;
}

static void
set_up (Client *client, gconstpointer data)
{
  client->target = start_target ((LfTargetOptions){ 0 });
  connect_client (client);
}

static void
tear_down (Client *client, gconstpointer data)
{
  g_clear_object (&client->connection);
  lf_target_stop (client->target);
}

static void
send_bytes (Client *client, const char *data, gsize length)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (client->output, data, length, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
send_text (Client *client, const char *text)
{
  send_bytes (client, text, strlen (text));
}

/* Reads an answer, not a byte more. */
static Answer
read_answer (Client *client, gboolean has_body)
{
  g_autoptr (GString) head = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  Answer answer = { 0 };
  const char *length_text;
  gsize length = 0;

  while (!g_str_has_suffix (head->str, "\r\n\r\n"))
    {
      char c;

      g_assert_cmpint (g_input_stream_read (client->input, &c, 1, NULL, &error), ==, 1);
      g_string_append_c (head, c);
    }
  g_assert_true (g_str_has_prefix (head->str, "HTTP/1.1 "));
  answer.status = (guint) g_ascii_strtoull (head->str + 9, NULL, 10);
  length_text = strstr (head->str, "Content-Length: ");
  if (has_body && length_text != NULL)
    length = g_ascii_strtoull (length_text + 16, NULL, 10);
  answer.body = g_malloc0 (length + 1);
  g_input_stream_read_all (client->input, answer.body, length, NULL, NULL, &error);
  g_assert_no_error (error);
  answer.head = g_strdup (head->str);
  return answer;
}

static Answer
ask (Client *client, const char *request)
{
  send_text (client, request);
  return read_answer (client, TRUE);
}

static void
assert_closed (Client *client)
{
  char c;

  g_assert_cmpint (g_input_stream_read (client->input, &c, 1, NULL, NULL), <=, 0);
}

static const char *
echoed (JsonNode *node, const char *name)
{
  return json_object_get_string_member (json_node_get_object (node), name);
}

static void
test_anything (Client *client, gconstpointer data)
{
  g_auto (Answer) answer =
      ask (client, "PATCH /anything/a?b=%20c HTTP/1.1\r\nHost: x\r\nX-A: one\r\n"
                   "x-a: two\r\nX-Q: \"quo\\ted\"\r\nContent-Length: 5\r\n\r\nhello");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = lf_json_from_text (answer.body, -1, &error);
  JsonObject *headers;

  g_assert_no_error (error);
  g_assert_cmpuint (answer.status, ==, 200);
  g_assert_nonnull (strstr (answer.head, "Content-Type: application/json\r\n"));
  g_assert_cmpstr (echoed (node, "method"), ==, "PATCH");
  g_assert_cmpstr (echoed (node, "url"), ==, "/anything/a?b=%20c");
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (node), "length"), ==, 5);
  g_assert_cmpstr (echoed (node, "sha256"), ==,
                   "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
  headers = json_object_get_object_member (json_node_get_object (node), "headers");
  g_assert_cmpstr (json_object_get_string_member (headers, "Host"), ==, "x");
  g_assert_cmpstr (json_object_get_string_member (headers, "X-A"), ==, "one, two");
  g_assert_cmpstr (json_object_get_string_member (headers, "X-Q"), ==, "\"quo\\ted\"");
}

/* A body of 25 MiB in pieces of all sizes, with and without a length. */
static void
test_large_body (Client *client, gconstpointer chunked)
{
  const gsize size = 25 * 1024 * 1024;
  g_autofree char *body = g_malloc (size);
  g_autofree char *sum = NULL;
  g_autofree char *head = NULL;
  g_autofree char *wanted = NULL;
  g_auto (Answer) answer = { 0 };

  for (gsize i = 0; i < size; i++)
    body[i] = (char) (i * 2654435761u >> 13);
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) body, size);
  head = g_strdup_printf ("POST /anything HTTP/1.1\r\nHost: x\r\n%s: %s\r\n\r\n",
                          chunked ? "Transfer-Encoding" : "Content-Length",
                          chunked ? "chunked" : "26214400");
  send_text (client, head);
  for (gsize sent = 0; sent < size;)
    {
      gsize drawn = (gsize) g_test_rand_int_range (1, 300000);
      gsize part = MIN (size - sent, drawn);
      g_autofree char *line = g_strdup_printf ("%" G_GSIZE_MODIFIER "X;a=b\r\n", part);

      if (chunked)
        send_text (client, line);
      send_bytes (client, body + sent, part);
      if (chunked)
        send_text (client, "\r\n");
      sent += part;
    }
  if (chunked)
    send_text (client, "0\r\nTrailer: x\r\n\r\n");
  answer = read_answer (client, TRUE);
  wanted = g_strdup_printf ("\"length\": %" G_GSIZE_FORMAT ",\n  \"sha256\": \"%s\"", size, sum);
  g_assert_nonnull (strstr (answer.body, wanted));
  g_assert_cmpuint (lf_target_get_counts (client->target).bytes_received, ==, size);
}

static void
test_routes (Client *client, gconstpointer data)
{
  static const struct
  {
    const char *path;
    guint status;
  } routes[] = { { "/", 200 },           { "/status/204", 204 }, { "/status/503", 503 },
                 { "/status/304", 304 }, { "/status/999", 404 }, { "/status/x", 404 },
                 { "/delay/1", 200 },    { "/delay/0?x", 200 },  { "/elsewhere", 404 },
                 { "/anythings", 404 },  { "/anything", 200 } };

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_autofree char *request =
          g_strdup_printf ("GET %s HTTP/1.1\r\nHost: x\r\n\r\n", routes[i].path);
      g_auto (Answer) answer = ask (client, request);

      g_assert_cmpuint (answer.status, ==, routes[i].status);
    }
  g_assert_cmpuint (lf_target_get_counts (client->target).requests, ==, G_N_ELEMENTS (routes));
  g_assert_cmpuint (lf_target_get_counts (client->target).connections, ==, 1);
}

/* The length that GET has, and no body: the next answer follows at once. */
static void
test_head (Client *client, gconstpointer data)
{
  g_auto (Answer) head = { 0 };
  g_auto (Answer) next = { 0 };

  send_text (client, "HEAD /anything HTTP/1.1\r\nHost: x\r\n\r\n");
  head = read_answer (client, FALSE);
  g_assert_cmpuint (head.status, ==, 200);
  g_assert_null (strstr (head.head, "Content-Length: 0\r\n"));
  next = ask (client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  g_assert_cmpstr (next.body, ==, "LoadForge target\n");
}

/* Many requests in one write, and one request a byte at a time: answered in their order. */
static void
test_pipelining (Client *client, gconstpointer data)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (
        all, "POST /anything/%u HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc", i);
  send_bytes (client, all->str, all->len);
  for (guint i = 0; i < 200; i++)
    {
      g_auto (Answer) answer = read_answer (client, TRUE);
      g_autofree char *wanted = g_strdup_printf ("\"url\": \"/anything/%u\"", i);

      g_assert_nonnull (strstr (answer.body, wanted));
    }
}

/* A client that asks and asks and does not read holds nobody up, and gets all its answers later. */
static void
test_slow_reader (Client *client, gconstpointer data)
{
  const char *request = "GET /anything HTTP/1.1\r\nHost: x\r\n\r\n";
  GSocket *socket = g_socket_connection_get_socket (client->connection);
  Client other = { .target = client->target };
  g_auto (Answer) answer = { 0 };
  guint64 before = 0, now;
  guint asked = 0;

  g_socket_set_blocking (socket, FALSE);
  /* Until both directions are full, which takes megabytes. */
  for (guint idle = 0; idle < 200;)
    {
      gssize n = g_socket_send (socket, request, strlen (request), NULL, NULL);

      if (n == (gssize) strlen (request))
        asked++;
      else if (n > 0)
        break; /* half a request: as full as it gets */
      else
        {
          now = lf_target_get_counts (client->target).requests;
          idle = now == before ? idle + 1 : 0;
          before = now;
          g_usleep (1000);
        }
    }
  connect_client (&other);
  answer = ask (&other, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  g_assert_cmpuint (answer.status, ==, 200);
  g_object_unref (other.connection);
  g_socket_set_blocking (socket, TRUE);
  for (guint i = 0; i < asked; i++)
    {
      g_auto (Answer) late = read_answer (client, TRUE);

      g_assert_cmpuint (late.status, ==, 200);
    }
}

static void
test_byte_by_byte (Client *client, gconstpointer data)
{
  static const char request[] = "POST /anything HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi";
  g_auto (Answer) answer = { 0 };

  for (const char *c = request; *c != '\0'; c++)
    {
      send_bytes (client, c, 1);
      g_usleep (200);
    }
  answer = read_answer (client, TRUE);
  g_assert_nonnull (strstr (answer.body, "\"length\": 2"));
}

static void
test_close (Client *client, gconstpointer data)
{
  g_auto (Answer) answer = ask (client, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

  g_assert_nonnull (strstr (answer.head, "Connection: close\r\n"));
  assert_closed (client);
}

static void
test_http_1_0 (Client *client, gconstpointer data)
{
  g_auto (Answer) kept = ask (client, "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  g_auto (Answer) answer = ask (client, "GET / HTTP/1.0\r\n\r\n");

  g_assert_nonnull (strstr (kept.head, "Connection: keep-alive\r\n"));
  g_assert_cmpuint (answer.status, ==, 200);
  assert_closed (client);
}

static void
test_expect_continue (Client *client, gconstpointer data)
{
  g_auto (Answer) interim = { 0 };
  g_auto (Answer) answer = { 0 };

  send_text (client, "POST /anything HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                     "Content-Length: 2\r\n\r\n");
  interim = read_answer (client, FALSE);
  g_assert_cmpuint (interim.status, ==, 100);
  send_text (client, "ok");
  answer = read_answer (client, TRUE);
  g_assert_cmpuint (answer.status, ==, 200);
}

static void
test_bad_requests (Client *client, gconstpointer data)
{
  static const char *const bad[] = {
    "hello\r\n\r\n",
    "GET / HTTP/1.1\r\nHost x\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_auto (Answer) answer = ask (client, bad[i]);

      g_assert_cmpuint (answer.status, ==, 400);
      assert_closed (client);
      g_clear_object (&client->connection);
      connect_client (client);
    }
}

/* 200 connections that all wait for an answer, while one that says nothing is in nobody's way. */
static void
test_many_connections (void)
{
  g_autoptr (LfTarget) target = start_target ((LfTargetOptions){ .delay_ms = 200 });
  Client silent = { .target = target };
  Client clients[200];

  connect_client (&silent);
  send_text (&silent, "GET / HT");
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      clients[i].target = target;
      connect_client (&clients[i]);
      send_text (&clients[i], "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    }
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_auto (Answer) answer = read_answer (&clients[i], TRUE);

      g_assert_cmpuint (answer.status, ==, 200);
      g_object_unref (clients[i].connection);
    }
  g_assert_cmpuint (lf_target_get_counts (target).connections, ==, G_N_ELEMENTS (clients) + 1);
  g_object_unref (silent.connection);
}

static void
test_error_rate (void)
{
  g_autoptr (LfTarget) target = start_target ((LfTargetOptions){ .error_rate = 1 });
  Client client = { .target = target };
  g_auto (Answer) answer = { 0 };

  connect_client (&client);
  answer = ask (&client, "GET /anything HTTP/1.1\r\nHost: x\r\n\r\n");
  g_assert_cmpuint (answer.status, ==, 500);
  g_object_unref (client.connection);
}

static void
test_delay (void)
{
  g_autoptr (LfTarget) target = start_target ((LfTargetOptions){ .delay_ms = 300 });
  Client client = { .target = target };
  g_auto (Answer) answer = { 0 };
  gint64 start = g_get_monotonic_time ();

  connect_client (&client);
  answer = ask (&client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 300 * 1000);
  g_object_unref (client.connection);
}

static guint
count_files (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;
  return n;
}

/* Stopped in the middle of answers, and again from the start: no descriptor stays. */
static void
test_stop_while_busy (void)
{
  guint before = count_files ();

  for (guint round = 0; round < 20; round++)
    {
      LfTarget *target = start_target ((LfTargetOptions){ .delay_ms = 5000 });
      Client client = { .target = target };

      connect_client (&client);
      send_text (&client, "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\n");
      lf_target_stop (target);
      assert_closed (&client);
      g_object_unref (client.connection);
    }
  g_assert_cmpuint (count_files (), <=, before + 1);
}

/* Clients that go away before their answer is written. */
static void
test_peer_leaves (Client *client, gconstpointer data)
{
  const struct linger reset = { .l_onoff = 1 };
  g_auto (Answer) answer = { 0 };

  for (guint i = 0; i < 50; i++)
    {
      Client leaver = { .target = client->target };

      connect_client (&leaver);
      g_assert_cmpint (
          setsockopt (g_socket_get_fd (g_socket_connection_get_socket (leaver.connection)),
                      SOL_SOCKET, SO_LINGER, &reset, sizeof reset),
          ==, 0);
      send_text (&leaver, "GET /delay/20 HTTP/1.1\r\nHost: x\r\n\r\n");
      g_object_unref (leaver.connection);
    }
  answer = ask (client, "GET /delay/60 HTTP/1.1\r\nHost: x\r\n\r\n");
  g_assert_cmpuint (answer.status, ==, 200);
}

static void
test_addresses (void)
{
  g_autoptr (LfTarget) target = start_target ((LfTargetOptions){ 0 });
  g_autofree char *url = lf_target_get_url (target);
  g_autofree char *taken = g_strdup (url + strlen ("http://"));
  LfTargetOptions options = { .address = taken };
  g_autoptr (GError) busy = NULL;
  g_autoptr (GError) wrong = NULL;

  g_assert_true (g_str_has_prefix (url, "http://127.0.0.1:"));
  g_assert_null (lf_target_start (&options, &busy));
  g_assert_error (busy, LF_ERROR, LF_ERROR_BUSY);
  g_assert_nonnull (strstr (busy->message, taken));
  options.address = "nowhere";
  g_assert_null (lf_target_start (&options, &wrong));
  g_assert_error (wrong, LF_ERROR, LF_ERROR_VALUE);
}

static void
add (const char *path, gconstpointer data, void (*test) (Client *, gconstpointer))
{
  g_test_add (path, Client, data, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/target/anything", NULL, test_anything);
  add ("/target/large-body/length", NULL, test_large_body);
  add ("/target/large-body/chunked", GINT_TO_POINTER (1), test_large_body);
  add ("/target/routes", NULL, test_routes);
  add ("/target/head", NULL, test_head);
  add ("/target/pipelining", NULL, test_pipelining);
  add ("/target/slow-reader", NULL, test_slow_reader);
  add ("/target/byte-by-byte", NULL, test_byte_by_byte);
  add ("/target/close", NULL, test_close);
  add ("/target/http-1.0", NULL, test_http_1_0);
  add ("/target/expect-continue", NULL, test_expect_continue);
  add ("/target/bad-requests", NULL, test_bad_requests);
  add ("/target/peer-leaves", NULL, test_peer_leaves);
  g_test_add_func ("/target/many-connections", test_many_connections);
  g_test_add_func ("/target/error-rate", test_error_rate);
  g_test_add_func ("/target/delay", test_delay);
  g_test_add_func ("/target/stop-while-busy", test_stop_while_busy);
  g_test_add_func ("/target/addresses", test_addresses);
  return g_test_run ();
}
