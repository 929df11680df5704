#include "config.h"

#include "lf-command.h"

#include "lf-await.h"
#include "lf-format-option.h"
#include "lf-output.h"
#include "lf-report.h"
#include "lf-run-source.h"
#include "lf-store-access.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *word;
  const char *path;
  int format;
  LfRun *run;
  LfSamples *samples;
} Export;

static const char *const formats[] = { "csv", "json", NULL };

static gboolean
write_report (GOutputStream *stream, gpointer data, GError **error)
{
  const Export *export = data;

  return export->format == 0
             ? lf_report_write_csv (stream, export->run, export->samples, NULL, error)
             : lf_report_write_json (stream, export->run, export->samples, NULL, error);
}

static LfSamples *
list_samples (LfStore *store, const LfRun *run, gboolean plain, GError **error)
{
  const LfSampleQuery all = { .after = -1, .step = LF_SAMPLES_OF_ALL, .plain = plain };
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *samples;

  lf_store_query_samples_async (store, run->id, &all, NULL, lf_await_cb, &result);
  samples = lf_store_query_samples_finish (store, lf_await (&result), error);
  return samples != NULL ? lf_samples_new_of (samples) : NULL;
}

static gboolean
export_run (LfStore *store, gpointer data, GError **error)
{
  Export *export = data;
  g_autoptr (LfRun) run = lf_run_source_find (store, export->word, error);
  g_autoptr (LfSamples) samples = NULL;
  g_autoptr (LfOutput) output = NULL;

  if (run == NULL)
    return FALSE;
  samples = list_samples (store, run, export->format == 0, error);
  if (samples == NULL)
    return FALSE;
  output = lf_output_open (export->path, error);
  if (output == NULL)
    return FALSE;
  export->run = run;
  export->samples = samples;
  return lf_output_write (output, write_report, export, error);
}

static int
run_export (const LfCommand *self, char **words)
{
  g_autofree char *store = NULL;
  g_autofree char *format = NULL;
  g_autofree char *path = NULL;
  const GOptionEntry entries[] = {
    LF_COMMAND_STORE_ENTRY (&store),
    { "format", 0, 0, G_OPTION_ARG_FILENAME, &format,
      N_ ("csv, a line per second and step, or json, the run and its samples (csv)"),
      N_ ("FORMAT") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path,
      N_ ("Write to this file, not to standard output"), N_ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) arguments = NULL;
  Export export = { 0 };
  GError *error = NULL;
  int code = lf_command_parse (self, entries, words, &arguments);

  if (code != LF_COMMAND_GO_ON)
    return code;
  export.word = arguments[0];
  export.path = path != NULL ? path : "-";
  export.format = lf_format_option_read (format, formats, &error);
  if (export.format < 0)
    return lf_command_fail_usage (self, error);
  return lf_store_access_do (store, export_run, &export);
}

const LfCommand lf_command_runs_export = {
  .name = "runs export",
  .arguments = N_ ("ID|last"),
  .least = 1,
  .most = 1,
  .summary = N_ ("Write a run as CSV or JSON"),
  .help = N_ ("Examples:\n"
              "  loadforge-cli runs export last >seconds.csv\n"
              "  loadforge-cli runs export last --format json --output run.json"),
  .run = run_export,
};
