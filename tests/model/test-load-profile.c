#include "lf-load-profile.h"

static LfLoadProfile *
read_profile (const char *text)
{
  g_autoptr (GError) error = NULL;
  LfLoadProfile *profile = lf_record_from_text (&lf_load_profile_type, text, -1, &error);

  g_assert_no_error (error);
  return profile;
}

/* What each profile plans: its length, the most users, and its height at some times. */
static const struct
{
  const char *text;
  double duration;
  gint64 max_users;
  gboolean is_rate;
  struct
  {
    double t, target;
  } points[6];
} profiles[] = {
  { "{\"rampUp\":10,\"users\":20,\"steady\":30,\"rampDown\":5}",
    45,
    20,
    FALSE,
    { { 0, 0 }, { 5, 10 }, { 10, 20 }, { 40, 20 }, { 42.5, 10 }, { 46, 0 } } },
  { "{\"users\":8,\"rampDown\":4}", 4, 8, FALSE, { { 0, 8 }, { 1, 6 }, { 3.5, 1 } } },
  { "{\"rampUp\":4,\"users\":8}", 4, 8, FALSE, { { 0, 0 }, { 1, 2 }, { 3.5, 7 }, { 4.5, 0 } } },
  { "{\"users\":7,\"steady\":3}", 3, 7, FALSE, { { 0, 7 }, { 2.9, 7 }, { 3.1, 0 } } },
  { "{\"executor\":\"constant-vus\",\"vus\":3,\"duration\":2}",
    2,
    3,
    FALSE,
    { { 0, 3 }, { 1, 3 }, { 2.5, 0 } } },
  { "{\"executor\":\"ramping-vus\",\"startVUs\":10,\"stages\":[{\"duration\":4,\"target\":2},"
    "{\"duration\":0,\"target\":50},{\"duration\":2,\"target\":50}]}",
    6,
    50,
    FALSE,
    { { 0, 10 }, { 2, 6 }, { 4, 50 }, { 5, 50 }, { 7, 0 } } },
  { "{\"executor\":\"constant-arrival-rate\",\"rate\":300,\"timeUnit\":60,\"duration\":20,"
    "\"preAllocatedVUs\":4,\"maxVUs\":9}",
    20,
    9,
    TRUE,
    { { 0, 5 }, { 19, 5 }, { 21, 0 } } },
  { "{\"executor\":\"ramping-arrival-rate\",\"startRate\":10,\"timeUnit\":2,\"preAllocatedVUs\":8,"
    "\"stages\":[{\"duration\":10,\"target\":30}]}",
    10,
    8,
    TRUE,
    { { 0, 5 }, { 5, 10 }, { 9.9, 14.9 } } },
  { "{\"executor\":\"shared-iterations\",\"vus\":6,\"iterations\":100}",
    0,
    6,
    FALSE,
    { { 0, 6 } } },
  { "{\"executor\":\"manual\",\"vus\":3,\"maxVUs\":8}", 0, 8, FALSE, { { 0, 3 } } },
  { "{\"executor\":\"manual\",\"rate\":90,\"timeUnit\":60,\"preAllocatedVUs\":4,\"duration\":7}",
    7,
    4,
    TRUE,
    { { 0, 1.5 }, { 6, 1.5 } } },
  { "{\"executor\":\"capacity-search\",\"start\":10,\"step\":5,\"max\":100,\"hold\":2,"
    "\"objective\":{\"p95Ms\":200}}",
    0,
    40, /* twice 100/s times 0.2 s */
    TRUE,
    { { 0, 10 } } },
};

static void
test_plans (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
    {
      g_autoptr (LfLoadProfile) profile = read_profile (profiles[i].text);

      g_assert_cmpfloat (lf_load_profile_get_duration (profile), ==, profiles[i].duration);
      g_assert_cmpint (lf_load_profile_get_max_users (profile), ==, profiles[i].max_users);
      g_assert_cmpint (lf_load_profile_is_rate (profile), ==, profiles[i].is_rate);
      for (guint n = 0; n == 0 || (n < 6 && profiles[i].points[n].t > 0); n++)
        g_assert_cmpfloat_with_epsilon (
            lf_load_profile_get_target_at (profile, profiles[i].points[n].t),
            profiles[i].points[n].target, 1e-9);
    }
}

/* The short form runs as k6's ramping-vus of three stages. */
static void
test_short_form (void)
{
  g_autoptr (LfLoadProfile) brief =
      read_profile ("{\"rampUp\":3,\"users\":9,\"steady\":4,\"rampDown\":2}");
  g_autoptr (LfLoadProfile) whole =
      read_profile ("{\"executor\":\"ramping-vus\",\"stages\":[{\"duration\":3,\"target\":9},"
                    "{\"duration\":4,\"target\":9},{\"duration\":2,\"target\":0}]}");

  g_assert_cmpint (lf_load_profile_get_executor (brief), ==, LF_EXECUTOR_RAMPING_VUS);
  g_assert_cmpint (lf_load_profile_get_executor (whole), ==, LF_EXECUTOR_RAMPING_VUS);
  g_assert_cmpint (brief->executor, ==, LF_EXECUTOR_NONE); /* written back as it was */
  for (double t = 0; t <= 10; t += 0.25)
    g_assert_cmpfloat (lf_load_profile_get_target_at (brief, t), ==,
                       lf_load_profile_get_target_at (whole, t));
}

/* What is drawn of a profile whose length is not planned: something, and no endless stairs. */
static void
test_outlines (void)
{
  static const struct
  {
    const char *text;
    guint n_stages;
    double highest;
  } outlines[] = {
    { "{\"executor\":\"shared-iterations\",\"vus\":6,\"iterations\":100}", 1, 6 },
    { "{\"executor\":\"manual\",\"vus\":4}", 1, 4 },
    { "{\"executor\":\"manual\",\"vus\":4,\"duration\":9}", 1, 4 },
    { "{\"executor\":\"capacity-search\",\"start\":60,\"step\":60,\"max\":200,\"hold\":2,"
      "\"timeUnit\":2}",
      8, 100 },
    { "{\"executor\":\"capacity-search\",\"start\":1,\"step\":0.001,\"max\":1e9,\"hold\":2}", 1,
      1e9 },
    { "{\"executor\":\"capacity-search\",\"start\":9,\"step\":0,\"max\":4,\"hold\":0}", 2, 9 },
    { "{\"rampUp\":10,\"users\":20,\"steady\":30,\"rampDown\":5}", 3, 20 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (outlines); i++)
    {
      g_autoptr (LfLoadProfile) profile = read_profile (outlines[i].text);
      double highest;
      double length = 0;
      g_autoptr (GPtrArray) stages = lf_load_profile_get_outline (profile, &highest);

      for (guint n = 0; n < stages->len; n++)
        {
          const LfStage *stage = stages->pdata[n];

          highest = MAX (highest, stage->target);
          length += stage->duration;
        }
      g_assert_cmpuint (stages->len, ==, outlines[i].n_stages);
      g_assert_cmpfloat (highest, ==, outlines[i].highest);
      g_assert_cmpfloat (length, >, 0);
    }
}

/* What ends a run: iterations, time, both or nobody. */
static void
test_ends (void)
{
  static const struct
  {
    const char *text;
    gint64 iterations;
    double limit;
  } ends[] = {
    { "{\"executor\":\"shared-iterations\",\"vus\":6,\"iterations\":100}", 100, 600 },
    { "{\"executor\":\"per-vu-iterations\",\"vus\":6,\"iterations\":100,\"duration\":9}", 600, 9 },
    { "{\"executor\":\"per-vu-iterations\",\"vus\":1000000,\"iterations\":9007199254740992}",
      G_MAXINT64 / 1000000 * 1000000, 600 },
    { "{\"executor\":\"manual\",\"iterations\":5}", 0, 0 },
    { "{\"executor\":\"manual\",\"duration\":5}", 0, 5 },
    { "{\"users\":7,\"steady\":3,\"iterations\":5}", 0, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (LfLoadProfile) profile = read_profile (ends[i].text);

      g_assert_cmpint (lf_load_profile_get_iterations (profile), ==, ends[i].iterations);
      g_assert_cmpfloat (lf_load_profile_get_limit (profile), ==, ends[i].limit);
    }
}

/* A profile with nothing in it is drawn as nothing, without a division by its length. */
static void
test_empty (void)
{
  g_autoptr (LfLoadProfile) profile = lf_load_profile_new ();

  g_assert_cmpfloat (lf_load_profile_get_duration (profile), ==, 0);
  g_assert_cmpfloat (lf_load_profile_get_target_at (profile, 0), ==, 0);
  g_assert_cmpint (lf_load_profile_get_max_users (profile), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/load-profile/plans", test_plans);
  g_test_add_func ("/load-profile/short-form", test_short_form);
  g_test_add_func ("/load-profile/outlines", test_outlines);
  g_test_add_func ("/load-profile/ends", test_ends);
  g_test_add_func ("/load-profile/empty", test_empty);
  return g_test_run ();
}
