#include "config.h"

#include "lf-run-recovery.h"

#include "lf-process.h"
#include "lf-run-state.h"
#include "lf-run-summary.h"
#include "lf-time.h"

#include <glib/gi18n.h>

typedef struct
{
  LfStore *store;
  GPtrArray *runs; /* that are lost; the last is being recovered */
  gssize n_recovered;
} Recovery;

/* What the thread that rebuilds a summary needs. */
typedef struct
{
  LfRun *run;
  GPtrArray *samples;
} Rebuild;

static void recover_next (GTask *task);

static void
recovery_free (Recovery *recovery)
{
  g_object_unref (recovery->store);
  g_clear_pointer (&recovery->runs, g_ptr_array_unref);
  g_free (recovery);
}

static void
rebuild_free (Rebuild *rebuild)
{
  lf_run_free (rebuild->run);
  g_ptr_array_unref (rebuild->samples);
  g_free (rebuild);
}

static LfRun *
current_run (GTask *task)
{
  Recovery *recovery = g_task_get_task_data (task);

  return recovery->runs->pdata[recovery->runs->len - 1];
}

/* Takes @task. */
static void
go_on (GTask *task)
{
  Recovery *recovery = g_task_get_task_data (task);

  g_ptr_array_remove_index (recovery->runs, recovery->runs->len - 1);
  recover_next (task);
}

/* One run that cannot be recovered keeps no other from it; the next start tries again. Takes @task
 * and @error. */
static void
leave (GTask *task, GError *error)
{
  g_message (_ ("run %s stays as it is: %s"), current_run (task)->id, error->message);
  g_error_free (error);
  go_on (task);
}

static LfLogLine *
make_line (const LfRun *run, gint64 seq)
{
  LfLogLine *line = lf_log_line_new ();

  lf_set_string (&line->run_id, run->id);
  line->seq = seq;
  line->time = lf_time_now ();
  line->level = LF_LOG_ERROR;
  line->log_class = LF_LOG_CLASS_LIFECYCLE;
  line->step = -1;
  line->count = 1;
  line->message = g_strdup_printf ("Interrupted: the process that ran this is gone. The summary "
                                   "covers the %.0f s that were kept",
                                   run->summary->duration);
  return line;
}

/* The run's record counts more than its console: a line that cannot be kept is let go. */
static void
line_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!lf_store_append_logs_finish (LF_STORE (source), result, &error))
    g_message ("%s", error->message);
  go_on (user_data);
}

static void
lines_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (lf_record_free);
  g_autoptr (GError) error = NULL;
  gint64 seq = 1;

  lines = lf_store_list_logs_finish (LF_STORE (source), result, &error);
  if (lines == NULL)
    {
      g_message ("%s", error->message);
      go_on (task);
      return;
    }
  if (lines->len > 0)
    seq = ((LfLogLine *) lines->pdata[lines->len - 1])->seq + 1;
  g_ptr_array_add (added, make_line (current_run (task), seq));
  lf_store_append_logs_async (LF_STORE (source), current_run (task)->id, added,
                              g_task_get_cancellable (task), line_written_cb, task);
}

/* The line comes after the record, so that a record that could not be saved gets no second line at
 * the next start. */
static void
run_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Recovery *recovery = g_task_get_task_data (task);
  GError *error = NULL;

  if (!lf_store_save_run_finish (LF_STORE (source), result, &error))
    {
      leave (task, error);
      return;
    }
  recovery->n_recovered++;
  lf_store_list_logs_async (recovery->store, current_run (task)->id, 0, 0,
                            g_task_get_cancellable (task), lines_listed_cb, task);
}

static void
rebuild_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Rebuild *rebuild = data;

  g_task_return_pointer (task, lf_run_summary_rebuild (rebuild->run, rebuild->samples),
                         lf_record_free);
}

static void
interrupt (LfRun *run, LfSummary *summary)
{
  lf_run_state_next (run->status, LF_RUN_EVENT_LOSE, &run->status);
  run->verdict = summary->verdict;
  run->ended_at = summary->ended_at;
  if (run->progress == NULL)
    run->progress = lf_run_progress_new ();
  run->progress->elapsed = summary->duration;
  run->progress->users = 0;
  run->progress->rate = 0;
  run->progress->requests = summary->requests->total;
  run->progress->failed = summary->requests->failed;
  g_clear_pointer (&run->spec, json_node_unref);
  g_clear_pointer (&run->summary, lf_summary_free);
  run->summary = summary;
}

static void
rebuilt_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Recovery *recovery = g_task_get_task_data (task);
  LfRun *run = current_run (task);

  interrupt (run, g_task_propagate_pointer (G_TASK (result), NULL));
  lf_store_save_run_async (recovery->store, run, g_task_get_cancellable (task), run_saved_cb, task);
}

static void
samples_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GTask) rebuilding = NULL;
  g_autoptr (GPtrArray) samples = NULL;
  GError *error = NULL;
  Rebuild *rebuild;

  samples = lf_store_list_samples_finish (LF_STORE (source), result, &error);
  if (samples == NULL)
    {
      leave (task, error);
      return;
    }
  rebuild = g_new0 (Rebuild, 1);
  rebuild->run = lf_run_copy (current_run (task));
  rebuild->samples = g_steal_pointer (&samples);
  rebuilding = g_task_new (NULL, NULL, rebuilt_cb, task);
  g_task_set_task_data (rebuilding, rebuild, (GDestroyNotify) rebuild_free);
  g_task_run_in_thread (rebuilding, rebuild_in_thread);
}

/* Takes @task. */
static void
recover_next (GTask *task)
{
  Recovery *recovery = g_task_get_task_data (task);

  if (recovery->runs->len == 0)
    {
      g_task_return_int (task, recovery->n_recovered);
      g_object_unref (task);
    }
  else
    lf_store_list_samples_async (recovery->store, current_run (task)->id,
                                 g_task_get_cancellable (task), samples_listed_cb, task);
}

static void
runs_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Recovery *recovery = g_task_get_task_data (task);
  GError *error = NULL;

  recovery->runs = lf_store_list_runs_finish (LF_STORE (source), result, &error);
  if (recovery->runs == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = recovery->runs->len; i > 0; i--)
    if (!lf_process_is_gone (((LfRun *) recovery->runs->pdata[i - 1])->owner, lf_time_now ()))
      g_ptr_array_remove_index (recovery->runs, i - 1);
  recover_next (g_steal_pointer (&task));
}

void
lf_run_recovery_async (LfStore *store,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Recovery *recovery = g_new0 (Recovery, 1);
  LfRunQuery query = { .active = TRUE };

  g_task_set_source_tag (task, lf_run_recovery_async);
  recovery->store = g_object_ref (store);
  g_task_set_task_data (task, recovery, (GDestroyNotify) recovery_free);
  lf_store_list_runs_async (store, &query, cancellable, runs_listed_cb, task);
}

gssize
lf_run_recovery_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}
