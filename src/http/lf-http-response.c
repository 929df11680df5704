#include "config.h"

#include "lf-http-response.h"

#include <strings.h>

enum
{
  STATE_STATUS_LINE = 0, /* as lf_http_response_begin() has it */
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
_lf_http_response_forget_lines (LfHttpResponse *self)
{
  if (self->carry != NULL)
    g_byte_array_set_size (self->carry, 0);
  if (self->kept != NULL)
    g_ptr_array_set_size (self->kept, 0);
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

/* The line that has come in pieces, the last of which is @data. */
static void
join_line (LfHttpResponse *self, const char *data, gsize length, Line *line)
{
  carry (self, data, length);
  line->text = (const char *) self->carry->data;
  line->length = self->carry->len;
  g_byte_array_set_size (self->carry, 0);
}

/* Takes a line of the input, or adds what there is of it to what came before. FALSE where its end
 * has not come. The line holds until the next call. */
static inline gboolean
take_line (LfHttpResponse *self, const char *data, gsize length, gsize *taken, Line *line)
{
  const char *newline = memchr (data, '\n', length);

  if (G_UNLIKELY (newline == NULL))
    {
      *taken = length;
      self->head_size += length;
      if (self->head_size <= LF_HTTP_MAX_ANSWER_HEAD)
        carry (self, data, length);
      return FALSE;
    }
  *taken = (gsize) (newline - data) + 1;
  self->head_size += *taken;
  line->text = data;
  line->length = *taken;
  if (G_UNLIKELY (self->carry != NULL && self->carry->len > 0))
    join_line (self, data, *taken, line);
  line->length--;
  if (line->length > 0 && line->text[line->length - 1] == '\r')
    line->length--;
  return self->head_size <= LF_HTTP_MAX_ANSWER_HEAD;
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
  self->old = text[7] == '0';
  self->keep_alive = !self->old;
  self->interesting = FALSE;
  self->has_length = self->chunked = FALSE;
  self->state = STATE_FIELDS;
  return TRUE;
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

  if (is_word (&value, "keep-alive"))
    {
      self->keep_alive = TRUE;
      return;
    }
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
  else if (name_length == 8 && strncasecmp (name, "Location", 8) == 0 && value.length > 0)
    note (self, LF_HTTP_HAS_LOCATION, line);
  else if (name_length == 16 && strncasecmp (name, "Content-Encoding", 16) == 0)
    self->facts |= is_word (&value, "identity") ? 0 : LF_HTTP_HAS_CODING;
  else
    self->interesting = FALSE;
  return ok;
}

/* Most fields of an answer are told by the length of their name to be of no interest. */
static inline gboolean
may_matter (gsize name_length)
{
  const guint32 lengths = 1u << 8 | 1u << 10 | 1u << 14 | 1u << 16 | 1u << 17;

  return name_length < 18 && (lengths >> name_length & 1) != 0;
}

static gboolean
read_field_that_may_matter (LfHttpResponse *self, const Line *line, gsize name_length)
{
  Line value = { line->text + name_length + 1, line->length - name_length - 1 };

  while (value.length > 0 && (*value.text == ' ' || *value.text == '\t'))
    {
      value.text++;
      value.length--;
    }
  while (value.length > 0 &&
         (value.text[value.length - 1] == ' ' || value.text[value.length - 1] == '\t'))
    value.length--;
  return read_known_field (self, line, name_length, value);
}

/* A line that is not empty. RFC 9112, section 5.1: a space before the colon has hidden fields from
 * one reader of two. */
static inline gboolean
read_field (LfHttpResponse *self, const Line *line)
{
  const char *colon = memchr (line->text, ':', line->length);
  gsize name_length;

  if (G_UNLIKELY (*line->text == ' ' || *line->text == '\t'))
    return !self->interesting;
  if (G_UNLIKELY (colon == NULL || colon == line->text || colon[-1] == ' ' || colon[-1] == '\t'))
    return FALSE;
  name_length = (gsize) (colon - line->text);
  self->interesting = FALSE;
  return !may_matter (name_length) || read_field_that_may_matter (self, line, name_length);
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
  if (self->chunked && (self->has_length || self->old)) /* section 6.1: its framing is in doubt */
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
    {
      if (self->left >> 56 != 0)
        return fail (self);
      self->left = self->left << 4 | (guint64) g_ascii_xdigit_value (line->text[i]);
    }
  if (i == 0)
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
may_be_status_line (const LfHttpResponse *self)
{
  static const char start[] = "HTTP/1.";

  return self->state != STATE_STATUS_LINE ||
         memcmp (self->carry->data, start, MIN (self->carry->len, strlen (start))) == 0;
}

static inline LfHttpRead
feed_line (LfHttpResponse *self, const char *data, gsize length, gsize *taken)
{
  Line line;

  if (take_line (self, data, length, taken, &line))
    return read_line (self, &line);
  if (self->head_size > LF_HTTP_MAX_ANSWER_HEAD || !may_be_status_line (self))
    return fail (self);
  return LF_HTTP_READ_MORE;
}

/* The whole fields at the start of @data: what the general way below does, at a tenth of the cost.
 */
static gsize
feed_whole_fields (LfHttpResponse *self, const char *data, gsize length)
{
  const char *at = data;
  const char *end = data + length;

  while (at < end)
    {
      const char *newline = memchr (at, '\n', (gsize) (end - at));
      Line line = { .text = at };

      if (newline == NULL || newline - at < 2 || newline[-1] != '\r')
        break;
      line.length = (gsize) (newline - at) - 1;
      if (!read_field (self, &line))
        break; /* and fails below */
      at = newline + 1;
    }
  self->head_size += (gsize) (at - data);
  return (gsize) (at - data);
}

/* A NUL has ended a field for one reader of two: no head has one. */
static LfHttpRead
feed_head (LfHttpResponse *self, const char *data, gsize length, gsize *taken)
{
  LfHttpRead read = LF_HTTP_READ_MORE;

  *taken = 0;
  while (*taken < length && self->state <= STATE_FIELDS && read == LF_HTTP_READ_MORE)
    {
      gsize part = 0;

      if (self->state == STATE_FIELDS && (self->carry == NULL || self->carry->len == 0))
        *taken += feed_whole_fields (self, data + *taken, length - *taken);
      if (*taken < length)
        read = feed_line (self, data + *taken, length - *taken, &part);
      *taken += part;
    }
  if (self->head_size > LF_HTTP_MAX_ANSWER_HEAD && read == LF_HTTP_READ_MORE)
    return fail (self);
  return memchr (data, '\0', *taken) == NULL ? read : fail (self);
}

guint64
lf_http_response_get_skippable (const LfHttpResponse *self)
{
  if (self->state == STATE_BODY || self->state == STATE_CHUNK)
    return self->left;
  return self->state == STATE_UNTIL_CLOSE ? G_MAXUINT64 : 0;
}

gboolean
lf_http_response_is_last_skippable (const LfHttpResponse *self)
{
  return self->state == STATE_BODY;
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

/* A whole head has been read; whose lines were to be kept is read each time. */
static void
remember_head (LfHttpResponse *self, const char *data, gsize size)
{
  LfHttpHeadMemo *memo = self->memo;

  if (size > sizeof memo->bytes || size != self->head_size || (self->facts & self->kept_facts) != 0)
    return;
  memo->size = size;
  memo->bodyless = self->bodyless;
  memo->status = self->status;
  memo->facts = self->facts;
  memo->keep_alive = self->keep_alive;
  memo->state = self->state;
  memo->left = self->left;
  memo->whole = G_MAXSIZE;
  if (self->state == STATE_END)
    memo->whole = size;
  else if (self->state == STATE_BODY && self->left <= G_MAXSSIZE)
    memo->whole = size + (gsize) self->left;
  memcpy (memo->bytes, data, size);
}

/* Takes a head that is the same as the last one, and the body where it has come, too. */
static gsize
recall (LfHttpResponse *self, const char *data, gsize length)
{
  const LfHttpHeadMemo *memo = self->memo;

  if (memo->size == 0 || length < memo->size || memo->bodyless != self->bodyless ||
      (memo->facts & self->kept_facts) != 0 || memcmp (data, memo->bytes, memo->size) != 0)
    return 0;
  self->status = memo->status;
  self->facts = memo->facts;
  self->keep_alive = memo->keep_alive;
  self->head_size = memo->size;
  if (G_LIKELY (length >= memo->whole))
    {
      self->body_size = memo->whole - memo->size;
      self->state = STATE_END;
      return memo->whole;
    }
  self->state = memo->state;
  self->left = memo->left;
  return memo->size;
}

static LfHttpRead
feed_new_head (LfHttpResponse *self, const char *data, gsize length, gsize *taken)
{
  LfHttpRead read;

  *taken = recall (self, data, length);
  if (*taken > 0)
    return self->state == STATE_END ? LF_HTTP_READ_END : LF_HTTP_READ_MORE;
  read = feed_head (self, data, length, taken);
  if (self->state > STATE_FIELDS && self->state != STATE_ERROR)
    remember_head (self, data, *taken);
  return read;
}

static LfHttpRead
feed_on (LfHttpResponse *self, const char *data, gsize length, gsize *taken)
{
  LfHttpRead read = LF_HTTP_READ_MORE;

  while (*taken < length && read == LF_HTTP_READ_MORE)
    {
      guint64 skippable = lf_http_response_get_skippable (self);
      gsize part = (gsize) MIN (skippable, length - *taken);

      if (self->state <= STATE_FIELDS)
        read = feed_head (self, data + *taken, length - *taken, &part);
      else if (skippable > 0)
        read = lf_http_response_skip (self, part);
      else
        read = feed_line (self, data + *taken, length - *taken, &part);
      *taken += part;
    }
  return read;
}

LfHttpRead
lf_http_response_feed (LfHttpResponse *self, const char *data, gsize length, gsize *taken)
{
  *taken = 0;
  if (self->memo != NULL && self->state == STATE_STATUS_LINE && self->head_size == 0)
    {
      LfHttpRead read = feed_new_head (self, data, length, taken);

      return read == LF_HTTP_READ_MORE ? feed_on (self, data, length, taken) : read;
    }
  if (self->state == STATE_END || self->state == STATE_ERROR)
    return self->state == STATE_END ? LF_HTTP_READ_END : LF_HTTP_READ_ERROR;
  return feed_on (self, data, length, taken);
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
