#include "config.h"

#include "lf-application-private.h"

#include "lf-preferences.h"
#include "lf-run-window.h"
#include "lf-settings.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (LfApplication, lf_application, ADW_TYPE_APPLICATION)

static LfWindow *
main_window (LfApplication *self)
{
  LfWindow *window = _lf_application_find_window (self);

  if (window != NULL)
    return window;
  window = lf_window_new (GTK_APPLICATION (self), self->demo);
  g_signal_connect_swapped (window, "retry", G_CALLBACK (_lf_application_open_store), self);
  if (self->closing) /* what is open is about to go */
    lf_window_set_waiting (window, NULL);
  else
    _lf_application_show_store (self, window);
  _lf_application_open_store (self);
  return window;
}

static void
lf_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  const GList *windows = gtk_application_get_windows (application);

  if (windows != NULL && windows->next == NULL)
    _lf_application_leave_store (LF_APPLICATION (application));
  GTK_APPLICATION_CLASS (lf_application_parent_class)->window_removed (application, window);
}

static void
lf_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (main_window (LF_APPLICATION (application))));
}

static void
lf_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  LfWindow *window = main_window (LF_APPLICATION (application));

  gtk_window_present (GTK_WINDOW (window));
  for (int i = 0; i < n_files; i++)
    lf_window_open (window, files[i]);
}

static void
quit_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lf_window_quit (main_window (user_data));
}

/* What they show is in the store that is left. */
static void
close_run_windows (LfApplication *self)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));

  for (GList *link = windows; link != NULL; link = link->next)
    if (LF_IS_RUN_WINDOW (link->data))
      gtk_window_destroy (link->data);
}

/* The main window stays and shows the other store as soon as that is open. */
static void
switch_store_cb (LfApplication *self)
{
  LfWindow *window = main_window (self);
  const char *obstacle = lf_window_get_obstacle (window);

  if (obstacle != NULL)
    {
      lf_preferences_tell (LF_PREFERENCES (self->preferences), obstacle);
      return;
    }
  gtk_window_close (GTK_WINDOW (self->preferences));
  gtk_window_present (GTK_WINDOW (window)); /* it may have been made for this */
  lf_window_flush (window);
  close_run_windows (self);
  if (self->library != NULL)
    _lf_application_close_store (self);
  else
    _lf_application_open_store (self);
}

static void
preferences_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LfApplication *self = user_data;

  if (self->preferences == NULL)
    {
      GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (self));

      if (parent == NULL)
        {
          parent = GTK_WINDOW (main_window (self));
          gtk_window_present (parent);
        }
      self->preferences = lf_preferences_new (self->settings, self->keeper, self->remote);
      gtk_window_set_transient_for (GTK_WINDOW (self->preferences), parent);
      g_object_add_weak_pointer (G_OBJECT (self->preferences), (gpointer *) &self->preferences);
      g_signal_connect_object (self->preferences, "switch-store", G_CALLBACK (switch_store_cb),
                               self, G_CONNECT_SWAPPED);
      _lf_application_show_in_preferences (self);
    }
  gtk_window_present (GTK_WINDOW (self->preferences));
}

/* Shown by the main window, which waits for the library: a notification may start the program. */
static void
open_address_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gboolean is_run = g_str_equal (g_action_get_name (G_ACTION (action)), "open-run");
  const char *id = g_variant_get_string (parameter, NULL);
  g_autofree char *uri = is_run ? g_strdup_printf ("loadforge://runs/%s", id)
                                : g_strdup_printf ("loadforge://specs/%s/history", id);
  g_autoptr (GFile) address = g_file_new_for_uri (uri);

  g_application_open (user_data, &address, 1, "");
}

/* What other windows ask for is shown by the main window. */
static void
forward_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autofree char *name = g_strconcat ("win.", g_action_get_name (G_ACTION (action)), NULL);
  LfWindow *window = main_window (user_data);

  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_activate_action_variant (GTK_WIDGET (window), name, parameter);
}

/* Of the launcher: it waits for the library, as an address does. */
static void
new_spec_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GFile) address = g_file_new_for_uri ("loadforge://specs/new");

  g_application_open (user_data, &address, 1, "");
}

static void
about_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *parent = gtk_application_get_active_window (user_data);

  adw_show_about_window (parent, "application-name", "LoadForge", "application-icon",
                         LF_APPLICATION_ID, "version", LF_VERSION, "developer-name",
                         _ ("The LoadForge Contributors"), "license-type", GTK_LICENSE_GPL_3_0,
                         "website", "https://github.com/loadforge/loadforge", "comments",
                         _ ("Puts load on HTTP servers and shows how they answer."), NULL);
}

static void
set_accels (GtkApplication *application)
{
  static const struct
  {
    const char *action;
    const char *accels[3];
  } all[] = {
    { "app.quit", { "<Control>q" } },
    { "window.close", { "<Control>w" } },
    { "win.new-spec", { "<Control>n" } },
    { "win.open-file", { "<Control>o" } },
    { "win.search", { "<Control>f" } },
    { "win.save", { "<Control>s" } },
    { "win.run", { "F5", "<Control>r" } },
    { "win.back", { "<Alt>Left", "Back" } },
    { "app.preferences", { "<Control>comma" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    gtk_application_set_accels_for_action (application, all[i].action, all[i].accels);
}

static void
lf_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { "quit", quit_activated_cb },
    { "about", about_activated_cb },
    { "preferences", preferences_activated_cb },
    { "new-spec", new_spec_activated_cb },
    { "open-run", open_address_cb, "s" },
    { "spec-history", open_address_cb, "s" },
    { "compare-runs", forward_cb, "as" },
  };

  G_APPLICATION_CLASS (lf_application_parent_class)->startup (application);
  LF_APPLICATION (application)->demo = lf_demo_new ();
  LF_APPLICATION (application)->settings = lf_settings_new ();
  LF_APPLICATION (application)->keeper = lf_password_keeper_new ();
  if (LF_APPLICATION (application)->settings != NULL)
    g_signal_connect_object (LF_APPLICATION (application)->settings, "changed",
                             G_CALLBACK (_lf_application_limit_scheduler), application,
                             G_CONNECT_SWAPPED);
  LF_APPLICATION (application)->remote =
      lf_remote_access_new (LF_APPLICATION (application)->settings);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  set_accels (GTK_APPLICATION (application));
  gtk_window_set_default_icon_name (LF_APPLICATION_ID);
}

static int
lf_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  LfApplication *self = LF_APPLICATION (application);

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("LoadForge %s\n", LF_VERSION);
      return EXIT_SUCCESS;
    }
  g_variant_dict_lookup (options, "store", "s", &self->store_uri);
  if (g_strcmp0 (self->store_uri, "none") == 0)
    {
      g_printerr ("%s\n", _ ("The window needs a store; loadforge-cli runs without one."));
      return EXIT_FAILURE;
    }
  if (self->store_uri != NULL && g_application_register (application, NULL, NULL) &&
      g_application_get_is_remote (application))
    g_printerr ("%s\n",
                _ ("LoadForge is open already and keeps its store. Quit it first, or choose "
                   "another store in its Preferences."));
  return -1;
}

static void
lf_application_dispose (GObject *object)
{
  LfApplication *self = LF_APPLICATION (object);

  _lf_application_stop_scheduler (self);
  g_clear_object (&self->remote);
  g_clear_object (&self->library);
  g_clear_object (&self->workspace);
  g_clear_object (&self->demo);
  g_clear_object (&self->notifier);
  g_clear_object (&self->settings);
  g_clear_object (&self->keeper);
  g_clear_weak_pointer (&self->preferences);
  G_OBJECT_CLASS (lf_application_parent_class)->dispose (object);
}

static void
lf_application_finalize (GObject *object)
{
  LfApplication *self = LF_APPLICATION (object);

  g_clear_error (&self->error);
  g_free (self->store_uri);
  G_OBJECT_CLASS (lf_application_parent_class)->finalize (object);
}

static void
lf_application_class_init (LfApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = lf_application_dispose;
  object_class->finalize = lf_application_finalize;
  application_class->startup = lf_application_startup;
  application_class->activate = lf_application_activate;
  application_class->open = lf_application_open;
  application_class->handle_local_options = lf_application_handle_local_options;
  GTK_APPLICATION_CLASS (klass)->window_removed = lf_application_window_removed;
}

static void
lf_application_init (LfApplication *self)
{
  static const GOptionEntry options[] = {
    { "store", 0, 0, G_OPTION_ARG_STRING, NULL,
      N_ ("Where specs and runs are kept: sqlite:PATH or mongodb://…"), N_ ("URI") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

LfApplication *
lf_application_new (void)
{
  return g_object_new (LF_TYPE_APPLICATION, "application-id", LF_APPLICATION_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, NULL);
}
