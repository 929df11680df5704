#pragma once

#include "lf-spec.h"

#include <adwaita.h>

/*
 * Edits spec->loadProfile: users that ramp up and down, or a constant arrival rate; any other
 * executor is shown in words and left as it is.
 *
 * Signals: "changed" ().
 */
#define LF_TYPE_LOAD_EDITOR (lf_load_editor_get_type ())
G_DECLARE_FINAL_TYPE (LfLoadEditor, lf_load_editor, LF, LOAD_EDITOR, GtkBox)

/* @spec belongs to the caller and outlives the call of this function with another spec or NULL. */
void     lf_load_editor_set_spec       (LfLoadEditor *self, LfSpec *spec);
void     lf_load_editor_clear_messages (LfLoadEditor *self);
/* @field: the part of a problem's pointer after /loadProfile, as "/users"; FALSE where no control
 * shows it. */
gboolean lf_load_editor_set_message    (LfLoadEditor *self, const char *field, const char *message);
