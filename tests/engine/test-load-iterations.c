#include "lf-target.h"
#include "lf-test-load.h"

#include "lf-worker-private.h"

#include <string.h>

/* Profiles that end with their iterations: exactly as many as were asked for, at the target too. */

static LfTarget *
start_target (guint delay_ms, char **url)
{
  LfTargetOptions options = { .address = "127.0.0.1:0", .delay_ms = delay_ms };
  g_autoptr (GError) error = NULL;
  LfTarget *target = lf_target_start (&options, &error);

  g_assert_no_error (error);
  *url = lf_target_get_url (target);
  return target;
}

static LfTestLoad *
start (const char *url, const char *format, guint workers, ...) G_GNUC_PRINTF (2, 4);

static LfTestLoad *
start (const char *url, const char *format, guint workers, ...)
{
  g_autofree char *profile = NULL;
  va_list arguments;

  va_start (arguments, workers);
  profile = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_strdelimit (profile, "'", '"');
  return lf_test_load_start_spec (url, profile, workers);
}

/* @users of @iterations, by each count of workers: @total requests, by no more than the users. */
static void
check_exact (const char *executor, guint users, guint iterations, gint64 total)
{
  for (guint workers = 1; workers <= 3; workers++)
    {
      g_autofree char *url = NULL;
      g_autoptr (LfTarget) target = start_target (0, &url);
      g_autoptr (LfTestLoad) load = start (url, "{'executor': '%s', 'vus': %u, 'iterations': %u}",
                                           workers, executor, users, iterations);
      g_autoptr (LfSummary) summary = NULL;

      lf_test_load_wait (load);
      summary = lf_load_get_summary (load->load);
      g_assert_cmpint (summary->requests->total, ==, total);
      g_assert_cmpint (summary->iterations, ==, total);
      g_assert_cmpint (summary->requests->failed, ==, 0);
      g_assert_cmpint (summary->verdict, ==, LF_VERDICT_PASSED);
      g_assert_cmpint (summary->vus_max, <=, users);
      g_assert_cmpint (lf_test_load_completed (load), ==, total);
      g_assert_cmpuint (lf_target_get_counts (target).requests, ==, (guint64) total);
      g_assert_cmpuint (lf_target_get_counts (target).connections, <=, users);
      g_assert_nonnull (lf_test_load_find_line (load, "iterations, at most 600 s"));
      g_assert_nonnull (lf_test_load_find_line (load, "Finished after"));
    }
}

static void
test_shared (void)
{
  check_exact ("shared-iterations", 7, 1000, 1000);
  check_exact ("shared-iterations", 7, 1, 1);
  check_exact ("shared-iterations", 1, 13, 13);
  check_exact ("shared-iterations", 100, 100, 100);
}

static void
test_per_user (void)
{
  check_exact ("per-vu-iterations", 7, 13, 91);
  check_exact ("per-vu-iterations", 1, 5, 5);
  check_exact ("per-vu-iterations", 70, 1, 70);
}

/* An iteration is all of the steps; thinking at the end belongs to it. */
static void
test_steps (void)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = start_target (0, &url);
  g_autofree char *spec = g_strdup_printf (
      "{\"loadProfile\": {\"executor\": \"shared-iterations\", \"vus\": 3, \"iterations\": 20},"
      " \"steps\": [{\"url\": \"%s/a\"}, {\"url\": \"%s/b\", \"thinkTime\": {\"min\": 0.05, "
      "\"max\": "
      "0.1}}]}",
      url, url);
  g_autoptr (LfPlan) plan = lf_test_plan (spec, 2);
  g_autoptr (LfTestLoad) load = lf_test_load_start (plan);
  g_autoptr (LfSummary) summary = NULL;

  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);
  g_assert_cmpint (summary->iterations, ==, 20);
  g_assert_cmpint (summary->requests->total, ==, 40);
  g_assert_cmpuint (lf_target_get_counts (target).requests, ==, 40);
  /* Seven iterations of one user, with 0.05 s of thinking each at least. */
  g_assert_cmpfloat (summary->duration, >=, 0.35);
}

/* An iteration whose request fails is done like any other; nothing is tried again for it. */
static void
test_failing (void)
{
  LfTargetOptions options = { .address = "127.0.0.1:0", .error_rate = 1 };
  g_autoptr (LfTarget) target = lf_target_start (&options, NULL);
  g_autofree char *url = lf_target_get_url (target);
  g_autoptr (LfTestLoad) load =
      start (url, "{'executor': 'per-vu-iterations', 'vus': 4, 'iterations': 25}", 1);
  g_autoptr (LfSummary) summary = NULL;

  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);
  g_assert_cmpint (summary->requests->total, ==, 100);
  g_assert_cmpint (summary->requests->failed, ==, 100);
  g_assert_cmpuint (lf_target_get_counts (target).requests, ==, 100);
}

/* As k6's maxDuration: what is under way then may end, nothing begins. */
static void
test_limit (void)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = start_target (300, &url);
  g_autoptr (LfTestLoad) load = start (
      url, "{'executor': 'shared-iterations', 'vus': 5, 'iterations': 100000, 'duration': 1}", 2);
  g_autoptr (LfSummary) summary = NULL;

  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);
  g_assert_cmpint (summary->requests->total, >=, 5);
  g_assert_cmpint (summary->requests->total, <=, 20); /* four each within the second */
  g_assert_cmpint (summary->requests->failed, ==, 0);
  g_assert_cmpint (summary->verdict, ==, LF_VERDICT_PASSED);
  g_assert_cmpuint (lf_target_get_counts (target).requests, ==, (guint64) summary->requests->total);
}

static void
test_stop (void)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = start_target (50, &url);
  g_autoptr (LfTestLoad) load =
      start (url, "{'executor': 'per-vu-iterations', 'vus': 5, 'iterations': 100000}", 2);
  g_autoptr (LfSummary) summary = NULL;

  lf_test_load_await (load, 5);
  lf_load_stop (load->load);
  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);
  g_assert_cmpint (summary->verdict, ==, LF_VERDICT_ABORTED);
  g_assert_cmpint (summary->requests->failed, ==, 0);
  g_assert_cmpuint (lf_target_get_counts (target).requests, ==, (guint64) summary->requests->total);
}

/* A run of 910 iterations that is paused on its way. */
typedef struct
{
  char *url;
  LfTarget *target;
  LfTestLoad *load;
  guint64 before; /* requests when it had fallen silent */
} Paused;

static void
begin_pause (Paused *self, const char *executor, guint iterations)
{
  g_autoptr (GError) error = NULL;

  self->target = start_target (20, &self->url);
  self->load =
      start (self->url, "{'executor': '%s', 'vus': 7, 'iterations': %u}", 2, executor, iterations);
  lf_test_load_await (self->load, 7);
  g_assert_true (lf_load_pause (self->load->load, &error));
  g_assert_no_error (error);
}

static void
note_silence (Paused *self)
{
  lf_test_load_await_silence (self->load);
  self->before = lf_target_get_counts (self->target).requests;
  g_assert_cmpuint (self->before, <, 910);
}

static void
end_pause (Paused *self)
{
  const LfSample *last = self->load->totals->pdata[self->load->totals->len - 1];
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (lf_target_get_counts (self->target).requests, ==, self->before);
  g_assert_cmpint (last->users, ==, 0);
  g_assert_true (lf_load_resume (self->load->load, &error));
  g_assert_no_error (error);
}

static void
check_paused (Paused *self)
{
  g_autoptr (LfSummary) summary = NULL;

  lf_test_load_wait (self->load);
  summary = lf_load_get_summary (self->load->load);
  g_assert_cmpint (summary->requests->total, ==, 910);
  g_assert_cmpuint (lf_target_get_counts (self->target).requests, ==, 910);
  g_assert_cmpuint (lf_target_get_counts (self->target).connections, ==, 7);
  g_assert_cmpint (summary->verdict, ==, LF_VERDICT_PASSED);
  lf_test_load_free (self->load);
  lf_target_stop (self->target);
  g_free (self->url);
}

/* A pause lets the iterations under way end, and takes none away; users come back to their
 * connections. */
static void
test_pause (void)
{
  Paused shared;
  Paused each;

  begin_pause (&shared, "shared-iterations", 910);
  begin_pause (&each, "per-vu-iterations", 130);
  note_silence (&shared);
  note_silence (&each);
  lf_test_load_pass (each.load, lf_load_get_elapsed (each.load->load) + 0.5);
  end_pause (&shared);
  end_pause (&each);
  check_paused (&shared);
  check_paused (&each);
}

/* What is warm-up is drawn and not counted, but its iterations are done. */
static void
test_warmup (void)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = start_target (100, &url);
  g_autofree char *spec = g_strdup_printf (
      "{\"warmup\": 1, \"loadProfile\": {\"executor\": \"per-vu-iterations\", \"vus\": 5,"
      " \"iterations\": 25}, \"steps\": [{\"url\": \"%s\"}]}",
      url);
  g_autoptr (LfPlan) plan = lf_test_plan (spec, 1);
  g_autoptr (LfTestLoad) load = lf_test_load_start (plan);
  g_autoptr (LfSummary) summary = NULL;
  const LfSample *first;

  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);
  first = load->totals->pdata[0];
  g_assert_true (first->warmup);
  g_assert_cmpint (first->completed, >, 0);
  g_assert_cmpuint (lf_target_get_counts (target).requests, ==, 125);
  g_assert_cmpint (lf_test_load_completed (load), ==, 125);
  g_assert_cmpint (summary->requests->total, ==, 125 - first->completed);
  g_assert_cmpint (summary->iterations, ==, 125 - first->iterations);
  g_assert_cmpint (summary->latency->duration->count, ==, summary->requests->total);
}

/* A run that is over before its warm-up has counted nothing, and says so. */
static void
test_all_warmup (void)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = start_target (0, &url);
  g_autofree char *spec = g_strdup_printf (
      "{\"warmup\": 30, \"loadProfile\": {\"executor\": \"shared-iterations\", \"vus\": 5,"
      " \"iterations\": 25}, \"steps\": [{\"url\": \"%s\"}]}",
      url);
  g_autoptr (LfPlan) plan = lf_test_plan (spec, 1);
  g_autoptr (LfTestLoad) load = lf_test_load_start (plan);
  g_autoptr (LfSummary) summary = NULL;

  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);
  g_assert_cmpuint (lf_target_get_counts (target).requests, ==, 25);
  g_assert_cmpint (summary->requests->total, ==, 0);
  g_assert_cmpfloat (summary->requests->rate, ==, 0);
  g_assert_nonnull (lf_test_load_find_line (load, "Nothing was counted"));
}

/* Iterations of all workers of machine @agent of @n, which has @workers. */
static guint64
sum_shares (LfSpec *spec, guint agent, guint n, guint workers)
{
  LfPlanOptions options = { .agent = agent, .n_agents = n, .workers = workers };
  g_autoptr (GError) error = NULL;
  g_autoptr (LfPlan) plan = lf_plan_new (spec, NULL, &options, &error);
  LfChange *beginning = lf_change_new (0, 0);
  guint64 sum = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < plan->n_workers; i++)
    {
      LfWorker *worker = lf_worker_new (plan, i, 0, beginning);

      /* What has no user can do no iteration. */
      g_assert_true (worker->left == 0 || _lf_worker_wanted_users (worker, 0) > 0);
      sum += worker->left;
      lf_worker_free (worker);
    }
  lf_change_free_all (beginning);
  return sum;
}

/* Over 1 to 16 machines of unequal workers none is lost and none done twice; each has as many as
 * any other, or one more. */
static void
check_shares (const char *executor, guint users, guint iterations, guint64 total)
{
  g_autofree char *profile = g_strdup_printf (
      "{\"executor\": \"%s\", \"vus\": %u, \"iterations\": %u}", executor, users, iterations);
  g_autofree char *text = lf_test_spec ("http://127.0.0.1:9/", profile);
  g_autoptr (LfSpec) spec = lf_spec_from_text (text, -1, NULL);

  for (guint n = 1; n <= 16; n++)
    {
      guint64 sum = 0;

      for (guint agent = 0; agent < n; agent++)
        sum += sum_shares (spec, agent, n, 1 + agent % 3);
      g_assert_cmpuint (sum, ==, total);
    }
}

static void
test_shares (void)
{
  check_shares ("shared-iterations", 7, 1000, 1000);
  check_shares ("shared-iterations", 3, 1000, 1000);
  check_shares ("shared-iterations", 64, 5, 5);
  check_shares ("shared-iterations", 1, 1, 1);
  check_shares ("per-vu-iterations", 7, 13, 91);
  check_shares ("per-vu-iterations", 100, 1, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/load/iterations/shared", test_shared);
  g_test_add_func ("/load/iterations/per-user", test_per_user);
  g_test_add_func ("/load/iterations/steps", test_steps);
  g_test_add_func ("/load/iterations/failing", test_failing);
  g_test_add_func ("/load/iterations/limit", test_limit);
  g_test_add_func ("/load/iterations/stop", test_stop);
  g_test_add_func ("/load/iterations/pause", test_pause);
  g_test_add_func ("/load/iterations/warmup", test_warmup);
  g_test_add_func ("/load/iterations/all-warmup", test_all_warmup);
  g_test_add_func ("/load/iterations/shares", test_shares);
  return g_test_run ();
}
