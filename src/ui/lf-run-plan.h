#pragma once

#include "lf-load-profile.h"
#include "lf-sample.h"

/*
 * What a profile planned for each second of a run, told along its samples: while a run stands still its
 * plan does, too, so that the two lie upon each other, live and years later. Main thread.
 */
typedef struct _LfRunPlan LfRunPlan;

typedef struct
{
  double level; /* users, or arrivals per second; NAN where nothing was planned */
  double stage; /* s: where in this second a stage began; NAN where none did */
} LfPlanned;

LfRunPlan *lf_run_plan_new     (const LfLoadProfile *profile) G_GNUC_WARN_UNUSED_RESULT;
void       lf_run_plan_free    (LfRunPlan *self);
/* FALSE where a person sets the users while it runs. */
gboolean   lf_run_plan_is_told (const LfRunPlan *self);
gboolean   lf_run_plan_is_rate (const LfRunPlan *self);
/* Of the next sample of the total. @seconds: what it counts. */
LfPlanned  lf_run_plan_take    (LfRunPlan *self, const LfSample *sample, double seconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfRunPlan, lf_run_plan_free)
