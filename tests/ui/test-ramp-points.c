#include "config.h"

#include "lf-ramp-plot.h"
#include "lf-spec.h"

#include <math.h>

static LfSpec *
new_spec (const char *profile)
{
  g_autofree char *text =
      g_strdup_printf ("{\"steps\": [{\"url\": \"http://a/\"}], \"loadProfile\": %s}", profile);
  g_autoptr (GError) error = NULL;
  LfSpec *spec = lf_spec_from_text (text, -1, &error);

  g_assert_no_error (error);
  return spec;
}

static void
assert_points (const LfLoadProfile *profile, const char *expected)
{
  g_autoptr (GArray) points = lf_ramp_points_new (profile);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < points->len; i++)
    {
      const LfRampPoint *point = &g_array_index (points, LfRampPoint, i);

      g_string_append_printf (text, "%s%g:%g", i > 0 ? " " : "", point->time, point->value);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_points (void)
{
  static const struct
  {
    const char *profile;
    const char *points;
  } cases[] = {
    { "{\"rampUp\": 5, \"users\": 20, \"steady\": 10, \"rampDown\": 2}", "0:0 5:20 15:20 17:0" },
    { "{\"executor\": \"constant-vus\", \"vus\": 3, \"duration\": 9}", "0:3 9:3" },
    { "{\"executor\": \"ramping-vus\", \"startVUs\": 2, \"stages\": [{\"duration\": 1, "
      "\"target\": 5}, {\"duration\": 0, \"target\": 9}]}",
      "0:2 1:5 1:9" },
    { "{\"executor\": \"shared-iterations\", \"vus\": 7, \"iterations\": 10}", "0:7 600:7" },
    { "{\"executor\": \"per-vu-iterations\", \"vus\": 7, \"iterations\": 10, \"duration\": 5}",
      "0:7 5:7" },
    { "{\"executor\": \"constant-arrival-rate\", \"rate\": 90, \"timeUnit\": 60, \"duration\": "
      "30}",
      "0:90 30:90" },
    { "{\"executor\": \"ramping-arrival-rate\", \"startRate\": 30, \"timeUnit\": 60, \"stages\": "
      "[{\"duration\": 10, \"target\": 120}]}",
      "0:30 10:120" },
    { "{\"executor\": \"manual\", \"vus\": 4}", "0:4" },
    { "{\"executor\": \"manual\", \"rate\": 4, \"maxVUs\": 2, \"duration\": 60}", "0:4 60:4" },
    { "{\"executor\": \"capacity-search\", \"start\": 50, \"step\": 25, \"max\": 100, \"hold\": 5}",
      "0:50 5:75 15:100" },
    { "{\"executor\": \"capacity-search\", \"start\": 1, \"step\": 1, \"max\": 1000000, \"hold\": "
      "5}",
      "0:1 5:2 5e+06:1e+06" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LfSpec) spec = new_spec (cases[i].profile);

      assert_points (spec->load_profile, cases[i].points);
    }
}

static void
test_move_short (void)
{
  g_autoptr (LfSpec) spec =
      new_spec ("{\"rampUp\": 5, \"users\": 20, \"steady\": 10, \"rampDown\": 2}");
  LfLoadProfile *profile = spec->load_profile;

  g_assert_false (lf_ramp_points_move (profile, 0, 3, 3)); /* it always starts with nothing */
  g_assert_true (lf_ramp_points_move (profile, 1, 8, 30));
  assert_points (profile, "0:0 8:30 18:30 20:0");
  g_assert_true (lf_ramp_points_move (profile, 2, 1, 12.4)); /* not before the ramp up ends */
  assert_points (profile, "0:0 8:12 8:12 10:0");
  g_assert_true (lf_ramp_points_move (profile, 3, 12.5, 99)); /* it always ends with nothing */
  assert_points (profile, "0:0 8:12 8:12 12.5:0");
  g_assert_true (lf_ramp_points_move (profile, 1, 8, -5)); /* at least one */
  g_assert_cmpint (profile->users, ==, 1);
  g_assert_false (lf_ramp_points_move (profile, 9, 8, 5));
  g_assert_false (lf_ramp_points_move (profile, 1, NAN, 5));
}

static void
test_move_stages (void)
{
  g_autoptr (LfSpec) spec = new_spec (
      "{\"executor\": \"ramping-arrival-rate\", \"startRate\": 1, \"preAllocatedVUs\": 1, "
      "\"stages\": [{\"duration\": 10, \"target\": 5, \"note\": \"kept\"}, {\"duration\": 10, "
      "\"target\": 9}]}");
  LfLoadProfile *profile = spec->load_profile;
  g_autofree char *text = NULL;

  g_assert_true (lf_ramp_points_move (profile, 0, 7, 2.5));
  assert_points (profile, "0:2.5 10:5 20:9");
  g_assert_true (lf_ramp_points_move (profile, 1, 12, 0.5)); /* the last keeps its time */
  assert_points (profile, "0:2.5 12:0.5 20:9");
  g_assert_true (lf_ramp_points_move (profile, 1, 99, 0.5));
  assert_points (profile, "0:2.5 20:0.5 20:9");
  g_assert_true (lf_ramp_points_move (profile, 2, 1e12, 1e12)); /* what a spec may hold at most */
  assert_points (profile, "0:2.5 20:0.5 3.1536e+07:1e+09");
  g_assert_true (lf_ramp_points_move (profile, 2, -1, -1));
  assert_points (profile, "0:2.5 20:0.5 20:0");
  text = lf_spec_to_text (spec);
  g_assert_nonnull (strstr (text, "kept"));
}

/* Whatever is moved anywhere, it stays a spec that can be read and run. */
static void
test_move_valid (void)
{
  static const char *const profiles[] = {
    "{\"executor\": \"constant-vus\", \"vus\": 3, \"duration\": 9}",
    "{\"executor\": \"constant-arrival-rate\", \"rate\": 9, \"preAllocatedVUs\": 1, \"duration\": "
    "3}",
    "{\"executor\": \"shared-iterations\", \"vus\": 7, \"iterations\": 10}",
    "{\"executor\": \"manual\", \"rate\": 4, \"maxVUs\": 2, \"duration\": 60}",
    "{\"executor\": \"capacity-search\", \"start\": 50, \"step\": 25, \"max\": 100, \"hold\": 5, "
    "\"objective\": {\"p95Ms\": 9}}",
  };
  static const double places[] = { -1e12, -1, 0, 0.0001, 1, 77.7, 1e12 };

  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
    for (guint move = 0; move < 3 * 7 * 7; move++)
      {
        g_autoptr (LfSpec) spec = new_spec (profiles[i]);
        g_autoptr (LfSpec) again = NULL;
        g_autoptr (GError) error = NULL;
        g_autofree char *text = NULL;

        lf_ramp_points_move (spec->load_profile, move / 49, places[move / 7 % 7], places[move % 7]);
        text = lf_spec_to_text (spec);
        again = lf_spec_from_text (text, -1, &error);
        g_assert_no_error (error);
        lf_spec_check (again, &error);
        g_assert_no_error (error);
      }
}

static void
test_insert (void)
{
  g_autoptr (LfSpec) spec =
      new_spec ("{\"rampUp\": 5, \"users\": 20, \"steady\": 10, \"rampDown\": 2}");
  LfLoadProfile *profile = spec->load_profile;
  g_autofree char *text = NULL;

  g_assert_cmpint (lf_ramp_points_insert (profile, 10, 50), ==, 2);
  g_assert_cmpint (profile->executor, ==, LF_EXECUTOR_RAMPING_VUS);
  assert_points (profile, "0:0 5:20 10:50 15:20 17:0");
  g_assert_cmpint (lf_ramp_points_insert (profile, 30, 1.6), ==, 5); /* behind the last */
  assert_points (profile, "0:0 5:20 10:50 15:20 17:0 30:2");
  g_assert_cmpint (lf_ramp_points_insert (profile, 0, 3), ==, 1);
  assert_points (profile, "0:0 0:3 5:20 10:50 15:20 17:0 30:2");
  text = lf_spec_to_text (spec);
  g_assert_null (strstr (text, "rampUp")); /* nothing is left of the short form */
  g_assert_true (lf_spec_check (spec, NULL));
}

static void
test_remove (void)
{
  g_autoptr (LfSpec) spec =
      new_spec ("{\"executor\": \"ramping-vus\", \"stages\": [{\"duration\": 1, \"target\": 5}, "
                "{\"duration\": 2, \"target\": 9}, {\"duration\": 4, \"target\": 3}]}");
  g_autoptr (LfSpec) constant = new_spec ("{\"executor\": \"manual\", \"vus\": 3}");
  g_autoptr (LfSpec) folded =
      new_spec ("{\"rampUp\": 5, \"users\": 20, \"steady\": 10, \"rampDown\": 2}");
  LfLoadProfile *profile = spec->load_profile;

  g_assert_false (lf_ramp_points_remove (profile, 0));
  g_assert_true (lf_ramp_points_remove (profile, 2));
  assert_points (profile, "0:0 1:5 7:3"); /* the last keeps its time */
  g_assert_true (lf_ramp_points_remove (profile, 2));
  assert_points (profile, "0:0 1:5");
  g_assert_false (lf_ramp_points_remove (profile, 1)); /* one stage stays */
  g_assert_false (lf_ramp_points_remove (constant->load_profile, 0));
  g_assert_cmpint (lf_ramp_points_insert (constant->load_profile, 1, 1), ==, -1);
  g_assert_true (lf_ramp_points_remove (folded->load_profile, 1));
  g_assert_true (lf_ramp_points_remove (folded->load_profile, 3));
  assert_points (folded->load_profile, "0:0 0:20 10:20 10:0");
}

static void
test_plot (void)
{
  const LfRampPlot plot = { 40, 20, 200, 100, 50, 10 };

  g_assert_cmpfloat (lf_ramp_plot_x (&plot, 25), ==, 140);
  g_assert_cmpfloat (lf_ramp_plot_y (&plot, 10), ==, 20);
  g_assert_cmpfloat (lf_ramp_plot_y (&plot, 0), ==, 120);
  g_assert_cmpfloat (lf_ramp_plot_time_at (&plot, 140), ==, 25);
  g_assert_cmpfloat (lf_ramp_plot_value_at (&plot, 70), ==, 5);
}

/* A point is taken within 24 px across, and of several the nearest. */
static void
test_hit (void)
{
  const LfRampPlot plot = { 0, 0, 100, 100, 100, 100 };
  g_autoptr (LfSpec) spec =
      new_spec ("{\"rampUp\": 40, \"users\": 50, \"steady\": 0, \"rampDown\": 20}");
  g_autoptr (GArray) points = lf_ramp_points_new (spec->load_profile);

  g_assert_cmpint (lf_ramp_plot_hit (&plot, points, 0, 100), ==, 0);
  g_assert_cmpint (lf_ramp_plot_hit (&plot, points, 12, 100), ==, 0);
  g_assert_cmpint (lf_ramp_plot_hit (&plot, points, 13, 100), ==, -1);
  g_assert_cmpint (lf_ramp_plot_hit (&plot, points, 40, 50), ==, 2); /* steady can be pulled out */
  g_assert_cmpint (lf_ramp_plot_hit (&plot, points, 57, 92), ==, 3);
  g_assert_cmpint (lf_ramp_plot_hit (&plot, points, NAN, 50), ==, -1);
}

static void
test_snap (void)
{
  g_assert_cmpfloat (lf_ramp_step (100, FALSE), ==, 1);
  g_assert_cmpfloat (lf_ramp_step (120, FALSE), ==, 2);
  g_assert_cmpfloat (lf_ramp_step (450, FALSE), ==, 5);
  g_assert_cmpfloat (lf_ramp_step (450, TRUE), ==, 0.5);
  g_assert_cmpfloat (lf_ramp_step (0, FALSE), ==, 1);
  g_assert_cmpfloat (lf_ramp_step (NAN, FALSE), ==, 1);
  g_assert_cmpfloat (lf_ramp_time_step (1, FALSE), ==, 0.01);
  g_assert_cmpfloat (lf_ramp_time_step (0.001, TRUE), ==, 0.001);
  g_assert_cmpfloat (lf_ramp_time_step (3600, FALSE), ==, 60); /* not 50 s */
  g_assert_cmpfloat (lf_ramp_time_step (86400, FALSE), ==, 900);
  g_assert_cmpfloat (lf_ramp_time_step (31536000, FALSE), ==, 4 * 86400);
  g_assert_cmpfloat (lf_ramp_snap (17.4, 5), ==, 15);
  g_assert_cmpfloat (lf_ramp_snap (0.31, 0.1), ==, 0.3);
  g_assert_cmpfloat (lf_ramp_snap (17.4, 0), ==, 17.4);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/ramp-points/executors", test_points);
  g_test_add_func ("/ui/ramp-points/move-short", test_move_short);
  g_test_add_func ("/ui/ramp-points/move-stages", test_move_stages);
  g_test_add_func ("/ui/ramp-points/move-valid", test_move_valid);
  g_test_add_func ("/ui/ramp-points/insert", test_insert);
  g_test_add_func ("/ui/ramp-points/remove", test_remove);
  g_test_add_func ("/ui/ramp-plot/places", test_plot);
  g_test_add_func ("/ui/ramp-plot/hit", test_hit);
  g_test_add_func ("/ui/ramp-plot/snap", test_snap);
  return g_test_run ();
}
