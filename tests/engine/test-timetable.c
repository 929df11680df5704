#include "lf-arrivals.h"
#include "lf-spec.h"

#include <math.h>

/* Schedules that are changed on the way, on a clock of the test's own: the union over 1 to 16 parts
 * is the whole, whatever is changed when. */

#define SECOND     G_USEC_PER_SEC
#define MOST_PARTS 16

typedef struct
{
  LfSchedule *schedule;
  LfChange *first;
  LfChange *last;
} Fixture;

static void
set_up (Fixture *self, gconstpointer profile)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *quoted = g_strdelimit (g_strdup (profile), "'", '"');
  g_autofree char *text = g_strdup_printf ("{\"loadProfile\": %s, \"steps\": [{\"method\": \"GET\","
                                           " \"url\": \"http://127.0.0.1/\"}]}",
                                           quoted);
  g_autoptr (LfSpec) spec = lf_spec_from_text (text, -1, &error);

  g_assert_no_error (error);
  self->schedule = lf_schedule_new (spec->load_profile);
  self->first = self->last = lf_change_new (0, 0);
}

static void
tear_down (Fixture *self, gconstpointer profile)
{
  lf_change_free_all (self->first);
  lf_schedule_free (self->schedule);
}

static void
change (Fixture *self, double time, gboolean paused, double level)
{
  LfChange *next = lf_change_new (llround (time * SECOND), level);

  next->paused = paused;
  lf_change_append (self->last, next);
  self->last = next;
}

/* What a worker does: what is due before a change, the change, what is due after it. @until: us. */
static GArray *
collect (Fixture *self, LfArrival arrival, guint part, guint n_parts, gint64 until)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (gint64));
  const LfChange *followed = self->first;
  LfTimetable timetable;
  LfArrivals arrivals;
  gint64 last = 0;

  lf_timetable_init (&timetable, self->schedule);
  lf_arrivals_init (&arrivals, &timetable, arrival, part, n_parts, 42);
  while (TRUE)
    {
      const LfChange *next = lf_change_get_next (followed);
      gint64 due = lf_arrivals_get_due (&arrivals);

      if (due >= 0 && due < until && (next == NULL || due < next->time))
        {
          g_assert_cmpint (due, >=, last);
          last = due;
          g_array_append_val (times, due);
          lf_arrivals_take (&arrivals);
        }
      else if (next != NULL)
        {
          followed = next;
          lf_timetable_change (&timetable, followed);
        }
      else
        return times;
    }
}

/* How many come where most are skipped: before each change, or up to the end. */
static guint64
count_skipping (Fixture *self, guint part, guint n_parts, gint64 until)
{
  const LfChange *followed = self->first;
  LfTimetable timetable;
  LfArrivals arrivals;
  guint64 n = 0;

  lf_timetable_init (&timetable, self->schedule);
  lf_arrivals_init (&arrivals, &timetable, LF_ARRIVAL_UNIFORM, part, n_parts, 42);
  for (;; followed = lf_change_get_next (followed))
    {
      const LfChange *next = lf_change_get_next (followed);
      gint64 before = next != NULL ? MIN (next->time, until) : until;
      gint64 due = lf_arrivals_get_due (&arrivals);

      n += lf_arrivals_skip (&arrivals, before - 1);
      for (guint few = 0; (due = lf_arrivals_get_due (&arrivals)) >= 0 && due < before; few++)
        {
          g_assert_cmpuint (few, <, 8);
          lf_arrivals_take (&arrivals);
          n++;
        }
      if (next == NULL)
        return n;
      lf_timetable_change (&timetable, next);
    }
}

static void
assert_union_is_whole (Fixture *self, LfArrival arrival, gint64 until)
{
  g_autoptr (GArray) whole = collect (self, arrival, 0, 1, until);

  for (guint n = 2; n <= MOST_PARTS; n++)
    {
      guint sum = 0;

      for (guint part = 0; part < n; part++)
        {
          g_autoptr (GArray) times = collect (self, arrival, part, n, until);

          sum += times->len;
          if (arrival == LF_ARRIVAL_UNIFORM)
            g_assert_cmpuint (count_skipping (self, part, n, until), ==, times->len);
          for (guint i = 0; i < times->len; i++)
            g_assert_cmpint (g_array_index (times, gint64, i), ==,
                             g_array_index (whole, gint64, i * n + part));
        }
      g_assert_cmpuint (sum, ==, whole->len);
    }
}

static guint
count_between (const GArray *times, double from, double to)
{
  guint n = 0;

  for (guint i = 0; i < times->len; i++)
    {
      double due = (double) g_array_index (times, gint64, i) / SECOND;

      n += due >= from && due < to;
    }
  return n;
}

static const char by_hand[] =
    "{'executor': 'manual', 'rate': 100, 'preAllocatedVUs': 1, 'duration': 0}";

/* 100/s, 33.3/s, nothing, 1000/s, then stopped by nobody. */
static void
test_rate_by_hand (Fixture *self, gconstpointer profile)
{
  g_autoptr (GArray) times = NULL;

  change (self, 2, FALSE, 100 / 3.0);
  change (self, 5, FALSE, 0);
  change (self, 7.5, FALSE, 1000);
  times = collect (self, LF_ARRIVAL_UNIFORM, 0, 1, 8 * SECOND);
  g_assert_cmpuint (times->len, ==, 800);
  g_assert_cmpuint (count_between (times, 0, 2), ==, 200);
  g_assert_cmpuint (count_between (times, 2, 5), ==, 100);
  g_assert_cmpuint (count_between (times, 5, 7.5), ==, 0);
  g_assert_cmpuint (count_between (times, 7.5, 8), ==, 500);
  assert_union_is_whole (self, LF_ARRIVAL_UNIFORM, 8 * SECOND);
  assert_union_is_whole (self, LF_ARRIVAL_POISSON, 8 * SECOND);
}

/* A slider that is dragged changes the rate many times; none of that adds or loses an arrival: at
 * each moment as many came as the area under the line. */
static void
test_dragged (Fixture *self, gconstpointer profile)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261123);

  for (guint round = 0; round < 50; round++)
    {
      double t = 0;
      double level = 100;
      double area = 0;
      g_autoptr (GArray) times = NULL;

      for (guint i = 0; i < 100; i++)
        {
          double wait = g_rand_double_range (rand, 0, 0.05);

          area += wait * level;
          t += wait;
          level = g_rand_double_range (rand, 0, 500);
          change (self, t, FALSE, level);
        }
      times = collect (self, LF_ARRIVAL_UNIFORM, 0, 1, llround (t * SECOND));
      g_assert_cmpfloat (fabs (times->len - area), <=, 2);
      if (round % 10 == 0)
        assert_union_is_whole (self, LF_ARRIVAL_POISSON, llround (t * SECOND));
      assert_union_is_whole (self, LF_ARRIVAL_UNIFORM, llround (t * SECOND));
      tear_down (self, profile);
      set_up (self, profile);
    }
}

/* Its clock goes on in a pause: the rate that was set meanwhile holds afterwards, and nothing of
 * the pause is owed. */
static void
test_pause_by_hand (Fixture *self, gconstpointer profile)
{
  g_autoptr (GArray) times = NULL;

  change (self, 1, TRUE, 100);
  change (self, 2, TRUE, 10);
  change (self, 4, FALSE, 10);
  times = collect (self, LF_ARRIVAL_UNIFORM, 0, 1, 6 * SECOND);
  g_assert_cmpuint (count_between (times, 0, 1), ==, 100);
  g_assert_cmpuint (count_between (times, 1, 4), ==, 0);
  g_assert_cmpuint (count_between (times, 4, 6), ==, 20);
  assert_union_is_whole (self, LF_ARRIVAL_UNIFORM, 6 * SECOND);
}

/* The end of a manual profile stays where it is. */
static void
test_end_by_hand (Fixture *self, gconstpointer profile)
{
  g_autoptr (GArray) times = NULL;
  LfTimetable timetable;

  lf_timetable_init (&timetable, self->schedule);
  g_assert_cmpint (lf_timetable_get_end (&timetable), ==, 3 * SECOND);
  change (self, 1, TRUE, 10);
  change (self, 2, FALSE, 10);
  change (self, 4, FALSE, 1000); /* too late */
  times = collect (self, LF_ARRIVAL_UNIFORM, 0, 1, 60 * SECOND);
  g_assert_cmpuint (times->len, ==, 20);
  assert_union_is_whole (self, LF_ARRIVAL_UNIFORM, 60 * SECOND);
}

/* A schedule stands still: what is left of it comes after the pause, and ends that much later. */
static void
test_pause_schedule (Fixture *self, gconstpointer profile)
{
  g_autoptr (GArray) unchanged = collect (self, LF_ARRIVAL_UNIFORM, 0, 1, 60 * SECOND);
  g_autoptr (GArray) times = NULL;
  LfTimetable timetable;

  change (self, 1.5, TRUE, 0);
  change (self, 4, FALSE, 0);
  change (self, 4.25, TRUE, 0);
  change (self, 5, FALSE, 0);
  times = collect (self, LF_ARRIVAL_UNIFORM, 0, 1, 60 * SECOND);
  g_assert_cmpuint (times->len, ==, unchanged->len);
  for (guint i = 0; i < times->len; i++)
    {
      gint64 due = g_array_index (unchanged, gint64, i);
      gint64 shift = due < 1.5 * SECOND ? 0 : due < 1.75 * SECOND ? 2.5 * SECOND : 3.25 * SECOND;

      g_assert_cmpint (g_array_index (times, gint64, i), ==, due + shift);
    }
  assert_union_is_whole (self, LF_ARRIVAL_UNIFORM, 60 * SECOND);
  assert_union_is_whole (self, LF_ARRIVAL_POISSON, 60 * SECOND);
  lf_timetable_init (&timetable, self->schedule);
  lf_timetable_change (&timetable, lf_change_get_next (self->first));
  g_assert_cmpint (lf_timetable_get_end (&timetable), ==, G_MAXINT64);
  g_assert_cmpint (lf_timetable_schedule_time (&timetable, 3 * SECOND), ==, 1.5 * SECOND);
  lf_timetable_change (&timetable, lf_change_get_next (lf_change_get_next (self->first)));
  g_assert_cmpint (lf_timetable_get_end (&timetable), ==,
                   lf_schedule_get_duration (self->schedule) + 2.5 * SECOND);
  g_assert_cmpint (lf_timetable_schedule_time (&timetable, 4 * SECOND), ==, 1.5 * SECOND);
}

/* Up, level, down, up again; paused at random moments, seldom and often. */
static void
test_pause_at_random (Fixture *self, gconstpointer profile)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4711);
  g_autoptr (GArray) unchanged = collect (self, LF_ARRIVAL_UNIFORM, 0, 1, 600 * SECOND);

  for (guint round = 0; round < 30; round++)
    {
      double t = 0;
      g_autoptr (GArray) times = NULL;

      for (guint i = 0; i < round; i++)
        {
          t += g_rand_double_range (rand, 0, 1);
          change (self, t, TRUE, 0);
          t += g_rand_double_range (rand, 0, 1);
          change (self, t, FALSE, 0);
        }
      times = collect (self, LF_ARRIVAL_UNIFORM, 0, 1, 600 * SECOND);
      g_assert_cmpuint (times->len, ==, unchanged->len);
      assert_union_is_whole (self, LF_ARRIVAL_UNIFORM, 600 * SECOND);
      tear_down (self, profile);
      set_up (self, profile);
    }
}

static void
test_users_by_hand (Fixture *self, gconstpointer profile)
{
  LfTimetable timetable;
  const LfChange *next;

  change (self, 1, FALSE, 100);
  change (self, 2, TRUE, 100);
  change (self, 3, FALSE, 8);
  lf_timetable_init (&timetable, self->schedule);
  g_assert_cmpuint (lf_timetable_users_at (&timetable, 0), ==, 7);
  lf_timetable_change (&timetable, next = lf_change_get_next (self->first));
  g_assert_cmpuint (lf_timetable_users_at (&timetable, SECOND), ==, 100);
  lf_timetable_change (&timetable, next = lf_change_get_next (next));
  g_assert_cmpuint (lf_timetable_users_at (&timetable, 2 * SECOND), ==, 0);
  lf_timetable_change (&timetable, lf_change_get_next (next));
  g_assert_cmpuint (lf_timetable_users_at (&timetable, 100 * SECOND), ==, 8);
  g_assert_cmpint (lf_timetable_get_end (&timetable), ==, G_MAXINT64);
}

/* Users of iterations are there until the limit, which a pause moves. */
static void
test_iterations (Fixture *self, gconstpointer profile)
{
  LfTimetable timetable;

  change (self, 1, TRUE, 0);
  change (self, 3, FALSE, 0);
  lf_timetable_init (&timetable, self->schedule);
  g_assert_cmpuint (lf_timetable_users_at (&timetable, 0), ==, 7);
  g_assert_cmpuint (lf_timetable_users_at (&timetable, 600 * SECOND - 1), ==, 7);
  g_assert_cmpuint (lf_timetable_users_at (&timetable, 600 * SECOND), ==, 0);
  lf_timetable_change (&timetable, lf_change_get_next (self->first));
  g_assert_cmpuint (lf_timetable_users_at (&timetable, SECOND), ==, 0);
  lf_timetable_change (&timetable, self->last);
  g_assert_cmpuint (lf_timetable_users_at (&timetable, 602 * SECOND - 1), ==, 7);
  g_assert_cmpint (lf_timetable_get_end (&timetable), ==, 602 * SECOND);
}

static const char ramps[] =
    "{'executor': 'ramping-arrival-rate', 'startRate': 7, 'preAllocatedVUs': 1, 'stages': ["
    "{'duration': 2, 'target': 211}, {'duration': 1.5, 'target': 211},"
    "{'duration': 2, 'target': 0}, {'duration': 1, 'target': 0}, {'duration': 0, 'target': 90},"
    "{'duration': 1.3, 'target': 33}]}";

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, profile, test)                                                                   \
  g_test_add ("/timetable/" name, Fixture, profile, set_up, test, tear_down)
  ADD ("rate-by-hand", by_hand, test_rate_by_hand);
  ADD ("dragged", by_hand, test_dragged);
  ADD ("pause-by-hand", by_hand, test_pause_by_hand);
  ADD ("end-by-hand", "{'executor': 'manual', 'rate': 10, 'maxVUs': 1, 'duration': 3}",
       test_end_by_hand);
  ADD ("users-by-hand", "{'executor': 'manual', 'vus': 7}", test_users_by_hand);
  ADD ("pause-level",
       "{'executor': 'constant-arrival-rate', 'rate': 97, 'duration': 3, 'preAllocatedVUs': 1}",
       test_pause_schedule);
  ADD ("pause-ramps", ramps, test_pause_schedule);
  ADD ("pause-at-random", ramps, test_pause_at_random);
  ADD ("iterations", "{'executor': 'shared-iterations', 'vus': 7, 'iterations': 5}",
       test_iterations);
#undef ADD
  return g_test_run ();
}
