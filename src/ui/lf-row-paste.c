#include "config.h"

#include "lf-row-paste.h"

#include "lf-query.h"

#include <string.h>

/* A name as RFC 9110 has it. */
static gboolean
is_token (const char *text)
{
  if (*text == '\0')
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && strchr ("!#$%&'*+-.^_`|~", *text) == NULL)
      return FALSE;
  return TRUE;
}

/* Takes @name and @value. */
static void
add_row (GPtrArray *rows, char *name, char *value)
{
  LfRow *row = lf_row_new ();

  row->name = name;
  row->value = value;
  g_ptr_array_add (rows, row);
}

/* "'a'," or "\"a\"," without its quotes; @text is changed. */
static char *
unquote (char *text)
{
  gsize length = strlen (g_strstrip (text));

  if (length > 0 && text[length - 1] == ',' && strchr ("\"'", *text) != NULL)
    text[--length] = '\0';
  if (length < 2 || text[0] != text[length - 1] || strchr ("\"'", *text) == NULL)
    return text;
  text[length - 1] = '\0';
  return text + 1;
}

/* Splits @line at @at; both sides without white space and quotes. */
static void
add_pair (GPtrArray *rows, const char *line, const char *at)
{
  g_autofree char *name = g_strndup (line, (gsize) (at - line));
  g_autofree char *value = g_strdup (at + 1);

  add_row (rows, g_strdup (unquote (name)), g_strdup (unquote (value)));
}

static gboolean
is_message_start (const char *line)
{
  return g_str_has_prefix (line, "HTTP/") || strstr (line, " HTTP/") != NULL;
}

/* Where the name of a header line ends; NULL for another line. A URL has a colon, too. */
static const char *
find_colon (const char *line)
{
  const char *colon = strchr (line, ':');
  g_autofree char *name = NULL;

  if (colon == NULL ||
      (colon[1] != '\0' && !g_ascii_isspace (colon[1]) && strchr ("\"'", *line) == NULL))
    return NULL;
  name = g_strndup (line, (gsize) (colon - line));
  return is_token (unquote (name)) ? colon : NULL;
}

/* Lines that are no header: blank ones, the request line, braces around a list of quoted ones. */
static gboolean
is_around (const char *line)
{
  return *line == '\0' || is_message_start (line) || strspn (line, "{}[](),;") == strlen (line);
}

/* Browsers copy "name:" and its value as two lines, too. Returns how many lines were used, 0 for
 * none. */
static guint
parse_header (GPtrArray *rows, char *const *lines)
{
  const gboolean pseudo = *lines[0] == ':';
  const char *line = pseudo ? lines[0] + 1 : lines[0];
  const char *colon = find_colon (line);
  const gboolean two = colon != NULL && colon[1] == '\0' && lines[1] != NULL && *lines[1] != '\0' &&
                       *lines[1] != ':' && find_colon (lines[1]) == NULL;

  if (is_around (lines[0]))
    return 1;
  if (colon == NULL)
    return 0;
  if (!pseudo && two)
    add_row (rows, g_strndup (line, (gsize) (colon - line)), g_strdup (lines[1]));
  else if (!pseudo)
    add_pair (rows, line, colon);
  return two ? 2 : 1;
}

static void
switch_off_framing (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      LfRow *row = rows->pdata[i];

      if (g_ascii_strcasecmp (row->name, "content-length") == 0 ||
          g_ascii_strcasecmp (row->name, "transfer-encoding") == 0)
        row->enabled = FALSE;
    }
}

static gboolean
parse_headers (GPtrArray *rows, char *const *lines)
{
  while (*lines != NULL)
    {
      guint used = parse_header (rows, lines);

      if (used == 0)
        return FALSE;
      lines += used;
    }
  switch_off_framing (rows);
  return TRUE;
}

/* Plain text becomes what the grid holds: parameters as they stand in a URL, fields as they are. */
static void
escape_rows (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      LfRow *row = rows->pdata[i];

      rows->pdata[i] = lf_query_escape_row (row);
      lf_row_free (row);
    }
}

static void
unescape_rows (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      LfRow *row = rows->pdata[i];

      g_strdelimit (row->name, "+", ' ');
      if (row->value != NULL)
        g_strdelimit (row->value, "+", ' ');
      rows->pdata[i] = lf_query_unescape_row (row);
      lf_row_free (row);
    }
}

/* A query, with or without the URL before it. */
static GPtrArray *
parse_query (const char *text, LfRowKind kind)
{
  const gboolean is_url = strstr (text, "://") != NULL;
  g_autofree char *query =
      is_url ? g_strdup (text) : g_strconcat ("?", text + (*text == '?'), NULL);
  GPtrArray *rows;

  if (strchr (query, '?') == NULL || (!is_url && strchr (text, '=') == NULL) ||
      strpbrk (text, " \t") != NULL)
    return NULL;
  rows = lf_query_split (query);
  if (kind == LF_ROW_FIELD)
    unescape_rows (rows);
  return rows;
}

/* "name=value", "name: value" or "name<Tab>value". */
static gboolean
parse_fields (GPtrArray *rows, char *const *lines)
{
  for (; *lines != NULL; lines++)
    {
      const char *at = strchr (*lines, '\t');

      if (at == NULL)
        at = strpbrk (*lines, "=:");
      if (is_around (*lines))
        continue;
      if (at == NULL || at == *lines)
        return FALSE;
      add_pair (rows, *lines, at);
    }
  return TRUE;
}

static char **
split_lines (const char *text)
{
  char **lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_strstrip (lines[i]);
  return lines;
}

GPtrArray *
lf_row_paste_parse (const char *text, LfRowKind kind)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_auto (GStrv) lines = split_lines (trimmed);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (lf_record_free);
  gboolean understood;

  if (kind == LF_ROW_HEADER)
    understood = parse_headers (rows, lines);
  else if (lines[0] == NULL || lines[1] == NULL)
    {
      g_ptr_array_unref (rows);
      rows = parse_query (trimmed, kind);
      understood = rows != NULL;
    }
  else
    {
      understood = parse_fields (rows, lines);
      if (kind == LF_ROW_PARAMETER)
        escape_rows (rows);
    }
  return understood && rows->len > 0 ? g_steal_pointer (&rows) : NULL;
}
