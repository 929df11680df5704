#include "config.h"

#include "lf-problem-json.h"

#include "lf-spec.h"

#include <libsoup/soup.h>
#include <string.h>

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
begin (JsonBuilder *builder, guint status, const char *detail)
{
  json_builder_begin_object (builder);
  add_text (builder, "type", "about:blank");
  add_text (builder, "title", soup_status_get_phrase (status));
  json_builder_set_member_name (builder, "status");
  json_builder_add_int_value (builder, status);
  add_text (builder, "detail", detail);
}

static void
add_error (JsonBuilder *builder, const char *pointer, const char *detail)
{
  json_builder_begin_object (builder);
  add_text (builder, "pointer", pointer);
  add_text (builder, "detail", detail);
  json_builder_end_object (builder);
}

JsonNode *
lf_problem_json (guint status, const char *detail)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *valid = g_utf8_make_valid (detail, -1);
  const char *colon = *valid == '/' ? strstr (valid, ": ") : NULL;

  begin (builder, status, valid);
  if (colon != NULL)
    {
      g_autofree char *pointer = g_strndup (valid, (gsize) (colon - valid));

      json_builder_set_member_name (builder, "errors");
      json_builder_begin_array (builder);
      add_error (builder, pointer, colon + 2);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

JsonNode *
lf_problem_json_list (guint status, GPtrArray *problems)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const LfProblem *first = problems->pdata[0];
  g_autofree char *detail = g_strdup_printf ("%s: %s", first->pointer, first->message);

  begin (builder, status, detail);
  json_builder_set_member_name (builder, "errors");
  json_builder_begin_array (builder);
  for (guint i = 0; i < problems->len; i++)
    {
      const LfProblem *problem = problems->pdata[i];

      add_error (builder, problem->pointer, problem->message);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
