#include "config.h"

#include "lf-error-code.h"
#include "lf-test-peer.h"
#include "lf-test-run.h"

#include <sys/socket.h>

/* Targets that are not there, hang up or talk nonsense: each is counted under its own code, said in
 * words, and the next step goes on. */

/* No name server needs to be asked for a label of over 63 letters. */
#define TEN     "aaaaaaaaaa"
#define NO_HOST TEN TEN TEN TEN TEN TEN TEN ".example"

#define HANG (30 * G_USEC_PER_SEC)

/* A path and what its server does; NULL: hangs up without a word. */
typedef struct
{
  const char *path;
  const char *answer;
  guint status; /* that is counted */
  guint code;
} Answer;

static const Answer answers[] = {
  { "/nothing", NULL, 0, LF_ERROR_CODE_TCP_RESET },
  { "/half-head", "HTTP/1.1 200 OK\r\nContent-Le", 0, LF_ERROR_CODE_TCP_RESET },
  { "/only-interim", "HTTP/1.1 103 Early Hints\r\n\r\n", 0, LF_ERROR_CODE_TCP_RESET },
  { "/half-body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", 200,
    LF_ERROR_CODE_TCP_RESET },
  { "/half-chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", 200,
    LF_ERROR_CODE_TCP_RESET },
  { "/no-last-chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n", 200,
    LF_ERROR_CODE_TCP_RESET },
  { "/bad-chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 0,
    LF_ERROR_CODE_PROTOCOL },
  { "/garbage", "\x01\x02 no HTTP at all\r\n\r\n", 0, LF_ERROR_CODE_PROTOCOL },
  { "/smtp", "220 mail.example ESMTP\r\n", 0, LF_ERROR_CODE_PROTOCOL },
  { "/version", "HTTP/7.3 200 OK\r\n\r\n", 0, LF_ERROR_CODE_PROTOCOL },
  { "/negative", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", 0, LF_ERROR_CODE_PROTOCOL },
  { "/until-close", "HTTP/1.0 200 OK\r\n\r\nall of it", 200, 0 },
  { "/no-content", "HTTP/1.1 204 No Content\r\n\r\n", 204, 0 },
  { "/early", "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200,
    0 },
  { "/teapot", "HTTP/1.1 418 I'm a teapot\r\nContent-Length: 0\r\n\r\n", 418, 1418 },
  { "/gone", "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", 410, 1410 },
  { "/busy", "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", 503, 1503 },
  { "/odd", "HTTP/1.1 599 Odd\r\nContent-Length: 0\r\n\r\n", 599, 1599 },
  { "/beyond", "HTTP/1.1 999 Beyond\r\nContent-Length: 0\r\n\r\n", 0, LF_ERROR_CODE_PROTOCOL },
  /* RFC 9112, section 6.3, and what libcurl makes of bad manners. */
  { "/both-lengths",
    "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: "
    "chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
    200, 0 },
  { "/chunks-and-length",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: "
    "3\r\n\r\n2\r\nab\r\n0\r\n\r\n",
    200, 0 },
  { "/two-lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc", 0,
    LF_ERROR_CODE_PROTOCOL },
  { "/two-lengths-falling", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 2\r\n\r\nabc",
    0, LF_ERROR_CODE_PROTOCOL },
  { "/same-length-twice", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nab",
    200, 0 },
  { "/length-list", "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nab", 200, 0 },
  { "/length-list-differing", "HTTP/1.1 200 OK\r\nContent-Length: 2, 3\r\n\r\nabc", 0,
    LF_ERROR_CODE_PROTOCOL },
  { "/length-plus", "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nab", 0, LF_ERROR_CODE_PROTOCOL },
  { "/length-hex", "HTTP/1.1 200 OK\r\nContent-Length: 0x2\r\n\r\nab", 0, LF_ERROR_CODE_PROTOCOL },
  { "/length-empty", "HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n", 0, LF_ERROR_CODE_PROTOCOL },
  { "/length-words", "HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\nab", 0,
    LF_ERROR_CODE_PROTOCOL },
  { "/length-huge", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\nab", 0,
    LF_ERROR_CODE_PROTOCOL },
  { "/fold", "HTTP/1.1 200 OK\r\nX-A: 1\r\n  more\r\nContent-Length: 2\r\n\r\nab", 200, 0 },
  { "/folded-length", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n 3\r\n\r\nab", 0,
    LF_ERROR_CODE_PROTOCOL },
  { "/no-colon", "HTTP/1.1 200 OK\r\nnonsense\r\nContent-Length: 2\r\n\r\nab", 0,
    LF_ERROR_CODE_PROTOCOL },
  { "/space-before-colon", "HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nab", 0,
    LF_ERROR_CODE_PROTOCOL },
  { "/no-name", "HTTP/1.1 200 OK\r\n: 2\r\nContent-Length: 2\r\n\r\nab", 0,
    LF_ERROR_CODE_PROTOCOL },
  { "/coding-unknown", "HTTP/1.1 200 OK\r\nTransfer-Encoding: magic\r\n\r\nab", 0,
    LF_ERROR_CODE_PROTOCOL },
  { "/coding-identity",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nab", 200, 0 },
  { "/chunk-extension",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\nab\r\n0\r\n\r\n", 200, 0 },
  { "/chunk-negative", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\nab\r\n0\r\n\r\n",
    0, LF_ERROR_CODE_PROTOCOL },
  { "/chunk-huge",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffffff\r\nab\r\n0\r\n\r\n",
    0, LF_ERROR_CODE_PROTOCOL },
  { "/chunk-too-short",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n", 0,
    LF_ERROR_CODE_PROTOCOL },
  { "/chunk-0x", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x2\r\nab\r\n0\r\n\r\n", 0,
    LF_ERROR_CODE_PROTOCOL },
  { "/chunk-after-empty-line",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n2\r\nab\r\n0\r\n\r\n", 0,
    LF_ERROR_CODE_PROTOCOL },
  { "/bare-lf-chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\nab\n0\n\n", 200,
    0 },
  { "/trailer", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nX: y\r\n\r\n",
    200, 0 },
  { "/excess", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabcdef", 200, 0 },
  { "/two-answers",
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabHTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\nab",
    200, 0 },
  { "/bare-lf", "HTTP/1.1 200 OK\nContent-Length: 2\n\nab", 200, 0 },
  { "/status-of-4", "HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n", 0, LF_ERROR_CODE_PROTOCOL },
  { "/status-of-2", "HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n", 0, LF_ERROR_CODE_PROTOCOL },
  { "/status-0", "HTTP/1.1 000 OK\r\nContent-Length: 0\r\n\r\n", 0, LF_ERROR_CODE_PROTOCOL },
  { "/status-alone", "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", 200, 0 },
  { "/status-glued", "HTTP/1.1 200OK\r\nContent-Length: 0\r\n\r\n", 0, LF_ERROR_CODE_PROTOCOL },
  { "/minor-2", "HTTP/1.2 200 OK\r\nContent-Length: 0\r\n\r\n", 0, LF_ERROR_CODE_PROTOCOL },
  { "/small-letters", "http/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 0, LF_ERROR_CODE_PROTOCOL },
  { "/version-0.9", "hello there, this is all", 0, LF_ERROR_CODE_PROTOCOL },
  { "/empty-line-first", "\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 0,
    LF_ERROR_CODE_PROTOCOL },
  { "/other-protocol", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", 0,
    LF_ERROR_CODE_PROTOCOL },
  { "/early-length",
    "HTTP/1.1 103 Early Hints\r\nContent-Length: 5\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
    "2\r\n\r\nab",
    200, 0 },
  { "/no-content-with-length", "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nab", 204, 0 },
  { "/not-modified-with-length", "HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\n", 304, 0 },
  { "/old-keep-alive", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nab",
    200, 0 },
  { "/old-chunks", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n", 200,
    0 },
};

/* Long ones: @part so often, between @start and @end. */
typedef struct
{
  const char *path;
  const char *start;
  const char *part;
  guint n;
  const char *end;
  guint status;
  guint code;
} LongAnswer;

#define OK_2 "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab"

static const LongAnswer long_answers[] = {
  { "/long-line", "HTTP/1.1 200 OK\r\nX: ", "0123456789", 9000, "\r\nContent-Length: 2\r\n\r\nab",
    200, 0 },
  { "/endless-line", "HTTP/1.1 200 OK\r\nX: ", "0123456789", 200000,
    "\r\nContent-Length: 2\r\n\r\nab", 0, LF_ERROR_CODE_PROTOCOL },
  { "/endless-head", "HTTP/1.1 200 OK\r\n", "X: 0123456789\r\n", 200000,
    "Content-Length: 2\r\n\r\nab", 0, LF_ERROR_CODE_PROTOCOL },
  { "/endless-trailer", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
    "X: 0123456789\r\n", 200000, "\r\n", 0, LF_ERROR_CODE_PROTOCOL },
  { "/interim-answers", "", "HTTP/1.1 103 Early Hints\r\n\r\n", 3000, OK_2, 200, 0 },
  { "/interim-flood", "", "HTTP/1.1 103 Early Hints\r\n\r\n", 100000, OK_2, 0,
    LF_ERROR_CODE_PROTOCOL },
  { "/many-chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "2;x=y\r\nab\r\n",
    50000, "0\r\n\r\n", 200, 0 },
};

/* Bytes that C cannot write as a text. */
static const char nul_in_field[] = "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 2\r\n\r\nab";
static const char nul_in_status[] = "HTTP/1.1 200 O\0K\r\nContent-Length: 2\r\n\r\nab";

static gboolean
answer_badly (GSocket *socket, const LfTestRequest *request)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_str_equal (request->target, answers[i].path) && answers[i].answer != NULL)
      lf_test_send (socket, answers[i].answer);
  return FALSE;
}

static gboolean
answer_at_length (GSocket *socket, const LfTestRequest *request)
{
  for (guint i = 0; i < G_N_ELEMENTS (long_answers); i++)
    {
      const LongAnswer *answer = &long_answers[i];
      g_autoptr (GString) text = g_string_new (answer->start);

      if (!g_str_equal (request->target, answer->path))
        continue;
      for (guint n = 0; n < answer->n; n++)
        g_string_append (text, answer->part);
      g_string_append (text, answer->end);
      lf_test_send (socket, text->str);
    }
  if (g_str_equal (request->target, "/nul-in-field"))
    g_socket_send (socket, nul_in_field, sizeof nul_in_field - 1, NULL, NULL);
  if (g_str_equal (request->target, "/nul-in-status"))
    g_socket_send (socket, nul_in_status, sizeof nul_in_status - 1, NULL, NULL);
  return FALSE;
}

static void
test_long_answers (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (answer_at_length);
  guint port = lf_test_peer_get_port (peer);
  g_autoptr (GString) steps = g_string_new (NULL);
  g_autoptr (LfTestRun) run = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (long_answers); i++)
    g_string_append_printf (steps, "{'name': '%s', 'url': 'http://127.0.0.1:%u%s'},",
                            long_answers[i].path, port, long_answers[i].path);
  run = lf_test_run ("{'steps': [%s"
                     "{'name': 'field', 'url': 'http://127.0.0.1:%u/nul-in-field'},"
                     "{'name': 'status', 'url': 'http://127.0.0.1:%u/nul-in-status'}]}",
                     steps->str, port, port);

  for (guint i = 0; i < G_N_ELEMENTS (long_answers); i++)
    lf_test_run_assert_step (run, long_answers[i].path, long_answers[i].status,
                             long_answers[i].code);
  lf_test_run_assert_step (run, "field", 0, LF_ERROR_CODE_PROTOCOL);
  lf_test_run_assert_step (run, "status", 0, LF_ERROR_CODE_PROTOCOL);
}

/* A body that is not what it says. The first such answer tells the lean transport only that there
 * is something to undo: from then on libcurl does. */
static gboolean
answer_unzipped (GSocket *socket, const LfTestRequest *request)
{
  return lf_test_send (socket, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
                               "Content-Length: 4\r\n\r\nzzzz");
}

static void
test_not_zipped (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (answer_unzipped);
  guint port = lf_test_peer_get_port (peer);
  g_autoptr (LfTestRun) run =
      lf_test_run ("{'steps': [{'name': 'first', 'url': 'http://127.0.0.1:%u/'},"
                   "{'name': 'second', 'url': 'http://127.0.0.1:%u/'}]}",
                   port, port);

  if (g_strcmp0 (lf_test_run_get_step (run, "first")->transport, "lean") == 0)
    lf_test_run_assert_step (run, "first", 200, 0);
  else
    lf_test_run_assert_step (run, "first", 0, LF_ERROR_CODE_PROTOCOL);
  lf_test_run_assert_step (run, "second", 0, LF_ERROR_CODE_PROTOCOL);
  g_assert_cmpstr (lf_test_run_get_step (run, "second")->transport, ==, "curl");
}

static void
test_answers (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (answer_badly);
  g_autoptr (GString) steps = g_string_new (NULL);
  g_autoptr (LfTestRun) run = NULL;
  gint64 failed = 0;

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    g_string_append_printf (steps, "%s{'name': '%s', 'url': 'http://127.0.0.1:%u%s'}",
                            i > 0 ? "," : "", answers[i].path, lf_test_peer_get_port (peer),
                            answers[i].path);
  run = lf_test_run ("{'steps': [%s]}", steps->str);

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      lf_test_run_assert_step (run, answers[i].path, answers[i].status, answers[i].code);
      failed += answers[i].code != 0;
    }
  g_assert_cmpint (run->summary->requests->total, ==, G_N_ELEMENTS (answers));
  g_assert_cmpint (run->summary->requests->failed, ==, failed);
  g_assert_cmpint (run->summary->iterations, ==, 1);
  g_assert_cmpuint (lf_test_peer_n_requests (peer), ==, G_N_ELEMENTS (answers));
}

/* A close that throws away what is still to be read, so that the kernel sends RST. */
static gboolean
reset (GSocket *socket, const LfTestRequest *request)
{
  const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

  g_assert_cmpint (
      setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once), ==,
      0);
  g_assert_true (g_socket_close (socket, NULL));
  return FALSE;
}

static gboolean
hang (GSocket *socket, const LfTestRequest *request)
{
  GError *error = NULL;

  if (g_str_has_prefix (request->target, "/mid"))
    lf_test_send (socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
  /* Until the client has had enough. */
  g_socket_condition_timed_wait (socket, G_IO_IN, HANG, NULL, &error);
  g_assert_no_error (error);
  return FALSE;
}

/* A listener whose queue is full, so that a connection gets no answer at all. */
static GSocket *
listen_deaf (guint *port)
{
  GSocket *socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) address = NULL;

  g_assert_true (g_socket_bind (socket, any, FALSE, NULL));
  g_assert_cmpint (listen (g_socket_get_fd (socket), 0), ==, 0);
  address = g_socket_get_local_address (socket, NULL);
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  return socket;
}

static GPtrArray *
fill_queue (GSocket *listener)
{
  GPtrArray *waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (listener, NULL);

  for (guint i = 0; i < 4; i++)
    {
      GSocket *socket =
          g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

      g_socket_set_blocking (socket, FALSE);
      g_socket_connect (socket, address, NULL, NULL);
      g_ptr_array_add (waiting, socket);
    }
  return waiting;
}

static guint
find_closed_port (void)
{
  guint port;
  g_autoptr (GSocket) socket = listen_deaf (&port);

  return port;
}

static void
assert_said (LfTestRun *run, const char *name, LfLogLevel level, LfLogClass log_class)
{
  g_autofree char *prefix = g_strconcat (name, ": ", NULL);
  const LfLogLine *line = lf_test_load_find_line (run->load, prefix);

  g_assert_nonnull (line);
  g_test_message ("%s", line->message);
  g_assert_cmpint (line->level, ==, level);
  g_assert_cmpint (line->log_class, ==, log_class);
  g_assert_cmpint (line->count, ==, 1);
}

static void
test_connections (void)
{
  guint deaf;
  g_autoptr (GSocket) listener = listen_deaf (&deaf);
  g_autoptr (GPtrArray) waiting = fill_queue (listener);
  g_autoptr (LfTestPeer) resetting = lf_test_peer_new (reset);
  g_autoptr (LfTestPeer) hanging = lf_test_peer_new (hang);
  g_autoptr (LfTestPeer) plain = lf_test_peer_new (NULL);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'http': {'timeout': 40}, 'steps': ["
      "{'name': 'nobody', 'url': 'http://" NO_HOST "/'},"
      "{'name': 'refused', 'url': 'http://127.0.0.1:%u/'},"
      "{'name': 'deaf', 'url': 'http://127.0.0.1:%u/', 'http': {'connectTimeout': 0.3}},"
      "{'name': 'reset', 'url': 'http://127.0.0.1:%u/'},"
      "{'name': 'silent', 'url': 'http://127.0.0.1:%u/', 'http': {'timeout': 0.3}},"
      "{'name': 'mid', 'url': 'http://127.0.0.1:%u/mid', 'http': {'timeout': 0.3}},"
      "{'name': 'no TLS', 'url': 'https://127.0.0.1:%u/', 'http': {'connectTimeout': 0.3}},"
      "{'name': 'well', 'url': 'http://127.0.0.1:%u/well'}]}",
      find_closed_port (), deaf, lf_test_peer_get_port (resetting), lf_test_peer_get_port (hanging),
      lf_test_peer_get_port (hanging), lf_test_peer_get_port (resetting),
      lf_test_peer_get_port (plain));

  lf_test_run_assert_step (run, "nobody", 0, LF_ERROR_CODE_DNS_NO_HOST);
  lf_test_run_assert_step (run, "refused", 0, LF_ERROR_CODE_TCP_REFUSED);
  lf_test_run_assert_step (run, "deaf", 0, LF_ERROR_CODE_TCP_DIAL_TIMEOUT);
  lf_test_run_assert_step (run, "reset", 0, LF_ERROR_CODE_TCP_RESET);
  lf_test_run_assert_step (run, "silent", 0, LF_ERROR_CODE_TIMEOUT);
  lf_test_run_assert_step (run, "mid", 0, LF_ERROR_CODE_TIMEOUT);
  lf_test_run_assert_step (run, "no TLS", 0, LF_ERROR_CODE_TCP_DIAL_TIMEOUT);
  lf_test_run_assert_step (run, "well", 200, 0);
  assert_said (run, "nobody", LF_LOG_ERROR, LF_LOG_CLASS_TRANSPORT);
  assert_said (run, "refused", LF_LOG_ERROR, LF_LOG_CLASS_TRANSPORT);
  g_assert_cmpint (run->summary->verdict, !=, LF_VERDICT_ERROR);
}

/* A run that reaches nobody ends, with what it tried. */
static void
test_unreachable (void)
{
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'loadProfile': {'executor': 'constant-arrival-rate', 'rate': 10, 'duration': 1,"
      " 'preAllocatedVUs': 20}, 'steps': [{'name': 'refused', 'url': 'http://127.0.0.1:%u/'}]}",
      find_closed_port ());
  const LfSummaryError *error;

  g_assert_cmpint (run->summary->verdict, ==, LF_VERDICT_ERROR);
  lf_test_run_assert_step (run, "refused", 0, LF_ERROR_CODE_TCP_REFUSED);
  g_assert_cmpfloat (run->summary->requests->throughput, ==, 0);
  g_assert_cmpuint (run->summary->errors->len, ==, 1);
  error = run->summary->errors->pdata[0];
  g_assert_cmpint (error->code, ==, LF_ERROR_CODE_TCP_REFUSED);
  g_assert_cmpint (error->count, ==, run->summary->requests->total);
  g_assert_cmpstr (error->message, ==, "Connection refused");
  g_assert_cmpint (error->first_seen, <=, error->last_seen);
}

/* Whatever the engine counts, a person is told in words, and what to do about it. */
static void
test_words (void)
{
  static const guint codes[] = {
    LF_ERROR_CODE_PROTOCOL,
    LF_ERROR_CODE_TOO_MANY_REDIRECTS,
    LF_ERROR_CODE_TIMEOUT,
    LF_ERROR_CODE_DNS,
    LF_ERROR_CODE_DNS_NO_HOST,
    LF_ERROR_CODE_TCP_BROKEN_PIPE,
    LF_ERROR_CODE_TCP_DIAL,
    LF_ERROR_CODE_TCP_DIAL_TIMEOUT,
    LF_ERROR_CODE_TCP_REFUSED,
    LF_ERROR_CODE_TCP_NO_PORTS,
    LF_ERROR_CODE_TCP_RESET,
    LF_ERROR_CODE_TLS,
    LF_ERROR_CODE_TLS_UNKNOWN_AUTHORITY,
    LF_ERROR_CODE_TLS_CERTIFICATE,
    LF_ERROR_CODE_TLS_EXPIRED,
    LF_ERROR_CODE_TLS_OWN_CERTIFICATE,
    LF_ERROR_CODE_TLS_OWN_AUTHORITIES,
    LF_ERROR_CODE_HTTP2,
  };
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      const char *message = lf_error_code_message (codes[i]);

      g_test_message ("%u: %s", codes[i], message);
      g_assert_nonnull (message);
      g_assert_true (g_hash_table_add (seen, (char *) message));
      g_assert_nonnull (lf_error_code_cure (codes[i]));
    }
  for (guint code = LF_ERROR_CODE_HTTP_4XX; code < LF_ERROR_CODE_HTTP2; code++)
    g_assert_nonnull (lf_error_code_message (code));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/failures/answers", test_answers);
  g_test_add_func ("/engine/failures/long-answers", test_long_answers);
  g_test_add_func ("/engine/failures/not-zipped", test_not_zipped);
  g_test_add_func ("/engine/failures/connections", test_connections);
  g_test_add_func ("/engine/failures/unreachable", test_unreachable);
  g_test_add_func ("/engine/failures/words", test_words);
  return g_test_run ();
}
