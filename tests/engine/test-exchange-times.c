#include "config.h"

#include "lf-error-code.h"
#include "lf-target.h"
#include "lf-test-peer.h"
#include "lf-test-run.h"

/* How long an exchange takes, and may take. */

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/exchange-times/waiting", test_waiting);
  g_test_add_func ("/engine/exchange-times/think-time", test_think_time);
  g_test_add_func ("/engine/exchange-times/delay", test_delay);
  g_test_add_func ("/engine/exchange-times/timeouts", test_timeouts);
  return g_test_run ();
}
