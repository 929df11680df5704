#pragma once

#include "lf-scheduler.h"

/* Milliseconds since 1970. */
typedef gint64 (*LfSchedulerClock) (gpointer user_data);

struct _LfScheduler
{
  GObject parent_instance;
  LfStore *store;
  LfRunManager *runs;
  LfRunOptions options;
  LfSchedulerClock clock;
  gpointer clock_data;
  GCancellable *cancellable; /* of what is under way; NULL while stopped */
  gboolean looking;
  GPtrArray *queue; /* LfRunSchedule still to be looked at; NULL until they are listed */
  GPtrArray *unsure; /* claims of lf-scheduler-due.c whose answer got lost; NULL: none ever did */
  guint n_again;     /* of these, the first, that this look has still to ask for again */
  gint64 soonest;   /* the next time due that this look has seen; 0 for none */
  gboolean again;   /* asked to look once more meanwhile */
  guint timer;
  guint n_starting;
  char *trouble; /* what the store said last; told once */
};

/* For tests. The clock is set before it is started; idle: no look into the store and no start of a run is under way. */
void     _lf_scheduler_set_clock  (LfScheduler *self, LfSchedulerClock clock, gpointer user_data);
gboolean _lf_scheduler_is_idle    (LfScheduler *self);

static inline gint64
_lf_scheduler_get_now (LfScheduler *self)
{
  return self->clock (self->clock_data);
}

static inline gboolean
_lf_scheduler_is_stopped (LfScheduler *self)
{
  return self->cancellable == NULL;
}

/* lf-scheduler.c */

/* Looks at what is left in the queue. */
void     _lf_scheduler_go_on        (LfScheduler *self);
/* What the store said; @error NULL: it works. */
void     _lf_scheduler_note_store   (LfScheduler *self, const GError *error);
void     _lf_scheduler_tell         (LfScheduler *self, const LfRunSchedule *schedule, const char *words);
void     _lf_scheduler_emit_started (LfScheduler *self, const LfRunSchedule *schedule, LfActiveRun *run);

/* lf-scheduler-due.c: whether a claim of the time that @schedule waits for is under way, after which the scheduler
 * goes on. FALSE where its expression is wrong. */
gboolean _lf_scheduler_claim        (LfScheduler *self, const LfRunSchedule *schedule, gint64 now);
/* The same for a claim that nobody knows the outcome of; FALSE where there is none left in this look. */
gboolean _lf_scheduler_claim_again  (LfScheduler *self);
gboolean _lf_scheduler_is_unsure    (LfScheduler *self, const LfRunSchedule *schedule);
