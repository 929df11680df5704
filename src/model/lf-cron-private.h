#pragma once

#include "lf-cron.h"

typedef enum
{
  LF_CRON_MINUTE,
  LF_CRON_HOUR,
  LF_CRON_DAY,
  LF_CRON_MONTH,
  LF_CRON_WEEKDAY,
  LF_CRON_N_FIELDS,
} LfCronField;

struct _LfCron
{
  guint64 sets[LF_CRON_N_FIELDS];  /* bit n: the value n; Sunday is 0 */
  gboolean open[LF_CRON_N_FIELDS]; /* begins with "*" */
  GTimeZone *zone;
};

static inline gboolean
_lf_cron_has (const LfCron *self, LfCronField field, guint value)
{
  return (self->sets[field] >> value & 1) != 0;
}

/* The least and greatest value of @field; weekdays end with 6. */
guint    _lf_cron_first (LfCronField field);
guint    _lf_cron_last  (LfCronField field);
/* Fills the sets of @self. */
gboolean _lf_cron_parse (LfCron *self, const char *expression, GError **error);
