#include "config.h"

#include "lf-report.h"

#include "lf-time.h"

/* Spreadsheets run a cell that begins with one of these. */
#define FORMULA_STARTS "=+-@\t\r"

void
lf_report_append_cell (GString *line, const char *text)
{
  gboolean formula = *text != '\0' && strchr (FORMULA_STARTS, *text) != NULL;

  if (!formula && strpbrk (text, "\",\r\n") == NULL)
    {
      g_string_append (line, text);
      return;
    }
  g_string_append (line, formula ? "\"'" : "\"");
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *c);
    }
  g_string_append_c (line, '"');
}

static void
append_number (GString *line, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  /* Microseconds are all there is to tell. */
  g_ascii_formatd (text, sizeof text, "%.3f", number);
  while (g_str_has_suffix (text, "0"))
    text[strlen (text) - 1] = '\0';
  if (g_str_has_suffix (text, "."))
    text[strlen (text) - 1] = '\0';
  g_string_append_c (line, ',');
  g_string_append (line, text);
}

static void
append_counts (GString *line, const LfSample *sample, double seconds)
{
  const gint64 counts[] = { sample->users, sample->started, sample->completed, sample->failed,
                            sample->dropped };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    g_string_append_printf (line, ",%" G_GINT64_FORMAT, counts[i]);
  append_number (line, seconds > 0 ? (double) sample->completed / seconds : 0);
}

static void
append_latency (GString *line, const LfSampleLatency *latency)
{
  const double numbers[] = { latency->p50, latency->p95, latency->p99, latency->max,
                             latency->mean };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    append_number (line, numbers[i]);
}

static const char *
step_name (const LfRun *run, gint64 step)
{
  const LfSummaryStep *found;

  if (step < 0 || run->summary == NULL || step >= run->summary->steps->len)
    return "";
  found = run->summary->steps->pdata[step];
  return found->name != NULL ? found->name : "";
}

static void
append_sample (GString *line, const LfRun *run, const LfSample *sample, double seconds)
{
  g_autoptr (LfSampleLatency) none = lf_sample_latency_new ();
  g_autofree char *time = lf_time_to_text (run->started_at + (gint64) (sample->t * 1000));

  g_string_append (line, time);
  append_number (line, sample->t);
  g_string_append_c (line, ',');
  lf_report_append_cell (line, step_name (run, sample->step));
  append_counts (line, sample, seconds);
  append_latency (line, sample->duration != NULL ? sample->duration : none);
  g_string_append_printf (line, ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "\r\n",
                          sample->bytes_sent, sample->bytes_received);
}

gboolean
lf_report_write_csv (GOutputStream *stream,
                     const LfRun *run,
                     LfSamples *samples,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GString) line = g_string_new (LF_REPORT_CSV_HEADER "\r\n");
  g_autoptr (LfSample) sample = lf_sample_new ();
  guint n = lf_samples_get_n (samples); /* more may come meanwhile */
  double before = 0;                    /* the time of the last second, and of the one before it */
  double now = 0;

  for (guint i = 0; i < n; i++)
    {
      lf_samples_read (samples, i, sample);
      if (sample->t != now)
        {
          before = now;
          now = sample->t;
        }
      append_sample (line, run, sample, now - before);
      if (line->len > 32768)
        {
          if (!g_output_stream_write_all (stream, line->str, line->len, NULL, cancellable, error))
            return FALSE;
          g_string_truncate (line, 0);
        }
    }
  return g_output_stream_write_all (stream, line->str, line->len, NULL, cancellable, error);
}
