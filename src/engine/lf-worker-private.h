#pragma once

#include "lf-plan-private.h"
#include "lf-timer-heap.h"
#include "lf-worker.h"

#include <stdatomic.h>

typedef struct _LfUser LfUser;

struct _LfUser
{
  LfWorker *worker;
  LfExchange *exchange;
  guint step;          /* of the plan: under way, or next */
  gint64 scheduled;    /* monotonic us: when this request should have left */
  gint64 started;      /* when it did */
  gboolean busy;       /* a request is under way */
  LfUser *next_idle;
};

struct _LfWorker
{
  LfPlan *plan;
  guint part;          /* of the whole load, over all agents */
  guint n_parts;
  gint64 start;        /* monotonic us */
  gint64 end;          /* no new iterations from here on */
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
  guint max_users;
  guint n_in_flight;
  LfArrivals arrivals;
  gint64 next_arrival; /* monotonic us; G_MAXINT64: none left */
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
};

/* lf-worker-users.c */
void    _lf_worker_add_idle_users (LfWorker *self, guint n);
LfUser *_lf_worker_get_user      (LfWorker *self);
void    _lf_worker_request       (LfUser *user, gint64 scheduled);
void    _lf_worker_done_cb       (gpointer user, const LfOutcome *outcome);
void    _lf_worker_wake_thinkers (LfWorker *self, gint64 now);
void    _lf_worker_cut_off       (LfWorker *self); /* ends all users at once */
/* lf-worker-pace.c: starts what is due; returns when it wants to be called again. */
gint64  _lf_worker_pace          (LfWorker *self, gint64 now);
void    _lf_worker_draw_arrival  (LfWorker *self); /* when the next one is due, if there is one */
