#pragma once

#include "lf-store.h"

#include <adwaita.h>

/*
 * The page that edits one spec: a copy of it, so that fields without a control stay as they are.
 *
 * Properties: "modified" (boolean, notifies): there is something to save.
 * Signals: "saved" (LfSpec *): what the store now holds.
 * Its buttons activate win.save, win.run and win.back.
 */
#define LF_TYPE_SPEC_EDITOR (lf_spec_editor_get_type ())
G_DECLARE_FINAL_TYPE (LfSpecEditor, lf_spec_editor, LF, SPEC_EDITOR, GtkBox)

/* Shows a copy of @spec, which is new where it has no id; NULL for none. Changes to the one before
 * are dropped, and so are the files that only they used. */
void          lf_spec_editor_set_spec    (LfSpecEditor *self, LfStore *store, const LfSpec *spec);
const LfSpec *lf_spec_editor_get_spec    (LfSpecEditor *self); /* as it is shown; NULL without one */
gboolean      lf_spec_editor_is_modified (LfSpecEditor *self);
gboolean      lf_spec_editor_is_new      (LfSpecEditor *self); /* never saved */
/* Shows all that keeps the spec from running and moves the focus there; TRUE where nothing does. */
gboolean      lf_spec_editor_check       (LfSpecEditor *self);
/* Calls made while a file, or what was saved before, is on its way fail with LF_ERROR_STATE. */
void          lf_spec_editor_save_async  (LfSpecEditor *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean      lf_spec_editor_save_finish (LfSpecEditor *self, GAsyncResult *result, GError **error);
/* Whether what was saved last is still what is shown, maybe edited since. */
gboolean      lf_spec_editor_shows_saved (LfSpecEditor *self);
/* Makes it a new spec, which the next save inserts. */
void          lf_spec_editor_detach      (LfSpecEditor *self);
/* Shows @shown as an edit of @stored, which the store holds by now; what was shown before goes, but no file that came
 * with it. Neither belongs to the editor. */
void          lf_spec_editor_rebase      (LfSpecEditor *self, const LfSpec *stored, const LfSpec *shown);
void          lf_spec_editor_set_running (LfSpecEditor *self, gboolean starting); /* Run waits meanwhile */
