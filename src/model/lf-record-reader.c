#include "config.h"

#include "lf-record-private.h"

#include "lf-error.h"
#include "lf-json.h"
#include "lf-time.h"

#include <glib/gi18n.h>
#include <math.h>

static gpointer read_record (const LfRecordType *type,
                             JsonNode *node,
                             const char *pointer,
                             const char *key,
                             GError **error);

void
_lf_pointer_append (GString *pointer, const char *key)
{
  g_string_append_c (pointer, '/');
  for (const char *c = key; *c != '\0'; c++)
    if (*c == '~')
      g_string_append (pointer, "~0");
    else if (*c == '/')
      g_string_append (pointer, "~1");
    else
      g_string_append_c (pointer, *c);
}

/* "/steps" and "a/b" give "/steps/a~1b". */
static char *
join_pointer (const char *pointer, const char *key)
{
  GString *joined = g_string_new (pointer);

  _lf_pointer_append (joined, key);
  return g_string_free (joined, FALSE);
}

static const char *
describe (JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    return _ ("null (leave the key out instead)");
  if (JSON_NODE_HOLDS_OBJECT (node))
    return _ ("an object");
  if (JSON_NODE_HOLDS_ARRAY (node))
    return _ ("a list");
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return _ ("text");
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return _ ("true or false");
  return _ ("a number");
}

static gboolean
refuse (const char *pointer, const char *wanted, JsonNode *node, GError **error)
{
  g_autofree char *words = g_strdup_printf (_ ("expected %s, found %s"), wanted, describe (node));

  g_set_error (error, LF_ERROR, LF_ERROR_VALUE, "%s%s%s", pointer, *pointer != '\0' ? ": " : "",
               words);
  return FALSE;
}

static gboolean
expect_text (JsonNode *node, const char *pointer, GError **error)
{
  return json_node_get_value_type (node) == G_TYPE_STRING ||
         refuse (pointer, _ ("text"), node, error);
}

char *
_lf_field_refuse (const LfField *field, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  char low[G_ASCII_DTOSTR_BUF_SIZE];
  char high[G_ASCII_DTOSTR_BUF_SIZE];

  if (isfinite (number) &&
      (field->minimum == field->maximum || (number >= field->minimum && number <= field->maximum)))
    return NULL;
  return g_strdup_printf (_ ("%s is not between %s and %s"),
                          g_ascii_formatd (text, sizeof text, "%.15g", number),
                          g_ascii_formatd (low, sizeof low, "%.15g", field->minimum),
                          g_ascii_formatd (high, sizeof high, "%.15g", field->maximum));
}

static gboolean
read_number (const LfField *field,
             JsonNode *node,
             const char *pointer,
             double *number,
             GError **error)
{
  GType type = json_node_get_value_type (node);
  g_autofree char *why = NULL;

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return refuse (pointer, _ ("a number"), node, error);
  *number = json_node_get_double (node);
  why = _lf_field_refuse (field, *number);
  if (why != NULL)
    g_set_error (error, LF_ERROR, LF_ERROR_VALUE, "%s: %s", pointer, why);
  return why == NULL;
}

static gboolean
read_integer (const LfField *field,
              JsonNode *node,
              const char *pointer,
              gint64 *integer,
              GError **error)
{
  double number = 0;

  if (!read_number (field, node, pointer, &number, error))
    return FALSE;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    {
      *integer = json_node_get_int (node);
      return TRUE;
    }
  if (number != floor (number) || fabs (number) > _LF_COUNT_LIMIT)
    {
      g_set_error (error, LF_ERROR, LF_ERROR_VALUE, _ ("%s: %g is not a whole number"), pointer,
                   number);
      return FALSE;
    }
  *integer = (gint64) number;
  return TRUE;
}

static gboolean
read_enum (const LfField *field, JsonNode *node, const char *pointer, int *value, GError **error)
{
  g_autofree char *words = NULL;

  if (!expect_text (node, pointer, error))
    return FALSE;
  for (int i = 0; field->words[i] != NULL; i++)
    if (*field->words[i] != '\0' && strcmp (field->words[i], json_node_get_string (node)) == 0)
      {
        *value = i;
        return TRUE;
      }
  words = g_strjoinv (", ", (char **) field->words + (*field->words[0] == '\0' ? 1 : 0));
  g_set_error (error, LF_ERROR, LF_ERROR_VALUE, _ ("%s: “%.100s” is none of: %s"), pointer,
               json_node_get_string (node), words);
  return FALSE;
}

static gboolean
read_time (JsonNode *node, const char *pointer, gint64 *ms, GError **error)
{
  if (!expect_text (node, pointer, error))
    return FALSE;
  if (lf_time_from_text (json_node_get_string (node), ms))
    return TRUE;
  g_set_error (error, LF_ERROR, LF_ERROR_VALUE,
               _ ("%s: “%.100s” is not a time such as 2026-11-23T12:00:00Z"), pointer,
               json_node_get_string (node));
  return FALSE;
}

static gboolean
read_strings (JsonNode *node, const char *pointer, char ***strings, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse (pointer, _ ("a list of texts"), node, error);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *place = g_strdup_printf ("%s/%u", pointer, i);

      if (!expect_text (json_array_get_element (array, i), place, error))
        return FALSE;
      g_strv_builder_add (builder, json_array_get_string_element (array, i));
    }
  *strings = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_list (const LfField *field,
           JsonNode *node,
           const char *pointer,
           GPtrArray *list,
           GError **error)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse (pointer, _ ("a list"), node, error);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *place = g_strdup_printf ("%s/%u", pointer, i);
      gpointer item =
          read_record (field->type, json_array_get_element (array, i), place, NULL, error);

      if (item == NULL)
        return FALSE;
      g_ptr_array_add (list, item);
    }
  return TRUE;
}

static gboolean
read_map (const LfField *field,
          JsonNode *node,
          const char *pointer,
          GPtrArray *list,
          GError **error)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *member;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (pointer, _ ("an object"), node, error);
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &key, &member))
    {
      g_autofree char *place = join_pointer (pointer, key);
      gpointer item = read_record (field->type, member, place, key, error);

      if (item == NULL)
        return FALSE;
      g_ptr_array_add (list, item);
    }
  return TRUE;
}

static gboolean
read_counts (JsonNode *node, const char *pointer, LfCounts *counts, GError **error)
{
  static const LfField number = { .kind = LF_FIELD_INTEGER, .maximum = _LF_COUNT_LIMIT };
  JsonObjectIter iter;
  const char *key;
  JsonNode *member;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (pointer, _ ("an object of numbers"), node, error);
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &key, &member))
    {
      g_autofree char *place = join_pointer (pointer, key);
      gint64 count;

      if (!read_integer (&number, member, place, &count, error))
        return FALSE;
      lf_counts_add (counts, key, count);
    }
  return TRUE;
}

static gboolean
read_field (gpointer record,
            const LfField *field,
            JsonNode *node,
            const char *pointer,
            GError **error)
{
  switch (field->kind)
    {
    case LF_FIELD_STRING:
      if (!expect_text (node, pointer, error))
        return FALSE;
      lf_set_string (_lf_record_place (record, field, char *), json_node_get_string (node));
      return TRUE;
    case LF_FIELD_BOOLEAN:
      if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
        return refuse (pointer, _ ("true or false"), node, error);
      *_lf_record_place (record, field, gboolean) = json_node_get_boolean (node);
      return TRUE;
    case LF_FIELD_INTEGER:
      return read_integer (field, node, pointer, _lf_record_place (record, field, gint64), error);
    case LF_FIELD_NUMBER:
      return read_number (field, node, pointer, _lf_record_place (record, field, double), error);
    case LF_FIELD_ENUM:
      return read_enum (field, node, pointer, _lf_record_place (record, field, int), error);
    case LF_FIELD_TIME:
      return read_time (node, pointer, _lf_record_place (record, field, gint64), error);
    case LF_FIELD_STRINGS:
      return read_strings (node, pointer, _lf_record_place (record, field, char **), error);
    case LF_FIELD_OBJECT:
      return (*_lf_record_place (record, field, gpointer) =
                  read_record (field->type, node, pointer, NULL, error)) != NULL;
    case LF_FIELD_LIST:
      return read_list (field, node, pointer, *_lf_record_place (record, field, GPtrArray *),
                        error);
    case LF_FIELD_MAP:
      return read_map (field, node, pointer, *_lf_record_place (record, field, GPtrArray *), error);
    case LF_FIELD_COUNTS:
      return read_counts (node, pointer, *_lf_record_place (record, field, LfCounts *), error);
    case LF_FIELD_JSON:
      *_lf_record_place (record, field, JsonNode *) = lf_json_copy (node);
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

static const LfField *
find_field (const LfRecordType *type, const char *name, gboolean keyed)
{
  for (const LfField *field = type->fields + (keyed ? 1 : 0); field->name != NULL; field++)
    if (strcmp (field->name, name) == 0)
      return field;
  return NULL;
}

static void
keep_unknown (LfRecord *record, const char *name, JsonNode *node)
{
  if (record->unknown == NULL)
    record->unknown = json_object_new ();
  json_object_set_member (record->unknown, name, lf_json_copy (node));
}

/* @key: of a map's entry, else NULL. */
static gpointer
read_record (const LfRecordType *type,
             JsonNode *node,
             const char *pointer,
             const char *key,
             GError **error)
{
  LfRecord *record;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      refuse (pointer, _ ("an object"), node, error);
      return NULL;
    }
  record = lf_record_new (type);
  if (key != NULL)
    *_lf_record_place (record, type->fields, char *) = g_strdup (key);
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      const LfField *field = find_field (type, name, key != NULL);
      g_autofree char *place = join_pointer (pointer, name);

      if (field == NULL)
        {
          keep_unknown (record, name, member);
          continue;
        }
      if (!read_field (record, field, member, place, error))
        {
          lf_record_free (record);
          return NULL;
        }
      record->present |= G_GUINT64_CONSTANT (1) << (field - type->fields);
    }
  return record;
}

gpointer
lf_record_from_json (const LfRecordType *type, JsonNode *node, const char *pointer, GError **error)
{
  return read_record (type, node, pointer, NULL, error);
}

gpointer
lf_record_from_text (const LfRecordType *type, const char *text, gssize length, GError **error)
{
  g_autoptr (JsonNode) node = lf_json_from_text (text, length, error);

  return node != NULL ? read_record (type, node, "", NULL, error) : NULL;
}
