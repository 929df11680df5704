#include "config.h"

#include "lf-window-private.h"

#include "lf-error.h"

#include <glib/gi18n.h>

/* What follows a save or an answer. */
typedef struct
{
  LfWindow *window;
  LfWindowThen then;
  gpointer data;
  GDestroyNotify destroy;
} Next;

static Next *
next_new (LfWindow *self, LfWindowThen then, gpointer data, GDestroyNotify destroy)
{
  Next *next = g_new0 (Next, 1);

  next->window = g_object_ref (self);
  next->then = then;
  next->data = data;
  next->destroy = destroy;
  return next;
}

static void
next_free (Next *next)
{
  if (next->destroy != NULL)
    next->destroy (next->data);
  g_object_unref (next->window);
  g_free (next);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Next, next_free)

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Next) next = user_data;
  LfWindow *self = next->window;
  gboolean shown = lf_spec_editor_shows_saved (LF_SPEC_EDITOR (source));
  g_autoptr (GError) error = NULL;

  if (self->library == NULL)
    return;
  if (lf_spec_editor_save_finish (LF_SPEC_EDITOR (source), result, &error))
    {
      _lf_window_update_actions (self);
      if (!shown)
        self->quitting = FALSE; /* somebody went elsewhere, and what was to follow is of no use */
      else if (next->then != NULL)
        next->then (self, next->data);
      else if (!lf_spec_editor_check (self->editor))
        lf_window_tell (self, _ ("Saved. Mend what is marked before you run it."));
      return;
    }
  if (shown && g_error_matches (error, LF_ERROR, LF_ERROR_CONFLICT))
    {
      _lf_window_ask_conflict (self, next->then, g_steal_pointer (&next->data),
                               g_steal_pointer (&next->destroy));
      return;
    }
  self->quitting = FALSE;
  if (g_error_matches (error, LF_ERROR, LF_ERROR_STATE))
    lf_window_tell (self, error->message);
  else
    _lf_window_alert (self, _ ("The Spec Cannot Be Saved"), error->message);
}

void
_lf_window_save (LfWindow *self, LfWindowThen then, gpointer data, GDestroyNotify destroy)
{
  g_autoptr (Next) next = next_new (self, then, data, destroy);

  if (lf_spec_editor_get_spec (self->editor) != NULL)
    lf_spec_editor_save_async (self->editor, saved_cb, g_steal_pointer (&next));
}

static void
next_free_cb (gpointer data)
{
  next_free (data);
}

/* What was typed while the store took its time is asked about like the rest. */
static void
leave_again (LfWindow *self, gpointer data)
{
  Next *next = data;

  _lf_window_leave_editor (self, next->then, g_steal_pointer (&next->data),
                           g_steal_pointer (&next->destroy));
}

/* Takes what is in @next. */
static void
save_and_leave (Next *next)
{
  Next *again = next_new (next->window, next->then, g_steal_pointer (&next->data),
                          g_steal_pointer (&next->destroy));

  _lf_window_save (next->window, leave_again, again, next_free_cb);
}

static void
leave_answered_cb (Next *next, const char *response)
{
  LfWindow *self = next->window;

  if (self->library == NULL)
    return;
  if (g_strcmp0 (response, "save") == 0)
    save_and_leave (next);
  else if (g_strcmp0 (response, "discard") == 0)
    {
      _lf_window_show_list (self);
      next->then (self, next->data);
    }
  else
    self->quitting = FALSE;
}

static void
next_unref_cb (gpointer data, GClosure *closure)
{
  next_free (data);
}

static void
ask_to_save (LfWindow *self, Next *next)
{
  const char *name = lf_spec_editor_get_spec (self->editor)->name;
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Save Changes?"), NULL);

  adw_message_dialog_format_body (
      ADW_MESSAGE_DIALOG (dialog),
      _ ("“%s” has changes that are not saved. Discarded, they are lost."),
      name != NULL && *name != '\0' ? name : _ ("New Spec"));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "discard",
                                    _ ("_Discard"), "save", _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (leave_answered_cb), next, next_unref_cb,
                         G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
_lf_window_leave_editor (LfWindow *self, LfWindowThen then, gpointer data, GDestroyNotify destroy)
{
  g_autoptr (Next) next = next_new (self, then, data, destroy);

  if (lf_spec_editor_is_modified (self->editor))
    {
      ask_to_save (self, g_steal_pointer (&next));
      return;
    }
  then (self, data);
}

void
_lf_window_show_list (LfWindow *self)
{
  lf_spec_editor_set_spec (self->editor, NULL, NULL);
  lf_history_show (self->history, NULL, NULL, NULL);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->list_page));
  gtk_widget_grab_focus (GTK_WIDGET (self->list_page)); /* it would stay on the hidden page */
  _lf_window_update_actions (self);
}

static void
edit_now (LfWindow *self, gpointer spec)
{
  self->told_revision = 0;
  lf_spec_editor_set_spec (self->editor, lf_spec_library_get_store (self->library), spec);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->editor));
  _lf_window_update_actions (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->editor));
}

void
_lf_window_edit (LfWindow *self, const LfSpec *spec)
{
  _lf_window_leave_editor (self, edit_now, lf_spec_copy (spec), lf_record_free);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = lf_store_load_spec_finish (LF_STORE (source), result, &error);

  if (self->library == NULL)
    return;
  if (spec == NULL)
    {
      lf_window_tell (self, error->message);
      return;
    }
  lf_spec_library_put (self->library, spec); /* it may be newer than what the list has */
  _lf_window_edit (self, spec);
}

void
_lf_window_edit_id (LfWindow *self, const char *id)
{
  lf_store_load_spec_async (lf_spec_library_get_store (self->library), id, NULL, loaded_cb,
                            g_object_ref (self));
}
