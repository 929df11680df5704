#include "config.h"

#include "lf-server-private.h"

#include "lf-http-error.h"
#include "lf-json.h"
#include "lf-listener.h"
#include "lf-page.h"
#include "lf-route.h"
#include "lf-viewer.h"

#include <string.h>

#define CALL_KEY  "lf-call" /* of a message */
#define ID_LENGTH 64
#define UNREAD_LIMIT                                                                               \
  (64 * 1024 * 1024) /* bytes of a refused body that are thrown away before it is cut off */

static LfCall *
find_call (SoupServerMessage *message)
{
  return g_object_get_data (G_OBJECT (message), CALL_KEY);
}

/* Without the query: what somebody puts there is not for a log. */
static void
tell_audit (LfCall *self, SoupServerMessage *message)
{
  g_autofree char *who = lf_call_describe_client (self);
  const char *method = soup_server_message_get_method (message);
  guint status = soup_server_message_get_status (message);
  GUri *uri = soup_server_message_get_uri (message);
  g_autofree char *what = NULL;

  if (status < 400 && (strcmp (method, "GET") == 0 || strcmp (method, "HEAD") == 0 ||
                       strcmp (method, "OPTIONS") == 0))
    return;
  what = g_strdup_printf ("%.16s %.200s %u%s%s", method, uri != NULL ? g_uri_get_path (uri) : "-",
                          status, self->detail != NULL ? " " : "",
                          self->detail != NULL ? self->detail : "");
  lf_audit_tell (self->server->audit, who, what);
}

static void
message_finished_cb (SoupServerMessage *message, gpointer user_data)
{
  LfCall *self = user_data;

  tell_audit (self, message);
}

static gboolean
refuse (GError **error, guint status, const char *detail)
{
  g_set_error_literal (error, LF_HTTP_ERROR, (int) status, detail);
  return FALSE;
}

static gboolean
find_route (LfCall *self, GError **error)
{
  SoupServerMessage *message = self->message;
  const char *method = soup_server_message_get_method (message);
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  g_autofree char *allow = NULL;

  self->route = lf_route_find (method, path, self->ids, &allow);
  if (self->route == NULL)
    {
      if (allow == NULL)
        return refuse (error, 404, "there is nothing here");
      lf_call_set_header (self, "Allow", allow);
      return refuse (error, 405, "this path has other methods");
    }
  for (guint i = 0; i < LF_CALL_MOST_IDS && self->ids[i] != NULL; i++)
    if (strlen (self->ids[i]) > ID_LENGTH)
      return refuse (error, 404, "there is nothing here");
  return lf_route_check (self->route, self->query, error);
}

static gboolean
check_access (LfCall *self, GError **error)
{
  if (self->route->role == LF_ROLE_NOBODY)
    return TRUE;
  if (!lf_guard_check_token (self->server->guard, self->message, &self->access, error))
    return FALSE;
  return self->access.role >= self->route->role ||
         refuse (error, 403, "this takes the role of an operator; this token is a viewer's");
}

/* @route: NULL for what takes none: OPTIONS, and the page. */
static gint64
body_limit (const LfRoute *route)
{
  switch (route != NULL ? route->takes : LF_TAKES_NOTHING)
    {
    case LF_TAKES_JSON:
      return LF_ROUTE_JSON_LIMIT;
    case LF_TAKES_FILE:
      return LF_ATTACHMENT_LIMIT;
    case LF_TAKES_NOTHING:
    default:
      return 64 * 1024; /* some clients send {} with everything */
    }
}

static gboolean
refuse_large (LfCall *self, GError **error)
{
  g_set_error (error, LF_HTTP_ERROR, 413,
               "the body is larger than the %" G_GINT64_FORMAT " bytes that are taken here",
               body_limit (self->route));
  return FALSE;
}

static gboolean
check_body_headers (LfCall *self, GError **error)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  gboolean has_body = soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED ||
                      soup_message_headers_get_content_length (headers) > 0;
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  if (soup_message_headers_get_content_length (headers) > body_limit (self->route))
    return refuse_large (self, error);
  if (has_body && soup_message_headers_get_one (headers, "Content-Encoding") != NULL)
    return refuse (error, 415, "a body is taken as it is, without Content-Encoding");
  if (has_body && self->route->takes == LF_TAKES_JSON && g_strcmp0 (type, "application/json") != 0)
    return refuse (error, 415, "the body has to be JSON: Content-Type: application/json");
  if (self->route->takes == LF_TAKES_FILE)
    {
      self->spool = lf_spool_new (error);
      return self->spool != NULL;
    }
  return TRUE;
}

/* What is left of its body is thrown away, and the connection not used again. */
static void
refuse_early (LfCall *self, GError *error)
{
  SoupServerMessage *message = self->message;

  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  if (soup_message_headers_get_encoding (soup_server_message_get_request_headers (message)) !=
      SOUP_ENCODING_NONE)
    lf_call_set_header (self, "Connection", "close");
  lf_listener_give_up (message);
  lf_call_fail (self, error);
}

static void
take_chunk (LfCall *self, GBytes *chunk)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (chunk, &length);
  SoupMessageBody *body = soup_server_message_get_request_body (self->message);
  GError *error = NULL;

  if (self->received > body_limit (self->route))
    refuse_large (self, &error);
  else if (self->spool != NULL)
    lf_spool_append (self->spool, data, length, &error);
  if (error == NULL)
    return;
  soup_message_body_truncate (body);
  g_clear_pointer (&self->spool, lf_spool_free);
  refuse_early (self, error);
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  LfCall *self = user_data;

  self->received += (gint64) g_bytes_get_size (chunk);
  if (!self->answered)
    take_chunk (self, chunk);
  else if (self->received > UNREAD_LIMIT)
    lf_listener_cut (message);
}

/* libsoup takes a length below 0 for one, and warns of itself. */
static gboolean
has_bad_length (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
         soup_message_headers_get_content_length (headers) < 0;
}

static gboolean
turn_away_cb (gpointer message)
{
  static const char answer[] =
      "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  if (stream == NULL)
    return G_SOURCE_REMOVE;
  g_pollable_output_stream_write_nonblocking (
      G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (stream)), answer, sizeof answer - 1,
      NULL, NULL);
  lf_listener_cut (message); /* closing TLS could wait for who does not read */
  g_io_stream_close (stream, NULL, NULL);
  return G_SOURCE_REMOVE;
}

/* Takes the connection away from libsoup before that reads on; not now, when it is at work on the
 * message. */
static void
turn_away (SoupServerMessage *message)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  soup_server_message_pause (message);
  g_source_set_callback (source, turn_away_cb, g_object_ref (message), g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static void
begin_cb (SoupServer *soup,
          SoupServerMessage *message,
          const char *path,
          GHashTable *query,
          gpointer user_data)
{
  LfServer *server = user_data;
  LfCall *self;
  GError *error = NULL;

  if (has_bad_length (message))
    {
      turn_away (message);
      return;
    }
  self = lf_call_new (server, message);
  g_object_set_data_full (G_OBJECT (message), CALL_KEY, self, (GDestroyNotify) lf_call_unref);
  g_signal_connect (message, "finished", G_CALLBACK (message_finished_cb), self);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), self);
  self->query = query != NULL ? g_hash_table_ref (query) : NULL;
  if (!lf_guard_check_source (server->guard, message, &error))
    refuse_early (self, error);
  /* The page is for everybody; what it asks for is not. */
  else if (strcmp (soup_server_message_get_method (message), "OPTIONS") == 0 || lf_page_has (path))
    soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  else if (!find_route (self, &error) || !check_access (self, &error) ||
           !check_body_headers (self, &error))
    refuse_early (self, error);
  else if (self->route->takes != LF_TAKES_JSON)
    soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
}

static gboolean
read_json (LfCall *self, GError **error)
{
  SoupMessageBody *body = soup_server_message_get_request_body (self->message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  if (length > 0)
    self->body = lf_json_from_text (text, (gssize) length, error);
  return length == 0 || self->body != NULL;
}

static void
answer_options (LfCall *self, const char *path)
{
  g_autofree char *allow = NULL;
  char *ids[LF_CALL_MOST_IDS] = { NULL };

  lf_route_find ("OPTIONS", path, ids, &allow);
  if (allow == NULL && lf_page_has (path))
    allow = g_strdup ("GET, HEAD, OPTIONS");
  if (allow == NULL)
    {
      lf_call_refuse (self, 404, "there is nothing here");
      return;
    }
  lf_call_set_header (self, "Allow", allow);
  lf_call_answer_empty (self, 204);
}

static void
answered_cb (SoupServerMessage *message, gpointer user_data)
{
  LfServer *self = user_data;

  self->waiting--;
}

static void
handle (LfCall *self)
{
  GError *error = NULL;

  lf_call_pause (self);
  self->server->waiting++;
  g_signal_connect (self->message, "finished", G_CALLBACK (answered_cb), self->server);
  if (self->route->takes == LF_TAKES_JSON && !read_json (self, &error))
    lf_call_fail (self, error);
  else
    self->route->handle (self);
}

static void
handle_cb (SoupServer *soup,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  LfCall *self = find_call (message);

  if (self == NULL || self->answered) /* it was refused before its body came */
    return;
  if (strcmp (soup_server_message_get_method (message), "OPTIONS") == 0)
    answer_options (self, path);
  else if (lf_page_has (path))
    lf_page_answer (self, path);
  else
    handle (self);
}

/* What asks for a WebSocket has no body. */
static void
unasked_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  lf_listener_cut (message);
}

static void
socket_begin_cb (SoupServer *soup,
                 SoupServerMessage *message,
                 const char *path,
                 GHashTable *query,
                 gpointer user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  const char *upgrade = soup_message_headers_get_one (headers, "Upgrade");

  /* The page of one run lies on the same path as the WebSocket does. */
  if (upgrade == NULL || g_ascii_strcasecmp (upgrade, "websocket") != 0)
    {
      begin_cb (soup, message, path, query, user_data);
      return;
    }
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_signal_connect (message, "got-chunk", G_CALLBACK (unasked_chunk_cb), NULL);
  lf_viewer_check_upgrade (user_data, message);
}

static void
socket_opened_cb (SoupServer *soup,
                  SoupServerMessage *message,
                  const char *path,
                  SoupWebsocketConnection *connection,
                  gpointer user_data)
{
  lf_viewer_open (user_data, message, connection);
}

static void
socket_handle_cb (SoupServer *soup,
                  SoupServerMessage *message,
                  const char *path,
                  GHashTable *query,
                  gpointer user_data)
{
  if (find_call (message) != NULL)
    handle_cb (soup, message, path, query, user_data);
}

void
_lf_server_add_handlers (LfServer *self)
{
  static char *protocols[] = { (char *) LF_VIEWER_PROTOCOL, NULL };

  /* A small message could become a large one, and compressing for many viewers costs the engine. */
  soup_server_remove_websocket_extension (self->soup, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  soup_server_add_early_handler (self->soup, "/", begin_cb, self, NULL);
  soup_server_add_handler (self->soup, "/", handle_cb, self, NULL);
  soup_server_add_early_handler (self->soup, "/runs", socket_begin_cb, self, NULL);
  soup_server_add_handler (self->soup, "/runs", socket_handle_cb, self, NULL);
  soup_server_add_websocket_handler (self->soup, "/runs", NULL, protocols, socket_opened_cb, self,
                                     NULL);
}
