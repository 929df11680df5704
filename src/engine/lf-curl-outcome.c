#include "config.h"

#include "lf-curl-transport-private.h"
#include "lf-error-code.h"

static gint64
get_time (CURL *easy, CURLINFO info)
{
  curl_off_t us = 0;

  curl_easy_getinfo (easy, info, &us);
  return us;
}

static void
fill_connecting (CURL *easy, gint64 ready, gint64 end, LfOutcome *outcome)
{
  gint64 connected = get_time (easy, CURLINFO_CONNECT_TIME_T);
  gint64 shaken = get_time (easy, CURLINFO_APPCONNECT_TIME_T);

  outcome->connecting = MAX ((connected > 0 ? connected : end) - outcome->blocked, 0);
  if (shaken > 0)
    outcome->tls_handshaking = MAX (shaken - connected, 0);
  else if (connected > 0 && ready == 0)
    outcome->tls_handshaking = MAX (outcome->total - connected, 0);
}

/* libcurl tells when a phase ended, or 0 where it never began: these are their lengths. A transfer
 * on a kept connection has no connect time, and its request has been written by the time that
 * libcurl calls ready ("pretransfer"): from the connection being there to then is sending, or
 * duration would leave out the write. A body that is asked for in pieces has been written when the
 * last was, and libcurl takes its first piece for the first byte of the answer. */
static void
fill_times (LfExchange *self, LfOutcome *outcome)
{
  CURL *easy = self->easy;
  gint64 total = get_time (easy, CURLINFO_TOTAL_TIME_T);
  gint64 looked_up = get_time (easy, CURLINFO_NAMELOOKUP_TIME_T);
  gint64 ready = get_time (easy, CURLINFO_PRETRANSFER_TIME_T);
  gint64 first_byte = get_time (easy, CURLINFO_STARTTRANSFER_TIME_T);
  gint64 end = ready > 0 ? ready : total;
  gint64 begin, sent;

  outcome->total = total;
  outcome->blocked = MIN (looked_up > 0 ? looked_up : end, end);
  if (outcome->connections > 0 || ready == 0)
    fill_connecting (easy, ready, end, outcome);
  if (ready == 0)
    return;
  begin = MIN (outcome->blocked + outcome->connecting + outcome->tls_handshaking, ready);
  if (self->answered > 0)
    first_byte = self->answered - self->started;
  if (first_byte < ready || first_byte > total)
    first_byte = total;
  sent = self->last_read > 0 ? self->last_read - self->started : ready;
  sent = CLAMP (sent, begin, first_byte);
  outcome->sending = sent - begin;
  outcome->waiting = first_byte - sent;
  outcome->receiving = total - first_byte;
}

/* Until 8.7 libcurl counted as sent the head and what left with it, since then all that leaves. */
static gboolean
counts_all (void)
{
  static gsize version = 0;

  if (g_once_init_enter (&version)) /* what curl_version_info() fills is shared by all threads */
    g_once_init_leave (&version, curl_version_info (CURLVERSION_NOW)->version_num);
  return version >= 0x080700;
}

/* Whether REQUEST_SIZE has the body in it: over HTTP/1 a small one leaves with the head. */
static gboolean
is_body_in_head (const LfExchange *self)
{
  long version = 0;

  if (counts_all ())
    return TRUE;
  if (self->body_size == 0 || self->body_size > LF_SMALL_BODY)
    return FALSE;
  curl_easy_getinfo (self->easy, CURLINFO_HTTP_VERSION, &version);
  return version < CURL_HTTP_VERSION_2_0;
}

void
_lf_curl_outcome (LfExchange *self, CURLcode result, LfOutcome *outcome)
{
  CURL *easy = self->easy;
  long status = 0, connections = 0, head_sent = 0, head_received = 0, redirects = 0;
  curl_off_t body_sent = 0, body_received = 0;

  *outcome = (LfOutcome){ 0 };
  if (result == CURLE_OK && !self->head_ended)
    result = CURLE_GOT_NOTHING;
  if (self->refused)
    result = CURLE_WEIRD_SERVER_REPLY;
  curl_easy_getinfo (easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo (easy, CURLINFO_NUM_CONNECTS, &connections);
  curl_easy_getinfo (easy, CURLINFO_REQUEST_SIZE, &head_sent);
  curl_easy_getinfo (easy, CURLINFO_HEADER_SIZE, &head_received);
  curl_easy_getinfo (easy, CURLINFO_REDIRECT_COUNT, &redirects);
  curl_easy_getinfo (easy, CURLINFO_SIZE_UPLOAD_T, &body_sent);
  curl_easy_getinfo (easy, CURLINFO_SIZE_DOWNLOAD_T, &body_received);
  outcome->status = (guint) status;
  outcome->connections = (guint) connections - MIN ((guint) connections, self->n_adopted);
  outcome->bytes_sent = (guint64) head_sent + (is_body_in_head (self) ? 0 : (guint64) body_sent);
  outcome->bytes_received = (guint64) head_received + (guint64) body_received;
  self->last_received = outcome->bytes_received;
  _lf_curl_adapt_buffer (self);
  /* libcurl sends once more where a kept connection had died, and does not tell. What it sends
   * again for a digest, or because nobody fulfils its expectation, it takes for a redirect. */
  outcome->resent = (guint) MAX ((long) self->n_sent - 1 - redirects, 0) + self->n_challenged -
                    MIN (self->n_challenged, status == 401 || status == 417);
  outcome->error_code = _lf_curl_error_code (easy, result, self->words);
  if (outcome->error_code == 0 && status >= 400)
    outcome->error_code = status < 600 ? 1000 + (guint) status : LF_ERROR_CODE_PROTOCOL;
  if (result != CURLE_OK && result != CURLE_PARTIAL_FILE)
    outcome->status = 0;
  if (self->token != NULL && outcome->status == 401)
    lf_token_refuse (self->token, self->token_number);
  fill_times (self, outcome);
}
