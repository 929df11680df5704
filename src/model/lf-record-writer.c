#include "config.h"

#include "lf-record-private.h"

#include "lf-json.h"
#include "lf-time.h"

#include <math.h>

static JsonNode *
number_node (double number)
{
  if (!isfinite (number)) /* JSON has no such number */
    number = 0;
  if (number == floor (number) && fabs (number) < _LF_COUNT_LIMIT)
    return json_node_init_int (json_node_alloc (), (gint64) number);
  return json_node_init_double (json_node_alloc (), number);
}

static JsonNode *
array_node (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  return node;
}

static JsonNode *
object_node (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static JsonNode *
list_node (const GPtrArray *list)
{
  JsonArray *array = json_array_sized_new (list->len);

  for (guint i = 0; i < list->len; i++)
    json_array_add_element (array, lf_record_to_json (list->pdata[i]));
  return array_node (array);
}

static JsonNode *
strings_node (char **strings)
{
  JsonArray *array = json_array_new ();

  for (; strings != NULL && *strings != NULL; strings++)
    json_array_add_string_element (array, *strings);
  return array_node (array);
}

static JsonNode *
counts_node (const LfCounts *counts)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < counts->n; i++)
    {
      const LfCount *count = &counts->entries[i];

      json_object_set_int_member (object, count->key, count->count);
    }
  return object_node (object);
}

static JsonObject *record_object (gconstpointer record, gboolean keyed);

static JsonNode *
map_node (const GPtrArray *map)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < map->len; i++)
    {
      const char *key =
          *_lf_record_place (map->pdata[i], _lf_record_type (map->pdata[i])->fields, char *);

      json_object_set_member (object, key != NULL ? key : "",
                              object_node (record_object (map->pdata[i], TRUE)));
    }
  return object_node (object);
}

/* NULL where there is nothing to write. */
static JsonNode *
field_node (gconstpointer record, const LfField *field)
{
  const char *word;

  switch (field->kind)
    {
    case LF_FIELD_STRING:
      if (*_lf_record_place (record, field, char *) == NULL)
        return NULL;
      return json_node_init_string (json_node_alloc (), *_lf_record_place (record, field, char *));
    case LF_FIELD_BOOLEAN:
      return json_node_init_boolean (json_node_alloc (),
                                     *_lf_record_place (record, field, gboolean));
    case LF_FIELD_INTEGER:
      return json_node_init_int (json_node_alloc (), *_lf_record_place (record, field, gint64));
    case LF_FIELD_NUMBER:
      return number_node (*_lf_record_place (record, field, double));
    case LF_FIELD_ENUM: /* an empty word stands for a key that is left out */
      word = field->words[*_lf_record_place (record, field, int)];
      return *word != '\0' ? json_node_init_string (json_node_alloc (), word) : NULL;
    case LF_FIELD_TIME:
      {
        g_autofree char *text = lf_time_to_text (*_lf_record_place (record, field, gint64));

        return json_node_init_string (json_node_alloc (), text);
      }
    case LF_FIELD_STRINGS:
      return strings_node (*_lf_record_place (record, field, char **));
    case LF_FIELD_OBJECT:
      if (*_lf_record_place (record, field, gpointer) == NULL)
        return NULL;
      return lf_record_to_json (*_lf_record_place (record, field, gpointer));
    case LF_FIELD_LIST:
      return list_node (*_lf_record_place (record, field, GPtrArray *));
    case LF_FIELD_MAP:
      return map_node (*_lf_record_place (record, field, GPtrArray *));
    case LF_FIELD_COUNTS:
      return counts_node (*_lf_record_place (record, field, LfCounts *));
    case LF_FIELD_JSON:
      if (*_lf_record_place (record, field, JsonNode *) == NULL)
        return NULL;
      return lf_json_copy (*_lf_record_place (record, field, JsonNode *));
    }
  g_return_val_if_reached (NULL);
}

static gboolean
is_written (const LfRecord *self, guint n)
{
  const LfField *field = &self->type->fields[n];

  if ((self->present >> n & 1) != 0 || !_lf_record_is_preset (self, field))
    return TRUE;
  return self->type->whole && (field->kind == LF_FIELD_INTEGER || field->kind == LF_FIELD_NUMBER ||
                               field->kind == LF_FIELD_BOOLEAN || field->kind == LF_FIELD_ENUM ||
                               field->kind == LF_FIELD_LIST || field->kind == LF_FIELD_COUNTS);
}

static JsonObject *
record_object (gconstpointer record, gboolean keyed)
{
  const LfRecord *self = record;
  const LfField *fields = self->type->fields;
  JsonObject *object = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  for (guint i = keyed ? 1 : 0; fields[i].name != NULL; i++)
    if (is_written (self, i))
      if ((node = field_node (self, &fields[i])) != NULL)
        json_object_set_member (object, fields[i].name, node);
  if (self->unknown == NULL)
    return object;
  json_object_iter_init_ordered (&iter, self->unknown);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (object, name, lf_json_copy (node));
  return object;
}

JsonNode *
lf_record_to_json (gconstpointer record)
{
  return object_node (record_object (record, FALSE));
}

char *
lf_record_to_text (gconstpointer record, gboolean pretty)
{
  g_autoptr (JsonNode) node = lf_record_to_json (record);

  return lf_json_to_text (node, pretty);
}
