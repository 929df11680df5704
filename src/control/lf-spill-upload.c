#include "config.h"

#include "lf-spill-private.h"

#include "lf-error.h"
#include "lf-run-recovery.h"
#include "lf-run-upload.h"

/* What is being uploaded. */
typedef struct
{
  LfStore *target;
  GPtrArray *runs; /* that are left; the last is next */
  gssize n_moved;
  GError *error; /* the first */
} Upload;

static void upload_next (GTask *task);

static void
upload_free (gpointer data)
{
  Upload *upload = data;

  g_object_unref (upload->target);
  g_clear_pointer (&upload->runs, g_ptr_array_unref);
  g_clear_error (&upload->error);
  g_free (upload);
}

/* Takes @error; the first one is told. */
static void
note_error (Upload *upload, GError *error)
{
  if (upload->error == NULL)
    upload->error = error;
  else
    g_clear_error (&error);
}

/* Takes @task. */
static void
end_upload (GTask *task)
{
  Upload *upload = g_task_get_task_data (task);

  lf_spill_refresh (g_task_get_source_object (task));
  if (upload->error != NULL)
    g_task_return_error (task, g_steal_pointer (&upload->error));
  else
    g_task_return_int (task, upload->n_moved);
  g_object_unref (task);
}

/* One run that cannot be moved keeps no other from it; a store that is away does. Takes @task, and
 * @error, which is NULL where the run was moved. */
static void
go_on (GTask *task, GError *error)
{
  Upload *upload = g_task_get_task_data (task);
  gboolean in_vain = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
                     g_error_matches (error, LF_ERROR, LF_ERROR_UNREACHABLE);

  if (error != NULL)
    note_error (upload, error);
  else
    upload->n_moved++;
  g_ptr_array_remove_index (upload->runs, upload->runs->len - 1);
  if (in_vain)
    end_upload (task);
  else
    upload_next (task);
}

static void
moved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  lf_spill_forget_finish (LF_SPILL (source), result, &error);
  go_on (user_data, error);
}

static void
uploaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Upload *upload = g_task_get_task_data (task);
  const LfRun *run = upload->runs->pdata[upload->runs->len - 1];
  GError *error = NULL;

  if (lf_run_upload_finish (result, &error))
    lf_spill_forget_async (g_task_get_source_object (task), run->id, moved_cb, task);
  else
    go_on (task, error);
}

/* Runs that a crash cut off are summed up from all that the store has of them. */
static void
recovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (lf_run_recovery_finish (result, &error) < 0)
    note_error (g_task_get_task_data (task), error);
  end_upload (task);
}

static void
upload_next (GTask *task)
{
  LfSpill *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Upload *upload = g_task_get_task_data (task);
  const LfRun *run;

  if (upload->runs->len == 0)
    {
      lf_run_recovery_async (upload->target, NULL, recovered_cb, task);
      return;
    }
  run = upload->runs->pdata[upload->runs->len - 1];
  lf_run_upload_async (self->store, upload->target, run->id, cancellable, uploaded_cb, task);
}

static void
upload_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Upload *upload = g_task_get_task_data (task);
  GError *error = NULL;

  upload->runs = lf_spill_list_finish (LF_SPILL (source), result, &error);
  if (upload->runs != NULL)
    {
      upload_next (task);
      return;
    }
  note_error (upload, error);
  end_upload (task);
}

void
lf_spill_upload_async (LfSpill *self,
                       LfStore *store,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Upload *upload = g_new0 (Upload, 1);

  upload->target = g_object_ref (store);
  g_task_set_source_tag (task, lf_spill_upload_async);
  g_task_set_check_cancellable (task, FALSE); /* what was moved is told as moved */
  g_task_set_task_data (task, upload, upload_free);
  lf_spill_list_async (self, upload_listed_cb, task);
}

gssize
lf_spill_upload_finish (LfSpill *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}
