#include "lf-test-control.h"
#include "lf-test-proxy.h"
#include "lf-test-store.h"

#include "lf-error.h"
#include "lf-process.h"
#include "lf-spill.h"
#include "lf-time.h"

#include <signal.h>
#include <sqlite3.h>

#define LONG "{\"users\":2,\"steady\":600}"

/* A store behind a network that fails, and the spill beside it. */
typedef struct
{
  LfTestProxy *proxy;
  LfTarget *target;
  char *url;
  char *uri;
  LfStore *store; /* through the proxy */
  LfSpill *spill;
  LfRunManager *manager;
} Away;

static LfSpill *
new_spill (LfTestStore *self)
{
  g_autofree char *path = g_build_filename (self->folder, "spill", "spill.db", NULL);

  return lf_spill_new (path);
}

static LfStore *
open_spill (LfSpill *spill)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LfStore *store;

  lf_spill_open_async (spill, lf_test_got_cb, &result);
  lf_test_wait (&result);
  store = lf_spill_open_finish (spill, result, &error);
  g_assert_no_error (error);
  return store;
}

static LfRunManager *
new_manager (LfStore *store, LfSpill *spill)
{
  LfRunManager *manager = lf_run_manager_new (store);

  lf_run_manager_set_spill (manager, spill);
  return manager;
}

static void
away_begin (Away *away, LfTestStore *self)
{
  g_autoptr (GError) error = NULL;

  away->proxy = lf_test_proxy_new (self->uri, &away->uri);
  away->target = lf_test_target (1, &away->url);
  away->store = lf_test_open (away->uri, &error);
  g_assert_no_error (error);
  away->spill = new_spill (self);
  away->manager = new_manager (away->store, away->spill);
}

static void
close_spill (LfSpill *spill)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lf_spill_close_async (spill, lf_test_got_cb, &result);
  lf_test_wait (&result);
  lf_spill_close_finish (spill, result, &error);
  g_assert_no_error (error);
}

static void
away_end (Away *away)
{
  lf_test_proxy_set_mode (away->proxy, LF_TEST_PROXY_PASS);
  lf_test_close (away->store);
  close_spill (away->spill);
  g_clear_object (&away->manager);
  g_clear_object (&away->store);
  g_clear_object (&away->spill);
  g_clear_pointer (&away->target, lf_target_stop);
  lf_test_proxy_free (away->proxy);
  g_free (away->url);
  g_free (away->uri);
}

static LfActiveRun *
start_run (LfRunManager *manager, const char *url, const char *profile)
{
  g_autoptr (LfSpec) spec = lf_test_control_spec (url, profile, 5);
  g_autoptr (GError) error = NULL;
  LfActiveRun *run = lf_test_start_run (manager, spec, NULL, &error);

  g_assert_no_error (error);
  return run;
}

static void
stop_run (LfActiveRun *run)
{
  lf_active_run_stop (run);
  lf_test_await_end (run);
}

static GPtrArray *
list_spill (LfSpill *spill)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *runs;

  lf_spill_list_async (spill, lf_test_got_cb, &result);
  lf_test_wait (&result);
  runs = lf_spill_list_finish (spill, result, &error);
  g_assert_no_error (error);
  return runs;
}

static guint
count_spill (LfSpill *spill)
{
  g_autoptr (GPtrArray) runs = list_spill (spill);

  return runs->len;
}

static gssize
upload (LfSpill *spill, LfStore *store, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_spill_upload_async (spill, store, NULL, lf_test_got_cb, &result);
  lf_test_wait (&result);
  return lf_spill_upload_finish (spill, result, error);
}

/* Every sample once and every line in its place, in @store. */
static void
assert_whole (LfStore *store, LfActiveRun *run, LfRunStatus status)
{
  const char *id = lf_active_run_get_run (run)->id;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfRun) kept = LF_CALL (store, load_run, &error, id);
  g_autoptr (GPtrArray) samples = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (kept->status, ==, status);
  g_assert_nonnull (kept->summary);
  samples = LF_CALL (store, list_samples, &error, id);
  g_assert_no_error (error);
  g_assert_cmpuint (samples->len, ==, lf_samples_get_n (lf_active_run_get_samples (run)));
  lines = LF_CALL (store, list_logs, &error, id, 0, 0);
  g_assert_no_error (error);
  g_assert_cmpuint (lines->len, >=, lf_active_run_get_logs (run)->len);
  for (guint i = 0; i < lines->len; i++)
    g_assert_cmpint (((LfLogLine *) lines->pdata[i])->seq, ==, i + 1);
}

static void
assert_goes_on (Away *away, LfActiveRun *run)
{
  guint seconds = lf_test_n_seconds (run);
  guint64 before = lf_target_get_counts (away->target).requests;

  lf_test_await_samples (run, seconds + 2);
  g_assert_cmpuint (lf_target_get_counts (away->target).requests, >, before);
}

/* The server stops answering in the middle, as one that is stopped by a signal does, and is back
 * later. */
static void
test_stalled (LfTestStore *self, gconstpointer data)
{
  Away away = { 0 };
  g_autoptr (LfActiveRun) run = NULL;

  away_begin (&away, self);
  run = start_run (away.manager, away.url, LONG);
  lf_test_await_samples (run, 2);
  lf_test_proxy_set_mode (away.proxy, LF_TEST_PROXY_STALL);
  lf_test_await_line (run, LF_LOG_WARN, "*does not answer*kept on this computer*");
  assert_goes_on (&away, run);
  lf_test_proxy_set_mode (away.proxy, LF_TEST_PROXY_PASS);
  lf_test_await_line (run, LF_LOG_INFO, "*works again*");
  stop_run (run);
  g_assert_false (lf_active_run_has_spilled (run));
  assert_whole (self->store, run, LF_RUN_STOPPED);
  g_assert_cmpuint (count_spill (away.spill), ==, 0);
  away_end (&away);
}

static guint
count_samples (LfStore *store, const LfRun *run)
{
  g_autoptr (GPtrArray) samples = LF_CALL (store, list_samples, NULL, run->id);

  return samples != NULL ? samples->len : 0;
}

/* Waits until @store @has samples of @run, or none. */
static void
await_samples_in (LfStore *store, LfActiveRun *run, gboolean has)
{
  guint seconds = lf_test_n_seconds (run);

  for (guint n = 1; (count_samples (store, lf_active_run_get_run (run)) > 0) != has; n++)
    {
      g_assert_cmpuint (n, <=, 30);
      lf_test_await_samples (run, seconds + n);
    }
}

/* The store is back and has caught up: the spill holds nothing of the run, until it is needed
 * again; then it has what the store has not. */
static void
test_back_again (LfTestStore *self, gconstpointer data)
{
  Away away = { 0 };
  g_autoptr (LfActiveRun) run = NULL;
  g_autoptr (LfStore) spill = NULL;

  away_begin (&away, self);
  spill = open_spill (away.spill);
  run = start_run (away.manager, away.url, LONG);
  await_samples_in (self->store, run, TRUE);
  for (guint i = 0; i < 2; i++)
    {
      lf_test_proxy_set_mode (away.proxy, LF_TEST_PROXY_CUT);
      await_samples_in (spill, run, TRUE);
      g_assert_cmpuint (count_samples (spill, lf_active_run_get_run (run)), <,
                        lf_samples_get_n (lf_active_run_get_samples (run)));
      lf_test_proxy_set_mode (away.proxy, LF_TEST_PROXY_PASS);
      await_samples_in (spill, run, FALSE);
    }
  stop_run (run);
  g_assert_cmpuint (count_spill (away.spill), ==, 0);
  assert_whole (self->store, run, LF_RUN_STOPPED);
  away_end (&away);
}

/* The server is gone until the run has ended: it is offered for upload, and then is where it
 * belongs. */
static void
test_cut_for_good (LfTestStore *self, gconstpointer data)
{
  Away away = { 0 };
  g_autoptr (LfActiveRun) run = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GError) error = NULL;

  away_begin (&away, self);
  run = start_run (away.manager, away.url, LONG);
  lf_test_await_samples (run, 2);
  lf_test_proxy_set_mode (away.proxy, LF_TEST_PROXY_CUT);
  lf_test_await_line (run, LF_LOG_WARN, "*kept on this computer*");
  assert_goes_on (&away, run);
  stop_run (run);
  g_assert_true (lf_active_run_has_spilled (run));
  g_assert_true (lf_test_has_line (run, LF_LOG_WARN, "*can be uploaded once the store is back"));
  g_assert_false (lf_test_has_line (run, LF_LOG_ERROR, "*"));
  runs = list_spill (away.spill);
  g_assert_cmpuint (runs->len, ==, 1);
  g_assert_cmpstr (((LfRun *) runs->pdata[0])->id, ==, lf_active_run_get_run (run)->id);

  g_assert_cmpint (upload (away.spill, away.store, &error), ==, -1);
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_cmpuint (count_spill (away.spill), ==, 1);
  lf_test_proxy_set_mode (away.proxy, LF_TEST_PROXY_PASS);
  g_assert_cmpint (upload (away.spill, self->store, &error), ==, 1);
  g_assert_no_error (error);
  assert_whole (self->store, run, LF_RUN_STOPPED);
  g_assert_cmpuint (count_spill (away.spill), ==, 0);
  away_end (&away);
}

/* The child: its store is behind the proxy of the parent. It says each second that it has seen. */
G_GNUC_NORETURN static void
run_until_killed (const char *uri, const char *path, const char *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStore) store = lf_test_open (uri, &error);
  g_autoptr (LfSpill) spill = lf_spill_new (path);
  g_autoptr (LfRunManager) manager = new_manager (store, spill);
  g_autoptr (LfActiveRun) run = start_run (manager, url, LONG);

  for (guint n = 1;; n++)
    {
      lf_test_await_samples (run, n);
      printf ("%u\n", n);
      fflush (stdout);
    }
}

static void
await_second (GDataInputStream *output, int second)
{
  for (int seen = 0; seen < second;)
    {
      g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, NULL);

      g_assert_nonnull (line);
      seen = atoi (line);
    }
}

/* kill -9 while the store is away: nothing older than 5 s is lost, and the upload joins what the
 * store has with what the spill has. */
static void
test_killed (LfTestStore *self, gconstpointer data)
{
  const int seconds = 12;
  g_autofree char *path = g_build_filename (self->folder, "spill", "spill.db", NULL);
  g_autofree char *url = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (LfTestProxy) proxy = lf_test_proxy_new (self->uri, &uri);
  g_autoptr (LfTarget) target = lf_test_target (1, &url);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/proc/self/exe",
                        "--run-until-killed", uri, path, url, NULL);
  g_autoptr (GDataInputStream) output =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  g_autoptr (LfSpill) spill = new_spill (self);
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GPtrArray) samples = NULL;
  g_autoptr (LfRun) run = NULL;
  const char *id;

  g_assert_no_error (error);
  await_second (output, 3);
  lf_test_proxy_set_mode (proxy, LF_TEST_PROXY_STALL);
  await_second (output, seconds);
  g_assert_cmpuint (count_spill (spill), ==, 0); /* its process lives */
  g_subprocess_send_signal (child, SIGKILL);
  g_subprocess_wait (child, NULL, NULL);

  runs = list_spill (spill);
  g_assert_cmpuint (runs->len, ==, 1);
  id = ((LfRun *) runs->pdata[0])->id;
  g_assert_cmpint (upload (spill, self->store, &error), ==, 1);
  g_assert_no_error (error);
  run = LF_CALL (self->store, load_run, &error, id);
  g_assert_no_error (error);
  g_assert_cmpint (run->status, ==, LF_RUN_INTERRUPTED);
  samples = LF_CALL (self->store, list_samples, &error, id);
  g_assert_cmpuint (lf_test_n_totals (samples), >=, seconds - 5);
  g_assert_cmpfloat (run->summary->duration, >=, seconds - 5);
  close_spill (spill);
}

/* Another process holds the database for longer than SQLite waits. */
static void
test_locked (LfTestStore *self, gconstpointer data)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = lf_test_target (1, &url);
  g_autoptr (LfSpill) spill = new_spill (self);
  g_autoptr (LfRunManager) manager = new_manager (self->store, spill);
  g_autoptr (LfActiveRun) run = start_run (manager, url, LONG);
  sqlite3 *other;

  lf_test_await_samples (run, 2);
  g_assert_cmpint (sqlite3_open (lf_test_get_path (self), &other), ==, SQLITE_OK);
  sqlite3_busy_timeout (other, 10000); /* the run may just be writing */
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  lf_test_await_line (run, LF_LOG_WARN, "*kept on this computer*");
  sqlite3_close (other);
  lf_test_await_line (run, LF_LOG_INFO, "*works again*");
  stop_run (run);
  g_assert_false (lf_active_run_has_spilled (run));
  assert_whole (self->store, run, LF_RUN_STOPPED);
  g_assert_cmpuint (count_spill (spill), ==, 0);
  close_spill (spill);
}

/* A run of which the store has the beginning, as an answer that got lost left it. */
static void
test_parts (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfSpill) spill = new_spill (self);
  g_autoptr (LfStore) store = open_spill (spill);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfRun) run = lf_test_new_run (NULL, LF_RUN_FINISHED);
  g_autoptr (GPtrArray) all = lf_test_new_samples (run->id, 1, 1300);
  g_autoptr (GPtrArray) some = lf_test_new_samples (run->id, 1, 70);
  g_autoptr (GPtrArray) lines = lf_test_new_lines (run->id, 1, 700);
  g_autoptr (LfRun) kept = NULL;
  g_autoptr (GPtrArray) samples = NULL;
  g_autoptr (GPtrArray) kept_lines = NULL;

  run->summary = lf_summary_new ();
  g_assert_true (LF_CALL (store, save_run, &error, run));
  g_assert_true (LF_CALL (store, append_samples, &error, run->id, all));
  g_assert_true (LF_CALL (store, append_logs, &error, run->id, lines));
  run->status = LF_RUN_INTERRUPTED;
  lf_set_string (&run->notes, "who stopped this?");
  g_assert_true (LF_CALL (self->store, save_run, &error, run));
  g_assert_true (LF_CALL (self->store, append_samples, &error, run->id, some));

  g_assert_cmpint (upload (spill, self->store, &error), ==, 1);
  g_assert_no_error (error);
  kept = LF_CALL (self->store, load_run, &error, run->id);
  g_assert_cmpint (kept->status, ==, LF_RUN_FINISHED);
  g_assert_cmpstr (kept->notes, ==, "who stopped this?");
  samples = LF_CALL (self->store, list_samples, &error, run->id);
  g_assert_cmpuint (samples->len, ==, all->len);
  kept_lines = LF_CALL (self->store, list_logs, &error, run->id, 0, 0);
  g_assert_cmpuint (kept_lines->len, ==, lines->len);
  g_assert_cmpuint (count_spill (spill), ==, 0);
  close_spill (spill);
}

static LfRun *
spill_run (LfStore *store, gint64 started_at)
{
  g_autoptr (GError) error = NULL;
  LfRun *run = lf_test_new_run (NULL, LF_RUN_FINISHED);
  g_autoptr (GPtrArray) samples = lf_test_new_samples (run->id, 1, 3);

  run->started_at = started_at;
  run->summary = lf_summary_new ();
  g_assert_true (LF_CALL (store, save_run, &error, run));
  g_assert_true (LF_CALL (store, append_samples, &error, run->id, samples));
  return run;
}

/* The oldest run cannot be moved, and so is told; those after it are moved all the same. */
static void
test_one_stays (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfSpill) spill = new_spill (self);
  g_autoptr (LfStore) store = open_spill (spill);
  g_autoptr (LfRun) oldest = spill_run (store, 1000);
  g_autoptr (LfRun) older = spill_run (store, 2000);
  g_autoptr (LfRun) newest = spill_run (store, 3000);
  g_autofree char *refuse =
      g_strdup_printf ("CREATE TRIGGER refuse BEFORE INSERT ON samples WHEN new.run_id = '%s'"
                       " BEGIN SELECT raise (ABORT, 'refused'); END",
                       oldest->id);
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GError) error = NULL;

  lf_test_sql (lf_test_get_path (self), refuse);
  g_assert_cmpint (upload (spill, self->store, &error), ==, -1);
  g_assert_nonnull (strstr (error->message, "refused"));
  g_clear_error (&error);
  left = list_spill (spill);
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_cmpstr (((LfRun *) left->pdata[0])->id, ==, oldest->id);

  lf_test_sql (lf_test_get_path (self), "DROP TRIGGER refuse");
  g_assert_cmpint (upload (spill, self->store, &error), ==, 1);
  g_assert_no_error (error);
  runs = LF_CALL (self->store, list_runs, &error, NULL);
  g_assert_cmpuint (runs->len, ==, 3);
  close_spill (spill);
}

static LfRunOwner *
new_owner (const char *start, gint64 heartbeat)
{
  LfRunOwner *owner = lf_process_new_owner ();

  lf_set_string (&owner->start, start);
  owner->heartbeat = heartbeat;
  return owner;
}

/* A copy whose process seems to be gone, of a run that goes on in the store: it is not written
 * over. */
static void
test_goes_on_there (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfSpill) spill = new_spill (self);
  g_autoptr (LfStore) store = open_spill (spill);
  g_autoptr (LfRun) run = lf_test_new_run (NULL, LF_RUN_RUNNING);
  g_autoptr (LfRun) kept = NULL;
  g_autoptr (GError) error = NULL;

  run->owner = new_owner ("another sandbox", lf_time_now () - LF_PROCESS_HEARTBEAT_LIMIT - 1);
  g_assert_true (LF_CALL (store, save_run, &error, run));
  lf_run_owner_free (run->owner);
  run->owner = new_owner ("another sandbox", lf_time_now ());
  g_assert_true (LF_CALL (self->store, save_run, &error, run));

  g_assert_cmpint (upload (spill, self->store, &error), ==, -1);
  g_assert_error (error, LF_ERROR, LF_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_cmpuint (count_spill (spill), ==, 1);
  kept = LF_CALL (self->store, load_run, &error, run->id);
  g_assert_true (lf_record_equal (kept, run));

  run->owner->heartbeat = lf_time_now () - LF_PROCESS_HEARTBEAT_LIMIT - 1;
  g_assert_true (LF_CALL (self->store, save_run, &error, run));
  g_assert_cmpint (upload (spill, self->store, &error), ==, 1);
  g_assert_no_error (error);
  close_spill (spill);
}

/* Two processes upload the same runs: what the other has moved is no error, and nothing is there
 * twice. */
static void
test_two_uploads (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfSpill) spill = new_spill (self);
  g_autoptr (LfSpill) other = new_spill (self);
  g_autoptr (LfStore) store = open_spill (spill);
  g_autoptr (GAsyncResult) one = NULL;
  g_autoptr (GAsyncResult) two = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 5; i++)
    lf_run_free (spill_run (store, 1000 * i));
  lf_spill_upload_async (spill, self->store, NULL, lf_test_got_cb, &one);
  lf_spill_upload_async (other, self->store, NULL, lf_test_got_cb, &two);
  lf_test_wait (&one);
  lf_test_wait (&two);
  lf_spill_upload_finish (spill, one, &error);
  g_assert_no_error (error);
  lf_spill_upload_finish (other, two, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_spill (spill), ==, 0);
  runs = LF_CALL (self->store, list_runs, &error, NULL);
  g_assert_cmpuint (runs->len, ==, 5);
  for (guint i = 0; i < runs->len; i++)
    {
      g_autoptr (GPtrArray) samples =
          LF_CALL (self->store, list_samples, &error, ((LfRun *) runs->pdata[i])->id);

      g_assert_cmpuint (samples->len, ==, 3);
    }
  close_spill (spill);
  close_spill (other);
}

/* Where nothing ever failed there is no spill, and to ask makes none. */
static void
test_never_needed (LfTestStore *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "spill", NULL);
  g_autoptr (LfSpill) spill = new_spill (self);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (count_spill (spill), ==, 0);
  g_assert_cmpint (upload (spill, self->store, &error), ==, 0);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  if (argc == 5 && strcmp (argv[1], "--run-until-killed") == 0)
    run_until_killed (argv[2], argv[3], argv[4]);
  g_test_init (&argc, &argv, NULL);
  lf_test_store_add_for ("mongo", "/spill/stalled", test_stalled);
  lf_test_store_add_for ("mongo", "/spill/back-again", test_back_again);
  lf_test_store_add_for ("mongo", "/spill/cut-for-good", test_cut_for_good);
  lf_test_store_add_for ("mongo", "/spill/killed", test_killed);
  lf_test_store_add_for ("sqlite", "/spill/locked", test_locked);
  lf_test_store_add ("/spill/parts", test_parts);
  lf_test_store_add_for ("sqlite", "/spill/one-stays", test_one_stays);
  lf_test_store_add_for ("sqlite", "/spill/goes-on-there", test_goes_on_there);
  lf_test_store_add ("/spill/two-uploads", test_two_uploads);
  lf_test_store_add_for ("sqlite", "/spill/never-needed", test_never_needed);
  return g_test_run ();
}
