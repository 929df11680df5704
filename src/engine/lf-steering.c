#include "config.h"

#include "lf-steering.h"

#include "lf-plan-private.h"
#include "lf-worker.h"

/* From asking to effect, in us: longer than a worker takes to wake up, and too short to notice. */
#define NOTICE 20000

void
lf_steering_init (LfSteering *self, const LfPlan *plan, GPtrArray *workers)
{
  lf_timetable_init (&self->timetable, plan->schedule);
  self->first = self->last = lf_change_new (0, self->timetable.level);
  self->workers = workers;
}

void
lf_steering_clear (LfSteering *self)
{
  g_clear_pointer (&self->first, lf_change_free_all);
  self->last = NULL;
}

gboolean
lf_steering_is_paused (const LfSteering *self)
{
  return self->last->paused;
}

double
lf_steering_get_level (const LfSteering *self)
{
  return self->last->level;
}

gint64
lf_steering_schedule_time (const LfSteering *self, gint64 now)
{
  return lf_timetable_schedule_time (&self->timetable, now);
}

/* All that is not changed stays as it was asked for last. */
static LfChange *
new_change (const LfSteering *self, gint64 now)
{
  LfChange *change = lf_change_new (MAX (now + NOTICE, self->last->time), self->last->level);

  change->paused = self->last->paused;
  change->over = self->last->over;
  return change;
}

static void
append (LfSteering *self, LfChange *change)
{
  lf_change_append (self->last, change);
  self->last = change;
  lf_timetable_change (&self->timetable, change);
  for (guint i = 0; i < self->workers->len; i++)
    lf_worker_wake (self->workers->pdata[i]);
}

void
lf_steering_set_paused (LfSteering *self, gint64 now, gboolean paused)
{
  LfChange *change = new_change (self, now);

  change->paused = paused;
  append (self, change);
}

void
lf_steering_set_level (LfSteering *self, gint64 now, double level)
{
  LfChange *change = new_change (self, now);

  change->level = level;
  append (self, change);
}

void
lf_steering_end (LfSteering *self, gint64 now)
{
  LfChange *change = new_change (self, now);

  change->over = TRUE;
  append (self, change);
}
