#include "config.h"

#include "lf-run-words.h"

#include "lf-error-code.h"
#include "lf-format.h"
#include "lf-generator-cure.h"
#include "lf-kept-words.h"
#include "lf-words.h"

#include <glib/gi18n.h>

#define MOST_ERRORS 3

const char *
lf_run_words_state (const LfRun *run)
{
  switch (run->status)
    {
    case LF_RUN_PENDING:
      return _ ("Starting");
    case LF_RUN_PAUSED:
      return _ ("Paused");
    case LF_RUN_STOPPING:
      return _ ("Stopping");
    case LF_RUN_RUNNING:
    case LF_RUN_FINISHED:
    case LF_RUN_STOPPED:
    case LF_RUN_INTERRUPTED:
    default:
      return lf_words_outcome (run);
    }
}

/* Time or iterations; records of runs that had no progress tell of none. */
static gboolean
has_planned_end (const LfRun *run)
{
  return run->progress == NULL || (run->summary != NULL && run->summary->capacity != NULL) ||
         run->progress->duration > 0 || run->progress->planned_iterations > 0;
}

static const char *
reason_of (const LfRun *run)
{
  if (run->status == LF_RUN_INTERRUPTED)
    return _ (
        "The program that ran it ended before the run did. This is what was kept until then.");
  switch (run->verdict)
    {
    case LF_VERDICT_PASSED:
      return _ ("It ran to its end as planned.");
    case LF_VERDICT_FAILED:
      return _ ("A threshold of the spec was not met.");
    case LF_VERDICT_ABORTED:
      return has_planned_end (run) ? _ ("It was stopped before its planned end.")
                                   : _ ("It was stopped, as it had no planned end.");
    case LF_VERDICT_INVALID:
      return _ (
          "This machine could not keep the planned rate, so the numbers say more about it than "
          "about the target.");
    case LF_VERDICT_ERROR:
      return _ ("Not one request got an answer.");
    case LF_VERDICT_NONE:
    default:
      return _ ("It ended without a verdict.");
    }
}

static void
add_line (GString *text, const char *line)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
}

static void
add_requests (GString *text, const LfSummaryRequests *requests)
{
  g_autofree char *total = lf_format_count (requests->total);
  g_autofree char *failed = lf_format_count (requests->failed);
  g_autofree char *share = lf_format_share (requests->failed, requests->total);
  g_autofree char *line = NULL;

  if (requests->failed == 0)
    line = g_strdup_printf (ngettext ("%s request, none failed.", "%s requests, none failed.",
                                      (gulong) requests->total),
                            total);
  else
    line = g_strdup_printf (ngettext ("%s request, %s failed (%s).", "%s requests, %s failed (%s).",
                                      (gulong) requests->total),
                            total, failed, share);
  add_line (text, line);
}

static void
add_capacity (GString *text, const LfCapacity *capacity)
{
  g_autofree char *rate = lf_format_rate (capacity->rate);
  g_autofree char *line =
      g_strdup_printf (_ ("The highest rate that met the objective is %s."), rate);

  add_line (text, capacity->rate > 0 ? line : _ ("No rate met the objective."));
}

static void
add_generator (GString *text, const LfSummaryGenerator *generator)
{
  g_autofree char *cure = lf_generator_cure (generator);

  if (generator->saturated && (generator->reasons == NULL || generator->reasons[0] == NULL))
    add_line (text, _ ("The generator was at its limit: the target may be faster than measured."));
  for (guint i = 0; generator->reasons != NULL && generator->reasons[i] != NULL; i++)
    {
      g_autofree char *reason = lf_kept_words (generator->reasons[i]);
      g_autofree char *line = g_strdup_printf (_ ("Generator: %s"), reason);

      add_line (text, line);
    }
  if (cure != NULL)
    add_line (text, cure);
}

static void
add_errors (GString *text, GPtrArray *errors)
{
  for (guint i = 0; i < errors->len && i < MOST_ERRORS; i++)
    {
      LfSummaryError *error = g_ptr_array_index (errors, i);
      const char *cure = lf_error_code_cure ((guint) error->code);
      g_autofree char *count = lf_format_count (error->count);
      g_autofree char *message =
          lf_kept_words (error->message != NULL ? error->message : N_ ("unknown error"));
      g_autofree char *line =
          /* Translators: how often, what, and its number: "12 × Connection refused (1212)" */
          g_strdup_printf (_ ("%s × %s (%d)"), count, message, (int) error->code);

      add_line (text, line);
      if (cure != NULL)
        g_string_append_printf (text, ". %s", cure);
    }
  if (errors->len > MOST_ERRORS)
    {
      guint more = errors->len - MOST_ERRORS;
      g_autofree char *line = g_strdup_printf (
          ngettext ("and %u other kind of error", "and %u other kinds of error", more), more);

      add_line (text, line);
    }
}

char *
lf_run_words_explain (const LfRun *run)
{
  GString *text = g_string_new (NULL);

  if (!lf_run_is_active (run))
    {
      add_line (text, reason_of (run));
      if (run->summary != NULL)
        {
          if (run->summary->capacity != NULL)
            add_capacity (text, run->summary->capacity);
          if (run->summary->requests != NULL)
            add_requests (text, run->summary->requests);
          if (run->summary->generator != NULL)
            add_generator (text, run->summary->generator);
          add_errors (text, run->summary->errors);
        }
    }
  return g_string_free (text, FALSE);
}
