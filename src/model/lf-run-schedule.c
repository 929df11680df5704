#include "config.h"

#include "lf-run-schedule.h"

#include "lf-record-private.h"
#include "lf-zone.h"

/* clang-format off */
_LF_DEFINE_RESULT (LfRunSchedule, lf_run_schedule,
  _LF_STRING (LfRunSchedule, id, "id"),
  _LF_STRING (LfRunSchedule, spec_id, "specId"),
  _LF_STRING (LfRunSchedule, cron, "cron"),
  _LF_STRING (LfRunSchedule, time_zone, "timeZone"),
  _LF_BOOLEAN (LfRunSchedule, enabled, "enabled", TRUE),
  _LF_TIME (LfRunSchedule, last_run_at, "lastRunAt"),
  _LF_TIME (LfRunSchedule, next_run_at, "nextRunAt"))
/* clang-format on */

LfCron *
lf_run_schedule_parse (const LfRunSchedule *self, GError **error)
{
  g_autoptr (GTimeZone) zone = lf_zone_find (self->time_zone, error);
  LfCron *cron;

  if (zone == NULL)
    {
      g_prefix_error (error, "/timeZone: ");
      return NULL;
    }
  cron = lf_cron_new (self->cron, zone, error);
  if (cron == NULL)
    g_prefix_error (error, "/cron: ");
  return cron;
}
