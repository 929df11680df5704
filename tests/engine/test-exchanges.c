#include "config.h"

#include "lf-error-code.h"
#include "lf-target.h"
#include "lf-test-peer.h"
#include "lf-test-run.h"

#include <curl/curl.h>

#include <string.h>
#include <sys/resource.h>

/* What happens between the first request and the last answer: connections, redirects, cookies,
 * proxies, encodings, large bodies. */

static gint
count_connections (LfTestPeer *peer, const char *prefix)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_direct_hash, g_direct_equal);

  for (guint i = 0; i < lf_test_peer_n_requests (peer); i++)
    {
      const LfTestRequest *request = lf_test_peer_get (peer, i);

      if (g_str_has_prefix (request->target, prefix))
        g_hash_table_add (seen, GUINT_TO_POINTER (request->connection));
    }
  return (gint) g_hash_table_size (seen);
}

static gint64
count_opened (LfTestRun *run)
{
  gint64 opened = 0;

  for (guint i = 0; i < run->load->totals->len; i++)
    opened += ((LfSample *) run->load->totals->pdata[i])->connections_opened;
  return opened;
}

static void
test_keep_alive (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  guint port = lf_test_peer_get_port (peer);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'loadProfile': {'executor': 'constant-arrival-rate', 'rate': 10, 'duration': 1,"
      "  'preAllocatedVUs': 1, 'maxVUs': 1},"
      " 'steps': [{'url': 'http://127.0.0.1:%u/kept'},"
      "  {'url': 'http://127.0.0.1:%u/close', 'http': {'keepAlive': false}}]}",
      port, port);
  g_autofree char *connection =
      lf_test_request_header (lf_test_peer_find (peer, "/close"), "Connection");
  gint64 iterations = run->summary->iterations;

  g_assert_cmpint (iterations, >, 1);
  g_assert_cmpint (run->summary->requests->total, ==, 2 * iterations);
  g_assert_cmpint (run->summary->requests->failed, ==, 0);
  g_assert_cmpuint (lf_test_peer_n_requests (peer), ==, 2 * iterations);
  g_assert_cmpstr (connection, ==, "close");
  /* The one that asks to be closed may be the one that was kept until then. */
  g_assert_cmpint (count_connections (peer, "/close"), ==, iterations);
  g_assert_cmpint (count_opened (run), ==, lf_test_peer_n_connections (peer));
}

static void
test_users (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'loadProfile': {'executor': 'constant-vus', 'vus': 7, 'duration': 1},"
      " 'steps': [{'url': 'http://127.0.0.1:%u/', 'thinkTime': {'min': 0.05, 'max': 0.05}}]}",
      lf_test_peer_get_port (peer));

  g_assert_cmpint (run->summary->requests->failed, ==, 0);
  g_assert_cmpuint (lf_test_peer_n_connections (peer), ==, 7);
  g_assert_cmpint (count_opened (run), ==, 7);
  g_assert_cmpint (run->summary->requests->total, ==, lf_test_peer_n_requests (peer));
}

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

static void
test_proxy (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  g_autoptr (LfTestPeer) proxy = lf_test_peer_new (NULL);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/p", lf_test_peer_get_port (peer));
  g_autofree char *way = g_strdup_printf ("http://127.0.0.1:%u", lf_test_peer_get_port (proxy));
  g_autoptr (LfTestRun) run =
      lf_test_run ("{'steps': [{'name': 'straight', 'url': '%s'},"
                   "{'name': 'proxy', 'url': '%s', 'http': {'proxy': '%s'}}]}",
                   url, url, way);

  lf_test_run_assert_step (run, "straight", 200, 0);
  lf_test_run_assert_step (run, "proxy", 200, 0);
  g_assert_cmpuint (lf_test_peer_n_requests (peer), ==, 1);
  g_assert_cmpuint (lf_test_peer_n_requests (proxy), ==, 1);
  g_assert_cmpstr (lf_test_peer_get (proxy, 0)->target, ==, url);
}

static gboolean
refuse_tunnel (GSocket *socket, const LfTestRequest *request)
{
  return lf_test_send (socket, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
}

static void
test_no_tunnel (void)
{
  g_autoptr (LfTestPeer) proxy = lf_test_peer_new (refuse_tunnel);
  guint port = lf_test_peer_get_port (proxy);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'steps': [{'name': 'tunnel', 'url': 'https://shop.example/',"
      "  'http': {'proxy': 'http://127.0.0.1:%u'}},"
      "{'name': 'nobody', 'url': 'https://shop.example/', 'http': {'proxy': '127.0.0.1:1'}}]}",
      port);

  lf_test_run_assert_step (run, "tunnel", 0, LF_ERROR_CODE_TCP_DIAL);
  lf_test_run_assert_step (run, "nobody", 0, LF_ERROR_CODE_TCP_REFUSED);
  g_assert_cmpstr (lf_test_peer_get (proxy, 0)->method, ==, "CONNECT");
  g_assert_cmpstr (lf_test_peer_get (proxy, 0)->target, ==, "shop.example:443");
}

static gint64
peak_memory (void) /* bytes */
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);
  return usage.ru_maxrss * 1024;
}

#define FILE_SIZE ((gsize) LF_ATTACHMENT_LIMIT)
#define N_USERS   40

static void
test_file (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  g_autoptr (GHashTable) attachments =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_bytes_unref);
  guint8 *data = g_malloc (FILE_SIZE);
  GBytes *file;
  g_autofree char *sum = NULL;
  g_autofree char *text = NULL;
  g_autoptr (LfSpec) spec = NULL;
  g_autoptr (LfTestRun) run = NULL;
  gint64 before;

  for (gsize i = 0; i < FILE_SIZE; i++)
    data[i] = (guint8) (i * 2654435761u >> 13);
  file = g_bytes_new_take (data, FILE_SIZE);
  sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);
  g_hash_table_insert (attachments, "f1", file);
  text = g_strdup_printf (
      "{'loadProfile': {'executor': 'constant-arrival-rate', 'rate': %u, 'duration': 1,"
      "  'preAllocatedVUs': %u}, 'http': {'timeout': 80}, 'gracefulStop': 80, 'steps': ["
      " {'name': 'file', 'method': 'PUT', 'url': 'http://127.0.0.1:%u/',"
      "  'body': {'type': 'file', 'attachmentId': 'f1', 'contentType': 'image/x-raw'}}]}",
      N_USERS, N_USERS, lf_test_peer_get_port (peer));
  spec = lf_test_spec_once (text);
  before = peak_memory ();
  run = lf_test_run_spec (spec, attachments);

  g_test_message ("peak memory grew by %" G_GINT64_FORMAT " MiB",
                  (peak_memory () - before) / 1024 / 1024);
  lf_test_run_assert_step (run, "file", 200, 0);
  /* Arrivals may be dropped where nobody was free, but none was free of a body. */
  g_assert_cmpint (run->summary->requests->total, >=, 2);
  for (guint i = 0; i < lf_test_peer_n_requests (peer); i++)
    {
      const LfTestRequest *request = lf_test_peer_get (peer, i);
      g_autofree char *expect = lf_test_request_header (request, "Expect");
      g_autofree char *type = lf_test_request_header (request, "Content-Type");

      g_assert_cmpuint (request->length, ==, FILE_SIZE);
      g_assert_cmpstr (request->sha256, ==, sum);
      g_assert_cmpstr (type, ==, "image/x-raw");
      g_assert_null (expect);
    }
  g_assert_cmpint (run->summary->data->sent, >, run->summary->requests->total * (gint64) FILE_SIZE);
  /* A copy for each user would be a thousand MiB. */
  g_assert_cmpint (peak_memory () - before, <, N_USERS / 4 * (gint64) FILE_SIZE);
}

static gboolean
answer_later (GSocket *socket, const LfTestRequest *request)
{
  g_usleep (200 * 1000);
  return lf_test_answer_ok (socket, request);
}

/* The wait for an answer is a wait, whether the body left in one write or in pieces. */
static void
test_waiting (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (answer_later);
  guint port = lf_test_peer_get_port (peer);
  g_autofree char *large = g_strnfill (200000, 'x');
  g_autoptr (LfTestRun) run =
      lf_test_run ("{'steps': [{'name': 'none', 'url': 'http://127.0.0.1:%u/'},"
                   "{'name': 'small', 'method': 'POST', 'url': 'http://127.0.0.1:%u/',"
                   "  'body': {'type': 'text', 'text': 'x'}},"
                   "{'name': 'large', 'method': 'POST', 'url': 'http://127.0.0.1:%u/',"
                   "  'body': {'type': 'text', 'text': '%s'}}]}",
                   port, port, port, large);

  for (guint i = 0; i < run->summary->steps->len; i++)
    {
      const LfSummaryStep *step = run->summary->steps->pdata[i];

      g_test_message ("%s: sending %g, waiting %g, receiving %g", step->name,
                      step->latency->sending->min, step->latency->waiting->min,
                      step->latency->receiving->min);
      lf_test_run_assert_step (run, step->name, 200, 0);
      /* Of the 200; what passes between writing and looking at the clock is told as sending. */
      g_assert_cmpfloat (step->latency->waiting->min, >=, 190);
    }
}

/* Steps one after the other, with the time between them that was asked for. */
static void
test_think_time (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  guint port = lf_test_peer_get_port (peer);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'steps': [{'name': 'a', 'url': 'http://127.0.0.1:%u/a', 'thinkTime': {'min': 0.3,"
      "  'max': 0.3}},"
      " {'name': 'off', 'url': 'http://127.0.0.1:%u/off', 'enabled': false},"
      " {'name': 'b', 'url': 'http://127.0.0.1:%u/b'}, {'url': 'http://127.0.0.1:%u/c/d?e'}]}",
      port, port, port, port);
  const LfTestRequest *a = lf_test_peer_get (peer, 0);
  const LfTestRequest *b = lf_test_peer_get (peer, 1);

  g_assert_cmpuint (lf_test_peer_n_requests (peer), ==, 3);
  g_assert_cmpstr (a->target, ==, "/a");
  g_assert_cmpstr (b->target, ==, "/b");
  g_assert_cmpstr (lf_test_peer_get (peer, 2)->target, ==, "/c/d?e");
  g_assert_cmpint (b->time - a->time, >=, 300 * 1000);
  g_assert_cmpuint (run->summary->steps->len, ==, 3);
  lf_test_run_assert_step (run, "a", 200, 0);
  lf_test_run_assert_step (run, "b", 200, 0);
  lf_test_run_assert_step (run, "GET /c/d", 200, 0);
  g_assert_cmpint (run->summary->iterations, ==, 1);
}

/* The bundled target delays and its delay is what is measured. */
static void
test_delay (void)
{
  const LfTargetOptions options = { .address = "127.0.0.1:0" };
  g_autoptr (GError) error = NULL;
  g_autoptr (LfTarget) target = lf_target_start (&options, &error);
  g_autofree char *url = lf_target_get_url (target);
  g_autoptr (LfTestRun) run =
      lf_test_run ("{'steps': [{'name': 'waits', 'url': '%s/delay/200'},"
                   "{'name': 'gives up', 'url': '%s/delay/60000', 'http': {'timeout': 0.25}}]}",
                   url, url);

  lf_test_run_assert_step (run, "waits", 200, 0);
  g_assert_cmpfloat (lf_test_run_get_step (run, "waits")->latency->duration->min, >=, 199);
  lf_test_run_assert_step (run, "gives up", 0, LF_ERROR_CODE_TIMEOUT);
  g_assert_cmpfloat (lf_test_run_get_step (run, "gives up")->latency->duration->min, >=, 200);
}

/* Each step has its own time, whatever is left of the one before: a short one that was met ends no
 * later request, and a long one that was met holds up no later end. */
static void
test_timeouts (void)
{
  const LfTargetOptions options = { .address = "127.0.0.1:0" };
  g_autoptr (GError) error = NULL;
  g_autoptr (LfTarget) target = lf_target_start (&options, &error);
  g_autofree char *url = lf_target_get_url (target);
  g_autoptr (LfTestRun) run =
      lf_test_run ("{'http': {'timeout': 80}, 'steps': [{'name': 'patient', 'url': '%s/'},"
                   "{'name': 'hasty', 'url': '%s/', 'http': {'timeout': 2}},"
                   "{'name': 'slow', 'url': '%s/delay/2500'},"
                   "{'name': 'gives up', 'url': '%s/delay/60000', 'http': {'timeout': 0.25}},"
                   "{'name': 'well', 'url': '%s/'}]}",
                   url, url, url, url, url);

  lf_test_run_assert_step (run, "patient", 200, 0);
  lf_test_run_assert_step (run, "hasty", 200, 0);
  lf_test_run_assert_step (run, "slow", 200, 0);
  lf_test_run_assert_step (run, "gives up", 0, LF_ERROR_CODE_TIMEOUT);
  g_assert_cmpfloat (lf_test_run_get_step (run, "gives up")->latency->duration->max, <, 30000);
  lf_test_run_assert_step (run, "well", 200, 0);
}

static guint
count_files (void)
{
  g_autoptr (GDir) files = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (files) != NULL)
    n++;
  return n;
}

/* Files that are open after a run, but for the peer's ends, which it keeps. */
static guint
count_left (LfTestPeer *peer)
{
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'loadProfile': {'executor': 'constant-vus', 'vus': 5, 'duration': 0.5}, 'steps': ["
      "{'url': 'http://localhost:%u/', 'thinkTime': {'min': 0.1, 'max': 0.1}}]}",
      lf_test_peer_get_port (peer));

  g_assert_cmpint (run->summary->requests->total, >, 0);
  g_assert_cmpint (run->summary->requests->failed, ==, 0);
  g_clear_pointer (&run, lf_test_run_free);
  return count_files () - lf_test_peer_n_connections (peer);
}

static void
test_no_files_left (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  guint before = count_left (peer); /* the first run makes what stays, as the main loop's own */

  g_assert_cmpuint (count_left (peer), ==, before);
}

int
main (int argc, char **argv)
{
  /* A run goes where its spec says: all of these tests would fail with this proxy. */
  g_setenv ("http_proxy", "http://127.0.0.1:1", TRUE);
  g_setenv ("all_proxy", "http://127.0.0.1:1", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/exchanges/keep-alive", test_keep_alive);
  g_test_add_func ("/engine/exchanges/users", test_users);
  g_test_add_func ("/engine/exchanges/redirects", test_redirects);
  g_test_add_func ("/engine/exchanges/key-elsewhere", test_key_elsewhere);
  g_test_add_func ("/engine/exchanges/cookies", test_cookies);
  g_test_add_func ("/engine/exchanges/no-cookies", test_no_cookies);
  g_test_add_func ("/engine/exchanges/resent", test_resent);
  g_test_add_func ("/engine/exchanges/sent-anew", test_sent_anew);
  for (guint i = 0; i < G_N_ELEMENTS (codings); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/exchanges/encoding-", codings[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_encoding);
    }
  g_test_add_func ("/engine/exchanges/proxy", test_proxy);
  g_test_add_func ("/engine/exchanges/no-tunnel", test_no_tunnel);
  g_test_add_func ("/engine/exchanges/file", test_file);
  g_test_add_func ("/engine/exchanges/waiting", test_waiting);
  g_test_add_func ("/engine/exchanges/think-time", test_think_time);
  g_test_add_func ("/engine/exchanges/delay", test_delay);
  g_test_add_func ("/engine/exchanges/timeouts", test_timeouts);
  g_test_add_func ("/engine/exchanges/no-files-left", test_no_files_left);
  return g_test_run ();
}
