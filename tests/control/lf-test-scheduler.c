#include "lf-test-scheduler.h"

#include "lf-test-control.h"

#include "lf-scheduler-private.h"

#include <string.h>

static gint64
bench_clock (gpointer user_data)
{
  return *(gint64 *) user_data;
}

static void
started_cb (LfScheduler *scheduler,
            LfRunSchedule *schedule,
            LfActiveRun *run,
            LfTestScheduler *bench)
{
  g_assert_cmpstr (lf_active_run_get_run (run)->spec_id, ==, schedule->spec_id);
  bench->n_started++;
}

static void
missed_cb (LfScheduler *scheduler,
           LfRunSchedule *schedule,
           const char *words,
           LfTestScheduler *bench)
{
  g_ptr_array_add (bench->missed, g_strdup (words));
}

void
lf_test_scheduler_init (LfTestScheduler *bench, LfStore *store)
{
  *bench = (LfTestScheduler){ .now = LF_TEST_START };
  bench->target = lf_test_target (0, &bench->url);
  bench->missed = g_ptr_array_new_with_free_func (g_free);
  bench->manager = lf_run_manager_new (store);
  bench->scheduler = lf_scheduler_new (store, bench->manager);
  lf_scheduler_limit (bench->scheduler, 1, 0); /* a hundred runs need no more threads than that */
  _lf_scheduler_set_clock (bench->scheduler, bench_clock, &bench->now);
  g_signal_connect (bench->scheduler, "started", G_CALLBACK (started_cb), bench);
  g_signal_connect (bench->scheduler, "missed", G_CALLBACK (missed_cb), bench);
}

void
lf_test_scheduler_await_idle (LfTestScheduler *bench)
{
  while (!_lf_scheduler_is_idle (bench->scheduler))
    g_main_context_iteration (NULL, TRUE);
}

void
lf_test_scheduler_await_runs (LfTestScheduler *bench)
{
  GListModel *active = lf_run_manager_get_active (bench->manager);

  while (g_list_model_get_n_items (active) > 0)
    {
      g_autoptr (LfActiveRun) run = g_list_model_get_item (active, 0);

      lf_test_await_end (run);
    }
}

void
lf_test_scheduler_start (LfTestScheduler *bench)
{
  lf_scheduler_start (bench->scheduler);
  lf_test_scheduler_await_idle (bench);
}

void
lf_test_scheduler_advance (LfTestScheduler *bench, gint64 now)
{
  bench->now = now;
  lf_scheduler_look (bench->scheduler);
  lf_test_scheduler_await_idle (bench);
}

void
lf_test_scheduler_clear (LfTestScheduler *bench)
{
  lf_scheduler_stop (bench->scheduler);
  g_assert_finalize_object (bench->scheduler);
  g_object_unref (bench->manager);
  lf_target_stop (bench->target);
  g_ptr_array_unref (bench->missed);
  g_free (bench->url);
}

char *
lf_test_scheduler_save_spec (LfTestStore *self, const char *url, const char *profile)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = lf_test_control_spec (url, profile, 1);
  g_autoptr (LfSpec) saved = LF_CALL (self->store, save_spec, &error, spec);

  g_assert_no_error (error);
  return g_strdup (saved->id);
}

LfRunSchedule *
lf_test_scheduler_save_schedule (LfTestStore *self,
                                 const char *spec_id,
                                 const char *cron,
                                 gint64 next)
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

guint
lf_test_scheduler_count_runs (LfTestStore *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = LF_CALL (self->store, list_runs, &error, NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < runs->len; i++)
    g_assert_cmpint (((LfRun *) runs->pdata[i])->status, ==, LF_RUN_FINISHED);
  return runs->len;
}

void
lf_test_scheduler_assert_missed (LfTestScheduler *bench, guint n, const char *words)
{
  g_assert_cmpuint (bench->missed->len, ==, n);
  if (strstr (bench->missed->pdata[n - 1], words) == NULL)
    g_error ("no “%s” in “%s”", words, (char *) bench->missed->pdata[n - 1]);
}
