#include "config.h"

#include "lf-time.h"

gint64
lf_time_now (void)
{
  return g_get_real_time () / 1000;
}

char *
lf_time_to_text (gint64 ms)
{
  gint64 seconds = ms / 1000;
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *text = NULL;

  if (ms % 1000 < 0)
    seconds--;
  time = g_date_time_new_from_unix_utc (seconds);
  if (time == NULL)
    return g_strdup ("");
  text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  return g_strdup_printf ("%s.%03dZ", text, (int) (ms - seconds * 1000));
}

gboolean
lf_time_from_text (const char *text, gint64 *ms)
{
  g_autoptr (GDateTime) time = NULL;

  /* Without a default zone GLib refuses a text that names none. */
  if (text == NULL || (time = g_date_time_new_from_iso8601 (text, NULL)) == NULL)
    return FALSE;
  /* GLib reads the seconds as a double: .123 may come as 122999 us. */
  *ms = g_date_time_to_unix (time) * 1000 + (g_date_time_get_microsecond (time) + 500) / 1000;
  return TRUE;
}
