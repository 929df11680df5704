#include "config.h"

#include "lf-number.h"

#include "lf-error.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define TIME_LIMIT (366.0 * 86400) /* s */

/* Digits and a point only: strtod() itself takes hexadecimal numbers, nan and inf. */
static gboolean
parse (const char *text, double *number, const char **end)
{
  char *after;

  if (!g_ascii_isdigit (*text) && *text != '.')
    return FALSE;
  if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
    return FALSE;
  *number = g_ascii_strtod (text, &after);
  *end = after;
  return after != text && isfinite (*number);
}

static gboolean
refuse (const char *option, const char *text, GError **error, const char *what)
{
  g_autofree char *shown = g_utf8_make_valid (text, -1);

  g_set_error (error, LF_ERROR, LF_ERROR_VALUE, "%s %.100s: %s", option, shown, what);
  return FALSE;
}

gboolean
lf_number_read (const char *option,
                const char *text,
                double lowest,
                double highest,
                double *number,
                GError **error)
{
  g_autofree char *what = NULL;
  const char *end;
  double read;

  if (text == NULL)
    return TRUE;
  if (parse (text, &read, &end) && *end == '\0' && read >= lowest && read <= highest)
    {
      *number = read;
      return TRUE;
    }
  what = g_strdup_printf (_ ("must be a number from %.6g to %.10g"), lowest, highest);
  return refuse (option, text, error, what);
}

gboolean
lf_number_read_whole (const char *option,
                      const char *text,
                      gint64 lowest,
                      gint64 highest,
                      gint64 *number,
                      GError **error)
{
  g_autofree char *what = NULL;

  if (text == NULL || g_ascii_string_to_signed (text, 10, lowest, highest, number, NULL))
    return TRUE;
  what = g_strdup_printf (_ ("must be a whole number from %.15g to %.15g"), (double) lowest,
                          (double) highest);
  return refuse (option, text, error, what);
}

gboolean
lf_number_read_share (const char *option, const char *text, double *share, GError **error)
{
  const char *end;
  double read;

  if (text == NULL)
    return TRUE;
  if (parse (text, &read, &end) && (*end == '\0' || strcmp (end, "%") == 0))
    {
      read = *end == '%' ? read / 100 : read;
      if (read <= 1)
        {
          *share = read;
          return TRUE;
        }
    }
  return refuse (option, text, error, _ ("must be a share from 0 to 1, or from 0% to 100%"));
}

/* The seconds of one unit, and how long its name is; 0 for none. */
static double
read_unit (const char *text, gsize *length)
{
  static const struct
  {
    const char *name;
    double seconds;
  } units[] = { { "ms", 0.001 }, { "s", 1 }, { "m", 60 }, { "h", 3600 }, { "d", 86400 } };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_has_prefix (text, units[i].name))
      {
        *length = strlen (units[i].name);
        return units[i].seconds;
      }
  return 0;
}

static gboolean
parse_time (const char *text, double *seconds)
{
  const char *end;
  double number;

  *seconds = 0;
  if (parse (text, &number, &end) && *end == '\0')
    {
      *seconds = number;
      return TRUE;
    }
  while (*text != '\0')
    {
      gsize length = 0;
      double unit;

      if (!parse (text, &number, &end) || (unit = read_unit (end, &length)) == 0)
        return FALSE;
      *seconds += number * unit;
      text = end + length;
    }
  return TRUE;
}

gboolean
lf_number_read_time (const char *option, const char *text, double *seconds, GError **error)
{
  double read;

  if (text == NULL)
    return TRUE;
  if (*text != '\0' && parse_time (text, &read) && read <= TIME_LIMIT)
    {
      *seconds = read;
      return TRUE;
    }
  return refuse (option, text, error,
                 _ ("must be a time of up to 366 days, such as 30, 1m30s or 500ms"));
}
