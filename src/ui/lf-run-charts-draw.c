#include "config.h"

#include "lf-run-charts-private.h"

#include "lf-error-code.h"

#include <math.h>

enum /* of the chart of answers */
{
  CLASS_2XX,
  CLASS_3XX,
  CLASS_4XX,
  CLASS_5XX,
  CLASS_NONE, /* no answer */
  N_CLASSES,
};

/* In the second in which all leave, those that were still there: no sudden fall at the end. Nobody
 * for longer is a pause. */
static void
note_users (LfRunCharts *self, const LfSample *sample)
{
  gboolean left = self->nobody;

  self->nobody = sample->users == 0;
  if (sample->users > 0 || left)
    self->users = sample->users;
  else if (sample->users_max > self->users_max) /* more came in that very second */
    self->users = sample->users_max;
  self->users_max = MAX (self->users_max, sample->users_max);
}

/* Each arrival of a sequence sends every step. */
static double
get_planned (LfRunCharts *self)
{
  guint n =
      self->spec != NULL ? g_list_model_get_n_items (gtk_drop_down_get_model (self->steps)) : 0;

  if (self->plan != NULL && lf_run_plan_is_rate (self->plan) &&
      _lf_run_charts_get_step (self) < 0 && n > 1)
    return self->planned.level * (n - 1);
  return self->planned.level;
}

static void
draw_load (LfRunCharts *self, const LfSample *sample)
{
  const double values[] = { sample->completed / self->seconds, sample->failed / self->seconds,
                            self->users, get_planned (self) };

  lf_chart_append (lf_chart_card_get_chart (self->load_card), sample->t, values);
}

static void
draw_latency (LfRunCharts *self, const LfSample *sample)
{
  const LfSampleLatency *latency = lf_sample_get_response (sample);
  gboolean known = latency != NULL;

  if (known && _lf_run_charts_shows_service (self))
    latency = sample->duration;
  const double values[] = {
    known ? latency->p50 : NAN,
    known ? latency->p95 : NAN,
    known ? latency->p99 : NAN,
    known ? latency->max : NAN,
  };

  lf_chart_append (lf_chart_card_get_chart (self->latency_card), sample->t, values);
}

static void
draw_answers (LfRunCharts *self, const LfSample *sample)
{
  double values[N_CLASSES] = { 0 };

  for (guint i = 0; i < sample->status_codes->n; i++)
    {
      const LfCount *count = &sample->status_codes->entries[i];

      if (*count->key >= '2' && *count->key <= '5')
        values[*count->key - '2'] += (double) count->count / self->seconds;
    }
  for (guint i = 0; i < sample->error_codes->n; i++)
    {
      const LfCount *count = &sample->error_codes->entries[i];
      gint64 code = g_ascii_strtoll (count->key, NULL, 10);

      if (code < LF_ERROR_CODE_HTTP_4XX || code >= LF_ERROR_CODE_HTTP2)
        values[CLASS_NONE] += (double) count->count / self->seconds;
    }
  lf_chart_append (lf_chart_card_get_chart (self->answers_card), sample->t, values);
}

static void
draw_sample (LfRunCharts *self, const LfSample *sample)
{
  draw_load (self, sample);
  draw_latency (self, sample);
  draw_answers (self, sample);
  lf_chart_append (lf_chart_card_get_chart (self->heat_card), sample->t, NULL);
}

/* The total of a second comes before its steps, which know nothing of users and plan. */
static void
note_total (LfRunCharts *self, const LfSample *sample)
{
  self->seconds = sample->t > self->last_t ? sample->t - self->last_t : 1;
  self->last_t = sample->t;
  note_users (self, sample);
  if (sample->warmup)
    lf_time_axis_set_warmup (self->axis, sample->t);
  if (self->plan == NULL)
    return;
  self->planned = lf_run_plan_take (self->plan, sample, self->seconds);
  if (!isnan (self->planned.stage))
    lf_time_axis_add_stage (self->axis, self->planned.stage);
}

void
_lf_run_charts_draw_new (LfRunCharts *self)
{
  gint64 step = _lf_run_charts_get_step (self);
  guint n = self->samples != NULL ? lf_samples_get_n (self->samples) : 0;
  g_autoptr (LfSample) sample = lf_sample_new ();

  for (; self->n_drawn < n; self->n_drawn++)
    {
      gint64 of_step = lf_samples_get_step (self->samples, self->n_drawn);

      if (of_step >= 0 && of_step != step)
        continue;
      lf_samples_read (self->samples, self->n_drawn, sample);
      if (of_step < 0)
        note_total (self, sample);
      if (of_step == step)
        draw_sample (self, sample);
    }
  lf_heat_reader_go_on (self->heat);
  if (self->values != NULL)
    lf_values_window_update (self->values);
}

void
_lf_run_charts_forget_drawn (LfRunCharts *self)
{
  self->last_t = self->users = self->users_max = 0;
  self->n_drawn = 0;
  self->nobody = FALSE;
  self->planned = (LfPlanned){ NAN, NAN };
  g_clear_pointer (&self->plan, lf_run_plan_free);
  if (self->spec != NULL && self->spec->load_profile != NULL)
    self->plan = lf_run_plan_new (self->spec->load_profile);
  lf_chart_clear (lf_chart_card_get_chart (self->load_card));
  lf_chart_clear (lf_chart_card_get_chart (self->latency_card));
  lf_chart_clear (lf_chart_card_get_chart (self->answers_card));
  lf_chart_clear (lf_chart_card_get_chart (self->heat_card));
  _lf_run_charts_restart_values (self);
  lf_heat_reader_start (self->heat, self->samples, _lf_run_charts_get_step (self),
                        _lf_run_charts_shows_service (self));
}

void
_lf_run_charts_draw_again (LfRunCharts *self)
{
  gboolean zoomed = lf_time_axis_is_zoomed (self->axis);
  LfTimeRange view = lf_time_axis_get_view (self->axis);

  _lf_run_charts_forget_drawn (self);
  _lf_run_charts_draw_new (self);
  if (zoomed)
    lf_time_axis_zoom (self->axis, view.from, view.to);
}
