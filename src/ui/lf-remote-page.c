#include "config.h"

#include "lf-remote-page.h"

#include "lf-format.h"
#include "lf-number-spin.h"
#include "lf-own-certificate.h"
#include "lf-path-button.h"
#include "lf-server.h"
#include "lf-setting-number.h"
#include "lf-token-dialog.h"

#include <glib/gi18n.h>

struct _LfRemotePage
{
  AdwPreferencesPage parent_instance;
  GSettings *settings; /* or NULL */
  LfRemoteAccess *access;
  LfAccessTokens *tokens;
  GPtrArray *token_rows;  /* GtkWidget, not owned */
  GPtrArray *viewer_rows; /* the same */

  GtkSwitch *enabled; /* NULL once disposed */
  AdwActionRow *enabled_row;
  AdwActionRow *address_row;
  GtkSpinButton *port;
  GtkSwitch *others;
  GtkWidget *tls_group;
  AdwEntryRow *certificate;
  AdwEntryRow *key;
  GtkButton *make;
  GtkSwitch *insecure;
  AdwPreferencesGroup *tokens_group;
  AdwPreferencesGroup *viewers_group;
};

G_DEFINE_FINAL_TYPE (LfRemotePage, lf_remote_page, ADW_TYPE_PREFERENCES_PAGE)

static void
set_subtitle (AdwActionRow *row, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_action_row_set_subtitle (row, markup);
}

static void
clear_rows (AdwPreferencesGroup *group, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, rows->pdata[i]);
  g_ptr_array_set_size (rows, 0);
}

static AdwActionRow *
add_row (AdwPreferencesGroup *group, GPtrArray *rows, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *markup = g_markup_escape_text (title, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), markup);
  set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (rows, row);
  return ADW_ACTION_ROW (row);
}

static void
show_access (LfRemotePage *self)
{
  const char *url = lf_remote_access_get_url (self->access);
  const char *problem = lf_remote_access_get_problem (self->access);

  set_subtitle (self->enabled_row, problem != NULL
                                       ? problem
                                       : _ ("While LoadForge is open, browsers and scripts may see "
                                            "and steer what it does"));
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->enabled_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->enabled_row), "error");
  set_subtitle (self->address_row, url != NULL ? url : "");
  gtk_widget_set_visible (GTK_WIDGET (self->address_row), url != NULL);
}

static void
show_viewers (LfRemotePage *self)
{
  g_autoptr (GPtrArray) viewers = lf_remote_access_get_viewers (self->access);

  clear_rows (self->viewers_group, self->viewer_rows);
  for (guint i = 0; i < viewers->len; i++)
    {
      const LfServerViewer *viewer = viewers->pdata[i];
      g_autofree char *since = lf_format_time (viewer->since);
      g_autofree char *words = g_strdup_printf (_ ("%s, since %s"), viewer->address, since);

      add_row (self->viewers_group, self->viewer_rows,
               viewer->name != NULL ? viewer->name : _ ("Without a token"), words);
    }
  if (viewers->len == 0)
    add_row (self->viewers_group, self->viewer_rows, _ ("Nobody watches"), "");
}

static void
access_changed_cb (LfRemotePage *self)
{
  show_access (self);
  show_viewers (self);
}

static void show_tokens (LfRemotePage *self);

static void
tell (LfRemotePage *self, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (ADW_IS_PREFERENCES_WINDOW (root))
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (root), adw_toast_new (markup));
}

/* A token that has gone cannot come back, as nobody has it: so this is asked. */
static void
revoke_cb (LfRemotePage *self, const char *response, GtkWidget *dialog)
{
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (response, "revoke") || self->enabled == NULL)
    return;
  if (!lf_access_tokens_revoke (self->tokens, g_object_get_data (G_OBJECT (dialog), "id"), &error))
    tell (self, error->message);
  show_tokens (self);
}

static void
ask_to_revoke (GtkButton *button, gpointer user_data)
{
  LfRemotePage *self = user_data;
  g_autofree char *heading =
      g_strdup_printf (_ ("Revoke the Token of “%s”?"),
                       (const char *) g_object_get_data (G_OBJECT (button), "name"));
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading,
      _ ("Whoever uses it is shut out at once. It cannot be brought back."));
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_responses (message, "cancel", _ ("_Cancel"), "revoke", _ ("_Revoke"),
                                    NULL);
  adw_message_dialog_set_response_appearance (message, "revoke", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "id",
                          g_strdup (g_object_get_data (G_OBJECT (button), "id")), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (revoke_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
add_token (LfRemotePage *self, const LfAccessToken *token)
{
  g_autofree char *date = lf_format_date (token->created_at);
  g_autofree char *words = g_strdup_printf (
      token->role == LF_ROLE_OPERATOR ? _ ("Operator, made on %s") : _ ("Viewer, made on %s"),
      date);
  const char *name = token->name != NULL ? token->name : token->id;
  AdwActionRow *row = add_row (self->tokens_group, self->token_rows, name, words);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Revoke"));
  g_autofree char *label = g_strdup_printf (_ ("Revoke the token of %s"), name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (token->id), g_free);
  g_object_set_data_full (G_OBJECT (button), "name", g_strdup (name), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (ask_to_revoke), self);
  adw_action_row_add_suffix (row, button);
}

static void
show_tokens (LfRemotePage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tokens = NULL;

  clear_rows (self->tokens_group, self->token_rows);
  if (!lf_access_tokens_reload (self->tokens, &error))
    add_row (self->tokens_group, self->token_rows, _ ("The tokens cannot be read"), error->message);
  tokens = lf_access_tokens_list (self->tokens);
  for (guint i = 0; i < tokens->len; i++)
    add_token (self, tokens->pdata[i]);
  if (error == NULL && tokens->len == 0)
    add_row (self->tokens_group, self->token_rows, _ ("No token yet"),
             _ ("Other computers need one each"));
}

static void
new_token_cb (LfRemotePage *self)
{
  LfTokenDialog *dialog =
      lf_token_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->tokens);

  g_signal_connect_object (dialog, "made", G_CALLBACK (show_tokens), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
copy_cb (LfRemotePage *self)
{
  const char *url = lf_remote_access_get_url (self->access);

  if (url == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), url);
  tell (self, _ ("The address was copied"));
}

static void
browse_cb (LfRemotePage *self)
{
  const char *url = lf_remote_access_get_url (self->access);

  if (url != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), url, GDK_CURRENT_TIME);
}

static void
show_tls (LfRemotePage *self)
{
  gtk_widget_set_visible (self->tls_group, gtk_switch_get_active (self->others));
}

static void
applied_cb (LfRemotePage *self)
{
  g_settings_set_string (self->settings, "remote-certificate",
                         gtk_editable_get_text (GTK_EDITABLE (self->certificate)));
  g_settings_set_string (self->settings, "remote-key",
                         gtk_editable_get_text (GTK_EDITABLE (self->key)));
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRemotePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = lf_own_certificate_ensure_finish (result, &error);

  if (self->enabled == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->make), TRUE);
  if (path == NULL)
    {
      tell (self, error->message);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->certificate), path);
  gtk_editable_set_text (GTK_EDITABLE (self->key), "");
  applied_cb (self);
}

static void
make_cb (LfRemotePage *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->make), FALSE);
  lf_own_certificate_ensure_async (NULL, made_cb, g_object_ref (self));
}

static void
bind_settings (LfRemotePage *self)
{
  g_autofree char *certificate = g_settings_get_string (self->settings, "remote-certificate");
  g_autofree char *key = g_settings_get_string (self->settings, "remote-key");

  g_settings_bind (self->settings, "remote-enabled", self->enabled, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "remote-others", self->others, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "remote-insecure", self->insecure, "active",
                   G_SETTINGS_BIND_DEFAULT);
  lf_setting_number_bind (self->settings, "remote-port",
                          gtk_spin_button_get_adjustment (self->port));
  gtk_editable_set_text (GTK_EDITABLE (self->certificate), certificate);
  gtk_editable_set_text (GTK_EDITABLE (self->key), key);
}

static void
lf_remote_page_dispose (GObject *object)
{
  LfRemotePage *self = LF_REMOTE_PAGE (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->access);
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_REMOTE_PAGE);
  self->enabled = NULL;
  G_OBJECT_CLASS (lf_remote_page_parent_class)->dispose (object);
}

static void
lf_remote_page_finalize (GObject *object)
{
  LfRemotePage *self = LF_REMOTE_PAGE (object);

  lf_access_tokens_free (self->tokens);
  g_ptr_array_unref (self->token_rows);
  g_ptr_array_unref (self->viewer_rows);
  G_OBJECT_CLASS (lf_remote_page_parent_class)->finalize (object);
}

static void
lf_remote_page_class_init (LfRemotePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_remote_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = lf_remote_page_finalize;
  g_type_ensure (LF_TYPE_PATH_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-remote-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LfRemotePage, enabled);
  gtk_widget_class_bind_template_child (widget_class, LfRemotePage, enabled_row);
  gtk_widget_class_bind_template_child (widget_class, LfRemotePage, address_row);
  gtk_widget_class_bind_template_child (widget_class, LfRemotePage, port);
  gtk_widget_class_bind_template_child (widget_class, LfRemotePage, others);
  gtk_widget_class_bind_template_child (widget_class, LfRemotePage, tls_group);
  gtk_widget_class_bind_template_child (widget_class, LfRemotePage, certificate);
  gtk_widget_class_bind_template_child (widget_class, LfRemotePage, key);
  gtk_widget_class_bind_template_child (widget_class, LfRemotePage, make);
  gtk_widget_class_bind_template_child (widget_class, LfRemotePage, insecure);
  gtk_widget_class_bind_template_child (widget_class, LfRemotePage, tokens_group);
  gtk_widget_class_bind_template_child (widget_class, LfRemotePage, viewers_group);
  gtk_widget_class_bind_template_callback (widget_class, show_tls);
  gtk_widget_class_bind_template_callback (widget_class, applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, browse_cb);
  gtk_widget_class_bind_template_callback (widget_class, new_token_cb);
}

static void
lf_remote_page_init (LfRemotePage *self)
{
  self->tokens = lf_access_tokens_new (NULL);
  self->token_rows = g_ptr_array_new ();
  self->viewer_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  lf_number_spin_prepare (self->port);
}

GtkWidget *
lf_remote_page_new (GSettings *settings, LfRemoteAccess *access)
{
  LfRemotePage *self = g_object_new (LF_TYPE_REMOTE_PAGE, NULL);

  self->access = g_object_ref (access);
  if (settings != NULL)
    {
      self->settings = g_object_ref (settings);
      bind_settings (self);
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->enabled), settings != NULL);
  g_signal_connect_object (access, "changed", G_CALLBACK (access_changed_cb), self,
                           G_CONNECT_SWAPPED);
  show_tls (self);
  show_tokens (self);
  access_changed_cb (self);
  return GTK_WIDGET (self);
}
