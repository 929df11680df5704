#include "config.h"

#include "lf-page.h"

#include "lf-page-resources.h"

#include <string.h>

#define FOLDER LF_RESOURCE_PATH "page/"

static gboolean
is_page (const char *path)
{
  return strcmp (path, "/") == 0 || strcmp (path, "/runs") == 0 || strcmp (path, "/specs") == 0 ||
         g_str_has_prefix (path, "/runs/") || g_str_has_prefix (path, "/specs/");
}

/* (transfer full): where it lies among the resources; NULL where that cannot be. */
static char *
find_resource (const char *path)
{
  g_autofree char *place = NULL;

  if (is_page (path))
    place = g_strdup (FOLDER "index.html");
  else if (g_str_has_prefix (path, "/page/") && strstr (path, "..") == NULL)
    place = g_strconcat (FOLDER, path + strlen ("/page/"), NULL);
  if (place == NULL || !g_resource_get_info (lf_page_get_resource (), place, 0, NULL, NULL, NULL))
    return NULL;
  return g_steal_pointer (&place);
}

gboolean
lf_page_has (const char *path)
{
  g_autofree char *place = find_resource (path);

  return place != NULL;
}

static const char *
type_of (const char *place)
{
  static const char *const types[][2] = {
    { ".html", "text/html; charset=utf-8" },
    { ".css", "text/css; charset=utf-8" },
    { ".js", "text/javascript; charset=utf-8" },
    { ".svg", "image/svg+xml" },
    { ".png", "image/png" },
    { ".json", "application/json" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_suffix (place, types[i][0]))
      return types[i][1];
  return "application/octet-stream";
}

/* Nothing comes from, or goes, elsewhere. */
static void
set_policy (LfCall *call)
{
  const char *host = lf_call_get_header (call, "Host");
  g_autofree char *policy =
      g_strdup_printf ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' "
                       "data:; connect-src 'self' ws://%s wss://%s; base-uri 'none'; form-action "
                       "'none'; frame-ancestors 'none'",
                       host, host);

  lf_call_set_header (call, "Content-Security-Policy", policy);
}

void
lf_page_answer (LfCall *call, const char *path)
{
  g_autofree char *place = find_resource (path);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (lf_page_get_resource (), place, 0, NULL);
  const char *method = soup_server_message_get_method (call->message);

  if (strcmp (method, "GET") != 0 && strcmp (method, "HEAD") != 0)
    {
      lf_call_set_header (call, "Allow", "GET, HEAD, OPTIONS");
      lf_call_refuse (call, 405, "this path has other methods");
      return;
    }
  set_policy (call);
  lf_call_answer_bytes (call, 200, type_of (place), bytes);
}
