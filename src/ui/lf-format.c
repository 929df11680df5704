#include "config.h"

#include "lf-format.h"

#include <glib/gi18n.h>
#include <math.h>

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
    return g_strdup_printf (_ ("%.*f M"), decimals_of (value / 1e6), value / 1e6);
  return g_strdup_printf (_ ("%.*f G"), decimals_of (value / 1e9), value / 1e9);
}

char *
lf_format_rate (double value)
{
  g_autofree char *count = lf_format_count (value);

  return g_strdup_printf (_ ("%s/s"), count);
}

char *
lf_format_ms (double ms)
{
  if (fabs (ms) < 999.5)
    return g_strdup_printf (_ ("%.*f ms"), decimals_of (ms), ms);
  if (fabs (ms) < 99950)
    return g_strdup_printf (_ ("%.*f s"), decimals_of (ms / 1000), ms / 1000);
  return g_strdup_printf (_ ("%d min %d s"), (int) (ms / 60000), (int) fmod (ms / 1000, 60));
}

char *
lf_format_bytes (double bytes)
{
  return g_format_size (bytes > 0 ? (guint64) bytes : 0);
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

char *
lf_format_share (double part, double whole)
{
  double percent;

  if (whole <= 0)
    return g_strdup ("");
  percent = 100 * part / whole;
  if (part > 0 && percent < 0.01)
    return g_strdup (_ ("< 0.01 %"));
  if (part < whole && percent > 99.99)
    return g_strdup (_ ("> 99.99 %"));
  if (percent == round (percent))
    return g_strdup_printf (_ ("%.0f %%"), percent);
  return g_strdup_printf (_ ("%.2f %%"), percent);
}

char *
lf_format_time (gint64 ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  if (ms <= 0 || local == NULL)
    return g_strdup (_ ("unknown time"));
  return g_date_time_format (local, "%Y-%m-%d %H:%M:%S");
}
