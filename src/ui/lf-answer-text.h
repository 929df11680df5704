#pragma once

#include <glib.h>

/* The body of an answer as a person reads it: JSON indented, other text as it stands, of anything else what
 * there is. @size: of the whole body, of which @body may be the beginning. (transfer full), valid UTF-8 */
char *lf_answer_text_new (GBytes *body, guint64 size) G_GNUC_WARN_UNUSED_RESULT;
