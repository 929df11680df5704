#pragma once

#include "lf-summary.h"
#include "lf-worker.h"

/*
 * The generator watched by itself: CPU of the workers second by second, and at the end whether it
 * kept the schedule. Used by the main loop.
 */
typedef struct
{
  GArray *cpu;         /* gint64: us of each worker at the last look */
  gint64 looked;       /* monotonic us of the last look */
  guint hot_seconds;   /* in a row with a worker over 90 % */
  gboolean saturated;
} LfLoadHealth;

void     lf_load_health_init  (LfLoadHealth *self, guint n_workers, gint64 now);
void     lf_load_health_clear (LfLoadHealth *self);
/* Once a second. TRUE when it has just become saturated. */
gboolean lf_load_health_look  (LfLoadHealth *self, GPtrArray *workers, gint64 now);
/* At the end, (transfer full). *invalid: an arrival-rate schedule was not kept, by our own fault. */
LfSummaryGenerator *lf_load_health_report (const LfLoadHealth *self, GPtrArray *workers, double seconds, gboolean arrivals, gboolean *invalid);
