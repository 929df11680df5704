#include "config.h"

#include "lf-store-prune.h"

#include "lf-error.h"
#include "lf-time.h"

#include <glib/gi18n.h>

#define DAY ((gint64) 86400 * 1000) /* ms */

typedef struct
{
  LfStore *store;
  GPtrArray *ids; /* char *; those before @next are done */
  guint next;
  gssize n_gone;
  GFileProgressCallback progress;
  gpointer progress_data;
} Prune;

static void
prune_free (gpointer data)
{
  Prune *prune = data;

  g_object_unref (prune->store);
  g_ptr_array_unref (prune->ids);
  g_free (prune);
}

static gboolean
is_set (const char *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
is_set_apart (const LfRun *run)
{
  return run->baseline || is_set (run->name) || is_set (run->notes) || lf_run_is_active (run);
}

/* Counts the run, which is the next older one of its spec; whether it is among the first @keep. */
static gboolean
is_among_newest (GHashTable *counts, const LfRun *run, guint keep)
{
  const char *spec = run->spec_id != NULL ? run->spec_id : "";
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, spec)) + 1;

  g_hash_table_insert (counts, (gpointer) spec, GUINT_TO_POINTER (n));
  return n <= keep;
}

/* @runs: newest first. */
static GPtrArray *
choose (GPtrArray *runs, const LfStorePruneRule *rule)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *chosen = g_ptr_array_new_with_free_func (lf_record_free);
  gint64 since = lf_time_now () - (gint64) rule->days * DAY;

  for (guint i = 0; i < runs->len; i++)
    {
      const LfRun *run = runs->pdata[i];
      gboolean newest = is_among_newest (counts, run, rule->keep);

      if (!newest && !(rule->days > 0 && run->started_at >= since) && !is_set_apart (run))
        g_ptr_array_insert (chosen, 0, lf_run_copy (run));
    }
  return chosen;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const LfStorePruneRule *rule = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) runs = lf_store_list_runs_finish (LF_STORE (source), result, &error);

  if (runs == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, choose (runs, rule), (GDestroyNotify) g_ptr_array_unref);
}

void
lf_store_prune_list_async (LfStore *store,
                           const LfStorePruneRule *rule,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  LfRunQuery query = { .brief = TRUE };

  g_task_set_source_tag (task, lf_store_prune_list_async);
  if (rule->keep == 0 && rule->days == 0)
    {
      g_task_return_new_error (task, LF_ERROR, LF_ERROR_VALUE,
                               _ ("what stays is not said; name a number of runs or of days"));
      return;
    }
  g_task_set_task_data (task, g_memdup2 (rule, sizeof *rule), g_free);
  lf_store_list_runs_async (store, &query, cancellable, listed_cb, g_steal_pointer (&task));
}

GPtrArray *
lf_store_prune_list_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void go_on (GTask *task);

/* Takes @task; a run that somebody else deleted meanwhile is gone as well. */
static void
end_one (GTask *task, GError *error)
{
  Prune *prune = g_task_get_task_data (task);

  if (error != NULL && !g_error_matches (error, LF_ERROR, LF_ERROR_NOT_FOUND))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  g_clear_error (&error);
  prune->next++;
  if (prune->progress != NULL)
    prune->progress (prune->next, prune->ids->len, prune->progress_data);
  go_on (task);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Prune *prune = g_task_get_task_data (user_data);
  GError *error = NULL;

  if (lf_store_delete_run_finish (LF_STORE (source), result, &error))
    prune->n_gone++;
  end_one (user_data, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autoptr (LfRun) run = lf_store_load_run_finish (LF_STORE (source), result, &error);

  if (run != NULL && !is_set_apart (run))
    lf_store_delete_run_async (LF_STORE (source), run->id, g_task_get_cancellable (task),
                               deleted_cb, task);
  else
    end_one (task, error);
}

/* Takes @task. */
static void
go_on (GTask *task)
{
  Prune *prune = g_task_get_task_data (task);

  if (prune->next == prune->ids->len)
    {
      g_task_return_int (task, prune->n_gone);
      g_object_unref (task);
    }
  else
    lf_store_load_run_async (prune->store, prune->ids->pdata[prune->next],
                             g_task_get_cancellable (task), loaded_cb, task);
}

void
lf_store_prune_async (LfStore *store,
                      GPtrArray *runs,
                      GFileProgressCallback progress,
                      gpointer progress_data,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Prune *prune = g_new0 (Prune, 1);

  g_task_set_source_tag (task, lf_store_prune_async);
  prune->store = g_object_ref (store);
  prune->ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < runs->len; i++)
    g_ptr_array_add (prune->ids, g_strdup (((LfRun *) runs->pdata[i])->id));
  prune->progress = progress;
  prune->progress_data = progress_data;
  g_task_set_task_data (task, prune, prune_free);
  go_on (task);
}

gssize
lf_store_prune_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}
