#pragma once

#include <json-glib/json-glib.h>

/*
 * Problem details as RFC 9457 has them: {"type", "title", "status", "detail", "errors": [{"pointer", "detail"}]}.
 */

/* @detail that begins with a JSON pointer ("/steps/0/url: not a URL") is told in `errors`, too. (transfer full) */
JsonNode *lf_problem_json      (guint status, const char *detail) G_GNUC_WARN_UNUSED_RESULT;
/* @problems: of LfProblem, at least one. (transfer full) */
JsonNode *lf_problem_json_list (guint status, GPtrArray *problems) G_GNUC_WARN_UNUSED_RESULT;
