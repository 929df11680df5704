#include "config.h"

#include "lf-worker-private.h"

#include "lf-lean-transport.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#define WAKE_TAG 0 /* the transport's tags have an upper half */

/* The iterations of this worker: those of each of its users, or its part of the machine's, which
 * fall to the workers that have users. */
static guint64
share_iterations (const LfWorker *self, guint index)
{
  const LfPlan *plan = self->plan;
  guint n_with_users = MIN (plan->n_workers, plan->max_users);

  if (plan->iterations_each > 0)
    return lf_schedule_share (plan->max_users, index, plan->n_workers) * plan->iterations_each;
  if (!plan->iterates)
    return G_MAXUINT64;
  return index < n_with_users ? lf_schedule_share (plan->iterations, index, n_with_users) : 0;
}

LfWorker *
lf_worker_new (LfPlan *plan, guint index, gint64 start, const LfChange *changes)
{
  LfWorker *self = g_aligned_alloc0 (1, sizeof (LfWorker), 64);
  struct epoll_event event = { .events = EPOLLIN, .data.u64 = WAKE_TAG };

  self->plan = lf_plan_ref (plan);
  /* Part r of n takes arrivals k = r mod n: first the agents divide, then each one's workers. */
  self->part = index * plan->n_agents + plan->agent;
  self->n_parts = plan->n_workers * plan->n_agents;
  self->start = start;
  self->followed = changes;
  self->left = share_iterations (self, index);
  self->max_users = lf_schedule_share (plan->max_users, index, plan->n_workers);
  self->random = plan->seed * 2 + 1 + index;
  self->users = g_ptr_array_new ();
  self->lag = lf_histogram_new ();
  self->published = start;
  self->next_publish = start + G_USEC_PER_SEC;
  lf_timer_heap_init (&self->thinking);
  lf_handover_init (&self->handover, plan->n_steps);
  lf_timetable_init (&self->timetable, plan->schedule);
  lf_arrivals_init (&self->arrivals, &self->timetable, plan->arrival, self->part, self->n_parts,
                    plan->seed);
  self->next_arrival = G_MAXINT64;
  _lf_worker_note_timetable (self);
  self->epoll = epoll_create1 (EPOLL_CLOEXEC);
  self->wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  epoll_ctl (self->epoll, EPOLL_CTL_ADD, self->wake, &event);
  return self;
}

void
lf_worker_free (LfWorker *self)
{
  if (self == NULL)
    return;
  close (self->epoll);
  close (self->wake);
  lf_handover_clear (&self->handover);
  lf_timer_heap_clear (&self->thinking);
  lf_histogram_free (self->lag);
  g_ptr_array_unref (self->users);
  lf_plan_unref (self->plan);
  g_aligned_free (self);
}

static void
set_up (LfWorker *self)
{
  const LfPlan *plan = self->plan;
  guint first = lf_schedule_share (plan->start_users, self->part / plan->n_agents, plan->n_workers);

  /* The kernel may round our short sleeps up by this many nanoseconds; its default is 50,000. */
  prctl (PR_SET_TIMERSLACK, 1);
  self->transport_class = lf_lean_transport_get_class ();
  self->transport = self->transport_class->open (plan, self->epoll, _lf_worker_done_cb);
  if (plan->arrivals)
    _lf_worker_add_idle_users (self, MIN (first, self->max_users));
}

static void
note_cpu (LfWorker *self)
{
  struct timespec cpu;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &cpu);
  atomic_store_explicit (&self->cpu, (gint64) cpu.tv_sec * G_USEC_PER_SEC + cpu.tv_nsec / 1000,
                         memory_order_relaxed);
}

/* What is kept of the whole run begins behind the warm-up. */
static void
forget_warmup (LfWorker *self, gint64 seconds)
{
  if (seconds * G_USEC_PER_SEC > self->plan->warmup)
    return;
  lf_histogram_reset (self->lag);
  self->late_drops = 0;
}

/* On the second, also after one that came later because the main loop was late. */
static void
publish (LfWorker *self, gint64 now)
{
  gint64 seconds = (now - self->start) / G_USEC_PER_SEC;

  if (now < self->next_publish)
    return;
  note_cpu (self);
  if (!lf_handover_publish (&self->handover))
    {
      self->next_publish = now + G_USEC_PER_SEC / 100;
      return;
    }
  atomic_store_explicit (&self->published, now, memory_order_release);
  self->next_publish = self->start + (seconds + 1) * G_USEC_PER_SEC;
  forget_warmup (self, seconds);
}

/* Arrivals that were due before the end, and that we are late for, are still started or dropped
 * first: each one counts. What has changed by now may have moved the end. */
static gboolean
is_past_end (LfWorker *self, gint64 now)
{
  return now >= self->end && self->next_arrival > self->end && _lf_worker_next_change (self) > now;
}

/* Turns to ending: at the timetable's end, when all iterations are done, or when somebody pressed
 * Stop. */
static void
check_end (LfWorker *self, gint64 now)
{
  gboolean stopped = atomic_load_explicit (&self->stop, memory_order_relaxed) != LF_STOP_NONE;
  gboolean done = self->left == 0 && self->n_active == 0;

  if (self->draining || (!stopped && !done && !is_past_end (self, now)))
    return;
  self->draining = TRUE;
  self->drain_end = now + self->plan->graceful_stop;
}

static gboolean
is_over (LfWorker *self, gint64 now)
{
  if (atomic_load_explicit (&self->stop, memory_order_relaxed) == LF_STOP_NOW)
    return TRUE;
  if (!self->draining)
    return FALSE;
  return now >= self->drain_end ||
         (_lf_worker_in_flight (self) == 0 && lf_timer_heap_next (&self->thinking) == G_MAXINT64);
}

static gint64
next_wake (LfWorker *self, gint64 now, gint64 paced)
{
  gint64 wake = MIN (paced, self->next_publish);

  if (is_over (self, now))
    return now;
  wake = MIN (wake, self->transport_class->get_deadline (self->transport));
  wake = MIN (wake, lf_timer_heap_next (&self->thinking));
  return MIN (wake, self->draining ? self->drain_end : self->end);
}

static int
wait_for_events (LfWorker *self, struct epoll_event *events, gint64 wake)
{
  gint64 left = wake - g_get_monotonic_time ();
  int batch = (int) self->transport_class->get_batch (self->transport);
  struct timespec timeout = { 0 };
  int n;

  if (left > 0)
    timeout = (struct timespec){ .tv_sec = left / G_USEC_PER_SEC,
                                 .tv_nsec = left % G_USEC_PER_SEC * 1000 };
  n = epoll_pwait2 (self->epoll, events, batch, &timeout, NULL);
  if (n < 0 && errno == ENOSYS) /* Linux before 5.11 waits in milliseconds */
    n = epoll_wait (self->epoll, events, batch, (int) (MAX (left, 0) / 1000));
  return n;
}

/* How many events ahead of its turn an event's memory is fetched. */
#define AHEAD 4
/* Up to so many users stay in the processor's cache. Measured: with 5,000 users fetching saves 9 %,
 * with 10,000 4 % of the CPU, with 64 nothing. */
#define WARM_USERS 500

static void
prefetch (LfWorker *self, const struct epoll_event *events, int n, int i)
{
  if (i + 2 * AHEAD < n)
    self->transport_class->prefetch (self->transport, events[i + 2 * AHEAD].data.u64, FALSE);
  if (i + AHEAD < n)
    self->transport_class->prefetch (self->transport, events[i + AHEAD].data.u64, TRUE);
}

static void
dispatch (LfWorker *self, const struct epoll_event *events, int n)
{
  gboolean cold = self->users->len > WARM_USERS && self->transport_class->prefetch != NULL;

  for (int i = 0; i < n; i++)
    {
      guint64 value;

      if (cold)
        prefetch (self, events, n, i);
      if (events[i].data.u64 != WAKE_TAG)
        self->transport_class->ready (self->transport, events[i].data.u64, events[i].events);
      else if (read (self->wake, &value, sizeof value) < 0 && errno != EAGAIN)
        g_warning ("cannot read the wake-up of a worker: %s", g_strerror (errno));
    }
}

static void
turn (LfWorker *self)
{
  struct epoll_event events[LF_TRANSPORT_MAX_BATCH];
  gint64 now = g_get_monotonic_time ();
  gint64 paced;

  check_end (self, now);
  _lf_worker_wake_thinkers (self, now);
  paced = _lf_worker_pace (self, now);
  self->transport_class->expire (self->transport, g_get_monotonic_time ());
  if (self->transport_class->settle (self->transport))
    paced = now;
  publish (self, now);
  dispatch (self, events, wait_for_events (self, events, next_wake (self, now, paced)));
  self->transport_class->settle (self->transport);
}

static void
wait_for_start (LfWorker *self)
{
  gint64 left = self->start - g_get_monotonic_time ();

  if (left > 0)
    g_usleep ((gulong) left);
}

void
lf_worker_run (LfWorker *self)
{
  set_up (self);
  wait_for_start (self);
  while (!is_over (self, g_get_monotonic_time ()))
    turn (self);
  _lf_worker_cut_off (self);
  self->transport_class->close (self->transport);
  note_cpu (self);
  atomic_store (&self->published, G_MAXINT64);
}

void
lf_worker_stop (LfWorker *self, LfStop stop)
{
  atomic_store (&self->stop, (int) stop);
  lf_worker_wake (self);
}

void
lf_worker_wake (LfWorker *self)
{
  guint64 one = 1;

  if (write (self->wake, &one, sizeof one) < 0 && errno != EAGAIN)
    g_warning ("cannot wake a worker: %s", g_strerror (errno));
}

LfWorkerGauges
lf_worker_get_gauges (LfWorker *self)
{
  return (LfWorkerGauges){
    .users = atomic_load_explicit (&self->users_now, memory_order_relaxed),
    .users_max = atomic_load_explicit (&self->users_max, memory_order_relaxed),
    .in_flight = atomic_load_explicit (&self->in_flight, memory_order_relaxed),
    .cpu = atomic_load_explicit (&self->cpu, memory_order_relaxed),
  };
}

gint64
lf_worker_take_lag (LfWorker *self)
{
  return atomic_exchange_explicit (&self->worst_lag, 0, memory_order_relaxed);
}

LfHandover *
lf_worker_get_handover (LfWorker *self)
{
  return &self->handover;
}

gint64
lf_worker_get_published (LfWorker *self)
{
  return atomic_load_explicit (&self->published, memory_order_acquire);
}

const LfHistogram *
lf_worker_get_lag (LfWorker *self)
{
  return self->lag;
}

guint64
lf_worker_get_late_drops (LfWorker *self)
{
  return self->late_drops;
}
