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

LfRunSchedule *
lf_run_schedule_of_spec (const LfSpec *spec)
{
  const LfSpecSchedule *own = spec->schedule;
  g_autofree char *zone = NULL;
  LfRunSchedule *self;

  if (own == NULL || own->cron == NULL || *own->cron == '\0')
    return NULL;
  if (own->time_zone == NULL || *own->time_zone == '\0')
    zone = lf_zone_local_name ();
  self = lf_run_schedule_new ();
  lf_set_string (&self->id, spec->id);
  lf_set_string (&self->spec_id, spec->id);
  lf_set_string (&self->cron, own->cron);
  lf_set_string (&self->time_zone, zone != NULL ? zone : own->time_zone);
  self->enabled = own->enabled;
  return self;
}

void
lf_run_schedule_plan (LfRunSchedule *self, gint64 now)
{
  g_autoptr (LfCron) cron = self->enabled ? lf_run_schedule_parse (self, NULL) : NULL;

  self->next_run_at = cron != NULL ? lf_cron_next (cron, now) : 0;
}

gboolean
lf_run_schedule_is_same (const LfRunSchedule *self, const LfRunSchedule *other)
{
  return self->enabled == other->enabled && g_strcmp0 (self->cron, other->cron) == 0 &&
         g_strcmp0 (self->time_zone, other->time_zone) == 0;
}
