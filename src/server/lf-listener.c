#include "config.h"

#include "lf-listener.h"

#include "lf-error.h"

#include <glib/gi18n.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#define SHAKERS     64 /* handshakes at a time */
#define HANDSHAKE   5  /* s, once it has begun */
#define BACKLOG     1024
#define SLOWEST     8192 /* bytes a second that a body must come with, once the patience is over */
#define UNREAD      60   /* s that an answer may wait for its reader */
#define ANSWER_TIME 300  /* s until an answer begins: what a store needs at worst */
#define DATA_KEY    "lf-link" /* of an address: which connection it is */

typedef enum
{
  WAITING, /* for a request, or for the end of its head; or shaking hands */
  READING, /* a request's body */
  ANSWERING,
  UPGRADED,
} LinkState;

/* One connection. Counted by its stream and by its address, as messages outlive the stream. */
typedef struct
{
  LfListener *listener; /* NULL once that or the stream is gone */
  GSocket *socket;
  GMainContext *context; /* of the listener; all of this is used there */
  LinkState state;
  gint64 since;    /* us, when the state began */
  gint64 deadline; /* us; when it is cut */
  gint64 received; /* bytes of the body */
} Link;

struct _LfListener
{
  SoupServer *soup;
  GSocketService *service;
  GTlsCertificate *certificate;
  GPtrArray *links; /* of Link, not owned */
  guint most;
  gint64 patience; /* us */
  guint16 port;
  GSource *timer;
  GThreadPool *shakers; /* of Shake */
};

static void
enter (Link *self, LinkState state, gint64 patience)
{
  self->state = state;
  self->since = g_get_monotonic_time ();
  self->deadline = patience < 0 ? G_MAXINT64 : self->since + patience;
}

/* Whoever reads or writes it finds that it has ended, and lets go of it. */
static void
cut (Link *self)
{
  self->deadline = G_MAXINT64;
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL); /* of one that is closed: nothing */
}

static gboolean
timer_cb (gpointer user_data)
{
  LfListener *self = user_data;
  gint64 now = g_get_monotonic_time ();

  for (guint i = 0; i < self->links->len; i++)
    if (((Link *) self->links->pdata[i])->deadline <= now)
      cut (self->links->pdata[i]);
  return G_SOURCE_CONTINUE;
}

static void
link_clear (gpointer data)
{
  Link *self = data;

  g_object_unref (self->socket);
  g_main_context_unref (self->context);
}

static void
link_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, link_clear);
}

static gboolean
gone_cb (gpointer user_data)
{
  Link *self = user_data;

  if (self->listener != NULL)
    g_ptr_array_remove_fast (self->listener->links, self);
  self->listener = NULL;
  return G_SOURCE_REMOVE;
}

/* In any thread: a handshake that failed may be let go of last where it was made. */
static void
stream_gone_cb (gpointer user_data, GObject *stream)
{
  Link *self = user_data;

  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, gone_cb, self, link_unref);
}

static Link *
link_new (LfListener *listener, GSocketConnection *stream)
{
  Link *self = g_atomic_rc_box_new0 (Link);

  self->listener = listener;
  self->socket = g_object_ref (g_socket_connection_get_socket (stream));
  self->context = g_main_context_ref_thread_default ();
  g_ptr_array_add (listener->links, self);
  g_object_weak_ref (G_OBJECT (stream), stream_gone_cb, self);
  enter (self, WAITING, listener->patience);
  return self;
}

static Link *
find_address (GSocketAddress *address)
{
  return address != NULL ? g_object_get_data (G_OBJECT (address), DATA_KEY) : NULL;
}

static Link *
find_link (SoupServerMessage *message)
{
  return find_address (soup_server_message_get_remote_address (message));
}

static void
got_headers_cb (SoupServerMessage *message, gpointer user_data)
{
  Link *self = find_link (message);

  if (self == NULL || self->listener == NULL)
    return;
  enter (self, READING, self->listener->patience);
  self->received = 0;
}

/* A body may take long where it is long, but neither stand still nor trickle. */
static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  Link *self = find_link (message);
  gint64 patience = self != NULL && self->listener != NULL ? self->listener->patience : 0;

  if (patience == 0 || self->state != READING || self->deadline == G_MAXINT64)
    return;
  self->received += (gint64) g_bytes_get_size (chunk);
  self->deadline = MIN (g_get_monotonic_time () + patience,
                        self->since + patience + self->received * G_USEC_PER_SEC / SLOWEST);
}

static void
got_body_cb (SoupServerMessage *message, gpointer user_data)
{
  Link *self = find_link (message);

  if (self != NULL)
    enter (self, ANSWERING, (gint64) ANSWER_TIME * G_USEC_PER_SEC);
}

static void
wrote_cb (SoupServerMessage *message, gpointer user_data)
{
  Link *self = find_link (message);

  if (self != NULL && self->state == ANSWERING)
    enter (self, ANSWERING, (gint64) UNREAD * G_USEC_PER_SEC);
}

static void
wrote_data_cb (SoupServerMessage *message, guint size, gpointer user_data)
{
  wrote_cb (message, user_data);
}

static void
finished_cb (SoupServerMessage *message, gpointer user_data)
{
  Link *self = find_link (message);

  if (self != NULL && self->listener != NULL && self->state != UPGRADED)
    enter (self, WAITING, self->listener->patience);
}

static void
request_started_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  Link *self = find_link (message);

  if (self == NULL || self->listener == NULL)
    return;
  enter (self, WAITING, self->listener->patience);
  g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), NULL);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), NULL);
  g_signal_connect (message, "got-body", G_CALLBACK (got_body_cb), NULL);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (wrote_cb), NULL);
  g_signal_connect (message, "wrote-body-data", G_CALLBACK (wrote_data_cb), NULL);
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), NULL);
}

void
lf_listener_upgrade (GSocketAddress *address)
{
  Link *self = find_address (address);

  if (self != NULL)
    enter (self, UPGRADED, -1);
}

void
lf_listener_give_up (SoupServerMessage *message)
{
  Link *self = find_link (message);

  if (self != NULL && self->listener != NULL)
    enter (self, WAITING, self->listener->patience);
}

void
lf_listener_cut_address (GSocketAddress *address)
{
  Link *self = find_address (address);

  if (self != NULL)
    cut (self);
}

void
lf_listener_cut (SoupServerMessage *message)
{
  Link *self = find_link (message);
  const struct linger at_once = { .l_onoff = 1 };

  if (self == NULL)
    return;
  /* Who sends without an end would else go on until its own patience is over. */
  setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  cut (self);
}

/* Hands @stream, which is @base itself or TLS over it, to libsoup. */
static void
hand_over (LfListener *self, GIOStream *stream, GSocketConnection *base)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (base, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (base, NULL);
  Link *link = g_object_get_data (G_OBJECT (base), DATA_KEY);
  g_autoptr (GError) error = NULL;

  if (local == NULL || remote == NULL) /* it has gone already */
    return;
  g_object_set_data_full (G_OBJECT (remote), DATA_KEY, g_atomic_rc_box_acquire (link), link_unref);
  if (!soup_server_accept_iostream (self->soup, stream, local, remote, &error))
    g_message ("%s", error->message);
}

/* A handshake on its way to a thread and back. */
typedef struct
{
  GSocketConnection *base;
  GIOStream *tls;
  GMainContext *context; /* where it belongs, and is let go of */
  gboolean works;
} Shake;

static void
shake_free (gpointer data)
{
  Shake *shake = data;

  g_object_unref (shake->tls);
  g_object_unref (shake->base);
  g_main_context_unref (shake->context);
  g_free (shake);
}

static gboolean
shaken_cb (gpointer user_data)
{
  Shake *shake = user_data;
  Link *link = g_object_get_data (G_OBJECT (shake->base), DATA_KEY);

  if (shake->works && link->listener != NULL)
    hand_over (link->listener, shake->tls, shake->base);
  return G_SOURCE_REMOVE;
}

/* On a thread of the listener's own: GLib would do all handshakes of the program on ten, which a
 * few silent clients could hold. */
static void
shake_hands (gpointer data, gpointer user_data)
{
  Shake *shake = data;

  shake->works = g_tls_connection_handshake (G_TLS_CONNECTION (shake->tls), NULL, NULL);
  g_main_context_invoke_full (shake->context, G_PRIORITY_DEFAULT, shaken_cb, shake, shake_free);
}

/* The first bytes are there: nobody takes a thread by saying nothing. */
static gboolean
readable_cb (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  static const char *const protocols[] = { "http/1.1", NULL };
  GSocketConnection *base = user_data;
  Link *link = g_object_get_data (G_OBJECT (base), DATA_KEY);
  LfListener *self = link->listener;
  GIOStream *tls;
  Shake *shake;

  if (self == NULL || link->deadline == G_MAXINT64)
    return G_SOURCE_REMOVE;
  tls = g_tls_server_connection_new (G_IO_STREAM (base), self->certificate, NULL);
  if (tls == NULL)
    return G_SOURCE_REMOVE;
  g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (tls), protocols);
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  enter (link, WAITING, MIN (self->patience, HANDSHAKE * G_USEC_PER_SEC));
  shake = g_new0 (Shake, 1);
  shake->base = g_object_ref (base);
  shake->tls = tls;
  shake->context = g_main_context_ref_thread_default ();
  g_thread_pool_push (self->shakers, shake, NULL);
  return G_SOURCE_REMOVE;
}

static void
await_hello (GSocketConnection *base)
{
  g_autoptr (GSource) source =
      g_socket_create_source (g_socket_connection_get_socket (base), G_IO_IN, NULL);

  g_source_set_callback (source, G_SOURCE_FUNC (readable_cb), g_object_ref (base), g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
}

/* FALSE where every connection is busy. */
static gboolean
make_room (LfListener *self)
{
  Link *longest = NULL;

  if (self->links->len < self->most)
    return TRUE;
  for (guint i = 0; i < self->links->len; i++)
    {
      Link *link = self->links->pdata[i];

      if (link->state == WAITING && link->deadline != G_MAXINT64 &&
          (longest == NULL || link->since < longest->since))
        longest = link;
    }
  if (longest != NULL)
    cut (longest);
  /* Those that were cut are still on their way out. */
  return longest != NULL && self->links->len < self->most * 2;
}

static gboolean
incoming_cb (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  LfListener *self = user_data;

  if (!make_room (self))
    return TRUE;
  g_socket_set_option (g_socket_connection_get_socket (connection), IPPROTO_TCP, TCP_NODELAY, TRUE,
                       NULL);
  g_object_set_data (G_OBJECT (connection), DATA_KEY, link_new (self, connection));
  if (self->certificate != NULL)
    await_hello (connection);
  else
    hand_over (self, G_IO_STREAM (connection), connection);
  return TRUE;
}

LfListener *
lf_listener_new (SoupServer *soup, const LfListenerOptions *options)
{
  LfListener *self = g_new0 (LfListener, 1);

  self->soup = g_object_ref (soup);
  self->certificate = options->certificate != NULL ? g_object_ref (options->certificate) : NULL;
  self->most = options->most > 0 ? options->most : LF_LISTENER_MOST;
  self->patience =
      (gint64) (options->patience > 0 ? options->patience : LF_LISTENER_PATIENCE) * G_USEC_PER_SEC;
  self->links = g_ptr_array_new ();
  self->shakers = g_thread_pool_new (shake_hands, NULL, SHAKERS, FALSE, NULL);
  self->service = g_socket_service_new ();
  g_socket_listener_set_backlog (G_SOCKET_LISTENER (self->service), BACKLOG);
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_signal_connect (soup, "request-started", G_CALLBACK (request_started_cb), NULL);
  self->timer = g_timeout_source_new (500);
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
  return self;
}

void
lf_listener_free (LfListener *self)
{
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  g_source_destroy (self->timer);
  g_source_unref (self->timer);
  for (guint i = 0; i < self->links->len; i++)
    {
      Link *link = self->links->pdata[i];

      cut (link);
      link->listener = NULL;
    }
  g_thread_pool_free (self->shakers, FALSE, TRUE); /* at once: their connections have ended */
  g_ptr_array_unref (self->links);
  g_clear_object (&self->certificate);
  g_object_unref (self->soup);
  g_free (self);
}

/* "localhost" is both loopbacks' name, and nobody's to answer for us. */
GSocketAddress *
lf_listener_parse (const char *address, GError **error)
{
  g_autoptr (GSocketConnectable) parsed = g_network_address_parse (address, 0, NULL);
  const char *host;
  GSocketAddress *found = NULL;

  if (parsed != NULL && strrchr (address, ':') != NULL)
    {
      host = g_network_address_get_hostname (G_NETWORK_ADDRESS (parsed));
      if (g_ascii_strcasecmp (host, "localhost") == 0)
        host = "127.0.0.1";
      found = g_inet_socket_address_new_from_string (
          host, g_network_address_get_port (G_NETWORK_ADDRESS (parsed)));
    }
  if (found == NULL)
    g_set_error (error, LF_ERROR, LF_ERROR_VALUE,
                 _ ("cannot listen on %s: not an IP address and a port, as 127.0.0.1:8090"),
                 address);
  return found;
}

gboolean
lf_listener_bind (LfListener *self, const char *address, GError **error)
{
  g_autoptr (GSocketAddress) wanted = lf_listener_parse (address, error);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) failure = NULL;

  if (wanted == NULL)
    return FALSE;
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted,
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &bound,
                                      &failure))
    {
      g_set_error (error, LF_ERROR,
                   g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE)
                       ? LF_ERROR_BUSY
                       : LF_ERROR_VALUE,
                   _ ("cannot listen on %s: %s"), address, failure->message);
      return FALSE;
    }
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_socket_service_start (self->service);
  return TRUE;
}

guint16
lf_listener_get_port (LfListener *self)
{
  return self->port;
}

guint
lf_listener_get_count (LfListener *self)
{
  return self->links->len;
}
