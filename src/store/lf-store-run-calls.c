#include "config.h"

#include "lf-store-private.h"

#include <glib/gi18n.h>

/* The calls of lf-store.h about runs, as lf-store-calls.c has the others. */

void
lf_store_save_run_async (LfStore *self,
                         const LfRun *run,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  LfStoreCall *call =
      _lf_store_call_new (LF_STORE_RUNS, LF_STORE_WORK (self, save_run), N_ ("save the run"), NULL);

  call->record = lf_run_copy (run);
  _lf_store_call_push (call, self, lf_store_save_run_async, cancellable, callback, user_data);
}

gboolean
lf_store_save_run_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_save_run_async, error) != NULL;
}

void
lf_store_load_run_async (LfStore *self,
                         const char *id,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  LfStoreCall *call = _lf_store_call_new_by_id (LF_STORE_READS, LF_STORE_WORK (self, load_run),
                                                N_ ("load the run"), lf_record_free, id);

  _lf_store_call_push (call, self, lf_store_load_run_async, cancellable, callback, user_data);
}

LfRun *
lf_store_load_run_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_load_run_async, error);
}

void
lf_store_list_runs_async (LfStore *self,
                          const LfRunQuery *query,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  LfStoreCall *call = _lf_store_call_new (LF_STORE_READS, LF_STORE_WORK (self, list_runs),
                                          N_ ("list the runs"), (GDestroyNotify) g_ptr_array_unref);

  if (query)
    {
      call->id = g_strdup (query->spec_id);
      call->active = query->active;
      call->brief = query->brief;
      call->limit = query->limit;
      call->before_id = g_strdup (query->before_id);
    }
  _lf_store_call_push (call, self, lf_store_list_runs_async, cancellable, callback, user_data);
}

GPtrArray *
lf_store_list_runs_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_list_runs_async, error);
}

void
lf_store_list_last_runs_async (LfStore *self,
                               guint each,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  LfStoreCall *call = _lf_store_call_new (LF_STORE_READS, LF_STORE_WORK (self, list_last_runs),
                                          N_ ("list the runs"), (GDestroyNotify) g_ptr_array_unref);

  call->limit = each;
  call->brief = TRUE;
  _lf_store_call_push (call, self, lf_store_list_last_runs_async, cancellable, callback, user_data);
}

GPtrArray *
lf_store_list_last_runs_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_list_last_runs_async, error);
}

void
lf_store_delete_run_async (LfStore *self,
                           const char *id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  LfStoreCall *call = _lf_store_call_new_by_id (LF_STORE_CHANGES, LF_STORE_WORK (self, delete_run),
                                                N_ ("delete the run"), NULL, id);

  _lf_store_call_push (call, self, lf_store_delete_run_async, cancellable, callback, user_data);
}

gboolean
lf_store_delete_run_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_delete_run_async, error) != NULL;
}

void
lf_store_append_samples_async (LfStore *self,
                               const char *run_id,
                               GPtrArray *samples,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  LfStoreCall *call = _lf_store_call_new_by_id (LF_STORE_RUNS, LF_STORE_WORK (self, append_samples),
                                                N_ ("write the run's samples"), NULL, run_id);

  call->records = lf_record_copy_all (samples);
  _lf_store_call_push (call, self, lf_store_append_samples_async, cancellable, callback, user_data);
}

gboolean
lf_store_append_samples_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_append_samples_async, error) != NULL;
}

void
lf_store_list_samples_async (LfStore *self,
                             const char *run_id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  LfStoreCall *call = _lf_store_call_new_by_id (LF_STORE_READS, LF_STORE_WORK (self, list_samples),
                                                N_ ("read the run's samples"),
                                                (GDestroyNotify) g_ptr_array_unref, run_id);

  _lf_store_call_push (call, self, lf_store_list_samples_async, cancellable, callback, user_data);
}

GPtrArray *
lf_store_list_samples_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_list_samples_async, error);
}

void
lf_store_query_samples_async (LfStore *self,
                              const char *run_id,
                              const LfSampleQuery *query,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  LfStoreCall *call = _lf_store_call_new_by_id (LF_STORE_READS, LF_STORE_WORK (self, list_samples),
                                                N_ ("read the run's samples"),
                                                (GDestroyNotify) g_ptr_array_unref, run_id);

  call->queries = TRUE;
  call->samples = *query;
  _lf_store_call_push (call, self, lf_store_query_samples_async, cancellable, callback, user_data);
}

GPtrArray *
lf_store_query_samples_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_query_samples_async, error);
}

void
lf_store_append_logs_async (LfStore *self,
                            const char *run_id,
                            GPtrArray *lines,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  LfStoreCall *call = _lf_store_call_new_by_id (LF_STORE_RUNS, LF_STORE_WORK (self, append_logs),
                                                N_ ("write the run's log"), NULL, run_id);

  call->records = lf_record_copy_all (lines);
  _lf_store_call_push (call, self, lf_store_append_logs_async, cancellable, callback, user_data);
}

gboolean
lf_store_append_logs_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_append_logs_async, error) != NULL;
}

void
lf_store_list_logs_async (LfStore *self,
                          const char *run_id,
                          gint64 after,
                          guint limit,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  LfStoreCall *call = _lf_store_call_new_by_id (LF_STORE_READS, LF_STORE_WORK (self, list_logs),
                                                N_ ("read the run's log"),
                                                (GDestroyNotify) g_ptr_array_unref, run_id);

  call->after = after;
  call->limit = limit;
  _lf_store_call_push (call, self, lf_store_list_logs_async, cancellable, callback, user_data);
}

GPtrArray *
lf_store_list_logs_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_list_logs_async, error);
}

void
lf_store_measure_async (LfStore *self,
                        const char *spec_id,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  LfStoreCall *call = _lf_store_call_new_by_id (LF_STORE_READS, LF_STORE_WORK (self, measure),
                                                N_ ("measure the runs"), g_free, spec_id);

  _lf_store_call_push (call, self, lf_store_measure_async, cancellable, callback, user_data);
}

LfStoreUsage *
lf_store_measure_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_measure_async, error);
}
