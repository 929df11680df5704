#include "config.h"

#include "lf-report.h"

static gboolean
write_text (GOutputStream *stream, const char *text, GCancellable *cancellable, GError **error)
{
  return g_output_stream_write_all (stream, text, strlen (text), NULL, cancellable, error);
}

static char *
sample_text (GPtrArray *samples, LfHistogramShelf *histograms, guint i)
{
  g_autoptr (LfSample) whole = NULL;

  if (histograms == NULL)
    return lf_record_to_text (samples->pdata[i], FALSE);
  whole = lf_histogram_shelf_complete (histograms, i, samples->pdata[i]);
  return lf_record_to_text (whole, FALSE);
}

gboolean
lf_report_write_json (GOutputStream *stream,
                      const LfRun *run,
                      GPtrArray *samples,
                      LfHistogramShelf *histograms,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autofree char *record = lf_record_to_text (run, FALSE);

  if (!write_text (stream, "{\"run\":", cancellable, error) ||
      !write_text (stream, record, cancellable, error) ||
      !write_text (stream, ",\n\"samples\":[", cancellable, error))
    return FALSE;
  for (guint i = 0; i < samples->len; i++) /* a sample a line: a long run is never one text */
    {
      g_autofree char *sample = sample_text (samples, histograms, i);

      if (!write_text (stream, i == 0 ? "\n" : ",\n", cancellable, error) ||
          !write_text (stream, sample, cancellable, error))
        return FALSE;
    }
  return write_text (stream, "\n]}\n", cancellable, error);
}
