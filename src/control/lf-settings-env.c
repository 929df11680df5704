#include "config.h"

#include "lf-settings-env.h"

#include "lf-error.h"

#include <glib/gi18n.h>
#include <string.h>

/* What stands after "=": in quotes as it is, else up to a comment. */
static char *
read_value (const char *text)
{
  char quote = *text;
  const char *end = quote == '"' || quote == '\'' ? strchr (text + 1, quote) : NULL;
  const char *comment;

  if (end != NULL)
    return g_strndup (text + 1, (gsize) (end - text - 1));
  comment = strstr (text, " #");
  if (comment == NULL)
    return g_strstrip (g_strdup (text));
  return g_strstrip (g_strndup (text, (gsize) (comment - text)));
}

static void
read_line (GHashTable *values, char *line)
{
  const char *name = g_strstrip (line);
  char *equals = strchr (line, '=');

  if (*name == '#' || equals == NULL)
    return;
  *equals = '\0';
  if (g_str_has_prefix (name, "export "))
    name += strlen ("export ");
  g_hash_table_insert (values, g_strstrip (g_strdup (name)),
                       read_value (equals + 1 + strspn (equals + 1, " \t")));
}

/* KEY=VALUE lines; (element-type utf8 utf8), empty where there is no such file. */
static GHashTable *
read_file (const char *folder, GError **error)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *path = g_build_filename (folder, ".env", NULL);
  g_autoptr (GError) failure = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  /* A folder of that name is somebody's Python environment, not settings. */
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&values);
  if (!g_file_get_contents (path, &text, NULL, &failure))
    {
      g_set_error (error, LF_ERROR, LF_ERROR_VALUE, "%s", failure->message);
      return NULL;
    }
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    read_line (values, lines[i]);
  return g_steal_pointer (&values);
}

/* What is set to nothing counts as not set. */
static const char *
look_up (GHashTable *values, const char *name)
{
  const char *value = g_getenv (name);

  if (value == NULL)
    value = g_hash_table_lookup (values, name);
  return value != NULL && *value != '\0' ? value : NULL;
}

static gboolean
read_number (GHashTable *values, const char *name, guint highest, guint *number, GError **error)
{
  const char *value = look_up (values, name);
  guint64 read = 0;

  if (value != NULL && !g_ascii_string_to_unsigned (value, 10, 1, highest, &read, NULL))
    {
      g_set_error (
          error, LF_ERROR, LF_ERROR_VALUE,
          _ ("%s=%.100s: not a whole number from 1 to %u; correct it in the environment or "
             "in .env, or unset it"),
          name, value, highest);
      return FALSE;
    }
  *number = (guint) read;
  return TRUE;
}

LfSettingsEnv *
lf_settings_env_read (const char *folder, GError **error)
{
  g_autoptr (LfSettingsEnv) self = g_new0 (LfSettingsEnv, 1);
  g_autoptr (GHashTable) values = read_file (folder, error);

  if (values == NULL || !read_number (values, "PORT", 65535, &self->port, error) ||
      !read_number (values, "MAX_WORKERS", 1024, &self->max_workers, error) ||
      !read_number (values, "MAX_SOCKETS", 10000000, &self->max_sockets, error))
    return NULL;
  self->mongo_uri = g_strdup (look_up (values, "MONGO_URI"));
  return g_steal_pointer (&self);
}

void
lf_settings_env_free (LfSettingsEnv *self)
{
  g_free (self->mongo_uri);
  g_free (self);
}
