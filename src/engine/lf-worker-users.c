#include "config.h"

#include "lf-worker-private.h"

static inline void
set_gauge (_Atomic guint *gauge, guint value)
{
  atomic_store_explicit (gauge, value, memory_order_relaxed);
}

void
_lf_worker_show_users (LfWorker *self)
{
  guint users = self->plan->arrivals ? self->users->len : self->n_active;

  set_gauge (&self->users_now, users);
  if (users > atomic_load_explicit (&self->users_max, memory_order_relaxed))
    set_gauge (&self->users_max, users);
}

static LfUser *
new_user (LfWorker *self)
{
  LfUser *user = g_new0 (LfUser, 1);

  user->worker = self;
  user->left = self->plan->iterations_each > 0 ? self->plan->iterations_each : G_MAXUINT64;
  g_ptr_array_add (self->users, user);
  if (self->plan->arrivals)
    _lf_worker_show_users (self);
  return user;
}

static void
put_aside (LfUser *user)
{
  user->next_idle = user->worker->idle;
  user->worker->idle = user;
}

void
_lf_worker_add_idle_users (LfWorker *self, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      LfUser *user = new_user (self);

      user->exchange = self->transport_class->join (self->transport, user);
      put_aside (user);
    }
}

/* One that has nothing to do, or a new one. */
LfUser *
_lf_worker_get_user (LfWorker *self)
{
  LfUser *user = self->idle;

  if (user != NULL)
    self->idle = user->next_idle;
  else
    user = new_user (self);
  if (user->exchange == NULL)
    user->exchange = self->transport_class->join (self->transport, user);
  return user;
}

static void
rest (LfUser *user)
{
  LfWorker *self = user->worker;

  if (user->left > 0)
    put_aside (user);
  else
    self->n_done++;
  if (self->plan->arrivals)
    return;
  /* A user who leaves takes the connection along; one who pauses comes back to it. */
  if (self->timetable.paused && user->left > 0)
    self->parked = TRUE;
  else
    self->transport_class->leave (g_steal_pointer (&user->exchange));
  self->n_active--;
  _lf_worker_show_users (self);
}

/* Those who were not called back after a pause. */
void
_lf_worker_release_idle (LfWorker *self)
{
  for (LfUser *user = self->idle; user != NULL; user = user->next_idle)
    if (user->exchange != NULL)
      self->transport_class->leave (g_steal_pointer (&user->exchange));
  self->parked = FALSE;
}

static inline void
request (LfUser *user, guint step, gint64 scheduled)
{
  LfWorker *self = user->worker;
  LfInterval *interval = self->handover.current[step];
  gint64 now = g_get_monotonic_time ();

  user->started = now;
  user->scheduled = scheduled > 0 ? scheduled : now;
  interval->started++;
  if (!self->plan->arrivals || step > 0)
    interval->scheduled++;
  set_gauge (&self->in_flight, _lf_worker_in_flight (self) + 1);
  if (step == 0)
    user->began = now;
  self->transport_class->start (user->exchange, step, now);
}

static inline void
begin (LfUser *user, gint64 scheduled)
{
  user->left--;
  user->worker->left--;
  user->step = 0;
  request (user, 0, scheduled);
}

void
_lf_worker_begin (LfUser *user, gint64 scheduled)
{
  begin (user, scheduled);
}

static void
count_iteration (LfUser *user, gint64 now)
{
  LfInterval *interval = user->worker->handover.current[0];

  interval->iterations++;
  lf_histogram_record (interval->trends[LF_TREND_ITERATION], now - user->began);
}

/* Requests on a kept connection have none of this, and would drown those that do. */
static void
count_connecting (LfHistogram **trends, const LfOutcome *outcome)
{
  if (outcome->connections > 0 || outcome->connecting > 0)
    lf_histogram_record (trends[LF_TREND_CONNECTING], outcome->connecting);
  if (outcome->tls_handshaking > 0)
    lf_histogram_record (trends[LF_TREND_TLS_HANDSHAKING], outcome->tls_handshaking);
}

static void
count (LfWorker *self, LfUser *user, const LfOutcome *outcome)
{
  LfInterval *interval = self->handover.current[user->step];
  LfHistogram **trends = interval->trends;

  interval->completed++;
  interval->resent += outcome->resent;
  interval->connections += outcome->connections;
  interval->lean += (guint) outcome->lean;
  interval->bytes_sent += outcome->bytes_sent;
  interval->bytes_received += outcome->bytes_received;
  if (outcome->status > 0)
    lf_interval_add_status (interval, outcome->status);
  if (outcome->error_code != 0)
    {
      interval->failed++;
      lf_interval_add_error (interval, outcome->error_code);
    }
  lf_histogram_record (trends[LF_TREND_DURATION],
                       outcome->sending + outcome->waiting + outcome->receiving);
  if (self->plan->arrivals)
    lf_histogram_record (trends[LF_TREND_RESPONSE_TIME],
                         user->started - user->scheduled + outcome->total);
  if (outcome->bytes_sent > 0)
    {
      lf_histogram_record (trends[LF_TREND_SENDING], outcome->sending);
      lf_histogram_record (trends[LF_TREND_WAITING], outcome->waiting);
      lf_histogram_record (trends[LF_TREND_RECEIVING], outcome->receiving);
    }
  if (outcome->blocked > 0)
    lf_histogram_record (trends[LF_TREND_BLOCKED], outcome->blocked);
  count_connecting (trends, outcome);
}

/* xorshift: think times need to be spread, not secret. */
static gint64
draw_think_time (LfWorker *self, const LfPlanStep *step)
{
  self->random ^= self->random << 13;
  self->random ^= self->random >> 7;
  self->random ^= self->random << 17;
  return step->think_min +
         (gint64) (self->random % (guint64) (step->think_max - step->think_min + 1));
}

static gboolean
is_stopped (LfWorker *self)
{
  return atomic_load_explicit (&self->stop, memory_order_relaxed) != LF_STOP_NONE;
}

/* Whether this user should begin another iteration. */
static gboolean
goes_on (const LfUser *user, gint64 now)
{
  LfWorker *self = user->worker;

  if (self->plan->arrivals || now >= self->end || self->left == 0 || user->left == 0)
    return FALSE;
  return self->n_active <= self->wanted;
}

static inline void
end_iteration (LfUser *user, gint64 now)
{
  count_iteration (user, now);
  user->step = 0;
  if (goes_on (user, now))
    begin (user, 0);
  else
    rest (user);
}

void
_lf_worker_done_cb (gpointer data, const LfOutcome *outcome)
{
  LfUser *user = data;
  LfWorker *self = user->worker;
  const LfPlanStep *step = &self->plan->steps[user->step];

  set_gauge (&self->in_flight, _lf_worker_in_flight (self) - 1);
  count (self, user, outcome);
  user->step++;
  if (is_stopped (self))
    {
      if (user->step == self->plan->n_steps)
        count_iteration (user, user->started + outcome->total);
      user->step = 0;
      rest (user);
    }
  else if (step->think_max > 0)
    lf_timer_heap_set (&self->thinking, &user->thinking,
                       g_get_monotonic_time () + draw_think_time (self, step));
  else if (user->step < self->plan->n_steps)
    request (user, user->step, 0);
  else
    end_iteration (user, user->started + outcome->total);
}

/* Called when a user has thought enough. */
static void
wake_user (LfUser *user)
{
  if (is_stopped (user->worker))
    {
      user->step = 0;
      rest (user);
    }
  else if (user->step < user->worker->plan->n_steps)
    request (user, user->step, 0);
  else
    end_iteration (user, g_get_monotonic_time ());
}

void
_lf_worker_wake_thinkers (LfWorker *self, gint64 now)
{
  gint64 due = is_stopped (self) ? G_MAXINT64 - 1 : now;
  LfTimer *timer;

  while ((timer = lf_timer_heap_take (&self->thinking, due)) != NULL)
    wake_user ((LfUser *) timer);
}

void
_lf_worker_cut_off (LfWorker *self)
{
  for (guint i = 0; i < self->users->len; i++)
    {
      LfUser *user = self->users->pdata[i];

      if (user->exchange != NULL)
        self->transport_class->leave (user->exchange);
      g_free (user);
    }
  g_ptr_array_set_size (self->users, 0);
  self->idle = NULL;
  self->n_active = 0;
  set_gauge (&self->in_flight, 0);
  set_gauge (&self->users_now, 0);
}
