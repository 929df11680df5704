#pragma once

#include "lf-run-track.h"
#include "lf-run-writer.h"

struct _LfRunWriter
{
  GObject parent_instance;
  LfStore *store;
  LfSpill *spill; /* or NULL */
  LfRun *run;     /* borrowed; NULL before the start and after the end */
  LfSamples *samples;
  GPtrArray *lines;
  LfRunTrack *track; /* into the store */
  LfRunTrack *aside; /* into the spill; NULL while it is not needed */
  guint timer;
  gboolean failing;
  gboolean opening;       /* the spill */
  gboolean forgetting;    /* there is a call under way that takes the run out of it */
  gboolean spill_failing; /* which was told */
  gboolean told_lost;
  gboolean leaving; /* the store was given up: the run ends in the spill */
  gboolean settling;
  gboolean spilled;
  gint64 give_up; /* monotonic us, of a writer that finishes */
  GTask *finish;
};

/* lf-run-writer.c */

void _lf_run_writer_report_trouble  (LfRunWriter *self, const GError *error, gboolean in_spill);
void _lf_run_writer_stop_track      (LfRunWriter *self, LfRunTrack *track); /* NULL: there is none */
/* The run is kept as a whole. */
void _lf_run_writer_succeed         (LfRunWriter *self);
/* A writer that finishes does not give up what goes on, however much of it there is. */
void _lf_run_writer_wait_on         (LfRunWriter *self);

/* lf-run-writer-aside.c */

/* Writes what is due into the spill, which is opened first. */
void _lf_run_writer_step_aside      (LfRunWriter *self);
/* The run has come to its end, and its store is left. */
void _lf_run_writer_end_aside       (LfRunWriter *self);
/* The store has all that lies in the spill. */
void _lf_run_writer_drop_aside      (LfRunWriter *self);
/* Once the store has caught up the run is in it alone again. */
void _lf_run_writer_check_caught_up (LfRunWriter *self);
