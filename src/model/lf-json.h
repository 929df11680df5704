#pragma once

#include <json-glib/json-glib.h>

/*
 * JSON text, strictly as RFC 8259 has it. json-glib's own parser takes more than that (comments, a
 * key twice, several roots), recurses without a bound and tells no column; its generator writes 0.1
 * as 0.10000000000000001. So records go through these. Any thread.
 */

#define LF_JSON_DEPTH 100                  /* lists and objects within each other */
#define LF_JSON_LIMIT (64 * 1024 * 1024)   /* bytes of one document */

/* @length: -1 where @text ends with a NUL. (transfer full) or NULL with LF_ERROR_SYNTAX ("line 3,
 * column 7: ...") or LF_ERROR_TOO_LARGE. */
JsonNode *lf_json_from_text (const char *text, gssize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Where its LF_ERROR_SYNTAX was found, both from 1; FALSE where @error is another. */
gboolean  lf_json_error_place (const GError *error, guint *line, guint *column);
/* @pretty: two spaces a level, without a newline at the end. Doubles in their shortest form that
 * reads back as the same. */
char     *lf_json_to_text   (JsonNode *node, gboolean pretty) G_GNUC_WARN_UNUSED_RESULT;
/* A deep copy: shares nothing, so that it may go to another thread. */
JsonNode *lf_json_copy      (JsonNode *node) G_GNUC_WARN_UNUSED_RESULT;
