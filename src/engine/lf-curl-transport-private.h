#pragma once

#include "lf-curl-transport.h"
#include "lf-http-response.h"
#include "lf-plan-private.h"

typedef struct _LfCurlGroup LfCurlGroup;

struct _LfExchange
{
  LfCurlGroup *group;
  gpointer user;
  CURL *easy;         /* one of the following */
  CURL *easies[2];    /* by whether they keep cookies, which libcurl cannot turn off again */
  /* Its own connections: users never borrow from each other, nor a step from one that asked for
   * another version, for libcurl would send it in the version that is there. */
  CURLSH *shares[LF_HTTP_VERSION_3 + 1];
  gboolean added;     /* to the group's CURLM */
  LfHttpVersion version; /* of the step that @easy is set up for */
  gboolean h2c_kept;  /* lf-curl-h2c.c: a connection is there to be taken */
  gboolean h2c_reuses; /* and this transfer must take it */
  gboolean h2c_missed; /* which it could not */
  const LfPlanStep *step; /* of the transfer; the plan owns it */
  gint configured;    /* the step that @easy is set up for; -1: none */
  LfToken *token;     /* of that step; NULL: none */
  guint token_number; /* the one that @easy has */
  struct curl_slist *headers; /* of this transfer: the step's, or the following */
  struct curl_slist *own_headers; /* of a request that goes on with fewer */
  GArray *adopted;    /* of int: connected sockets of another transport; NULL: none */
  int adopted_now;    /* the one that libcurl is about to get; -1: none */
  guint n_adopted;    /* of this transfer: connections that it did not open */
  guint n_sent;       /* requests of this transfer, with redirects and those sent again */
  guint n_challenged; /* answers of this transfer with 401 or 417 */
  gboolean head_ended; /* of the last answer */
  gboolean checks_head; /* it is HTTP/1, and being read */
  gsize trailer_size;
  gboolean refused;   /* we refused a head that libcurl would have taken */
  LfHttpResponse head;
  char words[CURL_ERROR_SIZE]; /* what libcurl says of an error */
  const guint8 *body; /* of the step; the plan owns it */
  const LfMultipart *multipart; /* the same, in place of @body */
  gsize body_size;
  gsize body_sent;
  guint64 last_received; /* bytes of the last answer, with its head */
  gboolean answered_plain; /* it came over HTTP/1 */
  guint buffer_size;  /* bytes that @easy reads at once */
  gint64 started;     /* monotonic us */
  gint64 last_read;   /* when libcurl last took of the body */
  gint64 answered;    /* when the answer to a body that left in pieces began; else 0 */
};

/* @exchange->easy is then set up for the plan's step @step. */
const LfPlanStep *_lf_curl_prepare (LfExchange *exchange, guint step);
/* What its group must know of an answer: bytes of its body, and the digit behind "HTTP/". */
void  _lf_curl_count_received (LfExchange *exchange, gsize n);
void  _lf_curl_note_version   (LfExchange *exchange, char major);
/* Starts what is set up. */
void  _lf_curl_begin      (LfExchange *exchange, gint64 now);
/* lf-curl-follow.c: a living socket that lf_curl_adopt() brought and that leads to @address; -1: none */
int   _lf_curl_adopt          (LfExchange *exchange, const struct curl_sockaddr *address);
void  _lf_curl_forget_adopted (LfExchange *exchange);
/* What an answer's field Location says, as it is read: where libcurl will follow it to another host,
 * the header that carries a key stays behind, as Authorization and Cookie do by libcurl's own rule. */
void  _lf_curl_guard_redirect (LfExchange *exchange, const char *location, gsize length);
/* lf-curl-h2c.c: before a transfer; whether it may open a connection; and after it: FALSE where it
 * must begin once more, for which nothing has been sent. */
void  _lf_curl_h2c_begin       (LfExchange *exchange);
gboolean _lf_curl_h2c_may_connect (LfExchange *exchange);
gboolean _lf_curl_h2c_end      (LfExchange *exchange, CURLcode result);
/* Sets @exchange->easy up for @step. */
void  _lf_curl_configure  (LfExchange *exchange, const LfPlanStep *step);
/* Takes the token that there is by now. */
void  _lf_curl_renew_token (LfExchange *exchange);
void  _lf_curl_configure_tls (CURL *easy, const LfTlsOptions *tls);
void  _lf_curl_adapt_buffer (LfExchange *exchange); /* what libcurl reads into, for the next transfer */
/* lf-curl-outcome.c: reads what became of it. */
void  _lf_curl_outcome    (LfExchange *exchange, CURLcode result, LfOutcome *outcome);
guint _lf_curl_error_code (CURL *easy, CURLcode result, const char *words);
