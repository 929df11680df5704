#pragma once

#include <glib.h>

/* What a person is told of JSON that is none, with line and character; NULL where nothing is wrong. Text
 * with a variable (${name}) is not judged: what is sent has its value there. (transfer full) */
char *lf_body_json_fault  (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* The same JSON on indented lines. Nothing but white space is changed, so numbers and keys stay as they were
 * written. @text has no fault. (transfer full) */
char *lf_body_json_indent (const char *text) G_GNUC_WARN_UNUSED_RESULT;
