#include "config.h"

#include "lf-spec-private.h"

#include <glib/gi18n.h>

static void
check_positive (double value, const char *place, const char *message, LfValidation *validation)
{
  if (value == 0)
    _lf_validation_add (validation, place, "%s", message);
}

static void
check_short (const LfLoadProfile *self, LfValidation *validation)
{
  if (self->users == 0 && (self->stages->len > 0 || self->vus > 0 || self->rate > 0))
    _lf_validation_add (validation, "/executor",
                        _ ("is missing; name one, such as constant-vus or ramping-arrival-rate"));
  else if (self->users == 0)
    _lf_validation_add (validation, "/users", _ ("is 0; at least 1 user is needed"));
  else if (lf_load_profile_get_duration (self) == 0)
    _lf_validation_add (validation, "/steady", _ ("the run lasts 0 s; give it some seconds"));
}

static void
check_stages (const LfLoadProfile *self, LfValidation *validation)
{
  double highest;
  g_autoptr (GPtrArray) stages = lf_load_profile_get_stages (self, &highest);

  for (guint i = 0; i < stages->len; i++)
    highest = MAX (highest, ((LfStage *) g_ptr_array_index (stages, i))->target);
  if (stages->len == 0)
    _lf_validation_add (validation, "/stages",
                        _ ("there is no stage; add one with duration and target"));
  else if (lf_load_profile_get_duration (self) == 0)
    _lf_validation_add (validation, "/stages",
                        _ ("last 0 s in all; give one of them some seconds"));
  else if (highest == 0)
    _lf_validation_add (validation, "/stages", _ ("never go above 0; give one of them a target"));
}

static void
check_pool (const LfLoadProfile *self, LfValidation *validation)
{
  if (self->pre_allocated_vus == 0 && self->max_vus == 0)
    _lf_validation_add (validation, "/preAllocatedVUs",
                        _ ("is missing; say how many users stand ready to keep the rate"));
  else if (self->max_vus > 0 && self->max_vus < self->pre_allocated_vus)
    _lf_validation_add (validation, "/maxVUs", _ ("is less than preAllocatedVUs"));
}

static void
check_search (const LfLoadProfile *self, LfValidation *validation)
{
  check_positive (self->start, "/start", "is 0; start with some load", validation);
  check_positive (self->step, "/step", "is 0; raise the load by some step", validation);
  check_positive (self->hold, "/hold", "is 0; hold each step for some seconds", validation);
  if (self->max < self->start)
    _lf_validation_add (validation, "/max", _ ("is less than start"));
  if (!self->objective)
    _lf_validation_add (validation, "/objective", _ ("is missing; say p95Ms or maxFailRate"));
  if (self->max_vus > 0 && self->max_vus < self->pre_allocated_vus)
    _lf_validation_add (validation, "/maxVUs", _ ("is less than preAllocatedVUs"));
}

static void
check_manual (const LfLoadProfile *self, LfValidation *validation)
{
  if (lf_load_profile_is_rate (self) && self->vus > 0)
    _lf_validation_add (validation, "/vus",
                        _ ("either users or a rate is set by hand; remove vus, or rate and "
                           "preAllocatedVUs"));
  else if (lf_load_profile_is_rate (self))
    check_pool (self, validation);
  else if (self->max_vus > 0 && self->max_vus < self->vus)
    _lf_validation_add (validation, "/maxVUs", _ ("is less than vus"));
}

void
_lf_load_profile_validate (const LfLoadProfile *self, LfValidation *validation)
{
  switch (self->executor)
    {
    case LF_EXECUTOR_NONE:
      check_short (self, validation);
      break;
    case LF_EXECUTOR_CONSTANT_VUS:
      check_positive ((double) self->vus, "/vus", "is 0; at least 1 user is needed", validation);
      check_positive (self->duration, "/duration", "is 0; give it some seconds", validation);
      break;
    case LF_EXECUTOR_RAMPING_VUS:
      check_stages (self, validation);
      break;
    case LF_EXECUTOR_SHARED_ITERATIONS:
    case LF_EXECUTOR_PER_VU_ITERATIONS:
      check_positive ((double) self->vus, "/vus", "is 0; at least 1 user is needed", validation);
      check_positive ((double) self->iterations, "/iterations", "is 0; give it some", validation);
      break;
    case LF_EXECUTOR_CONSTANT_ARRIVAL_RATE:
      check_positive (self->rate, "/rate", "is 0; say how many requests start in a timeUnit",
                      validation);
      check_positive (self->duration, "/duration", "is 0; give it some seconds", validation);
      check_pool (self, validation);
      break;
    case LF_EXECUTOR_RAMPING_ARRIVAL_RATE:
      check_stages (self, validation);
      check_pool (self, validation);
      break;
    case LF_EXECUTOR_CAPACITY_SEARCH:
      check_search (self, validation);
      break;
    case LF_EXECUTOR_MANUAL:
      check_manual (self, validation);
      break;
    }
}
