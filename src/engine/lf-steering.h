#pragma once

#include "lf-plan.h"
#include "lf-timetable.h"

/*
 * What is changed of a run while it goes on, and telling its workers. A change takes effect a moment
 * after it was asked for, so that every worker knows of it before its time comes: they all change
 * between the same two arrivals. Used by the main loop.
 */
typedef struct
{
  LfChange *first;    /* the beginning, then what was changed; the workers read it */
  LfChange *last;
  LfTimetable timetable; /* as it stands after the last */
  GPtrArray *workers; /* (transfer none) LfWorker */
} LfSteering;

void     lf_steering_init       (LfSteering *self, const LfPlan *plan, GPtrArray *workers);
void     lf_steering_clear      (LfSteering *self); /* after the last worker's end */
gboolean lf_steering_is_paused  (const LfSteering *self);
double   lf_steering_get_level  (const LfSteering *self); /* asked for last: users, or arrivals per second */
/* @now: us since the start of the run, for all of these. */
gint64   lf_steering_schedule_time (const LfSteering *self, gint64 now); /* the schedule's own clock */
void     lf_steering_set_paused (LfSteering *self, gint64 now, gboolean paused);
void     lf_steering_set_level  (LfSteering *self, gint64 now, double level);
void     lf_steering_end        (LfSteering *self, gint64 now);
