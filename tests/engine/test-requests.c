#include "config.h"

#include "lf-test-peer.h"
#include "lf-test-run.h"

/* What a spec says and what arrives: the server here keeps every byte. */

static void
assert_header (LfTestPeer *peer, const char *path, const char *name, const char *value)
{
  g_autofree char *header = lf_test_request_header (lf_test_peer_find (peer, path), name);

  g_test_message ("%s %s", path, name);
  g_assert_cmpstr (header, ==, value);
}

static void
assert_body (LfTestPeer *peer, const char *path, const char *body)
{
  const LfTestRequest *request = lf_test_peer_find (peer, path);
  gsize length;
  const char *data = g_bytes_get_data (request->body, &length);

  g_test_message ("%s", path);
  g_assert_cmpmem (data, length, body, strlen (body));
}

static void
test_methods (void)
{
  static const char *const methods[] = { "GET",    "HEAD",    "POST",  "PUT",     "PATCH",
                                         "DELETE", "OPTIONS", "TRACE", "PROPFIND" };
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  g_autoptr (GString) steps = g_string_new (NULL);
  g_autoptr (LfTestRun) run = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    g_string_append_printf (
        steps, "%s{'name': '%s', 'method': '%s', 'url': 'http://127.0.0.1:%u/%s'}",
        i > 0 ? ", " : "", methods[i], methods[i], lf_test_peer_get_port (peer), methods[i]);
  run = lf_test_run ("{'steps': [%s]}", steps->str);

  g_assert_cmpuint (lf_test_peer_n_requests (peer), ==, G_N_ELEMENTS (methods));
  g_assert_cmpint (run->summary->requests->total, ==, G_N_ELEMENTS (methods));
  g_assert_cmpint (run->summary->iterations, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      const LfTestRequest *request = lf_test_peer_get (peer, i);
      gboolean has_content = g_str_equal (methods[i], "POST") || g_str_equal (methods[i], "PUT") ||
                             g_str_equal (methods[i], "PATCH");
      g_autofree char *length = lf_test_request_header (request, "Content-Length");
      g_autofree char *type = lf_test_request_header (request, "Content-Type");
      g_autofree char *coding = lf_test_request_header (request, "Transfer-Encoding");

      g_assert_cmpstr (request->method, ==, methods[i]);
      g_assert_cmpstr (request->target + 1, ==, methods[i]);
      /* RFC 9110, section 8.6: 0 where the method expects content and there is none. */
      g_assert_cmpstr (length, ==, has_content ? "0" : NULL);
      g_assert_null (type);
      g_assert_null (coding);
      lf_test_run_assert_step (run, methods[i], 200, 0);
    }
}

static void
test_url (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  guint port = lf_test_peer_get_port (peer);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'steps': ["
      "{'url': 'http://127.0.0.1:%u'},"
      "{'url': 'http://127.0.0.1:%u/a/../b?x=1&y=%%20z#part'},"
      "{'url': 'http://127.0.0.1:%u/c?x=1', 'params': [{'name': 'a b', 'value': 'ü&='},"
      "  {'name': 'off', 'value': '1', 'enabled': false}, {'name': 'empty', 'value': ''},"
      "  {'name': '', 'value': ''}, {'name': 'a b', 'value': 'two'}]},"
      "{'url': 'http://127.0.0.1:%u/d#part', 'params': [{'name': 'q', 'value': '1'}]},"
      "{'url': 'http://127.0.0.1:%u?q=1'},"
      "{'url': 'http://127.0.0.1:%u/größe/%%41?k=世'}]}",
      port, port, port, port, port, port);

  g_assert_cmpuint (lf_test_peer_n_requests (peer), ==, 6);
  g_assert_cmpstr (lf_test_peer_get (peer, 0)->target, ==, "/");
  /* As browsers send it (RFC 3986, section 5.2.4). */
  g_assert_cmpstr (lf_test_peer_get (peer, 1)->target, ==, "/b?x=1&y=%20z");
  g_assert_cmpstr (lf_test_peer_get (peer, 2)->target, ==,
                   "/c?x=1&a%20b=%C3%BC%26%3D&empty=&a%20b=two");
  g_assert_cmpstr (lf_test_peer_get (peer, 3)->target, ==, "/d?q=1");
  g_assert_cmpstr (lf_test_peer_get (peer, 4)->target, ==, "/?q=1");
  g_assert_cmpstr (lf_test_peer_get (peer, 5)->target, ==, "/gr%C3%B6%C3%9Fe/%41?k=%E4%B8%96");
  g_assert_cmpint (run->summary->requests->failed, ==, 0);
}

static void
test_headers (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  guint port = lf_test_peer_get_port (peer);
  g_autofree char *host = g_strdup_printf ("127.0.0.1:%u", port);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'steps': ["
      "{'url': 'http://%s/plain'},"
      "{'url': 'http://%s/set', 'headers': [{'name': 'Host', 'value': 'shop.example'},"
      "  {'name': 'X-Two', 'value': 'one'}, {'name': 'X-Two', 'value': 'two'},"
      "  {'name': 'X-Empty', 'value': ''}, {'name': 'X-Text', 'value': 'Grüße, 世界'},"
      "  {'name': 'X-Off', 'value': '1', 'enabled': false}, {'name': 'X-Colon', 'value': 'a:b;c'},"
      "  {'name': 'User-Agent', 'value': 'mine/1'}, {'name': 'Accept', 'value': 'text/x'}]},"
      "{'url': 'http://%s/agent', 'http': {'userAgent': 'robot'}},"
      "{'url': 'http://%s/after'},"
      "{'url': 'http://Bücher.example:%u/script', 'http': {'resolve':"
      "  ['xn--bcher-kva.example:%u:127.0.0.1']}}]}",
      host, host, host, host, port, port);
  g_autofree char *script = g_strdup_printf ("xn--bcher-kva.example:%u", port);

  g_assert_cmpint (run->summary->requests->failed, ==, 0);
  assert_header (peer, "/plain", "Host", host);
  assert_header (peer, "/plain", "User-Agent", "loadforge/" LF_VERSION);
  assert_header (peer, "/plain", "Accept", "*/*");
  assert_header (peer, "/plain", "Connection", NULL);
  assert_header (peer, "/plain", "Authorization", NULL);
  assert_header (peer, "/script", "Host", script);
  assert_header (peer, "/set", "Host", "shop.example");
  assert_header (peer, "/set", "X-Two", "one|two");
  assert_header (peer, "/set", "X-Empty", "");
  assert_header (peer, "/set", "X-Text", "Grüße, 世界");
  assert_header (peer, "/set", "X-Off", NULL);
  assert_header (peer, "/set", "X-Colon", "a:b;c");
  assert_header (peer, "/set", "User-Agent", "mine/1");
  assert_header (peer, "/set", "Accept", "text/x");
  assert_header (peer, "/agent", "User-Agent", "robot");
  /* Nothing of one step stays for the next. */
  assert_header (peer, "/after", "Host", host);
  assert_header (peer, "/after", "X-Two", NULL);
  assert_header (peer, "/after", "User-Agent", "loadforge/" LF_VERSION);
}

static void
test_auth (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  guint port = lf_test_peer_get_port (peer);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'steps': ["
      "{'url': 'http://127.0.0.1:%u/basic',"
      "  'auth': {'type': 'basic', 'username': 'Aladdin', 'password': 'open sesame'}},"
      "{'url': 'http://127.0.0.1:%u/colon',"
      "  'auth': {'type': 'basic', 'username': 'ü', 'password': 'a:b@c'}},"
      "{'url': 'http://127.0.0.1:%u/bearer', 'auth': {'type': 'bearer', 'token': 'tok.en-1~+/='}},"
      "{'url': 'http://127.0.0.1:%u/none', 'auth': {'type': 'none'}},"
      "{'url': 'http://user:hidden@127.0.0.1:%u/inside'},"
      "{'url': 'http://127.0.0.1:%u/nobody',"
      "  'auth': {'type': 'basic', 'username': 'nobody'}}]}",
      port, port, port, port, port, port);

  g_assert_cmpint (run->summary->requests->failed, ==, 0);
  /* The example of RFC 7617, section 2. */
  assert_header (peer, "/basic", "Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  assert_header (peer, "/colon", "Authorization", "Basic w7w6YTpiQGM=");
  assert_header (peer, "/bearer", "Authorization", "Bearer tok.en-1~+/=");
  assert_header (peer, "/none", "Authorization", NULL);
  assert_header (peer, "/inside", "Authorization", "Basic dXNlcjpoaWRkZW4=");
  assert_header (peer, "/nobody", "Authorization", "Basic bm9ib2R5Og==");
}

static gboolean
says (LfTestRun *run, const char *secret)
{
  g_autofree char *text = lf_record_to_text (run->summary, FALSE);

  return lf_test_load_find_line (run->load, secret) != NULL || strstr (text, secret) != NULL;
}

static void
test_secrets (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  guint port = lf_test_peer_get_port (peer);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'steps': ["
      "{'url': 'http://127.0.0.1:%u/basic',"
      "  'auth': {'type': 'basic', 'username': 'Aladdin', 'password': 'sesame'}},"
      "{'url': 'http://127.0.0.1:1/bearer', 'auth': {'type': 'bearer', 'token': 'tok.en'}},"
      "{'url': 'http://user:hidden@127.0.0.1:%u/inside'}]}",
      port, port);

  g_assert_nonnull (lf_test_load_find_line (run->load, "/inside"));
  g_assert_false (says (run, "sesame"));
  g_assert_false (says (run, "tok.en"));
  g_assert_false (says (run, "hidden"));
}

static void
test_bodies (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  guint port = lf_test_peer_get_port (peer);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'steps': ["
      "{'method': 'POST', 'url': 'http://127.0.0.1:%u/text',"
      "  'body': {'type': 'text', 'text': 'Grüße\\n\\u0000.'}},"
      "{'method': 'PUT', 'url': 'http://127.0.0.1:%u/json',"
      "  'body': {'type': 'json', 'text': '[1,  2 ]'}},"
      "{'method': 'POST', 'url': 'http://127.0.0.1:%u/form', 'body': {'type': 'form', 'fields': ["
      "  {'name': 'a b', 'value': 'ü&'}, {'name': 'off', 'value': '1', 'enabled': false},"
      "  {'name': 'c', 'value': ''}]}},"
      "{'method': 'PATCH', 'url': 'http://127.0.0.1:%u/typed',"
      "  'body': {'type': 'text', 'text': '<a/>', 'contentType': 'text/xml'}},"
      "{'method': 'POST', 'url': 'http://127.0.0.1:%u/own', 'headers': ["
      "  {'name': 'content-type', 'value': 'x/y'}], 'body': {'type': 'json', 'text': '{}'}},"
      "{'method': 'DELETE', 'url': 'http://127.0.0.1:%u/delete',"
      "  'body': {'type': 'text', 'text': 'why'}},"
      "{'method': 'GET', 'url': 'http://127.0.0.1:%u/get', 'body': {'type': 'text', 'text': 'q'}},"
      "{'method': 'POST', 'url': 'http://127.0.0.1:%u/graphql', 'body': {'type': 'graphql',"
      "  'query': 'query Q($a: Int) { b(a: $a) }', 'variables': {'a': 1}, 'operationName': 'Q'}},"
      "{'method': 'POST', 'url': 'http://127.0.0.1:%u/empty',"
      "  'body': {'type': 'text', 'text': ''}}]}",
      port, port, port, port, port, port, port, port, port);

  g_assert_cmpint (run->summary->requests->failed, ==, 0);
  g_assert_cmpuint (lf_test_peer_n_requests (peer), ==, 9);
  assert_header (peer, "/text", "Content-Type", "text/plain; charset=utf-8");
  assert_body (peer, "/json", "[1,  2 ]");
  assert_header (peer, "/json", "Content-Type", "application/json");
  assert_body (peer, "/form", "a%20b=%C3%BC%26&c=");
  assert_header (peer, "/form", "Content-Type", "application/x-www-form-urlencoded");
  assert_body (peer, "/typed", "<a/>");
  assert_header (peer, "/typed", "Content-Type", "text/xml");
  assert_header (peer, "/own", "Content-Type", "x/y");
  assert_body (peer, "/delete", "why");
  g_assert_cmpstr (lf_test_peer_find (peer, "/delete")->method, ==, "DELETE");
  assert_body (peer, "/get", "q");
  g_assert_cmpstr (lf_test_peer_find (peer, "/get")->method, ==, "GET");
  assert_body (peer, "/graphql",
               "{\"query\":\"query Q($a: Int) { b(a: $a) }\",\"variables\":{\"a\":1},"
               "\"operationName\":\"Q\"}");
  assert_body (peer, "/empty", "");
  assert_header (peer, "/empty", "Content-Length", "0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/requests/methods", test_methods);
  g_test_add_func ("/engine/requests/url", test_url);
  g_test_add_func ("/engine/requests/headers", test_headers);
  g_test_add_func ("/engine/requests/auth", test_auth);
  g_test_add_func ("/engine/requests/secrets", test_secrets);
  g_test_add_func ("/engine/requests/bodies", test_bodies);
  return g_test_run ();
}
