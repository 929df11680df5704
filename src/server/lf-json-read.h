#pragma once

#include <json-glib/json-glib.h>

/* Members of objects that come from anywhere. */

/* NULL where it is missing or no text. */
static inline const char *
lf_json_read_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* @preset where it is missing or no whole number. */
static inline gint64
lf_json_read_int (JsonObject *object, const char *name, gint64 preset)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
             ? json_node_get_int (node)
             : preset;
}
