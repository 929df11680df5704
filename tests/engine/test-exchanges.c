#include "config.h"

#include "lf-error-code.h"
#include "lf-test-peer.h"
#include "lf-test-run.h"

#include <sys/resource.h>

/* What happens between the first request and the last answer: connections, proxies, large bodies.
 */

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
  g_test_add_func ("/engine/exchanges/proxy", test_proxy);
  g_test_add_func ("/engine/exchanges/no-tunnel", test_no_tunnel);
  g_test_add_func ("/engine/exchanges/file", test_file);
  g_test_add_func ("/engine/exchanges/no-files-left", test_no_files_left);
  return g_test_run ();
}
