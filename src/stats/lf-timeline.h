#pragma once

#include "lf-interval.h"
#include "lf-sample.h"
#include "lf-summary.h"

/*
 * Merges the workers' intervals into one sample a second (in total and per step) and into the sums
 * of the whole run. Used by one thread, the one that the run was started from.
 */
typedef struct _LfTimeline LfTimeline;

/* Gauges, read when the second closes. */
typedef struct
{
  gint64 users;
  gint64 users_max;
  gint64 in_flight;
} LfGauges;

/* @separate_response_time: arrival-rate profiles; else responseTime is the duration. */
LfTimeline *lf_timeline_new       (guint n_steps, gboolean separate_response_time) G_GNUC_WARN_UNUSED_RESULT;
void        lf_timeline_free      (LfTimeline *self);

/* Adds what a worker counted of @step since its last interval. */
void        lf_timeline_add       (LfTimeline *self, guint step, const LfInterval *interval);
/* Ends the second at @t (s since start) and returns its samples, the total first, then one a step
 * where there is more than one. @now: ms since 1970, for firstSeen and lastSeen.
 * (transfer full) (element-type LfSample) */
GPtrArray  *lf_timeline_close     (LfTimeline *self, double t, gint64 now, const LfGauges *gauges, gboolean warmup) G_GNUC_WARN_UNUSED_RESULT;
/* Takes a stored sample as if it had just been closed: for runs whose end was lost. Phases are
 * not stored and stay empty. @now is the sample's wall-clock time. */
gboolean    lf_timeline_replay    (LfTimeline *self, const LfSample *sample, gint64 now, GError **error);

/* Fills requests, iterations, droppedIterations, vusMax, data, latency, steps (counts only; the
 * caller adds names before or after), statusCodes, errors, histograms. Rates count @seconds. */
void        lf_timeline_summarise (const LfTimeline *self, double seconds, LfSummary *summary);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfTimeline, lf_timeline_free)
