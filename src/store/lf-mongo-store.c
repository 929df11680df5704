#include "config.h"

#include "lf-mongo-store-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define CONNECT_MS 4000 /* so that a wrong address is told within 5 s */
#define SOCKET_MS  30000

G_DEFINE_FINAL_TYPE (LfMongoStore, lf_mongo_store, LF_TYPE_STORE)

/* The driver's own log lines are for those who look for them. */
static void
log_cb (mongoc_log_level_t level, const char *domain, const char *message, void *user_data)
{
  g_debug ("%s: %s", domain, message);
}

static void
start_driver (void)
{
  static gsize started;

  if (!g_once_init_enter (&started))
    return;
  mongoc_init ();
  mongoc_log_set_handler (log_cb, NULL);
  g_once_init_leave (&started, 1);
}

static void
set_default (mongoc_uri_t *uri, const char *option, int ms)
{
  if (!mongoc_uri_has_option (uri, option))
    mongoc_uri_set_option_as_int32 (uri, option, ms);
}

/* The driver takes a @, / or ? that stands in a password as it is for the end of it, and would go
 * on to look up the rest of the password as a host, and tell so. */
static gboolean
is_unambiguous (const char *uri)
{
  const char *host = strstr (uri, "://");
  const char *at = strchr (uri, '@');

  return host && (!at || (at < host + 3 + strcspn (host + 3, "/?") && at == strrchr (uri, '@')));
}

/* The driver's message may quote the URI, so that it is not told. */
static mongoc_uri_t *
parse_uri (LfMongoStore *self, GError **error)
{
  mongoc_uri_t *uri = is_unambiguous (self->uri) ? mongoc_uri_new (self->uri) : NULL;

  if (!uri)
    {
      g_set_error (
          error, LF_ERROR, LF_ERROR_VALUE,
          _ ("the URI is not of the form mongodb://[USER:PASSWORD@]HOST[:PORT][/DATABASE]; "
             "in a user or password write : / ? # @ %% as %%3A %%2F %%3F %%23 %%40 %%25"));
      return NULL;
    }
  set_default (uri, MONGOC_URI_SERVERSELECTIONTIMEOUTMS, CONNECT_MS);
  set_default (uri, MONGOC_URI_CONNECTTIMEOUTMS, CONNECT_MS);
  set_default (uri, MONGOC_URI_SOCKETTIMEOUTMS, SOCKET_MS);
  if (!mongoc_uri_get_appname (uri))
    mongoc_uri_set_appname (uri, "loadforge");
  return uri;
}

static gboolean
connect_client (LfMongoStore *self, GError **error)
{
  g_autoptr (mongoc_uri_t) uri = parse_uri (self, error);

  if (!uri)
    return FALSE;
  self->database =
      g_strdup (mongoc_uri_get_database (uri) ? mongoc_uri_get_database (uri) : "loadforge");
  self->client = _lf_mongo_connect (uri, error);
  return self->client != NULL;
}

static void
close_client (LfMongoStore *self)
{
  g_clear_pointer (&self->client, mongoc_client_destroy);
  g_clear_pointer (&self->database, g_free);
  g_clear_pointer (&self->cut_off, g_ptr_array_unref);
}

static gpointer
lf_mongo_store_open (LfStore *store, LfStoreCall *call, GError **error)
{
  LfMongoStore *self = LF_MONGO_STORE (store);

  start_driver ();
  if (connect_client (self, error) && _lf_mongo_learn_server (self, error) &&
      _lf_mongo_prepare_format (self, error) && _lf_mongo_clear_uploads (self, error))
    return LF_STORE_DONE;
  close_client (self);
  return NULL;
}

static gpointer
lf_mongo_store_close (LfStore *store, LfStoreCall *call, GError **error)
{
  close_client (LF_MONGO_STORE (store));
  return LF_STORE_DONE;
}

static void
lf_mongo_store_finalize (GObject *object)
{
  LfMongoStore *self = LF_MONGO_STORE (object);

  close_client (self);
  g_free (self->uri);

  G_OBJECT_CLASS (lf_mongo_store_parent_class)->finalize (object);
}

static void
lf_mongo_store_class_init (LfMongoStoreClass *klass)
{
  LfStoreClass *store_class = LF_STORE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lf_mongo_store_finalize;
  store_class->open = lf_mongo_store_open;
  store_class->close = lf_mongo_store_close;
  _lf_mongo_specs_class_init (store_class);
  _lf_mongo_schedules_class_init (store_class);
  _lf_mongo_runs_class_init (store_class);
  _lf_mongo_series_class_init (store_class);
  _lf_mongo_attachments_class_init (store_class);
}

static void
lf_mongo_store_init (LfMongoStore *self)
{
}

/* Scheme, hosts and database. User, password and options are left out; a password that is not
 * escaped as it should be, too: everything up to the last @ goes. */
static char *
get_public_name (const char *uri)
{
  const char *host = strstr (uri, "://");
  const char *at = strrchr (uri, '@');
  int scheme = host ? (int) (host + 3 - uri) : 0;

  host = at ? at + 1 : uri + scheme;
  return g_strdup_printf ("%.*s%.*s", scheme, uri, (int) strcspn (host, "?"), host);
}

static LfStore *
new_lane (const char *uri)
{
  LfMongoStore *self = g_object_new (LF_TYPE_MONGO_STORE, NULL);

  self->uri = g_strdup (uri);
  _lf_store_take_name (LF_STORE (self), get_public_name (uri));
  return LF_STORE (self);
}

LfStore *
lf_mongo_store_new (const char *uri)
{
  LfStore *self = new_lane (uri);

  for (LfStoreLane lane = LF_STORE_CHANGES + 1; lane < LF_STORE_N_LANES; lane++)
    _lf_store_take_lane (self, new_lane (uri));
  return self;
}
