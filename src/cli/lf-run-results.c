#include "config.h"

#include "lf-run-results.h"

#include "lf-error.h"
#include "lf-output.h"
#include "lf-report.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

struct _LfRunResults
{
  LfOutput *summary;
  LfOutput *csv;
  LfOutput *samples;
  FILE *words; /* NULL: nowhere */
};

/* What the writers below write. */
typedef struct
{
  const LfRun *run;
  LfSamples *samples;
} Results;

static gboolean
write_summary (GOutputStream *stream, gpointer data, GError **error)
{
  const Results *results = data;
  g_autofree char *text = lf_record_to_text (results->run->summary, TRUE);

  return g_output_stream_write_all (stream, text, strlen (text), NULL, NULL, error) &&
         g_output_stream_write_all (stream, "\n", 1, NULL, NULL, error);
}

static gboolean
write_csv (GOutputStream *stream, gpointer data, GError **error)
{
  const Results *results = data;

  return lf_report_write_csv (stream, results->run, results->samples, NULL, error);
}

static gboolean
write_samples (GOutputStream *stream, gpointer data, GError **error)
{
  const Results *results = data;

  return lf_report_write_json (stream, results->run, results->samples, NULL, error);
}

static gboolean
open_output (LfOutput **output, const char *path, GError **error)
{
  if (path == NULL)
    return TRUE;
  *output = lf_output_open (path, error);
  return *output != NULL;
}

/* The second would replace the first. */
static gboolean
check_apart (const LfOutput *one, const LfOutput *other, const char *path, GError **error)
{
  if (one == NULL || other == NULL || !lf_output_is_same_file (one, other))
    return TRUE;
  g_set_error (error, LF_ERROR, LF_ERROR_VALUE,
               _ ("%s is named for two results; name a file for each"), path);
  return FALSE;
}

LfRunResults *
lf_run_results_open (const LfRunPaths *paths, gboolean quiet, GError **error)
{
  g_autoptr (LfRunResults) self = g_new0 (LfRunResults, 1);
  guint n_standard = 0;

  n_standard += lf_output_is_standard (paths->summary);
  n_standard += lf_output_is_standard (paths->csv);
  n_standard += lf_output_is_standard (paths->samples);
  if (n_standard > 1)
    {
      g_set_error_literal (error, LF_ERROR, LF_ERROR_VALUE,
                           _ ("Only one of --summary, --csv and --samples can go to standard "
                              "output; name files for the others"));
      return NULL;
    }
  if (!quiet)
    self->words = n_standard > 0 ? stderr : stdout;
  if (!open_output (&self->summary, paths->summary, error) ||
      !open_output (&self->csv, paths->csv, error) ||
      !open_output (&self->samples, paths->samples, error) ||
      !check_apart (self->summary, self->csv, paths->csv, error) ||
      !check_apart (self->summary, self->samples, paths->samples, error) ||
      !check_apart (self->csv, self->samples, paths->samples, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
lf_run_results_print (LfRunResults *self, const LfRun *run)
{
  g_autofree char *text = NULL;

  if (self->words == NULL)
    return;
  text = lf_report_summary_text (run->summary);
  fputs (text, self->words);
  fflush (self->words);
}

/* The first error is told; the other places get their result all the same. */
static gboolean
write_one (LfOutput *output, LfOutputWrite write, Results *results, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (output == NULL || lf_output_write (output, write, results, &reason))
    return TRUE;
  if (error != NULL && *error == NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

gboolean
lf_run_results_write (LfRunResults *self, LfActiveRun *active, GError **error)
{
  Results results = { lf_active_run_get_run (active), lf_active_run_get_samples (active) };
  gboolean well = write_one (self->summary, write_summary, &results, error);

  well = write_one (self->csv, write_csv, &results, error) && well;
  return write_one (self->samples, write_samples, &results, error) && well;
}

void
lf_run_results_free (LfRunResults *self)
{
  g_clear_pointer (&self->summary, lf_output_free);
  g_clear_pointer (&self->csv, lf_output_free);
  g_clear_pointer (&self->samples, lf_output_free);
  g_free (self);
}
