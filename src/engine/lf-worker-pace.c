#include "config.h"

#include "lf-worker-private.h"

/* Users or arrivals started in one round: between rounds the answers of others are read. */
#define BATCH 64
/* Arrivals looked at in one round, most of them dropped. */
#define LOOKS 4096
/* How often a ramp of users is looked at, in us. */
#define RAMP_PERIOD 5000
/* To wake a sleeping core costs more than to send a request: arrivals that come faster than this,
 * in us, leave in groups. Measured at 10,000/s: 53 % of a core where each has a wake-up of its own,
 * 15 % with half a millisecond. */
#define GROUP_PERIOD 500
/* Arrivals that start later than this are our fault: the verdict's limit, in us. */
#define LATE 10000

/* The timetable as it stands, in the worker's own clock. */
void
_lf_worker_note_timetable (LfWorker *self)
{
  gint64 end = lf_timetable_get_end (&self->timetable);

  self->end = end < G_MAXINT64 ? self->start + end : G_MAXINT64;
  if (self->plan->arrivals)
    _lf_worker_draw_arrival (self);
}

gint64
_lf_worker_next_change (LfWorker *self)
{
  const LfChange *change = lf_change_get_next (self->followed);

  return change != NULL ? self->start + change->time : G_MAXINT64;
}

static void
follow_change (LfWorker *self)
{
  self->followed = lf_change_get_next (self->followed);
  lf_timetable_change (&self->timetable, self->followed);
  _lf_worker_note_timetable (self);
}

guint
_lf_worker_wanted_users (LfWorker *self, gint64 now)
{
  guint users = lf_timetable_users_at (&self->timetable, now - self->start);
  guint share = (guint) lf_schedule_share (users, self->part, self->n_parts);

  return share - MIN (share, self->n_done);
}

static gint64
pace_users (LfWorker *self, gint64 now)
{
  while (_lf_worker_next_change (self) <= now)
    follow_change (self);
  self->wanted = _lf_worker_wanted_users (self, now);
  for (guint i = 0; i < BATCH && self->n_active < self->wanted && self->left > 0; i++)
    {
      LfUser *user = _lf_worker_get_user (self);

      self->n_active++;
      _lf_worker_show_users (self);
      _lf_worker_begin (user, 0);
    }
  if (self->n_active < self->wanted && self->left > 0)
    return now;
  if (self->parked && !self->timetable.paused)
    _lf_worker_release_idle (self);
  return MIN (now + RAMP_PERIOD, _lf_worker_next_change (self));
}

static LfUser *
find_user (LfWorker *self)
{
  if (self->idle == NULL && self->users->len >= self->max_users)
    return NULL;
  return _lf_worker_get_user (self);
}

static void
note_lag (LfWorker *self, gint64 lag)
{
  if (lag > atomic_load_explicit (&self->worst_lag, memory_order_relaxed))
    atomic_store_explicit (&self->worst_lag, lag, memory_order_relaxed);
}

/* Whoever is busy now is so for all that is due by now: a rate that was set a thousand times too
 * high does not keep this worker counting behind the end of its run. */
static void
drop_rest (LfWorker *self, gint64 now)
{
  LfInterval *interval = self->handover.current[0];
  gint64 until = MIN (now, _lf_worker_next_change (self) - 1) - self->start;
  guint64 late = lf_arrivals_skip (&self->arrivals, MIN (until, now - LATE - 1 - self->start));
  guint64 n = late + lf_arrivals_skip (&self->arrivals, until);

  interval->scheduled += n;
  interval->dropped += n;
  self->late_drops += late;
  _lf_worker_draw_arrival (self);
}

/* FALSE where nobody was free for it. */
static gboolean
arrive (LfWorker *self, gint64 due, gint64 now)
{
  LfInterval *interval = self->handover.current[0];
  LfUser *user = find_user (self);

  interval->scheduled++;
  note_lag (self, now - due);
  if (user == NULL)
    {
      interval->dropped++;
      self->late_drops += now - due > LATE;
      return FALSE;
    }
  lf_histogram_record (self->lag, now - due);
  _lf_worker_begin (user, due);
  return TRUE;
}

void
_lf_worker_draw_arrival (LfWorker *self)
{
  gint64 next = lf_arrivals_get_due (&self->arrivals);

  self->next_arrival = next >= 0 ? self->start + next : G_MAXINT64;
}

/* What was due before a change comes first, as it was due: so every part sees the change between
 * the same two arrivals. */
static gint64
pace_arrivals (LfWorker *self, gint64 now)
{
  guint started = 0;

  /* An answer that comes meanwhile breaks up no group: a turn for each arrival costs half as much
   * again. */
  if (now < self->group_end && _lf_worker_next_change (self) > now)
    return MIN (self->group_end, _lf_worker_next_change (self));
  for (guint i = 0; i < LOOKS && started < BATCH; i++)
    {
      gint64 change = _lf_worker_next_change (self);
      gboolean has_user;

      if (self->next_arrival > now && change > now)
        break;
      if (change <= self->next_arrival)
        {
          follow_change (self);
          continue;
        }
      has_user = arrive (self, self->next_arrival, now);
      lf_arrivals_take (&self->arrivals);
      _lf_worker_draw_arrival (self);
      started += has_user;
      if (!has_user)
        drop_rest (self, now);
    }
  if (self->next_arrival <= now)
    return now;
  self->group_end = now + GROUP_PERIOD;
  return MIN (MAX (self->next_arrival, self->group_end), _lf_worker_next_change (self));
}

gint64
_lf_worker_pace (LfWorker *self, gint64 now)
{
  if (self->draining)
    return G_MAXINT64;
  return self->plan->arrivals ? pace_arrivals (self, now) : pace_users (self, now);
}
