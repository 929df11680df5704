#include "config.h"

#include "lf-samples.h"

#include <glib/gstdio.h>
#include <math.h>

#define N 4000

static LfSampleLatency *
make_latency (guint n, double mean)
{
  LfSampleLatency *latency = lf_sample_latency_new ();

  latency->p50 = (1234 + n) / 1000.0;
  latency->p95 = (45678 + n * 3) / 1000.0;
  latency->p99 = (99999 + n * 5) / 1000.0;
  latency->max = (1000000 + n * 7) / 1000.0;
  latency->mean = mean;
  return latency;
}

/* As a run makes it: every third is of all steps, every second has a response time of its own. */
static LfSample *
make_sample (guint n)
{
  LfSample *sample = lf_sample_new ();

  lf_set_string (&sample->run_id, "0192f0c1-aaaa-7bbb-8ccc-123456789abc");
  sample->t = (double) (n / 3 + 1) + (double) (n % 97) / 1e6;
  sample->step = (gint64) (n % 3) - 1;
  sample->users = 500;
  sample->users_max = 512;
  sample->scheduled = sample->started = 10000 + n;
  sample->completed = 9990 + n;
  sample->failed = n % 11;
  sample->in_flight = 499;
  sample->connections_opened = n % 5;
  sample->bytes_sent = G_GINT64_CONSTANT (250) * (10000 + n);
  sample->bytes_received = G_GINT64_CONSTANT (120) * (9990 + n);
  sample->iterations = 9990;
  sample->warmup = n < 9;
  lf_counts_add (sample->status_codes, "200", 9980 + n);
  if (n % 11 > 0)
    lf_counts_add (sample->error_codes, "1212", n % 11);
  sample->duration = make_latency (n, sqrt (n + 2));
  sample->response_time = make_latency (n % 2 == 0 ? n : n + 400, sqrt (n % 2 == 0 ? n + 2 : n));
  if (n % 4 < 3)
    {
      sample->histograms = lf_sample_histograms_new ();
      sample->histograms->duration = g_strdup_printf ("HISTFAAAduration%u", n);
      if (n % 4 < 2)
        sample->histograms->response_time = g_strdup_printf ("HISTFAAAresponse%u", n);
    }
  return sample;
}

static void
add (LfSamples *samples, guint from, guint to)
{
  for (guint n = from; n < to; n++)
    {
      g_autoptr (LfSample) sample = make_sample (n);

      lf_samples_add (samples, sample);
    }
}

static void
check (LfSamples *samples, guint n)
{
  g_autoptr (LfSample) sample = make_sample (n);
  g_autoptr (LfSample) kept = lf_samples_get (samples, n);

  g_assert_true (lf_record_equal (kept, sample));
  g_assert_cmpint (lf_samples_get_step (samples, n), ==, sample->step);
}

/* Each comes out as it went in, into a new record and into one that was used before. */
static void
test_read (void)
{
  g_autoptr (LfSamples) samples = lf_samples_new ();
  g_autoptr (LfSample) used = lf_sample_new ();

  g_assert_cmpuint (lf_samples_get_n (samples), ==, 0);
  add (samples, 0, N);
  g_assert_cmpuint (lf_samples_get_n (samples), ==, N);
  for (guint n = 0; n < N; n++)
    {
      g_autoptr (LfSample) sample = make_sample (n);

      check (samples, n);
      g_clear_pointer (&sample->histograms, lf_sample_histograms_free);
      lf_samples_read (samples, n, used);
      g_assert_true (lf_record_equal (used, sample));
    }
}

static void
test_range (void)
{
  g_autoptr (LfSamples) samples = lf_samples_new ();
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) some = NULL;
  g_autoptr (LfSamples) again = NULL;

  add (samples, 0, 20);
  none = lf_samples_get_range (samples, 7, 7);
  some = lf_samples_get_range (samples, 0, 12);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (some->len, ==, 12);
  again = lf_samples_new_of (g_steal_pointer (&some));
  g_assert_cmpuint (lf_samples_get_n (again), ==, 12);
  for (guint n = 0; n < 12; n++)
    check (again, n);
}

/* Ten hours of one step take less than 5 MB, where as many records would take twenty. */
static void
test_size (void)
{
  g_autoptr (LfSamples) samples = lf_samples_new ();
  gsize first;

  add (samples, 0, 1000);
  first = lf_samples_get_size (samples);
  add (samples, 1000, 1000 + N);
  g_assert_cmpuint (lf_samples_get_size (samples) - first, <, 130 * N);
}

static LfSample *
read_sample (const char *text)
{
  g_autoptr (GError) error = NULL;
  LfSample *sample = lf_record_from_text (&lf_sample_type, text, -1, &error);

  g_assert_no_error (error);
  return sample;
}

/* What no run of this version makes is kept as well: a document of another one, numbers at their
 * ends. */
static void
test_odd (void)
{
  static const char *const documents[] = {
    "{}",
    "{\"t\":0.1,\"step\":3,\"ours\":{\"is\":[1,\"not\"]}}",
    "{\"t\":1,\"duration\":{\"p50\":1,\"p75\":2}}",
    "{\"t\":1,\"responseTime\":{\"p50\":0.0001234,\"max\":123456789.123456}}",
    "{\"t\":1,\"statusCodes\":{\"200\":1,\"0200\":2,\"none\":3}}",
    "{\"t\":31536000,\"completed\":9007199254740992,\"errorCodes\":{\"0\":1,\"999999999\":2}}",
    "{\"t\":1e-9,\"users\":1,\"duration\":{\"p50\":1e12}}",
  };
  g_autoptr (LfSamples) samples = lf_samples_new ();
  g_autoptr (LfSample) used = make_sample (1);

  g_clear_pointer (&used->histograms, lf_sample_histograms_free);
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (LfSample) sample = read_sample (documents[i]);
      g_autofree char *before = lf_record_to_text (sample, FALSE);
      g_autofree char *after = NULL;

      lf_samples_add (samples, sample);
      lf_samples_read (samples, i, used);
      after = lf_record_to_text (used, FALSE);
      g_assert_cmpstr (after, ==, before);
      g_assert_cmpint (lf_samples_get_step (samples, i), ==, sample->step);
    }
}

static gpointer
read_in_thread (gpointer data)
{
  for (guint n = 0; n < N / 2; n++)
    check (data, n);
  return NULL;
}

/* A heat map and an export read while the run goes on. */
static void
test_threads (void)
{
  g_autoptr (LfSamples) samples = lf_samples_new ();
  GThread *readers[2];

  add (samples, 0, N / 2);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    readers[i] = g_thread_new ("reader", read_in_thread, samples);
  add (samples, N / 2, N);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    g_thread_join (readers[i]);
  check (samples, N - 1);
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("loadforge-XXXXXX", NULL);
  int result;

  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stats/samples/read", test_read);
  g_test_add_func ("/stats/samples/range", test_range);
  g_test_add_func ("/stats/samples/size", test_size);
  g_test_add_func ("/stats/samples/odd", test_odd);
  g_test_add_func ("/stats/samples/threads", test_threads);
  result = g_test_run ();
  g_rmdir (folder);
  return result;
}
