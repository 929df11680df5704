#pragma once

#include <json-glib/json-glib.h>

/*
 * A list for a program: the records as a JSON array on standard output.
 */

/* @to_json: (transfer full) node of one record. */
typedef JsonNode *(*LfJsonListFunc) (gconstpointer record);

void lf_json_list_print (GPtrArray *records, LfJsonListFunc to_json);
