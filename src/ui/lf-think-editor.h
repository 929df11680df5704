#pragma once

#include "lf-step.h"

#include <gtk/gtk.h>

/*
 * How long a user pauses after a step: between two numbers of seconds, by chance. None is two zeros, and is not in
 * the document.
 *
 * Signals: "changed" ().
 */
#define LF_TYPE_THINK_EDITOR (lf_think_editor_get_type ())
G_DECLARE_FINAL_TYPE (LfThinkEditor, lf_think_editor, LF, THINK_EDITOR, GtkBox)

/* @step belongs to the caller, is edited in place and outlives the call with another one or NULL. */
void     lf_think_editor_set_step       (LfThinkEditor *self, LfStep *step);
void     lf_think_editor_clear_messages (LfThinkEditor *self);
/* @field: below the step's /thinkTime, as "/max". FALSE where no control shows it. */
gboolean lf_think_editor_set_message    (LfThinkEditor *self, const char *field, const char *message);
