#pragma once

#include "lf-room.h"

/* What /metrics tells: OpenMetrics 1.0 text. @rooms: of LfRoom. (transfer full) */
char *lf_metrics_text (GPtrArray *rooms, guint viewers, double uptime) G_GNUC_WARN_UNUSED_RESULT;
#define LF_METRICS_TYPE "application/openmetrics-text; version=1.0.0; charset=utf-8"
