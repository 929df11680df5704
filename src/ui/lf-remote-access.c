#include "config.h"

#include "lf-remote-access.h"

#include "lf-server.h"

#define LOOPBACK "127.0.0.1"
#define ANYWHERE "0.0.0.0"

struct _LfRemoteAccess
{
  GObject parent_instance;
  GSettings *settings; /* or NULL */
  LfWorkspace *workspace;
  LfServer *server;
  LfServer *leaving; /* the one before it, on its way out: it may still have the port */
  GError *error;
  guint restart; /* id of the idle source; 0: none */
};

enum
{
  CHANGED,
  STORE_CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfRemoteAccess, lf_remote_access, G_TYPE_OBJECT)

static void
changed (LfRemoteAccess *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
store_changed_cb (LfRemoteAccess *self)
{
  g_signal_emit (self, signals[STORE_CHANGED], 0);
}

/* Who was let in or refused, for whoever reads the journal. */
static void
audit_cb (LfRemoteAccess *self, const char *line)
{
  g_message ("%s", line);
}

static char *
get_file (LfRemoteAccess *self, const char *key)
{
  g_autofree char *path = g_settings_get_string (self->settings, key);

  return *path != '\0' ? g_steal_pointer (&path) : NULL;
}

static void
start (LfRemoteAccess *self)
{
  gboolean others = g_settings_get_boolean (self->settings, "remote-others");
  guint port = g_settings_get_uint (self->settings, "remote-port");
  g_autofree char *listen = g_strdup_printf ("%s:%u", others ? ANYWHERE : LOOPBACK, port);
  g_autofree char *certificate = get_file (self, "remote-certificate");
  g_autofree char *key = get_file (self, "remote-key");
  LfServerOptions options = {
    .listen = listen,
    .tls_cert = others ? certificate : NULL,
    .tls_key = others ? key : NULL,
    .insecure = others && g_settings_get_boolean (self->settings, "remote-insecure"),
    .require_token = others,
  };

  self->server = lf_server_start (self->workspace, &options, &self->error);
  if (self->server == NULL)
    return;
  g_signal_connect_swapped (self->server, "viewers-changed", G_CALLBACK (changed), self);
  g_signal_connect_swapped (self->server, "store-changed", G_CALLBACK (store_changed_cb), self);
  g_signal_connect_swapped (self->server, "audit", G_CALLBACK (audit_cb), self);
}

static void
start_if_wanted (LfRemoteAccess *self)
{
  if (self->server == NULL && self->leaving == NULL && self->workspace != NULL &&
      lf_workspace_get_store (self->workspace) != NULL &&
      g_settings_get_boolean (self->settings, "remote-enabled"))
    start (self);
  changed (self);
}

static void
left_cb (LfRemoteAccess *self)
{
  g_signal_handlers_disconnect_by_data (self->leaving, self);
  g_clear_object (&self->leaving);
  start_if_wanted (self);
}

static void
stop (LfRemoteAccess *self)
{
  if (self->server == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->server, self);
  self->leaving = g_steal_pointer (&self->server);
  g_signal_connect_swapped (self->leaving, "stopped", G_CALLBACK (left_cb), self);
  lf_server_begin_stop (self->leaving);
}

static void
restart (LfRemoteAccess *self)
{
  stop (self);
  g_clear_error (&self->error);
  start_if_wanted (self);
}

static gboolean
restart_cb (gpointer user_data)
{
  LfRemoteAccess *self = user_data;

  self->restart = 0;
  restart (self);
  return G_SOURCE_REMOVE;
}

/* Once, however many of its settings change at a time. */
static void
setting_changed_cb (LfRemoteAccess *self, const char *key)
{
  if (g_str_has_prefix (key, "remote-") && self->restart == 0)
    self->restart = g_idle_add (restart_cb, self);
}

void
lf_remote_access_set_workspace (LfRemoteAccess *self, LfWorkspace *workspace)
{
  if (self->settings != NULL && g_set_object (&self->workspace, workspace))
    restart (self);
}

const char *
lf_remote_access_get_url (LfRemoteAccess *self)
{
  return self->server != NULL ? lf_server_get_url (self->server) : NULL;
}

const char *
lf_remote_access_get_problem (LfRemoteAccess *self)
{
  return self->error != NULL ? self->error->message : NULL;
}

GPtrArray *
lf_remote_access_get_viewers (LfRemoteAccess *self)
{
  return self->server != NULL ? lf_server_get_viewers (self->server) : g_ptr_array_new ();
}

static void
lf_remote_access_dispose (GObject *object)
{
  LfRemoteAccess *self = LF_REMOTE_ACCESS (object);

  g_clear_handle_id (&self->restart, g_source_remove);
  stop (self);
  if (self->leaving != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->leaving, self);
      lf_server_stop (self->leaving); /* the main loop may not go on to tell of it */
    }
  g_clear_object (&self->leaving);
  g_clear_object (&self->workspace);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (lf_remote_access_parent_class)->dispose (object);
}

static void
lf_remote_access_finalize (GObject *object)
{
  g_clear_error (&LF_REMOTE_ACCESS (object)->error);
  G_OBJECT_CLASS (lf_remote_access_parent_class)->finalize (object);
}

static void
lf_remote_access_class_init (LfRemoteAccessClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lf_remote_access_dispose;
  G_OBJECT_CLASS (klass)->finalize = lf_remote_access_finalize;
  signals[CHANGED] = g_signal_new ("changed", LF_TYPE_REMOTE_ACCESS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[STORE_CHANGED] = g_signal_new ("store-changed", LF_TYPE_REMOTE_ACCESS, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lf_remote_access_init (LfRemoteAccess *self)
{
}

LfRemoteAccess *
lf_remote_access_new (GSettings *settings)
{
  LfRemoteAccess *self = g_object_new (LF_TYPE_REMOTE_ACCESS, NULL);

  if (settings != NULL)
    {
      self->settings = g_object_ref (settings);
      g_signal_connect_object (settings, "changed", G_CALLBACK (setting_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  return self;
}
