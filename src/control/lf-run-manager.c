#include "config.h"

#include "lf-run-manager-private.h"

#include "lf-active-run-private.h"
#include "lf-attachment-loader.h"
#include "lf-run-recovery.h"

struct _LfRunManager
{
  GObject parent_instance;
  LfStore *store; /* NULL keeps nothing */
  LfSpill *spill; /* or NULL */
  GListStore *active;
  GPtrArray *starting; /* Order, borrowed: whose attachments are being loaded */
  guint workers;
  guint max_sockets;
  LfRunGate gate; /* or NULL */
  gpointer gate_data;
};

G_DEFINE_FINAL_TYPE (LfRunManager, lf_run_manager, G_TYPE_OBJECT)

/* What start_async was asked for. */
typedef struct
{
  LfSpec *spec;
  LfPlanOptions plan_options;
  gboolean fail_on_saturation;
} Order;

static void
order_free (Order *order)
{
  lf_spec_free (order->spec);
  g_free (order);
}

static void
ended_cb (LfActiveRun *run, gpointer user_data)
{
  LfRunManager *self = user_data;
  guint position;

  if (g_list_store_find (self->active, run, &position))
    g_list_store_remove (self->active, position);
}

static LfActiveRun *
start_run (LfRunManager *self, const Order *order, GHashTable *attachments, GError **error)
{
  g_autoptr (LfPlan) plan = lf_plan_new (order->spec, attachments, &order->plan_options, error);
  g_autoptr (LfActiveRun) run = NULL;

  if (plan == NULL)
    return NULL;
  run = _lf_active_run_new (order->spec, plan, self->store, self->spill, order->fail_on_saturation);
  if (!_lf_active_run_start (run, error))
    return NULL;
  g_signal_connect_object (run, "ended", G_CALLBACK (ended_cb), self, 0);
  g_list_store_append (self->active, run);
  return g_steal_pointer (&run);
}

static void
attachments_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LfRunManager *self = g_task_get_source_object (task);
  Order *order = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) attachments = lf_attachments_load_finish (result, &error);
  LfActiveRun *run = NULL;

  g_ptr_array_remove_fast (self->starting, order);
  if (attachments != NULL &&
      !g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    run = start_run (self, order, attachments, &error);
  if (run != NULL)
    g_task_return_pointer (task, run, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
lf_run_manager_dispose (GObject *object)
{
  LfRunManager *self = LF_RUN_MANAGER (object);

  g_clear_object (&self->active);
  g_clear_object (&self->store);
  g_clear_object (&self->spill);
  G_OBJECT_CLASS (lf_run_manager_parent_class)->dispose (object);
}

static void
lf_run_manager_finalize (GObject *object)
{
  g_ptr_array_unref (LF_RUN_MANAGER (object)->starting);
  G_OBJECT_CLASS (lf_run_manager_parent_class)->finalize (object);
}

static void
lf_run_manager_class_init (LfRunManagerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lf_run_manager_dispose;
  G_OBJECT_CLASS (klass)->finalize = lf_run_manager_finalize;
}

static void
lf_run_manager_init (LfRunManager *self)
{
  self->active = g_list_store_new (LF_TYPE_ACTIVE_RUN);
  self->starting = g_ptr_array_new ();
}

LfRunManager *
lf_run_manager_new (LfStore *store)
{
  LfRunManager *self = g_object_new (LF_TYPE_RUN_MANAGER, NULL);

  self->store = store != NULL ? g_object_ref (store) : NULL;
  return self;
}

void
lf_run_manager_set_spill (LfRunManager *self, LfSpill *spill)
{
  g_set_object (&self->spill, spill);
}

void
_lf_run_manager_set_defaults (LfRunManager *self, guint workers, guint max_sockets)
{
  self->workers = workers;
  self->max_sockets = max_sockets;
}

void
lf_run_manager_set_gate (LfRunManager *self, LfRunGate gate, gpointer user_data)
{
  self->gate = gate;
  self->gate_data = user_data;
}

static gboolean
passes (LfRunManager *self, LfSpec *spec, GError **error)
{
  return lf_spec_check (spec, error) && lf_spec_check_supported (spec, error) &&
         (self->gate == NULL || self->gate (spec, self->gate_data, error));
}

static Order *
order_new (LfRunManager *self, const LfSpec *spec, const LfRunOptions *options)
{
  Order *order = g_new0 (Order, 1);

  order->spec = lf_spec_copy (spec);
  order->plan_options.workers =
      options != NULL && options->workers > 0 ? options->workers : self->workers;
  order->plan_options.max_sockets =
      options != NULL && options->max_sockets > 0 ? options->max_sockets : self->max_sockets;
  order->plan_options.n_agents = 1;
  order->plan_options.head_start = options != NULL ? (gint64) options->head_start * 1000 : 0;
  order->fail_on_saturation = options != NULL && options->fail_on_saturation;
  return order;
}

void
lf_run_manager_start_async (LfRunManager *self,
                            const LfSpec *spec,
                            const LfRunOptions *options,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Order *order = order_new (self, spec, options);
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, lf_run_manager_start_async);
  g_task_set_check_cancellable (task, FALSE); /* a run that was started is not lost by a late one */
  g_task_set_task_data (task, order, (GDestroyNotify) order_free);
  /* The plan checks this too, but only after up to 25 MiB an attachment were read. */
  if (!passes (self, order->spec, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_ptr_array_add (self->starting, order);
  lf_attachments_load_async (spec, options != NULL ? options->attachments : NULL, self->store,
                             cancellable, attachments_loaded_cb, g_steal_pointer (&task));
}

LfActiveRun *
lf_run_manager_start_finish (LfRunManager *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

GListModel *
lf_run_manager_get_active (LfRunManager *self)
{
  return G_LIST_MODEL (self->active);
}

LfActiveRun *
lf_run_manager_find (LfRunManager *self, const char *run_id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->active)); i++)
    {
      g_autoptr (LfActiveRun) run = g_list_model_get_item (G_LIST_MODEL (self->active), i);

      if (g_strcmp0 (lf_active_run_get_run (run)->id, run_id) == 0)
        return run; /* the list holds it */
    }
  return NULL;
}

gboolean
lf_run_manager_is_running (LfRunManager *self, const char *spec_id)
{
  for (guint i = 0; i < self->starting->len; i++)
    if (g_strcmp0 (((const Order *) self->starting->pdata[i])->spec->id, spec_id) == 0)
      return TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->active)); i++)
    {
      g_autoptr (LfActiveRun) run = g_list_model_get_item (G_LIST_MODEL (self->active), i);

      if (g_strcmp0 (lf_active_run_get_run (run)->spec_id, spec_id) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
recovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gssize n = lf_run_recovery_finish (result, &error);

  if (n < 0)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, n);
}

void
lf_run_manager_recover_async (LfRunManager *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, lf_run_manager_recover_async);
  if (self->store == NULL)
    g_task_return_int (task, 0);
  else
    lf_run_recovery_async (self->store, cancellable, recovered_cb, g_steal_pointer (&task));
}

gssize
lf_run_manager_recover_finish (LfRunManager *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}
