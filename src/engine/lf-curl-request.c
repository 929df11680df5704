#include "config.h"

#include "lf-curl-transport-private.h"

/* libcurl allocates what it reads into for each transfer, and large pieces tear the heap apart:
 * with 16 KiB for answers of 160 bytes, an idle user takes 26 KiB in place of 23. */
#define LEAST_BUFFER 1024
#define MOST_BUFFER  (16 * 1024)

#define STATUS_LINE "HTTP/"
#define LOCATION    "Location:"

static size_t
discard_cb (char *data, size_t size, size_t n, void *user_data)
{
  _lf_curl_count_received (user_data, size * n);
  return size * n;
}

/* Whether @line begins with @name, whatever its case: most lines differ in the first letter. */
static inline gboolean
begins_with (const char *line, gsize length, const char *name, gsize name_length)
{
  return length > name_length && (*line | 0x20) == (*name | 0x20) &&
         g_ascii_strncasecmp (line, name, name_length) == 0;
}

/* Whether @line is as "HTTP/1.1 303 See Other", with @wanted as " 303". */
static gboolean
has_status (const char *line, gsize length, const char *wanted)
{
  const char *status = memchr (line, ' ', length);

  return status != NULL && (gsize) (line + length - status) > 4 && memcmp (status, wanted, 4) == 0;
}

/* What two readers could understand differently is refused, as the lean transport does, where
 * libcurl would go on (two lengths that differ, a field name with a space behind it). */
static gboolean
check_head_line (LfExchange *self, const char *line, gsize length)
{
  gsize taken;

  if (!self->checks_head)
    return TRUE;
  if (lf_http_response_feed (&self->head, line, length, &taken) == LF_HTTP_READ_ERROR)
    {
      self->refused = TRUE;
      return FALSE;
    }
  return TRUE;
}

/* Interim answers and the one behind them count as one head. */
static void
begin_head (LfExchange *self, const char *line, gsize length)
{
  self->head_ended = FALSE;
  self->n_challenged += has_status (line, length, " 401") || has_status (line, length, " 417");
  self->checks_head = length >= 7 && g_ascii_strncasecmp (line, "HTTP/1.", 7) == 0;
  if (lf_http_response_is_past_head (&self->head))
    lf_http_response_begin (&self->head, FALSE, 0);
}

/* libcurl bounds a line, but not how many there are behind the last chunk. */
static gboolean
check_trailer_line (LfExchange *self, gsize length)
{
  if (self->head_ended)
    self->trailer_size += length;
  self->refused |= self->trailer_size > LF_HTTP_MAX_ANSWER_HEAD;
  return !self->refused;
}

/* libcurl sends a request again that expects what the target cannot do, but leaves the expectation
 * in it where it stands among the step's headers. */
static void
drop_expectation (LfExchange *self)
{
  struct curl_slist *headers = curl_slist_append (NULL, "Expect:");

  for (const struct curl_slist *at = self->headers; at != NULL; at = at->next)
    if (g_ascii_strncasecmp (at->data, "Expect:", strlen ("Expect:")) != 0)
      headers = curl_slist_append (headers, at->data);
  curl_easy_setopt (self->easy, CURLOPT_HTTPHEADER, headers);
  curl_slist_free_all (self->own_headers);
  self->headers = self->own_headers = headers;
  self->configured = -1; /* the next transfer expects it again */
}

/* libcurl is content with a head that breaks off; we are not. And it keeps a method that was set by
 * name, where "see other" asks for a GET (RFC 9110, section 15.4.4). */
static size_t
header_cb (char *data, size_t size, size_t n, void *user_data)
{
  LfExchange *self = user_data;
  gsize length = size * n;

  if (begins_with (data, length, STATUS_LINE, strlen (STATUS_LINE)))
    {
      begin_head (self, data, length);
      _lf_curl_note_version (self, data[5]);
      self->answered_plain = data[5] == '1';
      if (self->last_read > 0)
        self->answered = g_get_monotonic_time ();
      if (has_status (data, length, " 303"))
        {
          curl_easy_setopt (self->easy, CURLOPT_CUSTOMREQUEST, NULL);
          self->configured = -1; /* the next transfer sets it again */
        }
      else if (has_status (data, length, " 417"))
        drop_expectation (self);
    }
  else if (!check_trailer_line (self, length))
    return 0;
  if (!check_head_line (self, data, length))
    return 0;
  if (begins_with (data, length, LOCATION, strlen (LOCATION)))
    _lf_curl_guard_redirect (self, data + strlen (LOCATION), length - strlen (LOCATION));
  if (*data == '\r' || *data == '\n')
    {
      self->head_ended = TRUE;
      self->checks_head = FALSE;
    }
  return length;
}

/* Called each time that a request is about to leave. */
static int
prereq_cb (void *user_data, char *primary_ip, char *local_ip, int primary_port, int local_port)
{
  LfExchange *self = user_data;

  self->n_sent++;
  return CURL_PREREQFUNC_OK;
}

static size_t
read_cb (char *buffer, size_t size, size_t n, void *user_data)
{
  LfExchange *self = user_data;
  gsize part = MIN (size * n, self->body_size - self->body_sent);

  if (self->multipart != NULL)
    part = lf_multipart_read (self->multipart, self->body_sent, buffer, part);
  else
    memcpy (buffer, self->body + self->body_sent, part);
  self->body_sent += part;
  self->last_read = g_get_monotonic_time ();
  return part;
}

static int
seek_cb (void *user_data, curl_off_t offset, int origin)
{
  LfExchange *self = user_data;

  if (origin != SEEK_SET || offset < 0 || (gsize) offset > self->body_size)
    return CURL_SEEKFUNC_FAIL;
  self->body_sent = (gsize) offset;
  return CURL_SEEKFUNC_OK;
}

/* For an answer like the last one. Of HTTP/2, which has a buffer of its own, it stays large. */
void
_lf_curl_adapt_buffer (LfExchange *self)
{
  gboolean plain = self->version == LF_HTTP_VERSION_1_1 || self->answered_plain;
  guint size = plain ? LEAST_BUFFER : MOST_BUFFER;

  while (size < MOST_BUFFER && size <= self->last_received)
    size *= 2;
  if (size == self->buffer_size)
    return;
  self->buffer_size = size;
  curl_easy_setopt (self->easy, CURLOPT_BUFFERSIZE, (long) size);
}

static long
http_version (const LfPlanStep *step)
{
  switch (step->http->version)
    {
    case LF_HTTP_VERSION_1_1:
      return CURL_HTTP_VERSION_1_1;
    case LF_HTTP_VERSION_2:
      return CURL_HTTP_VERSION_2_0;
    case LF_HTTP_VERSION_2_PRIOR_KNOWLEDGE:
      return CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE;
    case LF_HTTP_VERSION_3:
      return CURL_HTTP_VERSION_3;
    case LF_HTTP_VERSION_AUTO:
      break;
    }
  return CURL_HTTP_VERSION_2TLS;
}

/* POST stays a POST for libcurl, so that a redirect may turn it into a GET as browsers do; other
 * methods are kept, and their body with them. */
static void
configure_method (CURL *easy, const LfPlanStep *step)
{
  if (strcmp (step->method, "HEAD") == 0)
    curl_easy_setopt (easy, CURLOPT_NOBODY, 1L);
  else if (strcmp (step->method, "POST") == 0)
    curl_easy_setopt (easy, CURLOPT_POST, 1L);
  else if (strcmp (step->method, "GET") != 0 || step->body != NULL || step->multipart != NULL)
    {
      curl_easy_setopt (easy, CURLOPT_CUSTOMREQUEST, step->method);
      curl_easy_setopt (easy, CURLOPT_POSTREDIR,
                        (long) (CURL_REDIR_POST_301 | CURL_REDIR_POST_302));
    }
}

/* The pages of one file serve all users: libcurl takes a piece at a time. */
static void
stream_body (LfExchange *self)
{
  curl_easy_setopt (self->easy, CURLOPT_READFUNCTION, read_cb);
  curl_easy_setopt (self->easy, CURLOPT_READDATA, self);
  curl_easy_setopt (self->easy, CURLOPT_SEEKFUNCTION, seek_cb);
  curl_easy_setopt (self->easy, CURLOPT_SEEKDATA, self);
}

static void
configure_body (LfExchange *self, const LfPlanStep *step)
{
  self->body = NULL;
  self->body_size = 0;
  self->multipart = step->multipart;
  if (step->body != NULL)
    self->body = g_bytes_get_data (step->body, &self->body_size);
  else if (step->multipart != NULL)
    self->body_size = lf_multipart_get_size (step->multipart);
  else
    return;
  curl_easy_setopt (self->easy, CURLOPT_POST, 1L);
  curl_easy_setopt (self->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) self->body_size);
  if (self->body_size <= LF_SMALL_BODY)
    curl_easy_setopt (self->easy, CURLOPT_POSTFIELDS,
                      self->body != NULL ? (const char *) self->body : "");
  else
    stream_body (self);
}

void
_lf_curl_configure_tls (CURL *easy, const LfTlsOptions *tls)
{
  curl_easy_setopt (easy, CURLOPT_SSL_VERIFYPEER, tls->verify ? 1L : 0L);
  curl_easy_setopt (easy, CURLOPT_SSL_VERIFYHOST, tls->verify ? 2L : 0L);
  if (tls->ca_file != NULL)
    curl_easy_setopt (easy, CURLOPT_CAINFO, tls->ca_file);
  if (tls->cert_file != NULL)
    curl_easy_setopt (easy, CURLOPT_SSLCERT, tls->cert_file);
  if (tls->key_file != NULL)
    curl_easy_setopt (easy, CURLOPT_SSLKEY, tls->key_file);
}

static gboolean
is_challenged (const LfPlanStep *step)
{
  return step->auth != NULL && step->auth->auth_type == LF_AUTH_DIGEST;
}

static void
configure_http (CURL *easy, const LfPlanStep *step)
{
  const LfHttpOptions *http = step->http;

  curl_easy_setopt (easy, CURLOPT_HTTP_VERSION, http_version (step));
  curl_easy_setopt (easy, CURLOPT_TIMEOUT_MS, MAX ((long) (http->timeout * 1000), 1L));
  curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT_MS,
                    MAX ((long) (http->connect_timeout * 1000), 1L));
  curl_easy_setopt (easy, CURLOPT_FOLLOWLOCATION, http->follow_redirects ? 1L : 0L);
  /* libcurl takes the answer to a challenge for a redirect. */
  curl_easy_setopt (easy, CURLOPT_MAXREDIRS, (long) (http->max_redirects + is_challenged (step)));
  curl_easy_setopt (easy, CURLOPT_FORBID_REUSE, http->keep_alive ? 0L : 1L);
  /* Empty texts: no proxy, and no look at the environment for every transfer. */
  curl_easy_setopt (easy, CURLOPT_PROXY, http->proxy != NULL ? http->proxy : "");
  curl_easy_setopt (easy, CURLOPT_NOPROXY, http->proxy != NULL ? NULL : "");
  curl_easy_setopt (easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_easy_setopt (easy, CURLOPT_USERAGENT, step->has_presets ? NULL : http->user_agent);
  /* A line that holds no cookie only turns the jar on. CURLOPT_COOKIEFILE, which is there for that,
   * makes a list that curl_easy_reset() leaks (7.88). */
  if (http->cookies)
    curl_easy_setopt (easy, CURLOPT_COOKIELIST, "Set-Cookie:");
  if (http->decompress)
    curl_easy_setopt (easy, CURLOPT_ACCEPT_ENCODING, "");
  if (step->resolve != NULL)
    curl_easy_setopt (easy, CURLOPT_RESOLVE, step->resolve);
}

static CURLSH *
get_share (LfExchange *self, LfHttpVersion version)
{
  CURLSH **share = &self->shares[version];

  if (*share == NULL)
    {
      *share = curl_share_init ();
      curl_share_setopt (*share, CURLSHOPT_SHARE, CURL_LOCK_DATA_CONNECT);
    }
  return *share;
}

static void
sign_in (CURL *easy, long way, const char *name, const char *secret)
{
  curl_easy_setopt (easy, CURLOPT_HTTPAUTH, way);
  curl_easy_setopt (easy, CURLOPT_USERNAME, name);
  curl_easy_setopt (easy, CURLOPT_PASSWORD, secret != NULL ? secret : "");
}

static void
configure_auth (CURL *easy, const LfPlanStep *step)
{
  switch (step->auth != NULL ? step->auth->auth_type : LF_AUTH_NONE)
    {
    case LF_AUTH_BASIC:
      sign_in (easy, (long) CURLAUTH_BASIC, step->auth->username, step->auth->password);
      break;
    case LF_AUTH_DIGEST:
      sign_in (easy, (long) CURLAUTH_DIGEST, step->auth->username, step->auth->password);
      break;
    case LF_AUTH_AWS_SIG_V4:
      sign_in (easy, (long) CURLAUTH_AWS_SIGV4, step->auth->access_key, step->auth->secret_key);
      curl_easy_setopt (easy, CURLOPT_AWS_SIGV4, step->sigv4);
      /* "Expect" cannot be left out of what is signed, so at least nobody waits for its answer. */
      curl_easy_setopt (easy, CURLOPT_EXPECT_100_TIMEOUT_MS, 1L);
      break;
    default: /* its header is among the step's */
      break;
    }
}

void
_lf_curl_configure (LfExchange *self, const LfPlanStep *step)
{
  CURL *easy = self->easy;

  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (easy, CURLOPT_QUICK_EXIT, 1L); /* no waiting for a name that nobody resolves */
  curl_easy_setopt (easy, CURLOPT_PRIVATE, self);
  curl_easy_setopt (easy, CURLOPT_SHARE, get_share (self, step->http->version));
  curl_easy_setopt (easy, CURLOPT_ERRORBUFFER, self->words);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, discard_cb);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, self);
  curl_easy_setopt (easy, CURLOPT_HEADERFUNCTION, header_cb);
  curl_easy_setopt (easy, CURLOPT_HEADERDATA, self);
  curl_easy_setopt (easy, CURLOPT_PREREQFUNCTION, prereq_cb);
  curl_easy_setopt (easy, CURLOPT_PREREQDATA, self);
  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (easy, CURLOPT_URL, step->url);
  curl_easy_setopt (easy, CURLOPT_CURLU, step->parsed_url);
  self->headers = step->headers;
  curl_easy_setopt (easy, CURLOPT_HTTPHEADER, self->headers);
  configure_auth (easy, step);
  configure_http (easy, step);
  _lf_curl_configure_tls (easy, step->http->tls);
  configure_body (self, step);
  configure_method (easy, step);
  self->configured = step->step;
  self->version = step->http->version;
  self->buffer_size = 0;
  _lf_curl_adapt_buffer (self);
  self->token = step->token;
  self->token_number = 0;
}

void
_lf_curl_renew_token (LfExchange *self)
{
  g_autofree char *text = lf_token_copy (self->token, &self->token_number);

  curl_easy_setopt (self->easy, CURLOPT_HTTPAUTH, (long) CURLAUTH_BEARER);
  curl_easy_setopt (self->easy, CURLOPT_XOAUTH2_BEARER, text);
}
