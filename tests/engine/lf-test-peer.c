#include "lf-test-peer.h"

#include <string.h>

#define KEPT_BODY (1024 * 1024)

struct _LfTestPeer
{
  LfTestAnswer answer;
  LfTestInterim interim;
  GSocket *listener;
  GThread *thread;
  GMutex lock;
  GPtrArray *requests;    /* of LfTestRequest */
  GPtrArray *connections; /* of Connection */
};

typedef struct
{
  LfTestPeer *peer;
  GSocket *socket;
  GThread *thread;
  guint index;
  GString *input;
} Connection;

static void
request_free (gpointer data)
{
  LfTestRequest *request = data;

  g_free (request->head);
  g_free (request->method);
  g_free (request->target);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_free (request->sha256);
  g_free (request);
}

static gboolean
receive (Connection *self)
{
  char buffer[32768];
  gssize n = g_socket_receive (self->socket, buffer, sizeof buffer, NULL, NULL);

  if (n <= 0)
    return FALSE;
  g_string_append_len (self->input, buffer, n);
  return TRUE;
}

static gboolean
read_head (Connection *self, LfTestRequest *request)
{
  g_auto (GStrv) words = NULL;
  char *end;

  while ((end = strstr (self->input->str, "\r\n\r\n")) == NULL)
    if (!receive (self))
      return FALSE;
  request->head = g_strndup (self->input->str, (gsize) (end + 2 - self->input->str));
  g_string_erase (self->input, 0, end + 4 - self->input->str);
  words = g_strsplit (request->head, " ", 3);
  g_assert_cmpuint (g_strv_length (words), ==, 3);
  request->method = g_strdup (words[0]);
  request->target = g_strdup (words[1]);
  return TRUE;
}

static gboolean
read_body (Connection *self, LfTestRequest *request)
{
  g_autofree char *length = lf_test_request_header (request, "Content-Length");
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GByteArray) body = g_byte_array_new ();
  guint64 left;

  request->length = left = length != NULL ? g_ascii_strtoull (length, NULL, 10) : 0;
  while (left > 0)
    {
      gsize part = MIN (left, self->input->len);

      if (part == 0 && !receive (self))
        return FALSE;
      g_checksum_update (sum, (guint8 *) self->input->str, (gssize) part);
      if (request->length <= KEPT_BODY)
        g_byte_array_append (body, (guint8 *) self->input->str, (guint) part);
      g_string_erase (self->input, 0, (gssize) part);
      left -= part;
    }
  request->sha256 = g_strdup (g_checksum_get_string (sum));
  if (request->length <= KEPT_BODY)
    request->body = g_byte_array_free_to_bytes (g_steal_pointer (&body));
  return TRUE;
}

static gboolean
serve (Connection *self, guint n)
{
  LfTestPeer *peer = self->peer;
  LfTestRequest *request = g_new0 (LfTestRequest, 1);
  LfTestGoOn go_on = LF_TEST_READ_BODY;

  request->connection = self->index;
  request->n = n;
  if (read_head (self, request) && peer->interim != NULL)
    go_on = peer->interim (self->socket, request, self->input->len);
  if (request->head == NULL || go_on == LF_TEST_CLOSE ||
      (go_on == LF_TEST_READ_BODY && !read_body (self, request)))
    {
      request_free (request);
      return FALSE;
    }
  request->time = g_get_monotonic_time ();
  g_mutex_lock (&peer->lock);
  g_ptr_array_add (peer->requests, request);
  g_mutex_unlock (&peer->lock);
  return go_on == LF_TEST_NO_BODY || peer->answer (self->socket, request);
}

static gpointer
connection_thread (gpointer data)
{
  Connection *self = data;
  guint n = 0;

  while (serve (self, n))
    n++;
  /* Shut down, not closed: the descriptor stays ours until the peer is freed. */
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
  return NULL;
}

static gpointer
listen_thread (gpointer data)
{
  LfTestPeer *self = data;
  GSocket *socket;

  while ((socket = g_socket_accept (self->listener, NULL, NULL)) != NULL)
    {
      Connection *connection = g_new0 (Connection, 1);

      connection->peer = self;
      connection->socket = socket;
      connection->input = g_string_new (NULL);
      g_mutex_lock (&self->lock);
      connection->index = self->connections->len;
      g_ptr_array_add (self->connections, connection);
      g_mutex_unlock (&self->lock);
      connection->thread = g_thread_new ("peer", connection_thread, connection);
    }
  return NULL;
}

LfTestPeer *
lf_test_peer_new (LfTestAnswer answer)
{
  LfTestPeer *self = g_new0 (LfTestPeer, 1);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GError) error = NULL;

  self->answer = answer != NULL ? answer : lf_test_answer_ok;
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->connections = g_ptr_array_new ();
  self->listener =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_assert_true (g_socket_bind (self->listener, address, TRUE, NULL));
  g_socket_set_listen_backlog (self->listener, 256);
  g_assert_true (g_socket_listen (self->listener, NULL));
  self->thread = g_thread_new ("peer-listen", listen_thread, self);
  return self;
}

void
lf_test_peer_set_interim (LfTestPeer *self, LfTestInterim interim)
{
  self->interim = interim;
}

void
lf_test_peer_free (LfTestPeer *self)
{
  if (self == NULL)
    return;
  g_socket_shutdown (self->listener, TRUE, TRUE, NULL);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->connections->len; i++)
    {
      Connection *connection = self->connections->pdata[i];

      g_socket_shutdown (connection->socket, TRUE, TRUE, NULL);
      g_thread_join (connection->thread);
      g_object_unref (connection->socket);
      g_string_free (connection->input, TRUE);
      g_free (connection);
    }
  g_ptr_array_unref (self->connections);
  g_ptr_array_unref (self->requests);
  g_object_unref (self->listener);
  g_free (self);
}

guint16
lf_test_peer_get_port (LfTestPeer *self)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (self->listener, NULL);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

guint
lf_test_peer_n_connections (LfTestPeer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->connections->len;
}

guint
lf_test_peer_n_requests (LfTestPeer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->requests->len;
}

const LfTestRequest *
lf_test_peer_get (LfTestPeer *self, guint n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_assert_cmpuint (n, <, self->requests->len);
  return self->requests->pdata[n];
}

const LfTestRequest *
lf_test_peer_find (LfTestPeer *self, const char *path)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  for (guint i = 0; i < self->requests->len; i++)
    {
      const LfTestRequest *request = self->requests->pdata[i];
      gsize length = strcspn (request->target, "?");

      if (length == strlen (path) && strncmp (request->target, path, length) == 0)
        return request;
    }
  g_error ("nobody asked for %s", path);
}

char *
lf_test_request_header (const LfTestRequest *request, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (request->head, "\r\n", -1);
  GString *values = NULL;

  for (guint i = 1; lines[i] != NULL; i++)
    {
      gsize length = strcspn (lines[i], ":");

      if (strlen (name) != length || g_ascii_strncasecmp (lines[i], name, length) != 0)
        continue;
      if (values == NULL)
        values = g_string_new (NULL);
      else
        g_string_append_c (values, '|');
      g_string_append (values, g_strchug (lines[i] + length + 1));
    }
  return values != NULL ? g_string_free (values, FALSE) : NULL;
}

gboolean
lf_test_send (GSocket *socket, const char *text)
{
  gsize left = strlen (text);

  while (left > 0)
    {
      gssize n = g_socket_send (socket, text, left, NULL, NULL);

      if (n <= 0)
        return FALSE;
      text += n;
      left -= (gsize) n;
    }
  return TRUE;
}

gboolean
lf_test_answer_ok (GSocket *socket, const LfTestRequest *request)
{
  const char *body = g_str_equal (request->method, "HEAD") ? "" : "ok";
  g_autofree char *answer =
      g_strconcat ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", body, NULL);

  return lf_test_send (socket, answer);
}
