#include "lf-test-control.h"
#include "lf-test-store.h"

#include "lf-error.h"
#include "lf-time.h"

#include <sys/resource.h>

#define SHORT "{\"users\":4,\"steady\":2}"
#define LONG  "{\"users\":4,\"steady\":600}"

/* Same records, in the same order; some leave out what others say in the run's name. */
static void
assert_same_records (GPtrArray *kept, GPtrArray *live)
{
  g_assert_cmpuint (kept->len, ==, live->len);
  for (guint i = 0; i < kept->len; i++)
    {
      g_autofree char *one = lf_record_to_text (kept->pdata[i], FALSE);
      g_autofree char *other = lf_record_to_text (live->pdata[i], FALSE);

      g_assert_cmpstr (one, ==, other);
    }
}

static void
assert_same_samples (GPtrArray *kept, LfActiveRun *run)
{
  LfSamples *live = lf_active_run_get_samples (run);
  g_autoptr (GPtrArray) whole = lf_samples_get_range (live, 0, lf_samples_get_n (live));

  for (guint i = 0; i < whole->len; i++)
    g_assert_nonnull (((LfSample *) whole->pdata[i])->histograms);
  assert_same_records (kept, whole);
}

static gint64
count_completed (GPtrArray *samples)
{
  gint64 completed = 0;

  for (guint i = 0; i < samples->len; i++)
    if (((LfSample *) samples->pdata[i])->step < 0)
      completed += ((LfSample *) samples->pdata[i])->completed;
  return completed;
}

/* What was seen live is what is kept, and what the target counted. */
static void
test_whole_run (LfTestStore *self, gconstpointer data)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = lf_test_target (1, &url);
  g_autoptr (LfRunManager) manager = lf_run_manager_new (self->store);
  g_autoptr (LfSpec) spec = lf_test_control_spec (url, SHORT, 5);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfActiveRun) run = lf_test_start_run (manager, spec, NULL, &error);
  g_autoptr (LfRun) kept = NULL;
  g_autoptr (GPtrArray) samples = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  const LfRun *live;

  g_assert_no_error (error);
  live = lf_active_run_get_run (run);
  g_assert_cmpint (lf_active_run_get_status (run), ==, LF_RUN_RUNNING);
  g_assert_cmpuint (g_list_model_get_n_items (lf_run_manager_get_active (manager)), ==, 1);
  g_assert_true (lf_run_manager_find (manager, live->id) == run);
  lf_test_await_end (run);
  g_assert_cmpint (lf_active_run_get_status (run), ==, LF_RUN_FINISHED);
  g_assert_cmpuint (g_list_model_get_n_items (lf_run_manager_get_active (manager)), ==, 0);
  g_assert_null (lf_run_manager_find (manager, live->id));
  g_assert_cmpint (live->verdict, ==, LF_VERDICT_PASSED);

  kept = LF_CALL (self->store, load_run, &error, live->id);
  g_assert_no_error (error);
  g_assert_true (lf_record_equal (kept, live));
  samples = LF_CALL (self->store, list_samples, &error, live->id);
  g_assert_no_error (error);
  assert_same_samples (samples, run);
  lines = LF_CALL (self->store, list_logs, &error, live->id, 0, 10000);
  g_assert_no_error (error);
  assert_same_records (lines, lf_active_run_get_logs (run));
  g_assert_cmpuint (kept->summary->requests->total, >, 100);
  g_assert_cmpint (kept->summary->requests->total, ==, count_completed (samples));
  g_assert_cmpuint (lf_target_get_counts (target).requests, ==, kept->summary->requests->total);
}

/* A run begins with its first request: what is told of it counts from there, also in the store. */
static void
test_head_start (LfTestStore *self, gconstpointer data)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = lf_test_target (1, &url);
  g_autoptr (LfRunManager) manager = lf_run_manager_new (self->store);
  g_autoptr (LfSpec) spec = lf_test_control_spec (url, "{\"users\":1,\"steady\":1}", 5);
  LfRunOptions options = { .head_start = 1000 };
  gint64 before = lf_time_now ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LfActiveRun) run = lf_test_start_run (manager, spec, &options, &error);
  gint64 started_at;
  g_autoptr (LfRun) kept = NULL;
  const LfRun *live;

  g_assert_no_error (error);
  live = lf_active_run_get_run (run);
  started_at = live->started_at;
  g_assert_cmpint (started_at, >=, before + 1000 - 2); /* whole ms, of two clocks */
  lf_test_await_end (run);
  g_assert_cmpint (live->started_at, ==, started_at);
  g_assert_cmpint (live->summary->started_at, ==, started_at);
  kept = LF_CALL (self->store, load_run, &error, live->id);
  g_assert_no_error (error);
  g_assert_cmpint (kept->started_at, ==, started_at);
  g_assert_cmpint (kept->summary->started_at, ==, started_at);
}

/* A file of the store as body: each request carries its Content-Digest, which the target checks. */
static void
test_attachment (LfTestStore *self, gconstpointer data)
{
  const gsize size = 1000 * 1000 + 7;
  g_autofree guint8 *content = g_malloc (size);
  guint8 sum[32];
  gsize sum_size = sizeof sum;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *digest = NULL;
  g_autofree char *text = NULL;
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = lf_test_target (20, &url);
  g_autoptr (LfRunManager) manager = lf_run_manager_new (self->store);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (LfAttachment) attachment = NULL;
  g_autoptr (LfSpec) spec = NULL;
  g_autoptr (LfActiveRun) run = NULL;
  g_autoptr (GError) error = NULL;
  const LfSummary *summary;

  for (gsize i = 0; i < size; i++)
    content[i] = (guint8) (i * 2654435761u >> 11);
  g_checksum_update (checksum, content, (gssize) size);
  g_checksum_get_digest (checksum, sum, &sum_size);
  digest = g_base64_encode (sum, sum_size);
  stream = g_memory_input_stream_new_from_data (content, (gssize) size, NULL);
  attachment = LF_CALL (self->store, add_attachment, &error, "body.bin", NULL, stream, NULL, NULL);
  g_assert_no_error (error);
  text = g_strdup_printf ("{\"steps\":[{\"method\":\"POST\",\"url\":\"%s\",\"headers\":"
                          "[{\"name\":\"Content-Digest\",\"value\":\"sha-256=:%s:\"}],"
                          "\"body\":{\"type\":\"file\",\"attachmentId\":\"%s\"}}],"
                          "\"loadProfile\":" SHORT "}",
                          url, digest, attachment->id);
  spec = lf_spec_from_text (text, -1, &error);
  g_assert_no_error (error);
  run = lf_test_start_run (manager, spec, NULL, &error);
  g_assert_no_error (error);
  lf_test_await_end (run);
  summary = lf_active_run_get_run (run)->summary;
  g_assert_cmpint (summary->requests->failed, ==, 0);
  g_assert_cmpint (summary->requests->total, >, 4);
  g_assert_cmpuint (lf_target_get_counts (target).bytes_received, ==,
                    (guint64) summary->requests->total * size);
}

/* A second look into the database, as another program has it, while the run goes on. */
static void
test_kept_while_running (LfTestStore *self, gconstpointer data)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = lf_test_target (1, &url);
  g_autoptr (LfRunManager) manager = lf_run_manager_new (self->store);
  g_autoptr (LfSpec) spec = lf_test_control_spec (url, LONG, 5);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfActiveRun) run = lf_test_start_run (manager, spec, NULL, &error);
  g_autoptr (LfStore) other = lf_test_open (self->uri, &error);
  g_autoptr (LfRun) kept = NULL;
  g_autoptr (GPtrArray) samples = NULL;

  g_assert_no_error (error);
  lf_test_await_samples (run, 7);
  kept = LF_CALL (other, load_run, &error, lf_active_run_get_run (run)->id);
  g_assert_no_error (error);
  g_assert_cmpint (kept->status, ==, LF_RUN_RUNNING);
  g_assert_cmpint (kept->owner->pid, ==, getpid ());
  samples = LF_CALL (other, list_samples, &error, kept->id);
  g_assert_no_error (error);
  g_assert_cmpuint (lf_test_n_totals (samples), >=, 2); /* all that are older than 5 s */
  lf_test_close (other);
  lf_active_run_stop (run);
  lf_active_run_stop (run);
  lf_test_await_end (run);
}

static void
test_graceful_stop (LfTestStore *self, gconstpointer data)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = lf_test_target (300, &url);
  g_autoptr (LfRunManager) manager = lf_run_manager_new (self->store);
  g_autoptr (LfSpec) spec = lf_test_control_spec (url, LONG, 30);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfActiveRun) run = lf_test_start_run (manager, spec, NULL, &error);
  g_autoptr (LfRun) kept = NULL;

  g_assert_no_error (error);
  lf_test_await_samples (run, 1);
  lf_active_run_stop (run);
  g_assert_cmpint (lf_active_run_get_status (run), ==, LF_RUN_STOPPING);
  lf_test_await_end (run);
  g_assert_cmpint (lf_active_run_get_status (run), ==, LF_RUN_STOPPED);
  kept = LF_CALL (self->store, load_run, &error, lf_active_run_get_run (run)->id);
  g_assert_cmpint (kept->status, ==, LF_RUN_STOPPED);
  g_assert_cmpint (kept->verdict, ==, LF_VERDICT_ABORTED);
  /* What was under way ended, and counts. */
  g_assert_cmpuint (lf_target_get_counts (target).requests, ==, kept->summary->requests->total);
  g_assert_cmpint (kept->summary->requests->failed, ==, 0);
}

/* A second Stop does not wait for a target that takes half a minute. */
static void
test_immediate_stop (LfTestStore *self, gconstpointer data)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = lf_test_target (30000, &url);
  g_autoptr (LfRunManager) manager = lf_run_manager_new (self->store);
  g_autoptr (LfSpec) spec = lf_test_control_spec (url, LONG, 60);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfActiveRun) run = lf_test_start_run (manager, spec, NULL, &error);
  gint64 start = g_get_monotonic_time ();

  g_assert_no_error (error);
  lf_test_await_samples (run, 1);
  lf_active_run_stop (run);
  lf_active_run_stop (run);
  lf_test_await_end (run);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 25 * G_USEC_PER_SEC);
  g_assert_cmpint (lf_active_run_get_run (run)->status, ==, LF_RUN_STOPPED);
  g_assert_cmpint (lf_active_run_get_run (run)->summary->requests->total, ==, 0);
}

static void
test_two_at_once (LfTestStore *self, gconstpointer data)
{
  g_autofree char *first_url = NULL;
  g_autofree char *second_url = NULL;
  g_autoptr (LfTarget) one = lf_test_target (1, &first_url);
  g_autoptr (LfTarget) other = lf_test_target (1, &second_url);
  g_autoptr (LfRunManager) manager = lf_run_manager_new (self->store);
  g_autoptr (GError) error = NULL;
  LfActiveRun *runs[2];

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (LfSpec) spec = lf_test_control_spec (i == 0 ? first_url : second_url, LONG, 5);

      runs[i] = lf_test_start_run (manager, spec, NULL, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (g_list_model_get_n_items (lf_run_manager_get_active (manager)), ==, 2);
  for (guint i = 0; i < 2; i++)
    lf_test_await_samples (runs[i], 3);
  for (guint i = 0; i < 2; i++)
    {
      LfSamples *samples = lf_active_run_get_samples (runs[i]);
      g_autoptr (LfSample) sample = lf_sample_new ();

      /* Both make progress in every second. */
      for (guint n = 0; n < lf_samples_get_n (samples); n++)
        {
          lf_samples_read (samples, n, sample);
          g_assert_cmpint (sample->completed, >, 0);
        }
    }
  lf_active_run_stop (runs[0]);
  lf_test_await_end (runs[0]);
  g_assert_cmpint (lf_active_run_get_status (runs[1]), ==, LF_RUN_RUNNING);
  lf_active_run_stop (runs[1]);
  lf_test_await_end (runs[1]);
  g_assert_cmpuint (lf_target_get_counts (one).requests, ==,
                    lf_active_run_get_run (runs[0])->summary->requests->total);
  g_assert_cmpuint (lf_target_get_counts (other).requests, ==,
                    lf_active_run_get_run (runs[1])->summary->requests->total);
  g_object_unref (runs[0]);
  g_object_unref (runs[1]);
}

/* What is refused leaves nothing behind, neither in the list nor in the store. */
static void
assert_refused (LfTestStore *self, LfSpec *spec, int code, const char *pattern)
{
  g_autoptr (LfRunManager) manager = lf_run_manager_new (self->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) list_error = NULL;
  g_autoptr (LfActiveRun) run = lf_test_start_run (manager, spec, NULL, &error);
  g_autoptr (GPtrArray) runs = LF_CALL (self->store, list_runs, &list_error, NULL);

  g_assert_null (run);
  g_assert_error (error, LF_ERROR, code);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("“%s” instead of “%s”", error->message, pattern);
  g_assert_cmpuint (g_list_model_get_n_items (lf_run_manager_get_active (manager)), ==, 0);
  g_assert_no_error (list_error);
  g_assert_cmpuint (runs->len, ==, 0);
}

static void
test_refused (LfTestStore *self, gconstpointer data)
{
  static const struct
  {
    const char *text;
    int code;
    const char *pattern;
  } specs[] = {
    { "{}", LF_ERROR_VALUE, "/steps: *" },
    { "{\"steps\":[{\"url\":\"localhost\"}],\"loadProfile\":" SHORT "}", LF_ERROR_VALUE,
      "/steps/0/url: *" },
    { "{\"steps\":[{\"url\":\"http://"
      "localhost\",\"headers\":[{\"name\":\"A\",\"value\":\"b\\nc\"}]}],"
      "\"loadProfile\":" SHORT "}",
      LF_ERROR_VALUE, "/steps/0/headers/0/value: *" },
    { "{\"steps\":[{\"url\":\"http://localhost\",\"checks\":[{}]}],\"loadProfile\":" SHORT "}",
      LF_ERROR_UNSUPPORTED, "/steps/0/checks: *" },
    { "{\"steps\":[{\"url\":\"http://localhost\"}],\"loadProfile\":" SHORT
      ",\"thresholds\":{\"http_reqs\":[\"count>1\"]}}",
      LF_ERROR_UNSUPPORTED, "/thresholds: *" },
    { "{\"steps\":[{\"url\":\"http://localhost\",\"body\":{\"type\":\"file\","
      "\"attachmentId\":\"0123456789abcdef01234567\"}}],\"loadProfile\":" SHORT "}",
      LF_ERROR_NOT_FOUND, "*0123456789abcdef01234567*" },
    { "{\"steps\":[{\"url\":\"http://localhost\",\"http\":{\"tls\":{\"caFile\":\"/no/"
      "such.pem\"}}}],"
      "\"loadProfile\":" SHORT "}",
      LF_ERROR_NOT_FOUND, "*/no/such.pem*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LfSpec) spec = lf_spec_from_text (specs[i].text, -1, &error);

      g_assert_no_error (error);
      assert_refused (self, spec, specs[i].code, specs[i].pattern);
    }
}

static void
test_file_limit (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfSpec) spec =
      lf_test_control_spec ("http://127.0.0.1:9/", "{\"users\":5000,\"steady\":1}", 1);
  struct rlimit before, low;

  getrlimit (RLIMIT_NOFILE, &before);
  low = (struct rlimit){ .rlim_cur = 400, .rlim_max = 400 };
  if (setrlimit (RLIMIT_NOFILE, &low) != 0)
    g_error ("setrlimit: %s", g_strerror (errno));
  assert_refused (self, spec, LF_ERROR_LIMIT, "*5000*400*");
  setrlimit (RLIMIT_NOFILE, &before); /* works for root; the last test of the program anyway */
}

/* A program that ends while a run goes on: nothing is left that could be called. */
static void
test_dropped (LfTestStore *self, gconstpointer data)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = lf_test_target (1, &url);
  LfRunManager *manager = lf_run_manager_new (self->store);
  g_autoptr (LfSpec) spec = lf_test_control_spec (url, LONG, 5);
  g_autoptr (GError) error = NULL;
  LfActiveRun *run = lf_test_start_run (manager, spec, NULL, &error);
  gint64 end;
  guint64 requests;

  g_assert_no_error (error);
  lf_test_await_samples (run, 2);
  g_object_unref (run);
  g_object_unref (manager);
  for (end = g_get_monotonic_time () + G_USEC_PER_SEC; g_get_monotonic_time () < end;)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  requests = lf_target_get_counts (target).requests;
  g_usleep (300 * 1000);
  g_assert_cmpuint (lf_target_get_counts (target).requests, ==, requests);
}

static void
await_total (LfActiveRun *run, gint64 more)
{
  gint64 wanted = lf_active_run_get_run (run)->progress->requests + more;

  while (lf_active_run_get_run (run)->progress->requests < wanted)
    g_main_context_iteration (NULL, TRUE);
}

/* Paused and resumed by the table of states, and finished when its planned time, moved by the
 * pause, is over. */
static void
test_pause (LfTestStore *self, gconstpointer data)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = lf_test_target (1, &url);
  g_autoptr (LfRunManager) manager = lf_run_manager_new (self->store);
  g_autoptr (LfSpec) spec = lf_test_control_spec (url, SHORT, 5);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfActiveRun) run = lf_test_start_run (manager, spec, NULL, &error);
  const LfRun *live = lf_active_run_get_run (run);
  guint n;

  g_assert_no_error (error);
  await_total (run, 1);
  g_assert_false (lf_active_run_resume (run, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_STATE);
  g_clear_error (&error);
  g_assert_true (lf_active_run_pause (run, &error));
  g_assert_cmpint (lf_active_run_get_status (run), ==, LF_RUN_PAUSED);
  g_assert_false (lf_active_run_pause (run, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_STATE);
  g_clear_error (&error);
  n = lf_test_n_seconds (run);
  lf_test_await_samples (run, n + 2);
  g_assert_cmpfloat (live->progress->duration, >, 3);
  g_assert_true (lf_active_run_resume (run, &error));
  g_assert_cmpint (lf_active_run_get_status (run), ==, LF_RUN_RUNNING);
  lf_test_await_end (run);
  g_assert_cmpint (live->status, ==, LF_RUN_FINISHED);
  g_assert_cmpint (live->verdict, ==, LF_VERDICT_PASSED);
  g_assert_cmpfloat (live->summary->duration, >, 3);
  g_assert_cmpuint (lf_target_get_counts (target).requests, ==, live->summary->requests->total);
  g_assert_false (lf_active_run_pause (run, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_STATE);
}

static void
test_by_hand (LfTestStore *self, gconstpointer data)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = lf_test_target (1, &url);
  g_autoptr (LfRunManager) manager = lf_run_manager_new (self->store);
  g_autoptr (LfSpec) spec =
      lf_test_control_spec (url, "{\"executor\":\"manual\",\"vus\":2,\"maxVUs\":50}", 5);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfActiveRun) run = lf_test_start_run (manager, spec, NULL, &error);
  const LfRun *live = lf_active_run_get_run (run);

  g_assert_no_error (error);
  g_assert_cmpfloat (lf_active_run_get_level (run), ==, 2);
  g_assert_cmpfloat (live->progress->duration, ==, 0);
  g_assert_true (lf_active_run_set_users (run, 50, &error));
  while (live->progress->users != 50)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (lf_active_run_set_users (run, 51, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_false (lf_active_run_set_rate (run, 51, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_STATE);
  g_assert_cmpfloat (lf_active_run_get_level (run), ==, 50);
  lf_active_run_stop (run);
  lf_test_await_end (run);
  g_assert_cmpint (live->summary->vus_max, ==, 50);
}

/* Progress by iterations done. */
static void
test_iterations (LfTestStore *self, gconstpointer data)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = lf_test_target (1, &url);
  g_autoptr (LfRunManager) manager = lf_run_manager_new (NULL);
  g_autoptr (LfSpec) spec = lf_test_control_spec (
      url, "{\"executor\":\"per-vu-iterations\",\"vus\":7,\"iterations\":13}", 5);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfActiveRun) run = lf_test_start_run (manager, spec, NULL, &error);
  const LfRun *live = lf_active_run_get_run (run);

  g_assert_no_error (error);
  g_assert_cmpint (live->progress->planned_iterations, ==, 91);
  g_assert_cmpfloat (live->progress->duration, ==, 0);
  lf_test_await_end (run);
  g_assert_cmpint (live->progress->iterations, ==, 91);
  g_assert_cmpint (live->status, ==, LF_RUN_FINISHED);
  g_assert_cmpuint (lf_target_get_counts (target).requests, ==, 91);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lf_test_store_add_for ("sqlite", "/run-manager/whole-run", test_whole_run);
  lf_test_store_add_for ("mongo", "/run-manager/whole-run", test_whole_run);
  lf_test_store_add_for ("sqlite", "/run-manager/head-start", test_head_start);
  lf_test_store_add ("/run-manager/attachment", test_attachment);
  lf_test_store_add_for ("sqlite", "/run-manager/kept-while-running", test_kept_while_running);
  lf_test_store_add_for ("sqlite", "/run-manager/graceful-stop", test_graceful_stop);
  lf_test_store_add_for ("sqlite", "/run-manager/immediate-stop", test_immediate_stop);
  lf_test_store_add_for ("sqlite", "/run-manager/pause", test_pause);
  lf_test_store_add_for ("sqlite", "/run-manager/by-hand", test_by_hand);
  lf_test_store_add_for ("sqlite", "/run-manager/iterations", test_iterations);
  lf_test_store_add_for ("sqlite", "/run-manager/two-at-once", test_two_at_once);
  lf_test_store_add_for ("sqlite", "/run-manager/refused", test_refused);
  lf_test_store_add_for ("sqlite", "/run-manager/dropped", test_dropped);
  lf_test_store_add_for ("sqlite", "/run-manager/file-limit", test_file_limit);
  return g_test_run ();
}
