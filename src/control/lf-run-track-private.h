#pragma once

#include "lf-run-track.h"

struct _LfRunTrack
{
  GObject parent_instance;
  LfStore *store;
  LfStore *archive;   /* or NULL */
  LfRun *run;         /* borrowed; NULL once stopped */
  LfSamples *samples; /* borrowed */
  GPtrArray *lines;   /* borrowed */
  guint n_samples;    /* the store has those from @first up to here, */
  guint n_early;      /* and up to here those before @first */
  guint first;
  guint *written;     /* which of the two the write under way brings forward */
  gint64 last_line;   /* seq of the last line that it has */
  gint64 reaches;     /* @written or last_line once the write under way has worked */
  gint64 asked;       /* monotonic us since when a write is under way; 0: none is */
  gint64 run_written; /* monotonic us of the last copy of the record */
  GError *error;      /* of the last write */
  gboolean known;     /* the store has the record */
  gboolean run_due;
  gboolean lost_lines;
  gboolean ending;
  gboolean ended;
};

/* lf-run-track.c */

/* A write begins: the next waits for its answer. */
void     _lf_run_track_begin_write   (LfRunTrack *self);
/* Takes @error; answers whether the write worked, and counts where somebody still listens. */
gboolean _lf_run_track_take_answer   (LfRunTrack *self, GError *error);
/* After an answer. */
void     _lf_run_track_go_on         (LfRunTrack *self);
void     _lf_run_track_write_next    (LfRunTrack *self);

/* lf-run-track-lines.c */

void     _lf_run_track_write_lines   (LfRunTrack *self); /* the next that the store has not */
gboolean _lf_run_track_has_new_lines (LfRunTrack *self);
guint    _lf_run_track_count_lines   (LfRunTrack *self); /* that the store has not */
