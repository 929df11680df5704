#include "lf-load-health.h"
#include "lf-test-load.h"

#include "lf-worker-private.h"

#include <string.h>

/* The verdict on the generator, from workers whose numbers the test writes: no machine is timed. */

#define SECOND G_USEC_PER_SEC

typedef struct
{
  LfPlan *plan;
  GPtrArray *workers;
  LfChange *beginning;
  LfLoadHealth health;
  gint64 now;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *spec =
      lf_test_spec ("http://127.0.0.1:9/", "{\"executor\": \"constant-arrival-rate\", \"rate\": 10,"
                                           " \"duration\": 60, \"preAllocatedVUs\": 10}");

  self->plan = lf_test_plan (spec, 2);
  self->beginning = lf_change_new (0, 0);
  self->workers = g_ptr_array_new_with_free_func ((GDestroyNotify) lf_worker_free);
  for (guint i = 0; i < 2; i++)
    g_ptr_array_add (self->workers, lf_worker_new (self->plan, i, 0, self->beginning));
  lf_load_health_init (&self->health, 2, self->now);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lf_load_health_clear (&self->health);
  g_ptr_array_unref (self->workers);
  lf_change_free_all (self->beginning);
  lf_plan_unref (self->plan);
}

/* A second in which the workers used these parts of their cores, and what was new then. */
static LfLoadHealthReasons
pass (Fixture *self, double first, double second, gint64 worst_lag, guint64 no_ports)
{
  LfLoadHealthLook look = { .worst_lag = worst_lag, .no_ports = no_ports };
  LfWorker *one = self->workers->pdata[0];
  LfWorker *other = self->workers->pdata[1];

  self->now += SECOND;
  atomic_fetch_add (&one->cpu, (gint64) (first * SECOND));
  atomic_fetch_add (&other->cpu, (gint64) (second * SECOND));
  look.now = self->now;
  return lf_load_health_look (&self->health, self->workers, &look);
}

static gboolean
pass_second (Fixture *self, double first, double second)
{
  return (pass (self, first, second, 0, 0) & LF_LOAD_HEALTH_HOT) != 0;
}

static LfSummaryGenerator *
report (Fixture *self, gboolean arrivals, gboolean *invalid)
{
  return lf_load_health_report (&self->health, self->workers, (double) self->now / SECOND, arrivals,
                                invalid);
}

/* One worker at its limit is enough, five seconds in a row are needed, and it is told once. */
static void
test_hot (Fixture *self, gconstpointer data)
{
  g_autoptr (LfSummaryGenerator) generator = NULL;
  gboolean invalid = TRUE;

  for (guint i = 0; i < 4; i++)
    g_assert_false (pass_second (self, 0.2, 0.97));
  g_assert_false (pass_second (self, 0.2, 0.5));
  for (guint i = 0; i < 4; i++)
    g_assert_false (pass_second (self, 0.95, 0.2));
  g_assert_true (pass_second (self, 0.95, 0.2));
  g_assert_false (pass_second (self, 0.95, 0.2));
  g_assert_false (pass_second (self, 0.1, 0.1));
  generator = report (self, FALSE, &invalid);
  g_assert_true (generator->saturated);
  g_assert_false (invalid); /* a users profile at full speed is meant to use its core */
  g_assert_cmpuint (g_strv_length (generator->reasons), ==, 1);
  g_assert_nonnull (strstr (generator->reasons[0], "90 %"));
  g_assert_cmpint (generator->workers, ==, 2);
}

static void
test_cool (Fixture *self, gconstpointer data)
{
  g_autoptr (LfSummaryGenerator) generator = NULL;
  gboolean invalid = TRUE;

  for (guint i = 0; i < 60; i++)
    g_assert_false (pass_second (self, 0.89, 0.3));
  generator = report (self, TRUE, &invalid);
  g_assert_false (generator->saturated);
  g_assert_false (invalid);
  g_assert_cmpuint (g_strv_length (generator->reasons), ==, 0);
  g_assert_cmpfloat_with_epsilon (generator->cpu, (0.89 + 0.3) / 2, 0.001);
  g_assert_cmpint (generator->peak_rss, >, 1024 * 1024);
}

static void
record_lags (Fixture *self, guint n, gint64 us)
{
  for (guint i = 0; i < self->workers->len; i++)
    lf_histogram_record_n (((LfWorker *) self->workers->pdata[i])->lag, us, n);
}

/* p99 over 10 ms makes the run of an arrival rate invalid; the slowest hundredth alone does not. */
static void
test_lag (Fixture *self, gconstpointer data)
{
  g_autoptr (LfSummaryGenerator) well = NULL;
  g_autoptr (LfSummaryGenerator) late = NULL;
  g_autoptr (LfSummaryGenerator) users = NULL;
  gboolean invalid = TRUE;

  pass_second (self, 0.1, 0.1);
  record_lags (self, 995, 400);
  record_lags (self, 5, 900 * 1000);
  well = report (self, TRUE, &invalid);
  g_assert_false (invalid);
  g_assert_cmpfloat (well->lag_p50, <=, 0.401);
  g_assert_cmpfloat (well->lag_p50, >=, 0.4);
  g_assert_cmpfloat (well->lag_p99, <, 1);
  g_assert_cmpfloat (well->lag_max, >=, 900);

  record_lags (self, 10, 20 * 1000);
  late = report (self, TRUE, &invalid);
  g_assert_true (invalid);
  g_assert_true (late->saturated);
  g_assert_cmpuint (g_strv_length (late->reasons), ==, 1);
  g_assert_nonnull (strstr (late->reasons[0], "10 ms is the limit"));

  users = report (self, FALSE, &invalid);
  g_assert_false (invalid); /* users have no schedule */
}

/* Drops are the target's fault, unless the generator was behind itself when they came. */
/* Told while it runs: three seconds late in a row, and once; a spike is none. */
static void
test_late_live (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (pass (self, 0.1, 0.1, 11000, 0), ==, 0);
  g_assert_cmpint (pass (self, 0.1, 0.1, 9000, 0), ==, 0);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (pass (self, 0.1, 0.1, 11000, 0), ==, 0);
  g_assert_cmpint (pass (self, 0.1, 0.1, 11000, 0), ==, LF_LOAD_HEALTH_LATE);
  g_assert_cmpint (pass (self, 0.1, 0.1, 11000, 0), ==, 0);
}

/* This machine's ports are not the target's fault. */
static void
test_no_ports (Fixture *self, gconstpointer data)
{
  g_autoptr (LfSummaryGenerator) rate = NULL;
  g_autoptr (LfSummaryGenerator) users = NULL;
  gboolean invalid = FALSE;

  g_assert_cmpint (pass (self, 0.1, 0.1, 0, 0), ==, 0);
  g_assert_cmpint (pass (self, 0.1, 0.1, 0, 7), ==, LF_LOAD_HEALTH_NO_PORTS);
  g_assert_cmpint (pass (self, 0.1, 0.1, 0, 5), ==, 0);
  rate = report (self, TRUE, &invalid);
  g_assert_true (invalid);
  g_assert_true (rate->saturated);
  g_assert_cmpuint (g_strv_length (rate->reasons), ==, 1);
  g_assert_true (g_str_has_prefix (rate->reasons[0], "12 requests"));
  users = report (self, FALSE, &invalid);
  g_assert_false (invalid);
  g_assert_true (users->saturated);
}

static void
test_late_drops (Fixture *self, gconstpointer data)
{
  g_autoptr (LfSummaryGenerator) generator = NULL;
  gboolean invalid = FALSE;

  pass_second (self, 0.1, 0.1);
  ((LfWorker *) self->workers->pdata[0])->late_drops = 2;
  ((LfWorker *) self->workers->pdata[1])->late_drops = 1;
  generator = report (self, TRUE, &invalid);
  g_assert_true (invalid);
  g_assert_cmpuint (g_strv_length (generator->reasons), ==, 1);
  g_assert_true (g_str_has_prefix (generator->reasons[0], "3 arrivals were dropped"));
}

/* A worker that begins a second and a half late has sent nothing in time: of that, what came in the
 * warm-up is no part of the verdict. */
static void
test_warmup (void)
{
  const char *text = "{\"name\": \"test\", \"warmup\": 1, \"loadProfile\": {"
                     "\"executor\": \"constant-arrival-rate\", \"rate\": 20, \"duration\": 3,"
                     " \"preAllocatedVUs\": 10}, \"request\": {\"url\": \"http://127.0.0.1:9/\"}}";
  g_autoptr (LfPlan) plan = lf_test_plan (text, 1);
  LfChange *beginning = lf_change_new (0, 0);
  LfWorker *worker =
      lf_worker_new (plan, 0, g_get_monotonic_time () - SECOND - SECOND / 2, beginning);

  lf_worker_run (worker);
  g_assert_cmpint (lf_worker_get_late_drops (worker), ==, 0);
  g_assert_cmpint (lf_histogram_get_count (lf_worker_get_lag (worker)), >, 0);
  g_assert_cmpint (lf_histogram_get_max (lf_worker_get_lag (worker)), <, SECOND);
  lf_worker_free (worker);
  lf_change_free_all (beginning);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/load/health/hot", test_hot);
  ADD ("/load/health/cool", test_cool);
  ADD ("/load/health/lag", test_lag);
  ADD ("/load/health/late-live", test_late_live);
  ADD ("/load/health/no-ports", test_no_ports);
  ADD ("/load/health/late-drops", test_late_drops);
  g_test_add_func ("/load/health/warmup", test_warmup);
  return g_test_run ();
}
