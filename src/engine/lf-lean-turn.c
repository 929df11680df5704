#include "config.h"

#include "lf-curl-follow.h"
#include "lf-error-code.h"
#include "lf-lean-private.h"
#include "lf-set-cookie.h"
#include "lf-time.h"

static void
join_curl (LfLeanExchange *self)
{
  LfLeanTransport *transport = self->transport;

  if (self->curl != NULL)
    return;
  self->curl = transport->curl_class->join (transport->curl, self);
  transport->n_on_curl++;
}

void
_lf_lean_exchange_start_curl (LfLeanExchange *self)
{
  join_curl (self);
  self->state = LF_LEAN_ON_CURL;
  self->transport->curl_class->start (self->curl, self->step, self->started);
}

/* A user keeps the connection; only one with TLS is libcurl's alone, and it opens another. */
static void
hand_connections_over (LfLeanExchange *self)
{
  for (guint i = 0; i < self->transport->plan->n_origins; i++)
    {
      int fd = _lf_lean_connection_release (&self->connections[i]);

      if (fd >= 0)
        lf_curl_adopt (self->curl, fd);
    }
}

static void
hand_cookies_over (LfLeanExchange *self, const GPtrArray *kept)
{
  const LfPlanLean *lean = self->plan_step->lean;

  for (guint i = 0; i < kept->len; i++)
    {
      g_autofree char *cookie = NULL;

      if (g_ascii_strncasecmp (kept->pdata[i], "Set-Cookie:", 11) != 0)
        continue;
      cookie =
          lf_set_cookie_to_netscape (kept->pdata[i], lean->host, lean->path, lf_time_now () / 1000);
      if (cookie != NULL)
        lf_curl_add_cookie (self->curl, self->step, cookie);
    }
}

static const char *
find_location (const GPtrArray *kept)
{
  for (guint i = 0; i < kept->len; i++)
    if (g_ascii_strncasecmp (kept->pdata[i], "Location:", 9) == 0)
      return g_strstrip ((char *) kept->pdata[i] + 9);
  return NULL;
}

/* The request goes on at another place, and libcurl goes there. */
static void
follow (LfLeanExchange *self, const char *location)
{
  gint64 left = self->plan_step->timeout - (g_get_monotonic_time () - self->started);

  if (self->plan_step->http->max_redirects == 0)
    {
      self->outcome.error_code = LF_ERROR_CODE_TOO_MANY_REDIRECTS;
      _lf_lean_exchange_end (self);
      return;
    }
  if (lf_curl_follow (self->curl, self->step, self->response.status, location, left))
    {
      self->state = LF_LEAN_FOLLOWING;
      return;
    }
  self->outcome.error_code = LF_ERROR_CODE_PROTOCOL;
  _lf_lean_exchange_end (self);
}

void
_lf_lean_exchange_turn (LfLeanExchange *self)
{
  const GPtrArray *kept = lf_http_response_get_kept (&self->response);
  const char *location = NULL;

  self->turned = TRUE;
  join_curl (self);
  hand_connections_over (self);
  if (kept != NULL)
    {
      hand_cookies_over (self, kept);
      location = find_location (kept);
    }
  if (location != NULL && _lf_lean_exchange_is_redirect (self))
    follow (self, location);
  else
    _lf_lean_exchange_end (self);
  /* Nothing is read this way any more. */
  lf_http_response_clear (&self->response);
}

/* Both parts of a request that was redirected. */
static void
add_first_part (LfOutcome *outcome, const LfOutcome *first, gint64 total)
{
  outcome->resent += first->resent;
  outcome->connections += first->connections;
  outcome->bytes_sent += first->bytes_sent;
  outcome->bytes_received += first->bytes_received;
  outcome->blocked += first->blocked;
  outcome->connecting += first->connecting;
  outcome->tls_handshaking += first->tls_handshaking;
  outcome->sending += first->sending;
  outcome->waiting += first->waiting;
  outcome->receiving += first->receiving;
  outcome->total = total;
}

void
_lf_lean_exchange_curl_done (LfLeanExchange *self, const LfOutcome *outcome)
{
  LfOutcome whole = *outcome;

  if (self->state == LF_LEAN_FOLLOWING)
    add_first_part (&whole, &self->outcome, g_get_monotonic_time () - self->started);
  self->state = LF_LEAN_IDLE;
  self->transport->done (self->user, &whole);
}
