#include "config.h"

#include "lf-error-code.h"
#include "lf-test-peer.h"
#include "lf-test-run.h"
#include "lf-test-server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

/* What goes wrong between request and answer while users keep coming: killed, slow, stuck and
 * resetting targets. Each is counted, and the totals are what the target saw. */

#define HANG (30 * G_USEC_PER_SEC)

/* More than a socket of the loopback device takes before anybody reads. */
#define LARGE (24 * 1024 * 1024)

/* What the byte-wise target answers, and how much of it is body. */
static const struct
{
  const char *path;
  const char *text;
} bytewise[] = {
  { "/length", "HTTP/1.1 200 OK\r\nX-Long: 0123456789\r\nContent-Length: 10\r\n\r\n0123456789" },
  { "/chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
               "4;a=b\r\nabcd\r\n00b\r\nefghijklmno\r\n0\r\nX-Sum: 1\r\n\r\n" },
  { "/early", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n" },
  { "/redirected", "HTTP/1.1 302 Found\r\nLocation: /length\r\nContent-Length: 2\r\n\r\nno" },
};

static gboolean
answer_bytewise (GSocket *socket, const LfTestRequest *request)
{
  const int at_once = 1;

  g_assert_cmpint (
      setsockopt (g_socket_get_fd (socket), IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once), ==,
      0);
  for (guint i = 0; i < G_N_ELEMENTS (bytewise); i++)
    for (const char *at = bytewise[i].text;
         strcmp (request->target, bytewise[i].path) == 0 && *at != '\0'; at++)
      {
        if (g_socket_send (socket, at, 1, NULL, NULL) != 1)
          return FALSE;
        g_usleep (200);
      }
  return TRUE;
}

static void
test_bytewise (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (answer_bytewise);
  guint port = lf_test_peer_get_port (peer);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'loadProfile': {'executor': 'per-vu-iterations', 'vus': 4, 'iterations': 3}, 'steps': ["
      "{'name': 'length', 'url': 'http://127.0.0.1:%u/length'},"
      "{'name': 'chunks', 'url': 'http://127.0.0.1:%u/chunks'},"
      "{'name': 'early', 'url': 'http://127.0.0.1:%u/early'},"
      "{'name': 'redirected', 'url': 'http://127.0.0.1:%u/redirected'},"
      "{'name': 'again', 'url': 'http://127.0.0.1:%u/length'}]}",
      port, port, port, port, port);

  lf_test_run_assert_step (run, "length", 200, 0);
  lf_test_run_assert_step (run, "chunks", 200, 0);
  lf_test_run_assert_step (run, "early", 204, 0);
  lf_test_run_assert_step (run, "redirected", 200, 0);
  lf_test_run_assert_step (run, "again", 200, 0);
  g_assert_cmpint (run->summary->requests->total, ==, 60);
  g_assert_cmpint (run->summary->requests->resent, ==, 0);
  g_assert_cmpuint (lf_test_peer_n_requests (peer), ==, 72);
  g_assert_cmpuint (lf_test_peer_n_connections (peer), ==, 4);
}

static LfTestGoOn
read_late (GSocket *socket, const LfTestRequest *request, gsize n_read)
{
  if (g_str_has_prefix (request->target, "/late"))
    g_usleep (G_USEC_PER_SEC / 2);
  if (g_str_has_prefix (request->target, "/never"))
    {
      struct pollfd hung_up = { .fd = g_socket_get_fd (socket), .events = POLLRDHUP };

      g_assert_cmpint (poll (&hung_up, 1, HANG / 1000), ==, 1);
      return LF_TEST_CLOSE;
    }
  return LF_TEST_READ_BODY;
}

/* A target that is slow to read makes sending long, not waiting; one that never reads is left when
 * the time is over; both keep nobody else. */
static void
test_slow_reader (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  guint port = lf_test_peer_get_port (peer);
  g_autoptr (GHashTable) attachments =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_bytes_unref);
  GBytes *content = g_bytes_new_take (g_strnfill (LARGE, 'z'), LARGE);
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  g_autofree char *text = g_strdup_printf (
      "{'loadProfile': {'executor': 'per-vu-iterations', 'vus': 2, 'iterations': 1}, 'steps': ["
      "{'name': 'late', 'method': 'PUT', 'url': 'http://127.0.0.1:%u/late',"
      "  'body': {'type': 'file', 'attachmentId': 'f'}},"
      "{'name': 'never', 'method': 'PUT', 'url': 'http://127.0.0.1:%u/never',"
      "  'http': {'timeout': 1}, 'body': {'type': 'file', 'attachmentId': 'f'}},"
      "{'name': 'well', 'url': 'http://127.0.0.1:%u/well'}]}",
      port, port, port);
  g_autoptr (LfSpec) spec = lf_test_spec_once (text);
  g_autoptr (LfTestRun) run = NULL;
  const LfSummaryStep *late;

  lf_test_peer_set_interim (peer, read_late);
  g_hash_table_insert (attachments, "f", content);
  run = lf_test_run_spec (spec, attachments);
  late = lf_test_run_get_step (run, "late");

  lf_test_run_assert_step (run, "late", 200, 0);
  lf_test_run_assert_step (run, "never", 0, LF_ERROR_CODE_TIMEOUT);
  lf_test_run_assert_step (run, "well", 200, 0);
  g_assert_cmpstr (lf_test_peer_find (peer, "/late")->sha256, ==, sum);
  g_assert_cmpuint (lf_test_peer_n_requests (peer), ==, 4);
  g_assert_cmpfloat (late->latency->sending->min, >=, 400);
  g_assert_cmpfloat (late->latency->duration->min, >=, late->latency->sending->min);
  g_assert_cmpint (run->summary->requests->resent, ==, 0);
}

static void
reset (GSocket *socket)
{
  const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

  g_assert_cmpint (
      setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once), ==,
      0);
  g_assert_true (g_socket_close (socket, NULL));
}

/* Resets the second request of a first connection, and any of those that follow. */
static gboolean
reset_second (GSocket *socket, const LfTestRequest *request)
{
  if (request->connection == 0 && request->n == 0)
    return lf_test_answer_ok (socket, request);
  reset (socket);
  return FALSE;
}

/* Resent once where a kept connection died, and no more: the new one failed on its own. */
static void
test_reset_twice (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (reset_second);
  guint port = lf_test_peer_get_port (peer);
  g_autoptr (LfTestRun) run =
      lf_test_run ("{'steps': [{'name': 'one', 'url': 'http://127.0.0.1:%u/1'},"
                   "{'name': 'two', 'method': 'POST', 'url': 'http://127.0.0.1:%u/2',"
                   "  'body': {'type': 'text', 'text': 'twice'}},"
                   "{'name': 'three', 'url': 'http://127.0.0.1:%u/3'}]}",
                   port, port, port);
  const LfSummaryRequests *requests = run->summary->requests;

  lf_test_run_assert_step (run, "one", 200, 0);
  lf_test_run_assert_step (run, "two", 0, LF_ERROR_CODE_TCP_RESET);
  lf_test_run_assert_step (run, "three", 0, LF_ERROR_CODE_TCP_RESET);
  g_assert_cmpint (lf_test_run_get_step (run, "two")->requests->resent, ==, 1);
  g_assert_cmpint (requests->resent, ==, 1);
  g_assert_cmpuint (lf_test_peer_n_requests (peer), ==, requests->total + requests->resent);
}

/* Many users whose connections are reset at all times. */
static gboolean
reset_often (GSocket *socket, const LfTestRequest *request)
{
  if ((request->connection + request->n) % 3 < 2)
    return lf_test_answer_ok (socket, request);
  reset (socket);
  return FALSE;
}

static void
test_reset_often (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (reset_often);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'loadProfile': {'executor': 'per-vu-iterations', 'vus': 10, 'iterations': 20}, 'steps': ["
      "{'name': 'get', 'url': 'http://127.0.0.1:%u/'}, {'name': 'post', 'method': 'POST',"
      " 'url': 'http://127.0.0.1:%u/', 'body': {'type': 'text', 'text': 'some'}}]}",
      lf_test_peer_get_port (peer), lf_test_peer_get_port (peer));
  const LfSummaryRequests *requests = run->summary->requests;
  gint64 answered = lf_counts_get (run->summary->status_codes, "200");

  g_assert_cmpint (requests->total, ==, 400);
  g_assert_cmpint (requests->failed, ==, 400 - answered);
  g_assert_cmpint (requests->resent, >, 0);
  g_assert_cmpuint (lf_test_peer_n_requests (peer), ==, requests->total + requests->resent);
  g_assert_cmpuint (run->summary->errors->len, <=, 1);
  if (requests->failed > 0)
    g_assert_cmpint (((LfSummaryError *) run->summary->errors->pdata[0])->code, ==,
                     LF_ERROR_CODE_TCP_RESET);
}

static const char nginx[] = "pid @DIR@/pid;\ndaemon off;\nmaster_process off;\n"
                            "error_log @DIR@/error.log crit;\nevents { }\n"
                            "http { access_log @DIR@/access.log combined;\n"
                            "server { listen 127.0.0.1:@PORT@; location / { return 200 ok; } } }\n";

static gint64
count_errors (const LfSummary *summary, gint64 code)
{
  for (guint i = 0; i < summary->errors->len; i++)
    {
      const LfSummaryError *error = summary->errors->pdata[i];

      if (error->code == code)
        return error->count;
    }
  return 0;
}

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (const char *at = text; (at = strchr (at, '\n')) != NULL; at++)
    n++;
  return n;
}

/* Whether the last second had answers, all of them good. */
static gboolean
goes_well (LfTestLoad *load)
{
  const LfSample *last = load->totals->pdata[load->totals->len - 1];

  return last->completed > 0 && last->failed == 0 && last->t >= 2;
}

/* kill -9 with users under way, and started again a second later: they come back by themselves. */
static void
test_killed (void)
{
  g_autoptr (LfTestServer) server =
      lf_test_server_start ("exec nginx -e @DIR@/error.log -c @DIR@/server.conf", nginx);
  g_autofree char *text = g_strdup_printf (
      "{'loadProfile': {'executor': 'constant-vus', 'vus': 20, 'duration': 60}, 'steps': ["
      "{'url': 'http://127.0.0.1:%u/', 'thinkTime': {'min': 0.005, 'max': 0.01}}]}",
      server->port);
  g_autoptr (LfSpec) spec = lf_test_spec_once (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfPlan) plan = NULL;
  g_autoptr (LfTestLoad) load = NULL;
  g_autoptr (LfSummary) summary = NULL;
  g_autofree char *log = NULL;
  gint64 answered, logged, refused, reset;

  lf_test_choose_transport (spec);
  plan = lf_plan_new (spec, NULL, NULL, &error);
  g_assert_no_error (error);
  load = lf_test_load_start (plan);
  lf_test_load_pass (load, 1);
  lf_test_server_kill (server);
  lf_test_load_pass (load, lf_load_get_elapsed (load->load) + 1);
  lf_test_server_start_again (server);
  while (!goes_well (load))
    lf_test_load_pass (load, lf_load_get_elapsed (load->load) + 0.1);
  lf_load_stop (load->load);
  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);
  log = lf_test_server_read (server, "access.log", 1);

  answered = lf_counts_get (summary->status_codes, "200");
  refused = count_errors (summary, LF_ERROR_CODE_TCP_REFUSED);
  /* Killed between the two ends of a handshake, or after it. */
  reset = count_errors (summary, LF_ERROR_CODE_TCP_RESET) +
          count_errors (summary, LF_ERROR_CODE_TCP_BROKEN_PIPE) +
          count_errors (summary, LF_ERROR_CODE_TCP_DIAL);
  logged = count_lines (log);
  g_test_message ("%" G_GINT64_FORMAT " answered, %" G_GINT64_FORMAT " logged, %" G_GINT64_FORMAT
                  " refused, %" G_GINT64_FORMAT " reset",
                  answered, logged, refused, reset);
  g_assert_cmpint (answered, >, 100);
  g_assert_cmpint (refused, >, 100);
  g_assert_cmpint (reset, <=, 20);
  g_assert_cmpint (summary->requests->failed, ==, refused + reset);
  g_assert_cmpint (summary->requests->total, ==, answered + refused + reset);
  /* A process that is killed loses at most the line of the answer that it has just given, and the
   * answers of which it had written the line. */
  g_assert_cmpint (logged, >=, answered - 1);
  g_assert_cmpint (logged, <=, answered + 20);
}

/* A server that says nothing while TLS waits for it: Stop at once ends the users all the same. */
static void
test_stop_in_handshake (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  g_autofree char *text = g_strdup_printf (
      "{'loadProfile': {'executor': 'constant-vus', 'vus': 20, 'duration': 60},"
      " 'gracefulStop': 0.3, 'http': {'version': '1.1', 'connectTimeout': 50}, 'steps': ["
      "{'url': 'https://127.0.0.1:%u/'}]}",
      lf_test_peer_get_port (peer));
  g_autoptr (LfSpec) spec = lf_test_spec_once (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfPlan) plan = NULL;
  g_autoptr (LfTestLoad) load = NULL;
  g_autoptr (LfSummary) summary = NULL;
  gint64 since;

  lf_test_choose_transport (spec);
  plan = lf_plan_new (spec, NULL, NULL, &error);
  g_assert_no_error (error);
  load = lf_test_load_start (plan);
  while (lf_test_peer_n_connections (peer) < 20)
    lf_test_load_pass (load, lf_load_get_elapsed (load->load) + 0.1);
  since = g_get_monotonic_time ();
  lf_load_stop (load->load);
  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);

  g_assert_cmpint (g_get_monotonic_time () - since, <, HANG);
  g_assert_cmpint (summary->requests->total, ==, 0);
  g_assert_cmpint (summary->verdict, ==, LF_VERDICT_ABORTED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/faults/bytewise", test_bytewise);
  g_test_add_func ("/engine/faults/slow-reader", test_slow_reader);
  g_test_add_func ("/engine/faults/reset-twice", test_reset_twice);
  g_test_add_func ("/engine/faults/reset-often", test_reset_often);
  g_test_add_func ("/engine/faults/killed", test_killed);
  g_test_add_func ("/engine/faults/stop-in-handshake", test_stop_in_handshake);
  return g_test_run ();
}
