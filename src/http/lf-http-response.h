#pragma once

#include "lf-http-reader.h"

/*
 * Reads HTTP/1.1 answers (RFC 9112) as they come in, in pieces of any size: bounded, never holding
 * a body, and without an allocation for an answer whose head comes whole. Lives in the caller, one
 * thread at a time.
 *
 * The length of a body is found by the rules of RFC 9112, section 6.3. What breaks them (two lengths
 * that differ, a length that is no number, a chunk that is none) is an error, never a wrong number;
 * what only breaks good manners and leaves the length clear (a bare LF at a line's end, a folded
 * field, both a length and chunks) is read as libcurl reads it.
 */
#define LF_HTTP_MAX_ANSWER_HEAD (256 * 1024) /* bytes of one answer's heads with interim ones, of a chunk line, of a trailer */

/* What an answer has, beside its status and length, that its reader may have to act on. */
typedef enum
{
  LF_HTTP_HAS_COOKIE = 1 << 0,   /* Set-Cookie */
  LF_HTTP_HAS_LOCATION = 1 << 1, /* not empty */
  LF_HTTP_HAS_CODING = 1 << 2,   /* Content-Encoding */
} LfHttpFacts;

/* A head that was read before. One that has the same bytes says the same, and most answers of a
 * server within a second do: they are told by a comparison. Shared by the responses of one thread. */
typedef struct
{
  gsize size; /* 0: none yet */
  gsize whole; /* with the body that it announces; G_MAXSIZE: only the body's end tells */
  gboolean bodyless;
  guint status;
  LfHttpFacts facts;
  gboolean keep_alive;
  guint state;
  guint64 left;
  char bytes[1024];
} LfHttpHeadMemo;

typedef struct
{
  /* Of the head that is complete, or that is being read. */
  guint status;            /* of the last answer; interim ones (1xx) are passed over */
  LfHttpFacts facts;
  gboolean keep_alive;     /* once the answer has ended: whether its connection may carry another */
  guint64 body_size;       /* bytes of body so far, without chunk lines */

  /* To be set once, by who feeds it; NULL: every head is read. */
  LfHttpHeadMemo *memo;

  /* Private. */
  guint state;
  gboolean bodyless;       /* the answer to a HEAD */
  LfHttpFacts kept_facts;
  gboolean interesting;    /* the last field line: a folded one cannot go on with it */
  gboolean old;            /* HTTP/1.0 */
  gboolean has_length;
  gboolean chunked;
  guint64 length;
  guint64 left;            /* of the body or the chunk */
  gsize head_size;
  GByteArray *carry;       /* a line whose end has not come; made when first needed */
  GPtrArray *kept;         /* of char *: field lines; made when first needed */
} LfHttpResponse;

/* @self must be zeroed before the first use. @head_request: an answer to HEAD, which has no body.
 * @keep: facts whose field lines are wanted. */
static inline void lf_http_response_begin (LfHttpResponse *self, gboolean head_request, LfHttpFacts keep);
void       lf_http_response_clear (LfHttpResponse *self);
/* Takes up to @length bytes. LF_HTTP_READ_MORE: all are taken; LF_HTTP_READ_END: the answer is
 * complete, and what is behind *taken belongs to no answer; LF_HTTP_READ_ERROR. */
LfHttpRead lf_http_response_feed  (LfHttpResponse *self, const char *data, gsize length, gsize *taken);
/* The connection has ended: LF_HTTP_READ_END where that ends the body, else LF_HTTP_READ_ERROR. */
LfHttpRead lf_http_response_feed_end (LfHttpResponse *self);
/* Bytes that follow and that nobody needs to look at: they may be passed over, by skip(). */
guint64    lf_http_response_get_skippable (const LfHttpResponse *self);
/* Whether the answer ends with them. */
gboolean   lf_http_response_is_last_skippable (const LfHttpResponse *self);
LfHttpRead lf_http_response_skip  (LfHttpResponse *self, gsize length);
/* Whether the head is complete: the status holds, and the body is being read or has been. */
gboolean   lf_http_response_is_past_head (const LfHttpResponse *self);
/* "Name: value" of the facts that begin() asked for, in order; NULL where there are none. */
const GPtrArray *lf_http_response_get_kept (const LfHttpResponse *self);

/* Private: drops what is there of an answer that did not come whole, and lines that were kept. */
void       _lf_http_response_forget_lines (LfHttpResponse *self);

static inline void
lf_http_response_begin (LfHttpResponse *self, gboolean head_request, LfHttpFacts keep)
{
  if (G_UNLIKELY (self->carry != NULL || self->kept != NULL))
    _lf_http_response_forget_lines (self);
  self->status = 0;
  self->facts = 0;
  self->keep_alive = FALSE;
  self->body_size = 0;
  self->state = 0; /* before the status line */
  self->bodyless = head_request;
  self->kept_facts = keep;
  self->head_size = 0;
}
