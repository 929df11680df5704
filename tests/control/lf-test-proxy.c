#include "lf-test-proxy.h"

#include <arpa/inet.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST_CONNECTIONS 64
#define CHUNK            65536

/* Both ends of a connection. */
typedef struct
{
  int ends[2]; /* -1: none */
} Connection;

/* One thread passes everything on; a byte through the pipe wakes it. */
struct _LfTestProxy
{
  GThread *thread;
  int listener;
  int wake[2];
  struct sockaddr_in server;
  gint mode; /* LfTestProxyMode, or -1: end; atomic */
  Connection connections[MOST_CONNECTIONS];
};

static int
new_socket (void)
{
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  return fd;
}

static void
hang_up (Connection *connection)
{
  for (int i = 0; i < 2; i++)
    {
      if (connection->ends[i] >= 0)
        close (connection->ends[i]);
      connection->ends[i] = -1;
    }
}

static Connection *
find_free (LfTestProxy *self)
{
  for (guint i = 0; i < MOST_CONNECTIONS; i++)
    if (self->connections[i].ends[0] < 0)
      return &self->connections[i];
  g_assert_not_reached ();
}

static void
accept_one (LfTestProxy *self, int mode)
{
  Connection *connection = find_free (self);

  connection->ends[0] = accept4 (self->listener, NULL, NULL, SOCK_CLOEXEC);
  connection->ends[1] = new_socket ();
  if (mode == LF_TEST_PROXY_CUT ||
      connect (connection->ends[1], (struct sockaddr *) &self->server, sizeof self->server) != 0)
    hang_up (connection);
}

/* A few kilobytes at a time: whoever does not read holds up nobody for long on the loopback. */
static gboolean
pass_on (int from, int to)
{
  char bytes[CHUNK];
  gssize n = read (from, bytes, sizeof bytes);

  for (gssize done = 0; done < n;)
    {
      gssize sent = send (to, bytes + done, (gsize) (n - done), MSG_NOSIGNAL);

      if (sent <= 0)
        return FALSE;
      done += sent;
    }
  return n > 0;
}

static void
serve_connection (Connection *connection, const struct pollfd *polled)
{
  for (int i = 0; i < 2 && connection->ends[0] >= 0; i++)
    if (polled[i].revents != 0 && !pass_on (connection->ends[i], connection->ends[1 - i]))
      hang_up (connection);
}

static void
wait_and_serve (LfTestProxy *self, int mode)
{
  struct pollfd polled[2 + 2 * MOST_CONNECTIONS];
  char byte;

  polled[0] = (struct pollfd){ .fd = self->wake[0], .events = POLLIN };
  polled[1] =
      (struct pollfd){ .fd = mode != LF_TEST_PROXY_STALL ? self->listener : -1, .events = POLLIN };
  for (guint i = 0; i < 2 * MOST_CONNECTIONS; i++)
    polled[2 + i] = (struct pollfd){
      .fd = mode == LF_TEST_PROXY_PASS ? self->connections[i / 2].ends[i % 2] : -1,
      .events = POLLIN,
    };
  g_assert_cmpint (poll (polled, G_N_ELEMENTS (polled), -1), >, 0);
  if (polled[0].revents != 0)
    g_assert_cmpint (read (self->wake[0], &byte, 1), ==, 1);
  for (guint i = 0; i < MOST_CONNECTIONS; i++)
    serve_connection (&self->connections[i], &polled[2 + 2 * i]);
  if (polled[1].revents != 0)
    accept_one (self, mode);
}

static gpointer
run (gpointer data)
{
  LfTestProxy *self = data;
  int mode;

  while ((mode = g_atomic_int_get (&self->mode)) >= 0)
    {
      if (mode == LF_TEST_PROXY_CUT)
        for (guint i = 0; i < MOST_CONNECTIONS; i++)
          hang_up (&self->connections[i]);
      wait_and_serve (self, mode);
    }
  return NULL;
}

static int
listen_somewhere (LfTestProxy *self)
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  socklen_t length = sizeof address;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  self->listener = new_socket ();
  g_assert_cmpint (bind (self->listener, (struct sockaddr *) &address, length), ==, 0);
  g_assert_cmpint (listen (self->listener, 16), ==, 0);
  g_assert_cmpint (getsockname (self->listener, (struct sockaddr *) &address, &length), ==, 0);
  return ntohs (address.sin_port);
}

LfTestProxy *
lf_test_proxy_new (const char *uri, char **through)
{
  LfTestProxy *self = g_new0 (LfTestProxy, 1);
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);

  g_assert_nonnull (parsed);
  self->server.sin_family = AF_INET;
  self->server.sin_port = htons ((guint16) g_uri_get_port (parsed));
  g_assert_cmpint (inet_pton (AF_INET, g_uri_get_host (parsed), &self->server.sin_addr), ==, 1);
  for (guint i = 0; i < MOST_CONNECTIONS; i++)
    self->connections[i] = (Connection){ { -1, -1 } };
  *through = g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (parsed), g_uri_get_userinfo (parsed),
                         "127.0.0.1", listen_somewhere (self), g_uri_get_path (parsed),
                         g_uri_get_query (parsed), NULL);
  g_assert_cmpint (pipe (self->wake), ==, 0);
  self->thread = g_thread_new ("lf-test-proxy", run, self);
  return self;
}

static void
set (LfTestProxy *self, int mode)
{
  g_atomic_int_set (&self->mode, mode);
  g_assert_cmpint (write (self->wake[1], "", 1), ==, 1);
}

void
lf_test_proxy_set_mode (LfTestProxy *self, LfTestProxyMode mode)
{
  set (self, mode);
}

void
lf_test_proxy_free (LfTestProxy *self)
{
  set (self, -1);
  g_thread_join (self->thread);
  for (guint i = 0; i < MOST_CONNECTIONS; i++)
    hang_up (&self->connections[i]);
  close (self->listener);
  close (self->wake[0]);
  close (self->wake[1]);
  g_free (self);
}
