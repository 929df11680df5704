#pragma once

#include "lf-capacity.h"
#include "lf-load-profile.h"
#include "lf-sample.h"

/*
 * Looks for the highest rate that meets the objective of a capacity-search: a pure function of the
 * samples that it is given. Raises the rate by the step until a hold fails, halves the distance
 * between the last that held and the first that failed down to an eighth of the step (or 1 %), then
 * holds the best once more; where that fails, the next best.
 *
 * A hold fails where p95 of the response time or the share of failed requests and dropped arrivals
 * is over the objective, or where less than 90 % of what was due ended in it: the target, or this
 * machine, did not keep up. The first second at each rate is not judged. After a failure nothing is
 * sent until what is under way has ended, so that a queue does not spoil the next try.
 *
 * A hold that fails while the generator itself was late says little about the target: it is made
 * again, up to twice a rate and ten times in all.
 *
 * Rates are arrivals per second. Used by one thread.
 */
typedef struct _LfCapacitySearch LfCapacitySearch;

typedef enum
{
  LF_SEARCH_GOES_ON,
  LF_SEARCH_TRIED,   /* a hold has ended with this second */
  LF_SEARCH_REPEATS, /* one has failed, and is made again */
} LfSearchStep;

LfCapacitySearch    *lf_capacity_search_new      (const LfLoadProfile *profile) G_GNUC_WARN_UNUSED_RESULT;
void                 lf_capacity_search_free     (LfCapacitySearch *self);
/* The rate that is to be sent now; 0 between a failed try and the next. */
double               lf_capacity_search_get_rate (const LfCapacitySearch *self);
/* A second in total, sent at that rate. @late: the generator was over 10 ms behind its schedule. */
LfSearchStep         lf_capacity_search_take     (LfCapacitySearch *self, const LfSample *total, gboolean late);
/* After a pause: the try begins anew. */
void                 lf_capacity_search_restart  (LfCapacitySearch *self);
gboolean             lf_capacity_search_is_done  (const LfCapacitySearch *self);
/* What was found so far; of a search that is not done the best that held. */
const LfCapacity    *lf_capacity_search_get      (const LfCapacitySearch *self);
/* "300 arrivals/s held: p95 12.1 ms, 0 % failed or dropped", of the last try. */
char                *lf_capacity_search_describe (const LfCapacitySearch *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfCapacitySearch, lf_capacity_search_free)
