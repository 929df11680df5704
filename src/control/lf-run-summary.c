#include "config.h"

#include "lf-run-summary.h"

#include "lf-spec.h"
#include "lf-timeline.h"

#include <glib/gi18n.h>

static gint64
choose_exit_code (const LfSummary *summary, gboolean fail_on_saturation)
{
  gboolean saturated = summary->generator != NULL && summary->generator->saturated;

  switch (summary->verdict)
    {
    case LF_VERDICT_ABORTED:
      return LF_EXIT_SIGNAL;
    case LF_VERDICT_ERROR:
      return LF_EXIT_UNREACHABLE;
    case LF_VERDICT_INVALID:
      return fail_on_saturation ? LF_EXIT_SATURATED : LF_EXIT_PASSED;
    default:
      return fail_on_saturation && saturated ? LF_EXIT_SATURATED : LF_EXIT_PASSED;
    }
}

void
lf_run_summary_complete (LfSummary *summary, const LfRun *run, gboolean fail_on_saturation)
{
  lf_set_string (&summary->run_id, run->id);
  lf_set_string (&summary->spec_id, run->spec_id);
  lf_set_string (&summary->host, run->host);
  lf_set_string (&summary->tool_version, run->tool_version);
  summary->spec_revision = run->spec_revision;
  summary->started_at = run->started_at;
  summary->exit_code = choose_exit_code (summary, fail_on_saturation);
  g_clear_pointer (&summary->spec, json_node_unref);
  summary->spec = run->spec != NULL ? json_node_copy (run->spec) : NULL;
}

/* No run has more steps than its spec has enabled ones, or, where that is lost, than samples. */
static guint
get_most_steps (const LfSpec *spec, GPtrArray *samples)
{
  guint n = 0;

  if (spec == NULL)
    return samples->len;
  for (guint i = 0; i < lf_spec_get_n_steps (spec); i++)
    n += lf_spec_get_step (spec, i)->enabled ? 1 : 0;
  return n;
}

/* A damaged sample may name any step: it does not make the run longer, and is left out. */
static guint
count_steps (const LfSpec *spec, GPtrArray *samples)
{
  guint most = MAX (get_most_steps (spec, samples), 1);
  gint64 last = 0;

  for (guint i = 0; i < samples->len; i++)
    last = MAX (last, ((LfSample *) samples->pdata[i])->step);
  return (guint) MIN (last, (gint64) most - 1) + 1;
}

/* Seconds that count: without the warm-up. */
static double
count_seconds (GPtrArray *samples, double *end)
{
  double warm = 0;

  *end = 0;
  for (guint i = 0; i < samples->len; i++)
    {
      const LfSample *sample = samples->pdata[i];

      *end = MAX (*end, sample->t);
      if (sample->warmup)
        warm = MAX (warm, sample->t);
    }
  return *end - warm;
}

static void
replay (LfTimeline *timeline, const LfRun *run, GPtrArray *samples)
{
  for (guint i = 0; i < samples->len; i++)
    {
      const LfSample *sample = samples->pdata[i];
      g_autoptr (GError) error = NULL;

      if (!lf_timeline_replay (timeline, sample, run->started_at + (gint64) (sample->t * 1000),
                               &error))
        g_message (_ ("Run %s: the sample at %.0f s cannot be read and is left out: %s"), run->id,
                   sample->t, error->message);
    }
}

/* Samples count the enabled steps only, in the spec's order. The run's spec has no secrets. */
static void
name_steps (LfSummary *summary, const LfSpec *spec)
{
  guint n = 0;

  for (guint i = 0; i < lf_spec_get_n_steps (spec) && n < summary->steps->len; i++)
    {
      const LfStep *step = lf_spec_get_step (spec, i);
      LfSummaryStep *summed;

      if (!step->enabled)
        continue;
      summed = summary->steps->pdata[n++];
      g_free (summed->name);
      summed->name = lf_step_get_label (step);
      lf_set_string (&summed->method, lf_step_get_method (step));
      lf_set_string (&summed->url, step->url);
    }
}

LfSummary *
lf_run_summary_rebuild (const LfRun *run, GPtrArray *samples)
{
  LfSummary *summary = lf_summary_new ();
  g_autoptr (LfSpec) spec = run->spec != NULL ? lf_spec_from_json (run->spec, NULL) : NULL;
  gboolean is_rate =
      spec != NULL && spec->load_profile != NULL && lf_load_profile_is_rate (spec->load_profile);
  g_autoptr (LfTimeline) timeline = lf_timeline_new (count_steps (spec, samples), is_rate);
  double end;
  double seconds = count_seconds (samples, &end);

  replay (timeline, run, samples);
  lf_timeline_summarise (timeline, seconds, summary);
  if (spec != NULL)
    name_steps (summary, spec);
  summary->duration = end;
  summary->ended_at = run->started_at + (gint64) (end * 1000);
  summary->verdict = LF_VERDICT_ABORTED;
  lf_run_summary_complete (summary, run, FALSE);
  return summary;
}
