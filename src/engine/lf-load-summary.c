#include "config.h"

#include "lf-load-private.h"

#include "lf-load-log.h"

static double
counted_seconds (LfLoad *self)
{
  return MAX ((double) (self->end - self->start) / G_USEC_PER_SEC - self->warm, 0);
}

static LfVerdict
judge (LfLoad *self, const LfSummary *summary, gboolean invalid)
{
  if (summary->requests->total > 0 && summary->status_codes->n == 0)
    return LF_VERDICT_ERROR;
  if (self->stop != LF_STOP_NONE)
    return LF_VERDICT_ABORTED;
  if (summary->requests->total == 0)
    return LF_VERDICT_ERROR;
  return invalid ? LF_VERDICT_INVALID : LF_VERDICT_PASSED;
}

static void
name_steps (LfLoad *self, LfSummary *summary)
{
  for (guint i = 0; i < self->plan->n_steps; i++)
    {
      const LfPlanStep *plan_step = &self->plan->steps[i];
      LfSummaryStep *step = lf_summary_step_new ();

      step->name = g_strdup (plan_step->label);
      step->method = g_strdup (plan_step->method);
      step->url = g_strdup (plan_step->shown_url);
      g_ptr_array_add (summary->steps, step);
    }
}

void
_lf_load_summarise (LfLoad *self)
{
  LfSummary *summary = lf_summary_new ();
  gboolean invalid;

  name_steps (self, summary);
  lf_timeline_summarise (self->timeline, counted_seconds (self), summary);
  lf_set_string (&summary->tool_version, LF_VERSION);
  summary->started_at = self->started_at;
  summary->ended_at = self->ended_at;
  summary->duration = (double) (self->end - self->start) / G_USEC_PER_SEC;
  summary->generator = lf_load_health_report (&self->health, self->workers, summary->duration,
                                              self->plan->arrivals, &invalid);
  if (self->search != NULL)
    summary->capacity = lf_capacity_copy (lf_capacity_search_get (self->search));
  summary->verdict = judge (self, summary, invalid);
  self->summary = summary;
}

void
_lf_load_log_end (LfLoad *self, GPtrArray *lines)
{
  const LfSummary *summary = self->summary;

  if (self->warm > 0 && summary->requests->total == 0)
    lf_load_log_add (
        lines, LF_LOG_WARN, LF_LOG_CLASS_LIFECYCLE, -1,
        "Nothing was counted: no request ended after the warm-up of %.6g s; shorten it",
        (double) self->plan->warmup / G_USEC_PER_SEC);
  for (char **reason = summary->generator->reasons; reason != NULL && *reason != NULL; reason++)
    lf_load_log_add (lines, LF_LOG_WARN, LF_LOG_CLASS_GENERATOR, -1, "Generator: %s", *reason);
  lf_load_log_add (lines, LF_LOG_INFO, LF_LOG_CLASS_LIFECYCLE, -1,
                   self->stop != LF_STOP_NONE
                       ? "Stopped after %.1f s: %.0f requests, %.0f failed, %.0f per second; %s"
                       : "Finished after %.1f s: %.0f requests, %.0f failed, %.0f per second; %s",
                   summary->duration, (double) summary->requests->total,
                   (double) summary->requests->failed, summary->requests->rate,
                   lf_verdict_words[summary->verdict]);
}
