#include "config.h"

#include "lf-spec-library-private.h"

enum
{
  PROP_0,
  PROP_LOADED,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

enum
{
  CHANGED,
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

void
_lf_spec_library_changed (LfSpecLibrary *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static LfStore *
store_of (LfSpecLibrary *self)
{
  return lf_workspace_get_store (self->workspace);
}

/* At the end of the list, which whoever shows it orders. */
static void
add (LfSpecLibrary *self, GPtrArray *items)
{
  self->generation++;
  for (guint i = 0; i < items->len; i++)
    g_hash_table_insert (self->by_id, g_strdup (lf_spec_item_get_id (items->pdata[i])),
                         items->pdata[i]);
  g_list_store_splice (self->items, g_list_model_get_n_items (G_LIST_MODEL (self->items)), 0,
                       items->pdata, items->len);
  _lf_spec_library_changed (self);
}

static void
free_list (gpointer list)
{
  g_ptr_array_unref (list);
}

/* The runs of each spec in a list of their own; the elements belong to @runs. */
static GHashTable *
group_by_spec (GPtrArray *runs)
{
  GHashTable *groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_list);

  for (guint i = 0; i < runs->len; i++)
    {
      LfRun *run = runs->pdata[i];
      GPtrArray *group = g_hash_table_lookup (groups, run->spec_id);

      if (group == NULL)
        {
          group = g_ptr_array_new ();
          g_hash_table_insert (groups, run->spec_id, group);
        }
      g_ptr_array_add (group, run);
    }
  return groups;
}

static void
show_runs (LfSpecLibrary *self, GPtrArray *runs)
{
  g_autoptr (GHashTable) groups = group_by_spec (runs);
  GHashTableIter iter;
  gpointer spec_id, group;

  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, &spec_id, &group))
    {
      LfSpecItem *item = lf_spec_library_find (self, spec_id);

      if (item != NULL)
        lf_spec_item_set_runs (item, group);
    }
  _lf_spec_library_changed (self);
}

/* What is missing is seen again, with its reason, by whoever opens the past runs. */
static void
take_runs (LfSpecLibrary *self, GPtrArray *runs, const GError *error)
{
  if (runs != NULL)
    show_runs (self, runs);
  else
    g_message ("%s", error->message);
}

static void
last_runs_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfSpecLibrary) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = lf_store_list_last_runs_finish (LF_STORE (source), result, &error);

  take_runs (self, runs, error);
}

void
_lf_spec_library_read_last_runs (LfSpecLibrary *self)
{
  lf_store_list_last_runs_async (store_of (self), LF_SPEC_ITEM_RUNS, NULL, last_runs_listed_cb,
                                 g_object_ref (self));
}

static void
runs_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfSpecLibrary) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = lf_store_list_runs_finish (LF_STORE (source), result, &error);

  take_runs (self, runs, error);
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
  add (self, items);
  self->loaded = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
  lf_spec_library_refresh (self); /* before, so that no run slips in between unseen */
  if (items->len > 0)
    _lf_spec_library_read_last_runs (self);
}

static void
show_live_run (LfSpecLibrary *self, LfActiveRun *run)
{
  const LfRun *record = lf_active_run_get_run (run);
  LfSpecItem *item = lf_spec_library_find (self, record->spec_id);

  if (item == NULL)
    return;
  lf_spec_item_set_run (item, record);
  _lf_spec_library_changed (self);
}

void
_lf_spec_library_read_runs (LfSpecLibrary *self, const char *spec_id)
{
  LfRunQuery query = { .spec_id = spec_id, .limit = LF_SPEC_ITEM_RUNS, .brief = TRUE };

  if (lf_spec_library_find (self, spec_id) != NULL)
    lf_store_list_runs_async (store_of (self), &query, NULL, runs_listed_cb, g_object_ref (self));
}

static void
run_ended_cb (LfSpecLibrary *self, LfActiveRun *run)
{
  show_live_run (self, run);
  _lf_spec_library_read_runs (self, lf_active_run_get_run (run)->spec_id);
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

/* What is being saved, and what has been. */
typedef struct
{
  guint n_waiting;
  GPtrArray *items; /* LfSpecItem */
} Saving;

static void
saving_free (gpointer data)
{
  g_ptr_array_unref (((Saving *) data)->items);
  g_free (data);
}

static void
finish_saving (GTask *task)
{
  Saving *saving = g_task_get_task_data (task);

  if (saving->n_waiting == 0)
    g_task_return_pointer (task, g_ptr_array_ref (saving->items), free_list);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LfSpecLibrary *self = g_task_get_source_object (task);
  Saving *saving = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) stored = lf_store_save_spec_finish (LF_STORE (source), result, &error);

  if (stored != NULL)
    g_ptr_array_add (saving->items, g_object_ref (lf_spec_library_put (self, stored)));
  else
    fail (self, error);
  saving->n_waiting--;
  finish_saving (task);
}

static void
finish_flush (LfSpecLibrary *self)
{
  gboolean done = self->n_deleting == 0 && self->n_held == 0;
  g_autoptr (GTask) task = done ? g_steal_pointer (&self->flush) : NULL;

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
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->removed, g_ptr_array_unref);
  g_clear_pointer (&self->newest_runs, g_free);
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
  signals[CHANGED] = g_signal_new ("changed", LF_TYPE_SPEC_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", LF_TYPE_SPEC_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
lf_spec_library_init (LfSpecLibrary *self)
{
  self->items = g_list_store_new (LF_TYPE_SPEC_ITEM);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->removed = g_ptr_array_new_with_free_func (free_list);
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
  return id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;
}

LfSpecItem *
lf_spec_library_put (LfSpecLibrary *self, const LfSpec *spec)
{
  LfSpecItem *known = lf_spec_library_find (self, spec->id);
  LfSpecItem *removed = known == NULL ? _lf_spec_library_find_removed (self, spec->id) : NULL;
  g_autoptr (GPtrArray) items = NULL;

  if (known != NULL)
    {
      self->generation++;
      lf_spec_item_set_spec (known, spec);
      _lf_spec_library_changed (self);
      return known;
    }
  if (removed != NULL) /* a save that was on its way then: Undo brings that back */
    {
      lf_spec_item_set_spec (removed, spec);
      return removed;
    }
  items = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (items, lf_spec_item_new (spec));
  add (self, items);
  return items->pdata[0];
}

void
lf_spec_library_save_async (LfSpecLibrary *self,
                            GPtrArray *specs,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Saving *saving = g_new0 (Saving, 1);

  saving->n_waiting = specs->len;
  saving->items = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_source_tag (task, lf_spec_library_save_async);
  g_task_set_task_data (task, saving, saving_free);
  for (guint i = 0; i < specs->len; i++)
    lf_store_save_spec_async (store_of (self), specs->pdata[i], NULL, saved_cb,
                              g_object_ref (task));
  finish_saving (task);
}

GPtrArray *
lf_spec_library_save_finish (LfSpecLibrary *self, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* All at once: whoever shows the list would follow every single one. */
void
_lf_spec_library_take_out (LfSpecLibrary *self, GPtrArray *items)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  g_autoptr (GPtrArray) kept = g_ptr_array_new_full (n, g_object_unref);

  self->generation++;
  for (guint i = 0; i < items->len; i++)
    g_hash_table_remove (self->by_id, lf_spec_item_get_id (items->pdata[i]));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LfSpecItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (g_hash_table_contains (self->by_id, lf_spec_item_get_id (item)))
        g_ptr_array_add (kept, g_steal_pointer (&item));
    }
  g_list_store_splice (self->items, 0, n, kept->pdata, kept->len);
  _lf_spec_library_changed (self);
}

void
lf_spec_library_remove (LfSpecLibrary *self, GPtrArray *items)
{
  g_ptr_array_add (self->removed, g_ptr_array_ref (items));
  _lf_spec_library_take_out (self, items);
}

void
lf_spec_library_restore (LfSpecLibrary *self, GPtrArray *items)
{
  guint place;

  if (!g_ptr_array_find (self->removed, items, &place))
    return;
  add (self, items);
  g_ptr_array_remove_index (self->removed, place);
}

void
lf_spec_library_purge (LfSpecLibrary *self, GPtrArray *items)
{
  guint place;

  if (!g_ptr_array_find (self->removed, items, &place))
    return;
  self->generation++;
  for (guint i = 0; i < items->len; i++)
    {
      self->n_deleting++;
      lf_store_delete_spec_async (store_of (self), lf_spec_item_get_id (items->pdata[i]), NULL,
                                  deleted_cb, g_object_ref (self));
    }
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

void
lf_spec_library_hold (LfSpecLibrary *self)
{
  self->n_held++;
}

void
lf_spec_library_release (LfSpecLibrary *self)
{
  self->n_held--;
  finish_flush (self);
}
