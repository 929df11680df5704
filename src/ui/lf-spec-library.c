#include "config.h"

#include "lf-spec-library.h"

#include <glib/gi18n.h>

struct _LfSpecLibrary
{
  GObject parent_instance;
  LfWorkspace *workspace;
  GListStore *items;
  GPtrArray *removed; /* LfSpecItem that left the list and are still in the store */
  guint n_deleting;
  GTask *flush; /* waits for n_deleting to reach 0 */
  gboolean loaded;
};

enum
{
  PROP_0,
  PROP_LOADED,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

enum
{
  FAILED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfSpecLibrary, lf_spec_library, G_TYPE_OBJECT)

static void
fail (LfSpecLibrary *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error->message);
}

static LfStore *
store_of (LfSpecLibrary *self)
{
  return lf_workspace_get_store (self->workspace);
}

static void
add (LfSpecLibrary *self, LfSpecItem *item)
{
  g_list_store_insert_sorted (self->items, item, lf_spec_item_compare, NULL);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfSpecLibrary) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) specs = lf_store_list_specs_finish (LF_STORE (source), result, &error);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (specs == NULL)
    fail (self, error);
  for (guint i = 0; specs != NULL && i < specs->len; i++)
    g_ptr_array_add (items, lf_spec_item_new (specs->pdata[i]));
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       items->pdata, items->len);
  g_list_store_sort (self->items, lf_spec_item_compare, NULL);
  self->loaded = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
}

static void
runs_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfSpecItem) item = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = lf_store_list_runs_finish (LF_STORE (source), result, &error);

  /* What is missing here is seen again, with its reason, by whoever opens the past runs. */
  if (runs == NULL)
    g_message ("%s", error->message);
  else
    lf_spec_item_set_runs (item, runs);
}

static void
read_run (LfSpecLibrary *self, LfSpecItem *item)
{
  LfRunQuery query = { .spec_id = lf_spec_item_get_id (item),
                       .limit = LF_SPEC_ITEM_RUNS,
                       .brief = TRUE };

  lf_store_list_runs_async (store_of (self), &query, NULL, runs_listed_cb, g_object_ref (item));
}

static void
show_live_run (LfSpecLibrary *self, LfActiveRun *run)
{
  const LfRun *record = lf_active_run_get_run (run);
  LfSpecItem *item = lf_spec_library_find (self, record->spec_id);

  if (item != NULL)
    lf_spec_item_set_run (item, record);
}

static void
run_ended_cb (LfSpecLibrary *self, LfActiveRun *run)
{
  LfSpecItem *item = lf_spec_library_find (self, lf_active_run_get_run (run)->spec_id);

  show_live_run (self, run);
  if (item != NULL)
    read_run (self, item);
}

static void
active_changed_cb (LfSpecLibrary *self,
                   guint position,
                   guint removed,
                   guint n_added,
                   GListModel *active)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (LfActiveRun) run = g_list_model_get_item (active, i);

      g_signal_connect_object (run, "ended", G_CALLBACK (run_ended_cb), self, G_CONNECT_SWAPPED);
      show_live_run (self, run);
    }
}

static void
duplicated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfSpecLibrary) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) stored = lf_store_save_spec_finish (LF_STORE (source), result, &error);

  if (stored != NULL)
    lf_spec_library_put (self, stored);
  else
    fail (self, error);
}

static void
finish_flush (LfSpecLibrary *self)
{
  g_autoptr (GTask) task = self->n_deleting == 0 ? g_steal_pointer (&self->flush) : NULL;

  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfSpecLibrary) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!lf_store_delete_spec_finish (LF_STORE (source), result, &error))
    fail (self, error);
  self->n_deleting--;
  finish_flush (self);
}

static void
lf_spec_library_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LOADED)
    g_value_set_boolean (value, LF_SPEC_LIBRARY (object)->loaded);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
lf_spec_library_dispose (GObject *object)
{
  LfSpecLibrary *self = LF_SPEC_LIBRARY (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->items);
  g_clear_pointer (&self->removed, g_ptr_array_unref);
  G_OBJECT_CLASS (lf_spec_library_parent_class)->dispose (object);
}

static void
lf_spec_library_class_init (LfSpecLibraryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lf_spec_library_get_property;
  object_class->dispose = lf_spec_library_dispose;
  properties[PROP_LOADED] =
      g_param_spec_boolean ("loaded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[FAILED] = g_signal_new ("failed", LF_TYPE_SPEC_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
lf_spec_library_init (LfSpecLibrary *self)
{
  self->items = g_list_store_new (LF_TYPE_SPEC_ITEM);
  self->removed = g_ptr_array_new_with_free_func (g_object_unref);
}

LfSpecLibrary *
lf_spec_library_new (LfWorkspace *workspace)
{
  LfSpecLibrary *self = g_object_new (LF_TYPE_SPEC_LIBRARY, NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (lf_run_manager_get_active (lf_workspace_get_runs (workspace)),
                           "items-changed", G_CALLBACK (active_changed_cb), self,
                           G_CONNECT_SWAPPED);
  lf_store_list_specs_async (store_of (self), NULL, listed_cb, g_object_ref (self));
  return self;
}

LfWorkspace *
lf_spec_library_get_workspace (LfSpecLibrary *self)
{
  return self->workspace;
}

LfStore *
lf_spec_library_get_store (LfSpecLibrary *self)
{
  return store_of (self);
}

GListModel *
lf_spec_library_get_items (LfSpecLibrary *self)
{
  return G_LIST_MODEL (self->items);
}

gboolean
lf_spec_library_is_loaded (LfSpecLibrary *self)
{
  return self->loaded;
}

LfSpecItem *
lf_spec_library_find (LfSpecLibrary *self, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (LfSpecItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (g_strcmp0 (lf_spec_item_get_id (item), id) == 0)
        return item; /* the list keeps it */
    }
  return NULL;
}

void
lf_spec_library_put (LfSpecLibrary *self, const LfSpec *spec)
{
  LfSpecItem *known = lf_spec_library_find (self, spec->id);

  if (known != NULL)
    {
      lf_spec_item_set_spec (known, spec);
      g_list_store_sort (self->items, lf_spec_item_compare, NULL);
    }
  else
    {
      g_autoptr (LfSpecItem) item = lf_spec_item_new (spec);

      add (self, item);
    }
}

void
lf_spec_library_ask_run (LfSpecLibrary *self, LfSpecItem *item)
{
  if (lf_spec_item_get_asked (item) || lf_spec_item_get_run (item) != NULL)
    return;
  lf_spec_item_set_asked (item, TRUE);
  read_run (self, item);
}

void
lf_spec_library_duplicate (LfSpecLibrary *self, LfSpecItem *item)
{
  g_autoptr (LfSpec) copy = lf_spec_copy (lf_spec_item_get_spec (item));
  g_autofree char *name = g_strdup_printf (_ ("%s (copy)"), copy->name != NULL ? copy->name : "");

  g_clear_pointer (&copy->id, g_free);
  lf_record_set_present (copy, G_STRUCT_OFFSET (LfSpec, id), FALSE);
  copy->revision = 0;
  lf_set_string (&copy->name, name);
  lf_store_save_spec_async (store_of (self), copy, NULL, duplicated_cb, g_object_ref (self));
}

void
lf_spec_library_remove (LfSpecLibrary *self, LfSpecItem *item)
{
  guint place;

  if (!g_list_store_find (self->items, item, &place))
    return;
  g_ptr_array_add (self->removed, g_object_ref (item));
  g_list_store_remove (self->items, place);
}

void
lf_spec_library_restore (LfSpecLibrary *self, LfSpecItem *item)
{
  guint place;

  if (!g_ptr_array_find (self->removed, item, &place))
    return;
  add (self, item);
  g_ptr_array_remove_index (self->removed, place);
}

void
lf_spec_library_purge (LfSpecLibrary *self, LfSpecItem *item)
{
  guint place;

  if (!g_ptr_array_find (self->removed, item, &place))
    return;
  self->n_deleting++;
  lf_store_delete_spec_async (store_of (self), lf_spec_item_get_id (item), NULL, deleted_cb,
                              g_object_ref (self));
  g_ptr_array_remove_index (self->removed, place);
}

void
lf_spec_library_flush_async (LfSpecLibrary *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (self->flush == NULL);
  self->flush = g_task_new (self, NULL, callback, user_data);
  while (self->removed->len > 0)
    lf_spec_library_purge (self, self->removed->pdata[0]);
  finish_flush (self);
}

gboolean
lf_spec_library_flush_finish (LfSpecLibrary *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
