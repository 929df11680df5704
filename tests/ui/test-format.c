#include "config.h"

#include "lf-format.h"
#include "lf-scale.h"
#include "lf-test-locale.h"
#include "lf-test-ui.h"
#include "lf-words.h"

/* 2026-11-23 12:00:05 UTC; the test runs in that zone. */
#define NOON G_GINT64_CONSTANT (1795435205000)

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_numbers (void)
{
  assert_text (lf_format_ms (0), "0 ms");
  assert_text (lf_format_ms (0.4211), "0.42 ms");
  assert_text (lf_format_ms (12.34), "12.3 ms");
  assert_text (lf_format_ms (999.4), "999 ms");
  assert_text (lf_format_ms (999.9), "1.00 s");
  assert_text (lf_format_ms (125000), "2 min 5 s");
  assert_text (lf_format_count (2.5), "2.5");
  assert_text (lf_format_count (3), "3");
  assert_text (lf_format_short (999999), "999999");
  assert_text (lf_format_short (1234567), "1.23 M");
  assert_text (lf_format_short (12345678901), "12.3 G");
  assert_text (lf_format_rate (250.7), "251/s");
  assert_text (lf_format_file_size (25 * 1024 * 1024), "25.0\u00a0MiB");
  assert_text (lf_words_number (0.7), "0.7");
  assert_text (lf_words_number (0.29), "0.29");
  assert_text (lf_words_number (0.125), "0.125");
  assert_text (lf_words_number (2), "2");
  assert_text (lf_format_clock (0), "0:00");
  assert_text (lf_format_clock (-3), "0:00");
  assert_text (lf_format_clock (59.6), "1:00");
  assert_text (lf_format_clock (3723), "1:02:03");
}

static void
test_shares (void)
{
  assert_text (lf_format_share (0, 0), "");
  assert_text (lf_format_share (1, 1e6), "< 0.01 %");
  assert_text (lf_format_share (999999, 1e6), "> 99.99 %");
  assert_text (lf_format_share (5, 5), "100 %");
  assert_text (lf_format_percent (0.1236, 2), "12.36 %");
  assert_text (lf_format_change (-0.125), "-12.5 %");
  assert_text (lf_format_change (0.125), "+12.5 %");
}

/* Where no locale says how, dates are written so that nobody takes the day for the month. */
static void
test_times (void)
{
  assert_text (lf_format_time (0), "unknown time");
  assert_text (lf_format_time (NOON), "2026-11-23 12:00:05");
  assert_text (lf_format_date (NOON), "2026-11-23");
  assert_text (lf_format_time_of_day (NOON), "12:00:05");
  assert_text (lf_words_ago (NOON, NOON + 48 * 3600000), "2026-11-23");
}

static void
test_german (void)
{
  LfScale scale = { 10, 2.5 };
  LfScale large = { 5000, 1000 };

  if (!lf_test_locale_begin ("de_DE.UTF-8"))
    return;
  assert_text (lf_format_count (1234567), "1.234.567");
  assert_text (lf_format_count (2.5), "2,5");
  assert_text (lf_format_short (1234567), "1,23 M");
  assert_text (lf_format_rate (12345), "12.345/s");
  assert_text (lf_format_ms (12.34), "12,3 ms");
  assert_text (lf_format_share (1, 1e6), "< 0,01 %");
  assert_text (lf_format_change (12.5), "+1.250,0 %");
  assert_text (lf_scale_format (&scale, 7.5), "7,5");
  assert_text (lf_scale_format (&large, 5000), "5.000");
  assert_text (lf_words_number (1234.5), "1.234,5");
  assert_text (lf_words_duration (2.5), "2,5 s");
  assert_text (lf_format_time (NOON), "23.11.2026 12:00:05");
  assert_text (lf_format_date (NOON), "23.11.2026");
  assert_text (lf_format_stamp (NOON), "2026-11-23 12:00:05");
  lf_test_locale_end ();
}

/* Groups of French are parted by a narrow no-break space, U+202F. */
static void
test_french (void)
{
  if (!lf_test_locale_begin ("fr_FR.UTF-8"))
    return;
  assert_text (lf_format_count (1234567), "1\u202f234\u202f567");
  assert_text (lf_format_percent (0.1234, 1), "12,3 %");
  assert_text (lf_format_date (NOON), "23/11/2026");
  lf_test_locale_end ();
}

/* Isolates keep the sign and the percent sign where they belong. */
static void
test_right_to_left (void)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  assert_text (lf_format_change (-0.125), "\u2066-12.5 %\u2069");
  assert_text (lf_format_percent (0.5, 0), "\u206650 %\u2069");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  lf_test_ui_init (&argc, &argv);
  g_test_add_func ("/format/numbers", test_numbers);
  g_test_add_func ("/format/shares", test_shares);
  g_test_add_func ("/format/times", test_times);
  g_test_add_func ("/format/german", test_german);
  g_test_add_func ("/format/french", test_french);
  g_test_add_func ("/format/right-to-left", test_right_to_left);
  return g_test_run ();
}
