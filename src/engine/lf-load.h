#pragma once

#include "lf-log-line.h"
#include "lf-plan.h"
#include "lf-sample.h"
#include "lf-summary.h"

/*
 * One load run: workers in a GThreadPool of its own, each with one epoll loop over groups of
 * CURLMs; merged once a second in the main context that it was started from.
 *
 * Signals, all in that main context:
 *   "sample" (GPtrArray *samples)  once a second: LfSample, the total first; read only
 *   "log"    (GPtrArray *lines)    LfLogLine without runId and seq; read only
 *   "finished" ()                  once, after the last sample and line; the summary is ready
 */
#define LF_TYPE_LOAD (lf_load_get_type ())
G_DECLARE_FINAL_TYPE (LfLoad, lf_load, LF, LOAD, GObject)

LfLoad    *lf_load_new         (LfPlan *plan) G_GNUC_WARN_UNUSED_RESULT;
gboolean   lf_load_start       (LfLoad *self, GError **error);
/* First call: no new requests, those in flight may end within gracefulStop. Second call: aborts at
 * once. Never blocks. */
void       lf_load_stop        (LfLoad *self);
void       lf_load_abort       (LfLoad *self);
gboolean   lf_load_is_running  (LfLoad *self);
/* No new iterations or arrivals from now on; what is under way ends, and users keep their
 * connections. What a pause does to the rest of the schedule stands in lf-timetable.h. These four
 * never block and take effect within 20 ms; LF_ERROR_STATE where it does not run, or is paused
 * already, or is not. */
gboolean   lf_load_pause       (LfLoad *self, GError **error);
gboolean   lf_load_resume      (LfLoad *self, GError **error);
/* A manual profile's users, or its arrivals per second; also while it is paused, for afterwards.
 * LF_ERROR_STATE where the profile is not manual, or the other kind of manual; LF_ERROR_LIMIT with
 * the number that would do, where maxVUs or this machine's connections do not allow so many users;
 * LF_ERROR_VALUE for a rate that is no number from 0 to 1e9. */
gboolean   lf_load_set_users   (LfLoad *self, guint users, GError **error);
gboolean   lf_load_set_rate    (LfLoad *self, double rate, GError **error);
gint64     lf_load_get_started_at (LfLoad *self); /* ms since 1970, of the first request: behind the head start and the fetching of tokens; 0 until that is known, which it is at the first sample */
double     lf_load_get_shift   (LfLoad *self); /* s that pauses have moved the schedule by so far */
double     lf_load_get_level   (LfLoad *self); /* users, or arrivals per second, of a directed profile */
double     lf_load_get_elapsed (LfLoad *self); /* s */
/* Of a finished run; without runId, specRevision and host. verdict: passed; aborted where it was
 * stopped; invalid by the rules of DESIGN.md; error where not one request got an answer.
 * (transfer full) */
LfSummary *lf_load_get_summary (LfLoad *self) G_GNUC_WARN_UNUSED_RESULT;
