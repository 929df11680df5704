/*
 * What test-schema.py asks the codec: without an argument, says of each line on standard input (a
 * document) "ok" or why it is refused; with --fields, prints the codec's tables as JSON.
 */
#include "lf-spec.h"

#include <stdio.h>

static const char *const kinds[] = { "string",  "boolean", "integer", "number", "enum",   "time",
                                     "strings", "object",  "list",    "map",    "counts", "json" };

static void
add_type (JsonBuilder *builder, const LfRecordType *type, GHashTable *told)
{
  if (!g_hash_table_add (told, (gpointer) type->name))
    return;
  json_builder_set_member_name (builder, type->name);
  json_builder_begin_object (builder);
  for (const LfField *field = type->fields; field->name; field++)
    {
      json_builder_set_member_name (builder, field->name);
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "kind");
      json_builder_add_string_value (builder, kinds[field->kind]);
      json_builder_set_member_name (builder, "minimum");
      json_builder_add_double_value (builder, field->minimum);
      json_builder_set_member_name (builder, "maximum");
      json_builder_add_double_value (builder, field->maximum);
      json_builder_set_member_name (builder, "preset");
      json_builder_add_double_value (builder, field->preset);
      json_builder_set_member_name (builder, "words");
      json_builder_begin_array (builder);
      for (guint i = 0; field->words && field->words[i]; i++)
        json_builder_add_string_value (builder, field->words[i]);
      json_builder_end_array (builder);
      json_builder_set_member_name (builder, "type");
      json_builder_add_string_value (builder, field->type ? field->type->name : "");
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
  for (const LfField *field = type->fields; field->name; field++)
    if (field->type)
      add_type (builder, field->type, told);
}

static void
print_fields (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_type (builder, &lf_spec_type, told);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  puts (text);
}

int
main (int argc, char **argv)
{
  char *line = NULL;
  size_t size = 0;

  if (argc > 1)
    {
      print_fields ();
      return 0;
    }
  while (getline (&line, &size, stdin) > 0)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LfSpec) spec = lf_spec_from_text (line, -1, &error);

      puts (spec ? "ok" : error->message);
    }
  free (line);
  return 0;
}
