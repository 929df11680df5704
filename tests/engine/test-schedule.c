#include "lf-arrivals.h"
#include "lf-spec.h"

#include <math.h>

#define SECOND G_USEC_PER_SEC

static LfSchedule *
make (const char *profile)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text =
      g_strdup_printf ("{\"schema\": \"loadforge/spec/1\", \"loadProfile\": %s, "
                       "\"steps\": [{\"method\": \"GET\", \"url\": \"http://127.0.0.1/\"}]}",
                       profile);
  g_autoptr (LfSpec) spec = lf_spec_from_text (text, -1, &error);

  g_assert_no_error (error);
  return lf_schedule_new (spec->load_profile);
}

static gint64
at (double seconds)
{
  return llround (seconds * SECOND);
}

static void
test_constant_users (void)
{
  g_autoptr (LfSchedule) schedule =
      make ("{\"executor\": \"constant-vus\", \"vus\": 7, \"duration\": 3}");

  g_assert_cmpint (lf_schedule_get_duration (schedule), ==, 3 * SECOND);
  g_assert_cmpuint (lf_schedule_users_at (schedule, 0), ==, 7);
  g_assert_cmpuint (lf_schedule_users_at (schedule, 3 * SECOND - 1), ==, 7);
  g_assert_cmpuint (lf_schedule_users_at (schedule, 3 * SECOND), ==, 0);
  g_assert_cmpuint (lf_schedule_users_at (schedule, 100 * SECOND), ==, 0);
}

static void
test_short_form (void)
{
  g_autoptr (LfSchedule) schedule =
      make ("{\"rampUp\": 5, \"users\": 10, \"steady\": 30, \"rampDown\": 2}");

  g_assert_cmpint (lf_schedule_get_duration (schedule), ==, 37 * SECOND);
  g_assert_cmpuint (lf_schedule_users_at (schedule, 0), ==, 0);
  g_assert_cmpuint (lf_schedule_users_at (schedule, at (2.5)), ==, 5);
  g_assert_cmpuint (lf_schedule_users_at (schedule, at (5)), ==, 10);
  g_assert_cmpuint (lf_schedule_users_at (schedule, at (34.999999)), ==, 10);
  g_assert_cmpuint (lf_schedule_users_at (schedule, at (36)), ==, 5);
  g_assert_cmpuint (lf_schedule_users_at (schedule, at (37)), ==, 0);
  g_assert_cmpuint (lf_schedule_stage_at (schedule, 0), ==, 0);
  g_assert_cmpuint (lf_schedule_stage_at (schedule, at (5) - 1), ==, 0);
  g_assert_cmpuint (lf_schedule_stage_at (schedule, at (5)), ==, 1);
  g_assert_cmpuint (lf_schedule_stage_at (schedule, at (35)), ==, 2);
  g_assert_cmpuint (lf_schedule_stage_at (schedule, at (37)), ==, 3);
}

/* A stage of 0 s is a jump, and keeps its number. */
static void
test_jumps (void)
{
  g_autoptr (LfSchedule) schedule =
      make ("{\"executor\": \"ramping-vus\", \"startVUs\": 2, \"stages\": ["
            "{\"duration\": 1, \"target\": 2}, {\"duration\": 0, \"target\": 50},"
            "{\"duration\": 1, \"target\": 50}, {\"duration\": 0, \"target\": 0},"
            "{\"duration\": 2, \"target\": 4}]}");

  g_assert_cmpint (lf_schedule_get_duration (schedule), ==, 4 * SECOND);
  g_assert_cmpuint (lf_schedule_users_at (schedule, SECOND - 1), ==, 2);
  g_assert_cmpuint (lf_schedule_users_at (schedule, SECOND), ==, 50);
  g_assert_cmpuint (lf_schedule_users_at (schedule, 2 * SECOND - 1), ==, 50);
  g_assert_cmpuint (lf_schedule_users_at (schedule, 2 * SECOND), ==, 0);
  g_assert_cmpuint (lf_schedule_users_at (schedule, 3 * SECOND), ==, 2);
  g_assert_cmpuint (lf_schedule_stage_at (schedule, SECOND), ==, 2);
  g_assert_cmpuint (lf_schedule_stage_at (schedule, 3 * SECOND), ==, 4);
}

/* What the window draws and what the engine does are one line. */
static void
test_as_drawn (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261123);

  for (guint round = 0; round < 200; round++)
    {
      g_autofree char *profile = g_strdup_printf (
          "{\"executor\": \"ramping-vus\", \"startVUs\": %d, \"stages\": ["
          "{\"duration\": %d, \"target\": %d}, {\"duration\": %d, \"target\": %d}]}",
          g_rand_int_range (rand, 0, 500), g_rand_int_range (rand, 0, 60),
          g_rand_int_range (rand, 0, 500), g_rand_int_range (rand, 1, 60),
          g_rand_int_range (rand, 1, 500));
      g_autofree char *text = g_strdup_printf (
          "{\"loadProfile\": %s, \"steps\": [{\"url\": \"http://127.0.0.1/\"}]}", profile);
      g_autoptr (LfSpec) spec = lf_spec_from_text (text, -1, NULL);
      g_autoptr (LfSchedule) schedule = lf_schedule_new (spec->load_profile);
      gint64 duration = lf_schedule_get_duration (schedule);

      g_assert_cmpint (duration, ==, at (lf_load_profile_get_duration (spec->load_profile)));
      for (guint i = 0; i < 100; i++)
        {
          double t = g_rand_double_range (rand, 0, (double) duration / SECOND);
          double drawn = lf_load_profile_get_target_at (spec->load_profile, t);

          g_assert_cmpfloat (fabs (drawn - lf_schedule_users_at (schedule, at (t))), <=, 0.51);
        }
    }
}

static void
test_shares (void)
{
  for (guint n = 0; n < 200; n++)
    for (guint parts = 1; parts < 20; parts++)
      {
        guint sum = 0;

        for (guint part = 0; part < parts; part++)
          {
            guint share = lf_schedule_share (n, part, parts);

            g_assert_cmpuint (share, >=, n / parts);
            g_assert_cmpuint (share, <=, n / parts + 1);
            if (part > 0) /* the rest to the lowest */
              g_assert_cmpuint (share, <=, lf_schedule_share (n, part - 1, parts));
            sum += share;
          }
        g_assert_cmpuint (sum, ==, n);
      }
}

static GArray *
collect (const LfSchedule *schedule, LfArrival arrival, guint part, guint n_parts)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (gint64));
  LfTimetable timetable;
  LfArrivals arrivals;
  gint64 due;
  gint64 last = 0;

  lf_timetable_init (&timetable, schedule);
  lf_arrivals_init (&arrivals, &timetable, arrival, part, n_parts, 42);
  while ((due = lf_arrivals_get_due (&arrivals)) >= 0)
    {
      g_assert_cmpint (due, >=, last);
      g_assert_cmpint (due, <=, lf_schedule_get_duration (schedule));
      last = due;
      g_array_append_val (times, due);
      lf_arrivals_take (&arrivals);
    }
  /* The end stays the end. */
  g_assert_cmpint (lf_arrivals_get_due (&arrivals), ==, -1);
  return times;
}

/* Arrival k of the whole is arrival k / n of part k mod n, at the same microsecond. */
static void
assert_union_is_whole (const LfSchedule *schedule, LfArrival arrival)
{
  g_autoptr (GArray) whole = collect (schedule, arrival, 0, 1);

  for (guint n = 2; n <= 16; n++)
    {
      guint sum = 0;

      for (guint part = 0; part < n; part++)
        {
          g_autoptr (GArray) times = collect (schedule, arrival, part, n);

          sum += times->len;
          for (guint i = 0; i < times->len; i++)
            g_assert_cmpint (g_array_index (times, gint64, i), ==,
                             g_array_index (whole, gint64, i * n + part));
        }
      g_assert_cmpuint (sum, ==, whole->len);
    }
}

static void
test_constant_rate (void)
{
  g_autoptr (LfSchedule) schedule =
      make ("{\"executor\": \"constant-arrival-rate\", \"rate\": 2000, \"duration\": 20,"
            " \"preAllocatedVUs\": 10}");
  g_autoptr (GArray) times = collect (schedule, LF_ARRIVAL_UNIFORM, 0, 1);

  g_assert_cmpuint (times->len, ==, 40000);
  for (guint i = 0; i < times->len; i++)
    g_assert_cmpint (ABS (g_array_index (times, gint64, i) - (gint64) i * 500), <=, 1);
  g_assert_cmpfloat_with_epsilon (lf_schedule_arrivals_at (schedule, at (5)), 10000, 1e-6);
  assert_union_is_whole (schedule, LF_ARRIVAL_UNIFORM);
}

/* k6 users write 90 a minute. */
static void
test_time_unit (void)
{
  g_autoptr (LfSchedule) schedule =
      make ("{\"executor\": \"constant-arrival-rate\", \"rate\": 90, \"timeUnit\": 60,"
            " \"duration\": 4, \"preAllocatedVUs\": 1}");
  g_autoptr (GArray) times = collect (schedule, LF_ARRIVAL_UNIFORM, 0, 1);

  g_assert_cmpuint (times->len, ==, 6);
  g_assert_cmpint (ABS (g_array_index (times, gint64, 5) - at (5 / 1.5)), <=, 1);
}

static const char ramps[] =
    "{\"executor\": \"ramping-arrival-rate\", \"startRate\": 0, \"preAllocatedVUs\": 1, "
    "\"stages\": ["
    "{\"duration\": 2, \"target\": 300}, {\"duration\": 1.5, \"target\": 300},"
    "{\"duration\": 2, \"target\": 0}, {\"duration\": 3, \"target\": 0},"
    "{\"duration\": 0, \"target\": 100}, {\"duration\": 1, \"target\": 50}]}";

/* Up, level, down, nothing, a jump and down again: the counts are the area under the line at every
 * boundary, and nothing arrives in the pause. */
static void
test_ramps (void)
{
  g_autoptr (LfSchedule) schedule = make (ramps);
  g_autoptr (GArray) times = collect (schedule, LF_ARRIVAL_UNIFORM, 0, 1);
  const struct
  {
    double t, due;
  } boundaries[] = {
    { 0, 0 },      { 1, 75 },   { 2, 300 },    { 3.5, 750 },  { 4.5, 975 },
    { 5.5, 1050 }, { 7, 1050 }, { 8.5, 1050 }, { 9.5, 1125 }, { 20, 1125 },
  };

  g_assert_cmpuint (times->len, ==, 1125);
  for (guint i = 0; i < G_N_ELEMENTS (boundaries); i++)
    {
      double t = boundaries[i].t;
      double due = boundaries[i].due;
      guint came = 0;

      g_assert_cmpfloat_with_epsilon (lf_schedule_arrivals_at (schedule, at (t)), due, 1e-6);
      while (came < times->len && g_array_index (times, gint64, came) < at (t))
        came++;
      g_assert_cmpfloat (fabs (came - due), <=, 1);
    }
  for (guint i = 0; i < times->len; i++)
    {
      gint64 due = g_array_index (times, gint64, i);

      g_assert_false (due > at (5.5) && due < at (8.5));
      /* The way there and the way back are inverse. */
      g_assert_cmpfloat (fabs (lf_schedule_arrivals_at (schedule, due) - i), <, 0.01);
    }
  assert_union_is_whole (schedule, LF_ARRIVAL_UNIFORM);
  assert_union_is_whole (schedule, LF_ARRIVAL_POISSON);
}

static void
test_random_ramps (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4711);

  for (guint round = 0; round < 100; round++)
    {
      g_autofree char *profile = g_strdup_printf (
          "{\"executor\": \"ramping-arrival-rate\", \"startRate\": %d, \"preAllocatedVUs\": 1,"
          " \"stages\": [{\"duration\": %d, \"target\": %d}, {\"duration\": %d, \"target\": %d},"
          " {\"duration\": 1, \"target\": 1}]}",
          g_rand_int_range (rand, 0, 300), g_rand_int_range (rand, 0, 6),
          g_rand_int_range (rand, 0, 300), g_rand_int_range (rand, 0, 6),
          g_rand_int_range (rand, 0, 300));
      g_autoptr (LfSchedule) schedule = make (profile);
      g_autoptr (GArray) times = collect (schedule, LF_ARRIVAL_UNIFORM, 0, 1);
      double due = lf_schedule_arrivals_at (schedule, lf_schedule_get_duration (schedule));

      /* k = 0, 1, 2... are due before the area is used up. */
      g_assert_cmpuint (times->len, ==, (guint) ceil (due));
      assert_union_is_whole (schedule, LF_ARRIVAL_UNIFORM);
    }
}

/* Rates that divide nothing: each arrival at its microsecond, and none lost between 16 parts. */
static void
test_odd_rates (void)
{
  const double rates[] = { 0.1, 0.7, 1 / 3.0, 7, 99.9, 333.333, 997, 12345.678 };
  const double units[] = { 1, 0.7, 60 };
  const double durations[] = { 1, 2.345, 7.7 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    for (guint n = 0; n < G_N_ELEMENTS (units); n++)
      {
        double duration = durations[n];
        double rate = rates[i] / units[n];
        g_autofree char *profile = g_strdup_printf (
            "{\"executor\": \"constant-arrival-rate\", \"rate\": %.17g, \"timeUnit\": %g,"
            " \"duration\": %g, \"preAllocatedVUs\": 1}",
            rates[i], units[n], duration);
        g_autoptr (LfSchedule) schedule = make (profile);
        g_autoptr (GArray) times = collect (schedule, LF_ARRIVAL_UNIFORM, 0, 1);

        g_assert_cmpuint (times->len, ==, (guint) ceil (rate * duration - 1e-9));
        for (guint k = 0; k < times->len; k++)
          g_assert_cmpint (ABS (g_array_index (times, gint64, k) - at (k / rate)), <=, 1);
        assert_union_is_whole (schedule, LF_ARRIVAL_UNIFORM);
        assert_union_is_whole (schedule, LF_ARRIVAL_POISSON);
      }
}

/* Nothing at all, and less than one. */
static void
test_few (void)
{
  g_autoptr (LfSchedule) none =
      make ("{\"executor\": \"ramping-arrival-rate\", \"startRate\": 0, \"preAllocatedVUs\": 1,"
            " \"stages\": [{\"duration\": 5, \"target\": 0}]}");
  g_autoptr (LfSchedule) half =
      make ("{\"executor\": \"constant-arrival-rate\", \"rate\": 0.1, \"duration\": 5,"
            " \"preAllocatedVUs\": 1}");
  g_autoptr (GArray) nobody = collect (none, LF_ARRIVAL_UNIFORM, 0, 1);
  g_autoptr (GArray) one = collect (half, LF_ARRIVAL_UNIFORM, 0, 1);
  g_autoptr (GArray) other = collect (half, LF_ARRIVAL_UNIFORM, 1, 2);

  g_assert_cmpuint (nobody->len, ==, 0);
  g_assert_cmpint (lf_schedule_arrival_time (none, 0), ==, -1);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpuint (other->len, ==, 0);
}

/* 1,000 a second for 100 s: the count within 5 sigma, and waiting times as long as their own
 * deviation, as exponential ones are and uniform ones are not. */
static void
test_poisson (void)
{
  g_autoptr (LfSchedule) schedule =
      make ("{\"executor\": \"constant-arrival-rate\", \"rate\": 1000, \"duration\": 100,"
            " \"preAllocatedVUs\": 1}");
  g_autoptr (GArray) times = collect (schedule, LF_ARRIVAL_POISSON, 0, 1);
  double sum = 0, squares = 0, mean, deviation;

  g_assert_cmpfloat (fabs (times->len - 100000.0), <, 5 * sqrt (100000));
  for (guint i = 1; i < times->len; i++)
    {
      double wait =
          (double) (g_array_index (times, gint64, i) - g_array_index (times, gint64, i - 1));

      sum += wait;
      squares += wait * wait;
    }
  mean = sum / (times->len - 1);
  deviation = sqrt (squares / (times->len - 1) - mean * mean);
  g_assert_cmpfloat_with_epsilon (mean, 1000, 20);
  g_assert_cmpfloat_with_epsilon (deviation, 1000, 20);
  assert_union_is_whole (schedule, LF_ARRIVAL_POISSON);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/constant-users", test_constant_users);
  g_test_add_func ("/schedule/short-form", test_short_form);
  g_test_add_func ("/schedule/jumps", test_jumps);
  g_test_add_func ("/schedule/as-drawn", test_as_drawn);
  g_test_add_func ("/schedule/shares", test_shares);
  g_test_add_func ("/schedule/constant-rate", test_constant_rate);
  g_test_add_func ("/schedule/time-unit", test_time_unit);
  g_test_add_func ("/schedule/ramps", test_ramps);
  g_test_add_func ("/schedule/random-ramps", test_random_ramps);
  g_test_add_func ("/schedule/odd-rates", test_odd_rates);
  g_test_add_func ("/schedule/few", test_few);
  g_test_add_func ("/schedule/poisson", test_poisson);
  return g_test_run ();
}
