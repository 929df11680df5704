#include "config.h"

#include "lf-curl-transport-private.h"

/* libcurl 7.88 begins HTTP/2 anew on a kept connection where a request says that the server is
 * known to speak it, and breaks the connection with that (fixed in 8.0, curl issue 10634). There a
 * request either opens a connection and says so, or takes the kept one and says nothing. */

static gboolean
is_affected (void)
{
  static gsize state = 0; /* 1: no, 2: yes */

  if (g_once_init_enter (&state))
    {
      guint version = curl_version_info (CURLVERSION_NOW)->version_num;

      g_once_init_leave (&state, version >= 0x075800 && version < 0x080000 ? 2 : 1);
    }
  return state == 2;
}

void
_lf_curl_h2c_begin (LfExchange *self)
{
  if (self->version != LF_HTTP_VERSION_2_PRIOR_KNOWLEDGE || !is_affected ())
    return;
  curl_easy_setopt (self->easy, CURLOPT_HTTP_VERSION,
                    self->h2c_kept ? (long) CURL_HTTP_VERSION_2_0
                                   : (long) CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE);
  curl_easy_setopt (self->easy, CURLOPT_FRESH_CONNECT, self->h2c_kept ? 0L : 1L);
  self->h2c_reuses = self->h2c_kept;
}

gboolean
_lf_curl_h2c_may_connect (LfExchange *self)
{
  self->h2c_missed |= self->h2c_reuses;
  return !self->h2c_reuses;
}

gboolean
_lf_curl_h2c_end (LfExchange *self, CURLcode result)
{
  gboolean missed = self->h2c_missed;

  self->h2c_kept = result == CURLE_OK && self->version == LF_HTTP_VERSION_2_PRIOR_KNOWLEDGE;
  self->h2c_reuses = FALSE;
  self->h2c_missed = FALSE;
  return !missed;
}
