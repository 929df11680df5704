#include "config.h"

#include "lf-window-private.h"

#include "lf-error.h"

#include <glib/gi18n.h>

/* A save that was refused, and what was to follow it. */
typedef struct
{
  LfWindow *window;
  LfWindowThen then;
  gpointer data;
  GDestroyNotify destroy;
  gboolean keeps_mine;
  char *spec_id; /* once the other one is being loaded */
} Conflict;

static void
conflict_free (Conflict *conflict)
{
  if (conflict->destroy != NULL)
    conflict->destroy (conflict->data);
  g_object_unref (conflict->window);
  g_free (conflict->spec_id);
  g_free (conflict);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Conflict, conflict_free)

static void
save (Conflict *conflict)
{
  _lf_window_save (conflict->window, conflict->then, g_steal_pointer (&conflict->data),
                   g_steal_pointer (&conflict->destroy));
}

/* What was edited here, and what it was an edit of. */
typedef struct
{
  LfSpec *stored;
  LfSpec *mine;
} Replaced;

static void
replaced_free (gpointer data, GClosure *closure)
{
  Replaced *replaced = data;

  lf_spec_free (replaced->stored);
  lf_spec_free (replaced->mine);
  g_free (replaced);
}

/* Only while the editor still shows it. */
static void
undo_cb (AdwToast *toast, Replaced *replaced)
{
  LfWindow *self = g_object_get_data (G_OBJECT (toast), "window");
  const LfSpec *shown = lf_spec_editor_get_spec (self->editor);

  if (shown == NULL || g_strcmp0 (shown->id, replaced->stored->id) != 0)
    return;
  lf_spec_editor_rebase (self->editor, replaced->stored, replaced->mine);
}

static void
take_theirs (LfWindow *self, const LfSpec *theirs, const LfSpec *mine)
{
  AdwToast *toast = adw_toast_new (_ ("This is how it was saved elsewhere"));
  Replaced *replaced = g_new0 (Replaced, 1);

  replaced->stored = lf_spec_copy (theirs);
  replaced->mine = lf_spec_copy (mine);
  lf_spec_editor_rebase (self->editor, theirs, theirs);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_object_set_data (G_OBJECT (toast), "window", self); /* which holds the toast */
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), replaced, replaced_free, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Conflict) conflict = user_data;
  LfWindow *self = conflict->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) theirs = lf_store_load_spec_finish (LF_STORE (source), result, &error);
  const LfSpec *shown = self->library != NULL ? lf_spec_editor_get_spec (self->editor) : NULL;
  g_autoptr (LfSpec) mine = NULL;

  if (shown == NULL || g_strcmp0 (shown->id, conflict->spec_id) != 0)
    return; /* somebody went elsewhere meanwhile */
  if (theirs == NULL)
    {
      self->quitting = FALSE;
      _lf_window_alert (self, _ ("The Spec Cannot Be Read"), error->message);
      return;
    }
  mine = lf_spec_copy (shown);
  if (conflict->keeps_mine)
    {
      lf_spec_editor_rebase (self->editor, theirs, mine);
      save (conflict);
    }
  else
    take_theirs (self, theirs, mine);
  lf_spec_library_put (self->library, theirs); /* which the editor has by now */
}

/* By the store, not by the list, which may not have seen it yet. */
static void
load_theirs (Conflict *conflict)
{
  LfWindow *self = conflict->window;

  conflict->spec_id = g_strdup (lf_spec_editor_get_spec (self->editor)->id);
  lf_store_load_spec_async (lf_spec_library_get_store (self->library), conflict->spec_id, NULL,
                            loaded_cb, conflict);
}

static void
answered_cb (Conflict *asked, const char *response)
{
  g_autoptr (Conflict) conflict = g_new0 (Conflict, 1);
  LfWindow *self = asked->window;

  *conflict = *asked; /* the dialog frees what is left of its own */
  g_object_ref (self);
  asked->data = NULL;
  asked->destroy = NULL;
  if (self->library == NULL || lf_spec_editor_get_spec (self->editor) == NULL)
    return;
  conflict->keeps_mine = g_strcmp0 (response, "mine") == 0;
  if (g_strcmp0 (response, "copy") == 0)
    {
      lf_spec_editor_detach (self->editor);
      save (conflict);
    }
  else if (conflict->keeps_mine)
    load_theirs (g_steal_pointer (&conflict));
  else
    {
      self->quitting = FALSE;
      if (g_strcmp0 (response, "theirs") == 0)
        load_theirs (g_steal_pointer (&conflict));
    }
}

static void
free_cb (gpointer data, GClosure *closure)
{
  conflict_free (data);
}

void
_lf_window_ask_conflict (LfWindow *self, LfWindowThen then, gpointer data, GDestroyNotify destroy)
{
  Conflict *conflict = g_new0 (Conflict, 1);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Changed Elsewhere"), NULL);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  *conflict = (Conflict){ g_object_ref (self), then, data, destroy, FALSE, NULL };
  adw_message_dialog_format_body (message,
                                  _ ("Somebody else saved “%s” while it was edited here. Keep Mine "
                                     "replaces what they saved, Take "
                                     "Theirs drops what was changed here."),
                                  lf_spec_editor_get_spec (self->editor)->name);
  adw_message_dialog_add_responses (message, "cancel", _ ("_Cancel"), "mine", _ ("_Keep Mine"),
                                    "theirs", _ ("_Take Theirs"), "copy", _ ("_Save as a Copy"),
                                    NULL);
  adw_message_dialog_set_response_appearance (message, "mine", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (message, "copy", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "copy");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), conflict, free_cb,
                         G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
