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
  guint second; /* closed so far */
  double warm;  /* s, the end of the last sample that was warm-up */
  guint stage;
  LfStop stop;
  LfSummary *summary;
};

/* Lines for the log, told together. */
GPtrArray *_lf_load_new_lines  (void) G_GNUC_WARN_UNUSED_RESULT;
void       _lf_load_emit_lines (LfLoad *self, GPtrArray *lines);
gint64     _lf_load_get_time   (LfLoad *self); /* us since the start */
/* lf-load-summary.c: once all workers have returned. */
void       _lf_load_summarise  (LfLoad *self);
void       _lf_load_log_end    (LfLoad *self, GPtrArray *lines);
