#include "config.h"

#include "lf-format.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>
#include <locale.h>
#include <math.h>

/* Unicode's characters that keep a piece of text in its own direction. */
#define LEFT_TO_RIGHT_ISOLATE "\u2066"
#define POP_ISOLATE           "\u2069"

/* Three significant digits where the value is small, none after the point from a hundred on. */
static int
decimals_of (double value)
{
  double size = fabs (value);

  if (size == 0 || size >= 99.95)
    return 0;
  return size >= 9.995 ? 1 : 2;
}

char *
lf_format_count (double value)
{
  gboolean whole = fabs (value - round (value)) < 0.05 || fabs (value) >= 10;

  return g_strdup_printf ("%'.*f", whole ? 0 : 1, value);
}

char *
lf_format_short (double value)
{
  if (fabs (value) < 999999.5)
    return lf_format_count (value);
  if (fabs (value) < 999.5e6)
    return g_strdup_printf (C_ ("1.2 million", "%.*f M"), decimals_of (value / 1e6), value / 1e6);
  return g_strdup_printf (C_ ("1.2 thousand million", "%.*f G"), decimals_of (value / 1e9),
                          value / 1e9);
}

char *
lf_format_rate (double value)
{
  g_autofree char *count = lf_format_count (value);

  /* Translators: so many in each second. */
  return g_strdup_printf (C_ ("250 per second", "%s/s"), count);
}

char *
lf_format_ms (double ms)
{
  if (fabs (ms) < 999.5)
    return g_strdup_printf (C_ ("milliseconds", "%.*f ms"), decimals_of (ms), ms);
  if (fabs (ms) < 99950)
    return g_strdup_printf (C_ ("seconds", "%.*f s"), decimals_of (ms / 1000), ms / 1000);
  return g_strdup_printf (_ ("%d min %d s"), (int) (ms / 60000), (int) fmod (ms / 1000, 60));
}

char *
lf_format_bytes (double bytes)
{
  return g_format_size (bytes > 0 ? (guint64) bytes : 0);
}

char *
lf_format_byte_rate (double bytes)
{
  g_autofree char *size = lf_format_bytes (bytes);

  return g_strdup_printf (C_ ("3.4 MB per second", "%s/s"), size);
}

char *
lf_format_file_size (guint64 bytes)
{
  return g_format_size_full (bytes, G_FORMAT_SIZE_IEC_UNITS);
}

char *
lf_format_clock (double seconds)
{
  gint64 all = MAX (0, (gint64) round (seconds));

  if (all >= 3600)
    return g_strdup_printf ("%d:%02d:%02d", (int) (all / 3600), (int) (all / 60 % 60),
                            (int) (all % 60));
  return g_strdup_printf ("%d:%02d", (int) (all / 60), (int) (all % 60));
}

/* From right to left, a sign before a number and a percent sign behind it would change sides. */
static char *
keep_together (char *words)
{
  g_autofree char *taken = words;

  if (gtk_widget_get_default_direction () != GTK_TEXT_DIR_RTL)
    return g_steal_pointer (&taken);
  return g_strconcat (LEFT_TO_RIGHT_ISOLATE, taken, POP_ISOLATE, NULL);
}

char *
lf_format_percent (double share, int decimals)
{
  g_autofree char *number = g_strdup_printf ("%'.*f", decimals, share * 100);

  /* Translators: a share of a hundred, as in "12.5 %"; some languages want another space here. */
  return keep_together (g_strdup_printf (_ ("%s %%"), number));
}

char *
lf_format_change (double share)
{
  g_autofree char *number = g_strdup_printf ("%+'.1f", share * 100);

  return keep_together (g_strdup_printf (_ ("%s %%"), number));
}

char *
lf_format_share (double part, double whole)
{
  g_autofree char *bound = NULL;
  double share;

  if (whole <= 0)
    return g_strdup ("");
  share = part / whole;
  if (part > 0 && share < 0.0001)
    {
      bound = lf_format_percent (0.0001, 2);
      return g_strdup_printf (_ ("< %s"), bound);
    }
  if (part < whole && share > 0.9999)
    {
      bound = lf_format_percent (0.9999, 2);
      return g_strdup_printf (_ ("> %s"), bound);
    }
  return lf_format_percent (share, 100 * share == round (100 * share) ? 0 : 2);
}

/* The locale's own way to write times; the C locale's (11/23/26) would be read in two ways. */
static char *
format_local (gint64 ms, const char *in_locale, const char *otherwise)
{
  g_autoptr (GDateTime) time = ms > 0 ? g_date_time_new_from_unix_local (ms / 1000) : NULL;
  const char *locale = setlocale (LC_TIME, NULL);
  gboolean plain =
      g_str_equal (locale, "POSIX") || g_str_equal (locale, "C") || g_str_has_prefix (locale, "C.");

  if (time == NULL)
    return g_strdup (_ ("unknown time"));
  return g_date_time_format (time, plain ? otherwise : in_locale);
}

char *
lf_format_time (gint64 ms)
{
  return format_local (ms, "%x %X", "%Y-%m-%d %H:%M:%S");
}

char *
lf_format_date (gint64 ms)
{
  return format_local (ms, "%x", "%Y-%m-%d");
}

char *
lf_format_time_of_day (gint64 ms)
{
  return format_local (ms, "%X", "%H:%M:%S");
}

char *
lf_format_stamp (gint64 ms)
{
  return format_local (ms, "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S");
}
