#include "config.h"

#include "lf-cron-private.h"

#include "lf-error.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *const month_names[] = { "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL",
                                           "AUG", "SEP", "OCT", "NOV", "DEC", NULL };
static const char *const weekday_names[] = {
  "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", NULL
};

static const struct
{
  const char *label;
  guint first, last;
  guint top;                /* the greatest number that may be written */
  const char *const *names; /* of first, first + 1... */
} fields[] = {
  [LF_CRON_MINUTE] = { N_ ("minute"), 0, 59, 59, NULL },
  [LF_CRON_HOUR] = { N_ ("hour"), 0, 23, 23, NULL },
  [LF_CRON_DAY] = { N_ ("day of month"), 1, 31, 31, NULL },
  [LF_CRON_MONTH] = { N_ ("month"), 1, 12, 12, month_names },
  [LF_CRON_WEEKDAY] = { N_ ("day of week"), 0, 6, 7, weekday_names },
};

static const struct
{
  const char *name;
  const char *expression;
} nicknames[] = {
  { "@hourly", "0 * * * *" },   { "@daily", "0 0 * * *" },   { "@midnight", "0 0 * * *" },
  { "@weekly", "0 0 * * 0" },   { "@monthly", "0 0 1 * *" }, { "@yearly", "0 0 1 1 *" },
  { "@annually", "0 0 1 1 *" },
};

guint
_lf_cron_first (LfCronField field)
{
  return fields[field].first;
}

guint
_lf_cron_last (LfCronField field)
{
  return fields[field].last;
}

/* Always FALSE. */
static gboolean
    G_GNUC_PRINTF (3, 4) refuse (GError **error, LfCronField field, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, LF_ERROR, LF_ERROR_VALUE, "%s: %s", _ (fields[field].label), reason);
  return FALSE;
}

static gboolean
refuse_value (GError **error, LfCronField field, const char *text)
{
  if (fields[field].names != NULL)
    return refuse (error, field,
                   _ ("“%.40s” is neither a number from %u to %u nor a name such as %s"), text,
                   fields[field].first, fields[field].top, fields[field].names[1]);
  return refuse (error, field, _ ("“%.40s” is not a number from %u to %u"), text,
                 fields[field].first, fields[field].top);
}

static gboolean
parse_number (const char *text, guint64 low, guint64 high, guint *value)
{
  guint64 number;

  if (!g_ascii_isdigit (*text) || !g_ascii_string_to_unsigned (text, 10, low, high, &number, NULL))
    return FALSE;
  *value = (guint) number;
  return TRUE;
}

static gboolean
parse_value (LfCronField field, const char *text, guint *value, GError **error)
{
  const char *const *names = fields[field].names;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (g_ascii_strcasecmp (names[i], text) == 0)
      {
        *value = fields[field].first + i;
        return TRUE;
      }
  return parse_number (text, fields[field].first, fields[field].top, value) ||
         refuse_value (error, field, text);
}

/* "9-17", "9" or "*". A step makes "9" the beginning of a range, as in other crons. */
static gboolean
parse_range (LfCronField field,
             const char *text,
             gboolean has_step,
             guint *low,
             guint *high,
             GError **error)
{
  g_auto (GStrv) ends = NULL;

  *low = fields[field].first;
  *high = fields[field].last;
  if (strcmp (text, "*") == 0)
    return TRUE;
  ends = g_strsplit (text, "-", 2);
  if (!parse_value (field, ends[0] != NULL ? ends[0] : text, low, error))
    return FALSE;
  if (ends[1] == NULL)
    {
      *high = has_step ? MAX (*low, *high) : *low;
      return TRUE;
    }
  if (!parse_value (field, ends[1], high, error))
    return FALSE;
  if (field == LF_CRON_WEEKDAY && *high == 0 && *low > 0) /* FRI-SUN */
    *high = fields[field].top;
  if (*low <= *high)
    return TRUE;
  return refuse (error, field, _ ("“%.40s” goes backwards; write “%s-%u,%u-%s”"), text, ends[0],
                 fields[field].last, fields[field].first, ends[1]);
}

static gboolean
parse_item (LfCron *self, LfCronField field, const char *text, GError **error)
{
  g_auto (GStrv) halves = g_strsplit (text, "/", 2);
  guint low, high, step = 1;

  if (*text == '\0')
    return refuse (error, field, _ ("a place in the list is empty; take the spare comma out"));
  if (!parse_range (field, halves[0], halves[1] != NULL, &low, &high, error))
    return FALSE;
  if (halves[1] != NULL && !parse_number (halves[1], 1, fields[field].last, &step))
    return refuse (error, field, _ ("the step “%.40s” is not a number from 1 to %u"), halves[1],
                   fields[field].last);
  for (guint value = low; value <= high; value += step)
    self->sets[field] |= (guint64) 1 << (field == LF_CRON_WEEKDAY ? value % 7 : value);
  return TRUE;
}

static gboolean
parse_field (LfCron *self, LfCronField field, const char *text, GError **error)
{
  g_auto (GStrv) items = g_strsplit (text, ",", -1);

  self->open[field] = *text == '*';
  for (char **item = items; *item != NULL; item++)
    if (!parse_item (self, field, *item, error))
      return FALSE;
  return TRUE;
}

static gboolean
has_day (const LfCron *self, guint month)
{
  /* A leap year's, as one will come. */
  guint n_days = g_date_get_days_in_month ((GDateMonth) month, 2000);

  return (self->sets[LF_CRON_DAY] & (((guint64) 1 << (n_days + 1)) - 1)) != 0;
}

/* "0 0 30 2 *" would be searched for in vain. */
static gboolean
check_comes (const LfCron *self, GError **error)
{
  if (!self->open[LF_CRON_DAY] && !self->open[LF_CRON_WEEKDAY])
    return TRUE;
  for (guint month = 1; month <= 12; month++)
    if (_lf_cron_has (self, LF_CRON_MONTH, month) && has_day (self, month))
      return TRUE;
  return refuse (error, LF_CRON_DAY,
                 _ ("the months that are named have no such day; choose an earlier day"));
}

/* The words of @expression, without the blanks between. */
static GPtrArray *
split (const char *expression)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) pieces = g_strsplit_set (expression, " \t", -1);

  for (char **piece = pieces; *piece != NULL; piece++)
    if (**piece != '\0')
      g_ptr_array_add (words, g_strdup (*piece));
  return words;
}

static gboolean
parse_nickname (LfCron *self, const char *name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (nicknames); i++)
    if (g_ascii_strcasecmp (nicknames[i].name, name) == 0)
      return _lf_cron_parse (self, nicknames[i].expression, error);
  g_set_error (error, LF_ERROR, LF_ERROR_VALUE,
               _ ("“%.40s” is none of @hourly, @daily, @weekly, @monthly and @yearly"), name);
  return FALSE;
}

gboolean
_lf_cron_parse (LfCron *self, const char *expression, GError **error)
{
  g_autoptr (GPtrArray) words = split (expression);

  if (words->len == 1 && *(const char *) words->pdata[0] == '@')
    return parse_nickname (self, words->pdata[0], error);
  if (words->len != LF_CRON_N_FIELDS)
    {
      g_set_error (error, LF_ERROR, LF_ERROR_VALUE,
                   _ ("“%.100s” does not have five fields; write minute, hour, day of month, month "
                      "and day of week, such as “30 2 * * MON-FRI”, or @daily"),
                   expression);
      return FALSE;
    }
  for (guint field = 0; field < LF_CRON_N_FIELDS; field++)
    if (!parse_field (self, (LfCronField) field, words->pdata[field], error))
      return FALSE;
  return check_comes (self, error);
}
