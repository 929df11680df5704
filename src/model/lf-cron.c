#include "config.h"

#include "lf-cron-private.h"

#define MINUTE      60 /* all in seconds */
#define DAY         86400
#define JULIAN_1970 719163 /* what GDate calls the first day of 1970 */
/* No clock was set further than a day; a wall-clock time that came before may be due after. */
#define LOOK_BACK (DAY + 2 * 3600)
/* 29 February falls on the same day of the week again after 40 years at most. */
#define HORIZON ((gint64) 41 * 366 * DAY)

/*
 * A wall-clock time is what the clock on the wall reads, in seconds as if that were UTC. Between
 * two changes of the clocks it is the time plus a constant, and the search goes from one such span
 * to the next.
 */

LfCron *
lf_cron_new (const char *expression, GTimeZone *zone, GError **error)
{
  g_autoptr (LfCron) self = g_new0 (LfCron, 1);

  self->zone = g_time_zone_ref (zone);
  if (!_lf_cron_parse (self, expression != NULL ? expression : "", error))
    return NULL;
  return g_steal_pointer (&self);
}

void
lf_cron_free (LfCron *self)
{
  g_time_zone_unref (self->zone);
  g_free (self);
}

static gboolean
day_matches (const LfCron *self, gint64 day)
{
  gboolean by_day, by_weekday;
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) (day + JULIAN_1970));
  if (!_lf_cron_has (self, LF_CRON_MONTH, g_date_get_month (&date)))
    return FALSE;
  by_day = _lf_cron_has (self, LF_CRON_DAY, g_date_get_day (&date));
  by_weekday = _lf_cron_has (self, LF_CRON_WEEKDAY, g_date_get_weekday (&date) % 7);
  if (self->open[LF_CRON_DAY] || self->open[LF_CRON_WEEKDAY])
    return by_day && by_weekday;
  return by_day || by_weekday;
}

/* The first minute of a day from @from on that hour and minute allow; -1 where there is none. */
static int
next_of_day (const LfCron *self, guint from)
{
  for (guint minute = from; minute < DAY / MINUTE; minute++)
    if (!_lf_cron_has (self, LF_CRON_HOUR, minute / 60))
      minute += 59 - minute % 60;
    else if (_lf_cron_has (self, LF_CRON_MINUTE, minute % 60))
      return (int) minute;
  return -1;
}

/* The first wall-clock time from @from on and before @until that the expression names; -1 for none.
 */
static gint64
next_wall (const LfCron *self, gint64 from, gint64 until)
{
  gint64 start = (from + MINUTE - 1) / MINUTE * MINUTE;
  guint minute = (guint) (start % DAY / MINUTE);

  for (gint64 day = start / DAY; day * DAY < until; day++, minute = 0)
    if (day_matches (self, day))
      {
        int found = next_of_day (self, minute);

        if (found >= 0)
          return day * DAY + found * MINUTE < until ? day * DAY + found * MINUTE : -1;
      }
  return -1;
}

static int
find_span (const LfCron *self, gint64 time)
{
  return g_time_zone_find_interval (self->zone, G_TIME_TYPE_UNIVERSAL, time);
}

/* When the span that @start lies in ends; @limit at the latest. */
static gint64
end_of_span (const LfCron *self, gint64 start, gint64 limit)
{
  int span = find_span (self, start);
  gint64 low = start, high = limit;

  if (find_span (self, limit) == span)
    return limit;
  while (high - low > 1)
    {
      gint64 middle = low + (high - low) / 2;

      if (find_span (self, middle) == span)
        low = middle;
      else
        high = middle;
    }
  return high;
}

/* The first due time after @after in the span from @start to @end; -1 for none. @wall: up to where
 * the clock on the wall had come before. From there on, what a gap skipped is due at its end, and
 * what is repeated was due already. */
static gint64
next_in_span (const LfCron *self,
              gint64 start,
              gint64 end,
              gint64 offset,
              gint64 wall,
              gint64 after)
{
  while ((wall = next_wall (self, wall, end + offset)) >= 0)
    {
      gint64 due = MAX (wall - offset, start);

      if (due > after)
        return due;
      wall += MINUTE;
    }
  return -1;
}

gint64
lf_cron_next (const LfCron *self, gint64 after)
{
  gint64 after_s = MAX (after, 0) / 1000;
  gint64 start = MAX (after_s - LOOK_BACK, DAY);
  gint64 limit = after_s + HORIZON;
  gint64 wall = 0;
  gint64 due = -1;

  while (due < 0 && start < limit)
    {
      gint64 end = end_of_span (self, start, limit);
      gint64 offset = g_time_zone_get_offset (self->zone, find_span (self, start));

      if (wall == 0 || self->open[LF_CRON_HOUR])
        wall = start + offset;
      due = next_in_span (self, start, end, offset, wall, after_s);
      wall = MAX (wall, end + offset);
      start = end;
    }
  return MAX (due, 0) * 1000;
}
