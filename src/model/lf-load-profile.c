#include "config.h"

#include "lf-load-profile.h"
#include "lf-record-private.h"

#include <math.h>

static const char *const executors[] = { "",
                                         "constant-vus",
                                         "ramping-vus",
                                         "shared-iterations",
                                         "per-vu-iterations",
                                         "constant-arrival-rate",
                                         "ramping-arrival-rate",
                                         "manual",
                                         "capacity-search",
                                         NULL };
static const char *const arrivals[] = { "uniform", "poisson", NULL };

#define USERS_LIMIT 1000000
#define RATE_LIMIT  1e9
/* As k6's maxDuration: so long iterations may begin where nothing is said, in s. */
#define ITERATIONS_LIMIT 600
/* No more users than this where a capacity-search does not say how many. */
#define SEARCH_USERS 5000
/* Steps of a search that are drawn one by one. */
#define MOST_STAIRS 50

/* clang-format off */
_LF_DEFINE_RECORD (LfStage, lf_stage,
  _LF_NUMBER (LfStage, duration, "duration", 0, _LF_SECONDS_LIMIT, 0),
  _LF_NUMBER (LfStage, target, "target", 0, RATE_LIMIT, 0))

_LF_DEFINE_RECORD (LfObjective, lf_objective,
  _LF_NUMBER (LfObjective, p95_ms, "p95Ms", 0, 3600000, 0),
  _LF_NUMBER (LfObjective, max_fail_rate, "maxFailRate", 0, 1, 0.01))

_LF_DEFINE_RECORD (LfLoadProfile, lf_load_profile,
  _LF_ENUM (LfLoadProfile, executor, "executor", executors, LF_EXECUTOR_NONE),
  _LF_NUMBER (LfLoadProfile, ramp_up, "rampUp", 0, _LF_SECONDS_LIMIT, 0),
  _LF_INTEGER (LfLoadProfile, users, "users", 0, USERS_LIMIT, 0),
  _LF_NUMBER (LfLoadProfile, steady, "steady", 0, _LF_SECONDS_LIMIT, 0),
  _LF_NUMBER (LfLoadProfile, ramp_down, "rampDown", 0, _LF_SECONDS_LIMIT, 0),
  _LF_INTEGER (LfLoadProfile, vus, "vus", 0, USERS_LIMIT, 0),
  _LF_INTEGER (LfLoadProfile, start_vus, "startVUs", 0, USERS_LIMIT, 0),
  _LF_NUMBER (LfLoadProfile, duration, "duration", 0, _LF_SECONDS_LIMIT, 0),
  _LF_LIST (LfLoadProfile, stages, "stages", lf_stage_type),
  _LF_INTEGER (LfLoadProfile, iterations, "iterations", 0, _LF_COUNT_LIMIT, 0),
  _LF_NUMBER (LfLoadProfile, rate, "rate", 0, RATE_LIMIT, 0),
  _LF_NUMBER (LfLoadProfile, start_rate, "startRate", 0, RATE_LIMIT, 0),
  _LF_NUMBER (LfLoadProfile, time_unit, "timeUnit", 0.001, 86400, 1),
  _LF_INTEGER (LfLoadProfile, pre_allocated_vus, "preAllocatedVUs", 0, USERS_LIMIT, 0),
  _LF_INTEGER (LfLoadProfile, max_vus, "maxVUs", 0, USERS_LIMIT, 0),
  _LF_ENUM (LfLoadProfile, arrival, "arrival", arrivals, LF_ARRIVAL_UNIFORM),
  _LF_NUMBER (LfLoadProfile, start, "start", 0, RATE_LIMIT, 0),
  _LF_NUMBER (LfLoadProfile, step, "step", 0, RATE_LIMIT, 0),
  _LF_NUMBER (LfLoadProfile, hold, "hold", 0, _LF_SECONDS_LIMIT, 0),
  _LF_NUMBER (LfLoadProfile, max, "max", 0, RATE_LIMIT, 0),
  _LF_OBJECT (LfLoadProfile, objective, "objective", lf_objective_type))
/* clang-format on */

LfExecutor
lf_load_profile_get_executor (const LfLoadProfile *self)
{
  return self->executor == LF_EXECUTOR_NONE ? LF_EXECUTOR_RAMPING_VUS : self->executor;
}

gboolean
lf_load_profile_is_rate (const LfLoadProfile *self)
{
  if (self->executor == LF_EXECUTOR_MANUAL)
    return self->rate > 0 || self->pre_allocated_vus > 0;
  return self->executor == LF_EXECUTOR_CONSTANT_ARRIVAL_RATE ||
         self->executor == LF_EXECUTOR_RAMPING_ARRIVAL_RATE ||
         self->executor == LF_EXECUTOR_CAPACITY_SEARCH;
}

gboolean
lf_load_profile_is_directed (const LfLoadProfile *self)
{
  return self->executor == LF_EXECUTOR_MANUAL || self->executor == LF_EXECUTOR_CAPACITY_SEARCH;
}

gint64
lf_load_profile_get_iterations (const LfLoadProfile *self)
{
  if (self->executor == LF_EXECUTOR_SHARED_ITERATIONS)
    return self->iterations;
  if (self->executor == LF_EXECUTOR_PER_VU_ITERATIONS && self->vus > 0)
    return MIN (self->iterations, G_MAXINT64 / self->vus) * self->vus;
  return 0;
}

static void
add_stage (GPtrArray *stages, double duration, double target)
{
  LfStage *stage = lf_stage_new ();

  stage->duration = duration;
  stage->target = target;
  g_ptr_array_add (stages, stage);
}

static void
add_stages (GPtrArray *stages, const LfLoadProfile *self, double divisor)
{
  for (guint i = 0; i < self->stages->len; i++)
    {
      const LfStage *stage = self->stages->pdata[i];

      add_stage (stages, stage->duration, stage->target / divisor);
    }
}

GPtrArray *
lf_load_profile_get_stages (const LfLoadProfile *self, double *start)
{
  GPtrArray *stages = g_ptr_array_new_with_free_func (lf_record_free);

  *start = 0;
  switch (self->executor)
    {
    case LF_EXECUTOR_NONE:
      add_stage (stages, self->ramp_up, self->users);
      add_stage (stages, self->steady, self->users);
      add_stage (stages, self->ramp_down, 0);
      break;
    case LF_EXECUTOR_CONSTANT_VUS:
      *start = self->vus;
      add_stage (stages, self->duration, *start);
      break;
    case LF_EXECUTOR_MANUAL:
      *start = lf_load_profile_is_rate (self) ? self->rate / self->time_unit : self->vus;
      add_stage (stages, self->duration, *start);
      break;
    case LF_EXECUTOR_RAMPING_VUS:
      *start = self->start_vus;
      add_stages (stages, self, 1);
      break;
    case LF_EXECUTOR_CONSTANT_ARRIVAL_RATE:
      *start = self->rate / self->time_unit;
      add_stage (stages, self->duration, *start);
      break;
    case LF_EXECUTOR_RAMPING_ARRIVAL_RATE:
      *start = self->start_rate / self->time_unit;
      add_stages (stages, self, self->time_unit);
      break;
    case LF_EXECUTOR_CAPACITY_SEARCH: /* its end depends on what it finds */
      *start = self->start / self->time_unit;
      break;
    case LF_EXECUTOR_SHARED_ITERATIONS: /* these end with their iterations */
    case LF_EXECUTOR_PER_VU_ITERATIONS:
      *start = self->vus;
      break;
    }
  return stages;
}

/* The stairs that a search goes up at most; a ramp where they are too many to see. */
static void
add_stairs (GPtrArray *stages, const LfLoadProfile *self)
{
  double top = MAX (self->max, self->start);
  double n = self->step > 0 ? ceil ((top - self->start) / self->step) : 0;
  double width = MAX (self->hold, 1);

  if (n > MOST_STAIRS)
    add_stage (stages, n * width, top / self->time_unit);
  for (guint i = 0; n <= MOST_STAIRS && i <= n; i++)
    {
      double rate = MIN (self->start + i * self->step, top) / self->time_unit;

      add_stage (stages, 0, rate);
      add_stage (stages, width, rate);
    }
}

GPtrArray *
lf_load_profile_get_outline (const LfLoadProfile *self, double *start)
{
  GPtrArray *stages = lf_load_profile_get_stages (self, start);

  if (lf_load_profile_get_duration (self) > 0 || *start == 0)
    return stages;
  g_ptr_array_set_size (stages, 0);
  if (self->executor == LF_EXECUTOR_CAPACITY_SEARCH)
    add_stairs (stages, self);
  else
    add_stage (stages, 1, *start);
  return stages;
}

double
lf_load_profile_get_duration (const LfLoadProfile *self)
{
  double start;
  double duration = 0;
  g_autoptr (GPtrArray) stages = lf_load_profile_get_stages (self, &start);

  for (guint i = 0; i < stages->len; i++)
    duration += ((LfStage *) stages->pdata[i])->duration;
  return duration;
}

double
lf_load_profile_get_limit (const LfLoadProfile *self)
{
  if (lf_load_profile_get_iterations (self) == 0)
    return lf_load_profile_get_duration (self);
  return self->duration > 0 ? self->duration : ITERATIONS_LIMIT;
}

/* A rate that meets the objective keeps about rate times p95 requests under way (Little's law), and
 * one that keeps more does not meet it; twice that leaves room for what is slow now and then. */
static gint64
users_for_search (const LfLoadProfile *self)
{
  double p95 =
      self->objective != NULL && self->objective->p95_ms > 0 ? self->objective->p95_ms / 1000 : 1;

  return (gint64) CLAMP (ceil (2 * p95 * self->max / self->time_unit), 10, SEARCH_USERS);
}

gint64
lf_load_profile_get_max_users (const LfLoadProfile *self)
{
  double start;
  double most;
  g_autoptr (GPtrArray) stages = NULL;
  gint64 pool = MAX (self->pre_allocated_vus, self->max_vus);

  if (self->executor == LF_EXECUTOR_CAPACITY_SEARCH && pool == 0)
    return users_for_search (self);
  if (lf_load_profile_is_rate (self))
    return pool;
  if (self->executor == LF_EXECUTOR_MANUAL)
    return MAX (self->vus, self->max_vus);
  stages = lf_load_profile_get_stages (self, &start);
  most = start;
  for (guint i = 0; i < stages->len; i++)
    most = MAX (most, ((LfStage *) stages->pdata[i])->target);
  return (gint64) ceil (most);
}

double
lf_load_profile_get_target_at (const LfLoadProfile *self, double t)
{
  double target;
  g_autoptr (GPtrArray) stages = lf_load_profile_get_stages (self, &target);

  if (stages->len == 0)
    return target;
  for (guint i = 0; i < stages->len; i++)
    {
      const LfStage *stage = stages->pdata[i];

      if (t < stage->duration)
        return target + (stage->target - target) * (t / stage->duration);
      t -= stage->duration;
      target = stage->target;
    }
  return t > 0 ? 0 : target;
}
