#include "config.h"

#include "lf-report.h"

static gboolean
write_text (GOutputStream *stream, const char *text, GCancellable *cancellable, GError **error)
{
  return g_output_stream_write_all (stream, text, strlen (text), NULL, cancellable, error);
}

gboolean
lf_report_write_json (GOutputStream *stream,
                      const LfRun *run,
                      LfSamples *samples,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autofree char *record = lf_record_to_text (run, FALSE);
  guint n = lf_samples_get_n (samples); /* more may come meanwhile */

  if (!write_text (stream, "{\"run\":", cancellable, error) ||
      !write_text (stream, record, cancellable, error) ||
      !write_text (stream, ",\n\"samples\":[", cancellable, error))
    return FALSE;
  for (guint i = 0; i < n; i++) /* a sample a line: a long run is never one text */
    {
      g_autoptr (LfSample) sample = lf_samples_get (samples, i);
      g_autofree char *text = lf_record_to_text (sample, FALSE);

      if (!write_text (stream, i == 0 ? "\n" : ",\n", cancellable, error) ||
          !write_text (stream, text, cancellable, error))
        return FALSE;
    }
  return write_text (stream, "\n]}\n", cancellable, error);
}
