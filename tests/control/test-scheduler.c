#include "lf-test-control.h"
#include "lf-test-scheduler.h"

#include "lf-error.h"
#include "lf-schedules.h"

#define LONG    "{\"users\":1,\"steady\":600}"
#define N_TIMES 10

static void
test_due (LfTestStore *self, gconstpointer data)
{
  LfTestScheduler bench;
  g_autofree char *spec_id = NULL;
  g_autoptr (LfRunSchedule) schedule = NULL;
  g_autoptr (GPtrArray) schedules = NULL;

  lf_test_scheduler_init (&bench, self->store);
  spec_id = lf_test_scheduler_save_spec (self, bench.url, LF_TEST_ONCE);
  schedule = lf_test_scheduler_save_schedule (self, spec_id, "*/5 * * * *",
                                              LF_TEST_START + 5 * LF_TEST_MINUTE);
  lf_test_scheduler_start (&bench);
  lf_test_scheduler_advance (&bench, LF_TEST_START + 5 * LF_TEST_MINUTE - 1);
  g_assert_cmpuint (bench.n_started, ==, 0);
  lf_test_scheduler_advance (&bench, LF_TEST_START + 5 * LF_TEST_MINUTE);
  g_assert_cmpuint (bench.n_started, ==, 1);
  lf_test_scheduler_await_runs (&bench);
  /* The clock is set back, or somebody looks twice. */
  lf_test_scheduler_advance (&bench, LF_TEST_START + 5 * LF_TEST_MINUTE);
  lf_test_scheduler_advance (&bench, LF_TEST_START + 4 * LF_TEST_MINUTE);
  g_assert_cmpuint (bench.n_started, ==, 1);
  lf_test_scheduler_advance (&bench, LF_TEST_START + 10 * LF_TEST_MINUTE + 59999);
  g_assert_cmpuint (bench.n_started, ==, 2);
  lf_test_scheduler_await_runs (&bench);
  g_assert_cmpuint (bench.missed->len, ==, 0);
  g_assert_cmpuint (lf_test_scheduler_count_runs (self), ==, 2);
  schedules = LF_CALL (self->store, list_schedules, NULL);
  g_assert_cmpint (((LfRunSchedule *) schedules->pdata[0])->last_run_at, ==,
                   LF_TEST_START + 10 * LF_TEST_MINUTE);
  g_assert_cmpint (((LfRunSchedule *) schedules->pdata[0])->next_run_at, ==,
                   LF_TEST_START + 15 * LF_TEST_MINUTE);
  lf_test_scheduler_clear (&bench);
}

/* Nothing was running for a while: that is told once, and the time that is still fresh is run. */
static void
test_missed (LfTestStore *self, gconstpointer data)
{
  LfTestScheduler bench;
  g_autofree char *spec_id = NULL;
  g_autoptr (LfRunSchedule) schedule = NULL;

  lf_test_scheduler_init (&bench, self->store);
  spec_id = lf_test_scheduler_save_spec (self, bench.url, LF_TEST_ONCE);
  schedule = lf_test_scheduler_save_schedule (self, spec_id, "*/5 * * * *",
                                              LF_TEST_START + 5 * LF_TEST_MINUTE);
  bench.now = LF_TEST_START + 16 * LF_TEST_MINUTE + 1; /* 15 is a minute and a moment ago */
  lf_test_scheduler_start (&bench);
  g_assert_cmpuint (bench.n_started, ==, 0);
  lf_test_scheduler_assert_missed (&bench, 1, "“tried” missed 3 times");
  lf_test_scheduler_advance (&bench, LF_TEST_START + 30 * LF_TEST_MINUTE + 59000);
  lf_test_scheduler_assert_missed (&bench, 2, "“tried” missed 2 times");
  g_assert_cmpuint (bench.n_started, ==, 1);
  lf_test_scheduler_await_runs (&bench);
  /* Years later: counted as far as that makes sense, without a run for any of it. */
  lf_test_scheduler_advance (&bench, LF_TEST_START + 3000000 * LF_TEST_MINUTE + 2 * LF_TEST_MINUTE);
  lf_test_scheduler_assert_missed (&bench, 3, "“tried” missed 1000 times");
  lf_test_scheduler_advance (&bench, LF_TEST_START + 3000000 * LF_TEST_MINUTE + 2 * LF_TEST_MINUTE);
  g_assert_cmpuint (bench.missed->len, ==, 3);
  g_assert_cmpuint (bench.n_started, ==, 1);
  lf_test_scheduler_clear (&bench);
}

static void
test_still_going_on (LfTestStore *self, gconstpointer data)
{
  LfTestScheduler bench;
  g_autofree char *spec_id = NULL;
  g_autoptr (LfRunSchedule) schedule = NULL;
  g_autoptr (LfActiveRun) run = NULL;

  lf_test_scheduler_init (&bench, self->store);
  spec_id = lf_test_scheduler_save_spec (self, bench.url, LONG);
  schedule = lf_test_scheduler_save_schedule (self, spec_id, "* * * * *", LF_TEST_START);
  lf_test_scheduler_start (&bench);
  g_assert_cmpuint (bench.n_started, ==, 1);
  run = g_list_model_get_item (lf_run_manager_get_active (bench.manager), 0);
  lf_test_await_samples (run, 1); /* it stands in the store by then */
  lf_test_scheduler_advance (&bench, LF_TEST_START + LF_TEST_MINUTE);
  g_assert_cmpuint (bench.n_started, ==, 1);
  lf_test_scheduler_assert_missed (&bench, 1, "still going on");
  lf_active_run_stop (run);
  lf_test_await_end (run);
  lf_test_scheduler_clear (&bench);
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
  LfTestScheduler bench;
  g_autofree char *spec_id = NULL;
  g_autoptr (LfActiveRun) run = NULL;

  lf_test_scheduler_init (&bench, self->store);
  spec_id = save_spec_with_file (self, bench.url);
  for (guint i = 0; i < N_TIMES; i++)
    lf_run_schedule_free (
        lf_test_scheduler_save_schedule (self, spec_id, "@hourly", LF_TEST_START + LF_TEST_MINUTE));
  lf_test_scheduler_start (&bench);
  lf_test_scheduler_advance (&bench, LF_TEST_START + LF_TEST_MINUTE);
  g_assert_cmpuint (bench.n_started, ==, 1);
  lf_test_scheduler_assert_missed (&bench, N_TIMES - 1, "still going on");
  run = g_list_model_get_item (lf_run_manager_get_active (bench.manager), 0);
  lf_active_run_stop (run);
  lf_test_await_end (run);
  lf_test_scheduler_clear (&bench);
}

/* A spec that is gone, one that cannot run, a schedule that is off, and one whose spec has dropped
 * it. */
static void
test_refused (LfTestStore *self, gconstpointer data)
{
  LfTestScheduler bench;
  g_autoptr (GError) error = NULL;
  g_autofree char *gone = NULL;
  g_autofree char *broken = NULL;
  g_autoptr (LfRunSchedule) of_gone = NULL;
  g_autoptr (LfRunSchedule) of_broken = NULL;
  g_autoptr (LfRunSchedule) off = NULL;
  g_autoptr (LfRunSchedule) left = NULL;
  g_autoptr (GPtrArray) schedules = NULL;

  lf_test_scheduler_init (&bench, self->store);
  gone = lf_test_scheduler_save_spec (self, bench.url, LF_TEST_ONCE);
  broken = lf_test_scheduler_save_spec (self, "nowhere", LF_TEST_ONCE);
  of_gone = lf_test_scheduler_save_schedule (self, gone, "@hourly", LF_TEST_START + LF_TEST_MINUTE);
  of_broken =
      lf_test_scheduler_save_schedule (self, broken, "@hourly", LF_TEST_START + 2 * LF_TEST_MINUTE);
  off = lf_test_scheduler_save_schedule (self, broken, "@hourly", LF_TEST_START + LF_TEST_MINUTE);
  off->enabled = FALSE;
  lf_record_free (LF_CALL (self->store, save_schedule, &error, off));
  left =
      lf_test_scheduler_save_schedule (self, broken, "@hourly", LF_TEST_START + 3 * LF_TEST_MINUTE);
  lf_set_string (&left->id, broken);
  lf_record_free (LF_CALL (self->store, save_schedule, &error, left));
  g_assert_true (LF_CALL (self->store, delete_spec, &error, gone));
  lf_test_scheduler_start (&bench);

  lf_test_scheduler_advance (&bench, LF_TEST_START + LF_TEST_MINUTE);
  lf_test_scheduler_assert_missed (&bench, 1, "no spec");
  lf_test_scheduler_advance (&bench, LF_TEST_START + 2 * LF_TEST_MINUTE);
  lf_test_scheduler_assert_missed (&bench, 2, "not an http or https URL");
  lf_test_scheduler_advance (&bench, LF_TEST_START + 3 * LF_TEST_MINUTE);
  lf_test_scheduler_assert_missed (&bench, 4, "");
  schedules = LF_CALL (self->store, list_schedules, &error);
  for (guint i = 0; i < schedules->len; i++)
    g_assert_cmpstr (((LfRunSchedule *) schedules->pdata[i])->id, !=, broken);
  g_assert_cmpuint (bench.n_started, ==, 0);
  lf_test_scheduler_clear (&bench);
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

static LfSpec *
save_hourly (LfTestStore *self, const char *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = lf_test_control_spec (url, LF_TEST_ONCE, 1);
  LfSpec *saved;

  spec->schedule = lf_spec_schedule_new ();
  lf_set_string (&spec->schedule->cron, "@hourly");
  saved = LF_CALL (self->store, save_spec, &error, spec);
  g_assert_no_error (error);
  return saved;
}

/* The writer of a spec, on a machine elsewhere, has died before the spec's schedule was brought up
 * to date. */
static void
test_stale (LfTestStore *self, gconstpointer data)
{
  LfTestScheduler bench;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) saved = NULL;
  g_autoptr (LfRunSchedule) stale = NULL;

  lf_test_scheduler_init (&bench, self->store);
  saved = save_hourly (self, bench.url);
  stale = lf_run_schedule_of_spec (saved);
  lf_set_string (&stale->cron, "@daily");
  lf_set_string (&stale->time_zone, "Asia/Tokyo");
  stale->last_run_at = LF_TEST_START;
  lf_record_free (LF_CALL (self->store, save_schedule, &error, stale));
  g_assert_no_error (error);
  assert_only_schedule (self, saved->id, "@daily", LF_TEST_START);
  lf_test_scheduler_start (&bench);
  assert_only_schedule (self, saved->id, "@hourly", LF_TEST_START);
  lf_test_scheduler_clear (&bench);
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
  LfTestScheduler bench;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) saved = NULL;
  g_autoptr (LfSpec) loaded = NULL;
  g_autoptr (GPtrArray) schedules = NULL;

  lf_test_scheduler_init (&bench, self->store);
  saved = save_hourly (self, bench.url);
  g_assert_true (LF_CALL (self->store, delete_schedule, &error, saved->id));
  lf_test_scheduler_start (&bench);
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
  lf_test_scheduler_clear (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lf_test_store_add_for ("sqlite", "/due", test_due);
  lf_test_store_add_for ("sqlite", "/missed", test_missed);
  lf_test_store_add_for ("sqlite", "/still-going-on", test_still_going_on);
  lf_test_store_add_for ("sqlite", "/same-minute", test_same_minute);
  lf_test_store_add_for ("sqlite", "/refused", test_refused);
  lf_test_store_add_for ("sqlite", "/own", test_own);
  lf_test_store_add_for ("sqlite", "/stale", test_stale);
  return g_test_run ();
}
