#include "config.h"

#include "lf-cron-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define MOST_TIMES 6 /* of a day that are told one by one */

static gboolean
is_full (const LfCron *self, LfCronField field)
{
  for (guint value = _lf_cron_first (field); value <= _lf_cron_last (field); value++)
    if (!_lf_cron_has (self, field, value))
      return FALSE;
  return TRUE;
}

static guint
count (const LfCron *self, LfCronField field)
{
  guint n = 0;

  for (guint value = _lf_cron_first (field); value <= _lf_cron_last (field); value++)
    n += _lf_cron_has (self, field, value);
  return n;
}

/* n where the set of @field is 0, n, 2n... all round the clock, else 0. */
static guint
get_step (const LfCron *self, LfCronField field)
{
  guint n = count (self, field);
  guint size = _lf_cron_last (field) + 1;

  if (n < 2 || size % n != 0)
    return 0;
  for (guint value = 0; value < size; value += size / n)
    if (!_lf_cron_has (self, field, value))
      return 0;
  return size / n;
}

/* What a value is called: "17", "January", "Monday". */
static char *
name_value (LfCronField field, guint value)
{
  g_autoptr (GDateTime) day = NULL;

  if (field == LF_CRON_MONTH)
    day = g_date_time_new_utc (2023, (int) value, 1, 0, 0, 0);
  else if (field == LF_CRON_WEEKDAY)
    day = g_date_time_new_utc (2023, 1, 1 + (int) value, 0, 0, 0); /* a Sunday */
  else
    return g_strdup_printf ("%u", value);
  return g_date_time_format (day, field == LF_CRON_MONTH ? "%B" : "%A");
}

static void
append_run (GString *words, LfCronField field, guint low, guint high)
{
  g_autofree char *first = name_value (field, low);
  g_autofree char *last = name_value (field, high);

  if (words->len > 0)
    g_string_append (words, ", ");
  g_string_append (words, first);
  if (high > low)
    g_string_append_printf (words, "%s%s", high > low + 1 ? "–" : ", ", last);
}

/* "0, 15, 30–45": a week begins with Monday. */
static char *
name_set (const LfCron *self, LfCronField field)
{
  GString *words = g_string_new (NULL);
  guint shift = field == LF_CRON_WEEKDAY ? 1 : 0;
  guint first = _lf_cron_first (field) + shift, last = _lf_cron_last (field) + shift;

#define HAS(value) _lf_cron_has (self, field, shift > 0 ? (value) % 7 : (value))
  for (guint low = first; low <= last; low++)
    if (HAS (low))
      {
        guint high = low;

        while (high < last && HAS (high + 1))
          high++;
        append_run (words, field, low, high);
        low = high;
      }
#undef HAS
  return g_string_free (words, FALSE);
}

/* "02:30, 14:30" */
static char *
name_times (const LfCron *self)
{
  GString *words = g_string_new (NULL);

  for (guint minute = 0; minute < 24 * 60; minute++)
    if (_lf_cron_has (self, LF_CRON_HOUR, minute / 60) &&
        _lf_cron_has (self, LF_CRON_MINUTE, minute % 60))
      g_string_append_printf (words, "%s%02u:%02u", words->len > 0 ? ", " : "", minute / 60,
                              minute % 60);
  return g_string_free (words, FALSE);
}

static char *
tell_any_time (const LfCron *self)
{
  g_autofree char *minutes = name_set (self, LF_CRON_MINUTE);
  g_autofree char *hours = name_set (self, LF_CRON_HOUR);

  if (is_full (self, LF_CRON_MINUTE))
    /* Translators: hours of the day, as "9–17". */
    return g_strdup_printf (_ ("Every minute of the hours %s"), hours);
  if (is_full (self, LF_CRON_HOUR))
    /* Translators: minutes of an hour, as "0, 20, 45". */
    return g_strdup_printf (_ ("At the minutes %s of every hour"), minutes);
  return g_strdup_printf (_ ("At the minutes %s of the hours %s"), minutes, hours);
}

static char *
tell_time (const LfCron *self)
{
  guint minutes = get_step (self, LF_CRON_MINUTE), hours = get_step (self, LF_CRON_HOUR);
  guint n_minutes = count (self, LF_CRON_MINUTE);
  g_autofree char *minute = name_set (self, LF_CRON_MINUTE);
  g_autofree char *times = NULL;

  if (minutes == 1 && hours == 1)
    return g_strdup (_ ("Every minute"));
  if (minutes > 1 && hours == 1)
    return g_strdup_printf (ngettext ("Every %u minute", "Every %u minutes", minutes), minutes);
  if (n_minutes == 1 && hours == 1)
    return g_strdup_printf (_ ("Every hour, at minute %s"), minute);
  if (n_minutes == 1 && hours > 1 && hours < 12)
    return g_strdup_printf (
        ngettext ("Every %u hour, at minute %s", "Every %u hours, at minute %s", hours), hours,
        minute);
  if (n_minutes * count (self, LF_CRON_HOUR) > MOST_TIMES)
    return tell_any_time (self);
  times = name_times (self);
  /* Translators: times of the day, as "02:30, 14:30". */
  return g_strdup_printf (_ ("At %s"), times);
}

/* What days of the month and of the week say, NULL where both say nothing. */
static char *
tell_days (const LfCron *self)
{
  g_autofree char *set = name_set (self, LF_CRON_DAY);
  g_autofree char *weekdays = name_set (self, LF_CRON_WEEKDAY);
  g_autofree char *days = g_strdup_printf (
      ngettext ("on day %s of the month", "on the days %s of the month", count (self, LF_CRON_DAY)),
      set);
  gboolean any_day = is_full (self, LF_CRON_DAY), any_weekday = is_full (self, LF_CRON_WEEKDAY);

  if (any_day || any_weekday)
    {
      /* Either of two closed fields is enough: one that is full leaves nothing to say. */
      if ((any_day && any_weekday) || (!self->open[LF_CRON_DAY] && !self->open[LF_CRON_WEEKDAY]))
        return NULL;
      return g_strdup (any_day ? weekdays : days);
    }
  if (self->open[LF_CRON_DAY] || self->open[LF_CRON_WEEKDAY])
    /* Translators: "on the days 1, 3 of the month where these are Monday". */
    return g_strdup_printf (_ ("%s where these are %s"), days, weekdays);
  /* Translators: "on day 1 of the month or Monday". */
  return g_strdup_printf (_ ("%s or %s"), days, weekdays);
}

char *
lf_cron_to_words (const LfCron *self)
{
  GString *words = g_string_new (NULL);
  g_autofree char *time = tell_time (self);
  g_autofree char *days = tell_days (self);
  g_autofree char *months = name_set (self, LF_CRON_MONTH);

  g_string_append (words, time);
  if (days != NULL)
    g_string_append_printf (words, ", %s", days);
  else if (get_step (self, LF_CRON_HOUR) == 0 || get_step (self, LF_CRON_HOUR) >= 12)
    g_string_append_printf (words, ", %s", _ ("every day"));
  if (!is_full (self, LF_CRON_MONTH))
    g_string_append_printf (words, ", %s", months);
  return g_string_free (words, FALSE);
}
