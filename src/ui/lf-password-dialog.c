#include "config.h"

#include "lf-password-dialog.h"

#include "lf-store-uri.h"

#include <glib/gi18n.h>

struct _LfPasswordDialog
{
  AdwMessageDialog parent_instance;
  GtkWidget *entry;
};

G_DEFINE_FINAL_TYPE (LfPasswordDialog, lf_password_dialog, ADW_TYPE_MESSAGE_DIALOG)

/* The window holds what has the focus, the text within the entry, which would tell the entry of the
 * loss when that is gone already (libadwaita 1.2, GTK 4.8). */
static void
lf_password_dialog_dispose (GObject *object)
{
  gtk_window_set_focus (GTK_WINDOW (object), NULL);
  G_OBJECT_CLASS (lf_password_dialog_parent_class)->dispose (object);
}

static void
lf_password_dialog_class_init (LfPasswordDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lf_password_dialog_dispose;
}

static void
lf_password_dialog_init (LfPasswordDialog *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  GtkWidget *list = gtk_list_box_new ();

  self->entry = g_object_new (ADW_TYPE_PASSWORD_ENTRY_ROW, "title", _ ("Password"),
                              "activates-default", TRUE, NULL);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), self->entry);
  adw_message_dialog_set_heading (dialog, _ ("Password of the Store"));
  adw_message_dialog_set_extra_child (dialog, list);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "open", _ ("_Open"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "open", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "open");
  adw_message_dialog_set_close_response (dialog, "cancel");
}

GtkWidget *
lf_password_dialog_new (GtkWindow *parent, const char *uri, gboolean refused)
{
  LfPasswordDialog *self =
      g_object_new (LF_TYPE_PASSWORD_DIALOG, "transient-for", parent, "modal", TRUE, NULL);
  g_autofree char *user = lf_store_uri_get_user (uri);
  g_autofree char *store = lf_store_uri_with_user (uri, NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (self),
                                  refused ? _ ("%s did not take the password of “%s”. It is kept "
                                               "by the desktop’s secret service, or, "
                                               "where there is none, until LoadForge ends.")
                                          : _ ("%s wants the password of “%s”. It is kept by the "
                                               "desktop’s secret service, or, where "
                                               "there is none, until LoadForge ends."),
                                  store, user != NULL ? user : "");
  gtk_widget_grab_focus (self->entry);
  return GTK_WIDGET (self);
}

const char *
lf_password_dialog_get_password (LfPasswordDialog *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}
