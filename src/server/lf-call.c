#include "config.h"

#include "lf-call.h"

#include "lf-http-error.h"
#include "lf-json.h"
#include "lf-problem-json.h"

#define PIECE     (64 * 1024) /* bytes of a spool that wait in memory */
#define GZIP_FROM 1024        /* bytes; below, the header of gzip eats the gain */

typedef struct
{
  LfCall call;
  gatomicrefcount count;
} CountedCall;

static void
finished_cb (SoupServerMessage *message, gpointer user_data)
{
  LfCall *self = user_data;

  self->message = NULL;
}

static char *
describe_address (GSocketAddress *address)
{
  return G_IS_INET_SOCKET_ADDRESS (address)
             ? g_inet_address_to_string (
                   g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)))
             : g_strdup ("-");
}

LfCall *
lf_call_new (LfServer *server, SoupServerMessage *message)
{
  CountedCall *counted = g_new0 (CountedCall, 1);
  LfCall *self = &counted->call;

  g_atomic_ref_count_init (&counted->count);
  self->server = server;
  self->message = message;
  self->address = describe_address (soup_server_message_get_remote_address (message));
  g_signal_connect_data (message, "finished", G_CALLBACK (finished_cb), lf_call_ref (self),
                         (GClosureNotify) (void (*) (void)) lf_call_unref, 0);
  return self;
}

LfCall *
lf_call_ref (LfCall *self)
{
  g_atomic_ref_count_inc (&((CountedCall *) self)->count);
  return self;
}

void
lf_call_unref (LfCall *self)
{
  if (!g_atomic_ref_count_dec (&((CountedCall *) self)->count))
    return;
  for (guint i = 0; i < LF_CALL_MOST_IDS; i++)
    g_free (self->ids[i]);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->body, json_node_unref);
  g_clear_pointer (&self->spool, lf_spool_free);
  lf_access_clear (&self->access);
  g_free (self->address);
  g_free (self->once);
  g_free (self->detail);
  g_free (self);
}

void
lf_call_pause (LfCall *self)
{
  self->paused = TRUE;
  soup_server_message_pause (self->message);
}

char *
lf_call_describe_client (LfCall *self)
{
  return self->access.name != NULL ? g_strdup_printf ("%s (%s)", self->access.name, self->address)
                                   : g_strdup (self->address);
}

void
lf_call_set_header (LfCall *self, const char *name, const char *value)
{
  if (self->message != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (self->message), name,
                                  value);
}

const char *
lf_call_get_header (LfCall *self, const char *name)
{
  return self->message != NULL ? soup_message_headers_get_one (
                                     soup_server_message_get_request_headers (self->message), name)
                               : NULL;
}

const char *
lf_call_get_query (LfCall *self, const char *name)
{
  return self->query != NULL ? g_hash_table_lookup (self->query, name) : NULL;
}

gint64
lf_call_get_number (LfCall *self, const char *name, gint64 preset)
{
  const char *text = lf_call_get_query (self, name);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : preset;
}

/* FALSE where nobody waits for it any more. */
static gboolean
begin_answer (LfCall *self, guint status)
{
  g_return_val_if_fail (!self->answered, FALSE);
  self->answered = TRUE;
  if (self->message == NULL)
    return FALSE;
  soup_server_message_set_status (self->message, status, NULL);
  lf_call_set_header (self, "Cache-Control", "no-store");
  lf_call_set_header (self, "X-Content-Type-Options", "nosniff");
  lf_call_set_header (self, "Referrer-Policy", "no-referrer");
  lf_call_set_header (self, "Cross-Origin-Resource-Policy", "same-origin");
  return TRUE;
}

static void
end_answer (LfCall *self)
{
  if (self->paused)
    soup_server_message_unpause (self->message);
  self->paused = FALSE;
}

void
lf_call_answer_empty (LfCall *self, guint status)
{
  if (begin_answer (self, status))
    end_answer (self);
}

gboolean
lf_call_takes_gzip (LfCall *self)
{
  const char *header = lf_call_get_header (self, "Accept-Encoding");
  GSList *list = header != NULL ? soup_header_parse_quality_list (header, NULL) : NULL;
  gboolean found = FALSE;

  for (GSList *link = list; link != NULL; link = link->next)
    found |= g_ascii_strcasecmp (link->data, "gzip") == 0;
  soup_header_free_list (list);
  return found;
}

/* (transfer full) */
static GBytes *
compress (GBytes *bytes)
{
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 4);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (gzip));

  if (!g_output_stream_write_all (stream, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                  NULL, NULL, NULL) ||
      !g_output_stream_close (stream, NULL, NULL))
    return g_bytes_ref (bytes);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
add_body (LfCall *self, GBytes *bytes)
{
  g_autoptr (GBytes) body = NULL;

  if (g_bytes_get_size (bytes) >= GZIP_FROM)
    lf_call_set_header (self, "Vary", "Accept-Encoding");
  if (g_bytes_get_size (bytes) >= GZIP_FROM && lf_call_takes_gzip (self))
    {
      body = compress (bytes);
      lf_call_set_header (self, "Content-Encoding", "gzip");
    }
  else
    body = g_bytes_ref (bytes);
  soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), body);
}

void
lf_call_answer_bytes (LfCall *self, guint status, const char *type, GBytes *bytes)
{
  if (!begin_answer (self, status))
    return;
  lf_call_set_header (self, "Content-Type", type);
  add_body (self, bytes);
  end_answer (self);
}

void
lf_call_answer_text (LfCall *self, guint status, const char *type, char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  lf_call_answer_bytes (self, status, type, bytes);
}

void
lf_call_answer_json (LfCall *self, guint status, JsonNode *node)
{
  g_autofree char *text = lf_json_to_text (node, FALSE);

  json_node_unref (node);
  lf_call_answer_text (self, status, "application/json", g_strconcat (text, "\n", NULL));
}

static void
send_piece_cb (SoupServerMessage *message, gpointer user_data)
{
  LfCall *self = user_data;
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  GBytes *piece = lf_spool_read (self->spool, self->sent, PIECE);

  if (piece == NULL)
    {
      soup_message_body_complete (body);
      return;
    }
  self->sent += (gint64) g_bytes_get_size (piece);
  soup_message_body_append_bytes (body, piece);
  g_bytes_unref (piece);
  soup_server_message_unpause (message);
}

void
lf_call_answer_spool (LfCall *self, const char *type, LfSpool *spool)
{
  SoupMessageHeaders *headers;

  g_clear_pointer (&self->spool, lf_spool_free);
  self->spool = spool;
  if (!begin_answer (self, 200))
    return;
  headers = soup_server_message_get_response_headers (self->message);
  soup_message_headers_replace (headers, "Content-Type", type);
  soup_message_headers_set_content_length (headers, lf_spool_get_length (spool));
  soup_message_body_set_accumulate (soup_server_message_get_response_body (self->message), FALSE);
  g_signal_connect (self->message, "wrote-chunk", G_CALLBACK (send_piece_cb), self);
  self->sent = 0;
  if (lf_spool_get_length (spool) > 0)
    send_piece_cb (self->message, self);
  end_answer (self);
}

void
lf_call_answer_packed (LfCall *self, const char *type, LfSpool *spool)
{
  lf_call_set_header (self, "Vary", "Accept-Encoding");
  if (self->gzip)
    lf_call_set_header (self, "Content-Encoding", "gzip");
  lf_call_answer_spool (self, type, spool);
}

static void
answer_problem (LfCall *self, guint status, const char *detail, JsonNode *problem)
{
  g_autofree char *text = lf_json_to_text (problem, FALSE);

  json_node_unref (problem);
  g_free (self->detail);
  self->detail = g_strdup (detail);
  if (status == 401)
    lf_call_set_header (self, "WWW-Authenticate", "Bearer realm=\"LoadForge\"");
  if (status == 429 || status == 503)
    lf_call_set_header (self, "Retry-After", "1");
  lf_call_answer_text (self, status, "application/problem+json", g_strconcat (text, "\n", NULL));
}

void
lf_call_refuse (LfCall *self, guint status, const char *detail)
{
  answer_problem (self, status, detail, lf_problem_json (status, detail));
}

void
lf_call_refuse_at (LfCall *self, guint status, GPtrArray *problems)
{
  answer_problem (self, status, "the spec has mistakes", lf_problem_json_list (status, problems));
}

void
lf_call_fail (LfCall *self, GError *error)
{
  lf_call_refuse (self, lf_http_error_status (error), error->message);
  g_error_free (error);
}
