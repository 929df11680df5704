#pragma once

#include <glib.h>

/* A header field: parts of the buffer that it was read from, not terminated. */
typedef struct
{
  const char *name;
  gsize name_length;
  const char *value; /* without white space around it */
  gsize value_length;
} LfHttpField;

#define LF_HTTP_MAX_FIELDS 128

/*
 * The field lines of a message (RFC 9112, section 5), read strictly: no folding (5.2), no space
 * before the colon (5.1), no NUL or bare CR (2.2), no more than LF_HTTP_MAX_FIELDS.
 */
typedef struct
{
  LfHttpField fields[LF_HTTP_MAX_FIELDS];
  guint n_fields;
  gboolean too_many; /* it was the number of fields that was refused */
} LfHttpFields;

/* How the body ends (RFC 9112, section 6.3). */
typedef enum
{
  LF_HTTP_BODY_NONE,
  LF_HTTP_BODY_LENGTH,
  LF_HTTP_BODY_CHUNKED,
} LfHttpBodyKind;

/* @text: lines up to and with the empty one. FALSE where one is not a field line. */
gboolean           lf_http_fields_read       (LfHttpFields *self, const char *text, gsize length);
/* The first of that name, or NULL. */
const LfHttpField *lf_http_fields_find       (const LfHttpFields *self, const char *name);
/* Whether a comma-separated list in any field @name holds @word, in any case. */
gboolean           lf_http_fields_have_word  (const LfHttpFields *self, const char *name, const char *word);
/* Refuses what two readers could understand differently: length and chunks both, two lengths,
 * codings other than chunked. */
gboolean           lf_http_fields_get_body   (const LfHttpFields *self, LfHttpBodyKind *kind, guint64 *length);
gboolean           lf_http_is_token          (const char *text, gsize length); /* RFC 9110, 5.6.2 */
/* Visible characters, spaces, tabs and bytes over 127 (RFC 9110, 5.5). */
gboolean           lf_http_is_value          (const char *text, gsize length);
/* Whether there is one Host (@required), or at most one, with characters of an authority (RFC 9112, 3.2). */
gboolean           lf_http_fields_check_host (const LfHttpFields *self, gboolean required);
