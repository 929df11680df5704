#pragma once

#include "lf-run.h"
#include "lf-samples.h"
#include "lf-store.h"

/*
 * Brings one run into one store, while it goes on or afterwards: what is new of its samples and log
 * lines, and its record every few seconds. One write at a time; one that fails is tried again with the
 * next step, from where the last one that worked ended, so that nothing but numbers waits. A store that
 * has lost the run gets all of it again.
 *
 * Used in the main context that it was made in.
 *
 * Signal: "answered" (): a write ended; lf_run_track_get_error() tells how.
 */
#define LF_TYPE_RUN_TRACK (lf_run_track_get_type ())
G_DECLARE_FINAL_TYPE (LfRunTrack, lf_run_track, LF, RUN_TRACK, GObject)

#define LF_RUN_TRACK_HEARTBEAT 4000 /* ms between two copies of the run record */
#define LF_RUN_TRACK_BATCH     500  /* samples or lines a write: what is copied at once on the main loop */

/* @run belongs to the caller and is copied whenever it is due; it, the samples and the lines (LfLogLine) are
 * valid until the track is stopped. New samples and lines are only ever appended; the oldest lines may go. */
LfRunTrack   *lf_run_track_new            (LfStore *store, LfRun *run, LfSamples *samples, GPtrArray *lines) G_GNUC_WARN_UNUSED_RESULT;
/* Another store that has the lines of the run that @lines no longer has; or NULL. */
void          lf_run_track_set_archive    (LfRunTrack *self, LfStore *archive);
/* Before anything is written: the samples before @first are kept elsewhere, and come here only at the end. */
void          lf_run_track_begin_at       (LfRunTrack *self, guint first);
/* Writes what is due, where no write is under way. */
void          lf_run_track_step           (LfRunTrack *self);
/* @run has come to its end: the record comes last, so that one with a summary has all its samples too. */
void          lf_run_track_end            (LfRunTrack *self);
/* Writes nothing more; what is under way is left to the store. */
void          lf_run_track_stop           (LfRunTrack *self);
gboolean      lf_run_track_has_ended      (LfRunTrack *self); /* all is written, the last record too */
/* Why the last write failed; NULL: it did not. */
const GError *lf_run_track_get_error      (LfRunTrack *self);
/* How long the write under way has waited for its answer, in ms; 0: there is none. */
gint64        lf_run_track_get_delay      (LfRunTrack *self);
/* Whether lines were gone from memory before the store, and the archive, could have them. */
gboolean      lf_run_track_has_lost_lines (LfRunTrack *self);
/* What the store does not have yet. */
void          lf_run_track_count_waiting  (LfRunTrack *self, guint *samples, guint *lines);
