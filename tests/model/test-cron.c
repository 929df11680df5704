#include "config.h"

#include "lf-error.h"
#include "lf-run-schedule.h"
#include "lf-time.h"
#include "lf-zone.h"

#include <locale.h>

/* When an expression is due, thrice, after a time; as a program that walks minute by minute found.
 */
static const struct
{
  const char *expression;
  const char *zone;
  const char *after;
  const char *due;
} times[] = {
  { "* * * * *", "UTC", "2026-11-23T11:59Z",
    "2026-11-23T12:00Z 2026-11-23T12:01Z 2026-11-23T12:02Z" },
  { "*/15 * * * *", "UTC", "2026-11-23T11:59Z",
    "2026-11-23T12:00Z 2026-11-23T12:15Z 2026-11-23T12:30Z" },
  { "7-59/10 * * * *", "UTC", "2026-11-23T11:59Z",
    "2026-11-23T12:07Z 2026-11-23T12:17Z 2026-11-23T12:27Z" },
  { "5/20 * * * *", "UTC", "2026-11-23T11:59Z",
    "2026-11-23T12:05Z 2026-11-23T12:25Z 2026-11-23T12:45Z" },
  { "0,30 9-17 * * *", "UTC", "2026-11-23T17:00Z",
    "2026-11-23T17:30Z 2026-11-24T09:00Z 2026-11-24T09:30Z" },
  { "0 9-17/4 * * *", "UTC", "2026-11-23T11:59Z",
    "2026-11-23T13:00Z 2026-11-23T17:00Z 2026-11-24T09:00Z" },
  { "30 2 * * *", "UTC", "2026-11-23T02:30Z",
    "2026-11-24T02:30Z 2026-11-25T02:30Z 2026-11-26T02:30Z" },
  { "30 2 * * *", "UTC", "2026-11-23T02:29Z",
    "2026-11-23T02:30Z 2026-11-24T02:30Z 2026-11-25T02:30Z" },
  { "59 23 31 12 *", "UTC", "2026-11-23T11:59Z",
    "2026-12-31T23:59Z 2027-12-31T23:59Z 2028-12-31T23:59Z" },
  { "0 0 1 1 *", "UTC", "2026-12-31T23:59Z",
    "2027-01-01T00:00Z 2028-01-01T00:00Z 2029-01-01T00:00Z" },
  { "@hourly", "UTC", "2026-12-31T23:30Z",
    "2027-01-01T00:00Z 2027-01-01T01:00Z 2027-01-01T02:00Z" },
  { "@daily", "UTC", "2026-12-31T23:30Z", "2027-01-01T00:00Z 2027-01-02T00:00Z 2027-01-03T00:00Z" },
  { "@midnight", "UTC", "2028-02-28T12:00Z",
    "2028-02-29T00:00Z 2028-03-01T00:00Z 2028-03-02T00:00Z" },
  { "@weekly", "UTC", "2026-11-23T11:59Z",
    "2026-11-29T00:00Z 2026-12-06T00:00Z 2026-12-13T00:00Z" },
  { "@monthly", "UTC", "2026-11-23T11:59Z",
    "2026-12-01T00:00Z 2027-01-01T00:00Z 2027-02-01T00:00Z" },
  { "@yearly", "UTC", "2026-11-23T11:59Z",
    "2027-01-01T00:00Z 2028-01-01T00:00Z 2029-01-01T00:00Z" },
  { "@annually", "UTC", "2026-01-01T00:00Z",
    "2027-01-01T00:00Z 2028-01-01T00:00Z 2029-01-01T00:00Z" },
  { "0 0 29 2 *", "UTC", "2026-11-23T11:59Z",
    "2028-02-29T00:00Z 2032-02-29T00:00Z 2036-02-29T00:00Z" },
  { "0 0 29 2 *", "UTC", "2096-02-29T00:00Z",
    "2104-02-29T00:00Z 2108-02-29T00:00Z 2112-02-29T00:00Z" },
  { "0 12 28-31 2 *", "UTC", "2027-02-28T12:00Z",
    "2028-02-28T12:00Z 2028-02-29T12:00Z 2029-02-28T12:00Z" },
  { "0 0 31 * *", "UTC", "2026-11-23T11:59Z",
    "2026-12-31T00:00Z 2027-01-31T00:00Z 2027-03-31T00:00Z" },
  { "0 0 30 1-3 *", "UTC", "2026-11-23T11:59Z",
    "2027-01-30T00:00Z 2027-03-30T00:00Z 2028-01-30T00:00Z" },
  { "0 0 29 2 MON", "UTC", "2028-02-01T00:00Z",
    "2028-02-07T00:00Z 2028-02-14T00:00Z 2028-02-21T00:00Z" },
  { "0 6 * * 1-5", "UTC", "2026-11-27T06:00Z",
    "2026-11-30T06:00Z 2026-12-01T06:00Z 2026-12-02T06:00Z" },
  { "0 6 * * MON-FRI", "UTC", "2026-11-27T06:00Z",
    "2026-11-30T06:00Z 2026-12-01T06:00Z 2026-12-02T06:00Z" },
  { "0 6 * * FRI-SUN", "UTC", "2026-11-23T11:59Z",
    "2026-11-27T06:00Z 2026-11-28T06:00Z 2026-11-29T06:00Z" },
  { "0 6 * * 5-7", "UTC", "2026-11-23T11:59Z",
    "2026-11-27T06:00Z 2026-11-28T06:00Z 2026-11-29T06:00Z" },
  { "0 6 * * 0", "UTC", "2026-11-23T11:59Z",
    "2026-11-29T06:00Z 2026-12-06T06:00Z 2026-12-13T06:00Z" },
  { "0 6 * * 7", "UTC", "2026-11-23T11:59Z",
    "2026-11-29T06:00Z 2026-12-06T06:00Z 2026-12-13T06:00Z" },
  { "0 6 * * sun,wed", "UTC", "2026-11-23T11:59Z",
    "2026-11-25T06:00Z 2026-11-29T06:00Z 2026-12-02T06:00Z" },
  { "0 6 * JAN-MAR/2 *", "UTC", "2026-11-23T11:59Z",
    "2027-01-01T06:00Z 2027-01-02T06:00Z 2027-01-03T06:00Z" },
  { "0 6 1 jan,jul *", "UTC", "2026-11-23T11:59Z",
    "2027-01-01T06:00Z 2027-07-01T06:00Z 2028-01-01T06:00Z" },
  { "0 0 13 * FRI", "UTC", "2026-11-23T11:59Z",
    "2026-11-27T00:00Z 2026-12-04T00:00Z 2026-12-11T00:00Z" },
  { "0 0 */2 * MON", "UTC", "2026-11-23T11:59Z",
    "2026-12-07T00:00Z 2026-12-21T00:00Z 2027-01-11T00:00Z" },
  { "0 0 1,15 * */2", "UTC", "2026-11-23T11:59Z",
    "2026-12-01T00:00Z 2026-12-15T00:00Z 2027-04-01T00:00Z" },
  { "0 0 1-31 * MON", "UTC", "2026-11-23T11:59Z",
    "2026-11-24T00:00Z 2026-11-25T00:00Z 2026-11-26T00:00Z" },
  { "  30   2\t* * *  ", "UTC", "2026-11-23T11:59Z",
    "2026-11-24T02:30Z 2026-11-25T02:30Z 2026-11-26T02:30Z" },
  { "59 23 28 2 *", "UTC", "2028-02-28T23:58Z",
    "2028-02-28T23:59Z 2029-02-28T23:59Z 2030-02-28T23:59Z" },
  { "0 3 29 2,3 *", "UTC", "2028-02-29T02:59Z",
    "2028-02-29T03:00Z 2028-03-29T03:00Z 2029-03-29T03:00Z" },
  { "0 0 * * 6/1", "UTC", "2026-11-23T11:59Z",
    "2026-11-28T00:00Z 2026-12-05T00:00Z 2026-12-12T00:00Z" },
  { "30 2 * * *", "Europe/Berlin", "2026-03-28T12:00Z",
    "2026-03-29T01:00Z 2026-03-30T00:30Z 2026-03-31T00:30Z" },
  { "0 2,3 * * *", "Europe/Berlin", "2026-03-28T12:00Z",
    "2026-03-29T01:00Z 2026-03-30T00:00Z 2026-03-30T01:00Z" },
  { "*/20 2 * * *", "Europe/Berlin", "2026-03-28T12:00Z",
    "2026-03-29T01:00Z 2026-03-30T00:00Z 2026-03-30T00:20Z" },
  { "30 2 29 3 *", "Europe/Berlin", "2026-03-28T12:00Z",
    "2026-03-29T01:00Z 2027-03-29T00:30Z 2028-03-29T00:30Z" },
  { "0 1-4 * * *", "Europe/Berlin", "2026-03-28T23:59Z",
    "2026-03-29T00:00Z 2026-03-29T01:00Z 2026-03-29T02:00Z" },
  { "30 * * * *", "Europe/Berlin", "2026-03-29T00:00Z",
    "2026-03-29T00:30Z 2026-03-29T01:30Z 2026-03-29T02:30Z" },
  { "*/30 * * * *", "Europe/Berlin", "2026-03-29T00:15Z",
    "2026-03-29T00:30Z 2026-03-29T01:00Z 2026-03-29T01:30Z" },
  { "0 */2 * * *", "Europe/Berlin", "2026-03-28T23:30Z",
    "2026-03-29T02:00Z 2026-03-29T04:00Z 2026-03-29T06:00Z" },
  { "30 2 * * *", "Europe/Berlin", "2026-10-24T12:00Z",
    "2026-10-25T00:30Z 2026-10-26T01:30Z 2026-10-27T01:30Z" },
  { "30 2 * * *", "Europe/Berlin", "2026-10-25T00:45Z",
    "2026-10-26T01:30Z 2026-10-27T01:30Z 2026-10-28T01:30Z" },
  { "*/30 2 * * *", "Europe/Berlin", "2026-10-25T00:10Z",
    "2026-10-25T00:30Z 2026-10-26T01:00Z 2026-10-26T01:30Z" },
  { "0 2,3 * * *", "Europe/Berlin", "2026-10-24T22:30Z",
    "2026-10-25T00:00Z 2026-10-25T02:00Z 2026-10-26T01:00Z" },
  { "30 * * * *", "Europe/Berlin", "2026-10-24T23:59Z",
    "2026-10-25T00:30Z 2026-10-25T01:30Z 2026-10-25T02:30Z" },
  { "@hourly", "Europe/Berlin", "2026-10-24T23:30Z",
    "2026-10-25T00:00Z 2026-10-25T01:00Z 2026-10-25T02:00Z" },
  { "0 */2 * * *", "Europe/Berlin", "2026-10-24T22:30Z",
    "2026-10-25T00:00Z 2026-10-25T01:00Z 2026-10-25T03:00Z" },
  { "30 2 * * 0", "America/New_York", "2026-03-07T12:00Z",
    "2026-03-08T07:00Z 2026-03-15T06:30Z 2026-03-22T06:30Z" },
  { "30 1 * * *", "America/New_York", "2026-10-31T12:00Z",
    "2026-11-01T05:30Z 2026-11-02T06:30Z 2026-11-03T06:30Z" },
  { "0 0 * * *", "America/Sao_Paulo", "2018-11-03T12:00Z",
    "2018-11-04T03:00Z 2018-11-05T02:00Z 2018-11-06T02:00Z" },
  { "15 2 * * *", "Australia/Lord_Howe", "2026-10-03T03:00Z",
    "2026-10-03T15:30Z 2026-10-04T15:15Z 2026-10-05T15:15Z" },
  { "45 1 * * *", "Australia/Lord_Howe", "2026-04-03T03:00Z",
    "2026-04-03T14:45Z 2026-04-04T14:45Z 2026-04-05T15:15Z" },
  { "0 12 30 * *", "Pacific/Apia", "2011-12-29T00:00Z",
    "2011-12-30T10:00Z 2012-01-29T22:00Z 2012-03-29T22:00Z" },
  { "30 5 * * *", "Asia/Kolkata", "2026-11-23T11:59Z",
    "2026-11-24T00:00Z 2026-11-25T00:00Z 2026-11-26T00:00Z" },
  { "@daily", "Asia/Kathmandu", "2026-12-30T18:15Z",
    "2026-12-31T18:15Z 2027-01-01T18:15Z 2027-01-02T18:15Z" },
  { "30 23 * * *", "America/Sao_Paulo", "2019-02-16T12:00Z",
    "2019-02-17T01:30Z 2019-02-18T02:30Z 2019-02-19T02:30Z" },
  { "30 * * * *", "America/Sao_Paulo", "2019-02-17T01:00Z",
    "2019-02-17T01:30Z 2019-02-17T02:30Z 2019-02-17T03:30Z" },
};

/* What is wrong, and what is said of it. */
static const struct
{
  const char *expression;
  const char *message;
} mistakes[] = {
  { "", "*five fields*" },
  { "* * * *", "*five fields*" },
  { "0 0 30 2 * *", "*five fields*" },
  { "@reboot", "*@reboot*@hourly*" },
  { "60 * * * *", "minute: *60*0 to 59" },
  { "-1 * * * *", "minute: *0 to 59" },
  { "* 24 * * *", "hour: *24*0 to 23" },
  { "* * 0 * *", "day of month: *0*1 to 31" },
  { "* * * 13 *", "month: *13*1 to 12*FEB*" },
  { "* * * * 8", "day of week: *8*0 to 7*MON*" },
  { "* * * * MO", "day of week: *MO*" },
  { "0 0 * FEBRUARY *", "month: *FEBRUARY*" },
  { "*/0 * * * *", "minute: *step*0*1 to 59" },
  { "*/90 * * * *", "minute: *step*90*1 to 59" },
  { "*/ * * * *", "minute: *step*" },
  { "1,,2 * * * *", "minute: *comma*" },
  { "1, * * * *", "minute: *comma*" },
  { "1- * * * *", "minute: *0 to 59" },
  { "/5 * * * *", "minute: *0 to 59" },
  { "1-5-9 * * * *", "minute: *5-9*" },
  { "0 22-2 * * *", "hour: *22-2*write*22-23,0-2*" },
  { "0 0 30 2 *", "day of month: *earlier day*" },
  { "0 0 31 2,4,6,9,11 *", "day of month: *earlier day*" },
  { "0 0 L * *", "day of month: *L*" },
  { "0 0 ? * 1#2", "day of month: *" },
  { "99999999999999999999 * * * *", "minute: *0 to 59" },
  { "\303\244 * * * *", "minute: *" },
};

static const struct
{
  const char *expression;
  const char *words;
} sentences[] = {
  { "* * * * *", "Every minute" },
  { "*/15 * * * *", "Every 15 minutes" },
  { "*/7 * * * *", "At the minutes 0, 7, 14, 21, 28, 35, 42, 49, 56 of every hour" },
  { "@hourly", "Every hour, at minute 0" },
  { "0 */2 * * *", "Every 2 hours, at minute 0" },
  { "*/30 * 1 * *", "Every 30 minutes, on day 1 of the month" },
  { "* 9-17 * * *", "Every minute of the hours 9–17, every day" },
  { "0,30 9-17 * * 1-5", "At the minutes 0, 30 of the hours 9–17, Monday–Friday" },
  { "30 2 * * *", "At 02:30, every day" },
  { "30 2,14 * * *", "At 02:30, 14:30, every day" },
  { "0 6 * * 0,1,2", "At 06:00, Monday, Tuesday, Sunday" },
  { "0 6 * * FRI-SUN", "At 06:00, Friday–Sunday" },
  { "0 0 1,15 * *", "At 00:00, on the days 1, 15 of the month" },
  { "0 0 13 * FRI", "At 00:00, on day 13 of the month or Friday" },
  { "0 0 */10 * FRI", "At 00:00, on the days 1, 11, 21, 31 of the month where these are Friday" },
  { "0 0 1-31 * FRI", "At 00:00, every day" },
  { "@yearly", "At 00:00, on day 1 of the month, January" },
  { "0 0 * 6-8 *", "At 00:00, every day, June–August" },
};

static LfCron *
read_cron (const char *expression, const char *zone_name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimeZone) zone = lf_zone_find (zone_name, &error);
  LfCron *cron;

  g_assert_no_error (error);
  cron = lf_cron_new (expression, zone, &error);
  g_assert_no_error (error);
  return cron;
}

/* "2026-11-23T12:00Z" */
static gint64
read_time (const char *text)
{
  g_autofree char *whole = g_strdup_printf ("%.16s:00Z", text);
  gint64 ms = 0;

  g_assert_true (lf_time_from_text (whole, &ms));
  return ms;
}

static void
test_times (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (times), >=, 60);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (LfCron) cron = read_cron (times[i].expression, times[i].zone);
      g_auto (GStrv) due = g_strsplit (times[i].due, " ", -1);
      gint64 time = read_time (times[i].after);

      g_test_message ("%s in %s", times[i].expression, times[i].zone);
      for (guint n = 0; due[n] != NULL; n++)
        {
          g_autofree char *found = NULL;

          time = lf_cron_next (cron, time);
          found = lf_time_to_text (time);
          found[16] = '\0'; /* without the seconds */
          g_assert_cmpint (time % 60000, ==, 0);
          g_assert_true (g_str_has_prefix (due[n], found));
        }
    }
}

/* A millisecond decides whether a time is still to come. */
static void
test_edges (void)
{
  g_autoptr (LfCron) cron = read_cron ("30 2 * * *", "UTC");
  gint64 due = read_time ("2026-11-23T02:30Z");

  g_assert_cmpint (lf_cron_next (cron, due - 1), ==, due);
  g_assert_cmpint (lf_cron_next (cron, due), ==, due + 86400 * 1000);
  g_assert_cmpint (lf_cron_next (cron, 0), ==, 86400 * 1000 + 9000 * 1000);
}

static void
test_mistakes (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LfCron) cron = lf_cron_new (mistakes[i].expression, zone, &error);

      g_assert_null (cron);
      g_assert_error (error, LF_ERROR, LF_ERROR_VALUE);
      if (!g_pattern_match_simple (mistakes[i].message, error->message))
        g_error ("“%s”: %s", mistakes[i].expression, error->message);
    }
}

static void
test_words (void)
{
  setlocale (LC_TIME, "C"); /* names months and weekdays */
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      g_autoptr (LfCron) cron = read_cron (sentences[i].expression, "UTC");
      g_autofree char *words = lf_cron_to_words (cron);

      g_assert_cmpstr (words, ==, sentences[i].words);
    }
}

/* Nothing but zones is opened, and what is no zone is not even tried. */
static void
test_zones (void)
{
  static const char *const strangers[] = { "Europe/Atlantis", "../../../etc/passwd",
                                           "/etc/localtime",  "leapseconds",
                                           "zone.tab",        "Europe",
                                           "Europe/",         "+01:00",
                                           "Ελλάδα" };
  g_autoptr (GTimeZone) local = lf_zone_find (NULL, NULL);
  g_autoptr (GTimeZone) empty = lf_zone_find ("", NULL);
  g_autofree char *name = lf_zone_local_name ();

  g_assert_nonnull (local);
  g_assert_nonnull (empty);
  if (name != NULL)
    g_time_zone_unref (lf_zone_find (name, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lf_zone_find (strangers[i], &error));
      g_assert_error (error, LF_ERROR, LF_ERROR_VALUE);
      g_assert_nonnull (strstr (error->message, strangers[i]));
    }
}

static void
test_record (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } wrong[] = {
    { "{\"specId\":\"a\"}", "/cron: *five fields*" },
    { "{\"cron\":\"61 * * * *\"}", "/cron: minute: *" },
    { "{\"cron\":\"@daily\",\"timeZone\":\"Mars\"}", "/timeZone: *Mars*" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (LfRunSchedule) schedule = lf_record_from_text (
      &lf_run_schedule_type, "{\"specId\":\"a\",\"cron\":\"@daily\",\"timeZone\":\"UTC\"}", -1,
      &error);
  g_autoptr (LfCron) cron = NULL;

  g_assert_no_error (error);
  g_assert_true (schedule->enabled);
  cron = lf_run_schedule_parse (schedule, &error);
  g_assert_no_error (error);
  g_assert_nonnull (cron);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (LfRunSchedule) other =
          lf_record_from_text (&lf_run_schedule_type, wrong[i].text, -1, NULL);

      g_assert_null (lf_run_schedule_parse (other, &error));
      g_assert_error (error, LF_ERROR, LF_ERROR_VALUE);
      if (!g_pattern_match_simple (wrong[i].message, error->message))
        g_error ("%s", error->message);
      g_clear_error (&error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cron/times", test_times);
  g_test_add_func ("/cron/edges", test_edges);
  g_test_add_func ("/cron/mistakes", test_mistakes);
  g_test_add_func ("/cron/words", test_words);
  g_test_add_func ("/cron/zones", test_zones);
  g_test_add_func ("/cron/record", test_record);
  return g_test_run ();
}
