#include "config.h"

#include "lf-answers.h"

#include "lf-redact.h"
#include "lf-secret-marks.h"

JsonNode *
lf_answer_spec (const LfSpec *spec)
{
  g_autoptr (JsonNode) redacted = lf_redact_spec (spec);

  return lf_secret_marks_put (redacted);
}

static void
drop (JsonNode *node, const char *member, const char *name)
{
  JsonObject *object = json_node_get_object (node);
  JsonNode *within = member != NULL ? json_object_get_member (object, member) : NULL;

  if (member != NULL)
    object =
        within != NULL && JSON_NODE_HOLDS_OBJECT (within) ? json_node_get_object (within) : NULL;
  if (object != NULL && json_object_has_member (object, name))
    json_object_remove_member (object, name);
}

JsonNode *
lf_answer_run (const LfRun *run)
{
  g_autoptr (JsonNode) node = lf_record_to_json (run);

  drop (node, NULL, "owner");
  return lf_secret_marks_put (node);
}

JsonNode *
lf_answer_run_brief (const LfRun *run)
{
  JsonNode *node = lf_record_to_json (run);

  drop (node, NULL, "owner");
  drop (node, NULL, "spec");
  drop (node, "summary", "spec");
  drop (node, "summary", "steps");
  drop (node, "summary", "histograms");
  return node;
}

JsonNode *
lf_answer_summary (const LfSummary *summary)
{
  g_autoptr (JsonNode) node = lf_record_to_json (summary);

  return lf_secret_marks_put (node);
}

JsonNode *
lf_answer_sample (const LfSample *sample)
{
  JsonNode *node = lf_record_to_json (sample);

  drop (node, NULL, "histograms");
  return node;
}

JsonNode *
lf_answer_page (GPtrArray *items, const char *next)
{
  JsonObject *page = json_object_new ();
  JsonArray *list = json_array_sized_new (items->len);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < items->len; i++)
    json_array_add_element (list, items->pdata[i]);
  g_ptr_array_unref (items);
  json_object_set_array_member (page, "items", list);
  if (next != NULL)
    json_object_set_string_member (page, "next", next);
  else
    json_object_set_null_member (page, "next");
  json_node_take_object (node, page);
  return node;
}
