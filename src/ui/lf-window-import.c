#include "config.h"

#include "lf-window-private.h"

#include "lf-spec-import.h"

#include <glib/gi18n.h>

/* One file on its way into the list. */
typedef struct
{
  LfWindow *window;
  GFile *file;
  LfSpec *spec;
  char *known_id; /* of the spec that has the same name */
} Opening;

static void
opening_free (Opening *opening)
{
  g_clear_object (&opening->window);
  g_clear_object (&opening->file);
  g_clear_pointer (&opening->spec, lf_spec_free);
  g_free (opening->known_id);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = lf_spec_import_finish (result, &error);

  if (self->library == NULL)
    return;
  if (spec == NULL)
    {
      _lf_window_alert (self, _ ("The Spec Cannot Be Opened"), error->message);
      return;
    }
  lf_spec_library_put (self->library, spec);
  _lf_window_edit (self, spec);
}

static void
import (Opening *opening)
{
  LfWindow *self = opening->window;

  lf_spec_import_async (lf_spec_library_get_store (self->library), opening->spec, opening->file,
                        NULL, imported_cb, g_object_ref (self));
}

/* The dialog owns the opening: it ends with the dialog, however that is closed. */
static void
answered_cb (Opening *opening, const char *response)
{
  LfWindow *self = opening->window;

  if (self->library == NULL)
    return;
  if (g_strcmp0 (response, "open") == 0)
    _lf_window_edit_id (self, opening->known_id);
  else if (g_strcmp0 (response, "add") == 0)
    import (opening);
}

static void
ask (Opening *opening)
{
  g_autofree char *heading =
      g_strdup_printf (_ ("“%s” Is Already in the List"), opening->spec->name);
  AdwMessageDialog *dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (opening->window), heading, NULL));

  adw_message_dialog_set_body (
      dialog, _ ("Open the spec that is there, or add the file as another of the same name?"));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "add", _ ("_Add Another"),
                                    "open", _ ("_Open"), NULL);
  adw_message_dialog_set_default_response (dialog, "open");
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_response_appearance (dialog, "open", ADW_RESPONSE_SUGGESTED);
  g_object_set_data_full (G_OBJECT (dialog), "opening", opening, (GDestroyNotify) opening_free);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (answered_cb), opening);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The identity in a file is not kept, so the name is what tells that it was opened before. */
static char *
find_name (LfSpecLibrary *library, const char *name)
{
  GListModel *items = lf_spec_library_get_items (library);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (LfSpecItem) item = g_list_model_get_item (items, i);

      if (g_strcmp0 (lf_spec_item_get_spec (item)->name, name) == 0)
        return g_strdup (lf_spec_item_get_id (item));
    }
  return NULL;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  LfWindow *self = opening->window;
  g_autoptr (GError) error = NULL;

  opening->spec = lf_spec_import_read_finish (result, &error);
  if (self->library == NULL) /* the window closed meanwhile */
    return;
  if (opening->spec == NULL)
    {
      _lf_window_alert (self, _ ("The Spec Cannot Be Opened"), error->message);
      return;
    }
  opening->known_id = find_name (self->library, opening->spec->name);
  if (opening->known_id != NULL)
    ask (g_steal_pointer (&opening));
  else
    import (opening);
}

void
_lf_window_import (LfWindow *self, GFile *file)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->window = g_object_ref (self);
  opening->file = g_object_ref (file);
  lf_spec_import_read_async (file, NULL, read_cb, opening);
}
