#include "config.h"

#include "lf-scheduled-start.h"

#include "lf-error.h"
#include "lf-process.h"
#include "lf-time.h"

#include <glib/gi18n.h>

typedef struct
{
  LfStore *store;
  LfRunSchedule *schedule;
  LfRunOptions options;
  LfSpec *spec; /* NULL until it is loaded */
} Start;

static void
start_free (Start *start)
{
  g_object_unref (start->store);
  lf_run_schedule_free (start->schedule);
  g_clear_pointer (&start->spec, lf_spec_free);
  g_free (start);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  LfActiveRun *run = lf_run_manager_start_finish (LF_RUN_MANAGER (source), result, &error);

  if (run != NULL)
    g_task_return_pointer (task, run, g_object_unref);
  else
    g_task_return_error (task, error);
}

/* A run whose process is gone goes on for nobody; one that begins here is not in the store yet. */
static gboolean
any_goes_on (LfRunManager *manager, const LfSpec *spec, GPtrArray *runs)
{
  if (lf_run_manager_is_running (manager, spec->id))
    return TRUE;
  for (guint i = 0; i < runs->len; i++)
    if (!lf_process_is_gone (((LfRun *) runs->pdata[i])->owner, lf_time_now ()))
      return TRUE;
  return FALSE;
}

static void
active_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Start *start = g_task_get_task_data (task);
  LfRunManager *runs = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) active = lf_store_list_runs_finish (LF_STORE (source), result, &error);

  if (active == NULL)
    g_task_return_error (task, error);
  else if (any_goes_on (runs, start->spec, active))
    g_task_return_new_error (task, LF_ERROR, LF_ERROR_BUSY,
                             _ ("its last run is still going on; give it more time between"));
  else
    lf_run_manager_start_async (runs, start->spec, &start->options, cancellable, started_cb,
                                g_steal_pointer (&task));
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!lf_store_delete_schedule_finish (LF_STORE (source), result, &error))
    g_message ("%s", error->message);
  g_task_return_new_error (task, LF_ERROR, LF_ERROR_STATE,
                           _ ("the spec no longer has this schedule"));
}

/* What the writer of a spec left behind when it died before the spec's schedule was brought up to
 * date. */
static gboolean
is_left_behind (const Start *start)
{
  g_autoptr (LfRunSchedule) own = NULL;

  if (g_strcmp0 (start->schedule->id, start->spec->id) != 0)
    return FALSE;
  own = lf_run_schedule_of_spec (start->spec);
  return own == NULL || !own->enabled;
}

static void
spec_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Start *start = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  LfRunQuery query = { .spec_id = start->schedule->spec_id, .active = TRUE, .brief = TRUE };
  GError *error = NULL;

  start->spec = lf_store_load_spec_finish (LF_STORE (source), result, &error);
  if (start->spec == NULL)
    g_task_return_error (task, error);
  else if (is_left_behind (start))
    lf_store_delete_schedule_async (start->store, start->schedule->id, cancellable, deleted_cb,
                                    g_steal_pointer (&task));
  else
    lf_store_list_runs_async (start->store, &query, cancellable, active_listed_cb,
                              g_steal_pointer (&task));
}

void
lf_scheduled_start_async (LfRunManager *runs,
                          LfStore *store,
                          const LfRunSchedule *schedule,
                          const LfRunOptions *options,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (runs, cancellable, callback, user_data);
  Start *start = g_new0 (Start, 1);

  start->store = g_object_ref (store);
  start->schedule = lf_run_schedule_copy (schedule);
  start->options = *options;
  g_task_set_source_tag (task, lf_scheduled_start_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, start, (GDestroyNotify) start_free);
  lf_store_load_spec_async (store, schedule->spec_id, cancellable, spec_loaded_cb, task);
}

LfActiveRun *
lf_scheduled_start_finish (LfRunManager *runs, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
lf_scheduled_start_get_name (GAsyncResult *result)
{
  const Start *start = g_task_get_task_data (G_TASK (result));

  return start->spec != NULL && start->spec->name != NULL && *start->spec->name != '\0'
             ? start->spec->name
             : NULL;
}
