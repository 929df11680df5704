#pragma once

#include "lf-load.h"

#include "lf-capacity-search.h"
#include "lf-load-health.h"
#include "lf-plan-private.h"
#include "lf-steering.h"
#include "lf-timeline.h"
#include "lf-worker.h"

struct _LfLoad
{
  GObject parent_instance;

  LfPlan *plan;
  GMainContext *context;
  GThreadPool *pool;
  GPtrArray *workers;
  guint n_ended;
  GSource *tick;
  LfTimeline *timeline;
  LfLoadHealth health;
  LfSteering steering;
  LfCapacitySearch *search; /* NULL where it looks for nothing */
  gint64 begin;             /* monotonic us: when it is to start at the earliest */
  gint64 start;             /* monotonic us; G_MAXINT64 before it has begun */
  gint64 end;               /* monotonic us; 0 while it runs */
  gint64 started_at;        /* ms since 1970 */
  gint64 ended_at;
  gint64 merged; /* monotonic us, up to when all workers' counts are in the timeline */
  guint second;  /* closed so far, or passed over */
  double closed; /* s, the end of the last sample */
  double warm;   /* s, the end of the last one that was warm-up */
  guint stage;
  LfStop stop;
  LfSummary *summary;
};

/* Lines for the log, told together. */
GPtrArray *_lf_load_new_lines  (void) G_GNUC_WARN_UNUSED_RESULT;
void       _lf_load_emit_lines (LfLoad *self, GPtrArray *lines);
gint64     _lf_load_get_time   (LfLoad *self); /* us since the start */
void       _lf_load_emit_samples (LfLoad *self, GPtrArray *samples);
/* lf-load-tick.c: merges once a second what the workers hand over, until it is stopped. */
void       _lf_load_start_ticking (LfLoad *self);
void       _lf_load_stop_ticking (LfLoad *self);
void       _lf_load_close_last (LfLoad *self, GPtrArray *lines); /* all the rest, once all workers have returned */
void       _lf_load_log_stage  (LfLoad *self, gint64 now, GPtrArray *lines); /* where it is another than before */
void       _lf_load_tell_tokens (LfLoad *self, GPtrArray *lines);
/* lf-load-summary.c: once all workers have returned. */
void       _lf_load_summarise  (LfLoad *self);
void       _lf_load_log_end    (LfLoad *self, GPtrArray *lines);
