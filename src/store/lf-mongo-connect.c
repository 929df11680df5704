#include "config.h"

#include "lf-mongo-store-private.h"

#include <glib/gi18n.h>

#define MARGIN_MS 800 /* over the driver's own limit, which does not hold for looking up names */

/* Shared by the thread that connects and the one that waits for it; who lets go last frees it. */
typedef struct
{
  gatomicrefcount references;
  GMutex lock;
  GCond done_changed;
  gboolean done;
  mongoc_uri_t *uri;
  mongoc_client_t *client; /* NULL on failure */
  bson_error_t cause;
} Connect;

static void
connect_unref (Connect *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer (&self->client, mongoc_client_destroy);
  mongoc_uri_destroy (self->uri);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->done_changed);
  g_free (self);
}

static mongoc_client_t *
new_client (const mongoc_uri_t *uri, bson_error_t *cause)
{
  mongoc_client_t *client = mongoc_client_new_from_uri_with_error (uri, cause);
  g_autoptr (bson_t) ping = BCON_NEW ("ping", BCON_INT32 (1));

  if (!client)
    return NULL;
  mongoc_client_set_error_api (client, MONGOC_ERROR_API_VERSION_2);
  if (!mongoc_client_command_simple (client, "admin", ping, NULL, NULL, cause))
    g_clear_pointer (&client, mongoc_client_destroy);
  return client;
}

static gpointer
connect_thread (gpointer data)
{
  Connect *self = data;
  bson_error_t cause = { 0 };
  mongoc_client_t *client = new_client (self->uri, &cause);

  g_mutex_lock (&self->lock);
  self->client = client;
  self->cause = cause;
  self->done = TRUE;
  g_cond_signal (&self->done_changed);
  g_mutex_unlock (&self->lock);
  connect_unref (self);
  return NULL;
}

static gboolean
wait_until (Connect *self, gint64 end)
{
  gboolean in_time = TRUE;

  g_mutex_lock (&self->lock);
  while (!self->done && in_time)
    in_time = g_cond_wait_until (&self->done_changed, &self->lock, end);
  in_time = self->done;
  g_mutex_unlock (&self->lock);
  return in_time;
}

static mongoc_client_t *
take_client (Connect *self, gint64 limit_ms, GError **error)
{
  if (!wait_until (self, g_get_monotonic_time () + limit_ms * 1000))
    g_set_error (error, LF_ERROR, LF_ERROR_UNREACHABLE,
                 _ ("the server does not answer within %.0f s; check that it runs and that the "
                    "address is right"),
                 (double) limit_ms / 1000);
  else if (!self->client)
    _lf_mongo_fail (&self->cause, error);
  else
    return g_steal_pointer (&self->client);
  return NULL;
}

mongoc_client_t *
_lf_mongo_connect (const mongoc_uri_t *uri, GError **error)
{
  Connect *self = g_new0 (Connect, 1);
  gint64 limit_ms =
      mongoc_uri_get_option_as_int32 (uri, MONGOC_URI_SERVERSELECTIONTIMEOUTMS, 0) + MARGIN_MS;
  mongoc_client_t *client;

  g_atomic_ref_count_init (&self->references);
  g_atomic_ref_count_inc (&self->references);
  g_mutex_init (&self->lock);
  g_cond_init (&self->done_changed);
  self->uri = mongoc_uri_copy (uri);
  g_thread_unref (g_thread_new ("lf-connect", connect_thread, self));
  client = take_client (self, limit_ms, error);
  connect_unref (self);
  return client;
}
