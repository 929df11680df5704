#include "config.h"

#include "lf-error-code.h"
#include "lf-test-peer.h"
#include "lf-test-run.h"

#include <curl/curl.h>
#include <string.h>

/* What an answer asks for: to go elsewhere, to keep a cookie, to undo an encoding; and where none
 * comes, to send again. */

/* /to/N/PATH answers N with PATH as the place to go. */
static gboolean
redirect (GSocket *socket, const LfTestRequest *request)
{
  g_autofree char *answer = NULL;

  if (!g_str_has_prefix (request->target, "/to/"))
    return lf_test_answer_ok (socket, request);
  answer = g_strdup_printf ("HTTP/1.1 %.3s See there\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n",
                            request->target + 4, request->target + 7);
  return lf_test_send (socket, answer);
}

static void
assert_method (LfTestPeer *peer, const char *path, const char *method, guint64 length)
{
  const LfTestRequest *request = lf_test_peer_find (peer, path);

  g_assert_cmpstr (request->method, ==, method);
  g_assert_cmpuint (request->length, ==, length);
}

static void
test_redirects (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (redirect);
  g_autoptr (LfTestPeer) other = lf_test_peer_new (redirect);
  guint port = lf_test_peer_get_port (peer);
  g_autofree char *elsewhere =
      g_strdup_printf ("http://127.0.0.1:%u/away", lf_test_peer_get_port (other));
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'steps': ["
      "{'name': 'followed', 'url': 'http://127.0.0.1:%u/to/301/to/302/end'},"
      "{'name': 'not followed', 'url': 'http://127.0.0.1:%u/to/302/never',"
      "  'http': {'followRedirects': false}},"
      "{'name': 'just', 'url': 'http://127.0.0.1:%u/to/301/to/301/just',"
      "  'http': {'maxRedirects': 2}},"
      "{'name': 'too many', 'url': 'http://127.0.0.1:%u/to/301/to/301/to/301/many',"
      "  'http': {'maxRedirects': 2}},"
      "{'name': 'post', 'method': 'POST', 'url': 'http://127.0.0.1:%u/to/302/post',"
      "  'body': {'type': 'text', 'text': 'abc'}},"
      "{'name': 'post 307', 'method': 'POST', 'url': 'http://127.0.0.1:%u/to/307/post307',"
      "  'body': {'type': 'text', 'text': 'abc'}},"
      "{'name': 'put', 'method': 'PUT', 'url': 'http://127.0.0.1:%u/to/303/put',"
      "  'body': {'type': 'text', 'text': 'abc'}},"
      "{'name': 'delete', 'method': 'DELETE', 'url': 'http://127.0.0.1:%u/to/303/delete'},"
      "{'name': 'patch', 'method': 'PATCH', 'url': 'http://127.0.0.1:%u/to/302/patch',"
      "  'body': {'type': 'text', 'text': 'abc'}},"
      "{'name': 'put again', 'method': 'PUT', 'url': 'http://127.0.0.1:%u/again',"
      "  'body': {'type': 'text', 'text': 'abc'}},"
      "{'name': 'file', 'url': 'http://127.0.0.1:%u/to/302file:///etc/passwd'},"
      "{'name': 'away', 'url': 'http://127.0.0.1:%u/to/302%s',"
      "  'auth': {'type': 'bearer', 'token': 'mine'}}]}",
      port, port, port, port, port, port, port, port, port, port, port, port, elsewhere);
  g_autofree char *away =
      lf_test_request_header (lf_test_peer_find (other, "/away"), "Authorization");

  lf_test_run_assert_step (run, "followed", 200, 0);
  lf_test_peer_find (peer, "/end");
  lf_test_run_assert_step (run, "not followed", 302, 0);
  lf_test_run_assert_step (run, "just", 200, 0);
  lf_test_run_assert_step (run, "too many", 0, LF_ERROR_CODE_TOO_MANY_REDIRECTS);
  lf_test_run_assert_step (run, "post", 200, 0);
  assert_method (peer, "/post", "GET", 0);
  lf_test_run_assert_step (run, "post 307", 200, 0);
  assert_method (peer, "/post307", "POST", 3);
  lf_test_run_assert_step (run, "put", 200, 0);
  assert_method (peer, "/put", "GET", 0);
  lf_test_run_assert_step (run, "delete", 200, 0);
  assert_method (peer, "/delete", "GET", 0);
  lf_test_run_assert_step (run, "patch", 200, 0);
  assert_method (peer, "/patch", "PATCH", 3);
  lf_test_run_assert_step (run, "put again", 200, 0);
  assert_method (peer, "/again", "PUT", 3);
  lf_test_run_assert_step (run, "file", 0, LF_ERROR_CODE_PROTOCOL);
  lf_test_run_assert_step (run, "away", 200, 0);
  /* Another origin does not learn the token. */
  g_assert_null (away);
  g_assert_cmpint (run->summary->requests->total, ==, 12);
  g_assert_cmpint (run->summary->requests->resent, ==, 0);
}

/* A key has a header that only its own service knows: nobody else may learn it, whichever way the
 * redirect goes, and however many lead there; and the next request of the user has it again. */
static void
test_key_elsewhere (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (redirect);
  g_autoptr (LfTestPeer) other = lf_test_peer_new (NULL);
  guint port = lf_test_peer_get_port (peer);
  guint away = lf_test_peer_get_port (other);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'steps': ["
      "{'name': 'away', 'url': 'http://127.0.0.1:%u/to/302http://127.0.0.1:%u/away',"
      "  'headers': [{'name': 'X-Keyring', 'value': 'kept'}],"
      "  'auth': {'type': 'apiKey', 'in': 'header', 'name': 'X-Key', 'value': 'mine'}},"
      "{'name': 'twice', 'url': 'http://127.0.0.1:%u/to/307/to/302//127.0.0.1:%u/twice',"
      "  'auth': {'type': 'apiKey', 'in': 'header', 'name': 'X-Key', 'value': 'mine'}},"
      "{'name': 'home', 'url': 'http://127.0.0.1:%u/to/302/home',"
      "  'auth': {'type': 'apiKey', 'in': 'header', 'name': 'X-Key', 'value': 'mine'}}],"
      " 'loadProfile': {'executor': 'per-vu-iterations', 'vus': 1, 'iterations': 2}}",
      port, away, port, away, port);
  g_autofree char *home = lf_test_request_header (lf_test_peer_find (peer, "/home"), "X-Key");

  lf_test_run_assert_step (run, "away", 200, 0);
  lf_test_run_assert_step (run, "twice", 200, 0);
  lf_test_run_assert_step (run, "home", 200, 0);
  g_assert_cmpstr (home, ==, "mine");
  g_assert_cmpuint (lf_test_peer_n_requests (other), ==, 4);
  for (guint i = 0; i < lf_test_peer_n_requests (other); i++)
    g_assert_null (strstr (lf_test_peer_get (other, i)->head, "X-Key:"));
  g_assert_nonnull (strstr (lf_test_peer_find (other, "/away")->head, "X-Keyring: kept"));
  for (guint i = 0; i < lf_test_peer_n_requests (peer); i++)
    g_assert_nonnull (strstr (lf_test_peer_get (peer, i)->head, "X-Key: mine"));
}

static gboolean
give_cookie (GSocket *socket, const LfTestRequest *request)
{
  g_autofree char *answer = g_strdup_printf (
      "HTTP/1.1 200 OK\r\nSet-Cookie: user=%u; Path=/\r\nContent-Length: 0\r\n\r\n",
      request->connection);

  return lf_test_send (socket, answer);
}

static void
test_cookies (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (give_cookie);
  guint port = lf_test_peer_get_port (peer);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'loadProfile': {'executor': 'constant-vus', 'vus': 3, 'duration': 1},"
      " 'steps': [{'url': 'http://127.0.0.1:%u/one', 'thinkTime': {'min': 0.05, 'max': 0.05}},"
      "  {'url': 'http://127.0.0.1:%u/two', 'thinkTime': {'min': 0.05, 'max': 0.05}}]}",
      port, port);

  g_assert_cmpint (run->summary->requests->failed, ==, 0);
  g_assert_cmpuint (lf_test_peer_n_connections (peer), ==, 3);
  for (guint i = 0; i < lf_test_peer_n_requests (peer); i++)
    {
      const LfTestRequest *request = lf_test_peer_get (peer, i);
      g_autofree char *cookie = lf_test_request_header (request, "Cookie");
      g_autofree char *own = g_strdup_printf ("user=%u", request->connection);

      g_assert_cmpstr (cookie, ==, request->n == 0 ? NULL : own);
    }
}

static void
test_no_cookies (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (give_cookie);
  guint port = lf_test_peer_get_port (peer);
  g_autoptr (LfTestRun) run =
      lf_test_run ("{'http': {'cookies': false}, 'steps': ["
                   "{'url': 'http://127.0.0.1:%u/off'}, {'url': 'http://127.0.0.1:%u/still-off'},"
                   "{'url': 'http://127.0.0.1:%u/on', 'http': {'cookies': true}},"
                   "{'url': 'http://127.0.0.1:%u/off-again'},"
                   "{'url': 'http://127.0.0.1:%u/on-again', 'http': {'cookies': true}}]}",
                   port, port, port, port, port);

  g_assert_cmpint (run->summary->requests->failed, ==, 0);
  g_assert_cmpuint (lf_test_peer_n_requests (peer), ==, 5);
  g_assert_cmpuint (lf_test_peer_n_connections (peer), ==, 1);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *cookie = lf_test_request_header (lf_test_peer_get (peer, i), "Cookie");

      g_assert_cmpstr (cookie, ==, i == 4 ? "user=0" : NULL);
    }
}

/* A kept connection that the target closes as the next request comes: sent once more, and told. */
static gboolean
hang_up_on_second (GSocket *socket, const LfTestRequest *request)
{
  return request->n == 0 && lf_test_answer_ok (socket, request);
}

static void
test_resent (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (hang_up_on_second);
  guint port = lf_test_peer_get_port (peer);
  g_autoptr (LfTestRun) run =
      lf_test_run ("{'steps': [{'name': 'one', 'url': 'http://127.0.0.1:%u/1'},"
                   "{'name': 'two', 'url': 'http://127.0.0.1:%u/2'},"
                   "{'name': 'three', 'url': 'http://127.0.0.1:%u/3'}]}",
                   port, port, port);
  LfSummaryRequests *requests = run->summary->requests;

  g_assert_cmpint (requests->total, ==, 3);
  g_assert_cmpint (requests->failed, ==, 0);
  g_assert_cmpuint (lf_test_peer_n_connections (peer), ==, 3);
  g_assert_cmpint (requests->resent, ==, 2);
  g_assert_cmpuint (lf_test_peer_n_requests (peer), ==, requests->total + requests->resent);
  g_assert_nonnull (lf_test_load_find_line (run->load, "2 requests were sent again"));
}

/* A body that leaves in pieces begins anew with each redirect and each new connection. */
static gboolean
redirect_and_hang_up (GSocket *socket, const LfTestRequest *request)
{
  return redirect (socket, request) && g_str_has_prefix (request->target, "/to/");
}

static void
test_sent_anew (void)
{
  g_autoptr (LfTestPeer) moving = lf_test_peer_new (redirect_and_hang_up);
  g_autoptr (LfTestPeer) leaving = lf_test_peer_new (hang_up_on_second);
  g_autofree char *text = g_strnfill (300000, 'x');
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'http': {'timeout': 80}, 'steps': ["
      "{'name': 'moved', 'method': 'PUT', 'url': 'http://127.0.0.1:%u/to/307/to/308/end',"
      "  'body': {'type': 'text', 'text': '%s'}},"
      "{'name': 'first', 'url': 'http://127.0.0.1:%u/first'},"
      "{'name': 'left', 'method': 'POST', 'url': 'http://127.0.0.1:%u/left',"
      "  'body': {'type': 'text', 'text': '%s'}}]}",
      lf_test_peer_get_port (moving), text, lf_test_peer_get_port (leaving),
      lf_test_peer_get_port (leaving), text);

  lf_test_run_assert_step (run, "moved", 200, 0);
  lf_test_run_assert_step (run, "left", 200, 0);
  g_assert_cmpuint (lf_test_peer_n_requests (moving), ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (lf_test_peer_get (moving, i)->sha256, ==, sum);
  g_assert_cmpuint (lf_test_peer_n_requests (leaving), ==, 3);
  g_assert_cmpstr (lf_test_peer_get (leaving, 2)->sha256, ==, sum);
  g_assert_cmpint (run->summary->requests->resent, ==, 1);
}

/* "hello", squeezed. */
static const guint8 gzip[] = { 0x1f, 0x8b, 8,    0,    0,    0,    0,    0,    0,
                               3,    0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x86,
                               0xa6, 0x10, 0x36, 5,    0,    0,    0 };
static const guint8 deflate[] = { 0x78, 0x9c, 0xcb, 0x48, 0xcd, 0xc9, 0xc9,
                                  0x07, 0x00, 0x06, 0x2c, 0x02, 0x15 };
static const guint8 brotli[] = { 0x0b, 0x02, 0x80, 'h', 'e', 'l', 'l', 'o', 0x03 };

static const struct
{
  const char *name;
  const guint8 *data;
  gsize size;
  int feature; /* of libcurl */
} codings[] = {
  { "gzip", gzip, sizeof gzip, CURL_VERSION_LIBZ },
  { "deflate", deflate, sizeof deflate, CURL_VERSION_LIBZ },
  { "br", brotli, sizeof brotli, CURL_VERSION_BROTLI },
};

/* /N/... by coding N; what it gets wrong under /N/broken. */
static gboolean
answer_coded (GSocket *socket, const LfTestRequest *request)
{
  guint i = (guint) (request->target[1] - '0');
  gboolean broken = g_str_has_suffix (request->target, "broken");
  gsize size = codings[i].size;
  g_autofree char *data = g_memdup2 (codings[i].data, size);
  g_autofree char *head =
      g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %zu\r\n\r\n",
                       codings[i].name, size);

  if (broken)
    memset (data, 0xff, size);
  return lf_test_send (socket, head) &&
         g_socket_send (socket, data, size, NULL, NULL) == (gssize) size;
}

/* Asked for is what libcurl can undo, and a wrong one fails; what was not asked for is not looked
 * into. The first answer tells the lean transport only that there is something to undo. */
static void
test_encoding (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  gboolean known = (curl_version_info (CURLVERSION_NOW)->features & codings[i].feature) != 0;
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (answer_coded);
  guint port = lf_test_peer_get_port (peer);
  g_autoptr (LfTestRun) run =
      lf_test_run ("{'steps': [{'url': 'http://127.0.0.1:%u/%u/first'},"
                   "{'name': 'asked', 'url': 'http://127.0.0.1:%u/%u/asked'},"
                   "{'name': 'broken', 'url': 'http://127.0.0.1:%u/%u/broken'},"
                   "{'name': 'not asked', 'url': 'http://127.0.0.1:%u/%u/not-asked-and-broken',"
                   " 'http': {'decompress': false}}]}",
                   port, i, port, i, port, i, port, i);
  g_autofree char *asked = lf_test_request_header (lf_test_peer_get (peer, 1), "Accept-Encoding");
  g_autofree char *not_asked =
      lf_test_request_header (lf_test_peer_get (peer, 3), "Accept-Encoding");

  g_assert_cmpint (strstr (asked, codings[i].name) != NULL, ==, known);
  g_assert_null (not_asked);
  lf_test_run_assert_step (run, "not asked", 200, 0);
  if (!known)
    return;
  lf_test_run_assert_step (run, "asked", 200, 0);
  lf_test_run_assert_step (run, "broken", 0, LF_ERROR_CODE_PROTOCOL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/answers/redirects", test_redirects);
  g_test_add_func ("/engine/answers/key-elsewhere", test_key_elsewhere);
  g_test_add_func ("/engine/answers/cookies", test_cookies);
  g_test_add_func ("/engine/answers/no-cookies", test_no_cookies);
  g_test_add_func ("/engine/answers/resent", test_resent);
  g_test_add_func ("/engine/answers/sent-anew", test_sent_anew);
  for (guint i = 0; i < G_N_ELEMENTS (codings); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/answers/encoding-", codings[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_encoding);
    }
  return g_test_run ();
}
