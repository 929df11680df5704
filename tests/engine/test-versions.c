#include "config.h"

#include "lf-test-nginx.h"
#include "lf-test-peer.h"
#include "lf-test-run.h"
#include "lf-test-server.h"

#include <string.h>

/* HTTP/2 without TLS, IPv6, and bodies that wait until they are asked for. */

static guint
count (const char *text, const char *what)
{
  guint n = 0;

  for (const char *at = text; (at = strstr (at, what)) != NULL; at += strlen (what))
    n++;
  return n;
}

/* Those that carried a request, by what nghttpd says. */
static guint
count_connections (const char *log)
{
  g_autoptr (GRegex) request = g_regex_new ("\\[id=(\\d+)\\][^\n]*:method:", 0, 0, NULL);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  for (g_regex_match (request, log, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    g_hash_table_add (ids, g_match_info_fetch (match, 1));
  return g_hash_table_size (ids);
}

/* nghttpd knows HTTP/2 only, and sends back what it gets. */
static void
test_prior_knowledge (void)
{
  g_autoptr (LfTestServer) server =
      lf_test_server_start ("echo hello >@DIR@/page\n"
                            "exec nghttpd -v --no-tls --echo-upload -a 127.0.0.1 -d @DIR@ @PORT@",
                            NULL);
  g_autofree char *large = g_strnfill (200000, 'x');
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'loadProfile': {'executor': 'per-vu-iterations', 'vus': 2, 'iterations': 5},"
      /* What libcurl leaves lying would be found when the time to connect is over. */
      " 'http': {'version': '2-prior-knowledge', 'timeout': 40, 'connectTimeout': 50}, 'steps': ["
      "{'name': 'page', 'url': 'http://127.0.0.1:%u/page'},"
      "{'name': 'head', 'method': 'HEAD', 'url': 'http://127.0.0.1:%u/page'},"
      "{'name': 'none', 'url': 'http://127.0.0.1:%u/none'},"
      "{'name': 'small', 'method': 'POST', 'url': 'http://127.0.0.1:%u/small',"
      "  'body': {'type': 'text', 'text': 'four'}},"
      "{'name': 'large', 'method': 'PUT', 'url': 'http://127.0.0.1:%u/large',"
      "  'body': {'type': 'text', 'text': '%s'}}]}",
      server->port, server->port, server->port, server->port, server->port, large);
  g_autofree char *log = NULL;

  lf_test_run_assert_step (run, "page", 200, 0);
  lf_test_run_assert_step (run, "head", 200, 0);
  lf_test_run_assert_step (run, "none", 404, 1404);
  lf_test_run_assert_step (run, "small", 200, 0);
  lf_test_run_assert_step (run, "large", 200, 0);
  g_assert_cmpint (run->summary->requests->total, ==, 50);
  g_assert_cmpint (run->summary->requests->resent, ==, 0);
  g_assert_cmpint (run->summary->data->sent, >, 10 * 200000);
  g_assert_cmpint (run->summary->data->sent, <, 10 * 210000);
  g_assert_cmpint (run->summary->data->received, >, 10 * 200000);
  log = lf_test_server_read (server, "log", 0);
  g_assert_cmpuint (count (log, ":method: "), ==, 50);
  g_assert_cmpuint (count (log, ":path: /large"), ==, 10);
  g_assert_cmpuint (count_connections (log), ==, 2);
}

/* Who speaks HTTP/1.1 only is no server for that; the run says so and goes on. */
static void
test_no_http2 (void)
{
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start ("location / { return 200 ok; }");
  g_autoptr (LfTestRun) run = NULL;

  if (nginx == NULL)
    return;
  run = lf_test_run ("{'steps': [{'name': 'two', 'url': '%s', 'http': {'version': "
                     "'2-prior-knowledge'}}, {'name': 'auto', 'url': '%s'}]}",
                     nginx->url, nginx->url);
  g_assert_cmpint (lf_test_run_get_step (run, "two")->requests->failed, ==, 1);
  lf_test_run_assert_step (run, "auto", 200, 0);
}

/* nginx says goodbye (GOAWAY) after each 4 requests of a connection: nothing fails, nothing is sent
 * that nginx does not count. */
static void
test_goaway (void)
{
  static const char server[] = "server { listen 127.0.0.1:@PORT0@ http2; keepalive_requests 4;"
                               " location / { return 200 ok; } }";
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start_servers (server, NULL);
  g_autoptr (LfTestRun) run = NULL;
  LfTestNginxCounts counts;

  if (nginx == NULL)
    return;
  run = lf_test_run ("{'loadProfile': {'executor': 'per-vu-iterations', 'vus': 3,"
                     " 'iterations': 40}, 'http': {'version': '2-prior-knowledge'},"
                     " 'steps': [{'name': 'a', 'url': '%s'}]}",
                     nginx->url);
  lf_test_run_assert_step (run, "a", 200, 0);
  counts = lf_test_nginx_stop (nginx);
  g_assert_cmpint (run->summary->requests->total, ==, 120);
  g_assert_cmpuint (counts.requests, ==,
                    (guint) (run->summary->requests->total + run->summary->requests->resent));
  g_assert_cmpuint (counts.connections, >=, 30);
}

static gboolean
has_ipv6 (void)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("::1", 0);
  g_autoptr (GSocket) socket =
      g_socket_new (G_SOCKET_FAMILY_IPV6, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

  return socket != NULL && g_socket_bind (socket, address, FALSE, NULL);
}

static void
test_ipv6 (gconstpointer transport)
{
  const char *servers = has_ipv6 () ? "server { listen 127.0.0.1:@PORT0@; listen [::1]:@PORT0@;"
                                      " location / { return 200 $remote_addr; } }"
                                    : "server { listen 127.0.0.1:@PORT0@; }";
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start_servers (servers, NULL);
  g_autoptr (LfTestRun) run = NULL;

  if (nginx == NULL)
    return;
  run = lf_test_run ("{'http': {'transport': '%s'}, 'steps': ["
                     "{'name': 'address', 'url': 'http://[::1]:%u/'},"
                     "{'name': 'name', 'url': 'http://six.example:%u/',"
                     " 'http': {'resolve': ['six.example:%u:[::1]']}}]}",
                     (const char *) transport, nginx->ports[0], nginx->ports[0], nginx->ports[0]);
  g_assert_cmpint (run->summary->requests->total, ==, 2);
  if (!has_ipv6 ())
    {
      g_assert_cmpint (run->summary->requests->failed, ==, 2);
      return;
    }
  lf_test_run_assert_step (run, "address", 200, 0);
  lf_test_run_assert_step (run, "name", 200, 0);
  g_assert_cmpuint (lf_test_nginx_stop (nginx).answered, ==, 2);
}

/* Nothing of the body may have come before it is asked for. */
static LfTestGoOn
ask_for_body (GSocket *socket, const LfTestRequest *request, gsize n_read)
{
  g_autofree char *expect = lf_test_request_header (request, "Expect");

  if (expect == NULL || strcmp (request->target, "/silent") == 0)
    return LF_TEST_READ_BODY;
  g_assert_cmpstr (expect, ==, "100-continue");
  g_assert_cmpuint (n_read, ==, 0);
  g_assert_false (g_socket_condition_timed_wait (socket, G_IO_IN, 200 * 1000, NULL, NULL));
  if (strcmp (request->target, "/no") == 0)
    {
      lf_test_send (socket,
                    "HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return LF_TEST_CLOSE;
    }
  if (strcmp (request->target, "/never") == 0)
    {
      lf_test_send (socket, "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n");
      return LF_TEST_NO_BODY;
    }
  lf_test_send (socket, "HTTP/1.1 100 Continue\r\n\r\n");
  return LF_TEST_READ_BODY;
}

static void
test_expect (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  guint port = lf_test_peer_get_port (peer);
  g_autofree char *large = g_strnfill (100000, 'x');
  g_autoptr (LfTestRun) run = NULL;

  lf_test_peer_set_interim (peer, ask_for_body);
  run = lf_test_run (
      "{'steps': [{'name': 'small', 'method': 'POST', 'url': 'http://127.0.0.1:%u/small',"
      "  'headers': [{'name': 'Expect', 'value': '100-continue'}],"
      "  'body': {'type': 'text', 'text': 'four'}},"
      "{'name': 'large', 'method': 'PUT', 'url': 'http://127.0.0.1:%u/large',"
      "  'headers': [{'name': 'expect', 'value': '100-continue'}],"
      "  'body': {'type': 'text', 'text': '%s'}},"
      "{'name': 'silent', 'method': 'POST', 'url': 'http://127.0.0.1:%u/silent',"
      "  'headers': [{'name': 'Expect', 'value': '100-continue'}],"
      "  'body': {'type': 'text', 'text': 'four'}},"
      "{'name': 'no', 'method': 'PUT', 'url': 'http://127.0.0.1:%u/no',"
      "  'headers': [{'name': 'Expect', 'value': '100-continue'}],"
      "  'body': {'type': 'text', 'text': '%s'}},"
      "{'name': 'never', 'method': 'PUT', 'url': 'http://127.0.0.1:%u/never',"
      "  'headers': [{'name': 'Expect', 'value': '100-continue'}],"
      "  'body': {'type': 'text', 'text': 'four'}}]}",
      port, port, large, port, port, large, port);

  lf_test_run_assert_step (run, "small", 200, 0);
  lf_test_run_assert_step (run, "large", 200, 0);
  lf_test_run_assert_step (run, "silent", 200, 0);
  lf_test_run_assert_step (run, "no", 413, 1413);
  lf_test_run_assert_step (run, "never", 200, 0);
  g_assert_cmpuint (lf_test_peer_find (peer, "/small")->length, ==, 4);
  g_assert_cmpuint (lf_test_peer_find (peer, "/large")->length, ==, 100000);
  g_assert_cmpuint (lf_test_peer_find (peer, "/silent")->length, ==, 4);
  /* Sent a second time, without asking. */
  g_assert_cmpuint (lf_test_peer_n_requests (peer), ==, 5); /* without the one that was refused */
  g_assert_cmpstr (lf_test_peer_get (peer, 4)->target, ==, "/never");
  g_assert_cmpuint (lf_test_peer_get (peer, 4)->length, ==, 4);
  g_assert_cmpint (lf_test_run_get_step (run, "never")->requests->resent, ==, 1);
  g_assert_cmpint (run->summary->requests->resent, ==, 1);
  g_assert_cmpint (run->summary->requests->total, ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/versions/prior-knowledge", test_prior_knowledge);
  g_test_add_func ("/engine/versions/no-http2", test_no_http2);
  g_test_add_func ("/engine/versions/goaway", test_goaway);
  g_test_add_data_func ("/engine/versions/ipv6", "auto", test_ipv6);
  g_test_add_data_func ("/engine/versions/ipv6-curl", "curl", test_ipv6);
  g_test_add_func ("/engine/versions/expect", test_expect);
  return g_test_run ();
}
