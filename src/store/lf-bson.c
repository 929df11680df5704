#include "config.h"

#include "lf-bson-private.h"

#include "lf-error.h"
#include "lf-id.h"
#include "lf-time.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define DOCUMENT_LIMIT (16 * 1024 * 1024) /* bytes. Source: MongoDB's limits and thresholds */
#define EXACT_INTEGER  9007199254740992.0 /* 2^53: doubles up to here are exact */
#define NESTED         "%array"           /* no escaped key reads so */

static void
append_object (bson_t *bson, JsonObject *object, const LfRecordType *type, gboolean root);
static void append_value (bson_t *bson,
                          const char *key,
                          JsonNode *node,
                          const LfField *field,
                          LfFieldKind kind);

static char *
escape_key (const char *key)
{
  GString *escaped = g_string_sized_new (strlen (key) + 8);

  if (!*key)
    g_string_append_c (escaped, '%');
  for (const char *c = key; *c; c++)
    if (*c == '%' || *c == '.' || (*c == '$' && c == key))
      g_string_append_printf (escaped, "%%%02X", *c);
    else
      g_string_append_c (escaped, *c);
  return g_string_free (escaped, FALSE);
}

/* At the root "id" is what MongoDB calls "_id"; a key that is already called so makes room. */
static char *
escape_root_key (const char *key)
{
  if (g_str_equal (key, "id"))
    return g_strdup ("_id");
  return g_str_equal (key, "_id") ? g_strdup ("%5Fid") : escape_key (key);
}

static char *
unescape_key (const char *key)
{
  GString *plain = g_string_sized_new (strlen (key));

  for (const char *c = key; *c; c++)
    if (*c != '%')
      g_string_append_c (plain, *c);
    else if (g_ascii_isxdigit (c[1]) && g_ascii_isxdigit (c[2]))
      {
        g_string_append_c (plain, g_ascii_xdigit_value (c[1]) * 16 + g_ascii_xdigit_value (c[2]));
        c += 2;
      }
  return g_string_free (plain, FALSE);
}

static const LfField *
find_field (const LfRecordType *type, const char *name)
{
  for (const LfField *field = type ? type->fields : NULL; field && field->name; field++)
    if (g_str_equal (field->name, name))
      return field;
  return NULL;
}

void
_lf_bson_append_id (bson_t *document, const char *key, const char *id)
{
  bson_oid_t oid;

  if (!lf_id_is_valid (id))
    {
      bson_append_utf8 (document, key, -1, id, -1);
      return;
    }
  bson_oid_init_from_string (&oid, id);
  bson_append_oid (document, key, -1, &oid);
}

static void
append_string (bson_t *bson, const char *key, JsonNode *node, const LfField *field)
{
  const char *text = json_node_get_string (node);
  gint64 ms;

  if (field && field->kind == LF_FIELD_TIME && lf_time_from_text (text, &ms))
    bson_append_date_time (bson, key, -1, ms);
  else if (field && field->kind == LF_FIELD_STRING &&
           (g_str_equal (field->name, "id") || g_str_has_suffix (field->name, "Id")))
    _lf_bson_append_id (bson, key, text);
  else
    bson_append_utf8 (bson, key, -1, text, -1);
}

static void
append_scalar (bson_t *bson,
               const char *key,
               JsonNode *node,
               const LfField *field,
               LfFieldKind kind)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    append_string (bson, key, node, field);
  else if (type == G_TYPE_BOOLEAN)
    bson_append_bool (bson, key, -1, json_node_get_boolean (node));
  else if (type == G_TYPE_DOUBLE || kind == LF_FIELD_NUMBER)
    bson_append_double (bson, key, -1, json_node_get_double (node));
  else
    bson_append_int64 (bson, key, -1, json_node_get_int (node));
}

/* FerretDB keeps no array in an array: it stands in a document of its own there. */
static void
append_element (bson_t *bson,
                const char *key,
                JsonNode *node,
                const LfField *field,
                LfFieldKind kind)
{
  bson_t nested;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      append_value (bson, key, node, field, kind);
      return;
    }
  bson_append_document_begin (bson, key, -1, &nested);
  append_value (&nested, NESTED, node, NULL, LF_FIELD_JSON);
  bson_append_document_end (bson, &nested);
}

static void
append_array (bson_t *bson, const char *key, JsonArray *array, const LfField *field)
{
  /* Elements of a list are records of the field's type; those of other arrays are plain. */
  LfFieldKind kind = field && field->kind == LF_FIELD_LIST ? LF_FIELD_OBJECT : LF_FIELD_JSON;
  bson_t child;

  bson_append_array_begin (bson, key, -1, &child);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      char buffer[16];
      const char *index;

      bson_uint32_to_string (i, &index, buffer, sizeof buffer);
      append_element (&child, index, json_array_get_element (array, i),
                      kind == LF_FIELD_OBJECT ? field : NULL, kind);
    }
  bson_append_array_end (bson, &child);
}

/* A map's members are records, whatever their keys. */
static void
append_map (bson_t *bson, JsonObject *object, const LfField *field)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *key = escape_key (name);

      append_value (bson, key, node, field, LF_FIELD_OBJECT);
    }
}

static void
append_value (bson_t *bson, const char *key, JsonNode *node, const LfField *field, LfFieldKind kind)
{
  bson_t child;

  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      bson_append_document_begin (bson, key, -1, &child);
      if (kind == LF_FIELD_MAP)
        append_map (&child, json_node_get_object (node), field);
      else
        append_object (&child, json_node_get_object (node),
                       kind == LF_FIELD_OBJECT && field ? field->type : NULL, FALSE);
      bson_append_document_end (bson, &child);
      break;
    case JSON_NODE_ARRAY:
      append_array (bson, key, json_node_get_array (node), field);
      break;
    case JSON_NODE_VALUE:
      append_scalar (bson, key, node, field, kind);
      break;
    case JSON_NODE_NULL:
      bson_append_null (bson, key, -1);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
append_object (bson_t *bson, JsonObject *object, const LfRecordType *type, gboolean root)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      const LfField *field = find_field (type, name);
      g_autofree char *key = root ? escape_root_key (name) : escape_key (name);

      append_value (bson, key, node, field, field ? field->kind : LF_FIELD_JSON);
    }
}

bson_t *
_lf_bson_from_record (gconstpointer record, GError **error)
{
  g_autoptr (JsonNode) node = lf_record_to_json (record);
  g_autoptr (bson_t) bson = bson_new ();

  append_object (bson, json_node_get_object (node), ((const LfRecord *) record)->type, TRUE);
  if (bson->len <= DOCUMENT_LIMIT)
    return g_steal_pointer (&bson);
  g_set_error (
      error, LF_ERROR, LF_ERROR_TOO_LARGE,
      _ ("it takes %u bytes and MongoDB keeps 16 MiB at most; put large bodies into files"),
      bson->len);
  return NULL;
}

static JsonNode *read_document (bson_iter_t *iter, const LfRecordType *type, gboolean root);
static JsonNode *read_array (bson_iter_t *iter, const LfField *field);

/* A map's members are records, whatever their keys. */
static JsonNode *
read_map (bson_iter_t *iter, const LfField *field)
{
  g_autoptr (JsonObject) object = json_object_new ();

  while (bson_iter_next (iter))
    {
      g_autofree char *key = unescape_key (bson_iter_key (iter));
      bson_iter_t child;

      if (bson_iter_recurse (iter, &child))
        json_object_set_member (object, key, read_document (&child, field->type, FALSE));
    }
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
new_string (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
read_time (gint64 ms)
{
  g_autofree char *text = lf_time_to_text (ms);

  return new_string (text);
}

static JsonNode *
read_id (const bson_oid_t *oid)
{
  char text[25];

  bson_oid_to_string (oid, text);
  return new_string (text);
}

/* Other clients write whole numbers as doubles. */
static JsonNode *
read_double (double value, const LfField *field)
{
  if (field && field->kind == LF_FIELD_INTEGER && floor (value) == value &&
      fabs (value) < EXACT_INTEGER)
    return json_node_init_int (json_node_alloc (), (gint64) value);
  return json_node_init_double (json_node_alloc (), value);
}

static JsonNode *
read_value (bson_iter_t *iter, const LfField *field)
{
  bson_iter_t child;

  switch (bson_iter_type (iter))
    {
    case BSON_TYPE_DOCUMENT:
      bson_iter_recurse (iter, &child);
      if (field && field->kind == LF_FIELD_MAP)
        return read_map (&child, field);
      return read_document (&child, field ? field->type : NULL, FALSE);
    case BSON_TYPE_ARRAY:
      bson_iter_recurse (iter, &child);
      return read_array (&child, field);
    case BSON_TYPE_UTF8:
      return new_string (bson_iter_utf8 (iter, NULL));
    case BSON_TYPE_OID:
      return read_id (bson_iter_oid (iter));
    case BSON_TYPE_DATE_TIME:
      return read_time (bson_iter_date_time (iter));
    case BSON_TYPE_BOOL:
      return json_node_init_boolean (json_node_alloc (), bson_iter_bool (iter));
    case BSON_TYPE_INT32:
    case BSON_TYPE_INT64:
      return json_node_init_int (json_node_alloc (), bson_iter_as_int64 (iter));
    case BSON_TYPE_DOUBLE:
      return read_double (bson_iter_double (iter), field);
    default: /* what we never write, and JSON has no form for */
      return json_node_init_null (json_node_alloc ());
    }
}

/* What append_element() made of an array. */
static gboolean
enter_nested (const bson_iter_t *iter, bson_iter_t *elements)
{
  bson_iter_t child;

  return BSON_ITER_HOLDS_DOCUMENT (iter) && bson_iter_recurse (iter, &child) &&
         bson_iter_find (&child, NESTED) && BSON_ITER_HOLDS_ARRAY (&child) &&
         bson_iter_recurse (&child, elements);
}

static JsonNode *
read_array (bson_iter_t *iter, const LfField *field)
{
  g_autoptr (JsonArray) array = json_array_new ();
  bson_iter_t elements;

  while (bson_iter_next (iter))
    json_array_add_element (array, enter_nested (iter, &elements) ? read_array (&elements, NULL)
                                                                  : read_value (iter, field));
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
read_document (bson_iter_t *iter, const LfRecordType *type, gboolean root)
{
  g_autoptr (JsonObject) object = json_object_new ();

  while (bson_iter_next (iter))
    {
      const char *key = bson_iter_key (iter);
      g_autofree char *name =
          root && g_str_equal (key, "_id") ? g_strdup ("id") : unescape_key (key);

      json_object_set_member (object, name, read_value (iter, find_field (type, name)));
    }
  return json_node_init_object (json_node_alloc (), object);
}

gpointer
_lf_bson_to_record (const LfRecordType *type, const bson_t *document, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  bson_iter_t iter;

  if (!bson_iter_init (&iter, document))
    {
      g_set_error (error, LF_ERROR, LF_ERROR_CORRUPT, _ ("the document is damaged"));
      return NULL;
    }
  node = read_document (&iter, type, TRUE);
  return lf_record_from_json (type, node, "", error);
}

char *
_lf_bson_find_id (const bson_t *document, const char *key)
{
  g_autoptr (JsonNode) node = NULL;
  bson_iter_t iter;

  if (!bson_iter_init_find (&iter, document, key))
    return NULL;
  node = read_value (&iter, NULL);
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_dup_string (node)
             : NULL;
}

char *
_lf_bson_get_id (const bson_t *document)
{
  char *id = _lf_bson_find_id (document, "_id");

  return id != NULL ? id : g_strdup ("of an unknown kind");
}
