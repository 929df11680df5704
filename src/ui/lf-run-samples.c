#include "config.h"

#include "lf-run-samples.h"

static void
pack_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, lf_samples_new_of (g_ptr_array_ref (data)),
                         (GDestroyNotify) lf_samples_unref);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *samples = lf_store_list_samples_finish (LF_STORE (source), result, &error);

  if (samples == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, samples, (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, pack_in_thread);
}

void
lf_run_samples_read_async (LfStore *store,
                           const char *run_id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_source_tag (task, lf_run_samples_read_async);
  lf_store_list_samples_async (store, run_id, cancellable, listed_cb, task);
}

LfSamples *
lf_run_samples_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
