#pragma once

#include "lf-body-editor.h"

/*
 * Edits one step in place: method, URL, parameters, headers, sign-in, options and body.
 *
 * Signals: "changed" (), "added" (const char *attachment_id): a file went into the store.
 * The template keeps two places for what belongs to a step: the box `actions` below the URL (see
 * lf_step_editor_add_action()) and the card `body_card` that holds the body editor.
 */
#define LF_TYPE_STEP_EDITOR (lf_step_editor_get_type ())
G_DECLARE_FINAL_TYPE (LfStepEditor, lf_step_editor, LF, STEP_EDITOR, GtkBox)

/* @step belongs to the caller and outlives the call with another step or NULL, which also cancels
 * an upload. @http (nullable): the options of its spec. */
void          lf_step_editor_set_step       (LfStepEditor *self, LfStore *store, const LfHttpOptions *http, LfStep *step);
/* What the step inherits is another now. */
void          lf_step_editor_set_http       (LfStepEditor *self, const LfHttpOptions *http);
LfStep       *lf_step_editor_get_step       (LfStepEditor *self); /* (transfer none), NULL without one */
LfBodyEditor *lf_step_editor_get_body       (LfStepEditor *self); /* (transfer none) */
void          lf_step_editor_add_action     (LfStepEditor *self, GtkWidget *action); /* a button of the step, such as Send Once */
void          lf_step_editor_clear_messages (LfStepEditor *self);
/* Shows @message beside the control of @field, a JSON pointer below the step ("/url"). FALSE where no
 * control shows it. What was not filled in yet is no mistake unless @all; nor is an empty row unless @checked. */
gboolean      lf_step_editor_set_message    (LfStepEditor *self, const char *field, const char *message, gboolean all, gboolean checked);
