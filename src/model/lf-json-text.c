#include "config.h"

#include "lf-record-private.h"

#include "lf-error.h"

#include <math.h>

/* json-glib reads nested values by recursion; deeper ones than any document of ours needs would
 * only exhaust the stack. */
#define DEPTH_LIMIT 64

static gboolean
is_shallow (const char *text, gsize length)
{
  guint depth = 0;
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (quoted && c == '\\')
        i++;
      else if (c == '"')
        quoted = !quoted;
      else if (!quoted && (c == '{' || c == '['))
        {
          if (++depth > DEPTH_LIMIT)
            return FALSE;
        }
      else if (!quoted && (c == '}' || c == ']') && depth > 0)
        depth--;
    }
  return TRUE;
}

static JsonNode *
refuse (GError **error, const char *message)
{
  g_set_error (error, LF_ERROR, LF_ERROR_SYNTAX, "not JSON: %s", message);
  return NULL;
}

JsonNode *
_lf_json_from_text (const char *text, gssize length, GError **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) parse_error = NULL;
  JsonNode *root;

  if (g_str_has_prefix (text, "\xef\xbb\xbf") && size >= 3)
    {
      text += 3;
      size -= 3;
    }
  if (!g_utf8_validate_len (text, size, NULL))
    return refuse (error, "the text is not UTF-8");
  if (!is_shallow (text, size))
    return refuse (error, "values are nested more than 64 deep");
  if (!json_parser_load_from_data (parser, text, (gssize) size, &parse_error))
    return refuse (error, parse_error->message);
  root = json_parser_steal_root (parser);
  return root != NULL ? root : refuse (error, "the document is empty");
}

static void
append_break (GString *text, guint depth, gboolean pretty)
{
  if (!pretty)
    return;
  g_string_append_c (text, '\n');
  for (guint i = 0; i < depth; i++)
    g_string_append (text, "  ");
}

/* The fewest digits that read back as the same number: json-glib would write 0.1 with 17. */
static void
append_number (GString *text, double number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  const char *const formats[] = { "%.15g", "%.16g", "%.17g" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (digits, sizeof digits, formats[i], number);
      if (g_ascii_strtod (digits, NULL) == number)
        break;
    }
  g_string_append (text, digits);
}

static void append_node (GString *text, JsonNode *node, guint depth, gboolean pretty);

static void
append_value (GString *text, JsonNode *node)
{
  g_autofree char *plain = NULL;

  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    {
      append_number (text, json_node_get_double (node));
      return;
    }
  plain = json_to_string (node, FALSE);
  g_string_append (text, plain);
}

static void
append_array (GString *text, JsonArray *array, guint depth, gboolean pretty)
{
  guint length = json_array_get_length (array);

  g_string_append_c (text, '[');
  for (guint i = 0; i < length; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      append_break (text, depth + 1, pretty);
      append_node (text, json_array_get_element (array, i), depth + 1, pretty);
    }
  if (length > 0)
    append_break (text, depth, pretty);
  g_string_append_c (text, ']');
}

static void
append_object (GString *text, JsonObject *object, guint depth, gboolean pretty)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  gboolean first = TRUE;

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      g_autoptr (JsonNode) key = json_node_init_string (json_node_alloc (), name);

      if (!first)
        g_string_append_c (text, ',');
      first = FALSE;
      append_break (text, depth + 1, pretty);
      append_value (text, key);
      g_string_append (text, pretty ? ": " : ":");
      append_node (text, member, depth + 1, pretty);
    }
  if (!first)
    append_break (text, depth, pretty);
  g_string_append_c (text, '}');
}

static void
append_node (GString *text, JsonNode *node, guint depth, gboolean pretty)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    append_object (text, json_node_get_object (node), depth, pretty);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    append_array (text, json_node_get_array (node), depth, pretty);
  else
    append_value (text, node);
}

char *
_lf_json_to_text (JsonNode *node, gboolean pretty)
{
  GString *text = g_string_new (NULL);

  append_node (text, node, 0, pretty);
  return g_string_free (text, FALSE);
}
