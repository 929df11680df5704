#include "config.h"

#include "lf-worker-private.h"

/* Users or arrivals started in one round: between rounds the answers of others are read. */
#define BATCH 64
/* How often a ramp of users is looked at, in us. */
#define RAMP_PERIOD 5000
/* Arrivals that start later than this are our fault: the verdict's limit, in us. */
#define LATE 10000

static gint64
pace_users (LfWorker *self, gint64 now)
{
  gint64 t = now - self->start;
  guint wanted =
      lf_schedule_share (lf_schedule_users_at (self->plan->schedule, t), self->part, self->n_parts);

  for (guint i = 0; i < BATCH && self->n_active < wanted; i++)
    {
      LfUser *user = _lf_worker_get_user (self);

      self->n_active++;
      user->step = 0;
      _lf_worker_request (user, 0);
    }
  return self->n_active < wanted ? now : now + RAMP_PERIOD;
}

static LfUser *
find_user (LfWorker *self)
{
  if (self->idle == NULL && self->users->len >= self->max_users)
    return NULL;
  return _lf_worker_get_user (self);
}

static void
arrive (LfWorker *self, gint64 due, gint64 now)
{
  LfInterval *interval = self->handover.current[0];
  LfUser *user = find_user (self);

  interval->scheduled++;
  if (user == NULL)
    {
      interval->dropped++;
      self->late_drops += now - due > LATE;
      return;
    }
  lf_histogram_record (self->lag, now - due);
  user->step = 0;
  _lf_worker_request (user, due);
}

void
_lf_worker_draw_arrival (LfWorker *self)
{
  gint64 next = lf_arrivals_next (&self->arrivals);

  self->next_arrival = next >= 0 ? self->start + next : G_MAXINT64;
}

static gint64
pace_arrivals (LfWorker *self, gint64 now)
{
  for (guint i = 0; i < BATCH && self->next_arrival <= now; i++)
    {
      arrive (self, self->next_arrival, now);
      _lf_worker_draw_arrival (self);
    }
  return self->next_arrival;
}

gint64
_lf_worker_pace (LfWorker *self, gint64 now)
{
  if (self->draining)
    return G_MAXINT64;
  return self->plan->arrivals ? pace_arrivals (self, now) : pace_users (self, now);
}
