#include "lf-test-control.h"
#include "lf-test-store.h"

#include "lf-error.h"
#include "lf-scheduler-private.h"
#include "lf-schedules.h"
#include "lf-store-private.h"

#include <stdio.h>
#include <string.h>

#define START   (20000 * (gint64) 86400000) /* ms: where the fake clock begins */
#define MINUTE  ((gint64) 60000)
#define ONCE    "{\"executor\":\"per-vu-iterations\",\"vus\":1,\"iterations\":1}"
#define LONG    "{\"users\":1,\"steady\":600}"
#define N_SPECS 10
#define N_TIMES 10

/* A scheduler on a clock that stands still until it is set. */
typedef struct
{
  LfTarget *target;
  char *url;
  LfRunManager *manager;
  LfScheduler *scheduler;
  gint64 now;
  guint n_started;
  GPtrArray *missed; /* what was told */
} Bench;

static gint64
bench_clock (gpointer user_data)
{
  return *(gint64 *) user_data;
}

static void
started_cb (LfScheduler *scheduler, LfRunSchedule *schedule, LfActiveRun *run, Bench *bench)
{
  g_assert_cmpstr (lf_active_run_get_run (run)->spec_id, ==, schedule->spec_id);
  bench->n_started++;
}

static void
missed_cb (LfScheduler *scheduler, LfRunSchedule *schedule, const char *words, Bench *bench)
{
  g_ptr_array_add (bench->missed, g_strdup (words));
}

static void
bench_init (Bench *bench, LfStore *store)
{
  *bench = (Bench){ .now = START };
  bench->target = lf_test_target (0, &bench->url);
  bench->missed = g_ptr_array_new_with_free_func (g_free);
  bench->manager = lf_run_manager_new (store);
  bench->scheduler = lf_scheduler_new (store, bench->manager);
  lf_scheduler_limit (bench->scheduler, 1, 0); /* a hundred runs need no more threads than that */
  _lf_scheduler_set_clock (bench->scheduler, bench_clock, &bench->now);
  g_signal_connect (bench->scheduler, "started", G_CALLBACK (started_cb), bench);
  g_signal_connect (bench->scheduler, "missed", G_CALLBACK (missed_cb), bench);
}

static void
await_idle (Bench *bench)
{
  while (!_lf_scheduler_is_idle (bench->scheduler))
    g_main_context_iteration (NULL, TRUE);
}

static void
await_runs (Bench *bench)
{
  GListModel *active = lf_run_manager_get_active (bench->manager);

  while (g_list_model_get_n_items (active) > 0)
    {
      g_autoptr (LfActiveRun) run = g_list_model_get_item (active, 0);

      lf_test_await_end (run);
    }
}

static void
bench_start (Bench *bench)
{
  lf_scheduler_start (bench->scheduler);
  await_idle (bench);
}

/* Sets the clock, and lets the scheduler look at it. */
static void
bench_advance (Bench *bench, gint64 now)
{
  bench->now = now;
  lf_scheduler_look (bench->scheduler);
  await_idle (bench);
}

static void
bench_clear (Bench *bench)
{
  lf_scheduler_stop (bench->scheduler);
  g_assert_finalize_object (bench->scheduler);
  g_object_unref (bench->manager);
  lf_target_stop (bench->target);
  g_ptr_array_unref (bench->missed);
  g_free (bench->url);
}

static char *
save_spec (LfTestStore *self, const char *url, const char *profile)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = lf_test_control_spec (url, profile, 1);
  g_autoptr (LfSpec) saved = LF_CALL (self->store, save_spec, &error, spec);

  g_assert_no_error (error);
  return g_strdup (saved->id);
}

static LfRunSchedule *
save_schedule (LfTestStore *self, const char *spec_id, const char *cron, gint64 next)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfRunSchedule) schedule = lf_run_schedule_new ();
  LfRunSchedule *saved;

  lf_set_string (&schedule->spec_id, spec_id);
  lf_set_string (&schedule->cron, cron);
  lf_set_string (&schedule->time_zone, "UTC");
  schedule->next_run_at = next;
  saved = LF_CALL (self->store, save_schedule, &error, schedule);
  g_assert_no_error (error);
  return saved;
}

static guint
count_runs (LfTestStore *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = LF_CALL (self->store, list_runs, &error, NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < runs->len; i++)
    g_assert_cmpint (((LfRun *) runs->pdata[i])->status, ==, LF_RUN_FINISHED);
  return runs->len;
}

static void
assert_missed (Bench *bench, guint n, const char *words)
{
  g_assert_cmpuint (bench->missed->len, ==, n);
  if (strstr (bench->missed->pdata[n - 1], words) == NULL)
    g_error ("no “%s” in “%s”", words, (char *) bench->missed->pdata[n - 1]);
}

static void
test_due (LfTestStore *self, gconstpointer data)
{
  Bench bench;
  g_autofree char *spec_id = NULL;
  g_autoptr (LfRunSchedule) schedule = NULL;
  g_autoptr (GPtrArray) schedules = NULL;

  bench_init (&bench, self->store);
  spec_id = save_spec (self, bench.url, ONCE);
  schedule = save_schedule (self, spec_id, "*/5 * * * *", START + 5 * MINUTE);
  bench_start (&bench);
  bench_advance (&bench, START + 5 * MINUTE - 1);
  g_assert_cmpuint (bench.n_started, ==, 0);
  bench_advance (&bench, START + 5 * MINUTE);
  g_assert_cmpuint (bench.n_started, ==, 1);
  await_runs (&bench);
  /* The clock is set back, or somebody looks twice. */
  bench_advance (&bench, START + 5 * MINUTE);
  bench_advance (&bench, START + 4 * MINUTE);
  g_assert_cmpuint (bench.n_started, ==, 1);
  bench_advance (&bench, START + 10 * MINUTE + 59999);
  g_assert_cmpuint (bench.n_started, ==, 2);
  await_runs (&bench);
  g_assert_cmpuint (bench.missed->len, ==, 0);
  g_assert_cmpuint (count_runs (self), ==, 2);
  schedules = LF_CALL (self->store, list_schedules, NULL);
  g_assert_cmpint (((LfRunSchedule *) schedules->pdata[0])->last_run_at, ==, START + 10 * MINUTE);
  g_assert_cmpint (((LfRunSchedule *) schedules->pdata[0])->next_run_at, ==, START + 15 * MINUTE);
  bench_clear (&bench);
}

/* Nothing was running for a while: that is told once, and the time that is still fresh is run. */
static void
test_missed (LfTestStore *self, gconstpointer data)
{
  Bench bench;
  g_autofree char *spec_id = NULL;
  g_autoptr (LfRunSchedule) schedule = NULL;

  bench_init (&bench, self->store);
  spec_id = save_spec (self, bench.url, ONCE);
  schedule = save_schedule (self, spec_id, "*/5 * * * *", START + 5 * MINUTE);
  bench.now = START + 16 * MINUTE + 1; /* 15 is a minute and a moment ago */
  bench_start (&bench);
  g_assert_cmpuint (bench.n_started, ==, 0);
  assert_missed (&bench, 1, "“tried” missed 3 times");
  bench_advance (&bench, START + 30 * MINUTE + 59000);
  assert_missed (&bench, 2, "“tried” missed 2 times");
  g_assert_cmpuint (bench.n_started, ==, 1);
  await_runs (&bench);
  /* Years later: counted as far as that makes sense, without a run for any of it. */
  bench_advance (&bench, START + 3000000 * MINUTE + 2 * MINUTE);
  assert_missed (&bench, 3, "“tried” missed 1000 times");
  bench_advance (&bench, START + 3000000 * MINUTE + 2 * MINUTE);
  g_assert_cmpuint (bench.missed->len, ==, 3);
  g_assert_cmpuint (bench.n_started, ==, 1);
  bench_clear (&bench);
}

static void
test_still_going_on (LfTestStore *self, gconstpointer data)
{
  Bench bench;
  g_autofree char *spec_id = NULL;
  g_autoptr (LfRunSchedule) schedule = NULL;
  g_autoptr (LfActiveRun) run = NULL;

  bench_init (&bench, self->store);
  spec_id = save_spec (self, bench.url, LONG);
  schedule = save_schedule (self, spec_id, "* * * * *", START);
  bench_start (&bench);
  g_assert_cmpuint (bench.n_started, ==, 1);
  run = g_list_model_get_item (lf_run_manager_get_active (bench.manager), 0);
  lf_test_await_samples (run, 1); /* it stands in the store by then */
  bench_advance (&bench, START + MINUTE);
  g_assert_cmpuint (bench.n_started, ==, 1);
  assert_missed (&bench, 1, "still going on");
  lf_active_run_stop (run);
  lf_test_await_end (run);
  bench_clear (&bench);
}

/* Of a spec whose run takes a while to start: its file is read before. */
static char *
save_spec_with_file (LfTestStore *self, const char *url)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data ("body", 4, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfAttachment) file =
      LF_CALL (self->store, add_attachment, &error, "body.bin", NULL, stream, NULL, NULL);
  g_autoptr (LfSpec) spec = lf_test_control_spec (url, LONG, 1);
  LfStep *step = spec->steps->pdata[0];
  g_autoptr (LfSpec) saved = NULL;

  g_assert_no_error (error);
  lf_set_string (&step->method, "POST");
  step->body = lf_body_new ();
  step->body->body_type = LF_BODY_FILE;
  lf_set_string (&step->body->attachment_id, file->id);
  saved = LF_CALL (self->store, save_spec, &error, spec);
  g_assert_no_error (error);
  return g_strdup (saved->id);
}

/* Many schedules of one spec are due at once: it runs once, and that is told. */
static void
test_same_minute (LfTestStore *self, gconstpointer data)
{
  Bench bench;
  g_autofree char *spec_id = NULL;
  g_autoptr (LfActiveRun) run = NULL;

  bench_init (&bench, self->store);
  spec_id = save_spec_with_file (self, bench.url);
  for (guint i = 0; i < N_TIMES; i++)
    lf_run_schedule_free (save_schedule (self, spec_id, "@hourly", START + MINUTE));
  bench_start (&bench);
  bench_advance (&bench, START + MINUTE);
  g_assert_cmpuint (bench.n_started, ==, 1);
  assert_missed (&bench, N_TIMES - 1, "still going on");
  run = g_list_model_get_item (lf_run_manager_get_active (bench.manager), 0);
  lf_active_run_stop (run);
  lf_test_await_end (run);
  bench_clear (&bench);
}

/* A spec that is gone, one that cannot run, a schedule that is off, and one whose spec has dropped
 * it. */
static void
test_refused (LfTestStore *self, gconstpointer data)
{
  Bench bench;
  g_autoptr (GError) error = NULL;
  g_autofree char *gone = NULL;
  g_autofree char *broken = NULL;
  g_autoptr (LfRunSchedule) of_gone = NULL;
  g_autoptr (LfRunSchedule) of_broken = NULL;
  g_autoptr (LfRunSchedule) off = NULL;
  g_autoptr (LfRunSchedule) left = NULL;
  g_autoptr (GPtrArray) schedules = NULL;

  bench_init (&bench, self->store);
  gone = save_spec (self, bench.url, ONCE);
  broken = save_spec (self, "nowhere", ONCE);
  of_gone = save_schedule (self, gone, "@hourly", START + MINUTE);
  of_broken = save_schedule (self, broken, "@hourly", START + 2 * MINUTE);
  off = save_schedule (self, broken, "@hourly", START + MINUTE);
  off->enabled = FALSE;
  lf_record_free (LF_CALL (self->store, save_schedule, &error, off));
  left = save_schedule (self, broken, "@hourly", START + 3 * MINUTE);
  lf_set_string (&left->id, broken);
  lf_record_free (LF_CALL (self->store, save_schedule, &error, left));
  g_assert_true (LF_CALL (self->store, delete_spec, &error, gone));
  bench_start (&bench);

  bench_advance (&bench, START + MINUTE);
  assert_missed (&bench, 1, "no spec");
  bench_advance (&bench, START + 2 * MINUTE);
  assert_missed (&bench, 2, "not an http or https URL");
  bench_advance (&bench, START + 3 * MINUTE);
  assert_missed (&bench, 4, "");
  schedules = LF_CALL (self->store, list_schedules, &error);
  for (guint i = 0; i < schedules->len; i++)
    g_assert_cmpstr (((LfRunSchedule *) schedules->pdata[i])->id, !=, broken);
  g_assert_cmpuint (bench.n_started, ==, 0);
  bench_clear (&bench);
}

static void
assert_only_schedule (LfTestStore *self, const char *id, const char *cron, gint64 last_run_at)
{
  g_autoptr (GPtrArray) schedules = LF_CALL (self->store, list_schedules, NULL);
  const LfRunSchedule *schedule = schedules->pdata[0];

  g_assert_cmpuint (schedules->len, ==, 1);
  g_assert_cmpstr (schedule->id, ==, id);
  g_assert_cmpstr (schedule->cron, ==, cron);
  g_assert_cmpstr (schedule->time_zone, ==, "Asia/Tokyo");
  g_assert_cmpint (schedule->last_run_at, ==, last_run_at);
}

/* The writer of a spec, on a machine elsewhere, has died before the spec's schedule was brought up
 * to date. */
static void
test_stale (LfTestStore *self, gconstpointer data)
{
  Bench bench;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = NULL;
  g_autoptr (LfSpec) saved = NULL;
  g_autoptr (LfRunSchedule) stale = NULL;

  bench_init (&bench, self->store);
  spec = lf_test_control_spec (bench.url, ONCE, 1);
  spec->schedule = lf_spec_schedule_new ();
  lf_set_string (&spec->schedule->cron, "@hourly");
  saved = LF_CALL (self->store, save_spec, &error, spec);
  stale = lf_run_schedule_of_spec (saved);
  lf_set_string (&stale->cron, "@daily");
  lf_set_string (&stale->time_zone, "Asia/Tokyo");
  stale->last_run_at = START;
  lf_record_free (LF_CALL (self->store, save_schedule, &error, stale));
  g_assert_no_error (error);
  assert_only_schedule (self, saved->id, "@daily", START);
  bench_start (&bench);
  assert_only_schedule (self, saved->id, "@hourly", START);
  bench_clear (&bench);
}

static void
got_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
remove_schedule (LfTestStore *self, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_schedule_remove_async (self->store, id, NULL, got_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return lf_schedule_remove_finish (result, error);
}

/* What an older LoadForge left is found at the start; what is removed goes out of the spec, too. */
static void
test_own (LfTestStore *self, gconstpointer data)
{
  Bench bench;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = NULL;
  g_autoptr (LfSpec) saved = NULL;
  g_autoptr (LfSpec) loaded = NULL;
  g_autoptr (GPtrArray) schedules = NULL;

  bench_init (&bench, self->store);
  spec = lf_test_control_spec (bench.url, ONCE, 1);
  spec->schedule = lf_spec_schedule_new ();
  lf_set_string (&spec->schedule->cron, "@hourly");
  saved = LF_CALL (self->store, save_spec, &error, spec);
  g_assert_true (LF_CALL (self->store, delete_schedule, &error, saved->id));
  bench_start (&bench);
  schedules = LF_CALL (self->store, list_schedules, &error);
  g_assert_cmpuint (schedules->len, ==, 1);
  g_assert_cmpstr (((LfRunSchedule *) schedules->pdata[0])->id, ==, saved->id);
  g_clear_pointer (&schedules, g_ptr_array_unref);

  g_assert_true (remove_schedule (self, saved->id, &error));
  schedules = LF_CALL (self->store, list_schedules, &error);
  g_assert_cmpuint (schedules->len, ==, 0);
  loaded = LF_CALL (self->store, load_spec, &error, saved->id);
  g_assert_null (loaded->schedule);
  g_assert_no_error (error);
  g_assert_false (remove_schedule (self, saved->id, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_NOT_FOUND);
  bench_clear (&bench);
}

static LfStoreWork claim_schedule; /* of the store that a test has taken it from */
static guint n_lost;               /* answers still to be lost */
static GAsyncQueue *claimed;       /* has an item once a claim is made, */
static GAsyncQueue *held;          /* whose answer is held back until this has one */

static gpointer
lose_answer (LfStore *store, LfStoreCall *call, GError **error)
{
  if (claim_schedule (store, call, error) == NULL)
    return NULL;
  if (n_lost == 0)
    return LF_STORE_DONE;
  n_lost--;
  g_set_error (error, LF_ERROR, LF_ERROR_UNREACHABLE, "the answer got lost");
  return NULL;
}

/* A schedule that is due in a minute, whose claim goes through @work. */
static void
bench_claim_by (Bench *bench, LfTestStore *self, LfStoreWork work)
{
  LfStoreClass *klass = LF_STORE_GET_CLASS (self->store);
  g_autofree char *spec_id = NULL;

  bench_init (bench, self->store);
  spec_id = save_spec (self, bench->url, ONCE);
  lf_run_schedule_free (save_schedule (self, spec_id, "@hourly", START + MINUTE));
  bench_start (bench);
  claim_schedule = klass->claim_schedule;
  klass->claim_schedule = work;
}

static void
bench_claim_end (Bench *bench, LfTestStore *self)
{
  LF_STORE_GET_CLASS (self->store)->claim_schedule = claim_schedule;
  bench_clear (bench);
}

/* The database has claimed the time, and the network fails before anybody knows, twice: it is run,
 * once. */
static void
test_lost_answer (LfTestStore *self, gconstpointer data)
{
  Bench bench;

  bench_claim_by (&bench, self, lose_answer);
  n_lost = 2;
  for (guint n = 0; n < 2; n++)
    {
      bench_advance (&bench, START + MINUTE + n);
      g_assert_cmpuint (bench.n_started, ==, 0);
    }
  for (guint n = 2; n < 4; n++)
    {
      bench_advance (&bench, START + MINUTE + n);
      g_assert_cmpuint (bench.n_started, ==, 1);
      await_runs (&bench);
    }
  g_assert_cmpuint (bench.missed->len, ==, 0);
  bench_claim_end (&bench, self);
}

static gpointer
hold_answer (LfStore *store, LfStoreCall *call, GError **error)
{
  gpointer done = claim_schedule (store, call, error);

  g_async_queue_push (claimed, store);
  g_main_context_wakeup (NULL);
  g_async_queue_pop (held);
  return done;
}

/* Stopped between the claim and its answer: nobody runs it, and that is told. */
static void
test_stopped (LfTestStore *self, gconstpointer data)
{
  Bench bench;

  bench_claim_by (&bench, self, hold_answer);
  claimed = g_async_queue_new ();
  held = g_async_queue_new ();
  bench.now = START + MINUTE;
  lf_scheduler_look (bench.scheduler);
  while (g_async_queue_try_pop (claimed) == NULL)
    g_main_context_iteration (NULL, TRUE);
  lf_scheduler_stop (bench.scheduler);
  g_async_queue_push (held, self);
  await_idle (&bench);
  assert_missed (&bench, 1, "“tried” missed 1 time");
  g_assert_cmpuint (bench.n_started, ==, 0);
  g_async_queue_unref (claimed);
  g_async_queue_unref (held);
  bench_claim_end (&bench, self);
}

/* The child of the next test: takes the time from standard input, and says when all is done. */
static int
follow_clock (const char *uri)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStore) store = lf_test_open (uri, &error);
  Bench bench;
  char line[64];

  g_assert_no_error (error);
  bench_init (&bench, store);
  bench_start (&bench);
  printf ("0\n");
  fflush (stdout);
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      bench_advance (&bench, g_ascii_strtoll (line, NULL, 10));
      await_runs (&bench);
      printf ("%u\n", bench.n_started);
      fflush (stdout);
    }
  g_assert_cmpuint (bench.missed->len, ==, 0);
  bench_clear (&bench);
  lf_test_close (store);
  return 0;
}

static guint
read_answer (GDataInputStream *output)
{
  g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, NULL);

  g_assert_nonnull (line);
  return (guint) atoi (line);
}

/* Two processes, one database, and 100 times that are due in both at once: 100 runs. */
static void
test_two_processes (LfTestStore *self, gconstpointer data)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = lf_test_target (0, &url);
  GSubprocess *children[2];
  GDataInputStream *outputs[2];
  g_autoptr (GError) error = NULL;
  guint n_started[2] = { 0, 0 };

  for (guint i = 0; i < N_SPECS; i++)
    {
      g_autofree char *spec_id = save_spec (self, url, ONCE);

      lf_run_schedule_free (save_schedule (self, spec_id, "* * * * *", START + MINUTE));
    }
  for (guint i = 0; i < 2; i++)
    {
      children[i] =
          g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                            "/proc/self/exe", "--follow-clock", self->uri, NULL);
      g_assert_no_error (error);
      outputs[i] = g_data_input_stream_new (g_subprocess_get_stdout_pipe (children[i]));
      read_answer (outputs[i]);
    }
  for (guint time = 1; time <= N_TIMES; time++)
    {
      for (guint i = 0; i < 2; i++)
        g_output_stream_printf (g_subprocess_get_stdin_pipe (children[i]), NULL, NULL, &error,
                                "%" G_GINT64_FORMAT "\n", START + time * MINUTE);
      for (guint i = 0; i < 2; i++)
        n_started[i] = read_answer (outputs[i]);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_output_stream_close (g_subprocess_get_stdin_pipe (children[i]), NULL, NULL);
      g_assert_true (g_subprocess_wait_check (children[i], NULL, &error));
      g_object_unref (outputs[i]);
      g_object_unref (children[i]);
    }
  g_test_message ("%u runs by one, %u by the other", n_started[0], n_started[1]);
  g_assert_cmpuint (n_started[0] + n_started[1], ==, N_SPECS * N_TIMES);
  g_assert_cmpuint (count_runs (self), ==, N_SPECS * N_TIMES);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--follow-clock") == 0)
    return follow_clock (argv[2]);
  g_test_init (&argc, &argv, NULL);
  lf_test_store_add_for ("sqlite", "/due", test_due);
  lf_test_store_add_for ("sqlite", "/missed", test_missed);
  lf_test_store_add_for ("sqlite", "/still-going-on", test_still_going_on);
  lf_test_store_add_for ("sqlite", "/same-minute", test_same_minute);
  lf_test_store_add_for ("sqlite", "/refused", test_refused);
  lf_test_store_add_for ("sqlite", "/own", test_own);
  lf_test_store_add_for ("sqlite", "/stale", test_stale);
  lf_test_store_add_for ("mongo", "/lost-answer", test_lost_answer);
  lf_test_store_add_for ("sqlite", "/stopped", test_stopped);
  lf_test_store_add ("/two-processes", test_two_processes);
  return g_test_run ();
}
