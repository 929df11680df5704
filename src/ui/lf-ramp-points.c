#include "config.h"

#include "lf-ramp-points.h"

#include <math.h>

/* What lf_spec_from_text() takes at most. */
#define MOST_SECONDS 31536000.0
#define MOST_USERS   1000000.0
#define MOST_RATE    1e9
/* The time of a user's hand is not finer. */
#define LEAST_SECONDS 0.001

#define BOTH (LF_RAMP_MOVES_TIME | LF_RAMP_MOVES_VALUE)

#define MARK(profile, field)                                                                       \
  lf_record_set_present ((profile), G_STRUCT_OFFSET (LfLoadProfile, field), TRUE)

static LfStage *
stage_at (const LfLoadProfile *profile, guint n)
{
  return g_ptr_array_index (profile->stages, n);
}

static gboolean
has_stages (const LfLoadProfile *profile)
{
  return profile->executor == LF_EXECUTOR_RAMPING_VUS ||
         profile->executor == LF_EXECUTOR_RAMPING_ARRIVAL_RATE;
}

/* The level of an executor that keeps one. */
static double
level_of (const LfLoadProfile *profile)
{
  if (profile->executor == LF_EXECUTOR_CONSTANT_ARRIVAL_RATE)
    return profile->rate;
  if (profile->executor == LF_EXECUTOR_MANUAL && lf_load_profile_is_rate (profile))
    return profile->rate;
  return (double) profile->vus;
}

static void
add (GArray *points, double time, double value, LfRampPointFlags flags)
{
  const LfRampPoint point = { time, value, flags };

  g_array_append_val (points, point);
}

static void
add_short (GArray *points, const LfLoadProfile *profile)
{
  double users = (double) profile->users;
  double end = profile->ramp_up + profile->steady;

  add (points, 0, 0, 0);
  add (points, profile->ramp_up, users, BOTH | LF_RAMP_REMOVABLE);
  add (points, end, users, BOTH);
  add (points, end + profile->ramp_down, 0, LF_RAMP_MOVES_TIME | LF_RAMP_REMOVABLE);
}

static void
add_stages (GArray *points, const LfLoadProfile *profile)
{
  gboolean rate = profile->executor == LF_EXECUTOR_RAMPING_ARRIVAL_RATE;
  LfRampPointFlags flags = BOTH | (profile->stages->len > 1 ? LF_RAMP_REMOVABLE : 0);
  double time = 0;

  add (points, 0, rate ? profile->start_rate : (double) profile->start_vus, LF_RAMP_MOVES_VALUE);
  for (guint i = 0; i < profile->stages->len; i++)
    {
      time += stage_at (profile, i)->duration;
      add (points, time, stage_at (profile, i)->target, flags);
    }
}

/* Where a search starts, its first step, and where it gives up. */
static void
add_search (GArray *points, const LfLoadProfile *profile)
{
  g_autoptr (GArray) line = lf_ramp_points_new_line (profile);
  const LfRampPoint *end = &g_array_index (line, LfRampPoint, line->len - 1);

  add (points, 0, profile->start, LF_RAMP_MOVES_VALUE);
  if (profile->start + profile->step < end->value)
    add (points, MAX (profile->hold, 1), profile->start + profile->step, BOTH);
  add (points, end->time, end->value, LF_RAMP_MOVES_VALUE);
}

GArray *
lf_ramp_points_new (const LfLoadProfile *profile)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (LfRampPoint));

  if (profile->executor == LF_EXECUTOR_NONE)
    add_short (points, profile);
  else if (has_stages (profile))
    add_stages (points, profile);
  else if (profile->executor == LF_EXECUTOR_CAPACITY_SEARCH)
    add_search (points, profile);
  else
    {
      add (points, 0, level_of (profile), LF_RAMP_MOVES_VALUE);
      if (lf_ramp_points_are_timed (profile))
        add (points, lf_load_profile_get_limit (profile), level_of (profile), BOTH);
    }
  return points;
}

GArray *
lf_ramp_points_new_line (const LfLoadProfile *profile)
{
  GArray *points;
  double level, time = 0, unit = 1;
  g_autoptr (GPtrArray) stages = NULL;

  if (profile->executor != LF_EXECUTOR_CAPACITY_SEARCH)
    {
      points = lf_ramp_points_new (profile);
      if (!lf_ramp_points_are_timed (profile))
        add (points, 1, level_of (profile), 0);
      return points;
    }
  points = g_array_new (FALSE, FALSE, sizeof (LfRampPoint));
  stages = lf_load_profile_get_outline (profile, &level);
  unit = profile->time_unit;
  add (points, 0, level * unit, 0);
  for (guint i = 0; i < stages->len; i++)
    {
      const LfStage *stage = stages->pdata[i];

      time += stage->duration;
      add (points, time, stage->target * unit, 0);
    }
  return points;
}

gboolean
lf_ramp_points_are_timed (const LfLoadProfile *profile)
{
  return profile->executor != LF_EXECUTOR_MANUAL || profile->duration > 0;
}

gboolean
lf_ramp_points_are_whole (const LfLoadProfile *profile)
{
  return !lf_load_profile_is_rate (profile);
}

/* Sums and differences of times must not show as 29.999999999996. */
static double
round_time (double seconds)
{
  return round (seconds * 1000) / 1000;
}

static double
fit_value (const LfLoadProfile *profile, double value)
{
  if (lf_ramp_points_are_whole (profile))
    return CLAMP (round (value), 0, MOST_USERS);
  return CLAMP (round (value * 1000) / 1000, 0, MOST_RATE);
}

/* Each point is one of the four numbers: what lies behind it moves along. */
static void
move_short (LfLoadProfile *profile, guint n, double time, double value)
{
  double start = n == 1 ? 0 : n == 2 ? profile->ramp_up : profile->ramp_up + profile->steady;
  double *part = n == 1 ? &profile->ramp_up : n == 2 ? &profile->steady : &profile->ramp_down;

  *part = round_time (CLAMP (time - start, 0, MOST_SECONDS));
  if (n < 3)
    profile->users = (gint64) MAX (fit_value (profile, value), 1);
  MARK (profile, ramp_up);
  MARK (profile, steady);
  MARK (profile, ramp_down);
  MARK (profile, users);
}

static double
start_of_stage (const LfLoadProfile *profile, guint n)
{
  double time = 0;

  for (guint i = 0; i < n; i++)
    time += stage_at (profile, i)->duration;
  return time;
}

static void
set_start (LfLoadProfile *profile, double value)
{
  if (profile->executor == LF_EXECUTOR_RAMPING_ARRIVAL_RATE)
    {
      profile->start_rate = fit_value (profile, value);
      MARK (profile, start_rate);
    }
  else
    {
      profile->start_vus = (gint64) fit_value (profile, value);
      MARK (profile, start_vus);
    }
}

static void
move_stage (LfLoadProfile *profile, guint n, double time, double value)
{
  LfStage *stage = stage_at (profile, n);
  LfStage *next = n + 1 < profile->stages->len ? stage_at (profile, n + 1) : NULL;
  double start = start_of_stage (profile, n);
  double end = next != NULL ? start + stage->duration + next->duration : MOST_SECONDS;

  stage->duration = round_time (CLAMP (time, start, end) - start);
  if (next != NULL)
    next->duration = round_time (end - start - stage->duration);
  stage->target = fit_value (profile, value);
}

static void
move_search (LfLoadProfile *profile, guint n, guint last, double time, double value)
{
  value = fit_value (profile, value);
  if (n == 0)
    profile->start = CLAMP (value, LEAST_SECONDS, profile->max);
  else if (n == last)
    profile->max = MAX (value, profile->start);
  else
    {
      profile->step =
          CLAMP (value - profile->start, LEAST_SECONDS, MAX (profile->max, LEAST_SECONDS));
      profile->hold = CLAMP (round_time (time), 1, MOST_SECONDS);
    }
  MARK (profile, start);
  MARK (profile, step);
  MARK (profile, hold);
  MARK (profile, max);
}

static void
move_level (LfLoadProfile *profile, guint n, double time, double value)
{
  if (n == 1)
    {
      profile->duration = round_time (CLAMP (time, LEAST_SECONDS, MOST_SECONDS));
      MARK (profile, duration);
    }
  if (lf_load_profile_is_rate (profile))
    {
      profile->rate = MAX (fit_value (profile, value), LEAST_SECONDS);
      MARK (profile, rate);
    }
  else
    {
      profile->vus = (gint64) MAX (fit_value (profile, value), 1);
      MARK (profile, vus);
    }
}

gboolean
lf_ramp_points_move (LfLoadProfile *profile, guint n, double time, double value)
{
  g_autoptr (LfLoadProfile) before = lf_load_profile_copy (profile);
  g_autoptr (GArray) points = lf_ramp_points_new (profile);
  const LfRampPoint *point;

  if (n >= points->len || !isfinite (time) || !isfinite (value))
    return FALSE;
  point = &g_array_index (points, LfRampPoint, n);
  if (point->flags == 0)
    return FALSE;
  if (!(point->flags & LF_RAMP_MOVES_TIME))
    time = point->time;
  if (!(point->flags & LF_RAMP_MOVES_VALUE))
    value = point->value;
  if (profile->executor == LF_EXECUTOR_NONE)
    move_short (profile, n, time, value);
  else if (has_stages (profile) && n == 0)
    set_start (profile, value);
  else if (has_stages (profile))
    move_stage (profile, n - 1, time, value);
  else if (profile->executor == LF_EXECUTOR_CAPACITY_SEARCH)
    move_search (profile, n, points->len - 1, time, value);
  else
    move_level (profile, n, time, value);
  return !lf_record_equal (profile, before);
}

static LfStage *
new_stage (double duration, double target)
{
  LfStage *stage = lf_stage_new ();

  stage->duration = duration;
  stage->target = target;
  lf_record_set_present (stage, G_STRUCT_OFFSET (LfStage, duration), TRUE);
  lf_record_set_present (stage, G_STRUCT_OFFSET (LfStage, target), TRUE);
  return stage;
}

void
lf_ramp_points_unfold (LfLoadProfile *profile)
{
  double users = (double) profile->users;

  if (profile->executor != LF_EXECUTOR_NONE)
    return;
  g_ptr_array_set_size (profile->stages, 0);
  g_ptr_array_add (profile->stages, new_stage (profile->ramp_up, users));
  g_ptr_array_add (profile->stages, new_stage (profile->steady, users));
  g_ptr_array_add (profile->stages, new_stage (profile->ramp_down, 0));
  profile->executor = LF_EXECUTOR_RAMPING_VUS;
  profile->ramp_up = profile->steady = profile->ramp_down = 0;
  profile->users = 0;
  lf_record_set_present (profile, G_STRUCT_OFFSET (LfLoadProfile, ramp_up), FALSE);
  lf_record_set_present (profile, G_STRUCT_OFFSET (LfLoadProfile, steady), FALSE);
  lf_record_set_present (profile, G_STRUCT_OFFSET (LfLoadProfile, ramp_down), FALSE);
  lf_record_set_present (profile, G_STRUCT_OFFSET (LfLoadProfile, users), FALSE);
  MARK (profile, executor);
  MARK (profile, stages);
}

gboolean
lf_ramp_points_can_insert (const LfLoadProfile *profile)
{
  return profile->executor == LF_EXECUTOR_NONE || has_stages (profile);
}

int
lf_ramp_points_insert (LfLoadProfile *profile, double time, double value)
{
  double start = 0;
  guint n = 0;
  LfStage *stage;

  if (!lf_ramp_points_can_insert (profile) || !isfinite (time) || !isfinite (value))
    return -1;
  lf_ramp_points_unfold (profile);
  time = round_time (CLAMP (time, 0, MOST_SECONDS));
  while (n < profile->stages->len && start + stage_at (profile, n)->duration <= time)
    start += stage_at (profile, n++)->duration;
  stage = new_stage (round_time (time - start), fit_value (profile, value));
  if (n < profile->stages->len)
    stage_at (profile, n)->duration = round_time (start + stage_at (profile, n)->duration - time);
  g_ptr_array_insert (profile->stages, (int) n, stage);
  MARK (profile, stages);
  return (int) n + 1;
}

gboolean
lf_ramp_points_remove (LfLoadProfile *profile, guint n)
{
  g_autoptr (GArray) points = lf_ramp_points_new (profile);

  if (n >= points->len || !(g_array_index (points, LfRampPoint, n).flags & LF_RAMP_REMOVABLE))
    return FALSE;
  if (profile->executor == LF_EXECUTOR_NONE)
    {
      *(n == 1 ? &profile->ramp_up : &profile->ramp_down) = 0;
      return TRUE;
    }
  if (n < profile->stages->len)
    stage_at (profile, n)->duration =
        round_time (stage_at (profile, n)->duration + stage_at (profile, n - 1)->duration);
  g_ptr_array_remove_index (profile->stages, n - 1);
  return TRUE;
}
