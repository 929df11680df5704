#include "config.h"

#include "lf-zone.h"

#include "lf-error.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#define NAME_LIMIT 64

static gboolean
is_name (const char *name)
{
  return *name != '/' && strlen (name) <= NAME_LIMIT &&
         strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_+-/") == strlen (name);
}

/* GLib complains aloud where a file in the database's folder is something else. */
static gboolean
is_zone_file (const char *name)
{
  static const char magic[] = "TZif";
  const char *folder = g_getenv ("TZDIR");
  g_autofree char *path =
      g_build_filename (folder != NULL ? folder : "/usr/share/zoneinfo", name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  char head[sizeof magic] = "";

  return stream != NULL &&
         g_input_stream_read (G_INPUT_STREAM (stream), head, strlen (magic), NULL, NULL) > 0 &&
         strcmp (head, magic) == 0;
}

static gboolean
is_known (const char *name)
{
  return strcmp (name, "UTC") == 0 || (is_name (name) && is_zone_file (name));
}

GTimeZone *
lf_zone_find (const char *name, GError **error)
{
  GTimeZone *zone;

  if (name == NULL || *name == '\0')
    return g_time_zone_new_local ();
  zone = is_known (name) ? g_time_zone_new_identifier (name) : NULL;
  if (zone == NULL)
    g_set_error (error, LF_ERROR, LF_ERROR_VALUE,
                 _ ("“%.100s” is no time zone that this computer knows; write one such as "
                    "Europe/Berlin or UTC"),
                 name);
  return zone;
}

char *
lf_zone_local_name (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  const char *name = g_time_zone_get_identifier (zone);

  return is_known (name) ? g_strdup (name) : NULL;
}
