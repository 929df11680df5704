#include "config.h"

#include "lf-history-run.h"

#include <math.h>

struct _LfHistoryRun
{
  GObject parent_instance;
  LfRun *run;
};

G_DEFINE_FINAL_TYPE (LfHistoryRun, lf_history_run, G_TYPE_OBJECT)

static void
lf_history_run_finalize (GObject *object)
{
  lf_run_free (LF_HISTORY_RUN (object)->run);
  G_OBJECT_CLASS (lf_history_run_parent_class)->finalize (object);
}

static void
lf_history_run_class_init (LfHistoryRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lf_history_run_finalize;
}

static void
lf_history_run_init (LfHistoryRun *self)
{
}

LfHistoryRun *
lf_history_run_new (const LfRun *run)
{
  LfHistoryRun *self = g_object_new (LF_TYPE_HISTORY_RUN, NULL);

  self->run = lf_run_copy (run);
  return self;
}

const LfRun *
lf_history_run_get (LfHistoryRun *self)
{
  return self->run;
}

static const LfSummaryRequests *
requests_of (LfHistoryRun *self)
{
  return self->run->summary != NULL ? self->run->summary->requests : NULL;
}

double
lf_history_run_get_users (LfHistoryRun *self)
{
  return self->run->summary != NULL ? (double) self->run->summary->vus_max : NAN;
}

double
lf_history_run_get_requests (LfHistoryRun *self)
{
  return requests_of (self) != NULL ? (double) requests_of (self)->total : NAN;
}

double
lf_history_run_get_rate (LfHistoryRun *self)
{
  return requests_of (self) != NULL ? requests_of (self)->rate : NAN;
}

double
lf_history_run_get_failed (LfHistoryRun *self)
{
  const LfSummaryRequests *requests = requests_of (self);

  return requests != NULL && requests->total > 0
             ? (double) requests->failed / (double) requests->total
             : NAN;
}

double
lf_history_run_get_p95 (LfHistoryRun *self)
{
  const LfLatency *latency = NULL;

  if (self->run->summary != NULL)
    latency = lf_latencies_get_response (self->run->summary->latency);
  return latency != NULL ? latency->p95 : NAN;
}

double
lf_history_run_get_duration (LfHistoryRun *self)
{
  return self->run->summary != NULL ? self->run->summary->duration * 1000 : NAN;
}
