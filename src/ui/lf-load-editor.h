#pragma once

#include "lf-spec.h"

#include <adwaita.h>

/*
 * Edits the load of a spec, of every executor: in numbers, in stages and in the drawing, each following the
 * others. Ctrl+Z takes a change back, Ctrl+Shift+Z brings it again.
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
void     lf_load_editor_set_warmup_message (LfLoadEditor *self, const char *message); /* of the spec's /warmup */
