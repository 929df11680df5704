#include "config.h"

#include "lf-target-private.h"

#include "lf-error.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG      4096
#define MAX_EVENTS   256
#define ACCEPT_PAUSE (100 * 1000) /* us */

static void
stop_accepting (LfTarget *self)
{
  self->accept_again = g_get_monotonic_time () + ACCEPT_PAUSE;
  epoll_ctl (self->epoll, EPOLL_CTL_DEL, self->listener, NULL);
}

static void
start_accepting (LfTarget *self)
{
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = &self->listener };

  self->accept_again = 0;
  epoll_ctl (self->epoll, EPOLL_CTL_ADD, self->listener, &event);
}

static void
accept_connections (LfTarget *self)
{
  for (;;)
    {
      int one = 1;
      int fd = accept4 (self->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

      if (fd < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM))
        stop_accepting (self); /* asking again at once would only spin */
      if (fd < 0)
        return;
      setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
      g_hash_table_add (self->connections, _lf_target_connection_new (self, fd));
      _lf_target_count (&self->n_connections, 1);
    }
}

static void
drop (LfTarget *self, LfTargetConnection *connection)
{
  g_hash_table_remove (self->connections, connection);
}

/* Answers what is due; returns when the next one is, or G_MAXINT64. */
static gint64
answer_delayed (LfTarget *self)
{
  gint64 now = g_get_monotonic_time ();

  for (;;)
    {
      GSequenceIter *first = g_sequence_get_begin_iter (self->delayed);
      LfTargetConnection *connection;

      if (g_sequence_iter_is_end (first))
        return G_MAXINT64;
      connection = g_sequence_get (first);
      if (_lf_target_connection_due (connection) > now)
        return _lf_target_connection_due (connection);
      if (!_lf_target_connection_answer (connection))
        drop (self, connection);
    }
}

static int
wait_for_events (LfTarget *self, struct epoll_event *events, gint64 wake)
{
  gint64 left = wake - g_get_monotonic_time ();
  struct timespec timeout = { 0 };
  int n;

  if (wake == G_MAXINT64)
    return epoll_wait (self->epoll, events, MAX_EVENTS, -1);
  if (left > 0)
    timeout = (struct timespec){ .tv_sec = left / G_USEC_PER_SEC,
                                 .tv_nsec = left % G_USEC_PER_SEC * 1000 };
  n = epoll_pwait2 (self->epoll, events, MAX_EVENTS, &timeout, NULL);
  if (n < 0 && errno == ENOSYS)
    n = epoll_wait (self->epoll, events, MAX_EVENTS, (int) (MAX (left, 0) / 1000 + 1));
  return n;
}

static gpointer
serve (gpointer user_data)
{
  LfTarget *self = user_data;
  struct epoll_event events[MAX_EVENTS];

  for (;;)
    {
      gint64 wake = answer_delayed (self);
      int n;

      if (self->accept_again > 0 && self->accept_again <= g_get_monotonic_time ())
        start_accepting (self);
      if (self->accept_again > 0)
        wake = MIN (wake, self->accept_again);
      n = wait_for_events (self, events, wake);
      for (int i = 0; i < n; i++)
        {
          if (events[i].data.ptr == &self->wake)
            return NULL;
          if (events[i].data.ptr == &self->listener)
            accept_connections (self);
          else if (!_lf_target_connection_ready (events[i].data.ptr, events[i].events))
            drop (self, events[i].data.ptr);
        }
    }
}

static gboolean
fail (GError **error, int code, const char *address, const char *reason)
{
  g_set_error (error, LF_ERROR, code, _ ("cannot listen on %s: %s"), address, reason);
  return FALSE;
}

static gboolean
bind_to (LfTarget *self, const struct addrinfo *info, GError **error)
{
  const char *address = self->options.address;
  struct sockaddr_storage bound;
  socklen_t length = sizeof bound;
  int one = 1;

  self->listener = socket (info->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (self->listener < 0)
    return fail (error, LF_ERROR_FAILED, address, g_strerror (errno));
  setsockopt (self->listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind (self->listener, info->ai_addr, info->ai_addrlen) != 0 ||
      listen (self->listener, BACKLOG) != 0)
    return fail (error,
                 errno == EADDRINUSE ? LF_ERROR_BUSY
                 : errno == EACCES   ? LF_ERROR_READ_ONLY
                                     : LF_ERROR_VALUE,
                 address,
                 errno == EADDRINUSE ? _ ("the port is in use; choose another, or 0 for a free one")
                                     : g_strerror (errno));
  getsockname (self->listener, (struct sockaddr *) &bound, &length);
  self->port =
      g_ntohs (bound.ss_family == AF_INET6 ? ((struct sockaddr_in6 *) (gpointer) &bound)->sin6_port
                                           : ((struct sockaddr_in *) (gpointer) &bound)->sin_port);
  return TRUE;
}

static gboolean
listen_on (LfTarget *self, GError **error)
{
  const char *address = self->options.address;
  g_autoptr (GSocketConnectable) parsed = g_network_address_parse (address, G_MAXUINT16, NULL);
  struct addrinfo hints = { .ai_family = AF_UNSPEC,
                            .ai_socktype = SOCK_STREAM,
                            .ai_flags = AI_PASSIVE };
  struct addrinfo *info = NULL;
  g_autofree char *port = NULL;
  gboolean bound;
  const char *colon = strrchr (address, ':');

  if (parsed == NULL || colon == NULL || !g_ascii_isdigit (colon[1]))
    return fail (error, LF_ERROR_VALUE, address, _ ("not an address such as 127.0.0.1:8080"));
  port = g_strdup_printf ("%u", g_network_address_get_port (G_NETWORK_ADDRESS (parsed)));
  self->host = g_strdup (g_network_address_get_hostname (G_NETWORK_ADDRESS (parsed)));
  if (getaddrinfo (self->host, port, &hints, &info) != 0)
    return fail (error, LF_ERROR_VALUE, address, _ ("no such address on this machine"));
  bound = bind_to (self, info, error);
  freeaddrinfo (info);
  return bound;
}

static void
target_free (LfTarget *self)
{
  g_clear_pointer (&self->connections, g_hash_table_unref);
  g_clear_pointer (&self->delayed, g_sequence_free);
  if (self->listener >= 0)
    close (self->listener);
  if (self->epoll >= 0)
    close (self->epoll);
  if (self->wake >= 0)
    close (self->wake);
  g_free (self->host);
  g_free (self->input);
  g_free ((char *) self->options.address);
  g_free (self);
}

static void
raise_file_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

LfTarget *
lf_target_start (const LfTargetOptions *options, GError **error)
{
  LfTarget *self = g_new0 (LfTarget, 1);
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = &self->wake };

  self->options = *options;
  self->options.address = g_strdup (options->address);
  self->random = 0x9e3779b97f4a7c15;
  self->listener = -1;
  self->epoll = epoll_create1 (EPOLL_CLOEXEC);
  self->wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  self->connections =
      g_hash_table_new_full (NULL, NULL, (GDestroyNotify) _lf_target_connection_free, NULL);
  self->delayed = g_sequence_new (NULL);
  self->input = g_malloc (_LF_TARGET_INPUT);
  if (!listen_on (self, error))
    {
      target_free (self);
      return NULL;
    }
  raise_file_limit ();
  epoll_ctl (self->epoll, EPOLL_CTL_ADD, self->wake, &event);
  start_accepting (self);
  self->thread = g_thread_new ("lf-target", serve, self);
  return self;
}

guint16
lf_target_get_port (LfTarget *self)
{
  return self->port;
}

char *
lf_target_get_url (LfTarget *self)
{
  gboolean ipv6 = strchr (self->host, ':') != NULL;

  return g_strdup_printf ("http://%s%s%s:%u", ipv6 ? "[" : "", self->host, ipv6 ? "]" : "",
                          self->port);
}

LfTargetCounts
lf_target_get_counts (LfTarget *self)
{
  return (LfTargetCounts){
    .requests = atomic_load (&self->requests),
    .connections = atomic_load (&self->n_connections),
    .bytes_received = atomic_load (&self->bytes_received),
    .errors = atomic_load (&self->errors),
  };
}

void
lf_target_stop (LfTarget *self)
{
  guint64 one = 1;

  if (self == NULL)
    return;
  if (write (self->wake, &one, sizeof one) < 0)
    g_warning ("cannot wake the target: %s", g_strerror (errno));
  g_thread_join (self->thread);
  target_free (self);
}
