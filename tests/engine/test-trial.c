#include "config.h"

#include "lf-error-code.h"
#include "lf-error.h"
#include "lf-test-peer.h"
#include "lf-test-run.h"
#include "lf-trial.h"

#include <string.h>

typedef struct
{
  LfTrial *trial;
  GError *error;
  gboolean done;
} Result;

static void
sent_cb (GObject *source, GAsyncResult *async, gpointer user_data)
{
  Result *result = user_data;

  result->trial = lf_trial_send_finish (async, &result->error);
  result->done = TRUE;
}

static LfTrial *
send_with (const LfSpec *spec, guint step, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) attachments = g_hash_table_new (g_str_hash, g_str_equal);
  Result result = { 0 };

  lf_trial_send_async (spec, step, attachments, cancellable, sent_cb, &result);
  while (!result.done)
    g_main_context_iteration (NULL, TRUE);
  if (result.error != NULL)
    g_propagate_error (error, result.error);
  return result.trial;
}

static LfTrial *send_text (guint step, const char *format, ...) G_GNUC_PRINTF (2, 3);

static LfTrial *
send_text (guint step, const char *format, ...)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = NULL;
  g_autofree char *text = NULL;
  LfTrial *trial;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  spec = lf_test_spec_once (text);
  trial = send_with (spec, step, NULL, &error);
  g_assert_no_error (error);
  return trial;
}

static gboolean
answer (GSocket *socket, const LfTestRequest *request)
{
  if (g_str_has_prefix (request->target, "/moved"))
    return lf_test_send (socket, "HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: "
                                 "4\r\n\r\ngone");
  if (g_str_has_prefix (request->target, "/hang"))
    {
      g_usleep (300000);
      return FALSE;
    }
  if (g_str_has_prefix (request->target, "/missing"))
    return lf_test_send (socket, "HTTP/1.1 404 Not Found\r\nX-Why: none\r\nContent-Length: "
                                 "5\r\n\r\nnone\n");
  return lf_test_send (socket,
                       "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                       "Transfer-Encoding: chunked\r\n\r\n7\r\n{\"a\": 1\r\n1\r\n}\r\n0\r\n\r\n");
}

/* What was sent and what came back are told as they stood on the wire; the body without its chunks.
 */
static void
test_told (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (answer);
  guint port = lf_test_peer_get_port (peer);
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", port);
  g_autoptr (LfTrial) trial =
      send_text (0,
                 "{'steps': [{'method': 'POST', 'url': 'http://127.0.0.1:%u/a?b=c', 'headers': "
                 "[{'name': 'X-Mine', 'value': 'yes'}], 'body': {'type': 'json', 'text': '{}'}}]}",
                 port);
  const LfTestRequest *request = lf_test_peer_get (peer, 0);

  g_assert_cmpuint (lf_test_peer_n_requests (peer), ==, 1);
  g_assert_cmpuint (trial->status, ==, 200);
  g_assert_cmpuint (trial->error_code, ==, 0);
  g_assert_cmpstr (trial->http_version, ==, "HTTP/1.1");
  g_assert_cmpstr (trial->address, ==, address);
  g_assert_true (g_str_has_prefix (trial->request, "POST /a?b=c HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (trial->request, "X-Mine: yes\r\n"));
  g_assert_true (g_str_has_prefix (trial->request, request->head)); /* every line of it */
  g_assert_true (g_str_has_prefix (trial->answer, "HTTP/1.1 200 OK\r\nContent-Type: "));
  g_assert_cmpmem (g_bytes_get_data (trial->body, NULL), g_bytes_get_size (trial->body),
                   "{\"a\": 1}", 8);
  g_assert_cmpuint (trial->body_size, ==, 8);
  g_assert_cmpint (trial->total, >, 0);
  g_assert_cmpint (trial->blocked + trial->connecting + trial->tls_handshaking + trial->sending +
                       trial->waiting + trial->receiving,
                   ==, trial->total);
}

/* Where the redirects led to is told, not where they began. */
static void
test_redirect (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (answer);
  g_autoptr (LfTrial) trial = send_text (0,
                                         "{'http': {'followRedirects': true}, 'steps': [{'url': "
                                         "'http://127.0.0.1:%u/moved'}]}",
                                         lf_test_peer_get_port (peer));

  g_assert_cmpuint (trial->redirects, ==, 1);
  g_assert_cmpuint (trial->status, ==, 200);
  g_assert_true (g_str_has_prefix (trial->request, "GET /there "));
  g_assert_cmpuint (trial->body_size, ==, 8);
  g_assert_null (strstr (trial->answer, "Location"));
}

/* An answer that is an error is one to look at; a step that is switched off is sent, the others
 * not. */
static void
test_one_of_many (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (answer);
  guint port = lf_test_peer_get_port (peer);
  g_autoptr (LfTrial) trial = send_text (
      1,
      "{'steps': [{'url': 'http://127.0.0.1:%u/first'}, {'url': 'http://127.0.0.1:%u/missing', "
      "'enabled': false}]}",
      port, port);

  g_assert_cmpuint (lf_test_peer_n_requests (peer), ==, 1);
  g_assert_cmpuint (trial->status, ==, 404);
  g_assert_cmpuint (trial->error_code, ==, 1404);
  g_assert_nonnull (strstr (trial->answer, "X-Why: none"));
  g_assert_cmpuint (trial->body_size, ==, 5);
}

static gboolean
answer_much (GSocket *socket, const LfTestRequest *request)
{
  g_autofree char *body = g_strnfill (3 * LF_TRIAL_MAX_BODY, 'x');
  g_autofree char *head =
      g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Length: %u\r\n\r\n", 3 * LF_TRIAL_MAX_BODY);

  return lf_test_send (socket, head) && lf_test_send (socket, body);
}

static void
test_much (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (answer_much);
  g_autoptr (LfTrial) trial =
      send_text (0, "{'steps': [{'url': 'http://127.0.0.1:%u/'}]}", lf_test_peer_get_port (peer));

  g_assert_cmpuint (trial->body_size, ==, 3 * LF_TRIAL_MAX_BODY);
  g_assert_cmpuint (g_bytes_get_size (trial->body), ==, LF_TRIAL_MAX_BODY);
}

static void
test_refused (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  guint port = lf_test_peer_get_port (peer);
  g_autoptr (LfTrial) trial = NULL;

  g_clear_pointer (&peer, lf_test_peer_free);
  trial = send_text (0, "{'steps': [{'url': 'http://127.0.0.1:%u/'}]}", port);
  g_assert_cmpuint (trial->status, ==, 0);
  g_assert_cmpuint (trial->error_code, ==, LF_ERROR_CODE_TCP_REFUSED);
  g_assert_cmpstr (trial->answer, ==, "");
}

static gboolean
cancel_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_cancel (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (answer);
  g_autofree char *text = g_strdup_printf ("{'steps': [{'url': 'http://127.0.0.1:%u/hang'}]}",
                                           lf_test_peer_get_port (peer));
  g_autoptr (LfSpec) spec = lf_test_spec_once (text);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_timeout_add (100, cancel_cb, cancellable);
  g_assert_null (send_with (spec, 0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What keeps the spec from being sent is said; that its load is nonsense does not. */
static void
test_bad_spec (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (answer);
  g_autoptr (LfSpec) spec = lf_test_spec_once ("{'steps': [{'url': 'no url'}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (LfTrial) trial = NULL;

  g_assert_null (send_with (spec, 0, NULL, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_VALUE);
  trial = send_text (0,
                     "{'loadProfile': {'executor': 'constant-vus'}, 'steps': [{'url': "
                     "'http://127.0.0.1:%u/'}]}",
                     lf_test_peer_get_port (peer));
  g_assert_cmpuint (trial->status, ==, 200);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trial/told", test_told);
  g_test_add_func ("/trial/redirect", test_redirect);
  g_test_add_func ("/trial/one-of-many", test_one_of_many);
  g_test_add_func ("/trial/much", test_much);
  g_test_add_func ("/trial/refused", test_refused);
  g_test_add_func ("/trial/cancel", test_cancel);
  g_test_add_func ("/trial/bad-spec", test_bad_spec);
  return g_test_run ();
}
