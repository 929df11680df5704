#include "config.h"

#include "lf-json.h"

#include <math.h>

typedef struct
{
  GString *text;
  gboolean pretty;
  guint depth;
} LfJsonWriter;

static void write_node (LfJsonWriter *writer, JsonNode *node);

static void
break_line (LfJsonWriter *writer)
{
  if (!writer->pretty)
    return;
  g_string_append_c (writer->text, '\n');
  for (guint i = 0; i < writer->depth; i++)
    g_string_append (writer->text, "  ");
}

static void
append_escaped (GString *text, char c)
{
  switch (c)
    {
    case '"':
    case '\\':
      g_string_append_c (text, '\\');
      g_string_append_c (text, c);
      break;
    case '\b':
      g_string_append (text, "\\b");
      break;
    case '\f':
      g_string_append (text, "\\f");
      break;
    case '\n':
      g_string_append (text, "\\n");
      break;
    case '\r':
      g_string_append (text, "\\r");
      break;
    case '\t':
      g_string_append (text, "\\t");
      break;
    default:
      g_string_append_printf (text, "\\u%04x", (guint) (guchar) c);
    }
}

static gboolean
is_plain (char c)
{
  return (guchar) c >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
}

static void
write_string (LfJsonWriter *writer, const char *string)
{
  g_autofree char *valid = NULL;
  const char *start;

  if (!g_utf8_validate (string, -1, NULL))
    string = valid = g_utf8_make_valid (string, -1);
  g_string_append_c (writer->text, '"');
  while (*string)
    {
      for (start = string; *string && is_plain (*string); string++)
        ;
      g_string_append_len (writer->text, start, string - start);
      if (*string)
        append_escaped (writer->text, *string++);
    }
  g_string_append_c (writer->text, '"');
}

/* The fewest digits that read back as the same double; a whole one keeps ".0", so that a value that
 * is only kept, not understood, stays what it was. */
static void
write_double (LfJsonWriter *writer, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      g_string_append (writer->text, "null");
      return;
    }
  g_ascii_formatd (text, sizeof text, "%.15g", value);
  if (g_ascii_strtod (text, NULL) != value)
    g_ascii_formatd (text, sizeof text, "%.16g", value);
  if (g_ascii_strtod (text, NULL) != value)
    g_ascii_formatd (text, sizeof text, "%.17g", value);
  g_string_append (writer->text, text);
  if (!strpbrk (text, ".e"))
    g_string_append (writer->text, ".0");
}

static void
write_value (LfJsonWriter *writer, JsonNode *node)
{
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      write_string (writer, json_node_get_string (node));
      break;
    case G_TYPE_BOOLEAN:
      g_string_append (writer->text, json_node_get_boolean (node) ? "true" : "false");
      break;
    case G_TYPE_DOUBLE:
      write_double (writer, json_node_get_double (node));
      break;
    default:
      g_string_append_printf (writer->text, "%" G_GINT64_FORMAT, json_node_get_int (node));
    }
}

static void
write_array (LfJsonWriter *writer, JsonArray *array)
{
  guint n = json_array_get_length (array);

  g_string_append_c (writer->text, '[');
  writer->depth++;
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (writer->text, ',');
      break_line (writer);
      write_node (writer, json_array_get_element (array, i));
    }
  writer->depth--;
  if (n > 0)
    break_line (writer);
  g_string_append_c (writer->text, ']');
}

static void
write_object (LfJsonWriter *writer, JsonObject *object)
{
  gboolean first = TRUE;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  g_string_append_c (writer->text, '{');
  writer->depth++;
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      if (!first)
        g_string_append_c (writer->text, ',');
      first = FALSE;
      break_line (writer);
      write_string (writer, name);
      g_string_append (writer->text, writer->pretty ? ": " : ":");
      write_node (writer, node);
    }
  writer->depth--;
  if (!first)
    break_line (writer);
  g_string_append_c (writer->text, '}');
}

static void
write_node (LfJsonWriter *writer, JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      write_object (writer, json_node_get_object (node));
      break;
    case JSON_NODE_ARRAY:
      write_array (writer, json_node_get_array (node));
      break;
    case JSON_NODE_VALUE:
      write_value (writer, node);
      break;
    case JSON_NODE_NULL:
      g_string_append (writer->text, "null");
      break;
    }
}

char *
lf_json_to_text (JsonNode *node, gboolean pretty)
{
  LfJsonWriter writer = { g_string_new (NULL), pretty, 0 };

  write_node (&writer, node);
  return g_string_free (writer.text, FALSE);
}

static JsonNode *
copy_array (JsonArray *array)
{
  guint n = json_array_get_length (array);
  JsonArray *copy = json_array_sized_new (n);
  JsonNode *node;

  for (guint i = 0; i < n; i++)
    json_array_add_element (copy, lf_json_copy (json_array_get_element (array, i)));
  node = json_node_init_array (json_node_alloc (), copy);
  json_array_unref (copy);
  return node;
}

static JsonNode *
copy_object (JsonObject *object)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (copy, name, lf_json_copy (node));
  node = json_node_init_object (json_node_alloc (), copy);
  json_object_unref (copy);
  return node;
}

/* json_node_copy() only counts references up, and not atomically. */
static JsonNode *
copy_value (JsonNode *node)
{
  JsonNode *copy = json_node_alloc ();

  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return json_node_init_string (copy, json_node_get_string (node));
    case G_TYPE_BOOLEAN:
      return json_node_init_boolean (copy, json_node_get_boolean (node));
    case G_TYPE_DOUBLE:
      return json_node_init_double (copy, json_node_get_double (node));
    default:
      return json_node_init_int (copy, json_node_get_int (node));
    }
}

JsonNode *
lf_json_copy (JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      return copy_object (json_node_get_object (node));
    case JSON_NODE_ARRAY:
      return copy_array (json_node_get_array (node));
    case JSON_NODE_VALUE:
      return copy_value (node);
    case JSON_NODE_NULL:
      break;
    }
  return json_node_init_null (json_node_alloc ());
}
