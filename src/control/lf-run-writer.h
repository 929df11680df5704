#pragma once

#include "lf-log-line.h"
#include "lf-run.h"
#include "lf-sample.h"
#include "lf-store.h"

/*
 * Carries one run into the store while it goes on, behind the engine's back: one write at a time,
 * what came meanwhile waits in memory. A failed write is kept and tried again.
 *
 * Used in the main context that it was made in.
 *
 * Signal: "report" (int level, const char *message): writing began to fail (LF_LOG_WARN), or works
 * again (LF_LOG_INFO), or data had to be given up (LF_LOG_ERROR). Told once per change, not per try.
 */
#define LF_TYPE_RUN_WRITER (lf_run_writer_get_type ())
G_DECLARE_FINAL_TYPE (LfRunWriter, lf_run_writer, LF, RUN_WRITER, GObject)

#define LF_RUN_WRITER_INTERVAL 1000        /* ms between two batches: samples are kept within 2 s */
#define LF_RUN_WRITER_HEARTBEAT 4000        /* ms between two copies of the run record */
#define LF_RUN_WRITER_PENDING_LIMIT 100000 /* samples, and as many lines, that wait for a store */
#define LF_RUN_WRITER_PATIENCE 5000       /* ms that the end of a run waits for a failing store */

LfRunWriter *lf_run_writer_new           (LfStore *store) G_GNUC_WARN_UNUSED_RESULT;
/* @run belongs to the caller and is copied whenever it is due; valid until the writer has finished. */
void         lf_run_writer_start         (LfRunWriter *self, LfRun *run);
/* (transfer full) */
void         lf_run_writer_take_sample   (LfRunWriter *self, LfSample *sample);
void         lf_run_writer_take_line     (LfRunWriter *self, LfLogLine *line);
/* Writes all that waits and the final record; no more comes afterwards. An error says what is lost. */
void         lf_run_writer_finish_async  (LfRunWriter *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean     lf_run_writer_finish_finish (LfRunWriter *self, GAsyncResult *result, GError **error);
/* Writes nothing more: @run is about to go. What is kept reads as interrupted later. */
void         lf_run_writer_abandon       (LfRunWriter *self);
