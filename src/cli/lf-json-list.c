#include "config.h"

#include "lf-json-list.h"

#include "lf-json.h"

#include <stdio.h>

void
lf_json_list_print (GPtrArray *records, LfJsonListFunc to_json)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonArray) array = json_array_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < records->len; i++)
    json_array_add_element (array, to_json (records->pdata[i]));
  json_node_set_array (node, array);
  text = lf_json_to_text (node, TRUE);
  printf ("%s\n", text);
}
