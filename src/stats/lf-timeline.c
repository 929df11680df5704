#include "config.h"

#include "lf-timeline-private.h"

LfTimeline *
lf_timeline_new (guint n_steps, gboolean separate_response_time)
{
  LfTimeline *self = g_new0 (LfTimeline, 1);

  self->n_steps = n_steps;
  self->separate_response_time = separate_response_time;
  self->second = g_new0 (LfInterval *, n_steps + 1);
  self->sums = g_new0 (LfInterval *, n_steps + 1);
  for (guint i = 0; i <= n_steps; i++)
    {
      self->second[i] = lf_interval_new ();
      self->sums[i] = lf_interval_new ();
    }
  return self;
}

void
lf_timeline_free (LfTimeline *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i <= self->n_steps; i++)
    {
      lf_interval_free (self->second[i]);
      lf_interval_free (self->sums[i]);
    }
  g_free (self->second);
  g_free (self->sums);
  g_free (self);
}

void
lf_timeline_add (LfTimeline *self, guint step, const LfInterval *interval)
{
  g_return_if_fail (step < self->n_steps);

  lf_interval_add (self->second[step], interval);
  lf_interval_add (self->second[self->n_steps], interval);
}

static double
to_ms (double us)
{
  return us / 1000;
}

static LfSampleLatency *
sample_latency (const LfHistogram *histogram)
{
  LfSampleLatency *latency = lf_sample_latency_new ();

  latency->p50 = to_ms ((double) lf_histogram_percentile (histogram, 50));
  latency->p95 = to_ms ((double) lf_histogram_percentile (histogram, 95));
  latency->p99 = to_ms ((double) lf_histogram_percentile (histogram, 99));
  latency->max = to_ms ((double) lf_histogram_get_max (histogram));
  latency->mean = to_ms (lf_histogram_get_mean (histogram));
  return latency;
}

static char *
encode (const LfHistogram *histogram)
{
  return lf_histogram_get_count (histogram) > 0 ? lf_histogram_encode (histogram) : NULL;
}

void
_lf_timeline_count_codes (const guint64 *codes, guint n, guint first, LfCounts *counts)
{
  for (guint i = 0; i < n; i++)
    if (codes[i] > 0)
      {
        char key[16];

        g_snprintf (key, sizeof key, "%u", first + i);
        lf_counts_add (counts, key, (gint64) codes[i]);
      }
}

const LfHistogram *
_lf_timeline_response (const LfTimeline *self, const LfInterval *interval)
{
  return interval
      ->trends[self->separate_response_time ? LF_TREND_RESPONSE_TIME : LF_TREND_DURATION];
}

static void
fill_counts (LfSample *sample, const LfInterval *interval)
{
  sample->scheduled = (gint64) interval->scheduled;
  sample->started = (gint64) interval->started;
  sample->completed = (gint64) interval->completed;
  sample->failed = (gint64) interval->failed;
  sample->dropped = (gint64) interval->dropped;
  sample->resent = (gint64) interval->resent;
  sample->connections_opened = (gint64) interval->connections;
  sample->bytes_sent = (gint64) interval->bytes_sent;
  sample->bytes_received = (gint64) interval->bytes_received;
  sample->iterations = (gint64) interval->iterations;
  _lf_timeline_count_codes (interval->status_codes, LF_N_STATUS_CODES, 0, sample->status_codes);
  _lf_timeline_count_codes (interval->error_codes, LF_N_ERROR_CODES, LF_ERROR_CODE_GENERAL,
                            sample->error_codes);
}

static LfSample *
make_sample (const LfTimeline *self, guint slot, double t, const LfGauges *gauges, gboolean warmup)
{
  const LfInterval *interval = self->second[slot];
  LfSample *sample = lf_sample_new ();
  const LfHistogram *response = _lf_timeline_response (self, interval);

  sample->t = t;
  sample->step = slot == self->n_steps ? -1 : (gint64) slot;
  sample->warmup = warmup;
  if (sample->step < 0) /* a user belongs to no step */
    {
      sample->users = gauges->users;
      sample->users_max = gauges->users_max;
      sample->in_flight = gauges->in_flight;
    }
  fill_counts (sample, interval);
  sample->duration = sample_latency (interval->trends[LF_TREND_DURATION]);
  sample->response_time = sample_latency (response);
  sample->histograms = lf_sample_histograms_new ();
  sample->histograms->duration = encode (interval->trends[LF_TREND_DURATION]);
  if (self->separate_response_time)
    sample->histograms->response_time = encode (response);
  return sample;
}

static void
note_errors (LfTimeline *self, const LfInterval *interval, gint64 now)
{
  for (guint i = 0; i < LF_N_ERROR_CODES; i++)
    if (interval->error_codes[i] > 0)
      {
        if (self->first_seen[i] == 0)
          self->first_seen[i] = now;
        self->last_seen[i] = now;
      }
}

GPtrArray *
lf_timeline_close (LfTimeline *self, double t, gint64 now, const LfGauges *gauges, gboolean warmup)
{
  GPtrArray *samples = g_ptr_array_new_with_free_func (lf_record_free);

  g_ptr_array_add (samples, make_sample (self, self->n_steps, t, gauges, warmup));
  for (guint i = 0; i < self->n_steps && self->n_steps > 1; i++)
    g_ptr_array_add (samples, make_sample (self, i, t, gauges, warmup));
  self->users_max = MAX (self->users_max, gauges->users_max);
  if (!warmup)
    note_errors (self, self->second[self->n_steps], now);
  for (guint i = 0; i <= self->n_steps; i++)
    {
      if (!warmup)
        lf_interval_add (self->sums[i], self->second[i]);
      lf_interval_reset (self->second[i]);
    }
  return samples;
}
