#pragma once

#include "lf-http-fields.h"

/*
 * Reads HTTP/1.1 requests (RFC 9112) as they come in, in pieces of any size: strict, bounded, and
 * never holding a body. One thread at a time; nothing is allocated per request.
 */
typedef struct _LfHttpReader LfHttpReader;

#define LF_HTTP_MAX_HEAD 65536 /* bytes of a head, or of a trailer */

typedef enum
{
  LF_HTTP_READ_MORE,  /* all of the input is taken; feed what comes next */
  LF_HTTP_READ_HEAD,  /* the head is complete: get_request() holds until the next feed */
  LF_HTTP_READ_BODY,  /* get_body() is a part of the body, inside of the input */
  LF_HTTP_READ_END,   /* the request is complete; the next feed begins another */
  LF_HTTP_READ_ERROR, /* not HTTP/1.1, or over a limit: answer get_error_status() and close */
} LfHttpRead;

typedef struct
{
  const char *method;
  gsize method_length;
  const char *target; /* as sent: "/path?query" */
  gsize target_length;
  guint minor;        /* 0 or 1: HTTP/1.0 or 1.1 */
  gboolean keep_alive;
  gboolean expects_continue;
  LfHttpBodyKind body;
  guint64 length;     /* of a body of known length */
  const LfHttpFields *fields;
} LfHttpRequest;

LfHttpReader        *lf_http_reader_new              (void) G_GNUC_WARN_UNUSED_RESULT;
void                 lf_http_reader_free             (LfHttpReader *self);
/* Takes up to @length bytes and says what was found; *taken of them are done with. Call again with
 * the rest until LF_HTTP_READ_MORE. */
LfHttpRead           lf_http_reader_feed             (LfHttpReader *self, const char *data, gsize length, gsize *taken);
const LfHttpRequest *lf_http_reader_get_request      (const LfHttpReader *self);
const char          *lf_http_reader_get_body         (const LfHttpReader *self, gsize *length);
guint                lf_http_reader_get_error_status (const LfHttpReader *self); /* 400, 431 or 505 */
/* Whether a request has begun and is not complete. */
gboolean             lf_http_reader_is_inside        (const LfHttpReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfHttpReader, lf_http_reader_free)
