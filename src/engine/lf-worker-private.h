#pragma once

#include "lf-arrivals.h"
#include "lf-plan-private.h"
#include "lf-timer-heap.h"
#include "lf-worker.h"

#include <stdatomic.h>

typedef struct _LfUser LfUser;

struct _LfUser
{
  LfTimer thinking;    /* stays first */
  LfWorker *worker;
  LfExchange *exchange;
  guint step;          /* of the plan: under way, or next */
  gint64 scheduled;    /* monotonic us: when this request should have left */
  gint64 started;      /* when it did */
  gint64 began;        /* the iteration's first request */
  guint64 left;        /* iterations that it may still begin */
  LfUser *next_idle;
};

struct _LfWorker
{
  LfPlan *plan;
  guint part;          /* of the whole load, over all agents */
  guint n_parts;
  gint64 start;        /* monotonic us */
  const LfChange *followed; /* the last change of the run that the timetable knows */
  LfTimetable timetable;
  gint64 end;          /* no new iterations from here on, as the timetable stands */
  gint64 drain_end;    /* what is still under way then is cut off */
  gboolean draining;
  int epoll;
  int wake;            /* eventfd: Stop */
  const LfTransportClass *transport_class;
  LfTransport *transport;
  LfTimerHeap thinking;
  guint64 random;

  GPtrArray *users;    /* of LfUser, all there are */
  LfUser *idle;        /* those without work */
  guint n_active;      /* users profiles: in an iteration or thinking */
  guint wanted;        /* users profiles: as of this turn */
  guint max_users;
  guint n_done;        /* users whose iterations are all begun and ended */
  guint64 left;        /* iterations that may still begin */
  gboolean parked;     /* users profiles: a pause left idle users their connections */
  LfArrivals arrivals;
  gint64 next_arrival; /* monotonic us; G_MAXINT64: none left */
  gint64 group_end;     /* us; arrivals that are due before wait for it */
  LfHistogram *lag;
  guint64 late_drops;

  LfHandover handover;
  gint64 next_publish;

  /* Written here, read by the main loop. */
  _Alignas (64) _Atomic int stop;
  _Alignas (64) _Atomic guint users_now;
  _Atomic guint users_max;
  _Atomic guint in_flight;
  _Atomic gint64 cpu;
  _Atomic gint64 worst_lag; /* us, since the main loop took it */
  _Atomic gint64 published; /* monotonic us; G_MAXINT64: it has returned */
};

static inline guint
_lf_worker_in_flight (const LfWorker *self)
{
  return atomic_load_explicit (&self->in_flight, memory_order_relaxed);
}

/* lf-worker-users.c */
void    _lf_worker_add_idle_users (LfWorker *self, guint n);
LfUser *_lf_worker_get_user      (LfWorker *self);
void    _lf_worker_show_users    (LfWorker *self); /* after their number has changed */
void    _lf_worker_release_idle  (LfWorker *self); /* they have no connection from then on */
void    _lf_worker_begin         (LfUser *user, gint64 scheduled); /* an iteration */
void    _lf_worker_done_cb       (gpointer user, const LfOutcome *outcome);
void    _lf_worker_wake_thinkers (LfWorker *self, gint64 now);
void    _lf_worker_cut_off       (LfWorker *self); /* ends all users at once */
/* lf-worker-pace.c: starts what is due; returns when it wants to be called again. */
gint64  _lf_worker_pace          (LfWorker *self, gint64 now);
void    _lf_worker_draw_arrival  (LfWorker *self); /* when the next one is due, if there is one */
void    _lf_worker_note_timetable (LfWorker *self); /* after it was made or changed */
/* Users that should be in an iteration, of those who have any left. */
guint   _lf_worker_wanted_users  (LfWorker *self, gint64 now);
/* When the timetable is changed next, monotonic us; G_MAXINT64: nobody has asked for that. */
gint64  _lf_worker_next_change   (LfWorker *self);
