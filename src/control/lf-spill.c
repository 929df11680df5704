#include "config.h"

#include "lf-spill-private.h"

#include "lf-error.h"
#include "lf-process.h"
#include "lf-time.h"

#include <string.h>

enum
{
  PROP_0,
  PROP_N_RUNS,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LfSpill, lf_spill, G_TYPE_OBJECT)

/* Of the store's file: "sqlite:" is before it. */
static gboolean
is_made (LfSpill *self)
{
  return self->store != NULL || g_file_test (self->uri + strlen ("sqlite:"), G_FILE_TEST_EXISTS);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LfSpill *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (LfStore) store = lf_store_open_finish (result, &error);

  if (store == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (self->store == NULL) /* else somebody opened it at the same time */
    self->store = g_object_ref (store);
  g_task_return_pointer (task, g_object_ref (self->store), g_object_unref);
}

void
lf_spill_open_async (LfSpill *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, lf_spill_open_async);
  if (self->store != NULL)
    g_task_return_pointer (task, g_object_ref (self->store), g_object_unref);
  else
    lf_store_open_async (self->uri, NULL, opened_cb, g_steal_pointer (&task));
}

LfStore *
lf_spill_open_finish (LfSpill *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (lf_store_close_finish (LF_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
lf_spill_close_async (LfSpill *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (LfStore) store = g_steal_pointer (&self->store);

  g_task_set_source_tag (task, lf_spill_close_async);
  if (store == NULL)
    g_task_return_boolean (task, TRUE);
  else
    lf_store_close_async (store, closed_cb, g_steal_pointer (&task));
}

gboolean
lf_spill_close_finish (LfSpill *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (lf_store_delete_run_finish (LF_STORE (source), result, &error) ||
      g_error_matches (error, LF_ERROR, LF_ERROR_NOT_FOUND))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
forget_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autoptr (LfStore) store = lf_spill_open_finish (LF_SPILL (source), result, &error);

  if (store != NULL)
    {
      lf_store_delete_run_async (store, g_task_get_task_data (task), NULL, forgotten_cb, task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

void
lf_spill_forget_async (LfSpill *self,
                       const char *run_id,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, lf_spill_forget_async);
  g_task_set_task_data (task, g_strdup (run_id), g_free);
  lf_spill_open_async (self, forget_cb, task);
}

gboolean
lf_spill_forget_finish (LfSpill *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* A run that goes on is the business of whoever runs it. */
static gboolean
is_waiting (const LfRun *run)
{
  return !lf_run_is_active (run) || lf_process_is_gone (run->owner, lf_time_now ());
}

static void
runs_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) runs = lf_store_list_runs_finish (LF_STORE (source), result, &error);

  if (runs == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = runs->len; i-- > 0;)
    if (!is_waiting (runs->pdata[i]))
      g_ptr_array_remove_index (runs, i);
  g_task_return_pointer (task, g_steal_pointer (&runs), (GDestroyNotify) g_ptr_array_unref);
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autoptr (LfStore) store = lf_spill_open_finish (LF_SPILL (source), result, &error);
  LfRunQuery query = { .brief = TRUE };

  if (store != NULL)
    {
      lf_store_list_runs_async (store, &query, NULL, runs_listed_cb, task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

void
lf_spill_list_async (LfSpill *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, lf_spill_list_async);
  if (is_made (self))
    lf_spill_open_async (self, list_cb, g_steal_pointer (&task));
  else
    g_task_return_pointer (task, g_ptr_array_new_with_free_func (lf_record_free),
                           (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
lf_spill_list_finish (LfSpill *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LfSpill *self = LF_SPILL (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = lf_spill_list_finish (self, result, &error);

  if (runs == NULL)
    g_message ("%s", error->message);
  else if (runs->len != self->n_runs)
    {
      self->n_runs = runs->len;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_RUNS]);
    }
}

void
lf_spill_refresh (LfSpill *self)
{
  lf_spill_list_async (self, counted_cb, NULL);
}

guint
lf_spill_get_n_runs (LfSpill *self)
{
  return self->n_runs;
}

static void
lf_spill_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_N_RUNS)
    g_value_set_uint (value, LF_SPILL (object)->n_runs);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
lf_spill_finalize (GObject *object)
{
  LfSpill *self = LF_SPILL (object);

  g_clear_object (&self->store);
  g_free (self->uri);
  G_OBJECT_CLASS (lf_spill_parent_class)->finalize (object);
}

static void
lf_spill_class_init (LfSpillClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lf_spill_get_property;
  object_class->finalize = lf_spill_finalize;
  properties[PROP_N_RUNS] =
      g_param_spec_uint ("n-runs", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lf_spill_init (LfSpill *self)
{
}

LfSpill *
lf_spill_new (const char *path)
{
  LfSpill *self = g_object_new (LF_TYPE_SPILL, NULL);

  self->uri = g_strconcat ("sqlite:", path, NULL);
  return self;
}

LfSpill *
_lf_spill_new_for_store (LfStore *store)
{
  LfSpill *self = lf_spill_new (lf_store_get_name (store));

  self->store = g_object_ref (store);
  return self;
}

const char *
lf_spill_get_uri (LfSpill *self)
{
  return self->uri;
}
