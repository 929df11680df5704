#pragma once

#include <json-glib/json-glib.h>

/*
 * Secrets as the remote endpoint tells and takes them: {"redacted": true} stands where one is, and who sends that
 * back keeps what was stored there.
 */

/* @node, a document without its secrets (lf_redact_spec()), with the marks. (transfer full) */
JsonNode *lf_secret_marks_put  (JsonNode *node) G_GNUC_WARN_UNUSED_RESULT;
/* @sent with the secrets of @stored in place of its marks; @redacted: the same as lf_redact_spec() tells it. Both NULL
 * where nothing is stored. Steps and rows are found again by their names. LF_ERROR_VALUE with the pointer of a
 * mark that stands for nothing. (transfer full) */
JsonNode *lf_secret_marks_fill (JsonNode *sent, JsonNode *stored, JsonNode *redacted, GError **error) G_GNUC_WARN_UNUSED_RESULT;
