#include "config.h"

#include "lf-viewer-private.h"

#include "lf-http-error.h"
#include "lf-json.h"
#include "lf-listener.h"
#include "lf-time.h"

#include <string.h>

#define PING          20 /* s */
#define AUTH_PATIENCE (5 * G_USEC_PER_SEC)
#define ASK_EVERY     (2 * G_USEC_PER_SEC)
#define SILENCE       (65 * G_USEC_PER_SEC) /* three pings without an answer */
#define MESSAGE_LIMIT 8192                  /* bytes that a client may say at once */
#define ACCESS_KEY    "lf-access"           /* of a message */

static void
access_free (gpointer data)
{
  lf_access_clear (data);
  g_free (data);
}

static gboolean
check (LfServer *server, SoupServerMessage *message, LfAccess *access, GError **error)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *protocol = soup_message_headers_get_list (headers, "Sec-WebSocket-Protocol");

  if (!lf_guard_check_source (server->guard, message, error))
    return FALSE;
  if (strcmp (soup_server_message_get_method (message), "GET") != 0)
    g_set_error_literal (error, LF_HTTP_ERROR, 400, "a WebSocket begins with GET");
  else if (strcmp (g_uri_get_path (soup_server_message_get_uri (message)), "/runs") != 0)
    g_set_error_literal (error, LF_HTTP_ERROR, 404, "there is no WebSocket here, but at /runs");
  else if (protocol == NULL || !soup_header_contains (protocol, LF_VIEWER_PROTOCOL))
    g_set_error_literal (error, LF_HTTP_ERROR, 400,
                         "Sec-WebSocket-Protocol: " LF_VIEWER_PROTOCOL " is spoken here");
  else if (server->viewers->len >= LF_VIEWER_MOST)
    g_set_error_literal (error, LF_HTTP_ERROR, 503, "too many viewers; try again later");
  else
    return soup_message_headers_get_one (headers, "Authorization") == NULL ||
           lf_guard_check_token (server->guard, message, access, error);
  return FALSE;
}

void
lf_viewer_check_upgrade (LfServer *server, SoupServerMessage *message)
{
  LfAccess *access = g_new0 (LfAccess, 1);
  GError *error = NULL;

  g_object_set_data_full (G_OBJECT (message), ACCESS_KEY, access, access_free);
  if (!check (server, message, access, &error))
    {
      g_autoptr (LfCall) call = lf_call_new (server, message);

      lf_call_set_header (call, "Connection", "close");
      lf_call_fail (call, error);
    }
}

static void
hang_up (LfViewer *self, gushort code, const char *reason)
{
  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, code, reason);
  else /* it does not even answer that; to close TLS could wait for it */
    lf_listener_cut_address (self->address);
}

static void
message_cb (SoupWebsocketConnection *connection, int type, GBytes *bytes, gpointer user_data)
{
  LfViewer *self = user_data;
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (JsonNode) node = NULL;
  const char *reason = "a message is a JSON object with a type";

  self->heard = g_get_monotonic_time ();
  if (type == SOUP_WEBSOCKET_DATA_TEXT)
    node = lf_json_from_text (text, (gssize) length, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node) ||
      !_lf_viewer_hear (self, json_node_get_object (node), &reason))
    hang_up (self, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION, reason);
}

static void
pong_cb (SoupWebsocketConnection *connection, GBytes *bytes, gpointer user_data)
{
  ((LfViewer *) user_data)->heard = g_get_monotonic_time ();
}

static void
closed_cb (SoupWebsocketConnection *connection, gpointer user_data)
{
  LfViewer *self = user_data;
  LfServer *server = self->server;

  g_ptr_array_remove (server->viewers, self); /* frees it */
  _lf_server_tell_viewers (server);
}

void
lf_viewer_open (LfServer *server, SoupServerMessage *message, SoupWebsocketConnection *connection)
{
  LfViewer *self = g_new0 (LfViewer, 1);
  LfAccess *access = g_object_get_data (G_OBJECT (message), ACCESS_KEY);

  self->server = server;
  self->connection = g_object_ref (connection);
  self->address = g_object_ref (soup_server_message_get_remote_address (message));
  self->access = *access;
  *access = (LfAccess){ 0 };
  self->since = lf_time_now ();
  self->opened = self->heard = g_get_monotonic_time ();
  self->seats = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, _lf_viewer_seat_free);
  g_queue_init (&self->unread);
  g_queue_init (&self->questions);
  self->elsewhere = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  soup_websocket_connection_set_keepalive_interval (connection, PING);
  soup_websocket_connection_set_max_incoming_payload_size (connection, MESSAGE_LIMIT);
  g_signal_connect (connection, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (connection, "pong", G_CALLBACK (pong_cb), self);
  g_signal_connect (connection, "closed", G_CALLBACK (closed_cb), self);
  g_ptr_array_add (server->viewers, self);
  if (self->access.role != LF_ROLE_NOBODY || !lf_guard_needs_token (server->guard))
    _lf_viewer_admit (self);
  _lf_server_tell_viewers (server);
}

void
_lf_viewer_admit (LfViewer *self)
{
  self->admitted = TRUE;
  lf_listener_upgrade (self->address);
}

void
lf_viewer_pulse (LfViewer *self)
{
  gint64 now = g_get_monotonic_time ();

  if (!self->admitted && now - self->opened > AUTH_PATIENCE)
    hang_up (self, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION, "no token came within 5 s");
  else if (!lf_guard_still_admits (self->server->guard, &self->access))
    hang_up (self, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION, "the token was revoked");
  else if (now - self->heard > SILENCE)
    lf_listener_cut_address (self->address);
  else if (now - self->asked >= ASK_EVERY)
    {
      self->asked = now;
      _lf_viewer_ask_again (self);
    }
}

void
lf_viewer_describe (LfViewer *self, char **name, char **address, gint64 *since)
{
  *name = g_strdup (self->access.name);
  *address = g_inet_address_to_string (
      g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (self->address)));
  *since = self->since;
}

void
lf_viewer_free (LfViewer *self)
{
  g_signal_handlers_disconnect_by_data (self->connection, self);
  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
  for (GList *link = g_hash_table_get_keys (self->seats), *next; link != NULL; link = next)
    {
      LfRoom *room = lf_rooms_find (self->server->rooms, link->data);

      next = link->next;
      if (room != NULL)
        lf_room_leave (room, self);
      g_list_free_1 (link);
    }
  g_hash_table_unref (self->seats);
  g_queue_clear_full (&self->unread, _lf_viewer_sent_free);
  g_queue_clear_full (&self->questions, g_free);
  g_hash_table_unref (self->elsewhere);
  lf_access_clear (&self->access);
  g_object_unref (self->address);
  g_object_unref (self->connection);
  g_free (self);
}
