#include "config.h"

#include "lf-server-private.h"

#include "lf-error.h"
#include "lf-viewer.h"

#include <glib/gi18n.h>
#include <string.h>

#define FAREWELL (1000 * 1000) /* us that answers under way may take when it stops */

enum
{
  AUDIT,
  VIEWERS_CHANGED,
  STORE_CHANGED,
  STOPPED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfServer, lf_server, G_TYPE_OBJECT)

/* How the thread is started, and what came of it. */
typedef struct
{
  LfServer *server;
  const LfServerOptions *options;
  GTlsCertificate *certificate;
  gboolean loopback;
  GError *error;
  gboolean ready;
  GMutex mutex;
  GCond cond;
} Launch;

static void
viewer_free (gpointer data)
{
  LfServerViewer *viewer = data;

  g_free (viewer->name);
  g_free (viewer->address);
  g_free (viewer);
}

static gboolean
viewers_changed_cb (gpointer user_data)
{
  g_signal_emit (user_data, signals[VIEWERS_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

void
_lf_server_tell_viewers (LfServer *self)
{
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (viewer_free);

  for (guint i = 0; i < self->viewers->len; i++)
    {
      LfServerViewer *viewer = g_new0 (LfServerViewer, 1);

      lf_viewer_describe (self->viewers->pdata[i], &viewer->name, &viewer->address, &viewer->since);
      g_ptr_array_add (told, viewer);
    }
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->viewers_told, g_ptr_array_unref);
  self->viewers_told = g_steal_pointer (&told);
  g_mutex_unlock (&self->mutex);
  g_main_context_invoke_full (self->control, G_PRIORITY_DEFAULT, viewers_changed_cb,
                              g_object_ref (self), g_object_unref);
}

static gboolean
store_changed_cb (gpointer user_data)
{
  g_signal_emit (user_data, signals[STORE_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

void
_lf_server_tell_change (LfServer *self)
{
  g_main_context_invoke_full (self->control, G_PRIORITY_DEFAULT, store_changed_cb,
                              g_object_ref (self), g_object_unref);
}

typedef struct
{
  LfServer *server;
  char *line;
} AuditLine;

static gboolean
audit_cb (gpointer user_data)
{
  AuditLine *audit = user_data;

  g_signal_emit (audit->server, signals[AUDIT], 0, audit->line);
  return G_SOURCE_REMOVE;
}

static void
audit_line_free (gpointer data)
{
  AuditLine *audit = data;

  g_object_unref (audit->server);
  g_free (audit->line);
  g_free (audit);
}

void
_lf_server_tell_audit (const char *line, gpointer server)
{
  AuditLine *audit = g_new (AuditLine, 1);

  *audit = (AuditLine){ g_object_ref (server), g_strdup (line) };
  g_main_context_invoke_full (LF_SERVER (server)->control, G_PRIORITY_DEFAULT, audit_cb, audit,
                              audit_line_free);
}

static gboolean
pulse_cb (gpointer user_data)
{
  LfServer *self = user_data;

  for (guint i = self->viewers->len; i > 0; i--)
    lf_viewer_pulse (self->viewers->pdata[i - 1]);
  lf_rooms_expire (self->rooms);
  return G_SOURCE_CONTINUE;
}

static gboolean
set_up (LfServer *self, const Launch *launch, GError **error)
{
  const LfServerOptions *options = launch->options;
  LfGuardOptions guard = { options->token_file,
                           options->require_token || (!launch->loopback && !options->insecure),
                           launch->certificate != NULL, options->hosts, options->requests };
  LfListenerOptions listener = { launch->certificate, options->connections, options->patience };

  self->guard = lf_guard_new (&guard, error);
  if (self->guard == NULL)
    return FALSE;
  self->soup = g_object_new (SOUP_TYPE_SERVER, "raw-paths", TRUE, NULL);
  self->rooms = lf_rooms_new (lf_viewer_take);
  self->viewers = g_ptr_array_new_with_free_func ((GDestroyNotify) lf_viewer_free);
  self->audit = lf_audit_new (_lf_server_tell_audit, self);
  self->once = lf_once_new ();
  self->started_at = g_get_monotonic_time ();
  self->listener = lf_listener_new (self->soup, &listener);
  _lf_server_add_handlers (self);
  self->pulse = g_timeout_source_new_seconds (1);
  g_source_set_callback (self->pulse, pulse_cb, self, NULL);
  g_source_attach (self->pulse, self->context);
  return lf_listener_bind (self->listener, options->listen, error);
}

static gboolean
farewell_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
tear_down (LfServer *self)
{
  g_autoptr (GSource) farewell = g_timeout_source_new (FAREWELL / 1000);
  gboolean late = FALSE;

  if (self->pulse != NULL)
    g_source_destroy (self->pulse);
  g_clear_pointer (&self->pulse, g_source_unref);
  if (self->viewers != NULL) /* somebody may be on the way in, and is sent away below */
    g_ptr_array_set_size (self->viewers, 0);
  g_clear_pointer (&self->listener, lf_listener_free);
  g_source_set_callback (farewell, farewell_cb, &late, NULL);
  g_source_attach (farewell, self->context);
  /* What the store still brings finds its call; libsoup finds that its connections have ended. */
  while (self->waiting > 0 && !late)
    g_main_context_iteration (self->context, TRUE);
  g_source_destroy (farewell);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_clear_pointer (&self->viewers, g_ptr_array_unref);
  g_clear_object (&self->soup);
  g_clear_pointer (&self->rooms, lf_rooms_free);
  g_clear_pointer (&self->guard, lf_guard_free);
  g_clear_pointer (&self->audit, lf_audit_free);
  g_clear_pointer (&self->once, lf_once_free);
}

static void
tell_launched (Launch *launch, GError *error)
{
  g_mutex_lock (&launch->mutex);
  launch->error = error;
  launch->ready = TRUE;
  g_cond_signal (&launch->cond);
  g_mutex_unlock (&launch->mutex);
}

static gboolean
stopped_cb (gpointer user_data)
{
  LfServer *self = user_data;

  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread)); /* it has nothing left to do */
  g_signal_emit (self, signals[STOPPED], 0);
  return G_SOURCE_REMOVE;
}

static void
tell_end (LfServer *self)
{
  if (g_atomic_int_get (&self->tells_end))
    g_main_context_invoke_full (self->control, G_PRIORITY_DEFAULT, stopped_cb, self,
                                g_object_unref);
}

static gpointer
serve (gpointer user_data)
{
  Launch *launch = user_data;
  LfServer *self = launch->server;
  GError *error = NULL;
  gboolean works;

  g_main_context_push_thread_default (self->context);
  works = set_up (self, launch, &error);
  tell_launched (launch, error); /* and is gone from here on */
  if (works)
    g_main_loop_run (self->loop);
  tear_down (self);
  /* While this thread has a main context of its own: without one it could be given the other's. */
  tell_end (self);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/* Blocks for the moment that binding takes. */
static gboolean
launch_thread (LfServer *self, Launch *launch, GError **error)
{
  g_mutex_init (&launch->mutex);
  g_cond_init (&launch->cond);
  self->thread = g_thread_new ("lf-server", serve, launch);
  g_mutex_lock (&launch->mutex);
  while (!launch->ready)
    g_cond_wait (&launch->cond, &launch->mutex);
  g_mutex_unlock (&launch->mutex);
  g_mutex_clear (&launch->mutex);
  g_cond_clear (&launch->cond);
  if (launch->error == NULL)
    return TRUE;
  g_propagate_error (error, launch->error);
  g_thread_join (g_steal_pointer (&self->thread));
  return FALSE;
}

static gboolean
refuse_options (GError **error, const char *message)
{
  g_set_error_literal (error, LF_ERROR, LF_ERROR_VALUE, message);
  return FALSE;
}

static gboolean
load_certificate (Launch *launch, GError **error)
{
  const LfServerOptions *options = launch->options;
  g_autoptr (GError) failure = NULL;

  if (options->tls_cert == NULL && options->tls_key != NULL)
    return refuse_options (error, _ ("a key needs its certificate"));
  if (options->tls_cert == NULL)
    return TRUE;
  launch->certificate = g_tls_certificate_new_from_files (
      options->tls_cert, options->tls_key != NULL ? options->tls_key : options->tls_cert, &failure);
  if (launch->certificate != NULL)
    return TRUE;
  g_set_error (error, LF_ERROR, LF_ERROR_VALUE, _ ("The certificate %s cannot be used: %s"),
               options->tls_cert, failure->message);
  return FALSE;
}

static gboolean
check_options (Launch *launch, GError **error)
{
  const LfServerOptions *options = launch->options;
  g_autoptr (GSocketAddress) address = lf_listener_parse (options->listen, error);

  if (address == NULL || !load_certificate (launch, error))
    return FALSE;
  launch->loopback = g_inet_address_get_is_loopback (
      g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
  if (launch->loopback || options->insecure || launch->certificate != NULL)
    return TRUE;
  return refuse_options (error, _ ("Other computers are answered by TLS only: name a certificate, "
                                   "or listen on 127.0.0.1"));
}

static char *
make_url (LfServer *self, const Launch *launch)
{
  g_autoptr (GSocketConnectable) parsed =
      g_network_address_parse (launch->options->listen, 0, NULL);
  const char *host = g_network_address_get_hostname (G_NETWORK_ADDRESS (parsed));

  if (g_str_equal (host, "0.0.0.0") || g_str_equal (host, "::"))
    host = g_get_host_name ();
  return g_strdup_printf (strchr (host, ':') != NULL ? "%s://[%s]:%u" : "%s://%s:%u",
                          launch->certificate != NULL ? "https" : "http", host,
                          lf_listener_get_port (self->listener));
}

/* For runs that a schedule starts, too: it may have been set from elsewhere. */
static gboolean
confine_cb (LfSpec *spec, gpointer targets, GError **error)
{
  return lf_targets_confine (targets, spec, error);
}

static LfServer *
server_new (LfWorkspace *workspace, const LfServerOptions *options)
{
  LfServer *self = g_object_new (LF_TYPE_SERVER, NULL);

  self->workspace = g_object_ref (workspace);
  self->store = g_object_ref (lf_workspace_get_store (workspace));
  self->control = g_main_context_ref_thread_default ();
  self->desk = lf_run_desk_new (lf_workspace_get_runs (workspace), self->control);
  self->targets = lf_targets_new (options->targets);
  self->confines = options->targets != NULL && options->targets[0] != NULL;
  return self;
}

LfServer *
lf_server_start (LfWorkspace *workspace, const LfServerOptions *options, GError **error)
{
  g_autoptr (LfServer) self = server_new (workspace, options);
  LfServerOptions chosen = *options;
  g_autofree char *listen = g_strdup_printf ("127.0.0.1:%d", LF_SERVER_PORT);
  Launch launch = { .server = self, .options = &chosen };
  gboolean works;

  if (chosen.listen == NULL)
    chosen.listen = listen;
  works = check_options (&launch, error) && launch_thread (self, &launch, error);
  if (works)
    {
      self->url = make_url (self, &launch);
      if (self->confines)
        lf_run_manager_set_gate (lf_workspace_get_runs (workspace), confine_cb, self->targets);
      self->feed = lf_run_feed_new (lf_workspace_get_runs (workspace), self->context, lf_rooms_take,
                                    self->rooms);
    }
  g_clear_object (&launch.certificate);
  return works ? g_steal_pointer (&self) : NULL;
}

void
lf_server_close_runs (LfServer *self)
{
  g_atomic_int_set (&self->closing, TRUE);
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

/* The runs are let go of, and the thread ends. */
static void
leave (LfServer *self)
{
  g_clear_pointer (&self->feed, lf_run_feed_free);
  if (self->confines && self->workspace != NULL)
    lf_run_manager_set_gate (lf_workspace_get_runs (self->workspace), NULL, NULL);
  if (self->thread != NULL)
    g_main_context_invoke (self->context, quit_cb, self->loop);
}

void
lf_server_stop (LfServer *self)
{
  leave (self);
  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));
}

void
lf_server_begin_stop (LfServer *self)
{
  if (self->thread == NULL || g_atomic_int_get (&self->tells_end))
    return;
  g_object_ref (self); /* until stopped_cb() */
  g_atomic_int_set (&self->tells_end, TRUE);
  leave (self);
}

const char *
lf_server_get_url (LfServer *self)
{
  return self->url;
}

GPtrArray *
lf_server_get_viewers (LfServer *self)
{
  GPtrArray *viewers;

  g_mutex_lock (&self->mutex);
  viewers = g_ptr_array_ref (self->viewers_told);
  g_mutex_unlock (&self->mutex);
  return viewers;
}

static void
lf_server_dispose (GObject *object)
{
  LfServer *self = LF_SERVER (object);

  lf_server_stop (self);
  g_clear_pointer (&self->desk, lf_run_desk_free);
  g_clear_object (&self->store);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lf_server_parent_class)->dispose (object);
}

static void
lf_server_finalize (GObject *object)
{
  LfServer *self = LF_SERVER (object);

  g_clear_pointer (&self->targets, lf_targets_free);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->control, g_main_context_unref);
  g_clear_pointer (&self->viewers_told, g_ptr_array_unref);
  g_mutex_clear (&self->mutex);
  g_free (self->url);
  G_OBJECT_CLASS (lf_server_parent_class)->finalize (object);
}

static void
lf_server_class_init (LfServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lf_server_dispose;
  G_OBJECT_CLASS (klass)->finalize = lf_server_finalize;
  signals[AUDIT] = g_signal_new ("audit", LF_TYPE_SERVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[VIEWERS_CHANGED] = g_signal_new ("viewers-changed", LF_TYPE_SERVER, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STORE_CHANGED] = g_signal_new ("store-changed", LF_TYPE_SERVER, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STOPPED] = g_signal_new ("stopped", LF_TYPE_SERVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
lf_server_init (LfServer *self)
{
  g_mutex_init (&self->mutex);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->viewers_told = g_ptr_array_new_with_free_func (viewer_free);
}
