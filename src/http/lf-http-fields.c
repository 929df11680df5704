#include "config.h"

#include "lf-http-fields.h"

gboolean
lf_http_is_token (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) &&
        (text[i] == '\0' || strchr ("!#$%&'*+-.^_`|~", text[i]) == NULL))
      return FALSE;
  return length > 0;
}

gboolean
lf_http_is_value (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (((guchar) text[i] < 0x20 && text[i] != '\t') || text[i] == 0x7f)
      return FALSE;
  return TRUE;
}

static gboolean
read_line (LfHttpFields *self, const char *line, gsize length)
{
  const char *colon = memchr (line, ':', length);
  LfHttpField *field = &self->fields[self->n_fields];

  self->too_many = self->n_fields == LF_HTTP_MAX_FIELDS;
  if (colon == NULL || self->too_many)
    return FALSE;
  field->name = line;
  field->name_length = (gsize) (colon - line);
  field->value = colon + 1;
  field->value_length = length - field->name_length - 1;
  while (field->value_length > 0 && (*field->value == ' ' || *field->value == '\t'))
    {
      field->value++;
      field->value_length--;
    }
  while (field->value_length > 0 && (field->value[field->value_length - 1] == ' ' ||
                                     field->value[field->value_length - 1] == '\t'))
    field->value_length--;
  self->n_fields++;
  return lf_http_is_token (field->name, field->name_length) &&
         lf_http_is_value (field->value, field->value_length);
}

gboolean
lf_http_fields_read (LfHttpFields *self, const char *text, gsize length)
{
  self->n_fields = 0;
  self->too_many = FALSE;
  while (length > 0)
    {
      const char *end = memchr (text, '\n', length);
      gsize line;

      if (end == NULL || end == text || end[-1] != '\r')
        return FALSE;
      line = (gsize) (end - text) - 1;
      if (line == 0)
        return length == 2;
      if (!read_line (self, text, line))
        return FALSE;
      length -= line + 2;
      text = end + 1;
    }
  return FALSE;
}

static gboolean
is_named (const LfHttpField *field, const char *name)
{
  return strlen (name) == field->name_length &&
         g_ascii_strncasecmp (field->name, name, field->name_length) == 0;
}

const LfHttpField *
lf_http_fields_find (const LfHttpFields *self, const char *name)
{
  for (guint i = 0; i < self->n_fields; i++)
    if (is_named (&self->fields[i], name))
      return &self->fields[i];
  return NULL;
}

static gboolean
list_has (const LfHttpField *field, const char *word)
{
  const char *at = field->value;
  const char *end = at + field->value_length;

  while (at < end)
    {
      const char *comma = memchr (at, ',', (gsize) (end - at));
      const char *stop = comma != NULL ? comma : end;
      const char *last = stop;

      while (at < stop && (*at == ' ' || *at == '\t'))
        at++;
      while (last > at && (last[-1] == ' ' || last[-1] == '\t'))
        last--;
      if ((gsize) (last - at) == strlen (word) &&
          g_ascii_strncasecmp (at, word, (gsize) (last - at)) == 0)
        return TRUE;
      at = stop + 1;
    }
  return FALSE;
}

gboolean
lf_http_fields_have_word (const LfHttpFields *self, const char *name, const char *word)
{
  for (guint i = 0; i < self->n_fields; i++)
    if (is_named (&self->fields[i], name) && list_has (&self->fields[i], word))
      return TRUE;
  return FALSE;
}

static gboolean
read_length (const LfHttpField *field, guint64 *length)
{
  guint64 value = 0;

  if (field->value_length == 0 || field->value_length > 18)
    return FALSE;
  for (gsize i = 0; i < field->value_length; i++)
    {
      if (!g_ascii_isdigit (field->value[i]))
        return FALSE;
      value = value * 10 + (guint64) (field->value[i] - '0');
    }
  *length = value;
  return TRUE;
}

static gboolean
is_chunked (const LfHttpField *field)
{
  return field->value_length == strlen ("chunked") &&
         g_ascii_strncasecmp (field->value, "chunked", field->value_length) == 0;
}

gboolean
lf_http_fields_get_body (const LfHttpFields *self, LfHttpBodyKind *kind, guint64 *length)
{
  guint n_lengths = 0;
  guint n_codings = 0;

  *kind = LF_HTTP_BODY_NONE;
  *length = 0;
  for (guint i = 0; i < self->n_fields; i++)
    {
      const LfHttpField *field = &self->fields[i];

      if (is_named (field, "Content-Length"))
        {
          if (++n_lengths > 1 || !read_length (field, length))
            return FALSE;
          *kind = LF_HTTP_BODY_LENGTH;
        }
      else if (is_named (field, "Transfer-Encoding"))
        {
          if (++n_codings > 1 || !is_chunked (field))
            return FALSE;
          *kind = LF_HTTP_BODY_CHUNKED;
        }
    }
  return n_lengths == 0 || n_codings == 0;
}

/* uri-host [ ":" port ] (RFC 3986, section 3.2.2) by its characters; it may be empty. */
static gboolean
is_host (const LfHttpField *field)
{
  for (gsize i = 0; i < field->value_length; i++)
    if (!g_ascii_isalnum (field->value[i]) &&
        strchr ("-._~%!$&'()*+,;=:[]", field->value[i]) == NULL)
      return FALSE;
  return TRUE;
}

gboolean
lf_http_fields_check_host (const LfHttpFields *self, gboolean required)
{
  guint n = 0;

  for (guint i = 0; i < self->n_fields; i++)
    if (is_named (&self->fields[i], "Host") && (++n > 1 || !is_host (&self->fields[i])))
      return FALSE;
  return n == 1 || !required;
}
