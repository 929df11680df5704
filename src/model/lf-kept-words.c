#include "config.h"

#include "lf-kept-words.h"

#include "lf-kept-private.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#define MOST_PARTS 8

/* What stood where a pattern has its %d and %s. */
typedef struct
{
  const char *start[MOST_PARTS];
  gsize length[MOST_PARTS];
  guint n;
} Parts;

static gboolean
is_number (const char *text, gsize length)
{
  gsize digits = 0;

  for (gsize i = 0; i < length; i++)
    if (g_ascii_isdigit (text[i]))
      digits++;
    else if (text[i] != '.' && text[i] != '-')
      return FALSE;
  return digits > 0;
}

static gboolean
fits (const char *pattern, const char *text, Parts *parts)
{
  for (; *pattern != '\0' && (*pattern != '%' || pattern[1] == '%'); pattern++, text++)
    {
      if (*pattern == '%') /* %% */
        pattern++;
      if (*pattern != *text)
        return FALSE;
    }
  if (*pattern == '\0' || parts->n == MOST_PARTS)
    return *pattern == *text;
  /* As little as possible, then more, until the rest fits too. */
  for (gsize length = 1; *text != '\0' && text[length - 1] != '\0'; length++)
    {
      guint n = parts->n;

      if (pattern[1] == 'd' && !is_number (text, length))
        continue;
      parts->start[n] = text;
      parts->length[n] = length;
      parts->n++;
      if (fits (pattern + 2, text + length, parts))
        return TRUE;
      parts->n = n;
    }
  return FALSE;
}

static char *translate (const char *text, gboolean whole);

static char *
translate_part (const Parts *parts, guint n)
{
  g_autofree char *part = g_strndup (parts->start[n], parts->length[n]);
  GString *number;

  if (!is_number (part, parts->length[n]))
    return translate (part, FALSE);
  number = g_string_new (part);
  g_string_replace (number, ".", localeconv ()->decimal_point, 0);
  return g_string_free (number, FALSE);
}

/* The next that @format asks for, which may name it: "%2$s". @format is behind the "%". */
static guint
choose_part (const char **format, guint *next)
{
  char *end;
  guint64 named = g_ascii_strtoull (*format, &end, 10);

  if (end != *format && *end == '$')
    {
      *format = end + 1;
      return (guint) named - 1;
    }
  return (*next)++;
}

static char *
fill (const char *format, const Parts *parts)
{
  GString *text = g_string_new (NULL);
  guint next = 0;

  for (; *format != '\0'; format++)
    {
      g_autofree char *part = NULL;
      guint n;

      if (*format != '%' || *++format == '%')
        {
          g_string_append_c (text, *format);
          continue;
        }
      n = choose_part (&format, &next); /* leaves the letter, which the loop skips */
      part = n < parts->n ? translate_part (parts, n) : NULL;
      g_string_append (text, part != NULL ? part : "");
    }
  return g_string_free (text, FALSE);
}

/* "Connection refused: 127.0.0.1:80": what is known, and where. */
static char *
translate_head (const char *text)
{
  const char *colon = strstr (text, ": ");
  g_autofree char *head = colon != NULL ? g_strndup (text, (gsize) (colon - text)) : NULL;
  const char *known = head != NULL && *head != '\0' ? _ (head) : head;

  return known != head ? g_strconcat (known, colon, NULL) : g_strdup (text);
}

/* A catalog's header is what it has for no text at all. */
static gboolean
has_catalog (void)
{
  static const char header[] = "";

  return *gettext (header) != '\0';
}

/* By the first of @templates that fits; NULL where none does. */
static char *
translate_by (const char *const *templates, const char *text)
{
  for (; *templates != NULL; templates++)
    {
      Parts parts = { .n = 0 };

      if (fits (*templates, text, &parts))
        return fill (_ (*templates), &parts);
    }
  return NULL;
}

static char *
translate (const char *text, gboolean whole)
{
  char *shown = NULL;

  if (_ (text) != text)
    return g_strdup (_ (text));
  shown = translate_by (_lf_kept_templates, text);
  if (shown == NULL && !whole)
    shown = translate_by (_lf_kept_parts, text);
  return shown != NULL ? shown : translate_head (text);
}

char *
lf_kept_words (const char *text)
{
  if (text == NULL || *text == '\0' || !has_catalog ())
    return g_strdup (text);
  return translate (text, TRUE);
}

static locale_t
get_plain_locale (void)
{
  static gsize plain;

  if (g_once_init_enter (&plain))
    g_once_init_leave (&plain, (gsize) newlocale (LC_ALL_MASK, "C", (locale_t) 0));
  return (locale_t) plain;
}

char *
lf_kept_vprintf (const char *format, va_list arguments)
{
  locale_t before = uselocale (get_plain_locale ()); /* of this thread */
  char *text = g_strdup_vprintf (format, arguments);

  uselocale (before);
  return text;
}

char *
lf_kept_printf (const char *format, ...)
{
  va_list arguments;
  char *text;

  va_start (arguments, format);
  text = lf_kept_vprintf (format, arguments);
  va_end (arguments);
  return text;
}
