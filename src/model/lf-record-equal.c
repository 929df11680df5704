#include "config.h"

#include "lf-record-private.h"

static gboolean
equal_lists (const GPtrArray *a, const GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!lf_record_equal (a->pdata[i], b->pdata[i]))
      return FALSE;
  return TRUE;
}

static gboolean
equal_counts (const LfCounts *a, const LfCounts *b)
{
  if (a->n != b->n)
    return FALSE;
  for (guint i = 0; i < a->n; i++)
    {
      const LfCount *one = &a->entries[i];
      const LfCount *other = &b->entries[i];

      if (one->count != other->count || strcmp (one->key, other->key) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
equal_strings (char **a, char **b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_strv_equal ((const char *const *) a, (const char *const *) b);
}

static gboolean
equal_json (JsonNode *a, JsonNode *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return json_node_equal (a, b);
}

static gboolean
equal_field (gconstpointer a, gconstpointer b, const LfField *field)
{
  switch (field->kind)
    {
    case LF_FIELD_STRING:
      return g_strcmp0 (*_lf_record_place (a, field, char *),
                        *_lf_record_place (b, field, char *)) == 0;
    case LF_FIELD_BOOLEAN:
    case LF_FIELD_ENUM:
      return *_lf_record_place (a, field, int) == *_lf_record_place (b, field, int);
    case LF_FIELD_INTEGER:
    case LF_FIELD_TIME:
      return *_lf_record_place (a, field, gint64) == *_lf_record_place (b, field, gint64);
    case LF_FIELD_NUMBER:
      return *_lf_record_place (a, field, double) == *_lf_record_place (b, field, double);
    case LF_FIELD_STRINGS:
      return equal_strings (*_lf_record_place (a, field, char **),
                            *_lf_record_place (b, field, char **));
    case LF_FIELD_OBJECT:
      return lf_record_equal (*_lf_record_place (a, field, gpointer),
                              *_lf_record_place (b, field, gpointer));
    case LF_FIELD_LIST:
    case LF_FIELD_MAP:
      return equal_lists (*_lf_record_place (a, field, GPtrArray *),
                          *_lf_record_place (b, field, GPtrArray *));
    case LF_FIELD_COUNTS:
      return equal_counts (*_lf_record_place (a, field, LfCounts *),
                           *_lf_record_place (b, field, LfCounts *));
    case LF_FIELD_JSON:
      return equal_json (*_lf_record_place (a, field, JsonNode *),
                         *_lf_record_place (b, field, JsonNode *));
    }
  g_return_val_if_reached (FALSE);
}

/* Whether the document says what the preset says too. Pointers have no preset: NULL is absent. */
static gboolean
repeats_preset (const LfRecord *self, guint n)
{
  const LfField *field = &self->type->fields[n];

  if (field->kind == LF_FIELD_STRING || field->kind == LF_FIELD_STRINGS ||
      field->kind == LF_FIELD_OBJECT || field->kind == LF_FIELD_JSON)
    return FALSE;
  return (self->present >> n & 1) != 0 && _lf_record_is_preset (self, field);
}

/* Equal records write the same document. A value that repeats the preset counts, since the options
 * of a step override only what they name. */
gboolean
lf_record_equal (gconstpointer a, gconstpointer b)
{
  const LfRecord *one = a;
  const LfRecord *other = b;

  if (one == NULL || other == NULL)
    return one == other;
  if (one->type != other->type || (one->unknown == NULL) != (other->unknown == NULL))
    return FALSE;
  if (one->unknown != NULL && !json_object_equal (one->unknown, other->unknown))
    return FALSE;
  for (guint n = 0; one->type->fields[n].name != NULL; n++)
    if (!equal_field (one, other, &one->type->fields[n]) ||
        (!one->type->whole && repeats_preset (one, n) != repeats_preset (other, n)))
      return FALSE;
  return TRUE;
}
