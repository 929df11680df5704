#pragma once

#include <json-glib/json-glib.h>

/* The OpenAPI 3.1 document, written from the table of routes and the tables of records' fields. (transfer full) */
JsonNode *lf_openapi_document (void) G_GNUC_WARN_UNUSED_RESULT;
