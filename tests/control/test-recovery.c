#include "lf-test-control.h"
#include "lf-test-store.h"

#include "lf-process.h"
#include "lf-run-summary.h"
#include "lf-time.h"

#include <signal.h>

#define LONG "{\"users\":4,\"steady\":600}"

/* The child: runs a load until it is killed, and says for each second that it has seen it. */
G_GNUC_NORETURN static void
run_until_killed (const char *uri, const char *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStore) store = lf_test_open (uri, &error);
  g_autoptr (LfRunManager) manager = lf_run_manager_new (store);
  g_autoptr (LfSpec) spec = lf_test_control_spec (url, LONG, 5);
  g_autoptr (LfActiveRun) run = lf_test_start_run (manager, spec, NULL, &error);

  g_assert_no_error (error);
  printf ("%s\n", lf_active_run_get_run (run)->id);
  for (guint n = 1;; n++)
    {
      lf_test_await_samples (run, n);
      printf ("%u\n", n);
      fflush (stdout);
    }
}

/* Starts the child, lets @seconds of its run pass and kills it. (transfer full): the run's id */
static char *
run_and_kill (const char *uri, const char *url, int seconds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/proc/self/exe",
                        "--run-until-killed", uri, url, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  char *id;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  id = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  g_assert_nonnull (id);
  for (int seen = 0; seen < seconds;)
    {
      g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, NULL);

      g_assert_nonnull (line);
      seen = atoi (line);
    }
  g_subprocess_send_signal (child, SIGKILL);
  g_subprocess_wait (child, NULL, NULL);
  return id;
}

/* kill -9 in the middle of a run: listed as interrupted, with all samples that are older than 5 s.
 */
static void
test_killed (LfTestStore *self, gconstpointer data)
{
  const int seconds = 9;
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = lf_test_target (1, &url);
  g_autofree char *id = run_and_kill (self->uri, url, seconds);
  g_autoptr (LfRunManager) manager = lf_run_manager_new (self->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfRun) run = NULL;
  g_autoptr (GPtrArray) samples = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  gint64 completed = 0;

  run = LF_CALL (self->store, load_run, &error, id);
  g_assert_cmpint (run->status, ==, LF_RUN_RUNNING); /* nobody has looked yet */
  g_clear_pointer (&run, lf_run_free);
  g_assert_cmpint (lf_test_recover (manager, &error), ==, 1);
  g_assert_no_error (error);

  run = LF_CALL (self->store, load_run, &error, id);
  g_assert_cmpint (run->status, ==, LF_RUN_INTERRUPTED);
  g_assert_cmpint (run->verdict, ==, LF_VERDICT_ABORTED);
  samples = LF_CALL (self->store, list_samples, &error, id);
  g_assert_cmpuint (lf_test_n_totals (samples), >=, seconds - 5);
  for (guint i = 0; i < samples->len; i++)
    if (((LfSample *) samples->pdata[i])->step < 0)
      completed += ((LfSample *) samples->pdata[i])->completed;
  g_assert_nonnull (run->summary);
  g_assert_cmpint (run->summary->requests->total, ==, completed);
  g_assert_cmpint (run->summary->latency->duration->count, ==, completed);
  g_assert_cmpfloat (run->summary->latency->duration->p99, >, 0);
  g_assert_cmpint (run->ended_at, >, run->started_at);
  lines = LF_CALL (self->store, list_logs, &error, id, 0, 1000);
  g_assert_cmpuint (lines->len, >, 2);

  /* Once is enough. */
  g_assert_cmpint (lf_test_recover (manager, &error), ==, 0);
}

static char *
add_lost_run (LfStore *store)
{
  g_autoptr (LfRun) run = lf_test_new_run (NULL, LF_RUN_RUNNING);
  g_autoptr (GError) error = NULL;

  run->owner = lf_run_owner_new ();
  run->owner->pid = 0x3fffff;
  g_assert_true (LF_CALL (store, save_run, &error, run));
  return g_strdup (run->id);
}

/* A damaged sample may name any step: the summary has those of the spec, or of the other samples
 * where the spec is lost too, and counts the rest. */
static void
test_damaged_step (void)
{
  static const gint64 steps[] = { 6, 1000 * 1000 * 1000, G_MAXUINT32, G_MAXINT64 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) spec = json_from_string (
      "{\"schema\":\"loadforge/spec/1\",\"loadProfile\":{\"users\":1,\"steady\":9},"
      "\"steps\":[{\"url\":\"http://a/\"},{\"url\":\"http://b/\"}]}",
      &error);

  g_assert_no_error (error);
  for (guint n = 0; n < 2 * G_N_ELEMENTS (steps); n++)
    {
      gboolean has_spec = n < G_N_ELEMENTS (steps);
      g_autoptr (LfRun) run = lf_test_new_run (NULL, LF_RUN_RUNNING);
      g_autoptr (GPtrArray) samples = lf_test_new_samples (run->id, 1, 6);
      g_autoptr (LfSummary) summary = NULL;

      g_clear_pointer (&run->spec, json_node_unref);
      run->spec = has_spec ? json_node_copy (spec) : NULL;
      for (guint i = 0; i < 3; i++)
        ((LfSample *) samples->pdata[i])->completed = 5;
      ((LfSample *) samples->pdata[3])->step = 0;
      ((LfSample *) samples->pdata[4])->step = 1;
      ((LfSample *) samples->pdata[4])->completed = 7;
      ((LfSample *) samples->pdata[5])->step = steps[n % G_N_ELEMENTS (steps)];
      g_test_expect_message ("lf-control", G_LOG_LEVEL_MESSAGE, "*a sample of step*");
      summary = lf_run_summary_rebuild (run, samples);
      g_test_assert_expected_messages ();
      g_assert_cmpint (summary->requests->total, ==, 15);
      g_assert_cmpuint (summary->steps->len, ==, has_spec ? 2 : 6);
      g_assert_cmpint (((LfSummaryStep *) summary->steps->pdata[1])->requests->total, ==, 7);
    }
}

static guint
count_lines (LfStore *store, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = LF_CALL (store, list_logs, &error, id, 0, 100);

  g_assert_no_error (error);
  return lines->len;
}

/* A run that cannot be written now keeps no other from being recovered, and says nothing twice. */
static void
test_one_that_resists (LfTestStore *self, gconstpointer data)
{
  g_autofree char *first = add_lost_run (self->store);
  g_autofree char *second = add_lost_run (self->store);
  g_autofree char *third = add_lost_run (self->store);
  g_autofree char *trigger =
      g_strdup_printf ("CREATE TRIGGER resist BEFORE UPDATE ON runs WHEN old.id = '%s'"
                       " BEGIN SELECT RAISE (ABORT, 'not now'); END;"
                       "CREATE TRIGGER resist_more BEFORE INSERT ON runs WHEN new.id = '%s'"
                       " BEGIN SELECT RAISE (ABORT, 'not now'); END",
                       second, second);
  g_autoptr (LfRunManager) manager = lf_run_manager_new (self->store);
  g_autoptr (GError) error = NULL;

  lf_test_sql (lf_test_get_path (self), trigger);
  g_assert_cmpint (lf_test_recover (manager, &error), ==, 2);
  g_assert_no_error (error);
  g_assert_cmpuint (count_lines (self->store, first), ==, 1);
  g_assert_cmpuint (count_lines (self->store, second), ==, 0);
  g_assert_cmpuint (count_lines (self->store, third), ==, 1);
  lf_test_sql (lf_test_get_path (self), "DROP TRIGGER resist; DROP TRIGGER resist_more");
  g_assert_cmpint (lf_test_recover (manager, &error), ==, 1);
  g_assert_cmpuint (count_lines (self->store, second), ==, 1);
}

/* A run of a process that lives, here this one, is left alone. */
static void
test_alive (LfTestStore *self, gconstpointer data)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = lf_test_target (1, &url);
  g_autoptr (LfRunManager) manager = lf_run_manager_new (self->store);
  g_autoptr (LfRunManager) other = lf_run_manager_new (self->store);
  g_autoptr (LfSpec) spec = lf_test_control_spec (url, LONG, 5);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfActiveRun) run = lf_test_start_run (manager, spec, NULL, &error);
  g_autoptr (LfRun) kept = NULL;

  g_assert_no_error (error);
  lf_test_await_samples (run, 2);
  g_assert_cmpint (lf_test_recover (other, &error), ==, 0);
  kept = LF_CALL (self->store, load_run, &error, lf_active_run_get_run (run)->id);
  g_assert_cmpint (kept->status, ==, LF_RUN_RUNNING);
  lf_active_run_stop (run);
  lf_active_run_stop (run);
  lf_test_await_end (run);
}

/* Whose process is gone, told from what is kept of it. */
static void
test_owners (void)
{
  g_autoptr (LfRunOwner) mine = lf_process_new_owner ();
  gint64 now = lf_time_now ();

  mine->heartbeat = now;
  g_assert_false (lf_process_is_gone (mine, now));
  g_assert_false (
      lf_process_is_gone (mine, now + 10 * LF_PROCESS_HEARTBEAT_LIMIT)); /* it is seen */
  mine->pid = 0x3fffff; /* above what a kernel gives out by itself */
  g_assert_true (lf_process_is_gone (mine, now));
  mine->pid = getpid ();
  lf_set_string (&mine->start, "another process that had this number");
  g_assert_true (lf_process_is_gone (mine, now + LF_PROCESS_HEARTBEAT_LIMIT + 1));
  g_assert_true (lf_process_is_gone (NULL, now));
}

/* Of another machine only the heartbeat is known. */
static void
test_foreign_owner (void)
{
  g_autoptr (LfRunOwner) theirs = lf_process_new_owner ();
  gint64 now = lf_time_now ();

  lf_set_string (&theirs->host, "somewhere else");
  lf_set_string (&theirs->start, "0123/4567/89");
  theirs->pid = 0x3fffff;
  theirs->heartbeat = now - LF_PROCESS_HEARTBEAT_LIMIT / 2;
  g_assert_false (lf_process_is_gone (theirs, now));
  g_assert_true (lf_process_is_gone (theirs, now + LF_PROCESS_HEARTBEAT_LIMIT));
}

int
main (int argc, char **argv)
{
  if (argc == 4 && strcmp (argv[1], "--run-until-killed") == 0)
    run_until_killed (argv[2], argv[3]);
  g_test_init (&argc, &argv, NULL);
  lf_test_store_add_for ("sqlite", "/recovery/killed", test_killed);
  lf_test_store_add_for ("mongo", "/recovery/killed", test_killed);
  lf_test_store_add_for ("sqlite", "/recovery/alive", test_alive);
  lf_test_store_add_for ("sqlite", "/recovery/one-that-resists", test_one_that_resists);
  g_test_add_func ("/run-summary/damaged-step", test_damaged_step);
  g_test_add_func ("/process/owners", test_owners);
  g_test_add_func ("/process/foreign-owner", test_foreign_owner);
  return g_test_run ();
}
