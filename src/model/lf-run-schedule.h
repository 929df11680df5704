#pragma once

#include "lf-cron.h"
#include "lf-spec.h"

/* When a spec runs by itself. A spec's own schedule is kept under the id of the spec. */
LF_DECLARE_RECORD (LfRunSchedule, lf_run_schedule)

struct _LfRunSchedule
{
  LfRecord record;
  char *id;
  char *spec_id;
  char *cron;         /* as lf_cron_new() reads it */
  char *time_zone;    /* as lf_zone_find() does; NULL: of the computer that runs it */
  gboolean enabled;   /* TRUE where absent */
  gint64 last_run_at; /* the time that was due, ms since 1970; 0 for never */
  gint64 next_run_at; /* 0 where it is not known yet, or switched off */
};

/* The own one of @spec, enabled or not, in the zone of this computer where the spec names none. NULL where it has no
 * expression. (transfer full) */
LfRunSchedule *lf_run_schedule_of_spec (const LfSpec *spec) G_GNUC_WARN_UNUSED_RESULT;
/* Its expression in its zone. LF_ERROR_VALUE with the pointer "/cron: " or "/timeZone: ". */
LfCron        *lf_run_schedule_parse   (const LfRunSchedule *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Sets next_run_at to the first time after @now (ms since 1970) that is due; 0 where it is switched off, or wrong. */
void           lf_run_schedule_plan    (LfRunSchedule *self, gint64 now);
/* Whether both are due at the same times. */
gboolean       lf_run_schedule_is_same (const LfRunSchedule *self, const LfRunSchedule *other);
