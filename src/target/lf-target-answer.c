#include "config.h"

#include "lf-target-answer.h"

#define EMPTY_SHA256 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define SHA256_SIZE  32
#define MAX_DELAY    60000

void
lf_target_request_init (LfTargetRequest *self)
{
  self->method = g_string_new (NULL);
  self->path = g_string_new (NULL);
  self->headers = g_string_new (NULL);
}

void
lf_target_request_clear (LfTargetRequest *self)
{
  g_string_free (self->method, TRUE);
  g_string_free (self->path, TRUE);
  g_string_free (self->headers, TRUE);
  g_clear_pointer (&self->sha256, g_checksum_free);
}

/* A JSON text of what a client sent. Bytes over 127 that are no UTF-8 are taken as Latin-1. */
static void
append_json (GString *out, const char *text, gsize length)
{
  gboolean utf8 = g_utf8_validate (text, (gssize) length, NULL);

  g_string_append_c (out, '"');
  for (gsize i = 0; i < length; i++)
    {
      guchar c = (guchar) text[i];

      if (c == '"' || c == '\\')
        g_string_append_c (out, '\\');
      if (c < 0x20)
        g_string_append_printf (out, "\\u%04x", c);
      else if (c < 0x80 || utf8)
        g_string_append_c (out, (char) c);
      else
        g_string_append_unichar (out, c);
    }
  g_string_append_c (out, '"');
}

static gboolean
has_name (const LfHttpField *field, const LfHttpField *other)
{
  return field->name_length == other->name_length &&
         g_ascii_strncasecmp (field->name, other->name, field->name_length) == 0;
}

static gboolean
came_before (const LfHttpFields *fields, guint n)
{
  for (guint i = 0; i < n; i++)
    if (has_name (&fields->fields[i], &fields->fields[n]))
      return TRUE;
  return FALSE;
}

/* The values of all fields of that name, as one (RFC 9110, section 5.3). */
static void
append_values (GString *out, const LfHttpFields *fields, guint first)
{
  g_autoptr (GString) all = NULL;
  const LfHttpField *field = &fields->fields[first];

  for (guint i = first + 1; i < fields->n_fields; i++)
    if (has_name (field, &fields->fields[i]))
      {
        if (all == NULL)
          all = g_string_new_len (field->value, (gssize) field->value_length);
        g_string_append (all, ", ");
        g_string_append_len (all, fields->fields[i].value, (gssize) fields->fields[i].value_length);
      }
  if (all == NULL)
    append_json (out, field->value, field->value_length);
  else
    append_json (out, all->str, all->len);
}

static void
append_headers (GString *out, const LfHttpFields *fields)
{
  for (guint i = 0; i < fields->n_fields; i++)
    {
      if (came_before (fields, i))
        continue;
      g_string_append (out, i == 0 ? "\n    " : ",\n    ");
      append_json (out, fields->fields[i].name, fields->fields[i].name_length);
      g_string_append (out, ": ");
      append_values (out, fields, i);
    }
}

/* The SHA-256 that the head promises (RFC 9530, section 2); other algorithms are not looked at. */
static void
read_digest (LfTargetRequest *self, const LfHttpField *field)
{
  g_autofree char *value = NULL;
  g_autofree guchar *bytes = NULL;
  gsize length = 0;
  char *text;

  self->digest[0] = '\0';
  if (field == NULL)
    return;
  value = g_strndup (field->value, field->value_length);
  text = strstr (value, "sha-256=:");
  if (text == NULL)
    return;
  text += strlen ("sha-256=:");
  text[strcspn (text, ":")] = '\0';
  bytes = g_base64_decode (text, &length);
  for (gsize i = 0; length == SHA256_SIZE && i < length; i++)
    g_snprintf (self->digest + 2 * i, 3, "%02x", bytes[i]);
  if (length != SHA256_SIZE)
    g_strlcpy (self->digest, "invalid", sizeof self->digest);
}

void
lf_target_request_begin (LfTargetRequest *self, const LfHttpRequest *request)
{
  g_string_truncate (self->method, 0);
  g_string_truncate (self->path, 0);
  g_string_truncate (self->headers, 0);
  g_string_append_len (self->method, request->method, (gssize) request->method_length);
  g_string_append_len (self->path, request->target, (gssize) request->target_length);
  append_headers (self->headers, request->fields);
  read_digest (self, lf_http_fields_find (request->fields, "content-digest"));
  self->keep_alive = request->keep_alive;
  self->old = request->minor == 0;
  self->head = strcmp (self->method->str, "HEAD") == 0;
  self->body_length = 0;
}

void
lf_target_request_hash (LfTargetRequest *self, const char *data, gsize length)
{
  if (self->sha256 == NULL)
    self->sha256 = g_checksum_new (G_CHECKSUM_SHA256);
  else if (self->body_length == 0)
    g_checksum_reset (self->sha256);
  g_checksum_update (self->sha256, (const guchar *) data, (gssize) length);
  self->body_length += length;
}

static const char *
reason_of (guint status)
{
  switch (status)
    {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 404:
      return "Not Found";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Answer"; /* a client ignores it (RFC 9112, section 4) */
    }
}

#define CLOSE "Connection: close\r\n"

/* What the answer to @request says of its connection. */
static const char *
connection_of (const LfTargetRequest *request)
{
  if (!request->keep_alive)
    return CLOSE;
  return request->old ? "Connection: keep-alive\r\n" : "";
}

static void
append_head (GString *out, guint status, const char *type, gsize length, const char *connection)
{
  g_string_append_printf (out, "HTTP/1.1 %u %s\r\n", status, reason_of (status));
  if (status != 204 && status != 304)
    g_string_append_printf (out, "Content-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n",
                            type, length);
  g_string_append (out, connection);
  g_string_append (out, "\r\n");
}

static void
append_text (GString *out, const LfTargetRequest *request, guint status, const char *text)
{
  append_head (out, status, "text/plain; charset=utf-8", strlen (text), connection_of (request));
  if (!request->head && status != 204 && status != 304)
    g_string_append (out, text);
}

static const char *
sum_of (const LfTargetRequest *request)
{
  return request->body_length > 0 ? g_checksum_get_string (request->sha256) : EMPTY_SHA256;
}

static void
append_echo (GString *out, const LfTargetRequest *request)
{
  g_autoptr (GString) body = g_string_sized_new (512);

  g_string_append (body, "{\n  \"method\": ");
  append_json (body, request->method->str, request->method->len);
  g_string_append (body, ",\n  \"url\": ");
  append_json (body, request->path->str, request->path->len);
  g_string_append (body, ",\n  \"headers\": {");
  g_string_append_len (body, request->headers->str, (gssize) request->headers->len);
  g_string_append_printf (body,
                          "\n  },\n  \"length\": %" G_GUINT64_FORMAT ",\n  \"sha256\": \"%s\"\n}\n",
                          request->body_length, sum_of (request));
  append_head (out, 200, "application/json", body->len, connection_of (request));
  if (!request->head)
    g_string_append_len (out, body->str, (gssize) body->len);
}

/* Whether the path is @place or below it. */
static gboolean
is_at (const LfTargetRequest *request, const char *place)
{
  gsize length = strlen (place);

  return strncmp (request->path->str, place, length) == 0 &&
         (request->path->str[length] == '\0' || strchr ("/?", request->path->str[length]) != NULL);
}

/* The number behind "/place/", or @missing. */
static guint
number_in (const LfTargetRequest *request,
           const char *place,
           guint least,
           guint most,
           guint missing)
{
  g_autofree char *text = NULL;
  guint64 number;

  if (!is_at (request, place) || request->path->str[strlen (place)] != '/')
    return missing;
  text = g_strndup (request->path->str + strlen (place) + 1,
                    strcspn (request->path->str + strlen (place) + 1, "/?"));
  return g_ascii_string_to_unsigned (text, 10, least, most, &number, NULL) ? (guint) number
                                                                           : missing;
}

guint
lf_target_answer_delay (const LfTargetRequest *request)
{
  return number_in (request, "/delay", 0, MAX_DELAY, 0);
}

guint
lf_target_answer_append (GString *out, const LfTargetRequest *request, gboolean fail)
{
  guint status = number_in (request, "/status", 200, 599, 404);

  if (fail)
    status = 500;
  else if (request->digest[0] != '\0' && strcmp (request->digest, sum_of (request)) != 0)
    {
      append_text (out, request, 400, "The body is not the one of the Content-Digest.\n");
      return 400;
    }
  else if (is_at (request, "/anything"))
    {
      append_echo (out, request);
      return 200;
    }
  else if (is_at (request, "/delay") || strcmp (request->path->str, "/") == 0)
    status = 200;
  append_text (out, request, status,
               status == 404 ? "Try /anything, /status/CODE or /delay/MS.\n"
                             : "LoadForge target\n");
  return status;
}

void
lf_target_answer_refuse (GString *out, guint status)
{
  append_head (out, status, "text/plain; charset=utf-8", 0, CLOSE);
}
