#include "config.h"

#include "lf-store-order-private.h"

#include <glib/gi18n.h>

typedef struct
{
  char *name;
  GAsyncQueue *queue;  /* of GTask; the queue itself as an item ends the thread */
  GPtrArray *lanes;    /* of LfStore: the first is LF_STORE_CHANGES + 1; NULL: none */
  LfStoreOrder order;  /* of the calls of all lanes */
  gint closing;        /* atomic */
  gboolean opened;     /* of the store's thread, like the next */
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
open_store (LfStore *self, LfStoreCall *call, GError **error)
{
  LfStorePrivate *priv = lf_store_get_instance_private (self);

  priv->opened = LF_STORE_GET_CLASS (self)->open (self, call, error) != NULL;
  return priv->opened ? LF_STORE_DONE : NULL;
}

static gpointer
close_store (LfStore *self, LfStoreCall *call, GError **error)
{
  LfStorePrivate *priv = lf_store_get_instance_private (self);

  if (!priv->opened)
    return LF_STORE_DONE;
  priv->opened = FALSE;
  return LF_STORE_GET_CLASS (self)->close (self, call, error);
}

/* A lane is opened by the first call that comes to it, the store itself by its user. */
static gboolean
is_lane (LfStore *self, const LfStoreCall *call)
{
  return self != g_task_get_source_object (call->task);
}

static gpointer
carry_out (LfStore *self, LfStoreCall *call, GError **error)
{
  LfStorePrivate *priv = lf_store_get_instance_private (self);
  LfStoreClass *klass = LF_STORE_GET_CLASS (self);

  if (g_cancellable_set_error_if_cancelled (call->cancellable, error))
    return NULL;
  if (call->work == klass->open)
    return open_store (self, call, error);
  if (call->work == klass->close)
    return close_store (self, call, error);
  if (call->late)
    {
      g_set_error (error, LF_ERROR, LF_ERROR_STATE, _ ("the store is closed; open it again"));
      return NULL;
    }
  if (!priv->opened && is_lane (self, call) && !open_store (self, call, error))
    return NULL;
  return call->work (self, call, error);
}

/* Where calls of @lane go. */
static LfStore *
get_lane (LfStore *self, LfStoreLane lane)
{
  LfStorePrivate *priv = lf_store_get_instance_private (self);

  return priv->lanes && lane > 0 ? priv->lanes->pdata[lane - 1] : self;
}

static void
queue_call (LfStore *self, LfStoreCall *call)
{
  LfStorePrivate *priv;

  call->store = get_lane (self, call->lane);
  priv = lf_store_get_instance_private (call->store);
  g_async_queue_push (priv->queue, g_object_ref (call->task));
}

/* Whether @call has gone on to the next lane: to close is every lane's, after what it has to do. */
static gboolean
pass_on (LfStore *self, LfStoreCall *call)
{
  LfStorePrivate *priv = lf_store_get_instance_private (self);

  if (call->work != LF_STORE_GET_CLASS (self)->close || !priv->lanes ||
      call->lane == priv->lanes->len)
    return FALSE;
  call->lane++;
  queue_call (self, call);
  return TRUE;
}

static void
finish_call (LfStore *self, LfStoreCall *call, gpointer result, GError *error)
{
  if (result && pass_on (self, call))
    return;
  if (result)
    {
      g_task_return_pointer (call->task, result, call->free_result);
      return;
    }
  if (error->domain == LF_ERROR)
    /* Translators: a store, and what it was asked to do: "data.db: cannot save the spec: ". */
    g_prefix_error (&error, _ ("%s: cannot %s: "), lf_store_get_name (self), _ (call->operation));
  g_task_return_error (call->task, error);
}

/* What came after this call begins once its end was told, so that ends come in their order, too. */
static void
run_task (GTask *task)
{
  LfStore *self = g_task_get_source_object (task);
  LfStorePrivate *priv = lf_store_get_instance_private (self);
  LfStoreCall *call = g_task_get_task_data (task);
  LfStoreLane lane = call->lane;
  GError *error = NULL;
  gpointer result;

  if (priv->lanes)
    _lf_store_order_begin (&priv->order, call);
  result = carry_out (call->store, call, &error);
  finish_call (self, call, result, error);
  if (priv->lanes)
    _lf_store_order_end (&priv->order, lane);
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
  g_clear_pointer (&priv->lanes, g_ptr_array_unref);
  g_clear_pointer (&priv->name, g_free);
  _lf_store_order_clear (&priv->order);

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

  _lf_store_order_init (&priv->order);
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
_lf_store_take_lane (LfStore *self, LfStore *lane)
{
  LfStorePrivate *priv = lf_store_get_instance_private (self);

  if (!priv->lanes)
    priv->lanes = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (priv->lanes, lane);
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
_lf_store_call_new (LfStoreLane lane,
                    LfStoreWork work,
                    const char *operation,
                    GDestroyNotify free_result)
{
  LfStoreCall *call = g_new0 (LfStoreCall, 1);

  call->lane = lane;
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
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  call->task = task;
  call->cancellable = cancellable;
  g_task_set_source_tag (call->task, tag);
  /* What was done is told as done, even where the wish to cancel came just too late. */
  g_task_set_check_cancellable (call->task, FALSE);
  g_task_set_task_data (call->task, call, lf_store_call_free);
  if (call->work == LF_STORE_GET_CLASS (self)->close)
    g_atomic_int_set (&priv->closing, TRUE);
  else
    call->late = g_atomic_int_get (&priv->closing);
  if (priv->lanes)
    _lf_store_order_call (&priv->order, call);
  queue_call (self, call);
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
