#pragma once

#include "lf-step.h"

#include <gtk/gtk.h>

/*
 * The parameters of a step as a grid that is in step with its URL: what is switched on stands in the query of the
 * URL, what is switched off is kept among the step's params. Showing a step changes nothing of it.
 *
 * Signals: "changed" (): the step's URL, and its params, are others now.
 */
#define LF_TYPE_PARAMS_EDITOR (lf_params_editor_get_type ())
G_DECLARE_FINAL_TYPE (LfParamsEditor, lf_params_editor, LF, PARAMS_EDITOR, GtkBox)

/* @step belongs to the caller, is edited in place and outlives the call with another one or NULL. */
void lf_params_editor_set_step (LfParamsEditor *self, LfStep *step);
/* After the step's URL was edited elsewhere. */
void lf_params_editor_follow   (LfParamsEditor *self);
void     lf_params_editor_clear_messages (LfParamsEditor *self);
/* What is wrong with params[@n] of the step; FALSE where no row shows it. */
gboolean lf_params_editor_set_message    (LfParamsEditor *self, guint n, gboolean of_value, const char *message);
