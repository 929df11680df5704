#include "config.h"

#include "lf-run-plan.h"
#include "lf-test-run.h"
#include "lf-time-axis.h"

#include <math.h>

static void
assert_view (LfTimeAxis *axis, double from, double to)
{
  LfTimeRange view = lf_time_axis_get_view (axis);

  g_assert_cmpfloat_with_epsilon (view.from, from, 1e-9);
  g_assert_cmpfloat_with_epsilon (view.to, to, 1e-9);
}

static void
count_cb (LfTimeAxis *axis, guint *count)
{
  ++*count;
}

static void
test_grows (void)
{
  g_autoptr (LfTimeAxis) axis = lf_time_axis_new ();
  guint changes = 0;

  g_signal_connect (axis, "changed", G_CALLBACK (count_cb), &changes);
  assert_view (axis, 0, 10);
  lf_time_axis_extend (axis, 7); /* there is room for it */
  lf_time_axis_extend (axis, NAN);
  g_assert_cmpuint (changes, ==, 0);
  lf_time_axis_extend (axis, 50);
  assert_view (axis, 0, 50);
  g_assert_cmpuint (changes, ==, 1);
  lf_time_axis_clear (axis);
  assert_view (axis, 0, 10);
}

static void
test_zoom (void)
{
  g_autoptr (LfTimeAxis) axis = lf_time_axis_new ();

  lf_time_axis_extend (axis, 100);
  lf_time_axis_zoom (axis, 20, 40);
  assert_view (axis, 20, 40);
  lf_time_axis_zoom (axis, 30, 30); /* a line needs two samples */
  assert_view (axis, 28, 32);
  lf_time_axis_zoom (axis, -50, 10);
  assert_view (axis, 0, 60);
  lf_time_axis_zoom (axis, 20, 40);
  lf_time_axis_set_cursor (axis, 25);
  lf_time_axis_zoom_by (axis, 0.5); /* the cursor stays a quarter from the left */
  assert_view (axis, 22.5, 32.5);
  lf_time_axis_move (axis, -100);
  assert_view (axis, 0, 10);
  lf_time_axis_move (axis, 1000);
  assert_view (axis, 90, 100);
  lf_time_axis_zoom_by (axis, 1000);
  g_assert_false (lf_time_axis_is_zoomed (axis));
  assert_view (axis, 0, 100);
}

/* What ends where the run does goes with it; another part stays. */
static void
test_follow (void)
{
  g_autoptr (LfTimeAxis) axis = lf_time_axis_new ();

  lf_time_axis_extend (axis, 100);
  lf_time_axis_zoom (axis, 80, 100);
  lf_time_axis_extend (axis, 101);
  assert_view (axis, 81, 101);
  lf_time_axis_zoom (axis, 20, 40);
  lf_time_axis_extend (axis, 102);
  assert_view (axis, 20, 40);
}

static void
test_selection (void)
{
  g_autoptr (LfTimeAxis) axis = lf_time_axis_new ();
  guint changes = 0;
  LfTimeRange range;

  g_signal_connect (axis, "selecting", G_CALLBACK (count_cb), &changes);
  lf_time_axis_unselect (axis);
  g_assert_cmpuint (changes, ==, 0);
  lf_time_axis_select (axis, 8, 3);
  g_assert_true (lf_time_axis_get_selection (axis, &range));
  g_assert_cmpfloat (range.from, ==, 3);
  g_assert_cmpfloat (range.to, ==, 8);
  lf_time_axis_clear (axis);
  g_assert_false (lf_time_axis_get_selection (axis, &range));
  g_assert_cmpuint (changes, ==, 2);
}

static void
test_room (void)
{
  g_autoptr (LfTimeAxis) axis = lf_time_axis_new ();
  guint changes = 0;

  g_signal_connect (axis, "changed", G_CALLBACK (count_cb), &changes);
  g_assert_cmpfloat (lf_time_axis_ask_room (axis, 0, 30), ==, 30);
  g_assert_cmpfloat (lf_time_axis_ask_room (axis, 0, 20), ==, 30);
  g_assert_cmpfloat (lf_time_axis_ask_room (axis, 1, 5), ==, 5);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (changes, ==, 1); /* those that drew before draw again */
  lf_time_axis_clear (axis);
  g_assert_cmpfloat (lf_time_axis_ask_room (axis, 0, 20), ==, 20);
}

static LfLoadProfile *
make_profile (const char *json)
{
  g_autoptr (GError) error = NULL;
  LfLoadProfile *profile = lf_record_from_text (&lf_load_profile_type, json, -1, &error);

  g_assert_no_error (error);
  return profile;
}

static LfPlanned
take (LfRunPlan *plan, double t, gint64 users, gint64 started)
{
  g_autoptr (LfSample) sample = lf_test_make_sample (t, users, started, 0, 1);

  return lf_run_plan_take (plan, sample, 1);
}

/* The plan waits while the run does: a pause moves what comes behind it. */
static void
test_plan_of_users (void)
{
  g_autoptr (LfLoadProfile) profile =
      make_profile ("{\"rampUp\":2,\"users\":20,\"steady\":3,\"rampDown\":2}");
  g_autoptr (LfRunPlan) plan = lf_run_plan_new (profile);
  static const struct
  {
    gint64 users, started;
    double level, stage; /* -1: none */
  } seconds[] = {
    { 9, 50, 10, -1 }, { 20, 80, 20, 2 },  { 20, 90, 20, -1 }, { 0, 0, -1, -1 },
    { 0, 0, -1, -1 },  { 20, 90, 20, -1 }, { 20, 90, 20, 7 },  { 9, 50, 10, -1 },
    { 0, 10, 0, -1 },  { 0, 0, 0, -1 }, /* past the end nobody is planned */
  };

  g_assert_true (lf_run_plan_is_told (plan));
  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      LfPlanned planned = take (plan, i + 1, seconds[i].users, seconds[i].started);

      g_assert_cmpfloat (isnan (planned.level) ? -1 : planned.level, ==, seconds[i].level);
      g_assert_cmpfloat (isnan (planned.stage) ? -1 : planned.stage, ==, seconds[i].stage);
    }
}

static void
test_plan_of_rate (void)
{
  g_autoptr (LfLoadProfile) profile = make_profile (
      "{\"executor\":\"constant-arrival-rate\",\"rate\":100,\"duration\":5,\"preAllocatedVUs\":5}");
  g_autoptr (LfLoadProfile) manual =
      make_profile ("{\"executor\":\"manual\",\"vus\":5,\"duration\":5}");
  g_autoptr (LfRunPlan) plan = lf_run_plan_new (profile);
  g_autoptr (LfRunPlan) steered = lf_run_plan_new (manual);

  g_assert_true (lf_run_plan_is_rate (plan));
  g_assert_cmpfloat (take (plan, 1, 5, 97).level, ==, 97); /* what was due */
  g_assert_false (lf_run_plan_is_told (steered));
  g_assert_true (isnan (take (steered, 1, 5, 97).level));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-axis/grows", test_grows);
  g_test_add_func ("/time-axis/zoom", test_zoom);
  g_test_add_func ("/time-axis/follow", test_follow);
  g_test_add_func ("/time-axis/selection", test_selection);
  g_test_add_func ("/time-axis/room", test_room);
  g_test_add_func ("/run-plan/users", test_plan_of_users);
  g_test_add_func ("/run-plan/rate", test_plan_of_rate);
  return g_test_run ();
}
