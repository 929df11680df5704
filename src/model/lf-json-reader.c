#include "config.h"

#include "lf-error.h"
#include "lf-json.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>

typedef struct
{
  const char *start;
  const char *at;
  const char *end;
  guint depth;
  GError **error;
} LfJsonReader;

static JsonNode *read_value (LfJsonReader *reader);

static gpointer
    G_GNUC_PRINTF (3, 4) fail (LfJsonReader *reader, const char *at, const char *format, ...)
{
  g_autofree char *message = NULL;
  const char *line = reader->start;
  guint n_lines = 1;
  va_list args;

  for (const char *p = reader->start; p < at; p++)
    if (*p == '\n')
      {
        n_lines++;
        line = p + 1;
      }
  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (reader->error, LF_ERROR, LF_ERROR_SYNTAX, _ ("line %u, column %ld: %s"), n_lines,
               g_utf8_strlen (line, at - line) + 1, message);
  return NULL;
}

gboolean
lf_json_error_place (const GError *error, guint *line, guint *column)
{
  /* The first two numbers of the message, in whatever language it is. */
  return g_error_matches (error, LF_ERROR, LF_ERROR_SYNTAX) &&
         sscanf (error->message, "%*[^0-9]%u%*[^0-9]%u", line, column) == 2;
}

static void
skip_space (LfJsonReader *reader)
{
  while (reader->at < reader->end && strchr (" \t\r\n", *reader->at))
    reader->at++;
}

static char
peek (LfJsonReader *reader)
{
  return reader->at < reader->end ? *reader->at : '\0';
}

/* "“x”" for a message, or "the end of the document". (transfer full) */
static char *
describe (LfJsonReader *reader)
{
  const char *end;

  if (reader->at >= reader->end)
    return g_strdup (_ ("the end of the document"));
  end = g_utf8_next_char (reader->at);
  return g_strdup_printf ("“%.*s”", (int) (end - reader->at), reader->at);
}

static gpointer
unexpected (LfJsonReader *reader, const char *wanted)
{
  g_autofree char *found = describe (reader);

  if (reader->at < reader->end && strchr ("/#", *reader->at))
    return fail (reader, reader->at, _ ("expected %s, found %s; JSON has no comments"), wanted,
                 found);
  return fail (reader, reader->at, _ ("expected %s, found %s"), wanted, found);
}

static gboolean
read_hex (LfJsonReader *reader, gunichar *unit)
{
  *unit = 0;
  if (reader->end - reader->at < 4)
    return FALSE;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (*reader->at++);

      if (digit < 0)
        return FALSE;
      *unit = *unit << 4 | (gunichar) digit;
    }
  return TRUE;
}

static gboolean
read_unicode (LfJsonReader *reader, GString *text)
{
  const char *at = reader->at - 2;
  gunichar c, low;

  if (!read_hex (reader, &c))
    return fail (reader, at, _ ("expected four hexadecimal digits after \\u")) != NULL;
  if (c == 0)
    return fail (reader, at, _ ("text cannot hold \\u0000; remove it")) != NULL;
  if (c >= 0xd800 && c <= 0xdbff && reader->end - reader->at >= 6 &&
      strncmp (reader->at, "\\u", 2) == 0)
    {
      reader->at += 2;
      if (read_hex (reader, &low) && low >= 0xdc00 && low <= 0xdfff)
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    }
  if (!g_unichar_validate (c))
    return fail (reader, at, _ ("half of a surrogate pair; write both halves")) != NULL;
  g_string_append_unichar (text, c);
  return TRUE;
}

static gboolean
read_escape (LfJsonReader *reader, GString *text)
{
  static const char codes[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  char code;
  const char *found;

  reader->at++;
  code = peek (reader);
  reader->at++;
  if (code == 'u')
    return read_unicode (reader, text);
  found = code ? strchr (codes, code) : NULL;
  if (!found)
    return fail (reader, reader->at - 2, _ ("unknown escape; write \\\\ for a backslash")) != NULL;
  g_string_append_c (text, meanings[found - codes]);
  return TRUE;
}

/* At the opening quote. (transfer full) or NULL */
static char *
read_string (LfJsonReader *reader)
{
  const char *quote = reader->at++;
  g_autoptr (GString) text = g_string_new (NULL);

  while (reader->at < reader->end && *reader->at != '"')
    {
      const char *start = reader->at;

      while (reader->at < reader->end && (guchar) *reader->at >= 0x20 && *reader->at != '"' &&
             *reader->at != '\\')
        reader->at++;
      g_string_append_len (text, start, reader->at - start);
      if (reader->at < reader->end && (guchar) *reader->at < 0x20)
        return fail (reader, reader->at,
                     _ ("a line break or control character within text; write \\n, \\t or \\u%04x"),
                     (guint) (guchar) *reader->at);
      if (peek (reader) == '\\' && !read_escape (reader, text))
        return NULL;
    }
  if (reader->at >= reader->end)
    return fail (reader, quote, _ ("this text has no closing quote"));
  reader->at++;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static JsonNode *
read_string_value (LfJsonReader *reader)
{
  g_autofree char *text = read_string (reader);

  return text ? json_node_init_string (json_node_alloc (), text) : NULL;
}

static gboolean
skip_digits (LfJsonReader *reader)
{
  const char *start = reader->at;

  while (g_ascii_isdigit (peek (reader)))
    reader->at++;
  return reader->at > start;
}

/* Past a number as RFC 8259 writes it; *whole: without fraction and exponent. */
static gboolean
skip_number (LfJsonReader *reader, gboolean *whole)
{
  *whole = TRUE;
  if (peek (reader) == '-')
    reader->at++;
  if (peek (reader) == '0')
    reader->at++;
  else if (!skip_digits (reader))
    return FALSE;
  if (g_ascii_isdigit (peek (reader)))
    return FALSE;
  if (peek (reader) == '.')
    {
      *whole = FALSE;
      reader->at++;
      if (!skip_digits (reader))
        return FALSE;
    }
  if (peek (reader) == 'e' || peek (reader) == 'E')
    {
      *whole = FALSE;
      reader->at++;
      if (peek (reader) == '-' || peek (reader) == '+')
        reader->at++;
      return skip_digits (reader);
    }
  return TRUE;
}

static JsonNode *
read_number (LfJsonReader *reader)
{
  const char *start = reader->at;
  g_autofree char *text = NULL;
  gboolean whole;
  gint64 integer;
  double number;

  if (!skip_number (reader, &whole))
    return fail (reader, start, _ ("not a number as JSON writes them, such as 0.5 or -12 or 1e6"));
  text = g_strndup (start, (gsize) (reader->at - start));
  errno = 0;
  integer = g_ascii_strtoll (text, NULL, 10);
  if (whole && errno == 0 && (integer != 0 || *text != '-'))
    return json_node_init_int (json_node_alloc (), integer);
  number = g_ascii_strtod (text, NULL);
  if (!isfinite (number))
    return fail (reader, start, _ ("the number is too large"));
  return json_node_init_double (json_node_alloc (), number);
}

static JsonNode *
read_word (LfJsonReader *reader)
{
  const char *start = reader->at;
  gsize length;

  while (g_ascii_isalpha (peek (reader)))
    reader->at++;
  length = (gsize) (reader->at - start);
  if (length == 4 && strncmp (start, "true", 4) == 0)
    return json_node_init_boolean (json_node_alloc (), TRUE);
  if (length == 5 && strncmp (start, "false", 5) == 0)
    return json_node_init_boolean (json_node_alloc (), FALSE);
  if (length == 4 && strncmp (start, "null", 4) == 0)
    return json_node_init_null (json_node_alloc ());
  return fail (reader, start, _ ("“%.*s” is not JSON; text stands in double quotes"),
               (int) MIN (length, 40), start);
}

/* After one element: TRUE at the comma before the next or at @close. */
static gboolean
read_separator (LfJsonReader *reader, char close)
{
  skip_space (reader);
  if (peek (reader) == close)
    return TRUE;
  if (peek (reader) != ',')
    return unexpected (reader, close == ']' ? _ ("“,” or “]”") : _ ("“,” or “}”")) != NULL;
  reader->at++;
  skip_space (reader);
  if (peek (reader) == close)
    return fail (reader, reader->at, _ ("nothing follows the comma; remove the comma")) != NULL;
  return TRUE;
}

static gboolean
read_elements (LfJsonReader *reader, JsonArray *array)
{
  skip_space (reader);
  while (peek (reader) != ']')
    {
      JsonNode *node = read_value (reader);

      if (!node)
        return FALSE;
      json_array_add_element (array, node);
      if (!read_separator (reader, ']'))
        return FALSE;
    }
  reader->at++;
  return TRUE;
}

static gboolean
read_member (LfJsonReader *reader, JsonObject *object)
{
  const char *start = reader->at;
  g_autofree char *name = NULL;
  JsonNode *node;

  if (peek (reader) != '"')
    return unexpected (reader, _ ("a key in double quotes")) != NULL;
  name = read_string (reader);
  if (!name)
    return FALSE;
  if (json_object_has_member (object, name))
    return fail (reader, start, _ ("the key “%.60s” stands twice in this object; remove one"),
                 name) != NULL;
  skip_space (reader);
  if (peek (reader) != ':')
    return unexpected (reader, "“:”") != NULL;
  reader->at++;
  node = read_value (reader);
  if (!node)
    return FALSE;
  json_object_set_member (object, name, node);
  return TRUE;
}

static gboolean
read_members (LfJsonReader *reader, JsonObject *object)
{
  skip_space (reader);
  while (peek (reader) != '}')
    if (!read_member (reader, object) || !read_separator (reader, '}'))
      return FALSE;
  reader->at++;
  return TRUE;
}

static JsonNode *
read_array (LfJsonReader *reader)
{
  g_autoptr (JsonArray) array = json_array_new ();

  reader->at++;
  if (!read_elements (reader, array))
    return NULL;
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
read_object (LfJsonReader *reader)
{
  g_autoptr (JsonObject) object = json_object_new ();

  reader->at++;
  if (!read_members (reader, object))
    return NULL;
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
read_nested (LfJsonReader *reader)
{
  JsonNode *node;

  if (reader->depth >= LF_JSON_DEPTH)
    return fail (reader, reader->at, _ ("more than %d lists and objects within each other"),
                 LF_JSON_DEPTH);
  reader->depth++;
  node = *reader->at == '{' ? read_object (reader) : read_array (reader);
  reader->depth--;
  return node;
}

static JsonNode *
read_value (LfJsonReader *reader)
{
  char c;

  skip_space (reader);
  c = peek (reader);
  if (c == '{' || c == '[')
    return read_nested (reader);
  if (c == '"')
    return read_string_value (reader);
  if (c == '-' || c == '+' || c == '.' || g_ascii_isdigit (c))
    return read_number (reader);
  if (g_ascii_isalpha (c))
    return read_word (reader);
  return unexpected (reader, _ ("a value"));
}

static gboolean
check_text (LfJsonReader *reader)
{
  const char *bad;

  if (reader->end - reader->start > LF_JSON_LIMIT)
    {
      g_set_error (reader->error, LF_ERROR, LF_ERROR_TOO_LARGE,
                   _ ("the document is larger than %d MiB; put large bodies into files"),
                   LF_JSON_LIMIT / 1024 / 1024);
      return FALSE;
    }
  if (!g_utf8_validate_len (reader->start, (gsize) (reader->end - reader->start), &bad))
    return fail (reader, bad, _ ("not UTF-8; save the document as UTF-8 text")) != NULL;
  return TRUE;
}

JsonNode *
lf_json_from_text (const char *text, gssize length, GError **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  LfJsonReader reader = { text, text, text + size, 0, error };
  JsonNode *node;

  if (!check_text (&reader))
    return NULL;
  if (size >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0) /* the mark that some editors put first */
    reader.at += 3;
  skip_space (&reader);
  if (reader.at == reader.end)
    return fail (&reader, reader.at, _ ("the document is empty; it should be a JSON object, {…}"));
  node = read_value (&reader);
  if (!node)
    return NULL;
  skip_space (&reader);
  if (reader.at == reader.end)
    return node;
  json_node_unref (node);
  return unexpected (&reader, _ ("the end of the document"));
}
