#include "config.h"

#include "lf-route.h"

#include "lf-http-error.h"
#include "lf-id.h"

#include <string.h>

/* One part of a path, decoded; NULL where that is no text. */
static char *
decode (const char *part)
{
  char *text = g_uri_unescape_string (part, NULL);

  if (text != NULL && g_utf8_validate (text, -1, NULL))
    return text;
  g_free (text);
  return NULL;
}

static void
clear_ids (char **ids)
{
  for (guint i = 0; i < LF_CALL_MOST_IDS; i++)
    g_clear_pointer (&ids[i], g_free);
}

static gboolean
matches (const LfRoute *self, char **parts, char **ids)
{
  g_auto (GStrv) own = g_strsplit (self->path, "/", -1);
  guint n = 0;

  if (g_strv_length (own) != g_strv_length (parts))
    return FALSE;
  for (guint i = 0; own[i] != NULL; i++)
    {
      if (*own[i] != '{' && strcmp (own[i], parts[i]) != 0)
        break;
      if (*own[i] == '{')
        {
          char *id = decode (parts[i]);

          if (id == NULL || *id == '\0')
            {
              g_free (id);
              break;
            }
          ids[n++] = id;
        }
      if (own[i + 1] == NULL)
        return TRUE;
    }
  clear_ids (ids);
  return FALSE;
}

const LfRoute *
lf_route_find (const char *method, const char *path, char **ids, char **allow)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  g_autoptr (GString) methods = g_string_new (NULL);
  const char *wanted = strcmp (method, "HEAD") == 0 ? "GET" : method;
  guint n;
  const LfRoute *routes = lf_routes_get (&n);

  *allow = NULL;
  for (guint i = 0; i < n; i++)
    {
      if (!matches (&routes[i], parts, ids))
        continue;
      if (strcmp (routes[i].method, wanted) == 0)
        return &routes[i];
      clear_ids (ids);
      g_string_append_printf (methods, "%s, ", routes[i].method);
      if (strcmp (routes[i].method, "GET") == 0)
        g_string_append (methods, "HEAD, ");
    }
  if (methods->len > 0)
    *allow = g_strconcat (methods->str, "OPTIONS", NULL);
  return NULL;
}

static gboolean
is_word (const char *const *words, const char *value)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], value) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
check_value (const LfRouteParameter *self, const char *value, GError **error)
{
  gint64 number;
  gboolean good = TRUE;

  if (self->id)
    good = lf_id_is_valid (value);
  else if (self->words != NULL)
    good = is_word (self->words, value);
  else if (self->minimum != self->maximum)
    good = g_ascii_string_to_signed (value, 10, self->minimum, self->maximum, &number, NULL);
  if (!good)
    g_set_error (error, LF_HTTP_ERROR, 400, "the parameter %s is %s", self->name, self->about);
  return good;
}

static const LfRouteParameter *
find_parameter (const LfRoute *self, const char *name)
{
  for (const LfRouteParameter *one = self->query; one != NULL && one->name != NULL; one++)
    if (strcmp (one->name, name) == 0)
      return one;
  return NULL;
}

gboolean
lf_route_check (const LfRoute *self, GHashTable *query, GError **error)
{
  GHashTableIter iter;
  gpointer name, value;

  if (query == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, query);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const LfRouteParameter *parameter = find_parameter (self, name);

      if (parameter == NULL)
        {
          g_set_error (error, LF_HTTP_ERROR, 400, "there is no parameter %s here", (char *) name);
          return FALSE;
        }
      if (!check_value (parameter, value != NULL ? value : "", error))
        return FALSE;
    }
  return TRUE;
}
