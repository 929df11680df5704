#include "config.h"

#include "lf-query.h"

#include <string.h>

static LfRow *
new_row (const char *part)
{
  LfRow *row = lf_row_new ();
  const char *equals = strchr (part, '=');

  row->enabled = TRUE;
  row->name = equals != NULL ? g_strndup (part, (gsize) (equals - part)) : g_strdup (part);
  row->value = equals != NULL ? g_strdup (equals + 1) : NULL;
  return row;
}

GPtrArray *
lf_query_split (const char *url)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (lf_record_free);
  const char *mark = url != NULL ? strchr (url, '?') : NULL;
  g_autofree char *query = NULL;
  g_auto (GStrv) parts = NULL;

  if (mark == NULL || mark > url + strcspn (url, "#"))
    return rows;
  query = g_strndup (mark + 1, strcspn (mark + 1, "#"));
  parts = g_strsplit (query, "&", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (rows, new_row (parts[i]));
  return rows;
}

/* Only what would end the part, or the query, or is no character of a URL at all. */
static void
append_escaped (GString *text, const char *raw, const char *ending)
{
  for (; *raw != '\0'; raw++)
    if (strchr (ending, *raw) != NULL || (guchar) *raw <= ' ')
      g_string_append_printf (text, "%%%02X", (guint) (guchar) *raw);
    else
      g_string_append_c (text, *raw);
}

static gboolean
is_sent (const LfRow *row)
{
  return row->enabled &&
         ((row->name != NULL && *row->name != '\0') || (row->value != NULL && *row->value != '\0'));
}

char *
lf_query_join (const char *url, const GPtrArray *rows)
{
  const char *start = url != NULL ? url : "";
  GString *text = g_string_new_len (start, (gssize) strcspn (start, "?#"));
  char separator = '?';

  for (guint i = 0; i < rows->len; i++)
    {
      const LfRow *row = rows->pdata[i];

      if (!is_sent (row))
        continue;
      g_string_append_c (text, separator);
      append_escaped (text, row->name != NULL ? row->name : "", "&#=");
      if (row->value != NULL)
        g_string_append_c (text, '=');
      append_escaped (text, row->value != NULL ? row->value : "", "&#");
      separator = '&';
    }
  g_string_append (text, start + strcspn (start, "#"));
  return g_string_free (text, FALSE);
}

static void
replace (char **text, char *by)
{
  if (by == NULL)
    return;
  g_free (*text);
  *text = by;
}

LfRow *
lf_query_escape_row (const LfRow *row)
{
  LfRow *copy = lf_row_copy (row);

  replace (&copy->name, row->name != NULL ? g_uri_escape_string (row->name, NULL, FALSE) : NULL);
  replace (&copy->value, row->value != NULL ? g_uri_escape_string (row->value, NULL, FALSE) : NULL);
  return copy;
}

/* What is no escaped text stays as it is. */
LfRow *
lf_query_unescape_row (const LfRow *row)
{
  LfRow *copy = lf_row_copy (row);

  replace (&copy->name, g_uri_unescape_string (row->name, NULL));
  replace (&copy->value, g_uri_unescape_string (row->value, NULL));
  return copy;
}
