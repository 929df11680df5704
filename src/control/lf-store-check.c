#include "config.h"

#include "lf-store-check.h"

#include "lf-store.h"

#include <string.h>

#define MONGO_PORT 27017
#define PATIENCE   5 /* s, to connect */

struct _LfStoreCheck
{
  GObject parent_instance;
  char *uri;
  LfStoreCheckStep step;
  GCancellable *cancellable;
  LfStore *store;
};

enum
{
  STEP,
  DONE,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfStoreCheck, lf_store_check, G_TYPE_OBJECT)

static void take_step (LfStoreCheck *self);

static gboolean
is_srv (const char *uri)
{
  return g_str_has_prefix (uri, "mongodb+srv://");
}

/* Where the servers are named: after the user and the password, before the database. */
static char *
get_hosts (const char *uri)
{
  const char *from = strstr (uri, "://");
  const char *end;
  const char *at;

  if (from == NULL)
    return g_strdup ("");
  from += strlen ("://");
  end = from + strcspn (from, "/?");
  at = g_strrstr_len (from, end - from, "@");
  if (at != NULL)
    from = at + 1;
  return g_strndup (from, (gsize) (end - from));
}

/* The first of several is as good as any: the driver finds the others by it. */
static GSocketConnectable *
parse_host (LfStoreCheck *self, GError **error)
{
  g_autofree char *hosts = get_hosts (self->uri);
  g_auto (GStrv) names = g_strsplit (hosts, ",", 2);

  return g_network_address_parse (names[0] != NULL ? names[0] : "", MONGO_PORT, error);
}

static void
close_store (LfStoreCheck *self)
{
  if (self->store != NULL)
    lf_store_close_async (self->store, NULL, NULL);
  g_clear_object (&self->store);
}

/* Takes @error; NULL: the step works. */
static void
end_step (LfStoreCheck *self, GError *error)
{
  g_autoptr (GError) owned = error;
  LfStoreCheckStep step = self->step;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  g_signal_emit (self, signals[STEP], 0, (guint) step, owned == NULL,
                 owned != NULL ? owned->message : NULL);
  if (owned == NULL && step + 1 < LF_N_STORE_CHECK_STEPS)
    {
      self->step++;
      take_step (self);
      return;
    }
  close_store (self);
  g_signal_emit (self, signals[DONE], 0, owned == NULL);
}

static void
services_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfStoreCheck) self = user_data;
  GError *error = NULL;
  GList *targets = g_resolver_lookup_service_finish (G_RESOLVER (source), result, &error);

  g_resolver_free_targets (targets);
  end_step (self, error);
}

static void
addresses_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfStoreCheck) self = user_data;
  GError *error = NULL;
  GList *addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);

  g_resolver_free_addresses (addresses);
  end_step (self, error);
}

static void
resolve (LfStoreCheck *self)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_autoptr (GSocketConnectable) address = NULL;
  g_autofree char *hosts = get_hosts (self->uri);
  GError *error = NULL;

  if (is_srv (self->uri))
    {
      g_resolver_lookup_service_async (resolver, "mongodb", "tcp", hosts, self->cancellable,
                                       services_found_cb, g_object_ref (self));
      return;
    }
  address = parse_host (self, &error);
  if (address == NULL)
    end_step (self, error);
  else
    g_resolver_lookup_by_name_async (resolver,
                                     g_network_address_get_hostname (G_NETWORK_ADDRESS (address)),
                                     self->cancellable, addresses_found_cb, g_object_ref (self));
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfStoreCheck) self = user_data;
  GError *error = NULL;
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);

  if (connection != NULL)
    g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  end_step (self, error);
}

static void
connect_to_host (LfStoreCheck *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autofree char *hosts = get_hosts (self->uri);
  g_autoptr (GSocketConnectable) address = is_srv (self->uri)
                                               ? g_network_service_new ("mongodb", "tcp", hosts)
                                               : parse_host (self, NULL);

  g_socket_client_set_timeout (client, PATIENCE);
  g_socket_client_set_enable_proxy (client, FALSE); /* the driver knows none */
  g_socket_client_connect_async (client, address, self->cancellable, connected_cb,
                                 g_object_ref (self));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfStoreCheck) self = user_data;
  GError *error = NULL;

  self->store = lf_store_open_finish (result, &error);
  if (self->store != NULL && g_cancellable_is_cancelled (self->cancellable))
    close_store (self);
  end_step (self, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfStoreCheck) self = user_data;
  GError *error = NULL;
  GPtrArray *specs = lf_store_list_specs_finish (LF_STORE (source), result, &error);

  g_clear_pointer (&specs, g_ptr_array_unref);
  end_step (self, error);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfStoreCheck) self = user_data;
  GError *error = NULL;

  lf_store_delete_attachment_finish (LF_STORE (source), result, &error);
  end_step (self, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfStoreCheck) self = user_data;
  GError *error = NULL;
  g_autoptr (LfAttachment) file =
      lf_store_add_attachment_finish (LF_STORE (source), result, &error);

  /* Deleted also where the check was cancelled meanwhile: nothing is left behind. */
  if (file != NULL)
    lf_store_delete_attachment_async (LF_STORE (source), file->id, NULL, deleted_cb,
                                      g_object_ref (self));
  else
    end_step (self, error);
}

static void
write_file (LfStoreCheck *self)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data ("test", 4, NULL);

  lf_store_add_attachment_async (self->store, "loadforge-test", "text/plain", stream, NULL, NULL,
                                 self->cancellable, written_cb, g_object_ref (self));
}

static void
take_step (LfStoreCheck *self)
{
  switch (self->step)
    {
    case LF_STORE_CHECK_RESOLVE:
      resolve (self);
      break;
    case LF_STORE_CHECK_CONNECT:
      connect_to_host (self);
      break;
    case LF_STORE_CHECK_AUTHENTICATE:
      lf_store_open_async (self->uri, self->cancellable, opened_cb, g_object_ref (self));
      break;
    case LF_STORE_CHECK_READ:
      lf_store_list_specs_async (self->store, self->cancellable, read_cb, g_object_ref (self));
      break;
    case LF_STORE_CHECK_WRITE:
    case LF_N_STORE_CHECK_STEPS:
    default:
      write_file (self);
    }
}

static void
lf_store_check_dispose (GObject *object)
{
  LfStoreCheck *self = LF_STORE_CHECK (object);

  close_store (self);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->uri, g_free);
  G_OBJECT_CLASS (lf_store_check_parent_class)->dispose (object);
}

static void
lf_store_check_class_init (LfStoreCheckClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lf_store_check_dispose;
  signals[STEP] = g_signal_new ("step", LF_TYPE_STORE_CHECK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_BOOLEAN, G_TYPE_STRING);
  signals[DONE] = g_signal_new ("done", LF_TYPE_STORE_CHECK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
lf_store_check_init (LfStoreCheck *self)
{
  self->cancellable = g_cancellable_new ();
}

LfStoreCheck *
lf_store_check_new (const char *uri)
{
  LfStoreCheck *self = g_object_new (LF_TYPE_STORE_CHECK, NULL);

  self->uri = g_strdup (uri);
  return self;
}

void
lf_store_check_start (LfStoreCheck *self)
{
  take_step (self);
}

void
lf_store_check_cancel (LfStoreCheck *self)
{
  g_cancellable_cancel (self->cancellable);
  close_store (self);
}
