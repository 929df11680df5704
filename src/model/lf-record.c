#include "config.h"

#include "lf-json.h"
#include "lf-record-private.h"

static void
set_presets (gpointer record, const LfField *field)
{
  switch (field->kind)
    {
    case LF_FIELD_BOOLEAN:
      *_lf_record_place (record, field, gboolean) = field->preset != 0;
      break;
    case LF_FIELD_INTEGER:
    case LF_FIELD_TIME:
      *_lf_record_place (record, field, gint64) = (gint64) field->preset;
      break;
    case LF_FIELD_NUMBER:
      *_lf_record_place (record, field, double) = field->preset;
      break;
    case LF_FIELD_ENUM:
      *_lf_record_place (record, field, int) = (int) field->preset;
      break;
    case LF_FIELD_LIST:
    case LF_FIELD_MAP:
      *_lf_record_place (record, field, GPtrArray *) =
          g_ptr_array_new_with_free_func (lf_record_free);
      break;
    case LF_FIELD_COUNTS:
      *_lf_record_place (record, field, LfCounts *) = lf_counts_new ();
      break;
    case LF_FIELD_STRING:
    case LF_FIELD_STRINGS:
    case LF_FIELD_OBJECT:
    case LF_FIELD_JSON:
      break;
    }
}

gpointer
lf_record_new (const LfRecordType *type)
{
  LfRecord *self = g_malloc0 (type->size);

  self->type = type;
  for (const LfField *field = type->fields; field->name != NULL; field++)
    set_presets (self, field);
  return self;
}

static void
clear_field (gpointer record, const LfField *field)
{
  switch (field->kind)
    {
    case LF_FIELD_STRING:
      g_free (*_lf_record_place (record, field, char *));
      break;
    case LF_FIELD_STRINGS:
      g_strfreev (*_lf_record_place (record, field, char **));
      break;
    case LF_FIELD_OBJECT:
      lf_record_free (*_lf_record_place (record, field, gpointer));
      break;
    case LF_FIELD_LIST:
    case LF_FIELD_MAP:
      g_clear_pointer (_lf_record_place (record, field, GPtrArray *), g_ptr_array_unref);
      break;
    case LF_FIELD_COUNTS:
      lf_counts_free (*_lf_record_place (record, field, LfCounts *));
      break;
    case LF_FIELD_JSON:
      g_clear_pointer (_lf_record_place (record, field, JsonNode *), json_node_unref);
      break;
    case LF_FIELD_BOOLEAN:
    case LF_FIELD_INTEGER:
    case LF_FIELD_NUMBER:
    case LF_FIELD_ENUM:
    case LF_FIELD_TIME:
      break;
    }
}

void
lf_record_free (gpointer record)
{
  LfRecord *self = record;

  if (self == NULL)
    return;
  for (const LfField *field = self->type->fields; field->name != NULL; field++)
    clear_field (self, field);
  g_clear_pointer (&self->unknown, json_object_unref);
  g_free (self);
}

static gpointer
copy_record (gconstpointer record, gpointer user_data)
{
  return lf_record_copy (record);
}

/* Deep, since the counts of references in json-glib are not safe between threads. */
static JsonObject *
copy_unknown (JsonObject *unknown)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, unknown);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (copy, name, lf_json_copy (node));
  return copy;
}

static LfCounts *
copy_counts (const LfCounts *counts)
{
  LfCounts *copy = lf_counts_new ();

  for (guint i = 0; i < counts->n; i++)
    {
      const LfCount *count = &counts->entries[i];

      lf_counts_add (copy, count->key, count->count);
    }
  return copy;
}

static void
copy_field (gpointer copy, gconstpointer record, const LfField *field)
{
  switch (field->kind)
    {
    case LF_FIELD_STRING:
      *_lf_record_place (copy, field, char *) =
          g_strdup (*_lf_record_place (record, field, char *));
      break;
    case LF_FIELD_BOOLEAN:
    case LF_FIELD_ENUM:
      *_lf_record_place (copy, field, int) = *_lf_record_place (record, field, int);
      break;
    case LF_FIELD_INTEGER:
    case LF_FIELD_TIME:
      *_lf_record_place (copy, field, gint64) = *_lf_record_place (record, field, gint64);
      break;
    case LF_FIELD_NUMBER:
      *_lf_record_place (copy, field, double) = *_lf_record_place (record, field, double);
      break;
    case LF_FIELD_STRINGS:
      *_lf_record_place (copy, field, char **) =
          g_strdupv (*_lf_record_place (record, field, char **));
      break;
    case LF_FIELD_OBJECT:
      *_lf_record_place (copy, field, gpointer) =
          lf_record_copy (*_lf_record_place (record, field, gpointer));
      break;
    case LF_FIELD_LIST:
    case LF_FIELD_MAP:
      {
        GPtrArray *list =
            g_ptr_array_copy (*_lf_record_place (record, field, GPtrArray *), copy_record, NULL);

        *_lf_record_place (copy, field, GPtrArray *) = list;
        g_ptr_array_set_free_func (list, lf_record_free);
      }
      break;
    case LF_FIELD_COUNTS:
      *_lf_record_place (copy, field, LfCounts *) =
          copy_counts (*_lf_record_place (record, field, LfCounts *));
      break;
    case LF_FIELD_JSON:
      if (*_lf_record_place (record, field, JsonNode *) != NULL)
        *_lf_record_place (copy, field, JsonNode *) =
            lf_json_copy (*_lf_record_place (record, field, JsonNode *));
      break;
    }
}

gpointer
lf_record_copy (gconstpointer record)
{
  const LfRecord *self = record;
  LfRecord *copy;

  if (self == NULL)
    return NULL;
  copy = g_malloc0 (self->type->size);
  copy->type = self->type;
  copy->present = self->present;
  copy->unknown = self->unknown != NULL ? copy_unknown (self->unknown) : NULL;
  for (const LfField *field = self->type->fields; field->name != NULL; field++)
    copy_field (copy, self, field);
  return copy;
}

GPtrArray *
lf_record_copy_all (const GPtrArray *records)
{
  GPtrArray *copies = g_ptr_array_new_full (records->len, lf_record_free);

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (copies, lf_record_copy (records->pdata[i]));
  return copies;
}

static guint64
present_bit (gconstpointer record, gsize offset)
{
  const LfField *fields = _lf_record_type (record)->fields;

  for (guint i = 0; fields[i].name != NULL; i++)
    if (fields[i].offset == offset)
      return G_GUINT64_CONSTANT (1) << i;
  g_return_val_if_reached (0);
}

gboolean
lf_record_is_present (gconstpointer record, gsize offset)
{
  return (((const LfRecord *) record)->present & present_bit (record, offset)) != 0;
}

void
lf_record_set_present (gpointer record, gsize offset, gboolean present)
{
  LfRecord *self = record;

  if (present)
    self->present |= present_bit (record, offset);
  else
    self->present &= ~present_bit (record, offset);
}

gboolean
_lf_record_is_preset (gconstpointer record, const LfField *field)
{
  switch (field->kind)
    {
    case LF_FIELD_BOOLEAN:
      return *_lf_record_place (record, field, gboolean) == (field->preset != 0);
    case LF_FIELD_ENUM:
      return *_lf_record_place (record, field, int) == (int) field->preset;
    case LF_FIELD_INTEGER:
    case LF_FIELD_TIME:
      return *_lf_record_place (record, field, gint64) == (gint64) field->preset;
    case LF_FIELD_NUMBER:
      return *_lf_record_place (record, field, double) == field->preset;
    case LF_FIELD_LIST:
    case LF_FIELD_MAP:
      return (*_lf_record_place (record, field, GPtrArray *))->len == 0;
    case LF_FIELD_COUNTS:
      return (*_lf_record_place (record, field, LfCounts *))->n == 0;
    case LF_FIELD_STRING:
    case LF_FIELD_STRINGS:
    case LF_FIELD_OBJECT:
    case LF_FIELD_JSON:
      return *_lf_record_place (record, field, gpointer) == NULL;
    }
  g_return_val_if_reached (TRUE);
}

void
lf_set_string (char **place, const char *value)
{
  char *copy = g_strdup (value);

  g_free (*place);
  *place = copy;
}

void
_lf_record_override (gpointer record, gconstpointer override)
{
  LfRecord *self = record;
  const LfRecord *other = override;

  for (guint n = 0; self->type->fields[n].name != NULL; n++)
    {
      const LfField *field = &self->type->fields[n];
      gpointer *inner = _lf_record_place (self, field, gpointer);

      if ((other->present >> n & 1) == 0 && _lf_record_is_preset (other, field))
        continue;
      if (field->kind == LF_FIELD_OBJECT && *inner != NULL)
        {
          if (*_lf_record_place (other, field, gpointer) != NULL)
            _lf_record_override (*inner, *_lf_record_place (other, field, gpointer));
          continue;
        }
      clear_field (self, field);
      copy_field (self, other, field);
      self->present |= G_GUINT64_CONSTANT (1) << n;
    }
}
