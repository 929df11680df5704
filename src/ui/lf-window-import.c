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
  char *known_id;      /* of the spec that has the same name */
  char **outside;      /* files that it would send from outside of its folder */
  gboolean leaves_out; /* these */
} Opening;

static void
opening_free (Opening *opening)
{
  g_clear_object (&opening->window);
  g_clear_object (&opening->file);
  g_clear_pointer (&opening->spec, lf_spec_free);
  g_free (opening->known_id);
  g_strfreev (opening->outside);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
tell_left_out (Opening *opening)
{
  guint n = opening->leaves_out ? g_strv_length (opening->outside) : 0;
  g_autofree char *words = NULL;

  if (n == 0)
    return;
  words = g_strdup_printf (
      ngettext ("%u file was left out. Choose another where it is missing.",
                "%u files were left out. Choose others where they are missing.", n),
      n);
  lf_window_tell (opening->window, words);
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  LfWindow *self = opening->window;
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
  tell_left_out (opening);
}

/* Takes the opening. */
static void
import (Opening *opening)
{
  LfWindow *self = opening->window;

  lf_spec_import_async (lf_spec_library_get_store (self->library), opening->spec, opening->file,
                        opening->leaves_out ? (const char *const *) opening->outside : NULL, NULL,
                        imported_cb, opening);
}

/* The dialog has the opening until it is answered, or closed without an answer. */
static void
present (AdwMessageDialog *dialog, Opening *opening, GCallback answered)
{
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "opening", opening, (GDestroyNotify) opening_free);
  g_signal_connect (dialog, "response", answered, NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* NULL where the answer is not wanted any more. */
static Opening *
take_opening (AdwMessageDialog *dialog)
{
  Opening *opening = g_object_steal_data (G_OBJECT (dialog), "opening");

  if (opening->window->library == NULL)
    g_clear_pointer (&opening, opening_free);
  return opening;
}

static void
outside_answered_cb (AdwMessageDialog *dialog, const char *response)
{
  g_autoptr (Opening) opening = take_opening (dialog);

  if (opening == NULL || g_strcmp0 (response, "cancel") == 0)
    return;
  opening->leaves_out = g_strcmp0 (response, "take") != 0;
  import (g_steal_pointer (&opening));
}

static GtkWidget *
new_path_list (char **paths)
{
  g_autofree char *joined = g_strjoinv ("\n", paths);
  g_autofree char *text = g_utf8_make_valid (joined, -1);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), label);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 200);
  return scroller;
}

/* Whoever made the spec chose what it sends, and where to: a path may be that of a private key. */
static void
ask_about_outside (Opening *opening)
{
  GtkWidget *widget = adw_message_dialog_new (
      GTK_WINDOW (opening->window), _ ("Take Files From Outside Its Folder?"),
      _ ("When it runs, this spec would send these files to the servers that it names, or sign in "
         "with them. Take them only if you trust whoever made it."));
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);

  adw_message_dialog_set_extra_child (dialog, new_path_list (opening->outside));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "take", _ ("_Take Them"),
                                    "leave", _ ("_Leave Out"), NULL);
  adw_message_dialog_set_default_response (dialog, "leave");
  adw_message_dialog_set_response_appearance (dialog, "take", ADW_RESPONSE_DESTRUCTIVE);
  present (dialog, opening, G_CALLBACK (outside_answered_cb));
}

/* Takes the opening. */
static void
check_outside (Opening *opening)
{
  if (*opening->outside != NULL)
    ask_about_outside (opening);
  else
    import (opening);
}

static void
answered_cb (AdwMessageDialog *dialog, const char *response)
{
  g_autoptr (Opening) opening = take_opening (dialog);

  if (opening != NULL && g_strcmp0 (response, "open") == 0)
    _lf_window_edit_id (opening->window, opening->known_id);
  else if (opening != NULL && g_strcmp0 (response, "add") == 0)
    check_outside (g_steal_pointer (&opening));
}

/* Takes the opening. */
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
  adw_message_dialog_set_response_appearance (dialog, "open", ADW_RESPONSE_SUGGESTED);
  present (dialog, opening, G_CALLBACK (answered_cb));
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

  opening->spec = lf_spec_import_read_finish (result, &opening->outside, &error);
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
    check_outside (g_steal_pointer (&opening));
}

void
_lf_window_import (LfWindow *self, GFile *file)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->window = g_object_ref (self);
  opening->file = g_object_ref (file);
  lf_spec_import_read_async (file, NULL, read_cb, opening);
}
