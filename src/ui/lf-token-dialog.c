#include "config.h"

#include "lf-token-dialog.h"

#include <glib/gi18n.h>

struct _LfTokenDialog
{
  AdwMessageDialog parent_instance;
  LfAccessTokens *tokens;
  AdwEntryRow *name;
  GtkCheckButton *operator;
};

enum
{
  MADE,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfTokenDialog, lf_token_dialog, ADW_TYPE_MESSAGE_DIALOG)

static void
copy_cb (AdwMessageDialog *dialog, const char *response, gpointer token)
{
  if (g_str_equal (response, "copy"))
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (dialog)), token);
}

static void
free_token (gpointer token, GClosure *closure)
{
  g_free (token);
}

/* @token: (transfer full) */
static void
show_token (LfTokenDialog *self, char *token)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  GtkWidget *dialog = adw_message_dialog_new (
      parent, _ ("The New Token"),
      _ ("Copy it now: only its fingerprint is kept, so it cannot be shown again."));
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  GtkWidget *label = gtk_label_new (token);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
  gtk_widget_add_css_class (label, "monospace");
  adw_message_dialog_set_extra_child (message, label);
  adw_message_dialog_add_responses (message, "close", _ ("_Close"), "copy", _ ("_Copy"), NULL);
  adw_message_dialog_set_response_appearance (message, "copy", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "copy");
  adw_message_dialog_set_close_response (message, "close");
  g_signal_connect_data (dialog, "response", G_CALLBACK (copy_cb), token, free_token, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
show_failure (LfTokenDialog *self, const GError *error)
{
  GtkWidget *dialog = adw_message_dialog_new (gtk_window_get_transient_for (GTK_WINDOW (self)),
                                              _ ("No Token Was Made"), error->message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
response_cb (LfTokenDialog *self, const char *response)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name)));
  LfRole role = gtk_check_button_get_active (self->operator) ? LF_ROLE_OPERATOR : LF_ROLE_VIEWER;
  g_autoptr (GError) error = NULL;
  char *token = NULL;

  if (!g_str_equal (response, "make"))
    return;
  if (lf_access_tokens_add (self->tokens, g_strstrip (name), role, &token, &error))
    {
      show_token (self, token);
      g_signal_emit (self, signals[MADE], 0);
    }
  else
    show_failure (self, error);
}

static void
name_changed_cb (LfTokenDialog *self)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name)));

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "make",
                                           *g_strstrip (name) != '\0');
}

static void
lf_token_dialog_class_init (LfTokenDialogClass *klass)
{
  signals[MADE] = g_signal_new ("made", LF_TYPE_TOKEN_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static GtkCheckButton *
add_role (GtkWidget *list, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return GTK_CHECK_BUTTON (check);
}

static GtkWidget *
new_rows (LfTokenDialog *self)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkCheckButton *viewer;

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  self->name = ADW_ENTRY_ROW (g_object_new (ADW_TYPE_ENTRY_ROW, "title", _ ("Whose It Is"),
                                            "activates-default", TRUE, NULL));
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->name));
  viewer = add_role (list, _ ("Viewer"), _ ("Sees specs and runs"));
  self->operator= add_role (list, _ ("Operator"), _ ("Starts, changes and stops them, too"));
  gtk_check_button_set_group (self->operator, viewer);
  gtk_check_button_set_active (viewer, TRUE);
  g_signal_connect_swapped (self->name, "changed", G_CALLBACK (name_changed_cb), self);
  return list;
}

static void
lf_token_dialog_init (LfTokenDialog *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);

  adw_message_dialog_set_heading (dialog, _ ("New Token"));
  adw_message_dialog_set_extra_child (dialog, new_rows (self));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "make", _ ("_Make"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "make", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, "make", FALSE);
  adw_message_dialog_set_default_response (dialog, "make");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (self, "response", G_CALLBACK (response_cb), NULL);
}

LfTokenDialog *
lf_token_dialog_new (GtkWindow *parent, LfAccessTokens *tokens)
{
  LfTokenDialog *self =
      g_object_new (LF_TYPE_TOKEN_DIALOG, "transient-for", parent, "modal", TRUE, NULL);

  self->tokens = tokens;
  return self;
}
