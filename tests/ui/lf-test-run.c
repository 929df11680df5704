#include "config.h"

#include "lf-test-run.h"

#include "lf-histogram.h"
#include "lf-log-line.h"
#include "lf-time.h"

#include <math.h>

#define STARTED G_GINT64_CONSTANT (1795435200000)

LfSample *
lf_test_make_sample (double t, gint64 users, gint64 completed, gint64 failed, double p50)
{
  LfSample *sample = lf_sample_new ();

  sample->t = t;
  sample->step = -1;
  sample->users = sample->users_max = users;
  sample->scheduled = sample->started = sample->completed = completed;
  sample->failed = failed;
  lf_counts_add (sample->status_codes, "200", completed - failed);
  lf_counts_add (sample->status_codes, "503", failed);
  lf_counts_add (sample->error_codes, "1503", failed);
  sample->duration = lf_sample_latency_new ();
  sample->response_time = lf_sample_latency_new ();
  sample->duration->p50 = sample->response_time->p50 = p50;
  sample->duration->p95 = sample->response_time->p95 = p50 * 2.1;
  sample->duration->p99 = sample->response_time->p99 = p50 * 3.4;
  sample->duration->max = sample->response_time->max = p50 * 5;
  return sample;
}

GPtrArray *
lf_test_make_samples (guint n)
{
  GPtrArray *samples = g_ptr_array_new_with_free_func (lf_record_free);

  for (guint i = 1; i <= n; i++)
    {
      double ramp = MIN (1, MIN (i, n + 1 - i) / (n / 5.0));
      double peak = 1 + 6 * exp (-pow ((i - n / 2.0) / (n / 30.0), 2));
      gint64 completed = (gint64) (ramp * (4200 + 300 * sin (i / 3.0)) / sqrt (peak));

      g_ptr_array_add (samples, lf_test_make_sample (i, (gint64) (500 * ramp), completed,
                                                     peak > 3 ? completed / 20 : 0,
                                                     (12 + 2 * sin (i / 4.0)) * peak));
    }
  return samples;
}

LfSamples *
lf_test_pack_samples (GPtrArray *samples)
{
  LfSamples *packed = lf_samples_new ();

  for (guint i = 0; i < samples->len; i++)
    lf_samples_add (packed, samples->pdata[i]);
  return packed;
}

static LfLatency *
make_latency (double p50)
{
  LfLatency *latency = lf_latency_new ();

  latency->count = 250000;
  latency->min = p50 / 9;
  latency->mean = p50 * 1.2;
  latency->p50 = p50;
  latency->p75 = p50 * 1.4;
  latency->p90 = p50 * 1.8;
  latency->p95 = p50 * 2.1;
  latency->p99 = p50 * 3.4;
  latency->p99_9 = p50 * 7;
  latency->p99_99 = p50 * 30;
  latency->stdev = p50 * 1.1;
  latency->max = p50 * 95;
  return latency;
}

/* By how much a percentile is longer than the median; between two, in proportion. */
static double
stretch_at (double position)
{
  static const double points[][2] = { { 0, 0.111 }, { 0.31, 1 },   { 0.602, 1.4 },
                                      { 1, 1.8 },   { 1.31, 2.1 }, { 2, 3.4 },
                                      { 3, 7 },     { 4, 30 },     { 6, 120 } };
  guint i = 1;

  while (i < G_N_ELEMENTS (points) - 1 && points[i][0] < position)
    i++;
  return points[i - 1][1] + (points[i][1] - points[i - 1][1]) * (position - points[i - 1][0]) /
                                (points[i][0] - points[i - 1][0]);
}

static char *
make_histogram (double p50)
{
  g_autoptr (LfHistogram) histogram = lf_histogram_new ();
  const guint n = 250000;
  guint done = 0;

  for (double position = 0.01; done < n; position += 0.01)
    {
      guint until = (guint) MIN (n, ceil (n * (1 - pow (10, -position))));

      until = position > 5.4 ? n : until;
      lf_histogram_record_n (histogram, (gint64) (1000 * p50 * stretch_at (position)),
                             until - done);
      done = until;
    }
  return lf_histogram_encode (histogram);
}

JsonNode *
lf_test_make_histograms (double p50, double wait)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *duration = make_histogram (p50);
  g_autofree char *response = make_histogram (p50 * wait);

  json_object_set_string_member (object, "duration", duration);
  json_object_set_string_member (object, "responseTime", response);
  json_node_take_object (node, object);
  return node;
}

static LfSummaryError *
make_error (gint64 code, const char *message, gint64 count)
{
  LfSummaryError *error = lf_summary_error_new ();

  error->code = code;
  error->message = g_strdup (message);
  error->count = count;
  error->first_seen = STARTED + 21000;
  error->last_seen = STARTED + 29000;
  return error;
}

static LfSummary *
make_summary (LfVerdict verdict, guint seconds)
{
  LfSummary *summary = lf_summary_new ();

  summary->duration = seconds;
  summary->verdict = verdict;
  summary->host = g_strdup ("workstation");
  summary->requests = lf_summary_requests_new ();
  summary->requests->total = 250000;
  summary->requests->failed = verdict == LF_VERDICT_PASSED ? 0 : 1234;
  summary->requests->rate = 250000.0 / seconds;
  summary->requests->throughput = summary->requests->rate;
  summary->iterations = 250000;
  summary->vus_max = 500;
  summary->data = lf_summary_data_new ();
  summary->data->sent = 31250000;
  summary->data->received = 262144000;
  summary->latency = lf_latencies_new ();
  summary->latency->duration = make_latency (12);
  summary->latency->response_time = make_latency (14);
  summary->histograms = lf_test_make_histograms (12, 14.0 / 12);
  summary->generator = lf_summary_generator_new ();
  summary->generator->cpu = 0.93;
  summary->generator->lag_p99 = 0.8;
  summary->generator->lag_max = 4.1;
  summary->generator->peak_rss = 84000000;
  summary->generator->workers = 4;
  lf_counts_add (summary->status_codes, "200", 250000 - summary->requests->failed);
  if (verdict == LF_VERDICT_PASSED)
    return summary;
  lf_counts_add (summary->status_codes, "503", 1000);
  g_ptr_array_add (summary->errors, make_error (1503, "503 Service Unavailable", 1000));
  g_ptr_array_add (summary->errors, make_error (1212, "connection refused", 234));
  summary->generator->saturated = TRUE;
  summary->generator->reasons =
      g_strdupv ((char *[]){ (char *) "worker CPU over 90 % for 12 s", NULL });
  return summary;
}

static LfSummaryStep *
make_step (guint i)
{
  static const char *const names[] = { "Log in", "Search",
                                       "Put into the basket, with a name that is rather long",
                                       "Pay" };
  LfSummaryStep *step = lf_summary_step_new ();

  step->name = g_strdup (names[i % G_N_ELEMENTS (names)]);
  step->method = g_strdup (i % 2 == 0 ? "POST" : "GET");
  step->url = g_strdup_printf ("http://127.0.0.1:8080/step/%u", i + 1);
  step->transport = g_strdup ("lean");
  step->requests = lf_summary_requests_new ();
  step->requests->total = 62500 - 1000 * i;
  step->requests->failed = 250 * i;
  step->requests->rate = 1041.5 - 16 * i;
  step->data = lf_summary_data_new ();
  step->data->received = 65536000 / (i + 1);
  step->latency = lf_latencies_new ();
  step->latency->response_time = make_latency (8 + 5 * ((i + 2) % 4));
  lf_counts_add (step->error_codes, "1503", 250);
  return step;
}

void
lf_test_add_steps (LfRun *run, guint n)
{
  LfLatencies *latencies = run->summary->latency;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (run->summary->steps, make_step (i));
  run->summary->started_at = STARTED;
  if (latencies->blocked != NULL)
    return;
  latencies->blocked = make_latency (0.2);
  latencies->connecting = make_latency (0.4);
  latencies->connecting->count = latencies->blocked->count = 500;
  latencies->sending = make_latency (0.05);
  latencies->waiting = make_latency (11);
  latencies->receiving = make_latency (0.6);
}

LfRun *
lf_test_make_run (LfRunStatus status, LfVerdict verdict, guint seconds)
{
  LfRun *run = lf_run_new ();

  run->id = g_strdup ("0123456789abcdef01234567");
  run->spec_id = g_strdup ("76543210fedcba9876543210");
  run->spec_name = g_strdup ("Checkout & payment");
  run->status = status;
  run->verdict = verdict;
  run->started_at = STARTED;
  run->progress = lf_run_progress_new ();
  run->progress->duration = seconds;
  if (!lf_run_is_active (run))
    {
      run->ended_at = STARTED + 1000 * (gint64) seconds;
      run->summary = make_summary (verdict, seconds);
    }
  return run;
}

GPtrArray *
lf_test_make_lines (gint64 first, guint n)
{
  static const char *const messages[] = {
    "500 users reached, holding for 30 s",
    "127.0.0.1:8080: connection refused",
    "4,187 requests, 0 failed, p95 24.9 ms",
    "503 Service Unavailable from http://127.0.0.1:8080/anything/with/a/path/that/is/rather/long",
  };
  static const LfLogClass classes[] = { LF_LOG_CLASS_STAGE, LF_LOG_CLASS_TRANSPORT,
                                        LF_LOG_CLASS_INTERVAL, LF_LOG_CLASS_HTTP };
  static const LfLogLevel levels[] = { LF_LOG_INFO, LF_LOG_ERROR, LF_LOG_DEBUG, LF_LOG_WARN };
  GPtrArray *lines = g_ptr_array_new_with_free_func (lf_record_free);

  for (gint64 i = first; i < first + n; i++)
    {
      LfLogLine *line = lf_log_line_new ();

      line->seq = i;
      line->time = STARTED + i * 10;
      line->level = levels[i % 4];
      line->log_class = classes[i % 4];
      line->step = -1;
      line->message = g_strdup (messages[i % 4]);
      line->count = i % 4 == 1 ? 12 : 1;
      g_ptr_array_add (lines, line);
    }
  return lines;
}

void
lf_test_load_style (void)
{
  GtkCssProvider *provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, LF_RESOURCE_PATH "style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_object_unref (provider);
}
