#include "config.h"

#include "lf-token.h"

#include "lf-curl-transport-private.h"
#include "lf-error-code.h"
#include "lf-json.h"
#include "lf-kept-words.h"
#include "lf-plan-private.h"

#include <stdatomic.h>

#define MOST_ANSWER (256 * 1024)

/* Renewed so long before it runs out, or when a quarter of its life is left. */
#define MARGIN (30 * G_USEC_PER_SEC)

/* What failed is tried again; meanwhile the old token is used. */
#define RETRY_AFTER (5 * G_USEC_PER_SEC)

/* A target that refuses every token must not turn the load on the one who gives them out: the
 * pauses between renewals that it asks for grow from the first to the second. */
#define FIRST_PAUSE G_USEC_PER_SEC
#define LAST_PAUSE  (64 * G_USEC_PER_SEC)

/* As long as anyone keeps one; more would not fit a gint64 in us. */
#define LONGEST_LIFE (10.0 * 365 * 24 * 3600)

struct _LfToken
{
  CURLM *multi;
  const LfAuth *auth;
  const LfHttpOptions *http;
  struct curl_slist *resolve;
  char *shown_url;

  GMutex lock;
  char *text;            /* under the lock */
  _Atomic guint number;  /* of @text */
  _Atomic guint refused; /* the number that a target refused last */

  /* Of the keeper's thread. */
  CURL *easy;
  GString *answer;
  gboolean in_body; /* id and secret go there, for servers that know no other way */
  gboolean settled; /* this way has worked */
  guint status;
  gint64 fetched; /* monotonic us */
  gint64 renew_at;
  gint64 pause;
  char words[CURL_ERROR_SIZE];
};

LfToken *
lf_token_new (CURLM *multi,
              const LfAuth *auth,
              const LfHttpOptions *http,
              struct curl_slist *resolve)
{
  LfToken *self = g_new0 (LfToken, 1);

  self->multi = multi;
  self->auth = auth;
  self->http = http;
  self->resolve = resolve;
  self->shown_url = _lf_plan_hide_user (auth->token_url);
  g_mutex_init (&self->lock);
  self->answer = g_string_new (NULL);
  self->pause = FIRST_PAUSE;
  return self;
}

void
lf_token_free (LfToken *self)
{
  curl_easy_cleanup (self->easy);
  g_string_free (self->answer, TRUE);
  g_mutex_clear (&self->lock);
  g_free (self->text);
  g_free (self->shown_url);
  g_free (self);
}

gboolean
lf_token_is_for (const LfToken *self, const LfAuth *auth)
{
  return g_strcmp0 (self->auth->token_url, auth->token_url) == 0 &&
         g_strcmp0 (self->auth->client_id, auth->client_id) == 0 &&
         g_strcmp0 (self->auth->client_secret, auth->client_secret) == 0 &&
         g_strcmp0 (self->auth->scope, auth->scope) == 0;
}

guint
lf_token_get_number (LfToken *self)
{
  return atomic_load_explicit (&self->number, memory_order_acquire);
}

char *
lf_token_copy (LfToken *self, guint *number)
{
  char *text;

  g_mutex_lock (&self->lock);
  text = g_strdup (self->text);
  *number = lf_token_get_number (self);
  g_mutex_unlock (&self->lock);
  return text;
}

void
lf_token_refuse (LfToken *self, guint number)
{
  if (number == 0 || number != lf_token_get_number (self) ||
      atomic_exchange (&self->refused, number) == number)
    return;
  curl_multi_wakeup (self->multi);
}

gint64
lf_token_get_due (LfToken *self)
{
  guint number = lf_token_get_number (self);

  if (number > 0 && atomic_load (&self->refused) == number)
    return MIN (self->renew_at, self->fetched + self->pause);
  return self->renew_at;
}

static size_t
take_answer_cb (char *data, size_t size, size_t n, void *user_data)
{
  LfToken *self = user_data;

  if (self->answer->len + size * n > MOST_ANSWER)
    return 0;
  g_string_append_len (self->answer, data, (gssize) (size * n));
  return size * n;
}

static void
add_field (GString *form, const char *name, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  g_string_append_printf (form, "&%s=", name);
  g_string_append_uri_escaped (form, value, NULL, FALSE);
}

static void
sign_in (LfToken *self, GString *form)
{
  g_autofree char *id = g_uri_escape_string (self->auth->client_id, NULL, FALSE);
  g_autofree char *secret = g_uri_escape_string (self->auth->client_secret, NULL, FALSE);

  if (self->in_body)
    {
      add_field (form, "client_id", self->auth->client_id);
      add_field (form, "client_secret", self->auth->client_secret);
      return;
    }
  curl_easy_setopt (self->easy, CURLOPT_HTTPAUTH, (long) CURLAUTH_BASIC);
  curl_easy_setopt (self->easy, CURLOPT_USERNAME, id);
  curl_easy_setopt (self->easy, CURLOPT_PASSWORD, secret);
}

static void
configure (LfToken *self, CURL *easy)
{
  const LfHttpOptions *http = self->http;

  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  /* A name that nobody looks up in time keeps no run from ending. */
  curl_easy_setopt (easy, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt (easy, CURLOPT_ERRORBUFFER, self->words);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, take_answer_cb);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, self);
  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (easy, CURLOPT_URL, self->auth->token_url);
  curl_easy_setopt (easy, CURLOPT_TIMEOUT_MS, MAX ((long) (http->timeout * 1000), 1L));
  curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT_MS,
                    MAX ((long) (http->connect_timeout * 1000), 1L));
  curl_easy_setopt (easy, CURLOPT_PROXY, http->proxy != NULL ? http->proxy : "");
  curl_easy_setopt (easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_easy_setopt (easy, CURLOPT_USERAGENT, http->user_agent);
  curl_easy_setopt (easy, CURLOPT_FORBID_REUSE, 1L);
  if (self->resolve != NULL)
    curl_easy_setopt (easy, CURLOPT_RESOLVE, self->resolve);
  _lf_curl_configure_tls (easy, http->tls);
}

CURL *
lf_token_begin (LfToken *self)
{
  g_autoptr (GString) form = g_string_new ("grant_type=client_credentials");

  if (self->easy == NULL)
    self->easy = curl_easy_init ();
  else
    curl_easy_reset (self->easy);
  configure (self, self->easy);
  add_field (form, "scope", self->auth->scope);
  sign_in (self, form);
  curl_easy_setopt (self->easy, CURLOPT_POSTFIELDSIZE, (long) form->len);
  curl_easy_setopt (self->easy, CURLOPT_COPYPOSTFIELDS, form->str);
  self->words[0] = '\0';
  g_string_truncate (self->answer, 0);
  return self->easy;
}

/* A token stands in a line of every request's head. */
static gboolean
is_fit_for_header (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text <= ' ' || (guchar) *text >= 0x7f)
      return FALSE;
  return TRUE;
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* s; 0 where nothing is said. Some write the number as a text. */
static double
get_life (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "expires_in");
  const char *text = get_text (object, "expires_in");
  double life = 0;

  if (text != NULL)
    life = g_ascii_strtod (text, NULL);
  else if (node != NULL && JSON_NODE_HOLDS_VALUE (node))
    life = json_node_get_double (node);
  return life > 0 ? MIN (life, LONGEST_LIFE) : 0;
}

static gint64
choose_renewal (gint64 now, double life)
{
  gint64 us = (gint64) (life * G_USEC_PER_SEC);

  return us > 0 ? now + us - MIN (MARGIN, us / 4) : G_MAXINT64;
}

/* What the server says of it, as far as it fits a line and tells no secret. */
static char *
quote (LfToken *self, JsonObject *object)
{
  const char *error = get_text (object, "error");
  const char *description = get_text (object, "error_description");
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  if (error == NULL)
    return g_strdup ("");
  text = g_strdup_printf ("%.60s%s%.200s", error, description != NULL ? ": " : "",
                          description != NULL ? description : "");
  if (strstr (text, self->auth->client_secret) != NULL)
    return g_strdup ("");
  line = g_strescape (text, "\"");
  return g_strdup_printf (" “%s”", line);
}

static gboolean
take_token (LfToken *self, JsonObject *object, char **words)
{
  const char *text = get_text (object, "access_token");
  const char *type = get_text (object, "token_type");
  double life;

  if (text == NULL || *text == '\0' || !is_fit_for_header (text))
    *words = g_strdup ("the answer has no access_token that fits a header; check tokenUrl");
  else if (type != NULL && g_ascii_strcasecmp (type, "bearer") != 0)
    *words = g_strdup_printf ("the token is of the type “%.60s”; only bearer can be sent", type);
  if (*words != NULL)
    return FALSE;
  life = get_life (object);
  g_mutex_lock (&self->lock);
  g_free (self->text);
  self->text = g_strdup (text);
  atomic_fetch_add (&self->number, 1);
  g_mutex_unlock (&self->lock);
  self->renew_at = choose_renewal (self->fetched, life);
  *words = life > 0 ? lf_kept_printf ("given for %.6g s", life)
                    : g_strdup ("given; when it runs out is not said");
  return TRUE;
}

static gboolean
read_answer (LfToken *self, char **words)
{
  g_autoptr (JsonNode) node =
      lf_json_from_text (self->answer->str, (gssize) self->answer->len, NULL);
  JsonObject *object =
      node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *said = NULL;

  if (self->status == 200 && object != NULL)
    return take_token (self, object, words);
  said = quote (self, object);
  if (self->status == 200)
    *words = g_strdup ("the answer is no JSON object; check tokenUrl");
  else if (self->status >= 300 && self->status < 400)
    *words = g_strdup_printf ("answered with a redirect (%u), which gets no secret; name the last "
                              "URL in tokenUrl",
                              self->status);
  else
    *words =
        g_strdup_printf ("answered %u%s (%u); check tokenUrl, clientId, clientSecret and scope",
                         self->status, said, 1000 + self->status);
  return FALSE;
}

static char *
describe_failure (LfToken *self, CURLcode result)
{
  guint code = result == CURLE_WRITE_ERROR ? LF_ERROR_CODE_PROTOCOL
                                           : _lf_curl_error_code (self->easy, result, self->words);

  return g_strdup_printf ("%s (%u); check tokenUrl, and that this machine can reach it",
                          lf_error_code_message (code), code);
}

/* @refused: it was fetched because a target took the old one no longer. */
static void
schedule_next (LfToken *self, gboolean refused, gboolean ok)
{
  if (!ok)
    self->renew_at = self->fetched + RETRY_AFTER;
  if (refused)
    self->pause = MIN (self->pause * 2, LAST_PAUSE);
  else if (ok)
    self->pause = FIRST_PAUSE;
}

gboolean
lf_token_end (LfToken *self, CURLcode result, char **words)
{
  guint number = lf_token_get_number (self);
  gboolean refused = number > 0 && atomic_load (&self->refused) == number;
  g_autofree char *came = NULL;
  gboolean ok = FALSE;
  long status = 0;

  self->fetched = g_get_monotonic_time ();
  curl_easy_getinfo (self->easy, CURLINFO_RESPONSE_CODE, &status);
  self->status = result == CURLE_OK ? (guint) status : 0;
  if (result == CURLE_OK)
    ok = read_answer (self, &came);
  else
    came = describe_failure (self, result);
  self->settled |= ok;
  schedule_next (self, refused, ok);
  g_string_truncate (self->answer, 0);
  *words = g_strdup_printf ("%s of client “%s” at %s: %s", ok ? "Token" : "No token",
                            self->auth->client_id, self->shown_url, came);
  return ok;
}

gboolean
lf_token_may_retry (LfToken *self)
{
  if (self->settled || self->in_body || (self->status != 400 && self->status != 401))
    return FALSE;
  self->in_body = TRUE;
  return TRUE;
}
