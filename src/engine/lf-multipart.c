#include "config.h"

#include "lf-multipart.h"

#include "lf-plan-private.h"

#include <string.h>

struct _LfMultipart
{
  GPtrArray *segments; /* of GBytes: in turn what is around the parts, and the parts */
  GArray *ends;        /* of gsize: where each ends in the whole */
  char *content_type;
};

static gboolean
is_blank (const char *text)
{
  return text == NULL || *text == '\0';
}

static gboolean
is_file (const LfBodyPart *part)
{
  return !is_blank (part->attachment_id) || !is_blank (part->file);
}

static gboolean
is_sent (const LfBodyPart *part)
{
  return part->enabled && !(is_blank (part->name) && is_blank (part->value) && !is_file (part));
}

static GBytes *
get_content (const LfBodyPart *part,
             GHashTable *attachments,
             guint index,
             const char *place,
             GError **error)
{
  g_autofree char *pointer = NULL;

  if (!is_file (part))
    return g_bytes_new (part->value, part->value != NULL ? strlen (part->value) : 0);
  pointer = g_strdup_printf ("%s/body/parts/%u/attachmentId", place, index);
  return _lf_plan_find_attachment (part->attachment_id, attachments, pointer, error);
}

/* (transfer full): GBytes for each part of @body, NULL for those that are not sent. */
static GPtrArray *
get_contents (const LfBody *body, GHashTable *attachments, const char *place, GError **error)
{
  g_autoptr (GPtrArray) contents = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  g_ptr_array_set_size (contents, (gint) body->parts->len);
  for (guint i = 0; i < body->parts->len; i++)
    {
      const LfBodyPart *part = body->parts->pdata[i];

      if (!is_sent (part))
        continue;
      contents->pdata[i] = get_content (part, attachments, i, place, error);
      if (contents->pdata[i] == NULL)
        return NULL;
    }
  return g_steal_pointer (&contents);
}

static gboolean
occurs (const char *boundary, const GPtrArray *contents)
{
  for (guint i = 0; i < contents->len; i++)
    {
      gsize size = 0;
      const char *data =
          contents->pdata[i] != NULL ? g_bytes_get_data (contents->pdata[i], &size) : NULL;

      if (data != NULL && memmem (data, size, boundary, strlen (boundary)) != NULL)
        return TRUE;
    }
  return FALSE;
}

static char *
choose_boundary (const GPtrArray *contents)
{
  char *boundary = NULL;

  do
    {
      g_free (boundary);
      boundary = g_strdup_printf ("LoadForge-%08x%08x%08x", g_random_int (), g_random_int (),
                                  g_random_int ());
    }
  while (occurs (boundary, contents));
  return boundary;
}

static void
append_name (GString *text, const char *key, const char *name)
{
  g_string_append_printf (text, "; %s=\"", key);
  for (const char *at = name != NULL ? name : ""; *at != '\0'; at++)
    if (*at == '"' || *at == '\r' || *at == '\n')
      g_string_append_printf (text, "%%%02X", (guint) *at);
    else
      g_string_append_c (text, *at);
  g_string_append_c (text, '"');
}

static const char *
get_part_type (const LfBodyPart *part)
{
  if (!is_blank (part->content_type))
    return part->content_type;
  return is_file (part) ? "application/octet-stream" : NULL;
}

/* A file without a name is called as browsers call it, for servers know a file by having one. */
static void
append_part_head (GString *text, const LfBodyPart *part)
{
  const char *type = get_part_type (part);

  g_string_append (text, "Content-Disposition: form-data");
  append_name (text, "name", part->name);
  if (!is_blank (part->file_name))
    append_name (text, "filename", part->file_name);
  else if (is_file (part))
    append_name (text, "filename", "blob");
  if (type != NULL)
    g_string_append_printf (text, "\r\nContent-Type: %s", type);
  g_string_append (text, "\r\n\r\n");
}

/* Takes @segment. */
static void
add_segment (LfMultipart *self, GBytes *segment)
{
  gsize end = lf_multipart_get_size (self) + g_bytes_get_size (segment);

  g_ptr_array_add (self->segments, segment);
  g_array_append_val (self->ends, end);
}

static void
write_parts (LfMultipart *self, const LfBody *body, const GPtrArray *contents, const char *boundary)
{
  GString *between = g_string_new ("--");

  g_string_append (between, boundary);
  for (guint i = 0; i < contents->len; i++)
    {
      if (contents->pdata[i] == NULL)
        continue;
      g_string_append (between, "\r\n");
      append_part_head (between, body->parts->pdata[i]);
      add_segment (self, g_string_free_to_bytes (between));
      add_segment (self, g_bytes_ref (contents->pdata[i]));
      between = g_string_new ("\r\n--");
      g_string_append (between, boundary);
    }
  g_string_append (between, "--\r\n");
  add_segment (self, g_string_free_to_bytes (between));
}

LfMultipart *
lf_multipart_new (const LfBody *body, GHashTable *attachments, const char *place, GError **error)
{
  g_autoptr (GPtrArray) contents = get_contents (body, attachments, place, error);
  g_autofree char *boundary = NULL;
  LfMultipart *self;

  if (contents == NULL)
    return NULL;
  boundary = choose_boundary (contents);
  self = g_new0 (LfMultipart, 1);
  self->segments = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->ends = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->content_type = g_strdup_printf (
      "%s; boundary=%s", is_blank (body->content_type) ? "multipart/form-data" : body->content_type,
      boundary);
  write_parts (self, body, contents, boundary);
  return self;
}

void
lf_multipart_free (LfMultipart *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->segments);
  g_array_unref (self->ends);
  g_free (self->content_type);
  g_free (self);
}

gsize
lf_multipart_get_size (const LfMultipart *self)
{
  return self->ends->len > 0 ? g_array_index (self->ends, gsize, self->ends->len - 1) : 0;
}

const char *
lf_multipart_get_content_type (const LfMultipart *self)
{
  return self->content_type;
}

/* The first segment that ends behind @offset. */
static guint
find_segment (const LfMultipart *self, gsize offset)
{
  guint first = 0, last = self->ends->len;

  while (first < last)
    {
      guint middle = first + (last - first) / 2;

      if (g_array_index (self->ends, gsize, middle) > offset)
        last = middle;
      else
        first = middle + 1;
    }
  return first;
}

gsize
lf_multipart_read (const LfMultipart *self, gsize offset, void *buffer, gsize size)
{
  gsize done = 0;

  for (guint i = find_segment (self, offset); i < self->ends->len && done < size; i++)
    {
      gsize length;
      const guint8 *data = g_bytes_get_data (self->segments->pdata[i], &length);
      gsize left = g_array_index (self->ends, gsize, i) - (offset + done);
      gsize part = MIN (left, size - done);

      if (part > 0)
        memcpy ((guint8 *) buffer + done, data + (length - left), part);
      done += part;
    }
  return done;
}
