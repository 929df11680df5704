#include "config.h"

#include "lf-run-export.h"

#include "lf-format.h"
#include "lf-report.h"

#include <glib/gi18n.h>

typedef struct
{
  GFile *file;
  LfExportFormat format;
  LfRun *run;
  LfSamples *samples;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_object_unref (export->file);
  lf_run_free (export->run);
  lf_samples_unref (export->samples);
  g_free (export);
}

static gboolean
write_report (const Export *export,
              GOutputStream *stream,
              GCancellable *cancellable,
              GError **error)
{
  if (export->format == LF_EXPORT_CSV)
    return lf_report_write_csv (stream, export->run, export->samples, cancellable, error);
  return lf_report_write_json (stream, export->run, export->samples, cancellable, error);
}

/* Closing with a cancelled cancellable leaves the old file as it was. */
static void
give_up (GOutputStream *stream)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  g_output_stream_close (stream, cancelled, NULL);
}

static void
export_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Export *export = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileOutputStream) file = g_file_replace (
      export->file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, cancellable, &error);
  g_autoptr (GOutputStream) buffered = NULL;

  if (file == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  buffered = g_buffered_output_stream_new_sized (G_OUTPUT_STREAM (file), 256 * 1024);
  g_filter_output_stream_set_close_base_stream (G_FILTER_OUTPUT_STREAM (buffered), FALSE);
  if (write_report (export, buffered, cancellable, &error) &&
      g_output_stream_close (buffered, cancellable, &error) &&
      g_output_stream_close (G_OUTPUT_STREAM (file), cancellable, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  give_up (G_OUTPUT_STREAM (file));
  g_task_return_error (task, g_steal_pointer (&error));
}

void
lf_run_export_async (GFile *file,
                     LfExportFormat format,
                     const LfRun *run,
                     LfSamples *samples,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Export *export = g_new0 (Export, 1);

  export->file = g_object_ref (file);
  export->format = format;
  export->run = lf_run_copy (run);
  export->samples = lf_samples_ref (samples);
  g_task_set_source_tag (task, lf_run_export_async);
  g_task_set_task_data (task, export, export_free);
  g_task_run_in_thread (task, export_in_thread);
}

gboolean
lf_run_export_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

char *
lf_run_export_make_name (const LfRun *run, const char *ending)
{
  const char *spec = run->spec_name != NULL && *run->spec_name != '\0' ? run->spec_name : _ ("Run");
  g_autofree char *time = lf_format_stamp (run->started_at);
  char *name = g_strdup_printf ("%s %s.%s", spec, time, ending);

  return g_strdelimit (name, "/\\:*?\"<>|\n\t", '-');
}
