#include "config.h"

#include "lf-guard.h"

#include "lf-http-error.h"

#include <string.h>

#define BURST        4000u     /* requests of one address at once */
#define REFILL       0.25      /* of these, each second */
#define HEALTH_COST  0.1       /* of one that reads nothing */
#define WRONG_RATE   (1 / 3.0) /* wrong tokens a second of one address */
#define WRONG_BURST  20.0
#define MOST_HEADERS 64
#define HEADER_BYTES (16 * 1024)
#define MOST_SOURCES 4096 /* addresses that are remembered */

/* How much one address may still ask for. */
typedef struct
{
  gint64 seen; /* us */
  double requests;
  double wrong;
} Source;

struct _LfGuard
{
  LfAccessTokens *tokens;
  gboolean require_token;
  gboolean tls;
  char **hosts;
  double burst;
  GHashTable *sources; /* address without port -> Source */
};

LfGuard *
lf_guard_new (const LfGuardOptions *options, GError **error)
{
  g_autoptr (LfGuard) self = g_new0 (LfGuard, 1);

  self->tokens = lf_access_tokens_new (options->token_file);
  self->require_token = options->require_token;
  self->tls = options->tls;
  self->hosts = g_strdupv ((char **) options->hosts);
  self->burst = options->requests > 0 ? options->requests : BURST;
  self->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!lf_access_tokens_reload (self->tokens, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
lf_guard_free (LfGuard *self)
{
  lf_access_tokens_free (self->tokens);
  g_strfreev (self->hosts);
  g_hash_table_unref (self->sources);
  g_free (self);
}

void
lf_access_clear (LfAccess *access)
{
  g_clear_pointer (&access->token_id, g_free);
  g_clear_pointer (&access->name, g_free);
  access->role = LF_ROLE_NOBODY;
}

static gboolean
is_old (gpointer key, gpointer value, gpointer now)
{
  return *(gint64 *) now - ((Source *) value)->seen > 60 * G_USEC_PER_SEC;
}

static Source *
add_source (LfGuard *self, char *host, gint64 now)
{
  Source *source = g_new (Source, 1);

  *source = (Source){ .seen = now, .requests = self->burst, .wrong = WRONG_BURST };
  if (g_hash_table_size (self->sources) >= MOST_SOURCES)
    g_hash_table_foreach_remove (self->sources, is_old, &now);
  if (g_hash_table_size (self->sources) >= MOST_SOURCES)
    g_hash_table_remove_all (self->sources);
  g_hash_table_insert (self->sources, host, source);
  return source;
}

/* With what has been given back since it was last seen. */
static Source *
find_source (LfGuard *self, GSocketAddress *address)
{
  gint64 now = g_get_monotonic_time ();
  g_autofree char *host = G_IS_INET_SOCKET_ADDRESS (address)
                              ? g_inet_address_to_string (g_inet_socket_address_get_address (
                                    G_INET_SOCKET_ADDRESS (address)))
                              : g_strdup ("");
  Source *source = g_hash_table_lookup (self->sources, host);
  double seconds;

  if (source == NULL)
    return add_source (self, g_steal_pointer (&host), now);
  seconds = (double) (now - source->seen) / G_USEC_PER_SEC;
  source->requests = MIN (self->burst, source->requests + seconds * self->burst * REFILL);
  source->wrong = MIN (WRONG_BURST, source->wrong + seconds * WRONG_RATE);
  source->seen = now;
  return source;
}

static gboolean
refuse (GError **error, guint status, const char *detail)
{
  g_set_error_literal (error, LF_HTTP_ERROR, (int) status, detail);
  return FALSE;
}

/* "[::1]:80" -> "::1", "name:80" -> "name"; NULL where it is neither. */
static char *
host_of (const char *authority)
{
  const char *end;

  if (authority == NULL)
    return NULL;
  if (*authority == '[')
    {
      end = strchr (authority, ']');
      return end != NULL ? g_strndup (authority + 1, (gsize) (end - authority - 1)) : NULL;
    }
  end = strchr (authority, ':');
  return end != NULL ? g_strndup (authority, (gsize) (end - authority)) : g_strdup (authority);
}

/* An address is never somebody else's name for us, which is what DNS rebinding needs. */
static gboolean
is_ours (LfGuard *self, const char *host)
{
  if (host == NULL || *host == '\0')
    return FALSE;
  if (g_hostname_is_ip_address (host) || g_ascii_strcasecmp (host, "localhost") == 0 ||
      g_ascii_strcasecmp (host, g_get_host_name ()) == 0)
    return TRUE;
  for (guint i = 0; self->hosts != NULL && self->hosts[i] != NULL; i++)
    if (g_ascii_strcasecmp (host, self->hosts[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
check_origin (LfGuard *self, SoupMessageHeaders *headers, const char *host, GError **error)
{
  const char *origin = soup_message_headers_get_one (headers, "Origin");
  const char *site = soup_message_headers_get_one (headers, "Sec-Fetch-Site");
  g_autofree char *own = g_strconcat (self->tls ? "https://" : "http://", host, NULL);

  if (origin != NULL && g_ascii_strcasecmp (origin, own) != 0)
    return refuse (error, 403, "a page of another site may not use this server");
  /* What a browser sends without an Origin: pictures, scripts and links of other sites. */
  if (origin == NULL && g_strcmp0 (site, "cross-site") == 0 &&
      g_strcmp0 (soup_message_headers_get_one (headers, "Sec-Fetch-Mode"), "navigate") != 0)
    return refuse (error, 403, "a page of another site may not use this server");
  return TRUE;
}

/* What stands in a URL stands in histories, logs and proxies. */
static gboolean
check_query (SoupServerMessage *message, GError **error)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  g_autofree char *lower = query != NULL ? g_ascii_strdown (query, -1) : NULL;

  if (lower != NULL &&
      (strstr (lower, "token=") != NULL || strstr (lower, "authorization=") != NULL))
    return refuse (error, 400,
                   "a token does not belong into a URL; send it as Authorization: Bearer TOKEN, "
                   "and revoke this one");
  return TRUE;
}

static gboolean
check_headers (SoupMessageHeaders *headers, GError **error)
{
  SoupMessageHeadersIter iter;
  const char *name, *value;
  guint n = 0;
  gsize bytes = 0;

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    {
      n++;
      bytes += strlen (name) + strlen (value);
    }
  return (n <= MOST_HEADERS && bytes <= HEADER_BYTES) ||
         refuse (error, 431, "more than 64 header fields, or more than 16 KiB of them");
}

static double
cost_of (SoupServerMessage *message)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));

  return strcmp (path, "/healthz") == 0 ? HEALTH_COST : 1;
}

gboolean
lf_guard_check_source (LfGuard *self, SoupServerMessage *message, GError **error)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  Source *source = find_source (self, soup_server_message_get_remote_address (message));
  const char *authority = soup_message_headers_get_one (headers, "Host");
  g_autofree char *host = host_of (authority);

  if (source->requests < 1)
    return refuse (error, 429, "too many requests; ask again in a second");
  source->requests -= cost_of (message);
  if (!check_headers (headers, error))
    return FALSE;
  if (!is_ours (self, host))
    return refuse (error, 421,
                   "this server is not called so; use its address, or start it with --allow-host");
  return check_origin (self, headers, authority, error) && check_query (message, error);
}

gboolean
lf_guard_check_text (LfGuard *self,
                     const char *token,
                     GSocketAddress *address,
                     LfAccess *access,
                     GError **error)
{
  Source *source = find_source (self, address);
  const LfAccessToken *found;

  lf_access_clear (access);
  if (token == NULL && !self->require_token)
    {
      access->role = LF_ROLE_OPERATOR;
      return TRUE;
    }
  if (token == NULL)
    return refuse (error, 401, "a token is needed: Authorization: Bearer TOKEN");
  if (source->wrong < 1)
    return refuse (error, 429, "too many wrong tokens; try again in a minute");
  found = lf_access_tokens_check (self->tokens, token);
  if (found == NULL)
    {
      source->wrong -= 1;
      return refuse (error, 401, "this token is unknown, or was revoked");
    }
  access->role = found->role;
  access->token_id = g_strdup (found->id);
  access->name = g_strdup (found->name);
  return TRUE;
}

gboolean
lf_guard_check_token (LfGuard *self, SoupServerMessage *message, LfAccess *access, GError **error)
{
  const char *header = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "Authorization");
  const char *token = NULL;

  if (header != NULL)
    {
      if (g_ascii_strncasecmp (header, "Bearer ", strlen ("Bearer ")) != 0)
        return refuse (error, 401, "only Authorization: Bearer TOKEN is understood");
      token = header + strlen ("Bearer ");
    }
  return lf_guard_check_text (self, token, soup_server_message_get_remote_address (message), access,
                              error);
}

gboolean
lf_guard_needs_token (LfGuard *self)
{
  return self->require_token;
}

gboolean
lf_guard_still_admits (LfGuard *self, const LfAccess *access)
{
  return access->token_id == NULL || lf_access_tokens_has (self->tokens, access->token_id);
}
