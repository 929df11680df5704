#include "config.h"

#include "lf-store-copy-private.h"

#include "lf-error.h"
#include "lf-store-wait-private.h"

#include <glib/gi18n.h>

typedef LfCopyOutcome (*CopyOne) (LfStoreCopy *self, gconstpointer record, GError **error);

typedef struct
{
  LfStore *source;
  LfStore *target;
  GFileProgressCallback progress;
  gpointer progress_data;
} Wish;

/* All that is to be copied, in the order in which it is: what others point to comes first. */
typedef struct
{
  GPtrArray *attachments, *specs, *schedules, *runs;
} Content;

typedef struct
{
  GFileProgressCallback progress;
  gpointer progress_data;
  goffset done, total;
} Report;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_object_unref (wish->source);
  g_object_unref (wish->target);
  g_free (wish);
}

void
lf_store_copy_result_free (LfStoreCopyResult *self)
{
  g_ptr_array_unref (self->problems);
  g_free (self);
}

static gboolean
report_cb (gpointer user_data)
{
  Report *report = user_data;

  report->progress (report->done, report->total, report->progress_data);
  return G_SOURCE_REMOVE;
}

static void
report (GTask *task, goffset done, goffset total)
{
  Wish *wish = g_task_get_task_data (task);
  g_autoptr (GSource) source = NULL;
  Report *report;

  if (wish->progress == NULL)
    return;
  report = g_new (Report, 1);
  *report = (Report){ wish->progress, wish->progress_data, done, total };
  source = g_idle_source_new ();
  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_callback (source, report_cb, report, g_free);
  g_source_attach (source, g_task_get_context (task));
}

gboolean
_lf_store_copy_is_missing (GError **error)
{
  if (!g_error_matches (*error, LF_ERROR, LF_ERROR_NOT_FOUND))
    return FALSE;
  g_clear_error (error);
  return TRUE;
}

LfCopyOutcome
_lf_store_copy_differs (LfStoreCopy *self, const char *what, const char *id, GError **error)
{
  g_set_error (error, LF_ERROR, LF_ERROR_CORRUPT,
               _ ("%s: the %s %s is not there as it was copied; copy it again"),
               lf_store_get_name (self->target), _ (what), id);
  return LF_COPY_FAILED;
}

/* What keeps one thing from being copied keeps no other from it. */
static gboolean
is_of_one_thing (const GError *error)
{
  return g_error_matches (error, LF_ERROR, LF_ERROR_CORRUPT) ||
         g_error_matches (error, LF_ERROR, LF_ERROR_NOT_FOUND) ||
         g_error_matches (error, LF_ERROR, LF_ERROR_VALUE) ||
         g_error_matches (error, LF_ERROR, LF_ERROR_TOO_LARGE);
}

/* The content of @mine, in a file without a name. */
static GFileIOStream *
fetch_content (LfStoreCopy *self, const LfAttachment *mine, GError **error)
{
  g_autoptr (GFileIOStream) spool = NULL;
  g_autoptr (GFile) file = g_file_new_tmp ("loadforge-XXXXXX", &spool, error);
  g_autoptr (LfAttachment) read = NULL;

  if (file == NULL)
    return NULL;
  g_file_delete (file, NULL, NULL);
  read = LF_STORE_WAIT (self->source, read_attachment, self->cancellable, error, mine->id,
                        g_io_stream_get_output_stream (G_IO_STREAM (spool)));
  if (read == NULL || !g_seekable_seek (G_SEEKABLE (spool), 0, G_SEEK_SET, NULL, error))
    return NULL;
  return g_steal_pointer (&spool);
}

static LfCopyOutcome
write_attachment (LfStoreCopy *self, const LfAttachment *mine, GError **error)
{
  g_autoptr (GFileIOStream) spool = fetch_content (self, mine, error);
  g_autoptr (LfAttachment) put = NULL;

  if (spool != NULL)
    put = LF_STORE_WAIT (self->target, put_attachment, self->cancellable, error, mine,
                         g_io_stream_get_input_stream (G_IO_STREAM (spool)));
  return put != NULL ? LF_COPY_COPIED : LF_COPY_FAILED;
}

static LfCopyOutcome
copy_attachment (LfStoreCopy *self, gconstpointer record, GError **error)
{
  const LfAttachment *mine = record;
  GError *cause = NULL;
  g_autoptr (LfAttachment) theirs =
      LF_STORE_WAIT (self->target, load_attachment, self->cancellable, &cause, mine->id);

  if (theirs != NULL)
    return theirs->size == mine->size && g_strcmp0 (theirs->sha256, mine->sha256) == 0
               ? LF_COPY_SAME
               : LF_COPY_KEPT;
  if (_lf_store_copy_is_missing (&cause))
    return write_attachment (self, mine, error);
  g_propagate_error (error, cause);
  return LF_COPY_FAILED;
}

static LfCopyOutcome
write_spec (LfStoreCopy *self, const LfSpec *mine, GError **error)
{
  g_autoptr (LfSpec) written = NULL;

  if (!LF_STORE_WAIT (self->target, put_spec, self->cancellable, error, mine))
    return LF_COPY_FAILED;
  written = LF_STORE_WAIT (self->target, load_spec, self->cancellable, error, mine->id);
  if (written == NULL)
    return LF_COPY_FAILED;
  return lf_record_equal (mine, written) ? LF_COPY_COPIED
                                         : _lf_store_copy_differs (self, "spec", mine->id, error);
}

static LfCopyOutcome
copy_spec (LfStoreCopy *self, gconstpointer record, GError **error)
{
  const LfSpec *mine = record;
  GError *cause = NULL;
  g_autoptr (LfSpec) theirs =
      LF_STORE_WAIT (self->target, load_spec, self->cancellable, &cause, mine->id);

  if (theirs == NULL && !_lf_store_copy_is_missing (&cause))
    {
      g_propagate_error (error, cause);
      return LF_COPY_FAILED;
    }
  if (theirs != NULL && lf_record_equal (mine, theirs))
    return LF_COPY_SAME;
  if (theirs != NULL && theirs->revision >= mine->revision)
    return LF_COPY_KEPT;
  return write_spec (self, mine, error);
}

static LfCopyOutcome
copy_schedule (LfStoreCopy *self, gconstpointer record, GError **error)
{
  const LfRunSchedule *mine = record;
  g_autoptr (GPtrArray) there =
      LF_STORE_WAIT (self->target, list_schedules, self->cancellable, error);
  g_autoptr (LfRunSchedule) written = NULL;

  if (there == NULL)
    return LF_COPY_FAILED;
  for (guint i = 0; i < there->len; i++)
    if (g_strcmp0 (((LfRunSchedule *) there->pdata[i])->id, mine->id) == 0)
      return lf_record_equal (mine, there->pdata[i]) ? LF_COPY_SAME : LF_COPY_KEPT;
  written = LF_STORE_WAIT (self->target, save_schedule, self->cancellable, error, mine);
  return written != NULL ? LF_COPY_COPIED : LF_COPY_FAILED;
}

static LfCopyOutcome
copy_run (LfStoreCopy *self, gconstpointer record, GError **error)
{
  const LfRun *run = record;

  if (!lf_run_is_active (run))
    return _lf_store_copy_run (self, run->id, error);
  g_set_error (error, LF_ERROR, LF_ERROR_VALUE,
               _ ("%s: the run %s has not ended yet; copy again when it has"),
               lf_store_get_name (self->source), run->id);
  return LF_COPY_FAILED;
}

/* FALSE with @error set: nothing more can be copied. */
static gboolean
count_one (LfStoreCopy *self, LfCopyOutcome outcome, guint *copied, GError *cause, GError **error)
{
  switch (outcome)
    {
    case LF_COPY_COPIED:
      (*copied)++;
      return TRUE;
    case LF_COPY_SAME:
      self->result->same++;
      return TRUE;
    case LF_COPY_KEPT:
      self->result->kept++;
      return TRUE;
    case LF_COPY_FAILED:
    default:
      break;
    }
  if (!is_of_one_thing (cause))
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  g_ptr_array_add (self->result->problems, g_strdup (cause->message));
  g_error_free (cause);
  return TRUE;
}

typedef struct
{
  GTask *task;
  goffset done, total;
} Counter;

static gboolean
copy_all (LfStoreCopy *self,
          Counter *counter,
          GPtrArray *records,
          CopyOne copy,
          guint *copied,
          GError **error)
{
  for (guint i = 0; i < records->len; i++)
    {
      GError *cause = NULL;
      LfCopyOutcome outcome;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      outcome = copy (self, records->pdata[i], &cause);
      if (!count_one (self, outcome, copied, cause, error))
        return FALSE;
      report (counter->task, ++counter->done, counter->total);
    }
  return TRUE;
}

static gboolean
list_content (LfStoreCopy *self, Content *content, GError **error)
{
  LfRunQuery query = { .brief = TRUE };

  content->attachments = LF_STORE_WAIT (self->source, list_attachments, self->cancellable, error);
  if (content->attachments != NULL)
    content->specs = LF_STORE_WAIT (self->source, list_specs, self->cancellable, error);
  if (content->specs != NULL)
    content->schedules = LF_STORE_WAIT (self->source, list_schedules, self->cancellable, error);
  if (content->schedules != NULL)
    content->runs = LF_STORE_WAIT (self->source, list_runs, self->cancellable, error, &query);
  return content->runs != NULL;
}

static void
content_clear (Content *content)
{
  g_clear_pointer (&content->attachments, g_ptr_array_unref);
  g_clear_pointer (&content->specs, g_ptr_array_unref);
  g_clear_pointer (&content->schedules, g_ptr_array_unref);
  g_clear_pointer (&content->runs, g_ptr_array_unref);
}

static gboolean
copy_content (LfStoreCopy *self, GTask *task, const Content *content, GError **error)
{
  LfStoreCopyResult *result = self->result;
  Counter counter = { .task = task };

  counter.total = (goffset) content->attachments->len + content->specs->len +
                  content->schedules->len + content->runs->len;
  return copy_all (self, &counter, content->attachments, copy_attachment, &result->attachments,
                   error) &&
         copy_all (self, &counter, content->specs, copy_spec, &result->specs, error) &&
         copy_all (self, &counter, content->schedules, copy_schedule, &result->schedules, error) &&
         copy_all (self, &counter, content->runs, copy_run, &result->runs, error);
}

static void
copy_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Wish *wish = data;
  g_autoptr (LfStoreCopyResult) result = g_new0 (LfStoreCopyResult, 1);
  LfStoreCopy self = { wish->source, wish->target, cancellable, result };
  GMainContext *context = lf_store_wait_begin ();
  Content content = { NULL };
  GError *error = NULL;

  result->problems = g_ptr_array_new_with_free_func (g_free);
  if (list_content (&self, &content, &error) && copy_content (&self, task, &content, &error))
    g_task_return_pointer (task, g_steal_pointer (&result),
                           (GDestroyNotify) lf_store_copy_result_free);
  else
    g_task_return_error (task, error);
  content_clear (&content);
  lf_store_wait_end (context);
}

void
lf_store_copy_async (LfStore *source,
                     LfStore *target,
                     GFileProgressCallback progress,
                     gpointer progress_data,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Wish *wish = g_new0 (Wish, 1);

  g_task_set_source_tag (task, lf_store_copy_async);
  wish->source = g_object_ref (source);
  wish->target = g_object_ref (target);
  wish->progress = progress;
  wish->progress_data = progress_data;
  g_task_set_task_data (task, wish, wish_free);
  g_task_run_in_thread (task, copy_in_thread);
}

LfStoreCopyResult *
lf_store_copy_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
