#include "config.h"

#include "lf-target.h"
#include "lf-test-load.h"
#include "lf-test-nginx.h"
#include "lf-test-peer.h"

#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Targets whose distribution is known: what is reported is what happened. Bounds on one side are
 * the target's own, those on the other leave room for a machine that does something else as well.
 */

static LfSummary *
run (const char *url, const char *profile)
{
  g_autoptr (LfTestLoad) load = lf_test_load_start_spec (url, profile, 1);

  lf_test_load_wait (load);
  return lf_load_get_summary (load->load);
}

static LfLatencies *
run_latencies (const char *url, const char *profile)
{
  g_autoptr (LfSummary) summary = run (url, profile);

  return lf_latencies_copy (summary->latency);
}

/* No answer comes sooner than the target gives it, and half of them hardly later. */
static void
test_fixed_delay (void)
{
  const LfTargetOptions options = { .address = "127.0.0.1:0", .delay_ms = 10 };
  g_autoptr (LfTarget) target = lf_target_start (&options, NULL);
  g_autofree char *url = lf_target_get_url (target);
  g_autoptr (LfLatencies) open_model = run_latencies (
      url, "{\"executor\": \"constant-arrival-rate\", \"rate\": 200, \"duration\": 2,"
           " \"preAllocatedVUs\": 100}");
  g_autoptr (LfLatencies) closed_model =
      run_latencies (url, "{\"executor\": \"constant-vus\", \"vus\": 4, \"duration\": 2}");
  const LfLatencies *both[] = { open_model, closed_model };

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    {
      g_assert_cmpfloat (both[i]->duration->min, >=, 10);
      g_assert_cmpfloat (both[i]->duration->p50, >=, 10);
      g_assert_cmpfloat (both[i]->duration->p50, <, 15);
      g_assert_cmpfloat (both[i]->waiting->p50, >=, 9.9);
      g_assert_cmpfloat (both[i]->response_time->min, >=, 10);
    }
  /* 4 users, each waiting 10 ms: at most 400 requests a second. */
  g_assert_cmpint (closed_model->duration->count, <=, 4 * 200 + 4);
}

/* One in a hundred takes half a second. */
static gboolean
answer_hundredth_late (GSocket *socket, const LfTestRequest *request)
{
  if (g_str_has_suffix (request->target, "slow"))
    g_usleep (G_USEC_PER_SEC / 2);
  return lf_test_answer_ok (socket, request);
}

static void
test_one_in_a_hundred (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (answer_hundredth_late);
  g_autoptr (GString) steps = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autoptr (LfPlan) plan = NULL;
  g_autoptr (LfTestLoad) load = NULL;
  g_autoptr (LfSummary) summary = NULL;
  const LfLatency *duration;

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (steps, "%s{\"url\": \"http://127.0.0.1:%u/%s\"}", i > 0 ? "," : "",
                            lf_test_peer_get_port (peer), i == 50 ? "slow" : "fast");
  text = g_strdup_printf ("{\"loadProfile\": {\"executor\": \"per-vu-iterations\", \"vus\": 5,"
                          " \"iterations\": 2, \"duration\": 60}, \"steps\": [%s]}",
                          steps->str);
  plan = lf_test_plan (text, 1);
  load = lf_test_load_start (plan);
  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);
  duration = summary->latency->duration;
  /* 1,000 requests, 10 of them slow: the rank of p99 is the last fast one, that of p99.9 a slow
   * one. */
  g_assert_cmpint (duration->count, ==, 1000);
  g_assert_cmpfloat (duration->p99, <, 500);
  g_assert_cmpfloat (duration->p99_9, >=, 499.5);
  g_assert_cmpfloat (duration->max, >=, 500);
  g_assert_cmpfloat (duration->mean, >=, 5);
  g_assert_cmpfloat (((LfSummaryStep *) summary->steps->pdata[50])->latency->duration->min, >=,
                     500);
  g_assert_cmpfloat (((LfSummaryStep *) summary->steps->pdata[49])->latency->duration->p50, <, 250);
}

/* wrk's way and wrk2's: one user at a target that stands still for 2 s of 6 sees one slow request,
 * and every percentile but the last is fine. At a fixed rate a third of all arrivals had to wait,
 * up to 2 s, evenly spread: so p75 waits for 0.5 s, p90 for 1.4 s. */
static LfLatencies *
run_frozen (const char *profile)
{
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start ("location / { return 200 ok; }");
  g_autoptr (LfTestLoad) load = lf_test_load_start_spec (nginx->url, profile, 1);
  g_autoptr (LfSummary) summary = NULL;

  lf_test_load_pass (load, 1);
  lf_test_nginx_signal (nginx, SIGSTOP);
  lf_test_load_pass (load, 3);
  lf_test_nginx_signal (nginx, SIGCONT);
  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);
  g_test_message ("p50 %.1f, p75 %.1f, p90 %.1f, p99 %.1f ms", summary->latency->response_time->p50,
                  summary->latency->response_time->p75, summary->latency->response_time->p90,
                  summary->latency->response_time->p99);
  return lf_latencies_copy (summary->latency);
}

static void
test_frozen (void)
{
  g_autoptr (LfLatencies) closed_model =
      run_frozen ("{\"executor\": \"constant-vus\", \"vus\": 1, \"duration\": 6}");
  g_autoptr (LfLatencies) open_model =
      run_frozen ("{\"executor\": \"constant-arrival-rate\", \"rate\": 200, \"duration\": 6,"
                  " \"preAllocatedVUs\": 10, \"maxVUs\": 1200}");

  g_assert_cmpfloat (closed_model->response_time->p99, <, 200);
  g_assert_cmpfloat (closed_model->response_time->max, >, 1900);
  g_assert_cmpint (open_model->response_time->count, ==, 1200);
  g_assert_cmpfloat (open_model->response_time->p50, <, 200);
  g_assert_cmpfloat (open_model->response_time->p75, >, 300);
  g_assert_cmpfloat (open_model->response_time->p75, <, 900);
  g_assert_cmpfloat (open_model->response_time->p90, >, 1200);
  g_assert_cmpfloat (open_model->response_time->p90, <, 1800);
  g_assert_cmpfloat (open_model->response_time->p99, >, 1800);
}

#define N_BURNERS 12

/* All threads there are: GLib keeps one of which those of a pool inherit. */
static void
pin (const cpu_set_t *cores)
{
  g_autoptr (GDir) threads = g_dir_open ("/proc/self/task", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (threads)) != NULL)
    sched_setaffinity ((pid_t) g_ascii_strtoll (name, NULL, 10), sizeof *cores, cores);
}

/* Everything that this process does from here on shares one core, and most of that core is burnt.
 */
static void
start_burners (pid_t *pids)
{
  cpu_set_t one;

  CPU_ZERO (&one);
  CPU_SET (sched_getcpu (), &one);
  pin (&one);
  for (guint i = 0; i < N_BURNERS; i++)
    {
      pids[i] = fork ();
      g_assert_cmpint (pids[i], >=, 0);
      if (pids[i] == 0)
        {
          prctl (PR_SET_PDEATHSIG, SIGKILL);
          for (volatile guint n = 0;; n++)
            ;
        }
    }
}

static void
test_starved (void)
{
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start ("location / { return 200 ok; }");
  pid_t burners[N_BURNERS];
  cpu_set_t before;
  g_autoptr (LfSummary) summary = NULL;

  g_assert_cmpint (sched_getaffinity (0, sizeof before, &before), ==, 0);
  start_burners (burners);
  summary = run (nginx->url, "{\"executor\": \"constant-arrival-rate\", \"rate\": 20000,"
                             " \"duration\": 3, \"preAllocatedVUs\": 50, \"maxVUs\": 500}");
  for (guint i = 0; i < N_BURNERS; i++)
    {
      kill (burners[i], SIGKILL);
      waitpid (burners[i], NULL, 0);
    }
  pin (&before);

  g_test_message ("lag p99 %.1f ms, %s", summary->generator->lag_p99,
                  summary->generator->reasons[0]);
  g_assert_cmpint (summary->verdict, ==, LF_VERDICT_INVALID);
  g_assert_true (summary->generator->saturated);
  g_assert_nonnull (summary->generator->reasons[0]);
}

/* Killed in the middle, and back two seconds later: every request in between fails with a code, the
 * totals are what both servers saw, and the load goes on by itself. */
static void
test_restarted (void)
{
  const LfTargetOptions options = { .address = "127.0.0.1:0" };
  LfTarget *target = lf_target_start (&options, NULL);
  g_autofree char *url = lf_target_get_url (target);
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", lf_target_get_port (target));
  const LfTargetOptions again = { .address = address };
  g_autoptr (LfTestLoad) load = lf_test_load_start_spec (
      url,
      "{\"executor\": \"constant-arrival-rate\", \"rate\": 200, \"duration\": 5,"
      " \"preAllocatedVUs\": 50, \"maxVUs\": 1000}",
      1);
  g_autoptr (LfSummary) summary = NULL;
  guint64 seen;
  gint64 answered;

  lf_test_load_pass (load, 1.5);
  seen = lf_target_get_counts (target).requests;
  lf_target_stop (target);
  lf_test_load_pass (load, 3);
  target = lf_target_start (&again, NULL);
  g_assert_nonnull (target);
  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);
  seen += lf_target_get_counts (target).requests;
  lf_target_stop (target);

  answered = lf_counts_get (summary->status_codes, "200");
  g_test_message ("%" G_GINT64_FORMAT " requests, %" G_GINT64_FORMAT " answered",
                  summary->requests->total, answered);
  g_assert_cmpint (summary->requests->total + summary->dropped_iterations, ==, 1000);
  g_assert_cmpint (summary->requests->failed, ==, summary->requests->total - answered);
  g_assert_cmpint (summary->requests->failed, >, 100);
  g_assert_cmpint (answered, >, 300);
  /* But for what came between the first target's count and its end, or was under way then. */
  g_assert_cmpint (ABS ((gint64) seen - answered), <=, 50);
  /* A machine that is busy with other tests may well be late, and then says so. */
  g_assert_cmpint (summary->verdict, ==,
                   summary->generator->lag_p99 > 10 ? LF_VERDICT_INVALID : LF_VERDICT_PASSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/honesty/fixed-delay", test_fixed_delay);
  g_test_add_func ("/honesty/one-in-a-hundred", test_one_in_a_hundred);
  g_test_add_func ("/honesty/frozen", test_frozen);
  g_test_add_func ("/honesty/restarted", test_restarted);
  g_test_add_func ("/honesty/starved", test_starved);
  return g_test_run ();
}
