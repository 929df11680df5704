#pragma once

#include "lf-schedule.h"

/*
 * A schedule together with what is changed while it runs: a pure function of both, so that parts
 * that follow the same changes stay parts of one whole. Arrivals keep counting through every change:
 * part r of n has those with k = r mod n before it and after it.
 *
 * Times are microseconds since the start of the run. What a pause does to them:
 * - A profile that follows its schedule stands still: what is left of the schedule, its end and the
 *   limit of iterations move by the length of the pause. Arrivals of a pause are not owed.
 * - A directed one (manual, capacity-search) has a level from one change to the next, and its clock
 *   goes on: the end of a manual profile stays where it is. Source: k6's externally-controlled, the
 *   one executor that k6 pauses.
 */

/* From @time on. Immutable once it is appended; a list that only grows, so that workers read it
 * without a lock. Freed from its first by the one who appends, after the last reader. */
typedef struct _LfChange LfChange;
struct _LfChange
{
  gint64 time;             /* not before the change ahead of it */
  gboolean paused;         /* nothing new begins; what is under way ends */
  gboolean over;           /* directed: nothing begins any more */
  double level;            /* directed: users, or arrivals per second */
  LfChange *_Atomic next;
};

LfChange       *lf_change_new      (gint64 time, double level) G_GNUC_WARN_UNUSED_RESULT;
void            lf_change_free_all (LfChange *first);
void            lf_change_append   (LfChange *last, LfChange *next); /* (transfer full) @next; one thread */
const LfChange *lf_change_get_next (const LfChange *self);           /* any thread; NULL: none yet */

/* Belongs to one thread; lives in the caller. */
typedef struct
{
  const LfSchedule *schedule;
  gboolean directed;
  gboolean paused;
  gint64 end;      /* without pauses; G_MAXINT64: none */
  gint64 shift;    /* by the pauses so far */
  gint64 from;     /* when the level, or the pause, began */
  double level;
  double arrivals; /* directed: due before @from */
} LfTimetable;

void   lf_timetable_init         (LfTimetable *self, const LfSchedule *schedule); /* which outlives it */
/* Ask for nothing before @change from here on. What comes after the end changes nothing. */
void   lf_timetable_change       (LfTimetable *self, const LfChange *change);
/* When nothing new begins any more, as things stand; G_MAXINT64: not known. */
gint64 lf_timetable_get_end      (const LfTimetable *self);
/* Where the schedule's own clock stands at @t. */
gint64 lf_timetable_schedule_time (const LfTimetable *self, gint64 t);
guint  lf_timetable_users_at     (const LfTimetable *self, gint64 t);
/* Arrivals that are due up to @t, as things stand. */
double lf_timetable_arrivals_at  (const LfTimetable *self, gint64 t);
/* When @n arrivals (or a part of one) are due; -1 where as things stand they never are. */
gint64 lf_timetable_arrival_time (const LfTimetable *self, double n);
