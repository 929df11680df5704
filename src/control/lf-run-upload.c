#include "config.h"

#include "lf-run-upload.h"

#include "lf-error.h"
#include "lf-process.h"
#include "lf-run-state.h"
#include "lf-run-track.h"
#include "lf-time.h"

#include <glib/gi18n.h>

typedef struct
{
  LfStore *source;
  LfStore *target;
  char *run_id;
  LfRun *run;
  GPtrArray *samples; /* all of them */
  LfSamples *missing; /* of these, in the target */
  GPtrArray *lines;
  LfRunTrack *track; /* while it writes */
} Upload;

static void
upload_free (gpointer data)
{
  Upload *upload = data;

  g_clear_object (&upload->track);
  g_clear_pointer (&upload->run, lf_run_free);
  g_clear_pointer (&upload->samples, g_ptr_array_unref);
  g_clear_pointer (&upload->missing, lf_samples_unref);
  g_clear_pointer (&upload->lines, g_ptr_array_unref);
  g_object_unref (upload->source);
  g_object_unref (upload->target);
  g_free (upload->run_id);
  g_free (upload);
}

/* Takes @task and @error, NULL: all went well. */
static void
end (GTask *task, GError *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* Takes @task and the error of reading the source. Another process may have moved the run
 * meanwhile, and taken it out of there. */
static void
end_reading (GTask *task, GError *error)
{
  if (g_error_matches (error, LF_ERROR, LF_ERROR_NOT_FOUND))
    g_clear_error (&error);
  end (task, error);
}

/* A sample is known by its second and its step. */
static char *
key_of (const LfSample *sample)
{
  return g_strdup_printf ("%.17g/%" G_GINT64_FORMAT, sample->t, sample->step);
}

static LfSamples *
find_missing (GPtrArray *samples, GPtrArray *there)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  LfSamples *missing = lf_samples_new ();

  for (guint i = 0; i < there->len; i++)
    g_hash_table_add (keys, key_of (there->pdata[i]));
  for (guint i = 0; i < samples->len; i++)
    {
      g_autofree char *key = key_of (samples->pdata[i]);

      if (!g_hash_table_contains (keys, key))
        lf_samples_add (missing, samples->pdata[i]);
    }
  return missing;
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Upload *upload = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) there = lf_store_list_samples_finish (LF_STORE (source), result, &error);
  g_autoptr (LfSamples) missing =
      there != NULL ? find_missing (upload->samples, there) : lf_samples_new ();
  guint n = lf_samples_get_n (missing);

  if (n > 0)
    g_set_error (&error, LF_ERROR, LF_ERROR_FAILED,
                 ngettext ("%u sample did not arrive in %s; the run stays here, upload it again",
                           "%u samples did not arrive in %s; the run stays here, upload it again",
                           n),
                 n, lf_store_get_name (upload->target));
  end (task, error);
}

static void
answered_cb (LfRunTrack *track, gpointer user_data)
{
  GTask *task = user_data;
  Upload *upload = g_task_get_task_data (task);
  const GError *error = lf_run_track_get_error (track);
  GError *cancelled = NULL;
  gboolean goes_on =
      error == NULL && !lf_run_track_has_ended (track) &&
      !g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &cancelled);

  if (goes_on)
    return;
  g_signal_handlers_disconnect_by_data (track, task);
  lf_run_track_stop (track);
  if (error != NULL || cancelled != NULL)
    end (task, cancelled != NULL ? cancelled : g_error_copy (error));
  else
    lf_store_list_samples_async (upload->target, upload->run_id, NULL, checked_cb, task);
}

static void
write_run (GTask *task)
{
  Upload *upload = g_task_get_task_data (task);

  upload->track = lf_run_track_new (upload->target, upload->run, upload->missing, upload->lines);
  g_signal_connect (upload->track, "answered", G_CALLBACK (answered_cb), task);
  lf_run_track_end (upload->track);
}

static void
there_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Upload *upload = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) there = lf_store_list_samples_finish (LF_STORE (source), result, &error);

  if (there == NULL)
    {
      end (task, error);
      return;
    }
  upload->missing = find_missing (upload->samples, there);
  write_run (task);
}

/* What a person wrote on the copy there is not written over. */
static void
take_remarks (LfRun *run, const LfRun *theirs)
{
  if (theirs->name != NULL)
    lf_set_string (&run->name, theirs->name);
  if (theirs->notes != NULL)
    lf_set_string (&run->notes, theirs->notes);
  run->baseline |= theirs->baseline;
}

/* A copy that never came to its end is not the last word on a run that somebody still writes there.
 */
static gboolean
goes_on_there (const LfRun *run, const LfRun *theirs)
{
  return lf_run_is_active (run) && lf_run_is_active (theirs) &&
         !lf_process_is_gone (theirs->owner, lf_time_now ());
}

static void
fail_live (GTask *task)
{
  Upload *upload = g_task_get_task_data (task);

  end (task, g_error_new (LF_ERROR, LF_ERROR_BUSY,
                          _ ("the run %s is still going on in %s; upload it once it has ended"),
                          upload->run_id, lf_store_get_name (upload->target)));
}

/* An answer that got lost was of a write that worked: the run may be there as a whole. */
static void
there_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Upload *upload = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfRun) theirs = lf_store_load_run_finish (LF_STORE (source), result, &error);

  if (theirs != NULL && !lf_run_is_active (theirs) && theirs->status != LF_RUN_INTERRUPTED)
    end (task, NULL);
  else if (theirs != NULL && goes_on_there (upload->run, theirs))
    fail_live (task);
  else if (theirs != NULL)
    {
      take_remarks (upload->run, theirs);
      lf_store_list_samples_async (upload->target, upload->run_id, g_task_get_cancellable (task),
                                   there_listed_cb, task);
    }
  else if (g_error_matches (error, LF_ERROR, LF_ERROR_NOT_FOUND))
    {
      g_autoptr (GPtrArray) nothing = g_ptr_array_new ();

      upload->missing = find_missing (upload->samples, nothing);
      write_run (task);
    }
  else
    end (task, g_steal_pointer (&error));
}

static void
lines_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Upload *upload = g_task_get_task_data (task);
  GError *error = NULL;

  upload->lines = lf_store_list_logs_finish (LF_STORE (source), result, &error);
  if (upload->lines != NULL)
    lf_store_load_run_async (upload->target, upload->run_id, g_task_get_cancellable (task),
                             there_loaded_cb, task);
  else
    end_reading (task, error);
}

static void
samples_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Upload *upload = g_task_get_task_data (task);
  GError *error = NULL;

  upload->samples = lf_store_list_samples_finish (LF_STORE (source), result, &error);
  if (upload->samples != NULL)
    lf_store_list_logs_async (upload->source, upload->run_id, 0, 0, g_task_get_cancellable (task),
                              lines_listed_cb, task);
  else
    end_reading (task, error);
}

static void
run_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Upload *upload = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (LfRun) run = lf_store_load_run_finish (LF_STORE (source), result, &error);

  if (run == NULL)
    {
      end_reading (task, error);
      return;
    }
  /* The store may have more of a run that was cut off, and so another summary. */
  upload->run =
      run->status == LF_RUN_INTERRUPTED ? lf_run_state_reopen (run) : g_steal_pointer (&run);
  lf_store_list_samples_async (upload->source, upload->run_id, g_task_get_cancellable (task),
                               samples_listed_cb, task);
}

void
lf_run_upload_async (LfStore *source,
                     LfStore *target,
                     const char *run_id,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Upload *upload = g_new0 (Upload, 1);

  g_task_set_source_tag (task, lf_run_upload_async);
  upload->source = g_object_ref (source);
  upload->target = g_object_ref (target);
  upload->run_id = g_strdup (run_id);
  g_task_set_task_data (task, upload, upload_free);
  lf_store_load_run_async (source, run_id, cancellable, run_loaded_cb, task);
}

gboolean
lf_run_upload_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
