#include "config.h"

#include "lf-error-code.h"
#include "lf-test-peer.h"
#include "lf-test-run.h"

#include <string.h>

/* Tokens given out for a client's id and secret: one server gives them, another takes them. Each
 * fetch is a connection of its own, so that its number tells which token it was. */

#define HANG (30 * G_USEC_PER_SEC)

static gboolean
answer (GSocket *socket, const char *status, const char *content)
{
  g_autofree char *text = g_strdup_printf ("HTTP/1.1 %s\r\nContent-Type: application/json\r\n"
                                           "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                           status, strlen (content), content);

  return lf_test_send (socket, text);
}

static gboolean
give (GSocket *socket, const LfTestRequest *request)
{
  int life = g_str_has_prefix (request->target, "/short") ? 2 : 3600;
  g_autofree char *content =
      g_strdup_printf ("{\"access_token\": \"opaque-%u\", \"token_type\": \"Bearer\","
                       " \"expires_in\": %d}",
                       request->connection, life);

  return answer (socket, "200 OK", content);
}

/* Knows only clients who sign in as RFC 6749 does not recommend. */
static gboolean
give_to_body (GSocket *socket, const LfTestRequest *request)
{
  g_autofree char *signed_in = lf_test_request_header (request, "Authorization");

  if (signed_in != NULL)
    return answer (socket, "401 Unauthorized", "{\"error\": \"invalid_client\"}");
  return give (socket, request);
}

/* Takes the first token for its first three requests, any other for ever. */
static gboolean
take (GSocket *socket, const LfTestRequest *request)
{
  g_autofree char *token = lf_test_request_header (request, "Authorization");

  if (token == NULL || (strcmp (token, "Bearer opaque-0") == 0 && request->n >= 3))
    return answer (socket, "401 Unauthorized", "{}");
  return lf_test_answer_ok (socket, request);
}

static gboolean
says (LfTestRun *run, const char *secret)
{
  g_autofree char *text = lf_record_to_text (run->summary, FALSE);

  return lf_test_load_find_line (run->load, secret) != NULL || strstr (text, secret) != NULL;
}

static char *
body_of (const LfTestRequest *request)
{
  return g_strndup (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body));
}

#define CLIENT(path)                                                                               \
  "'auth': {'type': 'oauth2ClientCredentials', 'tokenUrl': 'http://127.0.0.1:%u" path "',"         \
  " 'clientId': 'the client', 'clientSecret': 'hid den&=', 'scope': 'read:a write'}"

/* One fetch for all users and steps, before the first request, and none of the load's requests. */
static void
test_shared (void)
{
  g_autoptr (LfTestPeer) giver = lf_test_peer_new (give);
  g_autoptr (LfTestPeer) target = lf_test_peer_new (NULL);
  guint give_port = lf_test_peer_get_port (giver), port = lf_test_peer_get_port (target);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'loadProfile': {'executor': 'per-vu-iterations', 'vus': 3, 'iterations': 5}, 'steps': ["
      "{'name': 'get', 'url': 'http://127.0.0.1:%u/', " CLIENT (
          "/token") "},"
                    "{'name': 'plain', 'url': 'http://127.0.0.1:%u/plain'},"
                    "{'name': 'post', 'method': 'POST', 'url': 'http://127.0.0.1:%u/',"
                    " 'body': {'type': 'json', 'text': '{}'}, " CLIENT ("/token") "}]}",
      port, give_port, port, port, give_port);
  const LfTestRequest *fetch = lf_test_peer_get (giver, 0);
  g_autofree char *signed_in = lf_test_request_header (fetch, "Authorization");
  g_autofree char *type = lf_test_request_header (fetch, "Content-Type");
  g_autofree char *form = body_of (fetch);

  lf_test_run_assert_step (run, "get", 200, 0);
  lf_test_run_assert_step (run, "plain", 200, 0);
  lf_test_run_assert_step (run, "post", 200, 0);
  g_assert_cmpint (run->summary->requests->total, ==, 45);
  g_assert_cmpuint (lf_test_peer_n_requests (giver), ==, 1);
  g_assert_cmpuint (lf_test_peer_n_requests (target), ==, 45);
  g_assert_cmpstr (fetch->method, ==, "POST");
  g_assert_cmpstr (type, ==, "application/x-www-form-urlencoded");
  g_assert_cmpstr (form, ==, "grant_type=client_credentials&scope=read%3Aa%20write");
  /* the%20client:hid%20den%26%3D */
  g_assert_cmpstr (signed_in, ==, "Basic dGhlJTIwY2xpZW50OmhpZCUyMGRlbiUyNiUzRA==");
  for (guint i = 0; i < 45; i++)
    {
      const LfTestRequest *request = lf_test_peer_get (target, i);
      g_autofree char *token = lf_test_request_header (request, "Authorization");

      if (strcmp (request->target, "/plain") == 0)
        g_assert_null (token);
      else
        g_assert_cmpstr (token, ==, "Bearer opaque-0");
      g_assert_cmpint (request->time, >=, fetch->time);
    }
  g_assert_nonnull (lf_test_load_find_line (run->load, "given for 3600 s"));
  g_assert_false (says (run, "hid"));
  g_assert_false (says (run, "opaque"));
}

/* Before it runs out; no request bears one that has. */
static void
test_renewed (void)
{
  g_autoptr (LfTestPeer) giver = lf_test_peer_new (give);
  g_autoptr (LfTestPeer) target = lf_test_peer_new (NULL);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'loadProfile': {'executor': 'constant-arrival-rate', 'rate': 20, 'duration': 4,"
      " 'preAllocatedVUs': 5, 'maxVUs': 100}, 'steps': [{'name': 'a', 'url': "
      "'http://127.0.0.1:%u/', " CLIENT ("/short") "}]}",
      lf_test_peer_get_port (target), lf_test_peer_get_port (giver));
  guint n = lf_test_peer_n_requests (giver), last = 0;

  lf_test_run_assert_step (run, "a", 200, 0);
  g_assert_cmpint (run->summary->requests->total, ==, 80);
  g_assert_cmpuint (n, >=, 2);
  g_assert_cmpuint (n, <=, 4);
  for (guint i = 0; i < 80; i++)
    {
      const LfTestRequest *request = lf_test_peer_get (target, i);
      g_autofree char *token = lf_test_request_header (request, "Authorization");
      guint64 number;

      g_assert_true (g_str_has_prefix (token, "Bearer opaque-"));
      g_assert_true (g_ascii_string_to_unsigned (token + strlen ("Bearer opaque-"), 10, 0, n - 1,
                                                 &number, NULL));
      last = MAX (last, (guint) number);
    }
  g_assert_cmpuint (last, >=, 1);
}

/* The target takes it no longer: those requests failed, the next bear another. */
static void
test_refused (void)
{
  g_autoptr (LfTestPeer) giver = lf_test_peer_new (give);
  g_autoptr (LfTestPeer) target = lf_test_peer_new (take);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'loadProfile': {'executor': 'per-vu-iterations', 'vus': 1, 'iterations': 40}, 'steps': ["
      "{'name': 'a', 'url': 'http://127.0.0.1:%u/', 'thinkTime': {'min': 0.1, 'max': "
      "0.1}, " CLIENT ("/token") "}]}",
      lf_test_peer_get_port (target), lf_test_peer_get_port (giver));
  gint64 refused = lf_counts_get (run->summary->status_codes, "401");
  g_autofree char *last = lf_test_request_header (lf_test_peer_get (target, 39), "Authorization");

  g_assert_cmpint (run->summary->requests->total, ==, 40);
  g_assert_cmpint (refused, >, 0);
  g_assert_cmpint (refused, <, 37);
  g_assert_cmpint (run->summary->requests->failed, ==, refused);
  g_assert_cmpint (run->summary->requests->resent, ==, 0);
  g_assert_cmpint (lf_counts_get (run->summary->status_codes, "200"), ==, 40 - refused);
  g_assert_cmpuint (lf_test_peer_n_requests (giver), ==, 2);
  g_assert_cmpstr (last, ==, "Bearer opaque-1");
}

/* A target that takes no token at all is asked as often as users ask; who gives them out is not. */
static gboolean
refuse_all (GSocket *socket, const LfTestRequest *request)
{
  return answer (socket, "401 Unauthorized", "{}");
}

static void
test_never_taken (void)
{
  g_autoptr (LfTestPeer) giver = lf_test_peer_new (give);
  g_autoptr (LfTestPeer) target = lf_test_peer_new (refuse_all);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'loadProfile': {'executor': 'constant-arrival-rate', 'rate': 100, 'duration': 4,"
      " 'preAllocatedVUs': 5, 'maxVUs': 100}, 'steps': [{'name': 'a', 'url': "
      "'http://127.0.0.1:%u/', " CLIENT ("/token") "}]}",
      lf_test_peer_get_port (target), lf_test_peer_get_port (giver));

  lf_test_run_assert_step (run, "a", 401, 1401);
  g_assert_cmpint (run->summary->requests->total, ==, 400);
  g_assert_cmpuint (lf_test_peer_n_requests (giver), >=, 2);
  g_assert_cmpuint (lf_test_peer_n_requests (giver), <=, 4);
}

static gboolean
send_on (GSocket *socket, const LfTestRequest *request)
{
  g_autofree char *status =
      g_strdup_printf ("302 Found\r\nLocation: http://127.0.0.1:%s/there", request->target + 1);

  return answer (socket, status, "");
}

/* Another place gets no token. */
static void
test_redirect (void)
{
  g_autoptr (LfTestPeer) giver = lf_test_peer_new (give);
  g_autoptr (LfTestPeer) target = lf_test_peer_new (send_on);
  g_autoptr (LfTestPeer) other = lf_test_peer_new (NULL);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'steps': [{'name': 'a', 'url': 'http://127.0.0.1:%u/%u', " CLIENT ("/token") "}]}",
      lf_test_peer_get_port (target), lf_test_peer_get_port (other), lf_test_peer_get_port (giver));
  g_autofree char *here = lf_test_request_header (lf_test_peer_get (target, 0), "Authorization");
  g_autofree char *there = lf_test_request_header (lf_test_peer_get (other, 0), "Authorization");

  lf_test_run_assert_step (run, "a", 200, 0);
  g_assert_cmpstr (here, ==, "Bearer opaque-0");
  g_assert_null (there);
}

static void
test_in_body (void)
{
  g_autoptr (LfTestPeer) giver = lf_test_peer_new (give_to_body);
  g_autoptr (LfTestPeer) target = lf_test_peer_new (NULL);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'steps': [{'name': 'a', 'url': 'http://127.0.0.1:%u/', " CLIENT ("/token") "}]}",
      lf_test_peer_get_port (target), lf_test_peer_get_port (giver));
  g_autofree char *form = body_of (lf_test_peer_get (giver, 1));

  lf_test_run_assert_step (run, "a", 200, 0);
  g_assert_cmpuint (lf_test_peer_n_requests (giver), ==, 2);
  g_assert_cmpstr (form, ==,
                   "grant_type=client_credentials&scope=read%3Aa%20write&client_id=the%20client"
                   "&client_secret=hid%20den%26%3D");
  g_assert_false (says (run, "hid"));
}

/* A path and what its server does, and what the run says. */
static const struct
{
  const char *path;
  const char *status;
  const char *content;
  const char *words;
} refusals[] = {
  { "/unknown", "401 Unauthorized",
    "{\"error\": \"invalid_client\", \"error_description\": \"nobody\\nknown\"}",
    "answered 401 “invalid_client: nobody\\nknown” (1401); check tokenUrl" },
  { "/echo", "400 Bad Request", "{\"error\": \"no\", \"error_description\": \"for hid den&=\"}",
    "answered 400 (1400)" },
  { "/broken", "500 Internal Server Error", "<p>oh</p>", "answered 500 (1500)" },
  { "/page", "200 OK", "<p>log in</p>", "is no JSON object" },
  { "/list", "200 OK", "[]", "is no JSON object" },
  { "/empty", "200 OK", "{}", "has no access_token" },
  { "/number", "200 OK", "{\"access_token\": 5}", "has no access_token" },
  { "/lines", "200 OK", "{\"access_token\": \"opaque\\r\\nX: y\"}", "has no access_token" },
  { "/mac", "200 OK", "{\"access_token\": \"opaque\", \"token_type\": \"mac\"}", "only bearer" },
  { "/moved", "302 Found\r\nLocation: /token", "", "redirect (302)" },
};

static gboolean
refuse (GSocket *socket, const LfTestRequest *request)
{
  GError *error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (strcmp (request->target, refusals[i].path) == 0)
      return answer (socket, refusals[i].status, refusals[i].content);
  if (strcmp (request->target, "/hang") == 0)
    g_socket_condition_timed_wait (socket, G_IO_IN, HANG, NULL, &error);
  g_clear_error (&error);
  return FALSE;
}

static LfTestRun *
run_without_token (LfTestPeer *target, guint port, const char *path)
{
  LfTestRun *run = lf_test_run ("{'http': {'timeout': 1}, 'steps': [{'name': 'a',"
                                " 'url': 'http://127.0.0.1:%u/', " CLIENT ("%s") "}]}",
                                lf_test_peer_get_port (target), port, path);

  g_assert_cmpint (run->summary->verdict, ==, LF_VERDICT_ERROR);
  g_assert_cmpint (run->summary->requests->total, ==, 0);
  g_assert_cmpuint (run->load->finished, ==, 1);
  g_assert_cmpfloat (run->summary->generator->cpu, ==, 0); /* and not what 0 workers took each */
  g_assert_cmpuint (lf_test_peer_n_requests (target), ==, 0);
  g_assert_false (says (run, "hid"));
  g_assert_false (says (run, "opaque"));
  return run;
}

static void
assert_said (LfTestRun *run, const char *words)
{
  const LfLogLine *line = lf_test_load_find_line (run->load, "No token of client “the client”");

  g_assert_nonnull (line);
  g_test_message ("%s", line->message);
  g_assert_nonnull (strstr (line->message, words));
  g_assert_cmpint (line->level, ==, LF_LOG_ERROR);
}

/* No run without a token, and the reason in words. */
static void
test_not_given (void)
{
  g_autoptr (LfTestPeer) giver = lf_test_peer_new (refuse);
  g_autoptr (LfTestPeer) target = lf_test_peer_new (NULL);
  g_autoptr (LfTestRun) hanging =
      run_without_token (target, lf_test_peer_get_port (giver), "/hang");
  g_autoptr (LfTestRun) silent =
      run_without_token (target, lf_test_peer_get_port (giver), "/silent");
  g_autoptr (LfTestRun) refused = run_without_token (target, 1, "/token");

  assert_said (hanging, "timed out (1050)");
  assert_said (silent, "(1220)");
  assert_said (refused, "Connection refused (1212)");
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (LfTestRun) run =
          run_without_token (target, lf_test_peer_get_port (giver), refusals[i].path);

      assert_said (run, refusals[i].words);
    }
}

/* Stop is not kept waiting by a server that does not answer. */
static void
test_stopped (void)
{
  g_autoptr (LfTestPeer) giver = lf_test_peer_new (refuse);
  g_autofree char *text = g_strdup_printf (
      "{'steps': [{'name': 'a', 'url': 'http://127.0.0.1:1/', " CLIENT ("/hang") "}]}",
      lf_test_peer_get_port (giver));
  g_autoptr (LfSpec) spec = lf_test_spec_once (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfPlan) plan = lf_plan_new (spec, NULL, NULL, &error);
  g_autoptr (LfTestLoad) load = NULL;
  g_autoptr (LfSummary) summary = NULL;
  gint64 begin = g_get_monotonic_time ();

  g_assert_no_error (error);
  load = lf_test_load_start (plan);
  while (lf_test_peer_n_requests (giver) == 0)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_true (lf_load_is_running (load->load));
  g_assert_cmpfloat (lf_load_get_elapsed (load->load), ==, 0);
  lf_load_stop (load->load);
  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);
  g_assert_cmpint (summary->verdict, ==, LF_VERDICT_ABORTED);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, HANG);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/token/shared", test_shared);
  g_test_add_func ("/engine/token/renewed", test_renewed);
  g_test_add_func ("/engine/token/refused", test_refused);
  g_test_add_func ("/engine/token/never-taken", test_never_taken);
  g_test_add_func ("/engine/token/redirect", test_redirect);
  g_test_add_func ("/engine/token/in-body", test_in_body);
  g_test_add_func ("/engine/token/not-given", test_not_given);
  g_test_add_func ("/engine/token/stopped", test_stopped);
  return g_test_run ();
}
