#include "config.h"

#include "lf-run-plan.h"

#include <math.h>

struct _LfRunPlan
{
  gboolean is_rate;
  gboolean directed;
  GPtrArray *stages; /* LfStage */
  guint stage;       /* the one that @clock lies in */
  double stage_from; /* s, where it begins */
  double from;       /* the level there */
  double clock;      /* s: without pauses */
};

LfRunPlan *
lf_run_plan_new (const LfLoadProfile *profile)
{
  LfRunPlan *self = g_new0 (LfRunPlan, 1);

  self->is_rate = lf_load_profile_is_rate (profile);
  self->directed = lf_load_profile_is_directed (profile);
  self->stages = lf_load_profile_get_stages (profile, &self->from);
  return self;
}

void
lf_run_plan_free (LfRunPlan *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->stages);
  g_free (self);
}

gboolean
lf_run_plan_is_told (const LfRunPlan *self)
{
  return self->is_rate || !self->directed;
}

gboolean
lf_run_plan_is_rate (const LfRunPlan *self)
{
  return self->is_rate;
}

static const LfStage *
stage_now (const LfRunPlan *self)
{
  return self->stage < self->stages->len ? self->stages->pdata[self->stage] : NULL;
}

/* Users of the profile at the clock; the last level at the very end. */
static double
level_now (const LfRunPlan *self)
{
  const LfStage *stage = stage_now (self);

  if (stage == NULL)
    return self->stages->len == 0 || self->clock <= self->stage_from ? self->from : 0;
  if (stage->duration <= 0)
    return stage->target;
  return self->from +
         (stage->target - self->from) * (self->clock - self->stage_from) / stage->duration;
}

/* Returns where in the second that ends at @t the last stage began. */
static double
advance (LfRunPlan *self, double t, double seconds)
{
  const LfStage *stage;
  double began = NAN;

  self->clock += seconds;
  while ((stage = stage_now (self)) != NULL && self->clock >= self->stage_from + stage->duration)
    {
      self->stage_from += stage->duration;
      self->from = stage->target;
      self->stage++;
      if (stage_now (self) != NULL && self->stage_from > 0)
        began = t - (self->clock - self->stage_from);
    }
  return began;
}

/* Nobody there, though there should be. */
static gboolean
is_paused (const LfRunPlan *self, const LfSample *sample)
{
  return sample->users == 0 && sample->started == 0 && level_now (self) >= 1;
}

LfPlanned
lf_run_plan_take (LfRunPlan *self, const LfSample *sample, double seconds)
{
  LfPlanned planned = { NAN, NAN };

  if (!is_paused (self, sample))
    {
      planned.stage = advance (self, sample->t, seconds);
      planned.level = level_now (self);
    }
  if (self->is_rate)
    planned.level = seconds > 0 ? (double) sample->scheduled / seconds : NAN;
  else if (self->directed)
    planned.level = NAN;
  return planned;
}
