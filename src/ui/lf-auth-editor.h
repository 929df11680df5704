#pragma once

#include "lf-step.h"

#include <gtk/gtk.h>

/*
 * How a step signs in: none, or one of the ways of LfAuthType with what it needs. What stood in another way is
 * there again when that is chosen again, and is not in the document meanwhile.
 *
 * Signals: "changed" ().
 */
#define LF_TYPE_AUTH_EDITOR (lf_auth_editor_get_type ())
G_DECLARE_FINAL_TYPE (LfAuthEditor, lf_auth_editor, LF, AUTH_EDITOR, GtkBox)

/* @step belongs to the caller, is edited in place and outlives the call with another one or NULL. */
void     lf_auth_editor_set_step       (LfAuthEditor *self, LfStep *step);
void     lf_auth_editor_clear_messages (LfAuthEditor *self);
/* @field: below the step's /auth, as "/username". FALSE where no control shows it. */
gboolean lf_auth_editor_set_message    (LfAuthEditor *self, const char *field, const char *message);
