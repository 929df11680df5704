#include "lf-plan-private.h"
#include "lf-steering.h"
#include "lf-test-load.h"
#include "lf-test-nginx.h"
#include "lf-worker.h"

/*
 * What workers and the main loop share, on plain threads: LfLoad's come out of a GThreadPool, whose
 * hand-over ThreadSanitizer cannot see in a GLib that is not built for it (./dev threads).
 */

#define N_WORKERS  2
#define HEAD_START (20 * 1000) /* us */

typedef struct
{
  LfPlan *plan;
  GPtrArray *workers; /* of LfWorker */
  GThread *threads[N_WORKERS];
  LfSteering steering;
  gint64 start;
  guint64 completed;
  guint64 failed;
  guint64 recorded; /* durations in histograms */
  guint users_max;
  gint64 worst_lag;
} Team;

static gpointer
work (gpointer user_data)
{
  lf_worker_run (user_data);
  return NULL;
}

static void
team_start (Team *self, const char *url, const char *profile)
{
  g_autofree char *spec = lf_test_spec (url, profile);

  *self = (Team){ .plan = lf_test_plan (spec, N_WORKERS) };
  self->workers = g_ptr_array_new_with_free_func ((GDestroyNotify) lf_worker_free);
  lf_steering_init (&self->steering, self->plan, self->workers);
  self->start = g_get_monotonic_time () + HEAD_START;
  for (guint i = 0; i < N_WORKERS; i++)
    g_ptr_array_add (self->workers,
                     lf_worker_new (self->plan, i, self->start, self->steering.first));
  for (guint i = 0; i < N_WORKERS; i++)
    self->threads[i] = g_thread_new ("worker", work, self->workers->pdata[i]);
}

static void
add (Team *self, LfInterval **set)
{
  self->completed += set[0]->completed;
  self->failed += set[0]->failed;
  self->recorded += lf_histogram_get_count (set[0]->trends[LF_TREND_DURATION]);
}

/* What the main loop does once a second. */
static void
look (Team *self)
{
  guint users = 0;

  for (guint i = 0; i < N_WORKERS; i++)
    {
      LfWorker *worker = self->workers->pdata[i];
      LfHandover *handover = lf_worker_get_handover (worker);
      LfInterval **set = lf_handover_take (handover);
      gint64 lag = lf_worker_take_lag (worker);

      users += lf_worker_get_gauges (worker).users;
      self->worst_lag = MAX (self->worst_lag, lag);
      if (set == NULL)
        continue;
      add (self, set);
      lf_handover_return (handover, set);
    }
  self->users_max = MAX (self->users_max, users);
}

static void
look_until (Team *self, gint64 time)
{
  while (g_get_monotonic_time () - self->start < time)
    {
      look (self);
      g_usleep (1000);
    }
}

static void
team_stop (Team *self)
{
  for (guint i = 0; i < N_WORKERS; i++)
    lf_worker_stop (self->workers->pdata[i], LF_STOP_GRACEFUL);
  for (guint i = 0; i < N_WORKERS; i++)
    g_thread_join (self->threads[i]);
  look (self);
  for (guint i = 0; i < N_WORKERS; i++)
    add (self, lf_worker_get_handover (self->workers->pdata[i])->current);
  lf_steering_clear (&self->steering);
  g_ptr_array_unref (self->workers);
  lf_plan_unref (self->plan);
}

static void
check_against (Team *self, LfTestNginx *nginx)
{
  LfTestNginxCounts seen = lf_test_nginx_stop (nginx);

  g_assert_cmpuint (self->completed, >, 0);
  g_assert_cmpuint (self->failed, ==, 0);
  g_assert_cmpuint (self->completed, ==, seen.answered);
  g_assert_cmpuint (self->recorded, ==, self->completed);
}

/* Users come, pause and come back while they are watched; nothing is lost. */
static void
test_steered (void)
{
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start ("location / { return 200 ok; }");
  const char *profile = "{\"executor\": \"manual\", \"vus\": 4, \"maxVUs\": 40}";
  Team team;

  if (nginx == NULL)
    return;
  team_start (&team, nginx->url, profile);
  look_until (&team, 300 * 1000);
  lf_steering_set_level (&team.steering, g_get_monotonic_time () - team.start, 40);
  look_until (&team, 1300 * 1000);
  g_assert_cmpuint (team.users_max, ==, 40);
  lf_steering_set_paused (&team.steering, g_get_monotonic_time () - team.start, TRUE);
  look_until (&team, 1600 * 1000);
  lf_steering_set_paused (&team.steering, g_get_monotonic_time () - team.start, FALSE);
  look_until (&team, 2200 * 1000);
  team_stop (&team);
  check_against (&team, nginx);
}

/* A rate that the workers part between them, with the lag of each arrival. */
static void
test_rate (void)
{
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start ("location / { return 200 ok; }");
  const char *profile =
      "{\"executor\": \"constant-arrival-rate\", \"rate\": 2000, \"duration\": 60,"
      " \"preAllocatedVUs\": 10, \"maxVUs\": 200}";
  Team team;

  if (nginx == NULL)
    return;
  team_start (&team, nginx->url, profile);
  look_until (&team, 1500 * 1000);
  team_stop (&team);
  g_assert_cmpint (team.worst_lag, >, 0);
  check_against (&team, nginx);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  curl_global_init (CURL_GLOBAL_DEFAULT);
  g_test_add_func ("/workers/steered", test_steered);
  g_test_add_func ("/workers/rate", test_rate);
  return g_test_run ();
}
