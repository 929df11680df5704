#include "config.h"

#include "lf-file-write.h"

#include <string.h>

#define MOST_TRIES 10000 /* names that are taken */

typedef struct
{
  GFile *place;
  char *name;
  GBytes *bytes;
} Write;

static void
write_free (gpointer data)
{
  Write *write = data;

  g_object_unref (write->place);
  g_free (write->name);
  g_bytes_unref (write->bytes);
  g_free (write);
}

char *
lf_file_write_make_name (const char *name)
{
  char *plain = g_strdup (*name != '\0' ? name : "-");

  if (g_str_equal (plain, ".") || g_str_equal (plain, ".."))
    g_strdelimit (plain, ".", '-');
  return g_strdelimit (plain, "/\\:*?\"<>|\n\t", '-');
}

/* "order.json", "order 2.json"… Whatever follows the first dot counts as the end. */
static char *
make_name (const char *name, guint n)
{
  const char *dot = strchr (name + 1, '.');
  gsize length = dot != NULL ? (gsize) (dot - name) : strlen (name);

  return n == 1 ? g_strdup (name)
                : g_strdup_printf ("%.*s %u%s", (int) length, name, n, name + length);
}

/* (transfer full): the first that nobody has. */
static GFile *
create_file (const Write *write, GFileOutputStream **stream, GError **error)
{
  for (guint n = 1; n <= MOST_TRIES; n++)
    {
      g_autofree char *name = make_name (write->name, n);
      g_autoptr (GFile) file = g_file_get_child (write->place, name);

      g_clear_error (error);
      *stream = g_file_create (file, G_FILE_CREATE_NONE, NULL, error);
      if (*stream != NULL)
        return g_steal_pointer (&file);
      if (!g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_EXISTS))
        return NULL;
    }
  return NULL;
}

static GFile *
write_new (const Write *write, GError **error)
{
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (GFile) file = create_file (write, &stream, error);
  gsize size;
  gconstpointer data = g_bytes_get_data (write->bytes, &size);

  if (file == NULL)
    return NULL;
  if (g_output_stream_write_all (G_OUTPUT_STREAM (stream), data, size, NULL, NULL, error) &&
      g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error))
    return g_steal_pointer (&file);
  g_file_delete (file, NULL, NULL); /* half a file is worse than none */
  return NULL;
}

static GFile *
replace (const Write *write, GError **error)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (write->bytes, &size);

  if (g_file_replace_contents (write->place, data, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                               NULL, error))
    return g_object_ref (write->place);
  return NULL;
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Write *write = data;
  GError *error = NULL;
  g_autoptr (GFile) file =
      write->name != NULL ? write_new (write, &error) : replace (write, &error);

  if (file != NULL)
    g_task_return_pointer (task, g_file_get_basename (file), g_free);
  else
    g_task_return_error (task, error);
}

void
lf_file_write_async (GFile *place,
                     const char *name,
                     GBytes *bytes,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Write *write = g_new0 (Write, 1);

  write->place = g_object_ref (place);
  write->name = name != NULL ? lf_file_write_make_name (name) : NULL;
  write->bytes = g_bytes_ref (bytes);
  g_task_set_source_tag (task, lf_file_write_async);
  g_task_set_task_data (task, write, write_free);
  g_task_run_in_thread (task, write_in_thread);
}

char *
lf_file_write_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
