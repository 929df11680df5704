#pragma once

#include <json-glib/json-glib.h>

/* The schemas that routes name, by name: {"Spec": {…}, …}. (transfer full) */
JsonObject *lf_openapi_schemas (void) G_GNUC_WARN_UNUSED_RESULT;
