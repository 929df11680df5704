#include "config.h"

#include "lf-error-code.h"
#include "lf-test-peer.h"
#include "lf-test-run.h"

#include <string.h>

/* What the lean transport does differently from libcurl's: as little as can be told from outside.
 */

/* Steps that either transport can send; %u is the port. */
static const char *const steps[] = {
  "{'url': 'http://127.0.0.1:%u/plain'}",
  "{'url': 'http://127.0.0.1:%u'}",
  "{'url': 'http://127.0.0.1:%u?only=query'}",
  "{'url': 'http://127.0.0.1:%u/a/../b/./c?d=e&f=%%20g#part', 'params': [{'name': 'h', 'value': 'i "
  "j'}]}",
  "{'url': 'http://127.0.0.1:%u/h\xc3\xa4user/1'}",
  "{'url': 'http://127.0.0.1:%u/own', 'headers': [{'name': 'Accept', 'value': 'text/html'},"
  " {'name': 'X-Empty', 'value': ''}, {'name': 'Host', 'value': 'other.example'},"
  " {'name': 'User-Agent', 'value': 'me'}, {'name': 'Accept-Encoding', 'value': 'br'}]}",
  "{'url': 'http://127.0.0.1:%u/secret', 'auth': {'type': 'basic', 'username': 'me', 'password': "
  "'p:w'}}",
  "{'url': 'http://127.0.0.1:%u/token', 'auth': {'type': 'bearer', 'token': 'abc'}}",
  "{'url': 'http://127.0.0.1:%u/head', 'method': 'HEAD'}",
  "{'url': 'http://127.0.0.1:%u/options', 'method': 'OPTIONS'}",
  "{'url': 'http://127.0.0.1:%u/delete', 'method': 'DELETE'}",
  "{'url': 'http://127.0.0.1:%u/odd', 'method': 'PROPFIND'}",
  "{'url': 'http://127.0.0.1:%u/empty', 'method': 'POST'}",
  "{'url': 'http://127.0.0.1:%u/text', 'method': 'POST', 'body': {'type': 'text', 'text': "
  "'hello'}}",
  "{'url': 'http://127.0.0.1:%u/get', 'body': {'type': 'json', 'text': '{}'}}",
  "{'url': 'http://127.0.0.1:%u/put', 'method': 'PUT', 'body': {'type': 'form', 'fields': "
  "[{'name': 'a', 'value': 'b c'}]}}",
  "{'url': 'http://127.0.0.1:%u/raw', 'http': {'decompress': false, 'userAgent': 'x/1'}}",
};

static LfTestRun *
run_steps (LfTestPeer *peer, const char *transport)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *port = g_strdup_printf (":%u", lf_test_peer_get_port (peer));
      g_autoptr (GString) step = g_string_new (steps[i]);

      g_string_replace (step, ":%u", port, 1);
      g_string_replace (step, "%%", "%", 0);
      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", step->str);
    }
  return lf_test_run ("{'http': {'transport': '%s'}, 'steps': [%s]}", transport, text->str);
}

static void
assert_transport (LfTestRun *run, const char *transport)
{
  for (guint i = 0; i < run->summary->steps->len; i++)
    g_assert_cmpstr (((LfSummaryStep *) run->summary->steps->pdata[i])->transport, ==, transport);
}

/* The same bytes but for the port. */
static char *
get_head (LfTestPeer *peer, guint n)
{
  g_autofree char *port = g_strdup_printf (":%u", lf_test_peer_get_port (peer));
  g_autoptr (GString) head = g_string_new (lf_test_peer_get (peer, n)->head);

  g_string_replace (head, port, ":PORT", 0);
  return g_strdup (head->str);
}

static void
test_same_bytes (void)
{
  g_autoptr (LfTestPeer) one = lf_test_peer_new (NULL);
  g_autoptr (LfTestPeer) other = lf_test_peer_new (NULL);
  g_autoptr (LfTestRun) lean = run_steps (one, "auto");
  g_autoptr (LfTestRun) curl = run_steps (other, "curl");

  assert_transport (lean, "lean");
  assert_transport (curl, "curl");
  g_assert_cmpuint (lf_test_peer_n_requests (one), ==, G_N_ELEMENTS (steps));
  g_assert_cmpuint (lf_test_peer_n_requests (other), ==, G_N_ELEMENTS (steps));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *from_lean = get_head (one, i);
      g_autofree char *from_curl = get_head (other, i);

      g_test_message ("%s", from_lean);
      g_assert_cmpstr (from_lean, ==, from_curl);
      g_assert_cmpstr (lf_test_peer_get (one, i)->sha256, ==, lf_test_peer_get (other, i)->sha256);
    }
  g_assert_cmpint (lean->summary->requests->failed, ==, 0);
  g_assert_cmpint (lean->summary->data->sent, ==, curl->summary->data->sent);
  g_assert_cmpint (lean->summary->data->received, ==, curl->summary->data->received);
  g_assert_cmpuint (lf_test_peer_n_connections (one), ==, 1);
}

/* One step that needs libcurl, and all of its place go that way, so that the user keeps one
 * connection; a step elsewhere does not. */
static void
test_one_way_a_place (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  g_autoptr (LfTestPeer) elsewhere = lf_test_peer_new (NULL);
  guint port = lf_test_peer_get_port (peer);
  g_autoptr (LfTestRun) run =
      lf_test_run ("{'steps': [{'name': 'plain', 'url': 'http://127.0.0.1:%u/'},"
                   "{'name': 'needs', 'url': 'http://127.0.0.1:%u/', 'headers': [{'name': "
                   "'Expect', 'value': 'x'}]},"
                   "{'name': 'elsewhere', 'url': 'http://127.0.0.1:%u/'}]}",
                   port, port, lf_test_peer_get_port (elsewhere));

  g_assert_cmpstr (lf_test_run_get_step (run, "plain")->transport, ==, "curl");
  g_assert_cmpstr (lf_test_run_get_step (run, "needs")->transport, ==, "curl");
  g_assert_cmpstr (lf_test_run_get_step (run, "elsewhere")->transport, ==, "lean");
  g_assert_cmpuint (lf_test_peer_n_connections (peer), ==, 1);
}

/* A cookie in the third answer only: from then on the user goes on with libcurl, over the same
 * connection, and brings the cookie along. */
static gboolean
answer_third_with_cookie (GSocket *socket, const LfTestRequest *request)
{
  if (request->n != 2)
    return lf_test_answer_ok (socket, request);
  return lf_test_send (socket, "HTTP/1.1 200 OK\r\nSet-Cookie: session=7; Path=/in\r\n"
                               "Content-Length: 2\r\n\r\nok");
}

static void
test_turns (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (answer_third_with_cookie);
  guint port = lf_test_peer_get_port (peer);
  g_autoptr (LfTestRun) run =
      lf_test_run ("{'steps': [{'name': 'a', 'url': 'http://127.0.0.1:%u/in/a'},"
                   "{'name': 'b', 'url': 'http://127.0.0.1:%u/in/b'}, {'name': 'c', 'url': "
                   "'http://127.0.0.1:%u/in/c'},"
                   "{'name': 'd', 'url': 'http://127.0.0.1:%u/in/d'}, {'name': 'e', 'url': "
                   "'http://127.0.0.1:%u/out'}]}",
                   port, port, port, port, port);
  g_autofree char *inside = lf_test_request_header (lf_test_peer_get (peer, 3), "Cookie");
  g_autofree char *outside = lf_test_request_header (lf_test_peer_get (peer, 4), "Cookie");

  g_assert_cmpstr (lf_test_run_get_step (run, "c")->transport, ==, "lean");
  g_assert_cmpstr (lf_test_run_get_step (run, "d")->transport, ==, "curl");
  g_assert_cmpstr (inside, ==, "session=7");
  g_assert_null (outside);
  g_assert_cmpuint (lf_test_peer_n_connections (peer), ==, 1);
  g_assert_cmpint (run->summary->requests->failed, ==, 0);
}

/* A redirect is one request that went on: its method and body by the rules, no secret for another
 * host. */
static gboolean
answer_redirect (GSocket *socket, const LfTestRequest *request)
{
  g_autofree char *text = NULL;
  guint status = (guint) g_ascii_strtoull (request->target + 1, NULL, 10);

  if (status == 0)
    return lf_test_answer_ok (socket, request);
  text = g_strdup_printf ("HTTP/1.1 %u Away\r\nLocation: /there?x=y\r\nContent-Length: 0\r\n\r\n",
                          status);
  return lf_test_send (socket, text);
}

static void
test_redirects (void)
{
  static const struct
  {
    guint status;
    const char *method;
    const char *becomes;
  } cases[] = { { 301, "POST", "GET" },  { 302, "POST", "GET" },  { 303, "POST", "GET" },
                { 307, "POST", "POST" }, { 308, "POST", "POST" }, { 303, "PUT", "GET" },
                { 301, "PUT", "PUT" },   { 302, "HEAD", "HEAD" }, { 303, "HEAD", "HEAD" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LfTestPeer) peer = lf_test_peer_new (answer_redirect);
      const char *body =
          g_str_equal (cases[i].method, "HEAD") ? "" : ", 'body': {'type': 'text', 'text': 'body'}";
      g_autoptr (LfTestRun) run = lf_test_run (
          "{'steps': [{'name': 'r', 'method': '%s', 'url': 'http://127.0.0.1:%u/%u'%s}]}",
          cases[i].method, lf_test_peer_get_port (peer), cases[i].status, body);
      const LfTestRequest *second;
      gboolean has_body =
          g_str_equal (cases[i].becomes, "POST") || g_str_equal (cases[i].becomes, "PUT");

      g_test_message ("%u %s", cases[i].status, cases[i].method);
      lf_test_run_assert_step (run, "r", 200, 0);
      g_assert_cmpuint (lf_test_peer_n_requests (peer), ==, 2);
      second = lf_test_peer_get (peer, 1);
      g_assert_cmpstr (second->method, ==, cases[i].becomes);
      g_assert_cmpstr (second->target, ==, "/there?x=y");
      g_assert_cmpuint (second->length, ==, has_body ? 4 : 0);
      g_assert_cmpuint (lf_test_peer_n_connections (peer), ==, 1);
    }
}

/* "/4711" leads to port 4711. */
static gboolean
answer_with_next (GSocket *socket, const LfTestRequest *request)
{
  g_autofree char *text =
      g_strdup_printf ("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%s/next\r\n"
                       "Content-Length: 0\r\n\r\n",
                       request->target + 1);

  return lf_test_send (socket, text);
}

static void
test_redirect_elsewhere (void)
{
  g_autoptr (LfTestPeer) second = lf_test_peer_new (NULL);
  g_autoptr (LfTestPeer) first = lf_test_peer_new (answer_with_next);
  g_autoptr (LfTestRun) run =
      lf_test_run ("{'steps': [{'name': 'r', 'url': 'http://127.0.0.1:%u/%u',"
                   " 'auth': {'type': 'basic', 'username': 'u', 'password': 'p'},"
                   " 'headers': [{'name': 'Cookie', 'value': 'a=b'},"
                   " {'name': 'X-Kept', 'value': '1'}]}]}",
                   lf_test_peer_get_port (first), lf_test_peer_get_port (second));
  const LfTestRequest *request;
  g_autofree char *secret = NULL;
  g_autofree char *token = NULL;

  lf_test_run_assert_step (run, "r", 200, 0);
  request = lf_test_peer_find (second, "/next");
  g_assert_null (strstr (request->head, "Authorization"));
  g_assert_null (strstr (request->head, "Cookie"));
  g_assert_nonnull (strstr (request->head, "X-Kept: 1"));
  secret = lf_test_request_header (lf_test_peer_get (first, 0), "Authorization");
  token = lf_test_request_header (lf_test_peer_get (first, 0), "Cookie");
  g_assert_cmpstr (secret, ==, "Basic dTpw");
  g_assert_cmpstr (token, ==, "a=b");
  g_assert_cmpint (run->summary->data->sent, >, 0);
}

/* The target says no and closes before it has the body: what it said counts, on a new connection
 * and on a kept one, and nothing is sent twice. */
static gboolean
answer_early (GSocket *socket, const char *path, gboolean *keep)
{
  *keep = g_str_equal (path, "/small");
  return lf_test_send (socket, *keep ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                                     : "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n"
                                       "Connection: close\r\n\r\n");
}

/* Serves one connection after the other, reading heads only. */
static gpointer
serve_early (gpointer data)
{
  GSocket *listener = data;
  guint served = 0;

  while (served < 3)
    {
      g_autoptr (GSocket) socket = g_socket_accept (listener, NULL, NULL);
      gboolean keep = TRUE;

      while (keep)
        {
          char head[4096] = "";
          gssize n = g_socket_receive (socket, head, sizeof head - 1, NULL, NULL);
          char *space = n > 0 ? strchr (head, ' ') : NULL;

          if (space == NULL)
            break;
          space[1 + strcspn (space + 1, " ")] = '\0';
          answer_early (socket, space + 1, &keep);
          served++;
        }
      g_socket_close (socket, NULL);
    }
  return GUINT_TO_POINTER (served);
}

static void
test_early_answer (void)
{
  g_autoptr (GSocket) listener =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autofree char *body = g_strnfill (8 * 1024 * 1024, 'x');
  g_autoptr (LfTestRun) run = NULL;
  GThread *server;
  guint port;

  g_assert_true (g_socket_bind (listener, any, FALSE, NULL));
  g_assert_true (g_socket_listen (listener, NULL));
  address = g_socket_get_local_address (listener, NULL);
  port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  server = g_thread_new ("early", serve_early, listener);
  run = lf_test_run (
      "{'steps': [{'name': 'new', 'method': 'POST', 'url': 'http://127.0.0.1:%u/large',"
      " 'body': {'type': 'text', 'text': '%s'}}, {'name': 'small', 'url': "
      "'http://127.0.0.1:%u/small'},"
      "{'name': 'kept', 'method': 'POST', 'url': 'http://127.0.0.1:%u/large',"
      " 'body': {'type': 'text', 'text': '%s'}}]}",
      port, body, port, port, body);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (server)), ==, 3);
  lf_test_run_assert_step (run, "new", 413, 1413);
  lf_test_run_assert_step (run, "small", 200, 0);
  lf_test_run_assert_step (run, "kept", 413, 1413);
  g_assert_cmpint (run->summary->requests->resent, ==, 0);
}

/* A second answer behind the first, which nobody asked for: it answers no other request. */
static gboolean
answer_twice (GSocket *socket, const LfTestRequest *request)
{
  g_autofree char *body = g_strnfill (4096, 'x');
  g_autofree char *rest = g_strconcat (body, "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", NULL);

  lf_test_send (socket, "HTTP/1.1 200 OK\r\nContent-Length: 4096\r\n\r\n");
  g_usleep (20 * 1000); /* so that the body is read by itself */
  return lf_test_send (socket, rest);
}

static void
test_second_answer (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (answer_twice);
  guint port = lf_test_peer_get_port (peer);
  g_autoptr (LfTestRun) run =
      lf_test_run ("{'steps': [{'url': 'http://127.0.0.1:%u/'}, {'url': 'http://127.0.0.1:%u/'},"
                   "{'url': 'http://127.0.0.1:%u/'}]}",
                   port, port, port);

  g_assert_cmpint (run->summary->requests->total, ==, 3);
  g_assert_cmpint (run->summary->requests->failed, ==, 0);
  g_assert_cmpuint (lf_test_peer_n_requests (peer), ==, 3);
  g_assert_cmpuint (lf_test_peer_n_connections (peer), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/lean/same-bytes", test_same_bytes);
  g_test_add_func ("/engine/lean/one-way-a-place", test_one_way_a_place);
  g_test_add_func ("/engine/lean/turns", test_turns);
  g_test_add_func ("/engine/lean/redirects", test_redirects);
  g_test_add_func ("/engine/lean/early-answer", test_early_answer);
  g_test_add_func ("/engine/lean/second-answer", test_second_answer);
  g_test_add_func ("/engine/lean/redirect-elsewhere", test_redirect_elsewhere);
  return g_test_run ();
}
