#include "config.h"

#include "lf-store-private.h"

#include <glib/gi18n.h>

typedef struct
{
  char *name;
  GAsyncQueue *queue;  /* of GTask; the queue itself as an item ends the thread */
  gboolean closed;     /* of the store's thread, like the next */
  GPtrArray *problems; /* of the audit under way, NULL: none is */
} LfStorePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (LfStore, lf_store, G_TYPE_OBJECT)

static void
lf_store_call_free (gpointer data)
{
  LfStoreCall *call = data;

  g_free (call->id);
  g_clear_pointer (&call->record, lf_record_free);
  g_clear_pointer (&call->records, g_ptr_array_unref);
  g_free (call->before_id);
  g_free (call->token);
  g_free (call->name);
  g_free (call->content_type);
  g_clear_object (&call->input);
  g_clear_object (&call->output);
  g_free (call);
}

static gpointer
carry_out (LfStore *self, LfStoreCall *call, GError **error)
{
  LfStorePrivate *priv = lf_store_get_instance_private (self);
  LfStoreClass *klass = LF_STORE_GET_CLASS (self);

  if (g_cancellable_set_error_if_cancelled (call->cancellable, error))
    return NULL;
  if (call->work == klass->close)
    {
      if (priv->closed)
        return LF_STORE_DONE;
      priv->closed = TRUE;
    }
  else if (priv->closed)
    {
      g_set_error (error, LF_ERROR, LF_ERROR_STATE, _ ("the store is closed; open it again"));
      return NULL;
    }
  return call->work (self, call, error);
}

static void
run_task (GTask *task)
{
  LfStore *self = g_task_get_source_object (task);
  LfStoreCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer result = carry_out (self, call, &error);

  if (result)
    {
      g_task_return_pointer (task, result, call->free_result);
      return;
    }
  if (error->domain == LF_ERROR)
    /* Translators: a store, and what it was asked to do: "data.db: cannot save the spec: ". */
    g_prefix_error (&error, _ ("%s: cannot %s: "), lf_store_get_name (self), _ (call->operation));
  g_task_return_error (task, error);
}

static gpointer
run_tasks (gpointer data)
{
  g_autoptr (GAsyncQueue) queue = data;
  gpointer item;

  /* A task holds the store, and this may be the last to let go of it: nothing of the store is
   * touched between two tasks, and the queue has a reference of this thread's own. */
  while ((item = g_async_queue_pop (queue)) != queue)
    {
      run_task (item);
      g_object_unref (item);
    }
  return NULL;
}

static void
lf_store_finalize (GObject *object)
{
  LfStorePrivate *priv = lf_store_get_instance_private (LF_STORE (object));

  g_async_queue_push (priv->queue, priv->queue);
  g_clear_pointer (&priv->queue, g_async_queue_unref);
  g_clear_pointer (&priv->name, g_free);

  G_OBJECT_CLASS (lf_store_parent_class)->finalize (object);
}

static void
lf_store_class_init (LfStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lf_store_finalize;
}

static void
lf_store_init (LfStore *self)
{
  LfStorePrivate *priv = lf_store_get_instance_private (self);

  priv->queue = g_async_queue_new ();
  /* Not joined: the last reference may go on that very thread. */
  g_thread_unref (g_thread_new ("lf-store", run_tasks, g_async_queue_ref (priv->queue)));
}

const char *
lf_store_get_name (LfStore *self)
{
  LfStorePrivate *priv = lf_store_get_instance_private (self);

  return priv->name;
}

void
_lf_store_take_name (LfStore *self, char *name)
{
  LfStorePrivate *priv = lf_store_get_instance_private (self);

  g_free (priv->name);
  priv->name = name;
}

void
_lf_store_set_problems (LfStore *self, GPtrArray *problems)
{
  LfStorePrivate *priv = lf_store_get_instance_private (self);

  priv->problems = problems;
}

void
_lf_store_note (LfStore *self, char *problem)
{
  LfStorePrivate *priv = lf_store_get_instance_private (self);

  if (priv->problems)
    {
      g_ptr_array_add (priv->problems, problem);
      return;
    }
  g_message ("%s: %s", priv->name, problem);
  g_free (problem);
}

LfStoreCall *
_lf_store_call_new (LfStoreWork work, const char *operation, GDestroyNotify free_result)
{
  LfStoreCall *call = g_new0 (LfStoreCall, 1);

  call->work = work;
  call->operation = operation;
  call->free_result = free_result;
  return call;
}

void
_lf_store_call_push (LfStoreCall *call,
                     LfStore *self,
                     gpointer tag,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  LfStorePrivate *priv = lf_store_get_instance_private (self);

  call->task = g_task_new (self, cancellable, callback, user_data);
  call->cancellable = cancellable;
  g_task_set_source_tag (call->task, tag);
  /* What was done is told as done, even where the wish to cancel came just too late. */
  g_task_set_check_cancellable (call->task, FALSE);
  g_task_set_task_data (call->task, call, lf_store_call_free);
  g_async_queue_push (priv->queue, call->task);
}

gpointer
_lf_store_call_finish (LfStore *self, GAsyncResult *result, gpointer tag, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  GFileProgressCallback progress;
  gpointer progress_data;
  gint64 done, total;
} Report;

static gboolean
report_cb (gpointer user_data)
{
  Report *report = user_data;

  report->progress (report->done, report->total, report->progress_data);
  return G_SOURCE_REMOVE;
}

void
_lf_store_call_report (LfStoreCall *call, gint64 done, gint64 total)
{
  g_autoptr (GSource) source = NULL;
  Report *report;

  if (!call->progress)
    return;
  report = g_new (Report, 1);
  *report = (Report){ call->progress, call->progress_data, done, total };
  /* At the task's priority, so that the last report comes before the task's end. */
  source = g_idle_source_new ();
  g_source_set_priority (source, g_task_get_priority (call->task));
  g_source_set_callback (source, report_cb, report, g_free);
  g_source_attach (source, g_task_get_context (call->task));
}
