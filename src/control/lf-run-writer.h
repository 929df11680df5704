#pragma once

#include "lf-log-line.h"
#include "lf-run.h"
#include "lf-samples.h"
#include "lf-spill.h"
#include "lf-store.h"

/*
 * Carries one run into the store while it goes on, behind the engine's back: one write at a time, and
 * nothing is copied for what waits. While the store fails, or does not answer, what it does not have
 * goes into the spill too: neither a crash nor an end of the run then loses more than the last
 * seconds. Once the store has all again, the spill forgets the run. A run whose store is still away
 * at its end stays in the spill, whole.
 *
 * Used in the main context that it was made in.
 *
 * Signal: "report" (int level, const char *message): writing began to fail (LF_LOG_WARN), or works
 * again (LF_LOG_INFO), or data had to be given up (LF_LOG_ERROR). Told once per change, not per try.
 */
#define LF_TYPE_RUN_WRITER (lf_run_writer_get_type ())
G_DECLARE_FINAL_TYPE (LfRunWriter, lf_run_writer, LF, RUN_WRITER, GObject)

#define LF_RUN_WRITER_INTERVAL 1000 /* ms between two batches: samples are kept within 2 s */
#define LF_RUN_WRITER_LATE     2000 /* ms without an answer until the spill takes over: within 5 s all is kept */
#define LF_RUN_WRITER_PATIENCE 5000 /* ms without a write that works, at the end of a run: the store is away */

/* @spill: NULL keeps what waits in memory only. */
LfRunWriter *lf_run_writer_new           (LfStore *store, LfSpill *spill) G_GNUC_WARN_UNUSED_RESULT;
/* @run and the arrays are read whenever something is due, as lf_run_track_new() says; valid until the
 * writer has finished. */
void         lf_run_writer_start         (LfRunWriter *self, LfRun *run, LfSamples *samples, GPtrArray *lines);
/* Writes all that waits and the final record; no more comes afterwards. An error says what is lost. */
void         lf_run_writer_finish_async  (LfRunWriter *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean     lf_run_writer_finish_finish (LfRunWriter *self, GAsyncResult *result, GError **error);
/* Whether the run has ended in the spill instead of its store. */
gboolean     lf_run_writer_has_spilled   (LfRunWriter *self);
/* Writes nothing more: @run is about to go. What is kept reads as interrupted later. */
void         lf_run_writer_abandon       (LfRunWriter *self);
