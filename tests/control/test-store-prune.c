#include "lf-store-prune.h"
#include "lf-test-store.h"

#include "lf-error.h"
#include "lf-time.h"

#define DAY ((gint64) 86400 * 1000)

/* A run of @spec that began @days ago; newer ones have higher ids. (transfer full) */
static LfRun *
add_run (LfTestStore *self, const char *spec, int days)
{
  LfRun *run = lf_test_new_run (spec, LF_RUN_FINISHED);
  g_autoptr (GError) error = NULL;

  run->started_at = lf_time_now () - days * DAY;
  g_assert_true (LF_CALL (self->store, save_run, &error, run));
  return run;
}

static void
add_runs (LfTestStore *self, const char *spec, int n)
{
  for (int i = 0; i < n; i++)
    lf_run_free (add_run (self, spec, n - i - 1));
}

static GPtrArray *
preview (LfTestStore *self, guint keep, guint days, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  LfStorePruneRule rule = { keep, days };

  lf_store_prune_list_async (self->store, &rule, NULL, lf_test_got_cb, &result);
  lf_test_wait (&result);
  return lf_store_prune_list_finish (result, error);
}

static guint
count_preview (LfTestStore *self, guint keep, guint days)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = preview (self, keep, days, &error);

  g_assert_no_error (error);
  return runs->len;
}

static gssize
prune (LfTestStore *self, GPtrArray *runs)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gssize n;

  lf_store_prune_async (self->store, runs, NULL, NULL, NULL, lf_test_got_cb, &result);
  lf_test_wait (&result);
  n = lf_store_prune_finish (result, &error);
  g_assert_no_error (error);
  return n;
}

static guint
count_runs (LfTestStore *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = LF_CALL (self->store, list_runs, &error, &(LfRunQuery){ 0 });

  return runs->len;
}

static void
test_rules (LfTestStore *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  add_runs (self, "6570f1a2b3c4d5e6f7a8b9c0", 10);
  add_runs (self, "6570f1a2b3c4d5e6f7a8b9c1", 3);
  g_assert_cmpuint (count_preview (self, 4, 0), ==, 6);
  g_assert_cmpuint (count_preview (self, 1, 0), ==, 9 + 2);
  g_assert_cmpuint (count_preview (self, 100, 0), ==, 0);
  g_assert_cmpuint (count_preview (self, 0, 5), ==, 5);
  g_assert_cmpuint (count_preview (self, 8, 5), ==, 2);
  g_assert_null (preview (self, 0, 0, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_VALUE);
}

static void
set_apart (LfTestStore *self, LfRun *run)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (LF_CALL (self->store, save_run, &error, run));
}

static void
test_set_apart (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfRun) baseline = add_run (self, "a", 50);
  g_autoptr (LfRun) named = add_run (self, "a", 40);
  g_autoptr (LfRun) noted = add_run (self, "a", 30);
  g_autoptr (LfRun) running = add_run (self, "a", 20);
  g_autoptr (LfRun) old = add_run (self, "a", 10);
  g_autoptr (LfRun) new = add_run (self, "a", 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = NULL;

  baseline->baseline = TRUE;
  set_apart (self, baseline);
  lf_set_string (&named->name, "Before the release");
  set_apart (self, named);
  lf_set_string (&noted->notes, "slow disk");
  set_apart (self, noted);
  running->status = LF_RUN_RUNNING;
  set_apart (self, running);
  runs = preview (self, 1, 0, &error);
  g_assert_cmpuint (runs->len, ==, 1);
  g_assert_cmpstr (((LfRun *) runs->pdata[0])->id, ==, old->id);

  /* Somebody makes it a baseline before they agree to the preview. */
  old->baseline = TRUE;
  set_apart (self, old);
  g_assert_cmpint (prune (self, runs), ==, 0);
  g_assert_cmpuint (count_runs (self), ==, 6);
}

static void
test_deletes (LfTestStore *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  const char *id;
  g_autoptr (GPtrArray) samples = NULL;

  add_runs (self, "a", 8);
  runs = preview (self, 3, 0, &error);
  g_assert_cmpuint (runs->len, ==, 5);
  id = ((LfRun *) runs->pdata[0])->id;
  samples = lf_test_new_samples (id, 1, 3);
  g_assert_true (LF_CALL (self->store, append_samples, &error, id, samples));
  /* One of them is gone already. */
  g_assert_true (LF_CALL (self->store, delete_run, &error, ((LfRun *) runs->pdata[4])->id));
  g_assert_cmpint (prune (self, runs), ==, 4);
  g_assert_cmpuint (count_runs (self), ==, 3);
  g_assert_cmpuint (count_preview (self, 3, 0), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  lf_test_store_add ("/prune/rules", test_rules);
  lf_test_store_add ("/prune/set-apart", test_set_apart);
  lf_test_store_add ("/prune/deletes", test_deletes);

  return g_test_run ();
}
