#include "config.h"

#include "lf-spec-library-private.h"

#define NEWEST_RUNS                                                                                \
  5             /* whose ids and states tell whether the runs are still those that are shown */
#define REST 10 /* times as long as an answer took, the store is left alone */

static LfStore *
store_of (LfSpecLibrary *self)
{
  return lf_workspace_get_store (self->workspace);
}

LfSpecItem *
_lf_spec_library_find_removed (LfSpecLibrary *self, const char *id)
{
  for (guint i = 0; i < self->removed->len; i++)
    {
      GPtrArray *items = self->removed->pdata[i];

      for (guint j = 0; j < items->len; j++)
        if (g_strcmp0 (lf_spec_item_get_id (items->pdata[j]), id) == 0)
          return items->pdata[j];
    }
  return NULL;
}

static gboolean
is_known (LfSpecLibrary *self, const char *id, gint64 revision)
{
  LfSpecItem *item = lf_spec_library_find (self, id);

  return (item != NULL && lf_spec_item_get_spec (item)->revision >= revision) ||
         _lf_spec_library_find_removed (self, id) != NULL;
}

static void
drop_gone (LfSpecLibrary *self, GHashTable *revisions)
{
  GListModel *items = G_LIST_MODEL (self->items);
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (LfSpecItem) item = g_list_model_get_item (items, i);

      if (!g_hash_table_contains (revisions, lf_spec_item_get_id (item)))
        g_ptr_array_add (gone, g_steal_pointer (&item));
    }
  if (gone->len > 0)
    _lf_spec_library_take_out (self, gone);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfSpecLibrary) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = lf_store_load_spec_finish (LF_STORE (source), result, &error);
  gboolean is_new;

  if (spec == NULL)
    g_debug ("%s", error->message); /* it may be gone again */
  else if (!is_known (self, spec->id, spec->revision))
    {
      is_new = lf_spec_library_find (self, spec->id) == NULL;
      lf_spec_library_put (self, spec);
      if (is_new)
        _lf_spec_library_read_runs (self, spec->id);
    }
}

static void
read_changed (LfSpecLibrary *self, GHashTable *revisions)
{
  GHashTableIter iter;
  gpointer id, revision;

  g_hash_table_iter_init (&iter, revisions);
  while (g_hash_table_iter_next (&iter, &id, &revision))
    if (!is_known (self, id, *(gint64 *) revision))
      lf_store_load_spec_async (store_of (self), id, NULL, loaded_cb, g_object_ref (self));
}

static char *
describe_runs (GPtrArray *runs)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      const LfRun *run = runs->pdata[i];

      g_string_append_printf (text, "%s:%d ", run->id, (int) run->status);
    }
  return g_string_free (text, FALSE);
}

static void
runs_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfSpecLibrary) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = lf_store_list_runs_finish (LF_STORE (source), result, &error);
  g_autofree char *newest = runs != NULL ? describe_runs (runs) : NULL;
  gint64 now = g_get_monotonic_time ();

  self->following = FALSE;
  self->rest_until = now + REST * (now - self->asked);
  if (newest == NULL)
    {
      g_debug ("%s", error->message);
      return;
    }
  if (self->newest_runs != NULL && g_strcmp0 (newest, self->newest_runs) != 0)
    _lf_spec_library_read_last_runs (self);
  g_free (self->newest_runs);
  self->newest_runs = g_steal_pointer (&newest);
}

/* An answer from before a change that was made here is old; the next comparison sees both. */
static void
revisions_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfSpecLibrary) self = user_data;
  LfRunQuery query = { .limit = NEWEST_RUNS, .brief = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) revisions =
      lf_store_list_revisions_finish (LF_STORE (source), result, &error);

  if (revisions == NULL)
    g_debug ("%s", error->message);
  else if (self->generation == self->followed)
    {
      drop_gone (self, revisions);
      read_changed (self, revisions);
    }
  lf_store_list_runs_async (LF_STORE (source), &query, NULL, runs_listed_cb, g_object_ref (self));
}

void
lf_spec_library_refresh (LfSpecLibrary *self)
{
  gint64 now = g_get_monotonic_time ();

  if (!self->loaded || self->following || self->n_deleting > 0 || now < self->rest_until)
    return;
  self->following = TRUE;
  self->followed = self->generation;
  self->asked = now;
  lf_store_list_revisions_async (store_of (self), NULL, revisions_listed_cb, g_object_ref (self));
}
