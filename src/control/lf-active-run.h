#pragma once

#include "lf-log-line.h"
#include "lf-run.h"
#include "lf-samples.h"
#include "lf-spec.h"

#include <gio/gio.h>

/*
 * A run of this process, from start until it is saved. Made by LfRunManager; lives in its main
 * context. What it persists never slows the engine.
 *
 * Properties: "status" (int, LfRunStatus, read only, notifies).
 * Signals:
 *   "sample" (GPtrArray *samples)   LfSample of one second, the total first; read only
 *   "log" (GPtrArray *lines)        LfLogLine with seq; read only
 *   "ended" ()                      once: the run has its summary and is saved (or that failed and was logged)
 */
#define LF_TYPE_ACTIVE_RUN (lf_active_run_get_type ())
G_DECLARE_FINAL_TYPE (LfActiveRun, lf_active_run, LF, ACTIVE_RUN, GObject)

const LfRun  *lf_active_run_get_run      (LfActiveRun *self); /* the record as it stands */
const LfSpec *lf_active_run_get_spec     (LfActiveRun *self);
LfRunStatus   lf_active_run_get_status   (LfActiveRun *self);
/* Once it has ended: whether it lies in the spill (LfSpill), as its store was away. */
gboolean      lf_active_run_has_spilled  (LfActiveRun *self);
/* All samples and the newest log lines (LF_ACTIVE_RUN_LOG_LINES) so far; owned by @self, appended in place. */
#define LF_ACTIVE_RUN_LOG_LINES 10000
LfSamples    *lf_active_run_get_samples  (LfActiveRun *self);
GPtrArray    *lf_active_run_get_logs     (LfActiveRun *self);
/* What can be changed while it goes on; these never block. LF_ERROR_STATE where the status or the
 * profile does not allow it, otherwise as lf_load_set_users() and its like say. */
gboolean      lf_active_run_pause        (LfActiveRun *self, GError **error);
gboolean      lf_active_run_resume       (LfActiveRun *self, GError **error);
gboolean      lf_active_run_set_users    (LfActiveRun *self, guint users, GError **error);
gboolean      lf_active_run_set_rate     (LfActiveRun *self, double rate, GError **error); /* arrivals per second */
double        lf_active_run_get_level    (LfActiveRun *self); /* a manual profile's users, or arrivals per second */
/* Gracefully; at once where it is stopping already. */
void          lf_active_run_stop         (LfActiveRun *self);
/* The same, asked for from elsewhere: the summary's exit code says so. */
void          lf_active_run_stop_remotely (LfActiveRun *self);
/* Adds a line of the class `remote` to the log; English, as the other lines. */
void          lf_active_run_note_remote  (LfActiveRun *self, const char *message);
