#include "config.h"

#include "lf-body-json.h"

#include "lf-json.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

char *
lf_body_json_fault (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  guint line = 0, column = 0;

  if (text == NULL || *text == '\0' || strstr (text, "${") != NULL)
    return NULL;
  node = lf_json_from_text (text, -1, &error);
  if (node != NULL)
    return NULL;
  if (!lf_json_error_place (error, &line, &column))
    return g_strdup (_ ("Not JSON. Correct it, or send it as text."));
  return g_strdup_printf (_ ("Not JSON at line %u, character %u. Correct it, or send it as text."),
                          line, column);
}

static void
new_line (GString *out, guint depth)
{
  g_string_append_c (out, '\n');
  for (guint i = 0; i < depth; i++)
    g_string_append (out, "  ");
}

/* A string with its quotes; returns what follows it. */
static const char *
append_string (GString *out, const char *at)
{
  const char *end = at + 1;

  while (*end != '\0' && *end != '"')
    end += *end == '\\' && end[1] != '\0' ? 2 : 1;
  end += *end == '"';
  g_string_append_len (out, at, end - at);
  return end;
}

static const char *
skip_space (const char *at)
{
  return at + strspn (at, " \t\r\n");
}

/* One character outside of strings. */
static void
append_token (GString *out, const char *at, guint *depth)
{
  const gboolean opens = *at == '{' || *at == '[', closes = *at == '}' || *at == ']';
  const gboolean empty = closes && out->len > 0 && strchr ("{[", out->str[out->len - 1]) != NULL;

  if (closes && *depth > 0 && !empty)
    new_line (out, --*depth);
  g_string_append_c (out, *at);
  if (opens && strchr ("}]", *skip_space (at + 1)) == NULL)
    new_line (out, ++*depth);
  else if (*at == ',')
    new_line (out, *depth);
  else if (*at == ':')
    g_string_append_c (out, ' ');
}

char *
lf_body_json_indent (const char *text)
{
  GString *out = g_string_new (NULL);
  guint depth = 0;

  for (const char *at = skip_space (text); *at != '\0'; at = skip_space (at))
    if (*at == '"')
      at = append_string (out, at);
    else
      append_token (out, at++, &depth);
  return g_string_free (out, FALSE);
}
