#include "config.h"

#include "lf-http-response.h"

#include <strings.h>

enum
{
  STATE_STATUS_LINE,
  STATE_FIELDS,
  STATE_BODY,
  STATE_UNTIL_CLOSE,
  STATE_CHUNK_LINE,
  STATE_CHUNK,
  STATE_CHUNK_END,
  STATE_TRAILER,
  STATE_END,
  STATE_ERROR,
};

/* A line without its end; not terminated. */
typedef struct
{
  const char *text;
  gsize length;
} Line;

void
lf_http_response_begin (LfHttpResponse *self, gboolean head_request, LfHttpFacts keep)
{
  GByteArray *carry = self->carry;
  GPtrArray *kept = self->kept;

  if (carry != NULL)
    g_byte_array_set_size (carry, 0);
  if (kept != NULL)
    g_ptr_array_set_size (kept, 0);
  *self = (LfHttpResponse){
    .bodyless = head_request, .kept_facts = keep, .carry = carry, .kept = kept
  };
}

void
lf_http_response_clear (LfHttpResponse *self)
{
  g_clear_pointer (&self->carry, g_byte_array_unref);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
}

static LfHttpRead
fail (LfHttpResponse *self)
{
  self->state = STATE_ERROR;
  self->keep_alive = FALSE;
  return LF_HTTP_READ_ERROR;
}

static LfHttpRead
end (LfHttpResponse *self)
{
  self->state = STATE_END;
  return LF_HTTP_READ_END;
}

static void
carry (LfHttpResponse *self, const char *data, gsize length)
{
  if (self->carry == NULL)
    self->carry = g_byte_array_sized_new (256);
  g_byte_array_append (self->carry, (const guint8 *) data, (guint) length);
}

static const char *
strip_end (const char *text, gsize *length)
{
  if (*length > 0 && text[*length - 1] == '\n')
    (*length)--;
  if (*length > 0 && text[*length - 1] == '\r')
    (*length)--;
  return text;
}

/* Takes a line of the input, or adds what there is of it to what came before. FALSE where its end
 * has not come. The line holds until the next call. */
static gboolean
take_line (LfHttpResponse *self, const char *data, gsize length, gsize *taken, Line *line)
{
  const char *newline = memchr (data, '\n', length);
  gboolean first = self->carry == NULL || self->carry->len == 0;

  *taken = newline != NULL ? (gsize) (newline - data) + 1 : length;
  self->head_size += *taken;
  if (self->head_size > LF_HTTP_MAX_ANSWER_HEAD)
    return FALSE;
  if (newline == NULL || !first)
    carry (self, data, *taken);
  if (newline == NULL)
    return FALSE;
  line->length = first ? *taken : self->carry->len;
  line->text = strip_end (first ? data : (const char *) self->carry->data, &line->length);
  if (!first)
    g_byte_array_set_size (self->carry, 0);
  return TRUE;
}

/* "HTTP/1.1 200 OK" (RFC 9112, section 4); the reason may be missing. */
static gboolean
read_status_line (LfHttpResponse *self, const Line *line)
{
  const char *text = line->text;

  if (line->length < 12 || memcmp (text, "HTTP/1.", 7) != 0 || (text[7] != '0' && text[7] != '1') ||
      text[8] != ' ' || text[9] < '1' || text[9] > '9' || !g_ascii_isdigit (text[10]) ||
      !g_ascii_isdigit (text[11]) || (line->length > 12 && text[12] != ' '))
    return FALSE;
  self->status = (guint) ((text[9] - '0') * 100 + (text[10] - '0') * 10 + (text[11] - '0'));
  self->keep_alive = text[7] == '1';
  self->interesting = FALSE;
  self->has_length = self->chunked = FALSE;
  self->state = STATE_FIELDS;
  return memchr (text, '\0', line->length) == NULL;
}

/* Digits alone; a list of the same number, which some proxies make of two fields, is one
 * (RFC 9112, section 6.3). */
static gboolean
read_length (LfHttpResponse *self, const Line *value)
{
  const char *at = value->text;
  const char *stop = at + value->length;

  for (;; at++)
    {
      const char *start = at;
      guint64 length = 0;

      for (; at < stop && g_ascii_isdigit (*at); at++)
        length = length * 10 + (guint64) (*at - '0');
      if (at == start || at - start > 18 || (self->has_length && length != self->length))
        return FALSE;
      self->length = length;
      self->has_length = TRUE;
      while (at < stop && (*at == ' ' || *at == '\t'))
        at++;
      if (at == stop)
        return TRUE;
      if (*at != ',')
        return FALSE;
      while (at + 1 < stop && at[1] == ' ')
        at++;
    }
}

/* The next word of a comma-separated list; FALSE at its end. */
static gboolean
take_word (Line *list, Line *word)
{
  const char *comma;

  while (list->length > 0 && strchr (" \t,", *list->text) != NULL)
    {
      list->text++;
      list->length--;
    }
  if (list->length == 0)
    return FALSE;
  comma = memchr (list->text, ',', list->length);
  word->text = list->text;
  word->length = comma != NULL ? (gsize) (comma - list->text) : list->length;
  list->text += word->length;
  list->length -= word->length;
  while (strchr (" \t", word->text[word->length - 1]) != NULL)
    word->length--;
  return TRUE;
}

static gboolean
is_word (const Line *word, const char *text)
{
  return strlen (text) == word->length && strncasecmp (word->text, text, word->length) == 0;
}

/* We ask for no transfer coding but the one that each reader must know. "identity" is an old word
 * for none. */
static gboolean
read_coding (LfHttpResponse *self, Line value)
{
  Line word;

  while (take_word (&value, &word))
    if (is_word (&word, "chunked"))
      self->chunked = TRUE;
    else if (!is_word (&word, "identity"))
      return FALSE;
  return TRUE;
}

static void
read_connection (LfHttpResponse *self, Line value)
{
  Line word;

  while (take_word (&value, &word))
    if (is_word (&word, "close"))
      self->keep_alive = FALSE;
    else if (is_word (&word, "keep-alive"))
      self->keep_alive = TRUE;
}

static void
note (LfHttpResponse *self, LfHttpFacts fact, const Line *line)
{
  self->facts |= fact;
  if ((self->kept_facts & fact) == 0)
    return;
  if (self->kept == NULL)
    self->kept = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->kept, g_strndup (line->text, line->length));
}

/* A field whose name is as long as one of those that matter. */
static gboolean
read_known_field (LfHttpResponse *self, const Line *line, gsize name_length, Line value)
{
  const char *name = line->text;
  gboolean ok = TRUE;

  self->interesting = TRUE;
  if (name_length == 14 && strncasecmp (name, "Content-Length", 14) == 0)
    ok = read_length (self, &value);
  else if (name_length == 17 && strncasecmp (name, "Transfer-Encoding", 17) == 0)
    ok = read_coding (self, value);
  else if (name_length == 10 && strncasecmp (name, "Connection", 10) == 0)
    read_connection (self, value);
  else if (name_length == 10 && strncasecmp (name, "Set-Cookie", 10) == 0)
    note (self, LF_HTTP_HAS_COOKIE, line);
  else if (name_length == 8 && strncasecmp (name, "Location", 8) == 0)
    note (self, LF_HTTP_HAS_LOCATION, line);
  else if (name_length == 16 && strncasecmp (name, "Content-Encoding", 16) == 0)
    self->facts |= is_word (&value, "identity") ? 0 : LF_HTTP_HAS_CODING;
  else
    self->interesting = FALSE;
  return ok;
}

/* Lengths that no field of interest has; most fields of an answer are told by them alone. */
static gboolean
may_matter (gsize name_length)
{
  return name_length < 18 &&
         ((1u << 8 | 1u << 10 | 1u << 14 | 1u << 16 | 1u << 17) >> name_length & 1);
}

static gboolean
read_field (LfHttpResponse *self, const Line *line)
{
  const char *colon = memchr (line->text, ':', line->length);
  gsize name_length;
  Line value;

  if (memchr (line->text, '\0', line->length) != NULL)
    return FALSE;
  if (*line->text == ' ' || *line->text == '\t')
    return !self->interesting;
  if (colon == NULL || colon == line->text)
    return FALSE;
  name_length = (gsize) (colon - line->text);
  /* RFC 9112, section 5.1: a space before the colon has hidden fields from one reader of two. */
  if (colon[-1] == ' ' || colon[-1] == '\t')
    return FALSE;
  self->interesting = FALSE;
  if (!may_matter (name_length))
    return TRUE;
  value.text = colon + 1;
  value.length = line->length - name_length - 1;
  while (value.length > 0 && (*value.text == ' ' || *value.text == '\t'))
    {
      value.text++;
      value.length--;
    }
  while (value.length > 0 && strchr (" \t", value.text[value.length - 1]) != NULL)
    value.length--;
  return read_known_field (self, line, name_length, value);
}

/* RFC 9112, section 6.3. */
static LfHttpRead
begin_body (LfHttpResponse *self)
{
  if (self->status < 200)
    {
      /* Nobody asked for another protocol. */
      if (self->status == 101)
        return fail (self);
      self->state = STATE_STATUS_LINE;
      return LF_HTTP_READ_MORE;
    }
  if (self->has_length && self->chunked)
    self->keep_alive = FALSE;
  if (self->bodyless || self->status == 204 || self->status == 304)
    return end (self);
  if (self->chunked)
    {
      self->state = STATE_CHUNK_LINE;
      return LF_HTTP_READ_MORE;
    }
  if (self->has_length)
    {
      self->left = self->length;
      self->state = STATE_BODY;
      return self->left == 0 ? end (self) : LF_HTTP_READ_MORE;
    }
  self->keep_alive = FALSE;
  self->state = STATE_UNTIL_CLOSE;
  return LF_HTTP_READ_MORE;
}

/* "1a2b;extension" (RFC 9112, section 7.1): nobody needs the extension. */
static LfHttpRead
read_chunk_line (LfHttpResponse *self, const Line *line)
{
  gsize i = 0;

  self->left = 0;
  for (; i < line->length && g_ascii_isxdigit (line->text[i]); i++)
    self->left = self->left << 4 | (guint64) g_ascii_xdigit_value (line->text[i]);
  if (i == 0 || i > 15)
    return fail (self);
  if (i < line->length && line->text[i] != ';' && line->text[i] != ' ' && line->text[i] != '\t')
    return fail (self);
  self->head_size = 0; /* a body may have any number of chunks */
  self->state = self->left > 0 ? STATE_CHUNK : STATE_TRAILER;
  return LF_HTTP_READ_MORE;
}

static LfHttpRead
read_line (LfHttpResponse *self, const Line *line)
{
  switch (self->state)
    {
    case STATE_STATUS_LINE:
      return read_status_line (self, line) ? LF_HTTP_READ_MORE : fail (self);
    case STATE_FIELDS:
      if (line->length == 0)
        return begin_body (self);
      return read_field (self, line) ? LF_HTTP_READ_MORE : fail (self);
    case STATE_CHUNK_LINE:
      return read_chunk_line (self, line);
    case STATE_CHUNK_END:
      self->head_size = 0;
      self->state = STATE_CHUNK_LINE;
      return line->length == 0 ? LF_HTTP_READ_MORE : fail (self);
    default: /* the trailer says nothing that we need */
      return line->length == 0 ? end (self) : LF_HTTP_READ_MORE;
    }
}

/* No need to wait for the end of a line that begins as no answer does. */
static gboolean
may_be_status_line (const LfHttpResponse *self, const char *data, gsize length)
{
  static const char start[] = "HTTP/1.";
  gsize before = self->carry != NULL ? self->carry->len : 0;

  if (self->state != STATE_STATUS_LINE || before >= strlen (start))
    return TRUE;
  return memcmp (data, start + before, MIN (length, strlen (start) - before)) == 0;
}

static LfHttpRead
feed_line (LfHttpResponse *self, const char *data, gsize length, gsize *taken)
{
  Line line;

  if (!may_be_status_line (self, data, length))
    return fail (self);
  if (take_line (self, data, length, taken, &line))
    return read_line (self, &line);
  return self->head_size > LF_HTTP_MAX_ANSWER_HEAD ? fail (self) : LF_HTTP_READ_MORE;
}

guint64
lf_http_response_get_skippable (const LfHttpResponse *self)
{
  if (self->state == STATE_BODY || self->state == STATE_CHUNK)
    return self->left;
  return self->state == STATE_UNTIL_CLOSE ? G_MAXUINT64 : 0;
}

LfHttpRead
lf_http_response_skip (LfHttpResponse *self, gsize length)
{
  self->body_size += length;
  if (self->state == STATE_UNTIL_CLOSE)
    return LF_HTTP_READ_MORE;
  self->left -= length;
  if (self->left > 0)
    return LF_HTTP_READ_MORE;
  if (self->state == STATE_BODY)
    return end (self);
  self->state = STATE_CHUNK_END;
  return LF_HTTP_READ_MORE;
}

LfHttpRead
lf_http_response_feed (LfHttpResponse *self, const char *data, gsize length, gsize *taken)
{
  LfHttpRead read = LF_HTTP_READ_MORE;

  *taken = 0;
  if (self->state == STATE_END || self->state == STATE_ERROR)
    return self->state == STATE_END ? LF_HTTP_READ_END : LF_HTTP_READ_ERROR;
  while (*taken < length && read == LF_HTTP_READ_MORE)
    {
      guint64 skippable = lf_http_response_get_skippable (self);
      gsize part = (gsize) MIN (skippable, length - *taken);

      if (skippable > 0)
        read = lf_http_response_skip (self, part);
      else
        read = feed_line (self, data + *taken, length - *taken, &part);
      *taken += part;
    }
  return read;
}

LfHttpRead
lf_http_response_feed_end (LfHttpResponse *self)
{
  if (self->state == STATE_END)
    return LF_HTTP_READ_END;
  return self->state == STATE_UNTIL_CLOSE ? end (self) : fail (self);
}

gboolean
lf_http_response_is_past_head (const LfHttpResponse *self)
{
  return self->state > STATE_FIELDS && self->state != STATE_ERROR;
}

const GPtrArray *
lf_http_response_get_kept (const LfHttpResponse *self)
{
  return self->kept != NULL && self->kept->len > 0 ? self->kept : NULL;
}
