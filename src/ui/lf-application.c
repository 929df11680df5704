#include "config.h"

#include "lf-application.h"

#include "lf-window.h"

#include <glib/gi18n.h>

struct _LfApplication
{
  AdwApplication parent_instance;
  LfWorkspace *workspace;
  GError *workspace_error;
  char *store_uri;
};

enum
{
  PROP_0,
  PROP_WORKSPACE,
  PROP_WORKSPACE_ERROR,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LfApplication, lf_application, ADW_TYPE_APPLICATION)

static void
workspace_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfApplication) self = user_data;

  g_clear_error (&self->workspace_error);
  self->workspace = lf_workspace_open_finish (result, &self->workspace_error);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORKSPACE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORKSPACE_ERROR]);
  g_application_release (G_APPLICATION (self));
}

static GtkWindow *
main_window (LfApplication *self)
{
  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (self)); link != NULL;
       link = link->next)
    if (LF_IS_WINDOW (link->data))
      return link->data;
  return GTK_WINDOW (lf_window_new (self));
}

static void
lf_application_activate (GApplication *application)
{
  gtk_window_present (main_window (LF_APPLICATION (application)));
}

static void
quit_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_close (main_window (user_data));
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
lf_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { "quit", quit_activated_cb },
    { "about", about_activated_cb },
  };

  G_APPLICATION_CLASS (lf_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.quit",
                                         (const char *[]){ "<Control>q", NULL });
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "window.close",
                                         (const char *[]){ "<Control>w", NULL });
  lf_application_open_workspace (LF_APPLICATION (application));
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
  return -1;
}

static void
lf_application_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LfApplication *self = LF_APPLICATION (object);

  switch (id)
    {
    case PROP_WORKSPACE:
      g_value_set_object (value, self->workspace);
      break;
    case PROP_WORKSPACE_ERROR:
      g_value_set_boxed (value, self->workspace_error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lf_application_dispose (GObject *object)
{
  LfApplication *self = LF_APPLICATION (object);

  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lf_application_parent_class)->dispose (object);
}

static void
lf_application_finalize (GObject *object)
{
  LfApplication *self = LF_APPLICATION (object);

  g_clear_error (&self->workspace_error);
  g_free (self->store_uri);
  G_OBJECT_CLASS (lf_application_parent_class)->finalize (object);
}

static void
lf_application_class_init (LfApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->get_property = lf_application_get_property;
  object_class->dispose = lf_application_dispose;
  object_class->finalize = lf_application_finalize;
  application_class->startup = lf_application_startup;
  application_class->activate = lf_application_activate;
  application_class->handle_local_options = lf_application_handle_local_options;
  properties[PROP_WORKSPACE] = g_param_spec_object ("workspace", NULL, NULL, LF_TYPE_WORKSPACE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_WORKSPACE_ERROR] = g_param_spec_boxed (
      "workspace-error", NULL, NULL, G_TYPE_ERROR, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
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

LfWorkspace *
lf_application_get_workspace (LfApplication *self)
{
  return self->workspace;
}

const GError *
lf_application_get_workspace_error (LfApplication *self)
{
  return self->workspace_error;
}

void
lf_application_open_workspace (LfApplication *self)
{
  g_application_hold (G_APPLICATION (self));
  lf_workspace_open_async (self->store_uri, NULL, workspace_opened_cb, g_object_ref (self));
}
