#include "config.h"

#include "lf-preferences-private.h"

#include "lf-settings.h"
#include "lf-store-uri.h"
#include "lf-workspace.h"

#include <glib/gi18n.h>

#define AUTHORITY "tlsCAFile" /* the driver's option */

static char *
get_text (gpointer row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

/* Of all rows but the password's. */
static char *
get_uri (LfPreferences *self)
{
  g_autofree char *address = get_text (self->uri);
  g_autofree char *user = get_text (self->user);
  g_autofree char *authority = get_text (self->authority);
  g_autofree char *with_user =
      *user != '\0' ? lf_store_uri_with_user (address, user) : g_strdup (address);

  return *authority != '\0' ? lf_store_uri_with_option (with_user, AUTHORITY, authority)
                            : g_steal_pointer (&with_user);
}

static const char *
problem_words (LfStoreUriProblem problem)
{
  switch (problem)
    {
    case LF_STORE_URI_SCHEME:
      return _ ("An address begins with mongodb:// or mongodb+srv://");
    case LF_STORE_URI_HOST:
      return _ ("Name the server after mongodb://, as in mongodb://localhost/loadforge");
    case LF_STORE_URI_GOOD:
    default:
      return "";
    }
}

static gboolean
check_uri (LfPreferences *self)
{
  g_autofree char *uri = get_uri (self);
  LfStoreUriProblem problem = lf_store_uri_check (uri);
  gboolean bad = problem != LF_STORE_URI_GOOD && *uri != '\0';

  gtk_label_set_text (self->uri_problem, problem_words (problem));
  gtk_widget_set_visible (GTK_WIDGET (self->uri_problem), bad);
  if (bad)
    gtk_widget_add_css_class (GTK_WIDGET (self->uri), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->uri), "error");
  gtk_widget_set_sensitive (GTK_WIDGET (self->test_button), problem == LF_STORE_URI_GOOD);
  return problem == LF_STORE_URI_GOOD;
}

static void
move (gpointer row, char *text)
{
  g_autofree char *owned = text;

  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* What was pasted with the address moves to the rows of its own, the password to where passwords
 * are kept. */
static void
split_address (LfPreferences *self)
{
  g_autofree char *address = get_text (self->uri);
  g_autofree char *without = NULL;
  g_autofree char *bare = NULL;

  move (self->password, lf_store_uri_get_password (address));
  move (self->user, lf_store_uri_get_user (address));
  move (self->authority, lf_store_uri_get_option (address, AUTHORITY));
  without = lf_store_uri_with_user (address, NULL);
  bare = lf_store_uri_with_option (without, AUTHORITY, NULL);
  if (g_strcmp0 (bare, address) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->uri), bare);
}

static void
uri_changed_cb (LfPreferences *self)
{
  self->typed = TRUE;
  check_uri (self);
}

static void
typed_cb (LfPreferences *self)
{
  self->typed = TRUE;
}

static void
password_kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfPreferences) self = user_data;
  gboolean kept = lf_password_keeper_keep_finish (LF_PASSWORD_KEEPER (source), result);

  if (!kept && self->local != NULL)
    lf_preferences_tell (
        self, _ ("No secret service answers: the password is kept until LoadForge ends."));
}

static void
keep_password (LfPreferences *self, const char *uri)
{
  lf_password_keeper_keep_async (self->keeper, uri,
                                 gtk_editable_get_text (GTK_EDITABLE (self->password)),
                                 password_kept_cb, g_object_ref (self));
}

static void
apply (LfPreferences *self)
{
  g_autofree char *uri = get_uri (self);

  if (self->settings != NULL)
    g_settings_set_string (self->settings, "mongo-uri", uri);
  if (*uri != '\0')
    keep_password (self, uri);
  self->typed = FALSE;
}

static void
applied_cb (LfPreferences *self)
{
  split_address (self);
  if (check_uri (self))
    apply (self);
}

gboolean
_lf_preferences_store_apply (LfPreferences *self)
{
  g_autofree char *uri = NULL;

  if (!self->typed || !gtk_check_button_get_active (self->mongodb))
    return TRUE;
  split_address (self);
  uri = get_uri (self);
  if (!check_uri (self) && *uri != '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->uri)); /* it says what is wrong */
      return FALSE;
    }
  apply (self);
  return TRUE;
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfPreferences) self = user_data;
  g_autofree char *password =
      lf_password_keeper_look_up_finish (LF_PASSWORD_KEEPER (source), result);

  if (password == NULL || self->local == NULL || self->typed)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->password), password);
  self->typed = FALSE;
}

static void
show_mongo (LfPreferences *self)
{
  gtk_widget_set_sensitive (self->mongo_group, gtk_check_button_get_active (self->mongodb));
}

static void
chosen_cb (LfPreferences *self)
{
  gboolean mongodb = gtk_check_button_get_active (self->mongodb);

  show_mongo (self);
  if (self->settings != NULL)
    g_settings_set_string (self->settings, "store", mongodb ? "mongodb" : "local");
}

static void
start_test (LfPreferences *self)
{
  g_autofree char *uri = get_uri (self);
  g_autofree char *whole =
      lf_store_uri_with_password (uri, gtk_editable_get_text (GTK_EDITABLE (self->password)));

  _lf_preferences_check_start (self, whole);
}

static void
test_clicked_cb (LfPreferences *self)
{
  if (self->check != NULL)
    {
      _lf_preferences_check_cancel (self);
      return;
    }
  split_address (self);
  if (check_uri (self))
    start_test (self);
}

static void
copy_cb (LfPreferences *self)
{
  g_autofree char *typed = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;

  split_address (self);
  typed = get_uri (self);
  if (lf_copy_row_is_to_local (self->copy_row))
    uri = lf_workspace_make_embedded_uri (&error);
  else if (lf_store_uri_check (typed) == LF_STORE_URI_GOOD)
    uri = lf_store_uri_with_password (typed, gtk_editable_get_text (GTK_EDITABLE (self->password)));
  if (uri != NULL)
    lf_copy_row_start (self->copy_row, uri);
  else
    lf_preferences_tell (self, error != NULL ? error->message
                                             : _ ("Choose MongoDB and write its address first."));
}

static void
open_folder_cb (LfPreferences *self)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "loadforge", NULL);
  g_autofree char *uri = NULL;

  g_mkdir_with_parents (folder, 0700);
  uri = g_filename_to_uri (folder, NULL, NULL);
  gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

void
_lf_preferences_store_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, local);
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, mongodb);
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, local_row);
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, in_use);
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, mongo_group);
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, uri);
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, user);
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, authority);
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, uri_problem);
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, password);
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, test_row);
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, test_button);
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, copy_row);
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, prune_group);
  gtk_widget_class_bind_template_callback (widget_class, uri_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_folder_cb);
}

static gboolean
is_mongo_chosen (LfPreferences *self)
{
  LfSettingsStore store = lf_settings_get_store (self->settings);

  if (store == LF_SETTINGS_STORE_UNSET)
    return self->env != NULL && self->env->mongo_uri != NULL;
  return store == LF_SETTINGS_STORE_MONGODB;
}

void
_lf_preferences_store_show (LfPreferences *self)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "loadforge", NULL);
  g_autofree char *markup = g_markup_escape_text (path, -1);
  g_autofree char *uri = lf_settings_get_mongo_uri (self->settings);

  adw_action_row_set_subtitle (self->local_row, markup);
  gtk_editable_set_text (GTK_EDITABLE (self->uri), uri);
  split_address (self);
  gtk_check_button_set_active (is_mongo_chosen (self) ? self->mongodb : self->local, TRUE);
  g_signal_connect_object (self->mongodb, "toggled", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  show_mongo (self);
  check_uri (self);
  self->typed = FALSE;
  if (*uri != '\0')
    lf_password_keeper_look_up_async (self->keeper, uri, looked_up_cb, g_object_ref (self));
}

void
lf_preferences_set_store (LfPreferences *self, LfStore *store, const char *option)
{
  const char *name = store != NULL ? lf_store_get_name (store) : NULL;
  g_autofree char *markup = g_markup_escape_text (name != NULL ? name : _ ("none"), -1);
  g_autofree char *words = NULL;

  if (option != NULL)
    words = g_strdup_printf (_ ("%s, as --store says; what is chosen here is not used"), markup);
  else if (lf_settings_get_store (self->settings) == LF_SETTINGS_STORE_UNSET && self->env != NULL &&
           self->env->mongo_uri != NULL)
    words = g_strdup_printf (_ ("%s, as MONGO_URI says until something is chosen here"), markup);
  adw_action_row_set_subtitle (self->in_use, words != NULL ? words : markup);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preferences.switch-store", option == NULL);
  lf_copy_row_set_source (self->copy_row, store);
  lf_prune_group_set_store (self->prune_group, store);
}

void
lf_preferences_set_library (LfPreferences *self, LfSpecLibrary *library)
{
  lf_prune_group_set_library (self->prune_group, library);
}
