#pragma once

#include "lf-http-options.h"

#include <gtk/gtk.h>

/*
 * The HTTP options of a spec, or of a step, which has those of its spec where it says nothing: what is shown is what
 * holds; what is changed is written down, and Inherit takes all of that back.
 *
 * Signals: "changed" ().
 */
#define LF_TYPE_HTTP_EDITOR (lf_http_editor_get_type ())
G_DECLARE_FINAL_TYPE (LfHttpEditor, lf_http_editor, LF, HTTP_EDITOR, GtkBox)

/* @place: where the options stand, *@place may be NULL; @base (nullable): what holds where they say nothing. Both belong
 * to the caller and outlive the call with others; @place NULL for none. */
void     lf_http_editor_set_options    (LfHttpEditor *self, const LfHttpOptions *base, LfHttpOptions **place);
void     lf_http_editor_clear_messages (LfHttpEditor *self);
/* @field: below /http, as "/timeout" or "/tls/caFile". FALSE where no control shows it. */
gboolean lf_http_editor_set_message    (LfHttpEditor *self, const char *field, const char *message);
