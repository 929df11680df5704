#include "config.h"

#include "lf-answer-text.h"

#include "lf-body-json.h"
#include "lf-format.h"
#include "lf-json.h"

#include <glib/gi18n.h>
#include <string.h>

/* NULL for what is no JSON. Only white space changes: numbers stay as the target wrote them. */
static char *
indent_json (const char *text, gsize length)
{
  g_autoptr (JsonNode) node = lf_json_from_text (text, (gssize) length, NULL);
  g_autofree char *whole = node != NULL ? g_strndup (text, length) : NULL;

  return whole != NULL ? lf_body_json_indent (whole) : NULL;
}

/* A character that was cut in two at the end is none to complain about. */
static gsize
text_length (const char *data, gsize length, gboolean cut)
{
  const char *end;

  if (g_utf8_validate_len (data, length, &end))
    return length;
  return cut && (gsize) (data + length - end) < 4 ? (gsize) (end - data) : 0;
}

char *
lf_answer_text_new (GBytes *body, guint64 size)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  gboolean cut = length < size;
  g_autofree char *whole = lf_format_bytes ((double) size);
  g_autofree char *part = lf_format_bytes ((double) length);
  gsize readable;
  char *json;

  if (length == 0)
    return g_strdup (_ ("The answer has no body."));
  readable = text_length (data, length, cut);
  if (readable == 0)
    return g_strdup_printf (_ ("%s that are no text."), whole);
  if (cut)
    return g_strdup_printf (_ ("%.*s\n\n(These are the first %s of %s.)"), (int) readable, data,
                            part, whole);
  json = indent_json (data, readable);
  return json != NULL ? json : g_strndup (data, readable);
}
