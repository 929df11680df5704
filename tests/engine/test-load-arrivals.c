#include "lf-test-load.h"
#include "lf-test-nginx.h"

#include <signal.h>

/* Arrival-rate profiles: on schedule whatever the target does, every arrival accounted for. */

#define ANSWER "location / { return 200 ok; }"

typedef struct
{
  gint64 scheduled, started, completed, dropped;
} Sums;

static Sums
sum (LfTestLoad *load)
{
  Sums sums = { 0 };

  for (guint i = 0; i < load->totals->len; i++)
    {
      const LfSample *sample = load->totals->pdata[i];

      sums.scheduled += sample->scheduled;
      sums.started += sample->started;
      sums.completed += sample->completed;
      sums.dropped += sample->dropped;
    }
  return sums;
}

/* 2,000 a second for 20 s. Users for a second of a machine that is busy with other things: an
 * arrival that has to wait for its answer that long takes one each. */
static void
test_constant_rate (void)
{
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start (ANSWER);
  g_autoptr (LfTestLoad) load = NULL;
  g_autoptr (LfSummary) summary = NULL;
  Sums sums;

  if (nginx == NULL)
    return;
  load = lf_test_load_start_spec (nginx->url,
                                  "{\"executor\": \"constant-arrival-rate\", \"rate\": 2000,"
                                  " \"duration\": 20, \"preAllocatedVUs\": 50, \"maxVUs\": 1900}",
                                  0);
  lf_test_load_wait (load);
  sums = sum (load);
  summary = lf_load_get_summary (load->load);
  g_test_message ("started %" G_GINT64_FORMAT ", lag p99 %.2f ms, max %.2f ms", sums.started,
                  summary->generator->lag_p99, summary->generator->lag_max);
  g_assert_cmpint (sums.scheduled, ==, 40000);
  g_assert_cmpint (sums.started + sums.dropped, ==, 40000);
  g_assert_cmpint (ABS (sums.started - 40000), <=, 200); /* 0.5 % */
  g_assert_cmpint (sums.completed, ==, sums.started);
  g_assert_cmpint (summary->requests->total, ==, sums.completed);
  g_assert_cmpint (summary->requests->failed, ==, 0);
  g_assert_cmpint (summary->dropped_iterations, ==, sums.dropped);
  g_assert_cmpint (summary->requests->total, ==, lf_test_nginx_stop (nginx).requests);
}

/* The target stands still for 2 s. Arrivals of that time go on until the users are used up and are
 * counted as dropped from then on; responseTime tells what those who came had to wait. */
static void
check_frozen (const char *profile, gboolean drops)
{
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start (ANSWER);
  g_autoptr (LfTestLoad) load = NULL;
  g_autoptr (LfSummary) summary = NULL;
  Sums sums;

  if (nginx == NULL)
    return;
  load = lf_test_load_start_spec (nginx->url, profile, 1);
  lf_test_load_pass (load, 1);
  lf_test_nginx_signal (nginx, SIGSTOP);
  lf_test_load_pass (load, 3.1);
  lf_test_nginx_signal (nginx, SIGCONT);
  lf_test_load_wait (load);
  sums = sum (load);
  summary = lf_load_get_summary (load->load);
  g_test_message ("started %" G_GINT64_FORMAT ", dropped %" G_GINT64_FORMAT ", p99 %.0f ms",
                  sums.started, sums.dropped, summary->latency->response_time->p99);
  g_assert_cmpint (sums.scheduled, ==, 1000);
  g_assert_cmpint (sums.started + sums.dropped, ==, 1000);
  g_assert_cmpint (sums.completed, ==, sums.started);
  g_assert_cmpint (summary->requests->failed, ==, 0);
  g_assert_cmpfloat (summary->latency->response_time->p99, >, 1000);
  g_assert_cmpfloat (summary->latency->response_time->max, >, 1900);
  /* A second of the freeze alone: nothing was answered, and the arrivals did not wait for that. */
  g_assert_cmpint (((LfSample *) load->totals->pdata[1])->scheduled, >, 0);
  if (drops)
    g_assert_cmpint (sums.dropped, >, 0);
  else
    g_assert_cmpint (sums.dropped, ==, 0);
  g_assert_cmpint (summary->requests->total, ==, lf_test_nginx_stop (nginx).requests);
}

/* 200 a second for 5 s: 420 arrive at the frozen target. */
static void
test_frozen_with_users_enough (void)
{
  check_frozen ("{\"executor\": \"constant-arrival-rate\", \"rate\": 200, \"duration\": 5,"
                " \"preAllocatedVUs\": 10, \"maxVUs\": 1000}",
                FALSE);
}

static void
test_frozen_with_too_few_users (void)
{
  check_frozen ("{\"executor\": \"constant-arrival-rate\", \"rate\": 200, \"duration\": 5,"
                " \"preAllocatedVUs\": 40}",
                TRUE);
}

/* Whoever has the load is busy with other things for longer than a second, as a window may be. Each
 * sample still tells what came in its own time, those after it too. */
static void
test_busy_main_loop (void)
{
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start (ANSWER);
  g_autofree char *spec = NULL;
  g_autoptr (LfPlan) plan = NULL;
  g_autoptr (LfTestLoad) load = NULL;
  g_autoptr (LfSummary) summary = NULL;
  gint64 counted = 0;
  double before = 0;

  if (nginx == NULL)
    return;
  spec = g_strdup_printf ("{\"name\": \"test\", \"warmup\": 2, \"loadProfile\": {"
                          "\"executor\": \"constant-arrival-rate\", \"rate\": 100, \"duration\": 5,"
                          " \"preAllocatedVUs\": 100}, \"request\": {\"url\": \"%s\"}}",
                          nginx->url);
  plan = lf_test_plan (spec, 1);
  load = lf_test_load_start (plan);
  lf_test_load_pass (load, 1.2);
  g_usleep (2600 * 1000);
  lf_test_load_wait (load);
  for (guint i = 0; i < load->totals->len; i++)
    {
      const LfSample *sample = load->totals->pdata[i];
      /* Nothing is due once the schedule is over. */
      double due = 100 * (MIN (sample->t, 5) - before);

      g_test_message ("%.2f s: %.0f due, %" G_GINT64_FORMAT " came", sample->t, due,
                      sample->scheduled);
      g_assert_cmpfloat (sample->t, >, before);
      g_assert_cmpfloat (ABS ((double) sample->scheduled - due), <=, 50);
      /* Most of the one that the warm-up ends in came after it. */
      g_assert_true (sample->warmup == (sample->t < 2));
      counted += sample->warmup ? 0 : sample->completed;
      before = MIN (sample->t, 5);
    }
  g_assert_cmpint (sum (load).scheduled, ==, 500);
  summary = lf_load_get_summary (load->load);
  g_assert_cmpint (summary->requests->total, ==, counted);
}

/* More than anybody can count one by one: all are told, and the run ends when it should. */
static void
test_far_too_many (gconstpointer arrival)
{
  const double due = 2e9;
  g_autofree char *profile =
      g_strdup_printf ("{\"executor\": \"constant-arrival-rate\", \"rate\": 1000000000,"
                       " \"duration\": 2, \"preAllocatedVUs\": 4, \"arrival\": \"%s\"}",
                       (const char *) arrival);
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start (ANSWER);
  g_autoptr (LfTestLoad) load = NULL;
  Sums sums;

  if (nginx == NULL)
    return;
  load = lf_test_load_start_spec (nginx->url, profile, 2);
  lf_test_load_wait (load);
  sums = sum (load);
  if (g_str_equal (arrival, "uniform"))
    g_assert_cmpint (sums.scheduled, ==, (gint64) due);
  g_assert_cmpfloat_with_epsilon ((double) sums.scheduled, due, due / 1000);
  g_assert_cmpint (sums.started + sums.dropped, ==, sums.scheduled);
  g_assert_cmpint (sums.completed, ==, sums.started);
  g_assert_cmpint (sums.started, >, 0);
}

/* One arrival for two workers: the one without any sends nothing. */
static void
test_fewer_arrivals_than_workers (void)
{
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start (ANSWER);
  g_autoptr (LfTestLoad) load = NULL;

  if (nginx == NULL)
    return;
  load = lf_test_load_start_spec (nginx->url,
                                  "{\"executor\": \"constant-arrival-rate\", \"rate\": 1,"
                                  " \"duration\": 1, \"preAllocatedVUs\": 4}",
                                  4);
  lf_test_load_wait (load);
  g_assert_cmpint (sum (load).scheduled, ==, 1);
  g_assert_cmpint (sum (load).completed, ==, 1);
  g_assert_cmpint (lf_test_nginx_stop (nginx).requests, ==, 1);
}

/* Up and down over two workers, Poisson arrivals: all that were due came, and the middle is busier
 * than the ends. */
static void
test_ramps (void)
{
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start (ANSWER);
  g_autoptr (LfTestLoad) load = NULL;
  Sums sums;
  const LfSample *begin, *middle, *end;

  if (nginx == NULL)
    return;
  load = lf_test_load_start_spec (nginx->url,
                                  "{\"executor\": \"ramping-arrival-rate\", \"startRate\": 0,"
                                  " \"preAllocatedVUs\": 500, \"stages\":"
                                  " [{\"duration\": 2, \"target\": 400},"
                                  "  {\"duration\": 1, \"target\": 400},"
                                  "  {\"duration\": 2, \"target\": 0}]}",
                                  2);
  lf_test_load_wait (load);
  sums = sum (load);
  begin = load->totals->pdata[0];
  middle = load->totals->pdata[2];
  end = load->totals->pdata[4];
  g_assert_cmpint (sums.scheduled, ==, 1200);
  g_assert_cmpint (sums.started + sums.dropped, ==, 1200);
  g_assert_cmpint (middle->scheduled, >, begin->scheduled);
  g_assert_cmpint (middle->scheduled, >, end->scheduled);
  g_assert_cmpint (sums.completed, ==, lf_test_nginx_stop (nginx).requests);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/load/arrivals/constant-rate", test_constant_rate);
  g_test_add_func ("/load/arrivals/frozen-with-users-enough", test_frozen_with_users_enough);
  g_test_add_func ("/load/arrivals/frozen-with-too-few-users", test_frozen_with_too_few_users);
  g_test_add_func ("/load/arrivals/fewer-arrivals-than-workers", test_fewer_arrivals_than_workers);
  g_test_add_func ("/load/arrivals/ramps", test_ramps);
  g_test_add_func ("/load/arrivals/busy-main-loop", test_busy_main_loop);
  g_test_add_data_func ("/load/arrivals/far-too-many", "uniform", test_far_too_many);
  g_test_add_data_func ("/load/arrivals/far-too-many-poisson", "poisson", test_far_too_many);
  return g_test_run ();
}
