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
