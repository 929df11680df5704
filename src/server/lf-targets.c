#include "config.h"

#include "lf-targets.h"

#include "lf-error.h"
#include "lf-http-error.h"
#include "lf-redact.h"

#include <string.h>

typedef struct
{
  char *host; /* lower case; "*.domain" */
  int port;   /* -1: any */
} Pattern;

struct _LfTargets
{
  GPtrArray *patterns; /* NULL: any host */
};

static void
pattern_free (gpointer data)
{
  Pattern *pattern = data;

  g_free (pattern->host);
  g_free (pattern);
}

/* "host:80", "[::1]:80", "::1" */
static Pattern *
pattern_new (const char *text)
{
  Pattern *pattern = g_new0 (Pattern, 1);
  const char *colon = strrchr (text, ':');
  g_autofree char *host = NULL;

  pattern->port = -1;
  if (colon != NULL && (strchr (text, ':') == colon || colon[-1] == ']'))
    {
      pattern->port = (int) g_ascii_strtoll (colon + 1, NULL, 10);
      host = g_strndup (text, (gsize) (colon - text));
    }
  else
    host = g_strdup (text);
  if (*host == '[' && g_str_has_suffix (host, "]"))
    {
      memmove (host, host + 1, strlen (host));
      host[strlen (host) - 1] = '\0';
    }
  pattern->host = g_ascii_strdown (host, -1);
  return pattern;
}

LfTargets *
lf_targets_new (const char *const *patterns)
{
  LfTargets *self = g_new0 (LfTargets, 1);

  if (patterns == NULL || patterns[0] == NULL)
    return self;
  self->patterns = g_ptr_array_new_with_free_func (pattern_free);
  for (guint i = 0; patterns[i] != NULL; i++)
    g_ptr_array_add (self->patterns, pattern_new (patterns[i]));
  return self;
}

void
lf_targets_free (LfTargets *self)
{
  g_clear_pointer (&self->patterns, g_ptr_array_unref);
  g_free (self);
}

static gboolean
fits (const Pattern *pattern, const char *host, int port)
{
  if (pattern->port >= 0 && pattern->port != port)
    return FALSE;
  if (g_str_has_prefix (pattern->host, "*."))
    return g_str_has_suffix (host, pattern->host + 1) && strlen (host) >= strlen (pattern->host);
  return strcmp (pattern->host, host) == 0;
}

static gboolean
allows (LfTargets *self, const char *host, int port)
{
  g_autofree char *lower = g_ascii_strdown (host, -1);

  for (guint i = 0; i < self->patterns->len; i++)
    if (fits (self->patterns->pdata[i], lower, port))
      return TRUE;
  return FALSE;
}

static gboolean
refuse (const char *pointer, const char *host, GError **error)
{
  g_autofree char *shown = lf_redact_url (host);

  g_set_error (error, LF_HTTP_ERROR, 403,
               "%s: %s is not among the hosts that remotely started runs may reach", pointer,
               shown);
  return FALSE;
}

/* What two readers of URLs could take for different hosts is refused. */
static gboolean
is_plain (const char *url)
{
  for (const char *c = url; *c != '\0'; c++)
    if ((guchar) *c <= ' ' || strchr ("\\${}<>^`|", *c) != NULL)
      return FALSE;
  return TRUE;
}

static gboolean
check_url (LfTargets *self, const char *url, const char *pointer, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  int port;

  if (url == NULL || *url == '\0')
    return TRUE; /* the spec's own checks tell that */
  if (is_plain (url))
    uri = g_uri_parse (url, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return refuse (pointer, url, error);
  port = g_uri_get_port (uri);
  if (port < 0)
    port = strcmp (g_uri_get_scheme (uri), "https") == 0 ? 443 : 80;
  return allows (self, g_uri_get_host (uri), port) || refuse (pointer, g_uri_get_host (uri), error);
}

/* "host:port:address[,address]" */
static gboolean
check_resolve (LfTargets *self, const char *entry, const char *pointer, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (entry, ":", 3);
  g_auto (GStrv) addresses = NULL;

  if (g_strv_length (parts) < 3)
    return refuse (pointer, entry, error);
  addresses = g_strsplit (parts[2], ",", -1);
  for (guint i = 0; addresses[i] != NULL; i++)
    if (!allows (self, addresses[i], (int) g_ascii_strtoll (parts[1], NULL, 10)))
      return refuse (pointer, addresses[i], error);
  return TRUE;
}

static gboolean
check_http (LfTargets *self, LfHttpOptions *http, const char *pointer, GError **error)
{
  g_autofree char *proxy = g_strconcat (pointer, "/proxy", NULL);
  g_autofree char *resolve = g_strconcat (pointer, "/resolve", NULL);
  g_autofree char *with_scheme = NULL;

  if (http == NULL)
    return TRUE;
  http->follow_redirects = FALSE;
  lf_record_set_present (http, G_STRUCT_OFFSET (LfHttpOptions, follow_redirects), TRUE);
  if (http->proxy != NULL && *http->proxy != '\0' && strstr (http->proxy, "://") == NULL)
    with_scheme = g_strconcat ("http://", http->proxy, NULL);
  if (!check_url (self, with_scheme != NULL ? with_scheme : http->proxy, proxy, error))
    return FALSE;
  for (guint i = 0; http->resolve != NULL && http->resolve[i] != NULL; i++)
    if (!check_resolve (self, http->resolve[i], resolve, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_step (LfTargets *self, const LfSpec *spec, guint n, GError **error)
{
  LfStep *step = lf_spec_get_step (spec, n);
  g_autofree char *pointer =
      spec->request != NULL ? g_strdup ("/request") : g_strdup_printf ("/steps/%u", n);
  g_autofree char *url = g_strconcat (pointer, "/url", NULL);
  g_autofree char *http = g_strconcat (pointer, "/http", NULL);
  g_autofree char *token_url = g_strconcat (pointer, "/auth/tokenUrl", NULL);

  return check_url (self, step->url, url, error) && check_http (self, step->http, http, error) &&
         (step->auth == NULL || check_url (self, step->auth->token_url, token_url, error));
}

gboolean
lf_targets_confine (LfTargets *self, LfSpec *spec, GError **error)
{
  if (self->patterns == NULL)
    return TRUE;
  if (spec->http == NULL)
    spec->http = lf_http_options_new ();
  for (guint i = 0; i < lf_spec_get_n_steps (spec); i++)
    if (!check_step (self, spec, i, error))
      return FALSE;
  return check_http (self, spec->http, "/http", error);
}

/* Calls @func for each path that @spec names. */
typedef gboolean (*PathFunc) (const char *pointer, const char *path, gpointer user_data);

typedef struct
{
  PathFunc func;
  gpointer user_data;
} Visitor;

static gboolean
visit (const Visitor *visitor, const char *path, const char *format, const char *pointer)
{
  g_autofree char *where = g_strconcat (pointer, format, NULL);

  return path == NULL || *path == '\0' || visitor->func (where, path, visitor->user_data);
}

static gboolean
visit_http (const Visitor *visitor, const LfHttpOptions *http, const char *pointer)
{
  const LfTlsOptions *tls = http != NULL ? http->tls : NULL;

  return tls == NULL || (visit (visitor, tls->ca_file, "/tls/caFile", pointer) &&
                         visit (visitor, tls->cert_file, "/tls/certFile", pointer) &&
                         visit (visitor, tls->key_file, "/tls/keyFile", pointer));
}

static gboolean
visit_body (const Visitor *visitor, const LfBody *body, const char *pointer)
{
  if (body == NULL)
    return TRUE;
  for (guint i = 0; i < body->parts->len; i++)
    {
      const LfBodyPart *part = body->parts->pdata[i];
      g_autofree char *where = g_strdup_printf ("%s/body/parts/%u", pointer, i);

      if (!visit (visitor, part->file, "/file", where))
        return FALSE;
    }
  return visit (visitor, body->file, "/body/file", pointer);
}

static gboolean
visit_spec (const Visitor *visitor, const LfSpec *spec)
{
  for (guint i = 0; i < lf_spec_get_n_steps (spec); i++)
    {
      const LfStep *step = lf_spec_get_step (spec, i);
      g_autofree char *pointer =
          spec->request != NULL ? g_strdup ("/request") : g_strdup_printf ("/steps/%u", i);
      g_autofree char *http = g_strconcat (pointer, "/http", NULL);

      if (!visit_body (visitor, step->body, pointer) || !visit_http (visitor, step->http, http))
        return FALSE;
    }
  for (guint i = 0; i < spec->data->len; i++)
    {
      g_autofree char *pointer = g_strdup_printf ("/data/%u", i);

      if (!visit (visitor, ((LfDataSource *) spec->data->pdata[i])->file, "/file", pointer))
        return FALSE;
    }
  return visit_http (visitor, spec->http, "/http");
}

/* A path stays in its part: the file of a key must not become that of a body, which is sent. */
static char *
make_key (const char *pointer, const char *path)
{
  return g_strconcat (strrchr (pointer, '/'), "=", path, NULL);
}

static gboolean
collect_path (const char *pointer, const char *path, gpointer known)
{
  g_hash_table_add (known, make_key (pointer, path));
  return TRUE;
}

typedef struct
{
  GHashTable *known;
  GError **error;
} Check;

static gboolean
check_path (const char *pointer, const char *path, gpointer user_data)
{
  const Check *check = user_data;
  g_autofree char *key = make_key (pointer, path);

  if (g_hash_table_contains (check->known, key))
    return TRUE;
  g_set_error (check->error, LF_ERROR, LF_ERROR_VALUE,
               "%s: a file of the server's machine cannot be named from elsewhere; "
               "send it to /api/attachments and name its attachmentId",
               pointer);
  return FALSE;
}

gboolean
lf_targets_check_files (const LfSpec *spec, const LfSpec *stored, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Check check = { known, error };

  if (stored != NULL)
    visit_spec (&(Visitor){ collect_path, known }, stored);
  return visit_spec (&(Visitor){ check_path, &check }, spec);
}
