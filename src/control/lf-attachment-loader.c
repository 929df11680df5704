#include "config.h"

#include "lf-attachment-loader.h"

#include "lf-error.h"

#include <glib/gi18n.h>

typedef struct
{
  LfStore *store;
  GPtrArray *ids; /* that are still to be read; the last is being read */
  GOutputStream *stream;
  GHashTable *contents;
} Loader;

static void read_next (GTask *task);

static void
loader_free (Loader *loader)
{
  g_clear_object (&loader->store);
  g_clear_object (&loader->stream);
  g_clear_pointer (&loader->ids, g_ptr_array_unref);
  g_clear_pointer (&loader->contents, g_hash_table_unref);
  g_free (loader);
}

static const char *
current_id (const Loader *loader)
{
  return loader->ids->pdata[loader->ids->len - 1];
}

static void
keep_content (Loader *loader)
{
  GMemoryOutputStream *stream = G_MEMORY_OUTPUT_STREAM (loader->stream);

  g_output_stream_close (loader->stream, NULL, NULL); /* of memory: cannot fail */
  g_hash_table_insert (loader->contents, g_strdup (current_id (loader)),
                       g_memory_output_stream_steal_as_bytes (stream));
  g_clear_object (&loader->stream);
  g_ptr_array_remove_index (loader->ids, loader->ids->len - 1);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfAttachment) attachment =
      lf_store_read_attachment_finish (LF_STORE (source), result, &error);

  if (attachment == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  keep_content (g_task_get_task_data (task));
  read_next (g_steal_pointer (&task));
}

/* Takes @task. */
static void
read_next (GTask *task)
{
  Loader *loader = g_task_get_task_data (task);

  if (loader->ids->len == 0)
    {
      g_task_return_pointer (task, g_steal_pointer (&loader->contents),
                             (GDestroyNotify) g_hash_table_unref);
      g_object_unref (task);
    }
  else if (loader->store == NULL)
    {
      g_task_return_new_error (
          task, LF_ERROR, LF_ERROR_NOT_FOUND,
          _ ("The spec sends attachment %s, and without a store there is none; "
             "name a store, or send a file beside the spec (body.file)"),
          current_id (loader));
      g_object_unref (task);
    }
  else
    {
      loader->stream = g_memory_output_stream_new_resizable ();
      lf_store_read_attachment_async (loader->store, current_id (loader), loader->stream,
                                      g_task_get_cancellable (task), read_cb, task);
    }
}

static void
take_given (Loader *loader, GHashTable *given)
{
  for (guint i = loader->ids->len; i > 0; i--)
    {
      const char *id = loader->ids->pdata[i - 1];
      GBytes *bytes = given != NULL ? g_hash_table_lookup (given, id) : NULL;

      if (bytes == NULL)
        continue;
      g_hash_table_insert (loader->contents, g_strdup (id), g_bytes_ref (bytes));
      g_ptr_array_remove_index (loader->ids, i - 1);
    }
}

void
lf_attachments_load_async (const LfSpec *spec,
                           GHashTable *given,
                           LfStore *store,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Loader *loader = g_new0 (Loader, 1);

  g_task_set_source_tag (task, lf_attachments_load_async);
  loader->store = store != NULL ? g_object_ref (store) : NULL;
  loader->ids = lf_spec_get_attachment_ids (spec);
  loader->contents =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  take_given (loader, given);
  g_task_set_task_data (task, loader, (GDestroyNotify) loader_free);
  read_next (task);
}

GHashTable *
lf_attachments_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
