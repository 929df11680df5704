#include "config.h"

#include "lf-timeline-private.h"

static LfLatency *
make_latency (const LfHistogram *histogram)
{
  LfLatency *latency = lf_latency_new ();
  const struct
  {
    double *place;
    double p;
  } percentiles[] = { { &latency->p50, 50 },      { &latency->p75, 75 }, { &latency->p90, 90 },
                      { &latency->p95, 95 },      { &latency->p99, 99 }, { &latency->p99_9, 99.9 },
                      { &latency->p99_99, 99.99 } };

  latency->count = (gint64) lf_histogram_get_count (histogram);
  latency->min = (double) lf_histogram_get_min (histogram) / 1000;
  latency->max = (double) lf_histogram_get_max (histogram) / 1000;
  latency->mean = lf_histogram_get_mean (histogram) / 1000;
  latency->stdev = lf_histogram_get_stdev (histogram) / 1000;
  for (guint i = 0; i < G_N_ELEMENTS (percentiles); i++)
    *percentiles[i].place = (double) lf_histogram_percentile (histogram, percentiles[i].p) / 1000;
  return latency;
}

static LfLatencies *
make_latencies (const LfTimeline *self, const LfInterval *sums)
{
  LfLatencies *latencies = lf_latencies_new ();

  latencies->duration = make_latency (sums->trends[LF_TREND_DURATION]);
  latencies->response_time = make_latency (_lf_timeline_response (self, sums));
  latencies->blocked = make_latency (sums->trends[LF_TREND_BLOCKED]);
  latencies->connecting = make_latency (sums->trends[LF_TREND_CONNECTING]);
  latencies->tls_handshaking = make_latency (sums->trends[LF_TREND_TLS_HANDSHAKING]);
  latencies->sending = make_latency (sums->trends[LF_TREND_SENDING]);
  latencies->waiting = make_latency (sums->trends[LF_TREND_WAITING]);
  latencies->receiving = make_latency (sums->trends[LF_TREND_RECEIVING]);
  if (sums == self->sums[self->n_steps]) /* no step's, but the total's */
    latencies->iteration = make_latency (sums->trends[LF_TREND_ITERATION]);
  return latencies;
}

static LfSummaryRequests *
make_requests (const LfInterval *sums, double seconds)
{
  LfSummaryRequests *requests = lf_summary_requests_new ();

  requests->total = (gint64) sums->completed;
  requests->failed = (gint64) sums->failed;
  requests->resent = (gint64) sums->resent;
  if (seconds > 0)
    {
      requests->rate = (double) sums->completed / seconds;
      requests->throughput = (double) (sums->completed - sums->failed) / seconds;
    }
  return requests;
}

static LfSummaryData *
make_data (const LfInterval *sums)
{
  LfSummaryData *data = lf_summary_data_new ();

  data->sent = (gint64) sums->bytes_sent;
  data->received = (gint64) sums->bytes_received;
  return data;
}

/* NULL where nothing was sent, and of samples, which do not tell. */
static const char *
name_transport (const LfTimeline *self, const LfInterval *sums)
{
  if (sums->completed == 0 || self->replayed)
    return NULL;
  if (sums->lean == 0)
    return "curl";
  return sums->lean == sums->completed ? "lean" : "mixed";
}

static void
fill_step (const LfTimeline *self, guint n, double seconds, LfSummaryStep *step)
{
  const LfInterval *sums = self->sums[n];

  lf_record_free (step->requests);
  lf_record_free (step->data);
  lf_record_free (step->latency);
  step->requests = make_requests (sums, seconds);
  step->data = make_data (sums);
  step->latency = make_latencies (self, sums);
  _lf_timeline_count_codes (sums->status_codes, LF_N_STATUS_CODES, 0, step->status_codes);
  _lf_timeline_count_codes (sums->error_codes, LF_N_ERROR_CODES, LF_ERROR_CODE_GENERAL,
                            step->error_codes);
  lf_set_string (&step->transport, name_transport (self, sums));
}

static void
add_errors (const LfTimeline *self, LfSummary *summary)
{
  const guint64 *codes = self->sums[self->n_steps]->error_codes;

  for (guint i = 0; i < LF_N_ERROR_CODES; i++)
    {
      LfSummaryError *error;
      const char *message;

      if (codes[i] == 0)
        continue;
      error = lf_summary_error_new ();
      error->code = LF_ERROR_CODE_GENERAL + i;
      message = lf_error_code_message ((guint) error->code);
      error->message = g_strdup (message != NULL ? message : "The request failed");
      error->count = (gint64) codes[i];
      error->first_seen = self->first_seen[i];
      error->last_seen = self->last_seen[i];
      g_ptr_array_add (summary->errors, error);
    }
}

static JsonNode *
encode_histograms (const LfTimeline *self)
{
  const LfInterval *sums = self->sums[self->n_steps];
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *duration = lf_histogram_encode (sums->trends[LF_TREND_DURATION]);
  g_autofree char *response = lf_histogram_encode (_lf_timeline_response (self, sums));

  json_object_set_string_member (object, "duration", duration);
  json_object_set_string_member (object, "responseTime", response);
  json_node_take_object (node, object);
  return node;
}

void
lf_timeline_summarise (const LfTimeline *self, double seconds, LfSummary *summary)
{
  const LfInterval *sums = self->sums[self->n_steps];

  lf_record_free (summary->requests);
  lf_record_free (summary->data);
  lf_record_free (summary->latency);
  g_clear_pointer (&summary->histograms, json_node_unref);
  summary->requests = make_requests (sums, seconds);
  summary->iterations = (gint64) sums->iterations;
  summary->dropped_iterations = (gint64) sums->dropped;
  summary->vus_max = self->users_max;
  summary->data = make_data (sums);
  summary->latency = make_latencies (self, sums);
  while (summary->steps->len < self->n_steps)
    g_ptr_array_add (summary->steps, lf_summary_step_new ());
  for (guint i = 0; i < self->n_steps; i++)
    fill_step (self, i, seconds, summary->steps->pdata[i]);
  _lf_timeline_count_codes (sums->status_codes, LF_N_STATUS_CODES, 0, summary->status_codes);
  add_errors (self, summary);
  summary->histograms = encode_histograms (self);
}
