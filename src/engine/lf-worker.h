#pragma once

#include "lf-handover.h"
#include "lf-plan.h"
#include "lf-timetable.h"
#include "lf-transport.h"

typedef struct _LfWorker LfWorker;

typedef enum
{
  LF_STOP_NONE,
  LF_STOP_GRACEFUL, /* what is under way may end */
  LF_STOP_NOW,
} LfStop;

/* What the main loop may read while the worker runs. */
typedef struct
{
  guint users;
  guint users_max;
  guint in_flight;
  gint64 cpu; /* us of this thread so far */
} LfWorkerGauges;

/**
 * lf_worker_new:
 * @index: among the plan's workers
 * @start: monotonic us when second 0 begins; the same for all workers
 * @changes: (transfer none): the list that what is changed while it runs is appended to; its first
 *   entry is the beginning
 *
 * One thread's part of a run: its users, its pacing, its counts.
 */
LfWorker      *lf_worker_new        (LfPlan *plan, guint index, gint64 start, const LfChange *changes) G_GNUC_WARN_UNUSED_RESULT;
void           lf_worker_free       (LfWorker *self);
/* In the worker's own thread: returns when the run, or its part of it, is over. */
void           lf_worker_run        (LfWorker *self);

/* From the main loop, at any time. */
void           lf_worker_wake       (LfWorker *self); /* to look at the changes */
void           lf_worker_stop       (LfWorker *self, LfStop stop);
LfWorkerGauges lf_worker_get_gauges (LfWorker *self);
LfHandover    *lf_worker_get_handover (LfWorker *self);
/* Up to when its counts have been handed over, monotonic us; G_MAXINT64 for one that has returned. Read it before
 * they are taken: what is told here is among them, or was taken before. */
gint64         lf_worker_get_published (LfWorker *self);

/* The worst schedule lag since it was asked last, us. */
gint64         lf_worker_take_lag   (LfWorker *self);

/* Of a worker whose thread has returned; without the warm-up. */
const LfHistogram *lf_worker_get_lag        (LfWorker *self); /* us: actual minus scheduled start of arrivals */
guint64            lf_worker_get_late_drops (LfWorker *self); /* arrivals dropped while we were late ourselves */
