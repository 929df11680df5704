#include "lf-timeline.h"

#include "lf-error.h"

static const LfGauges gauges = { .users = 3, .users_max = 5, .in_flight = 2 };

static void
record (LfInterval *interval, gint64 us, guint status)
{
  interval->scheduled++;
  interval->started++;
  interval->completed++;
  interval->failed += status >= 400;
  interval->bytes_sent += 100;
  interval->bytes_received += 1000;
  interval->iterations++;
  lf_interval_add_status (interval, status);
  if (status >= 400)
    lf_interval_add_error (interval, LF_ERROR_CODE_GENERAL + status);
  for (guint i = 0; i < LF_N_TRENDS; i++)
    lf_histogram_record (interval->trends[i], i == LF_TREND_RESPONSE_TIME ? us * 2 : us);
}

static GPtrArray *
run_second (LfTimeline *timeline, guint n_steps, guint second, gboolean warmup)
{
  for (guint step = 0; step < n_steps; step++)
    {
      g_autoptr (LfInterval) interval = lf_interval_new ();

      for (guint i = 0; i < 100; i++)
        record (interval, 1000 * (step + 1) + i, i % 10 == 9 ? 503 : 200);
      lf_timeline_add (timeline, step, interval);
    }
  return lf_timeline_close (timeline, second, 1000000 + second * 1000, &gauges, warmup);
}

static void
test_samples (void)
{
  g_autoptr (LfTimeline) timeline = lf_timeline_new (2, TRUE);
  g_autoptr (GPtrArray) samples = run_second (timeline, 2, 1, FALSE);
  const LfSample *total = samples->pdata[0];
  const LfSample *second = samples->pdata[2];

  g_assert_cmpuint (samples->len, ==, 3);
  g_assert_cmpint (total->step, ==, -1);
  g_assert_cmpint (total->completed, ==, 200);
  g_assert_cmpint (total->failed, ==, 20);
  g_assert_cmpint (total->users, ==, 3);
  g_assert_cmpint (lf_counts_get (total->status_codes, "200"), ==, 180);
  g_assert_cmpint (lf_counts_get (total->error_codes, "1503"), ==, 20);
  g_assert_cmpint (second->step, ==, 1);
  g_assert_cmpint (second->completed, ==, 100);
  g_assert_cmpfloat_with_epsilon (second->duration->max, 2.099, 1e-9);
  g_assert_cmpfloat_with_epsilon (second->response_time->max, 4.198, 1e-9);
  g_assert_nonnull (second->histograms->response_time);
}

static void
test_users_profile_shares_its_histogram (void)
{
  g_autoptr (LfTimeline) timeline = lf_timeline_new (1, FALSE);
  g_autoptr (GPtrArray) samples = run_second (timeline, 1, 1, FALSE);
  const LfSample *total = samples->pdata[0];

  g_assert_cmpuint (samples->len, ==, 1);
  g_assert_null (total->histograms->response_time);
  g_assert_cmpfloat (total->response_time->p99, ==, total->duration->p99);
}

static void
test_empty_second (void)
{
  g_autoptr (LfTimeline) timeline = lf_timeline_new (1, FALSE);
  g_autoptr (GPtrArray) samples = lf_timeline_close (timeline, 1, 1, &gauges, FALSE);
  g_autoptr (LfSummary) summary = lf_summary_new ();
  const LfSample *total = samples->pdata[0];

  g_assert_cmpint (total->completed, ==, 0);
  g_assert_cmpfloat (total->duration->p99, ==, 0);
  g_assert_null (total->histograms->duration);
  lf_timeline_summarise (timeline, 0, summary);
  g_assert_cmpfloat (summary->requests->rate, ==, 0);
  g_assert_cmpfloat (summary->latency->duration->max, ==, 0);
}

static void
test_warmup_is_drawn_but_not_counted (void)
{
  g_autoptr (LfTimeline) timeline = lf_timeline_new (1, FALSE);
  g_autoptr (GPtrArray) cold = run_second (timeline, 1, 1, TRUE);
  g_autoptr (GPtrArray) warm = run_second (timeline, 1, 2, FALSE);
  g_autoptr (LfSummary) summary = lf_summary_new ();

  g_assert_true (((LfSample *) cold->pdata[0])->warmup);
  g_assert_cmpint (((LfSample *) cold->pdata[0])->completed, ==, 100);
  lf_timeline_summarise (timeline, 1, summary);
  g_assert_cmpint (summary->requests->total, ==, 100);
  g_assert_cmpuint (summary->errors->len, ==, 1);
  g_assert_cmpint (((LfSummaryError *) summary->errors->pdata[0])->first_seen, ==, 1002000);
}

/* As a fast run of a day has them. */
static void
test_counts_past_32_bits (void)
{
  g_autoptr (LfTimeline) timeline = lf_timeline_new (1, FALSE);
  g_autoptr (LfInterval) interval = lf_interval_new ();
  g_autoptr (LfSummary) summary = lf_summary_new ();
  g_autoptr (LfTimeline) replayed = lf_timeline_new (1, FALSE);
  g_autoptr (LfSummary) rebuilt = lf_summary_new ();
  const gint64 many = 3 * G_GINT64_CONSTANT (1000000000);

  interval->completed = interval->status_codes[200] = (guint64) many;
  interval->error_codes[0] = (guint64) many;
  for (guint second = 1; second <= 3; second++)
    {
      g_autoptr (GPtrArray) samples = NULL;

      lf_timeline_add (timeline, 0, interval);
      samples = lf_timeline_close (timeline, second, 1, &gauges, FALSE);
      g_assert_true (lf_timeline_replay (replayed, samples->pdata[0], 1, NULL));
    }
  lf_timeline_summarise (timeline, 3, summary);
  lf_timeline_summarise (replayed, 3, rebuilt);
  g_assert_cmpint (lf_counts_get (summary->status_codes, "200"), ==, 3 * many);
  g_assert_cmpint (((LfSummaryError *) summary->errors->pdata[0])->count, ==, 3 * many);
  g_assert_cmpint (lf_counts_get (rebuilt->status_codes, "200"), ==, 3 * many);
}

static void
drop_phases (LfLatencies *latencies)
{
  LfLatency **phases[] = { &latencies->blocked,         &latencies->connecting,
                           &latencies->tls_handshaking, &latencies->sending,
                           &latencies->waiting,         &latencies->receiving,
                           &latencies->iteration };

  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    g_clear_pointer (phases[i], lf_latency_free);
  /* A stored histogram knows its extremes to three digits only. */
  latencies->duration->min = latencies->response_time->min = 0;
  latencies->duration->max = latencies->response_time->max = 0;
  latencies->duration->p99_9 = latencies->response_time->p99_9 = 0;
  latencies->duration->p99_99 = latencies->response_time->p99_99 = 0;
}

/* Of what was sent it is known how, of samples it is not. */
static void
drop_transport (LfSummaryStep *step, const char *expected)
{
  g_assert_cmpstr (step->transport, ==, expected);
  lf_set_string (&step->transport, NULL);
}

static LfSummary *
summarise (LfTimeline *timeline, const char *transport)
{
  LfSummary *summary = lf_summary_new ();

  lf_timeline_summarise (timeline, 5, summary);
  drop_phases (summary->latency);
  for (guint i = 0; i < summary->steps->len; i++)
    {
      drop_phases (((LfSummaryStep *) summary->steps->pdata[i])->latency);
      drop_transport (summary->steps->pdata[i], transport);
    }
  return summary;
}

/* One slow request a step and second: percentiles below it do not meet the maximum. */
static void
add_outliers (LfTimeline *timeline, guint n_steps)
{
  g_autoptr (LfInterval) interval = lf_interval_new ();

  record (interval, 60 * G_USEC_PER_SEC, 200);
  for (guint step = 0; step < n_steps; step++)
    lf_timeline_add (timeline, step, interval);
}

static void
test_replay (gconstpointer data)
{
  guint n_steps = GPOINTER_TO_UINT (data);
  g_autoptr (LfTimeline) live = lf_timeline_new (n_steps, TRUE);
  g_autoptr (LfTimeline) replayed = lf_timeline_new (n_steps, TRUE);
  g_autoptr (LfSummary) one = NULL;
  g_autoptr (LfSummary) other = NULL;

  for (guint second = 1; second <= 5; second++)
    {
      g_autoptr (GPtrArray) samples = NULL;

      add_outliers (live, n_steps);
      samples = run_second (live, n_steps, second, second == 1);
      for (guint i = 0; i < samples->len; i++)
        {
          g_autoptr (GError) error = NULL;

          lf_timeline_replay (replayed, samples->pdata[i], 1000000 + second * 1000, &error);
          g_assert_no_error (error);
        }
    }
  one = summarise (live, "curl");
  other = summarise (replayed, NULL);
  g_assert_true (lf_record_equal (one, other));
  g_assert_cmpint (one->requests->total, ==, 404 * n_steps);
}

static void
test_transport (void)
{
  const struct
  {
    guint64 completed;
    guint64 lean;
    const char *expected;
  } cases[] = { { 0, 0, NULL }, { 3, 0, "curl" }, { 3, 3, "lean" }, { 3, 2, "mixed" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LfTimeline) timeline = lf_timeline_new (1, FALSE);
      g_autoptr (LfInterval) interval = lf_interval_new ();
      g_autoptr (LfSummary) summary = lf_summary_new ();
      g_autoptr (GPtrArray) samples = NULL;

      interval->completed = cases[i].completed;
      interval->lean = cases[i].lean;
      lf_timeline_add (timeline, 0, interval);
      samples = lf_timeline_close (timeline, 1, 1000, &(LfGauges){ 0 }, FALSE);
      lf_timeline_summarise (timeline, 1, summary);
      g_assert_cmpstr (((LfSummaryStep *) summary->steps->pdata[0])->transport, ==,
                       cases[i].expected);
    }
}

static void
test_replay_refuses_garbage (void)
{
  g_autoptr (LfTimeline) timeline = lf_timeline_new (1, FALSE);
  g_autoptr (LfSample) sample = lf_sample_new ();
  g_autoptr (GError) error = NULL;

  sample->step = 7;
  g_assert_false (lf_timeline_replay (timeline, sample, 0, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_CORRUPT);
  g_clear_error (&error);
  sample->step = -1;
  sample->completed = 10;
  sample->histograms = lf_sample_histograms_new ();
  sample->histograms->duration = g_strdup ("rubbish");
  g_assert_false (lf_timeline_replay (timeline, sample, 0, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_CORRUPT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline/samples", test_samples);
  g_test_add_func ("/timeline/users-profile-shares-its-histogram",
                   test_users_profile_shares_its_histogram);
  g_test_add_func ("/timeline/empty-second", test_empty_second);
  g_test_add_func ("/timeline/warmup", test_warmup_is_drawn_but_not_counted);
  g_test_add_func ("/timeline/counts-past-32-bits", test_counts_past_32_bits);
  g_test_add_data_func ("/timeline/replay/one-step", GUINT_TO_POINTER (1), test_replay);
  g_test_add_data_func ("/timeline/replay/three-steps", GUINT_TO_POINTER (3), test_replay);
  g_test_add_func ("/timeline/replay/garbage", test_replay_refuses_garbage);
  g_test_add_func ("/stats/timeline/transport", test_transport);
  return g_test_run ();
}
