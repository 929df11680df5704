#pragma once

#include "lf-run-manager.h"

/*
 * Runs specs at the times of the store's schedules while it is started, in a window as in `serve`. It may do so in
 * several processes on one database: each time is run by one of them. What nobody could run in its minute
 * (no LoadForge was running, the computer slept) is told, not made up. A spec whose run is still
 * going on is not started a second time; that is told, too.
 *
 * Lives in one main context, its run manager's. It looks into the store twice a minute; nothing of it blocks.
 *
 * Signals:
 *   "started" (const LfRunSchedule *schedule, LfActiveRun *run)
 *   "missed" (const LfRunSchedule *schedule, const char *words)  a sentence that says what was not run and why,
 *                                                               which also went to g_message()
 */
#define LF_TYPE_SCHEDULER (lf_scheduler_get_type ())
G_DECLARE_FINAL_TYPE (LfScheduler, lf_scheduler, LF, SCHEDULER, GObject)

#define LF_SCHEDULER_PATIENCE 60000 /* ms: past that a time counts as missed */

LfScheduler *lf_scheduler_new    (LfStore *store, LfRunManager *runs) G_GNUC_WARN_UNUSED_RESULT;
void         lf_scheduler_start  (LfScheduler *self);
/* Nothing is started from now on; runs go on. To be called before the last reference goes. */
void         lf_scheduler_stop   (LfScheduler *self);
/* Limits of the runs that it starts; 0: as the run manager has them. */
void         lf_scheduler_limit  (LfScheduler *self, guint workers, guint max_sockets);
/* Looks into the store now: after a schedule or a spec was saved. */
void         lf_scheduler_look   (LfScheduler *self);

