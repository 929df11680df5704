#pragma once

#include "lf-summary.h"
#include "lf-worker.h"

/* What this machine, not the target, has been short of. */
typedef enum
{
  LF_LOAD_HEALTH_HOT = 1 << 0,      /* CPU: a worker over 90 % of its core, 5 s in a row */
  LF_LOAD_HEALTH_LATE = 1 << 1,     /* time: arrivals over 10 ms late, 3 s in a row */
  LF_LOAD_HEALTH_NO_PORTS = 1 << 2, /* local ports or file descriptors (error 1213) */
} LfLoadHealthReasons;

/* A second as the main loop saw it. */
typedef struct
{
  gint64 now;       /* monotonic us */
  gint64 worst_lag; /* us, of any arrival in it */
  guint64 no_ports; /* requests that failed with error 1213 in it */
} LfLoadHealthLook;

/*
 * The generator watched by itself, second by second, and at the end whether it kept the schedule.
 * Used by the main loop.
 */
typedef struct
{
  GArray *cpu;         /* gint64: us of each worker at the last look */
  gint64 looked;       /* monotonic us of the last look */
  guint hot_seconds;   /* in a row with a worker over 90 % */
  guint late_seconds;  /* in a row with an arrival over 10 ms late */
  guint64 no_ports;
  LfLoadHealthReasons reasons; /* so far */
} LfLoadHealth;

void     lf_load_health_init  (LfLoadHealth *self, guint n_workers, gint64 now);
void     lf_load_health_clear (LfLoadHealth *self);
/* Once a second: the reasons that are new. */
LfLoadHealthReasons lf_load_health_look (LfLoadHealth *self, GPtrArray *workers, const LfLoadHealthLook *look) G_GNUC_WARN_UNUSED_RESULT;
/* At the end, (transfer full). *invalid: an arrival-rate schedule was not kept, by our own fault. */
LfSummaryGenerator *lf_load_health_report (const LfLoadHealth *self, GPtrArray *workers, double seconds, gboolean arrivals, gboolean *invalid);
