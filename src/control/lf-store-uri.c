#include "config.h"

#include "lf-store-uri.h"

#include <string.h>

/* The part before the servers, "USER" or "USER:PASSWORD"; its length in *@length, 0 where there is
 * none. */
static const char *
find_user (const char *uri, gsize *length)
{
  const char *from = strstr (uri, "://");
  const char *at = NULL;

  if (from != NULL)
    {
      from += strlen ("://");
      at = g_strrstr_len (from, (gssize) strcspn (from, "/?"), "@");
    }
  *length = at != NULL ? (gsize) (at - from) : 0;
  return from;
}

LfStoreUriProblem
lf_store_uri_check (const char *uri)
{
  const char *host = strstr (uri, "://");
  gsize user;

  if (!g_str_has_prefix (uri, "mongodb://") && !g_str_has_prefix (uri, "mongodb+srv://"))
    return LF_STORE_URI_SCHEME;
  host = find_user (uri, &user);
  if (user > 0)
    host += user + 1;
  return *host == '\0' || strchr ("/?:", *host) != NULL ? LF_STORE_URI_HOST : LF_STORE_URI_GOOD;
}

char *
lf_store_uri_get_password (const char *uri)
{
  gsize length;
  const char *user = find_user (uri, &length);
  const char *colon = length > 0 ? memchr (user, ':', length) : NULL;

  return colon != NULL ? g_uri_unescape_segment (colon + 1, user + length, NULL) : NULL;
}

char *
lf_store_uri_with_password (const char *uri, const char *password)
{
  gsize length;
  const char *user = find_user (uri, &length);
  const char *colon = length > 0 ? memchr (user, ':', length) : NULL;
  gsize named = colon != NULL ? (gsize) (colon - user) : length;
  g_autofree char *escaped =
      password != NULL && *password != '\0' ? g_uri_escape_string (password, NULL, FALSE) : NULL;

  if (length == 0) /* a password is nobody's without a name */
    return g_strdup (uri);
  return g_strdup_printf ("%.*s%s%s%s", (int) (user - uri + (gssize) named), uri,
                          escaped != NULL ? ":" : "", escaped != NULL ? escaped : "",
                          user + length);
}

char *
lf_store_uri_get_user (const char *uri)
{
  gsize length;
  const char *user = find_user (uri, &length);
  const char *colon = length > 0 ? memchr (user, ':', length) : NULL;

  return length > 0 ? g_uri_unescape_segment (user, colon != NULL ? colon : user + length, NULL)
                    : NULL;
}

char *
lf_store_uri_with_user (const char *uri, const char *user)
{
  gsize length;
  const char *old = find_user (uri, &length);
  const char *colon = length > 0 ? memchr (old, ':', length) : NULL;
  const char *password = colon != NULL ? colon : length > 0 ? old + length : "";
  g_autofree char *escaped = NULL;

  if (old == NULL)
    return g_strdup (uri);
  if (user == NULL || *user == '\0')
    return g_strdup_printf ("%.*s%s", (int) (old - uri), uri, old + length + (length > 0 ? 1 : 0));
  escaped = g_uri_escape_string (user, NULL, FALSE);
  return g_strdup_printf ("%.*s%s%.*s@%s", (int) (old - uri), uri, escaped,
                          colon != NULL ? (int) (old + length - colon) : 0, password,
                          old + length + (length > 0 ? 1 : 0));
}

/* Source: MongoDB's authentication mechanisms; these know a user by something else. */
static gboolean
signs_in_by_password (const char *uri)
{
  static const char *const others[] = { "MONGODB-X509", "MONGODB-AWS", "MONGODB-OIDC", "GSSAPI" };
  g_autofree char *mechanism = lf_store_uri_get_option (uri, "authMechanism");

  for (guint i = 0; mechanism != NULL && i < G_N_ELEMENTS (others); i++)
    if (g_ascii_strcasecmp (mechanism, others[i]) == 0)
      return FALSE;
  return TRUE;
}

gboolean
lf_store_uri_lacks_password (const char *uri)
{
  gsize length;
  const char *user = find_user (uri, &length);

  return length > 0 && memchr (user, ':', length) == NULL && signs_in_by_password (uri);
}

static char **
split_options (const char *uri)
{
  const char *query = strchr (uri, '?');

  return g_strsplit (query != NULL ? query + 1 : "", "&", -1);
}

/* Names of options are the same in any case. Its value, still escaped. */
static const char *
match_option (const char *option, const char *name)
{
  gsize length = strlen (name);

  return g_ascii_strncasecmp (option, name, length) == 0 && option[length] == '='
             ? option + length + 1
             : NULL;
}

char *
lf_store_uri_get_option (const char *uri, const char *name)
{
  g_auto (GStrv) options = split_options (uri);

  for (guint i = 0; options[i] != NULL; i++)
    {
      const char *value = match_option (options[i], name);

      if (value != NULL)
        return g_uri_unescape_string (value, NULL);
    }
  return NULL;
}

/* Options follow a slash, whether or not a database is named before. */
static const char *
get_slash (const char *uri, gsize length)
{
  const char *host = strstr (uri, "://");

  return host == NULL || memchr (host + 3, '/', (gsize) (uri + length - host - 3)) != NULL ? ""
                                                                                           : "/";
}

char *
lf_store_uri_with_option (const char *uri, const char *name, const char *value)
{
  gsize length = strcspn (uri, "?");
  g_auto (GStrv) options = split_options (uri);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  g_autofree char *added = NULL;
  g_autofree char *joined = NULL;

  for (guint i = 0; options[i] != NULL; i++)
    if (*options[i] != '\0' && match_option (options[i], name) == NULL)
      g_ptr_array_add (kept, options[i]);
  if (value != NULL && *value != '\0')
    {
      g_autofree char *escaped = g_uri_escape_string (value, "/", TRUE);

      added = g_strdup_printf ("%s=%s", name, escaped);
      g_ptr_array_add (kept, added);
    }
  if (kept->len == 0)
    return g_strndup (uri, length);
  g_ptr_array_add (kept, NULL);
  joined = g_strjoinv ("&", (char **) kept->pdata);
  return g_strdup_printf ("%.*s%s?%s", (int) length, uri, get_slash (uri, length), joined);
}
