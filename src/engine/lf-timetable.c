#include "config.h"

#include "lf-timetable.h"

#include <math.h>
#include <stdatomic.h>

LfChange *
lf_change_new (gint64 time, double level)
{
  LfChange *self = g_new0 (LfChange, 1);

  self->time = time;
  self->level = level;
  return self;
}

void
lf_change_free_all (LfChange *first)
{
  while (first != NULL)
    {
      LfChange *next = atomic_load (&first->next);

      g_free (first);
      first = next;
    }
}

void
lf_change_append (LfChange *last, LfChange *next)
{
  atomic_store_explicit (&last->next, next, memory_order_release);
}

const LfChange *
lf_change_get_next (const LfChange *self)
{
  return atomic_load_explicit (&self->next, memory_order_acquire);
}

void
lf_timetable_init (LfTimetable *self, const LfSchedule *schedule)
{
  gint64 duration = lf_schedule_get_duration (schedule);

  *self = (LfTimetable){
    .schedule = schedule,
    .directed = lf_schedule_is_directed (schedule),
    .level = lf_schedule_get_start (schedule),
    .end = duration,
  };
  if (self->directed && duration == 0)
    self->end = G_MAXINT64;
}

static void
direct (LfTimetable *self, const LfChange *change)
{
  if (!self->paused)
    self->arrivals += self->level * ((double) (change->time - self->from) / G_USEC_PER_SEC);
  self->from = change->time;
  self->level = change->level;
  if (change->over)
    self->end = change->time;
}

static void
shift (LfTimetable *self, const LfChange *change)
{
  if (self->paused && !change->paused)
    self->shift += change->time - self->from;
  else if (!self->paused)
    self->from = change->time;
}

void
lf_timetable_change (LfTimetable *self, const LfChange *change)
{
  if (change->time >= lf_timetable_get_end (self))
    return;
  if (self->directed)
    direct (self, change);
  else
    shift (self, change);
  self->paused = change->paused;
}

gint64
lf_timetable_get_end (const LfTimetable *self)
{
  if (self->directed)
    return self->end;
  return self->paused ? G_MAXINT64 : self->end + self->shift;
}

gint64
lf_timetable_schedule_time (const LfTimetable *self, gint64 t)
{
  if (self->directed)
    return t;
  return (self->paused ? MIN (t, self->from) : t) - self->shift;
}

guint
lf_timetable_users_at (const LfTimetable *self, gint64 t)
{
  if (self->paused || t >= lf_timetable_get_end (self))
    return 0;
  return self->directed
             ? (guint) llround (self->level)
             : lf_schedule_users_at (self->schedule, lf_timetable_schedule_time (self, t));
}

double
lf_timetable_arrivals_at (const LfTimetable *self, gint64 t)
{
  if (!self->directed)
    return lf_schedule_arrivals_at (self->schedule, lf_timetable_schedule_time (self, t));
  if (self->paused)
    return self->arrivals;
  t = MIN (t, self->end);
  return self->arrivals + self->level * ((double) (t - self->from) / G_USEC_PER_SEC);
}

static gint64
directed_arrival_time (const LfTimetable *self, double n)
{
  double wait;

  if (self->paused || self->level <= 0)
    return -1;
  /* Rounding must not send the first one back to before the change. */
  wait = MAX (n - self->arrivals, 0) / self->level * G_USEC_PER_SEC;
  return wait < (double) (self->end - self->from) ? self->from + (gint64) wait : -1;
}

gint64
lf_timetable_arrival_time (const LfTimetable *self, double n)
{
  gint64 due;

  if (self->directed)
    return directed_arrival_time (self, n);
  due = lf_schedule_arrival_time (self->schedule, n);
  if (due < 0)
    return -1;
  due += self->shift;
  return self->paused && due >= self->from ? -1 : due;
}
