#include "config.h"

#include "lf-plan-private.h"

static void
append_pair (GString *text, const char *name, const char *value)
{
  if (text->len > 0)
    g_string_append_c (text, '&');
  g_string_append_uri_escaped (text, name, NULL, FALSE);
  g_string_append_c (text, '=');
  g_string_append_uri_escaped (text, value != NULL ? value : "", NULL, FALSE);
}

char *
_lf_plan_join_rows (const GPtrArray *rows)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const LfRow *row = rows->pdata[i];

      if (row->enabled && row->name != NULL && *row->name != '\0')
        append_pair (text, row->name, row->value);
    }
  return g_string_free (text, FALSE);
}

/* A host in any script, as the name service knows it. */
static void
append_host (GString *text, const char *host)
{
  g_autofree char *name = g_strndup (host, *host == '[' ? strlen (host) : strcspn (host, ":"));
  g_autofree char *ascii = g_str_is_ascii (name) ? NULL : g_hostname_to_ascii (name);

  g_string_append (text, ascii != NULL ? ascii : name);
  g_string_append (text, host + strlen (name));
}

/* Path and query may be written in any script, too; they travel percent-encoded. */
static char *
escape (const char *url)
{
  const char *authority = strstr (url, "://") + 3;
  const char *path = authority + strcspn (authority, "/?");
  g_autofree char *host = g_strndup (authority, (gsize) (path - authority));
  const char *at = strrchr (host, '@');
  gsize user = at != NULL ? (gsize) (at + 1 - host) : 0;
  GString *text = g_string_new_len (url, authority - url);

  g_string_append_len (text, host, (gssize) user);
  append_host (text, host + user);
  for (; *path != '\0'; path++)
    if ((guchar) *path < 0x80)
      g_string_append_c (text, *path);
    else
      g_string_append_printf (text, "%%%02X", (guint) (guchar) *path);
  return g_string_free (text, FALSE);
}

char *
_lf_plan_hide_user (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);

  return uri != NULL ? g_uri_to_string_partial (uri, G_URI_HIDE_USERINFO) : g_strdup ("");
}

char *
_lf_plan_join_url (const LfStep *source)
{
  g_autofree char *whole = g_strndup (source->url, strcspn (source->url, "#"));
  g_autofree char *url = escape (whole);
  g_autofree char *query = _lf_plan_join_rows (source->params);

  if (*query == '\0')
    return g_steal_pointer (&url);
  return g_strconcat (url, strchr (url, '?') != NULL ? "&" : "?", query, NULL);
}

char *
_lf_plan_add_param (const char *url, const char *name, const char *value)
{
  g_autoptr (GString) query = g_string_new (NULL);

  append_pair (query, name, value);
  return g_strconcat (url, strchr (url, '?') != NULL ? "&" : "?", query->str, NULL);
}

/* "name=value" as it comes, written in the one way; NULL where it is no percent-encoding. */
static char *
rewrite_pair (const char *pair)
{
  g_autoptr (GString) spaced = g_string_new (pair);
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;
  GString *text;
  gsize n;

  g_string_replace (spaced, "+", "%20", 0);
  n = strcspn (spaced->str, "=");
  name = g_uri_unescape_segment (spaced->str, spaced->str + n, NULL);
  value = g_uri_unescape_string (spaced->str + n + (spaced->str[n] == '='), NULL);
  if (name == NULL || value == NULL)
    return NULL;
  text = g_string_new (NULL);
  append_pair (text, name, value);
  return g_string_free (text, FALSE);
}

/* By name, then by value: "=" sorts before all that a name can hold. */
static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const char *one = *(const char *const *) a, *other = *(const char *const *) b;
  gsize n = strcspn (one, "="), m = strcspn (other, "=");
  int order = memcmp (one, other, MIN (n, m));

  if (order == 0 && n != m)
    return n < m ? -1 : 1;
  return order != 0 ? order : strcmp (one + n, other + m);
}

char *
_lf_plan_sort_query (const char *url)
{
  const char *query = strchr (url, '?');
  g_auto (GStrv) pairs = NULL;
  g_autofree char *sorted = NULL;

  if (query == NULL || query[1] == '\0')
    return g_strdup (url);
  pairs = g_strsplit (query + 1, "&", -1);
  for (char **pair = pairs; *pair != NULL; pair++)
    {
      char *rewritten = rewrite_pair (*pair);

      if (rewritten == NULL)
        return g_strdup (url);
      g_free (*pair);
      *pair = rewritten;
    }
  qsort (pairs, g_strv_length (pairs), sizeof *pairs, compare_pairs);
  sorted = g_strjoinv ("&", pairs);
  return g_strdup_printf ("%.*s?%s", (int) (query - url), url, sorted);
}
