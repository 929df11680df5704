#include "config.h"

#include "lf-openapi-schemas.h"

#include "lf-attachment.h"
#include "lf-json.h"
#include "lf-log-line.h"
#include "lf-run-schedule.h"
#include "lf-run.h"
#include "lf-sample.h"
#include "lf-spec.h"

/* What no record's table describes. */
static const char plain[] =
    "{\"Problem\":{\"type\":\"object\",\"required\":[\"type\",\"title\",\"status\",\"detail\"],"
    "\"properties\":{\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},"
    "\"status\":{\"type\":\"integer\"},\"detail\":{\"type\":\"string\"},"
    "\"errors\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/ProblemAt\"}}}},"
    "\"ProblemAt\":{\"type\":\"object\",\"required\":[\"pointer\",\"detail\"],\"properties\":{"
    "\"pointer\":{\"type\":\"string\",\"description\":\"a JSON pointer into the body\"},"
    "\"detail\":{\"type\":\"string\"}}},"
    "\"Health\":{\"type\":\"object\",\"required\":[\"status\"],"
    "\"properties\":{\"status\":{\"const\":\"ok\"}}},"
    "\"Validity\":{\"type\":\"object\",\"required\":[\"valid\",\"errors\"],\"properties\":{"
    "\"valid\":{\"type\":\"boolean\"},\"errors\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/"
    "components/schemas/ProblemAt\"}}}},"
    "\"RunChange\":{\"type\":\"object\",\"minProperties\":1,\"additionalProperties\":false,"
    "\"properties\":{\"status\":{\"enum\":[\"paused\",\"running\",\"stopping\"]},"
    "\"users\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":1000000},"
    "\"rate\":{\"type\":\"number\",\"minimum\":0,\"maximum\":1000000000}}},"
    "\"Histograms\":{\"type\":\"object\",\"properties\":{\"duration\":{\"type\":\"string\"},"
    "\"responseTime\":{\"type\":\"string\"}}},"
    "\"Comparison\":{\"type\":\"object\",\"required\":[\"before\",\"after\",\"worse\",\"caveats\","
    "\"rows\"],\"properties\":{\"before\":{\"type\":\"string\"},\"after\":{\"type\":\"string\"},"
    "\"worse\":{\"type\":\"boolean\"},\"caveats\":{\"type\":\"array\",\"items\":{\"type\":"
    "\"string\"}},\"rows\":{\"type\":\"array\",\"items\":{\"type\":\"object\"}}}},"
    "\"Secret\":{\"type\":\"object\",\"required\":[\"redacted\"],\"properties\":{\"redacted\":{"
    "\"const\":true}},\"additionalProperties\":false}}";

static JsonObject *
type_schema (const char *type)
{
  JsonObject *schema = json_object_new ();

  json_object_set_string_member (schema, "type", type);
  return schema;
}

static JsonObject *
ref_schema (const char *name)
{
  JsonObject *schema = json_object_new ();
  g_autofree char *place = g_strconcat ("#/components/schemas/", name, NULL);

  json_object_set_string_member (schema, "$ref", place);
  return schema;
}

/* A text, or the mark that stands for a secret one. */
static JsonObject *
text_schema (void)
{
  JsonObject *schema = json_object_new ();
  JsonArray *either = json_array_new ();

  json_array_add_object_element (either, type_schema ("string"));
  json_array_add_object_element (either, ref_schema ("Secret"));
  json_object_set_array_member (schema, "anyOf", either);
  return schema;
}

static JsonObject *
number_schema (const LfField *field, const char *type)
{
  JsonObject *schema = type_schema (type);

  if (field->minimum != field->maximum)
    {
      json_object_set_double_member (schema, "minimum", field->minimum);
      json_object_set_double_member (schema, "maximum", field->maximum);
    }
  return schema;
}

static JsonObject *
words_schema (const LfField *field)
{
  JsonObject *schema = json_object_new ();
  JsonArray *words = json_array_new ();

  for (guint i = 0; field->words[i] != NULL; i++)
    json_array_add_string_element (words, field->words[i]);
  json_object_set_array_member (schema, "enum", words);
  return schema;
}

static JsonObject *
collection_schema (const char *type, const char *within, JsonObject *item)
{
  JsonObject *schema = type_schema (type);

  json_object_set_object_member (schema, within, item);
  return schema;
}

static JsonObject *
field_schema (const LfField *field)
{
  JsonObject *time;

  switch (field->kind)
    {
    case LF_FIELD_STRING:
      return text_schema ();
    case LF_FIELD_BOOLEAN:
      return type_schema ("boolean");
    case LF_FIELD_INTEGER:
      return number_schema (field, "integer");
    case LF_FIELD_NUMBER:
      return number_schema (field, "number");
    case LF_FIELD_ENUM:
      return words_schema (field);
    case LF_FIELD_TIME:
      time = type_schema ("string");
      json_object_set_string_member (time, "format", "date-time");
      return time;
    case LF_FIELD_STRINGS:
      return collection_schema ("array", "items", type_schema ("string"));
    case LF_FIELD_OBJECT:
      return ref_schema (field->type->name + 2);
    case LF_FIELD_LIST:
      return collection_schema ("array", "items", ref_schema (field->type->name + 2));
    case LF_FIELD_MAP:
      return collection_schema ("object", "additionalProperties",
                                ref_schema (field->type->name + 2));
    case LF_FIELD_COUNTS:
      return collection_schema ("object", "additionalProperties", type_schema ("integer"));
    case LF_FIELD_JSON:
    default:
      return json_object_new ();
    }
}

/* Adds @type, and what it is made of; types are called as in C, without their prefix. */
static void
add_type (JsonObject *schemas, const LfRecordType *type)
{
  const char *name = type->name + 2;
  JsonObject *schema, *properties;

  if (json_object_has_member (schemas, name))
    return;
  schema = type_schema ("object");
  properties = json_object_new ();
  json_object_set_object_member (schemas, name, schema);
  json_object_set_object_member (schema, "properties", properties);
  for (const LfField *field = type->fields; field->name != NULL; field++)
    {
      json_object_set_object_member (properties, field->name, field_schema (field));
      if (field->type != NULL)
        add_type (schemas, field->type);
    }
}

JsonObject *
lf_openapi_schemas (void)
{
  const LfRecordType *const types[] = { &lf_spec_type,        &lf_run_type,
                                        &lf_summary_type,     &lf_sample_type,
                                        &lf_log_line_type,    &lf_attachment_type,
                                        &lf_run_schedule_type };
  g_autoptr (JsonNode) node = lf_json_from_text (plain, -1, NULL);
  JsonObject *schemas = json_node_dup_object (node);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    add_type (schemas, types[i]);
  return schemas;
}
