#pragma once

#include "lf-store.h"

#include <adwaita.h>

/*
 * Edits the body of a step: none, text, JSON, a form, GraphQL or a file that it streams into the store.
 * A multipart body is named and left as it is.
 *
 * Signals: "changed" (), "added" (const char *attachment_id): a file went into the store.
 */
#define LF_TYPE_BODY_EDITOR (lf_body_editor_get_type ())
G_DECLARE_FINAL_TYPE (LfBodyEditor, lf_body_editor, LF, BODY_EDITOR, GtkBox)

/* @step belongs to the caller and outlives the call with another step or NULL, which also cancels
 * an upload. */
void        lf_body_editor_set_step    (LfBodyEditor *self, LfStore *store, LfStep *step);
/* Makes @file the body. */
void        lf_body_editor_take_file   (LfBodyEditor *self, GFile *file);
gboolean    lf_body_editor_is_busy     (LfBodyEditor *self); /* a file is on its way into the store */
void        lf_body_editor_set_message (LfBodyEditor *self, const char *message);
const char *lf_body_editor_get_message (LfBodyEditor *self); /* what is shown, or NULL */
