#pragma once

#include "lf-store.h"

#include <adwaita.h>

/*
 * Edits the body of a step: none, text, JSON, a form, GraphQL, a file that it streams into the store, or several of
 * them as the parts of a multipart body.
 *
 * Signals: "changed" (), "added" (const char *attachment_id): a file went into the store.
 */
#define LF_TYPE_BODY_EDITOR (lf_body_editor_get_type ())
G_DECLARE_FINAL_TYPE (LfBodyEditor, lf_body_editor, LF, BODY_EDITOR, GtkBox)

/* @step belongs to the caller and outlives the call with another step or NULL, which also cancels
 * an upload. */
void        lf_body_editor_set_step    (LfBodyEditor *self, LfStore *store, LfStep *step);
/* (element-type GFile): makes one file the body; adds it, or several, to a multipart body. */
void        lf_body_editor_take_files  (LfBodyEditor *self, GSList *files);
gboolean    lf_body_editor_is_busy     (LfBodyEditor *self); /* a file is on its way into the store */
/* Whether something that can be undone here needs the attachment @id: it is to stay in the store. */
gboolean    lf_body_editor_can_restore (LfBodyEditor *self, const char *id);
void        lf_body_editor_set_message (LfBodyEditor *self, const char *message);
void        lf_body_editor_clear_row_messages (LfBodyEditor *self);
/* What is wrong with @field ("/name") of row @n of a form, or of part @n; FALSE where there is none. */
gboolean    lf_body_editor_set_row_message (LfBodyEditor *self, guint n, const char *field, const char *message);
/* What is checked a moment after it was typed is checked now. */
void        lf_body_editor_check       (LfBodyEditor *self);
const char *lf_body_editor_get_message (LfBodyEditor *self); /* what is shown, or NULL */
