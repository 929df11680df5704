#pragma once

#include "lf-run-manager.h"

/*
 * Tells another thread what happens to the runs of a run manager. It belongs to the manager's main context and
 * copies there; all else is done by the one who listens.
 */
typedef struct _LfRunFeed LfRunFeed;

typedef enum
{
  LF_FEED_STATE,   /* a run is there, or its status changed */
  LF_FEED_SAMPLES, /* of a second, the total first */
  LF_FEED_LINES,
  LF_FEED_END,     /* it is summed up and kept */
} LfFeedKind;

typedef struct
{
  LfFeedKind kind;
  char *run_id;
  LfRun *run;              /* STATE, END */
  LfRunProgress *progress; /* SAMPLES */
  GPtrArray *records;      /* LfSample or LfLogLine */
  gboolean past;           /* SAMPLES of before the feed began */
} LfFeedEvent;

/* @event: (transfer none) */
typedef void (*LfFeedFunc) (const LfFeedEvent *event, gpointer user_data);

/* @func is called in @context, which is iterated or gone whenever @user_data is gone. Begins with the runs that are
 * there, and what they had so far; their samples when this thread has nothing else to do. */
LfRunFeed *lf_run_feed_new  (LfRunManager *runs, GMainContext *context, LfFeedFunc func, gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void       lf_run_feed_free (LfRunFeed *self);
