#pragma once

#include "lf-spec.h"

/* What stands in place of a secret, in every record that is kept or handed on. */
#define LF_REDACTED "[redacted]"

/* @spec as a document without its secrets: values of secret variables, passwords, tokens and keys
 * of `auth`, headers that carry credentials (told by their names), passwords and tokens within URLs.
 * It still reads as a spec. (transfer full). Any thread. */
JsonNode *lf_redact_spec (const LfSpec *spec) G_GNUC_WARN_UNUSED_RESULT;
/* "http://user:secret@host/" -> "http://user:[redacted]@host/"; "https://token@host/" ->
 * "https://[redacted]@host/"; NULL for NULL. (transfer full) */
char     *lf_redact_url  (const char *url) G_GNUC_WARN_UNUSED_RESULT;
/* The head of a request or an answer, with what its fields carry of credentials taken out. (transfer full) */
char     *lf_redact_head (const char *head) G_GNUC_WARN_UNUSED_RESULT;
