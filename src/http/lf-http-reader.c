#include "config.h"

#include "lf-http-reader.h"

#define MAX_CHUNK_LINE  4096 /* size and extensions */
#define MAX_EMPTY_LINES 16   /* before a request: a client that sends more sends nothing else */

typedef enum
{
  STATE_HEAD,
  STATE_BODY,
  STATE_CHUNK_LINE,
  STATE_CHUNK,
  STATE_CHUNK_END,
  STATE_TRAILER,
  STATE_END,
  STATE_ERROR,
} State;

struct _LfHttpReader
{
  State state;
  GByteArray *lines; /* the head, a chunk's line or the trailer, as far as it came */
  gsize line_start;  /* of the last line in it */
  guint empty_lines; /* that came before the request */
  guint64 left;      /* of the body or the chunk */
  const char *body;
  gsize body_length;
  guint error_status;
  LfHttpRequest request;
  LfHttpFields fields;
  LfHttpFields trailer;
};

LfHttpReader *
lf_http_reader_new (void)
{
  LfHttpReader *self = g_new0 (LfHttpReader, 1);

  self->lines = g_byte_array_sized_new (1024);
  self->request.fields = &self->fields;
  return self;
}

void
lf_http_reader_free (LfHttpReader *self)
{
  if (self == NULL)
    return;
  g_byte_array_unref (self->lines);
  g_free (self);
}

static LfHttpRead
fail (LfHttpReader *self, guint status)
{
  self->state = STATE_ERROR;
  self->error_status = status;
  return LF_HTTP_READ_ERROR;
}

static void
begin_lines (LfHttpReader *self, State state)
{
  g_byte_array_set_size (self->lines, 0);
  self->line_start = 0;
  self->state = state;
}

/* Takes input up to the end of a line. TRUE when a line is complete. */
static gboolean
take_line (LfHttpReader *self, const char *data, gsize length, gsize *taken)
{
  const char *end = memchr (data, '\n', length);

  *taken = end != NULL ? (gsize) (end - data) + 1 : length;
  g_byte_array_append (self->lines, (const guint8 *) data, (guint) *taken);
  return end != NULL;
}

static gboolean
is_version (const char *text, gsize length, guint *minor)
{
  if (length != 8 || memcmp (text, "HTTP/1.", 7) != 0 || (text[7] != '0' && text[7] != '1'))
    return FALSE;
  *minor = (guint) (text[7] - '0');
  return TRUE;
}

static gboolean
is_target (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar) text[i] <= 0x20 || text[i] == 0x7f)
      return FALSE;
  return length > 0;
}

/* "METHOD target HTTP/1.1" without its line end; 0, or the status to refuse it with. */
static guint
read_request_line (LfHttpRequest *request, const char *line, gsize length)
{
  const char *space = memchr (line, ' ', length);
  const char *second, *version;
  gsize left;

  if (space == NULL)
    return 400;
  request->method = line;
  request->method_length = (gsize) (space - line);
  request->target = space + 1;
  second = memchr (request->target, ' ', length - request->method_length - 1);
  if (second == NULL)
    return 400;
  request->target_length = (gsize) (second - request->target);
  if (!lf_http_is_token (request->method, request->method_length) ||
      !is_target (request->target, request->target_length))
    return 400;
  version = second + 1;
  left = (gsize) (line + length - version);
  if (is_version (version, left, &request->minor))
    return 0;
  return left >= 5 && memcmp (version, "HTTP/", 5) == 0 ? 505 : 400;
}

static void
start_body (LfHttpReader *self)
{
  self->left = self->request.length;
  if (self->request.body == LF_HTTP_BODY_CHUNKED)
    begin_lines (self, STATE_CHUNK_LINE);
  else
    self->state = self->left > 0 ? STATE_BODY : STATE_END;
}

static LfHttpRead
finish_head (LfHttpReader *self)
{
  const char *head = (const char *) self->lines->data;
  const char *end = memchr (head, '\n', self->lines->len);
  gsize line = (gsize) (end - head);
  LfHttpRequest *request = &self->request;
  guint status;

  if (line == 0 || head[line - 1] != '\r')
    return fail (self, 400);
  status = read_request_line (request, head, line - 1);
  if (status != 0)
    return fail (self, status);
  if (!lf_http_fields_read (&self->fields, end + 1, self->lines->len - line - 1))
    return fail (self, self->fields.too_many ? 431 : 400);
  if (!lf_http_fields_check_host (&self->fields, request->minor == 1) ||
      !lf_http_fields_get_body (&self->fields, &request->body, &request->length))
    return fail (self, 400);
  if (request->minor == 0 && request->body == LF_HTTP_BODY_CHUNKED)
    return fail (self, 400);
  request->keep_alive = request->minor == 1
                            ? !lf_http_fields_have_word (&self->fields, "Connection", "close")
                            : lf_http_fields_have_word (&self->fields, "Connection", "keep-alive");
  request->expects_continue =
      request->minor == 1 && lf_http_fields_have_word (&self->fields, "Expect", "100-continue");
  start_body (self);
  return LF_HTTP_READ_HEAD;
}

/* The last line in the buffer, which has just been completed, is the empty one. */
static gboolean
at_empty_line (LfHttpReader *self)
{
  gsize start = self->line_start;

  self->line_start = self->lines->len;
  return self->lines->len - start == 2 && self->lines->data[start] == '\r';
}

static LfHttpRead
feed_head (LfHttpReader *self, const char *data, gsize length, gsize *taken)
{
  gboolean complete = take_line (self, data, length, taken);

  if (self->lines->len > LF_HTTP_MAX_HEAD)
    return fail (self, 431);
  if (!complete)
    return LF_HTTP_READ_MORE;
  /* Empty lines before a request are passed over (RFC 9112, section 2.2). */
  if (self->lines->len == 2 && self->lines->data[0] == '\r')
    {
      begin_lines (self, STATE_HEAD);
      return ++self->empty_lines > MAX_EMPTY_LINES ? fail (self, 400) : LF_HTTP_READ_MORE;
    }
  return at_empty_line (self) ? finish_head (self) : LF_HTTP_READ_MORE;
}

static LfHttpRead
feed_body (LfHttpReader *self, const char *data, gsize length, gsize *taken)
{
  *taken = (gsize) MIN ((guint64) length, self->left);
  self->body = data;
  self->body_length = *taken;
  self->left -= *taken;
  if (self->left == 0)
    self->state = self->state == STATE_CHUNK ? STATE_CHUNK_END : STATE_END;
  if (self->state == STATE_CHUNK_END)
    begin_lines (self, STATE_CHUNK_END);
  return LF_HTTP_READ_BODY;
}

/* "1a2b;extension\r\n" (RFC 9112, section 7.1). */
static gboolean
read_chunk_size (const GByteArray *line, guint64 *size)
{
  guint i = 0;

  *size = 0;
  for (; i < line->len && g_ascii_isxdigit ((char) line->data[i]); i++)
    *size = *size << 4 | (guint64) g_ascii_xdigit_value ((char) line->data[i]);
  if (i == 0 || i > 15 || line->data[line->len - 2] != '\r')
    return FALSE;
  if (line->data[i] == ';')
    return lf_http_is_value ((const char *) line->data + i, line->len - 2 - i);
  return i == line->len - 2;
}

static LfHttpRead
feed_chunk_line (LfHttpReader *self, const char *data, gsize length, gsize *taken)
{
  gboolean complete = take_line (self, data, length, taken);

  if (self->lines->len > MAX_CHUNK_LINE)
    return fail (self, 400);
  if (!complete)
    return LF_HTTP_READ_MORE;
  if (self->lines->len < 3 || !read_chunk_size (self->lines, &self->left))
    return fail (self, 400);
  if (self->left > 0)
    self->state = STATE_CHUNK;
  else
    begin_lines (self, STATE_TRAILER);
  return LF_HTTP_READ_MORE;
}

static LfHttpRead
feed_chunk_end (LfHttpReader *self, const char *data, gsize length, gsize *taken)
{
  if (!take_line (self, data, length, taken))
    return self->lines->len > 1 ? fail (self, 400) : LF_HTTP_READ_MORE;
  if (self->lines->len != 2 || self->lines->data[0] != '\r')
    return fail (self, 400);
  begin_lines (self, STATE_CHUNK_LINE);
  return LF_HTTP_READ_MORE;
}

static LfHttpRead
feed_trailer (LfHttpReader *self, const char *data, gsize length, gsize *taken)
{
  gboolean complete = take_line (self, data, length, taken);

  if (self->lines->len > LF_HTTP_MAX_HEAD)
    return fail (self, 431);
  if (!complete || !at_empty_line (self))
    return LF_HTTP_READ_MORE;
  if (!lf_http_fields_read (&self->trailer, (const char *) self->lines->data, self->lines->len))
    return fail (self, self->trailer.too_many ? 431 : 400);
  self->state = STATE_END;
  return LF_HTTP_READ_MORE;
}

static LfHttpRead
feed_once (LfHttpReader *self, const char *data, gsize length, gsize *taken)
{
  switch (self->state)
    {
    case STATE_HEAD:
      return feed_head (self, data, length, taken);
    case STATE_BODY:
    case STATE_CHUNK:
      return feed_body (self, data, length, taken);
    case STATE_CHUNK_LINE:
      return feed_chunk_line (self, data, length, taken);
    case STATE_CHUNK_END:
      return feed_chunk_end (self, data, length, taken);
    case STATE_TRAILER:
      return feed_trailer (self, data, length, taken);
    case STATE_END:
    case STATE_ERROR:
      break;
    }
  return LF_HTTP_READ_ERROR;
}

LfHttpRead
lf_http_reader_feed (LfHttpReader *self, const char *data, gsize length, gsize *taken)
{
  *taken = 0;
  for (;;)
    {
      gsize part = 0;
      LfHttpRead read;

      if (self->state == STATE_END)
        {
          begin_lines (self, STATE_HEAD);
          self->empty_lines = 0;
          return LF_HTTP_READ_END;
        }
      if (*taken == length && self->state != STATE_ERROR)
        return LF_HTTP_READ_MORE;
      read = feed_once (self, data + *taken, length - *taken, &part);
      *taken += part;
      if (read != LF_HTTP_READ_MORE)
        return read;
    }
}

const LfHttpRequest *
lf_http_reader_get_request (const LfHttpReader *self)
{
  return &self->request;
}

const char *
lf_http_reader_get_body (const LfHttpReader *self, gsize *length)
{
  *length = self->body_length;
  return self->body;
}

guint
lf_http_reader_get_error_status (const LfHttpReader *self)
{
  return self->error_status;
}

gboolean
lf_http_reader_is_inside (const LfHttpReader *self)
{
  return self->state != STATE_HEAD || self->lines->len > 0;
}
