#include "config.h"

#include "lf-log-save.h"

#include "lf-log-model.h"

typedef struct
{
  GFile *file;
  GPtrArray *lines; /* LfLogItem */
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->file);
  g_ptr_array_unref (saving->lines);
  g_free (saving);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Saving *saving = data;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < saving->lines->len; i++)
    {
      g_autofree char *line = lf_log_item_to_text (saving->lines->pdata[i]);

      g_string_append (text, line);
      g_string_append_c (text, '\n');
    }
  if (g_file_replace_contents (saving->file, text->str, text->len, NULL, FALSE,
                               G_FILE_CREATE_REPLACE_DESTINATION, NULL, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
lf_log_save_async (GFile *file,
                   GPtrArray *lines,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Saving *saving = g_new0 (Saving, 1);

  saving->file = g_object_ref (file);
  saving->lines = g_ptr_array_ref (lines);
  g_task_set_source_tag (task, lf_log_save_async);
  g_task_set_task_data (task, saving, saving_free);
  g_task_run_in_thread (task, save_in_thread);
}

gboolean
lf_log_save_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
