#include "config.h"

#include "lf-set-cookie.h"

#include <curl/curl.h>
#include <string.h>

typedef struct
{
  const char *domain; /* NULL: the host's own */
  const char *path;
  gboolean secure;
  gint64 expires; /* s since 1970; 0: with the session */
  gboolean has_max_age;
} Attributes;

/* RFC 6265, section 5.1.3. */
static gboolean
covers (const char *domain, const char *host)
{
  gsize n = strlen (domain);
  gsize all = strlen (host);

  if (g_ascii_strcasecmp (domain, host) == 0)
    return TRUE;
  return all > n && n > 0 && host[all - n - 1] == '.' && !g_hostname_is_ip_address (host) &&
         g_ascii_strcasecmp (host + all - n, domain) == 0;
}

static void
read_max_age (Attributes *self, const char *value, gint64 now)
{
  char *rest = NULL;
  gint64 seconds = g_ascii_strtoll (value, &rest, 10);

  if (*value == '\0' || *rest != '\0')
    return;
  /* 1 is long ago. */
  self->expires = seconds <= 0 ? 1 : now + MIN (seconds, G_MAXINT);
  self->has_max_age = TRUE;
}

static void
read_expires (Attributes *self, const char *value)
{
  gint64 date = curl_getdate (value, NULL);

  /* -1 is no date at all; 0, the usual word for "delete it", is no date to curl's file of cookies.
   */
  if (date >= 0)
    self->expires = MAX (date, 1);
}

/* Which a line of the file cannot hold. */
static gboolean
has_tab (const char *text)
{
  return text != NULL && strchr (text, '\t') != NULL;
}

static void
read_attribute (Attributes *self, char *text, gint64 now)
{
  char *value = strchr (text, '=');

  if (value != NULL)
    *value++ = '\0';
  g_strstrip (text);
  value = value != NULL ? g_strstrip (value) : text + strlen (text);
  if (g_ascii_strcasecmp (text, "Domain") == 0 && *value != '\0')
    self->domain = *value == '.' ? value + 1 : value;
  else if (g_ascii_strcasecmp (text, "Path") == 0 && *value == '/')
    self->path = value;
  else if (g_ascii_strcasecmp (text, "Secure") == 0)
    self->secure = TRUE;
  else if (g_ascii_strcasecmp (text, "Max-Age") == 0)
    read_max_age (self, value, now);
  else if (g_ascii_strcasecmp (text, "Expires") == 0 && !self->has_max_age)
    read_expires (self, value);
}

/* RFC 6265, section 5.1.4. */
static char *
folder_of (const char *path)
{
  gsize length = strcspn (path, "?#");
  const char *slash = g_strrstr_len (path, (gssize) length, "/");

  return slash == NULL || slash == path ? g_strdup ("/") : g_strndup (path, (gsize) (slash - path));
}

char *
lf_set_cookie_to_netscape (const char *line, const char *host, const char *path, gint64 now)
{
  const char *colon = strchr (line, ':');
  g_auto (GStrv) parts = g_strsplit (colon != NULL ? colon + 1 : "", ";", -1);
  char *value = parts[0] != NULL ? strchr (parts[0], '=') : NULL;
  g_autofree char *folder = folder_of (path);
  Attributes attributes = { .path = folder };

  if (value == NULL)
    return NULL;
  *value++ = '\0';
  for (guint i = 1; parts[i] != NULL; i++)
    read_attribute (&attributes, parts[i], now);
  g_strstrip (value);
  if (has_tab (g_strstrip (parts[0])) || has_tab (value) || has_tab (attributes.path) ||
      has_tab (attributes.domain))
    return NULL;
  if (*parts[0] == '\0' || (attributes.domain != NULL && !covers (attributes.domain, host)))
    return NULL;
  return g_strdup_printf ("%s\t%s\t%s\t%s\t%" G_GINT64_FORMAT "\t%s\t%s",
                          attributes.domain != NULL ? attributes.domain : host,
                          attributes.domain != NULL ? "TRUE" : "FALSE", attributes.path,
                          attributes.secure ? "TRUE" : "FALSE", attributes.expires, parts[0],
                          value);
}
