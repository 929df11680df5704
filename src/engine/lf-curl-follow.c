#include "config.h"

#include "lf-curl-follow.h"

#include "lf-curl-transport-private.h"

#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

void
lf_curl_adopt (LfExchange *exchange, int fd)
{
  if (exchange->adopted == NULL)
    exchange->adopted = g_array_new (FALSE, FALSE, sizeof (int));
  g_array_append_val (exchange->adopted, fd);
}

static gboolean
leads_to (int fd, const struct curl_sockaddr *address)
{
  struct sockaddr_storage peer = { 0 };
  socklen_t length = sizeof peer;
  const struct sockaddr_in *in = (const struct sockaddr_in *) &peer;
  const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *) &peer;
  const struct sockaddr_in *wanted = (const struct sockaddr_in *) &address->addr;
  const struct sockaddr_in6 *wanted6 = (const struct sockaddr_in6 *) &address->addr;

  if (getpeername (fd, (struct sockaddr *) &peer, &length) != 0 ||
      peer.ss_family != address->family)
    return FALSE;
  if (peer.ss_family == AF_INET)
    return in->sin_port == wanted->sin_port && in->sin_addr.s_addr == wanted->sin_addr.s_addr;
  return peer.ss_family == AF_INET6 && in6->sin6_port == wanted6->sin6_port &&
         memcmp (&in6->sin6_addr, &wanted6->sin6_addr, sizeof in6->sin6_addr) == 0;
}

/* Nothing has come since its last answer, not even its end. */
static gboolean
is_alive (int fd)
{
  char byte;

  return recv (fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

int
_lf_curl_adopt (LfExchange *exchange, const struct curl_sockaddr *address)
{
  for (guint i = 0; exchange->adopted != NULL && i < exchange->adopted->len; i++)
    {
      int fd = g_array_index (exchange->adopted, int, i);

      if (!leads_to (fd, address))
        continue;
      g_array_remove_index_fast (exchange->adopted, i);
      if (is_alive (fd))
        return exchange->adopted_now = fd;
      close (fd);
      return -1;
    }
  return -1;
}

void
_lf_curl_forget_adopted (LfExchange *exchange)
{
  for (guint i = 0; exchange->adopted != NULL && i < exchange->adopted->len; i++)
    close (g_array_index (exchange->adopted, int, i));
  g_clear_pointer (&exchange->adopted, g_array_unref);
}

void
lf_curl_add_cookie (LfExchange *exchange, guint step, const char *cookie)
{
  _lf_curl_prepare (exchange, step);
  curl_easy_setopt (exchange->easy, CURLOPT_COOKIELIST, cookie);
}

/* (transfer full) (nullable) */
static CURLU *
resolve (const char *base, const char *location)
{
  CURLU *url = curl_url ();

  if (curl_url_set (url, CURLUPART_URL, base, 0) == CURLUE_OK &&
      curl_url_set (url, CURLUPART_URL, location, CURLU_URLENCODE) == CURLUE_OK)
    return url;
  curl_url_cleanup (url);
  return NULL;
}

static gboolean
has_same_part (CURLU *a, CURLU *b, CURLUPart part)
{
  char *in_a = NULL, *in_b = NULL;
  gboolean same;

  curl_url_get (a, part, &in_a, CURLU_DEFAULT_PORT);
  curl_url_get (b, part, &in_b, CURLU_DEFAULT_PORT);
  same = g_ascii_strcasecmp (in_a != NULL ? in_a : "", in_b != NULL ? in_b : "") == 0;
  curl_free (in_a);
  curl_free (in_b);
  return same;
}

static gboolean
is_same_origin (const char *base, CURLU *url)
{
  CURLU *other = curl_url ();
  gboolean same;

  curl_url_set (other, CURLUPART_URL, base, 0);
  same = has_same_part (url, other, CURLUPART_SCHEME) &&
         has_same_part (url, other, CURLUPART_HOST) && has_same_part (url, other, CURLUPART_PORT);
  curl_url_cleanup (other);
  return same;
}

static gboolean
is_secret (const char *line, const LfPlanStep *step)
{
  gsize n = step->secret_header != NULL ? strlen (step->secret_header) : 0;

  return g_ascii_strncasecmp (line, "Authorization:", 14) == 0 ||
         g_ascii_strncasecmp (line, "Cookie:", 7) == 0 ||
         g_ascii_strncasecmp (line, "Host:", 5) == 0 ||
         (n > 0 && g_ascii_strncasecmp (line, step->secret_header, n) == 0 && line[n] == ':');
}

/* Another host gets no credentials, nor a name that was meant for the first. */
static void
drop_secrets (LfExchange *self)
{
  struct curl_slist *headers = NULL;

  for (const struct curl_slist *at = self->headers; at != NULL; at = at->next)
    if (!is_secret (at->data, self->step))
      headers = curl_slist_append (headers, at->data);
  curl_easy_setopt (self->easy, CURLOPT_HTTPHEADER, headers);
  curl_slist_free_all (self->own_headers);
  self->headers = self->own_headers = headers;
  self->configured = -1; /* the next transfer has them again */
}

static gboolean
is_redirected (const LfExchange *self)
{
  long status = 0;

  curl_easy_getinfo (self->easy, CURLINFO_RESPONSE_CODE, &status);
  return status >= 300 && status < 400 && self->step->http->follow_redirects;
}

void
_lf_curl_guard_redirect (LfExchange *self, const char *location, gsize length)
{
  g_autofree char *text = NULL;
  const char *base = NULL;
  CURLU *url;

  if (self->step->secret_header == NULL || !is_redirected (self))
    return;
  text = g_strstrip (g_strndup (location, length));
  curl_easy_getinfo (self->easy, CURLINFO_EFFECTIVE_URL, &base);
  url = resolve (base, text);
  if (url != NULL && !is_same_origin (self->step->url, url))
    drop_secrets (self);
  curl_url_cleanup (url);
}

static void
turn_into_get (LfExchange *self)
{
  curl_easy_setopt (self->easy, CURLOPT_HTTPGET, 1L);
  curl_easy_setopt (self->easy, CURLOPT_CUSTOMREQUEST, NULL);
  self->body = NULL;
  self->multipart = NULL;
  self->body_size = 0;
}

static gboolean
becomes_get (const LfPlanStep *step, guint status)
{
  if (status == 303)
    return strcmp (step->method, "HEAD") != 0;
  return (status == 301 || status == 302) && strcmp (step->method, "POST") == 0;
}

gboolean
lf_curl_follow (LfExchange *exchange, guint step, guint status, const char *location, gint64 left)
{
  const LfPlanStep *plan_step = _lf_curl_prepare (exchange, step);
  CURLU *url = resolve (plan_step->url, location);
  char *text = NULL;

  if (url == NULL)
    return FALSE;
  curl_url_get (url, CURLUPART_URL, &text, 0);
  curl_easy_setopt (exchange->easy, CURLOPT_CURLU, NULL);
  curl_easy_setopt (exchange->easy, CURLOPT_URL, text);
  curl_free (text);
  if (!is_same_origin (plan_step->url, url))
    {
      drop_secrets (exchange);
      curl_easy_setopt (exchange->easy, CURLOPT_USERPWD, NULL); /* both user and password */
    }
  curl_url_cleanup (url);
  if (becomes_get (plan_step, status))
    turn_into_get (exchange);
  curl_easy_setopt (exchange->easy, CURLOPT_MAXREDIRS, (long) (plan_step->http->max_redirects - 1));
  curl_easy_setopt (exchange->easy, CURLOPT_TIMEOUT_MS, (long) MAX (left / 1000, 1));
  exchange->configured = -1; /* the next request is the step's own again */
  _lf_curl_begin (exchange, g_get_monotonic_time ());
  return TRUE;
}
