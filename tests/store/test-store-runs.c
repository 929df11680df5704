#include "lf-test-store.h"

#include "lf-error.h"
#include "lf-id.h"

#include <string.h>

static LfRun *
add_run (LfTestStore *self, const char *spec_id, LfRunStatus status)
{
  g_autoptr (GError) error = NULL;
  LfRun *run = lf_test_new_run (spec_id, status);

  g_assert_true (LF_CALL (self->store, save_run, &error, run));
  g_assert_no_error (error);
  return run;
}

static void
assert_same (gconstpointer one, gconstpointer other)
{
  g_autofree char *a = lf_record_to_text (one, TRUE);
  g_autofree char *b = lf_record_to_text (other, TRUE);

  g_assert_cmpstr (a, ==, b);
}

static void
test_save (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfRun) run = add_run (self, "6570f1a2b3c4d5e6f7a8b9c0", LF_RUN_RUNNING);
  g_autoptr (LfRun) loaded = NULL;
  g_autoptr (LfRun) ended = NULL;
  g_autoptr (GError) error = NULL;

  loaded = LF_CALL (self->store, load_run, &error, run->id);
  g_assert_no_error (error);
  assert_same (loaded, run);

  run->status = LF_RUN_FINISHED;
  run->verdict = LF_VERDICT_PASSED;
  run->ended_at = run->started_at + 1234;
  run->baseline = TRUE;
  lf_set_string (&run->notes, "after the “cache” fix");
  run->summary = lf_record_from_text (
      &lf_summary_type,
      "{\"duration\":1.234,\"requests\":{\"total\":9007199254740993,\"rate\":0.1},"
      "\"startedAt\":\"2026-11-23T12:00:00.001Z\",\"statusCodes\":{\"200\":12,\"404\":1},"
      "\"spec\":{\"name\":\"as it was\"},\"checks\":[],\"histograms\":{\"duration\":\"HISTFAAA\"},"
      "\"errors\":[{\"code\":1212,\"count\":3,\"lastSeen\":\"2026-11-23T12:00:01.999Z\"}]}",
      -1, &error);
  g_assert_no_error (error);
  g_assert_true (LF_CALL (self->store, save_run, &error, run));
  lf_test_reopen (self);
  ended = LF_CALL (self->store, load_run, &error, run->id);
  g_assert_no_error (error);
  assert_same (ended, run);
}

static void
assert_runs (LfTestStore *self, const LfRunQuery *query, LfRun **runs, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = LF_CALL (self->store, list_runs, &error, query);

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, n);
  for (guint i = 0; i < n; i++)
    assert_same (list->pdata[i], runs[i]);
}

static void
test_query (LfTestStore *self, gconstpointer data)
{
  const char *one = "6570f1a2b3c4d5e6f7a8b9c0";
  const char *two = "two";
  g_autoptr (LfRun) a = NULL;
  g_autoptr (LfRun) b = NULL;
  g_autoptr (LfRun) c = NULL;
  g_autoptr (LfRun) d = NULL;

  assert_runs (self, NULL, NULL, 0);
  a = add_run (self, one, LF_RUN_FINISHED);
  b = add_run (self, two, LF_RUN_PAUSED);
  c = add_run (self, one, LF_RUN_INTERRUPTED);
  d = add_run (self, one, LF_RUN_PENDING);

  assert_runs (self, NULL, (LfRun *[]){ d, c, b, a }, 4);
  assert_runs (self, &(LfRunQuery){ 0 }, (LfRun *[]){ d, c, b, a }, 4);
  assert_runs (self, &(LfRunQuery){ .spec_id = one }, (LfRun *[]){ d, c, a }, 3);
  assert_runs (self, &(LfRunQuery){ .spec_id = two }, (LfRun *[]){ b }, 1);
  assert_runs (self, &(LfRunQuery){ .spec_id = "none" }, NULL, 0);
  assert_runs (self, &(LfRunQuery){ .active = TRUE }, (LfRun *[]){ d, b }, 2);
  assert_runs (self, &(LfRunQuery){ .active = TRUE, .spec_id = one }, (LfRun *[]){ d }, 1);
  assert_runs (self, &(LfRunQuery){ .limit = 2 }, (LfRun *[]){ d, c }, 2);
  assert_runs (self, &(LfRunQuery){ .limit = 2, .before_id = c->id }, (LfRun *[]){ b, a }, 2);
  assert_runs (self, &(LfRunQuery){ .before_id = a->id }, NULL, 0);
}

static void
test_active (LfTestStore *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  guint active = 0;

  for (int status = LF_RUN_PENDING; status <= LF_RUN_INTERRUPTED; status++)
    {
      g_autoptr (LfRun) run = add_run (self, NULL, status);

      active += lf_run_is_active (run) ? 1 : 0;
    }
  list = LF_CALL (self->store, list_runs, &error, &(LfRunQuery){ .active = TRUE });
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, active);
  for (guint i = 0; i < list->len; i++)
    g_assert_true (lf_run_is_active (list->pdata[i]));
}

static void
append (LfTestStore *self, const char *run_id, int first, int last)
{
  g_autoptr (GPtrArray) samples = lf_test_new_samples (run_id, first, last);
  g_autoptr (GError) error = NULL;

  g_assert_true (LF_CALL (self->store, append_samples, &error, run_id, samples));
  g_assert_no_error (error);
}

static void
assert_samples (LfTestStore *self, const char *run_id, int first, int last)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) expected = lf_test_new_samples (run_id, first, last);
  g_autoptr (GPtrArray) samples = LF_CALL (self->store, list_samples, &error, run_id);

  g_assert_no_error (error);
  g_assert_cmpuint (samples->len, ==, expected->len);
  for (guint i = 0; i < samples->len; i++)
    assert_same (samples->pdata[i], expected->pdata[i]);
}

static void
test_samples (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfRun) run = add_run (self, NULL, LF_RUN_RUNNING);
  g_autoptr (LfRun) other = add_run (self, NULL, LF_RUN_RUNNING);

  assert_samples (self, run->id, 1, 0);
  append (self, run->id, 1, 0); /* nothing */
  for (int t = 1; t <= 58; t++)
    append (self, run->id, t, t);
  append (self, other->id, 1, 3);
  append (self, run->id, 59, 61);
  append (self, run->id, 62, 700); /* ten buckets at once: their ids must sort as numbers do */
  assert_samples (self, run->id, 1, 700);
  assert_samples (self, other->id, 1, 3);
  lf_test_reopen (self);
  assert_samples (self, run->id, 1, 700);
}

static void
test_sample_steps (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfRun) run = add_run (self, NULL, LF_RUN_RUNNING);
  g_autoptr (GPtrArray) samples = lf_test_new_samples (run->id, 60, 60);
  g_autoptr (GPtrArray) steps = lf_test_new_samples (run->id, 60, 60);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  ((LfSample *) steps->pdata[0])->step = 0;
  g_ptr_array_add (samples, g_ptr_array_steal_index (steps, 0));
  g_assert_true (LF_CALL (self->store, append_samples, &error, run->id, samples));
  list = LF_CALL (self->store, list_samples, &error, run->id);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpint (((LfSample *) list->pdata[0])->step, ==, -1);
  g_assert_cmpint (((LfSample *) list->pdata[1])->step, ==, 0);
}

static GPtrArray *
query (LfTestStore *self, const LfRun *run, const LfSampleQuery *query)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *samples = LF_CALL (self->store, query_samples, &error, run->id, query);

  g_assert_no_error (error);
  return samples;
}

static void
assert_seconds (GPtrArray *samples, int first, int last)
{
  g_assert_cmpint (samples->len, ==, last - first + 1);
  for (guint i = 0; i < samples->len; i++)
    g_assert_cmpfloat (((LfSample *) samples->pdata[i])->t, ==, first + (int) i);
}

/* Some of a run: what is after a time, in whole minutes, of one step, with or without histograms.
 */
static void
test_sample_query (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfRun) run = add_run (self, NULL, LF_RUN_RUNNING);
  g_autoptr (LfRun) other = add_run (self, NULL, LF_RUN_RUNNING);
  g_autoptr (GPtrArray) steps = lf_test_new_samples (run->id, 62, 62);
  g_autoptr (GPtrArray) minute = NULL, two = NULL, rest = NULL, step = NULL, end = NULL;
  LfSample *one = steps->pdata[0];
  g_autoptr (GError) error = NULL;

  append (self, run->id, 1, 100);
  append (self, run->id, 101, 300);
  append (self, other->id, 1, 400);
  one->step = 0;
  one->histograms = lf_sample_histograms_new ();
  lf_set_string (&one->histograms->duration, "HISTFAAA");
  g_assert_true (LF_CALL (self->store, append_samples, &error, run->id, steps));

  minute = query (self, run, &(LfSampleQuery){ .after = -1, .step = -1, .least = 1 });
  assert_seconds (minute, 1, 59);
  two = query (self, run, &(LfSampleQuery){ .after = 59, .step = -1, .least = 61 });
  assert_seconds (two, 60, 179);
  rest = query (self, run, &(LfSampleQuery){ .after = 150, .step = -1, .least = 1000 });
  assert_seconds (rest, 151, 300);
  end = query (self, run, &(LfSampleQuery){ .after = 300, .step = LF_SAMPLES_OF_ALL, .least = 1 });
  g_assert_cmpuint (end->len, ==, 0);
  step = query (self, run, &(LfSampleQuery){ .after = -1, .step = 0 });
  g_assert_cmpuint (step->len, ==, 1);
  g_assert_cmpstr (((LfSample *) step->pdata[0])->histograms->duration, ==, "HISTFAAA");
  g_clear_pointer (&step, g_ptr_array_unref);
  step = query (self, run, &(LfSampleQuery){ .after = -1, .step = 0, .plain = TRUE });
  g_assert_null (((LfSample *) step->pdata[0])->histograms);
  g_clear_pointer (&step, g_ptr_array_unref);
  step = query (self, run, &(LfSampleQuery){ .after = 61, .step = LF_SAMPLES_OF_ALL, .least = 2 });
  g_assert_cmpuint (step->len, ==, 59); /* 62 to 119, and the one of step 0 */
}

/* Written again, as after a lost answer or by two at once, a sample stands there once. */
static void
test_samples_again (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_new_run (NULL, LF_RUN_RUNNING);
  g_autoptr (GPtrArray) samples = lf_test_new_samples (run->id, 58, 63);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (LF_CALL (self->store, save_run, &error, run));
  g_assert_true (LF_CALL (self->store, append_samples, &error, run->id, samples));
  g_assert_true (LF_CALL (self->store, append_samples, &error, run->id, samples));
  list = LF_CALL (self->store, list_samples, &error, run->id);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, samples->len);
}

static void
append_lines (LfTestStore *self, const char *run_id, int first, int last)
{
  g_autoptr (GPtrArray) lines = lf_test_new_lines (run_id, first, last);
  g_autoptr (GError) error = NULL;

  g_assert_true (LF_CALL (self->store, append_logs, &error, run_id, lines));
  g_assert_no_error (error);
}

static void
assert_lines (LfTestStore *self, const char *run_id, gint64 after, guint limit, int first, int last)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) expected = lf_test_new_lines (run_id, first, last);
  g_autoptr (GPtrArray) lines = LF_CALL (self->store, list_logs, &error, run_id, after, limit);

  g_assert_no_error (error);
  g_assert_cmpuint (lines->len, ==, expected->len);
  for (guint i = 0; i < lines->len; i++)
    assert_same (lines->pdata[i], expected->pdata[i]);
}

static void
test_logs (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfRun) run = add_run (self, NULL, LF_RUN_RUNNING);
  g_autoptr (LfRun) other = add_run (self, NULL, LF_RUN_RUNNING);

  assert_lines (self, run->id, 0, 0, 1, 0);
  append_lines (self, run->id, 1, 0);
  append_lines (self, run->id, 1, 1);
  append_lines (self, other->id, 1, 2);
  append_lines (self, run->id, 2, 120);
  append_lines (self, run->id, 119, 120); /* a second try of what was written */
  assert_lines (self, run->id, 0, 0, 1, 120);
  assert_lines (self, run->id, 0, 5, 1, 5);
  assert_lines (self, run->id, 9, 0, 10, 120);
  assert_lines (self, run->id, 99, 3, 100, 102);
  assert_lines (self, run->id, 118, 50, 119, 120);
  assert_lines (self, run->id, 120, 0, 1, 0);
  assert_lines (self, other->id, 0, 0, 1, 2);
}

static void
test_delete (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfRun) run = add_run (self, NULL, LF_RUN_FINISHED);
  g_autoptr (LfRun) other = add_run (self, NULL, LF_RUN_FINISHED);
  g_autoptr (GError) error = NULL;

  append (self, run->id, 1, 130);
  append (self, other->id, 1, 2);
  append_lines (self, run->id, 1, 9);
  append_lines (self, other->id, 1, 2);
  g_assert_true (LF_CALL (self->store, delete_run, &error, run->id));
  g_assert_no_error (error);
  assert_samples (self, other->id, 1, 2);
  assert_lines (self, other->id, 0, 0, 1, 2);

  /* What the same id gets later does not find leftovers. */
  g_assert_true (LF_CALL (self->store, save_run, &error, run));
  assert_samples (self, run->id, 1, 0);
  assert_lines (self, run->id, 0, 0, 1, 0);
}

static void
test_spec_deleted (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (LfSpec) saved = NULL;
  g_autoptr (LfRun) run = NULL;
  g_autoptr (GError) error = NULL;

  saved = LF_CALL (self->store, save_spec, &error, spec);
  run = add_run (self, saved->id, LF_RUN_FINISHED);
  g_assert_true (LF_CALL (self->store, delete_spec, &error, saved->id));
  g_assert_no_error (error);
  assert_runs (self, &(LfRunQuery){ .spec_id = saved->id }, &run, 1);
}

#define ASSERT_NOT_FOUND(value)                                                                    \
  do                                                                                               \
    {                                                                                              \
      g_assert_true (!(value));                                                                    \
      g_assert_error (error, LF_ERROR, LF_ERROR_NOT_FOUND);                                        \
      g_assert_nonnull (strstr (error->message, lf_store_get_name (self->store)));                 \
      g_clear_error (&error);                                                                      \
    }                                                                                              \
  while (0)

static void
test_not_found (LfTestStore *self, gconstpointer data)
{
  const char *const ids[] = { "6570f1a2b3c4d5e6f7a8b9c0", "x", "", NULL };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const char *id = ids[i];
      g_autoptr (GPtrArray) samples = lf_test_new_samples (id, 1, 1);
      g_autoptr (GPtrArray) lines = lf_test_new_lines (id, 1, 1);

      ASSERT_NOT_FOUND (LF_CALL (self->store, load_spec, &error, id));
      ASSERT_NOT_FOUND (LF_CALL (self->store, delete_spec, &error, id));
      ASSERT_NOT_FOUND (LF_CALL (self->store, load_run, &error, id));
      ASSERT_NOT_FOUND (LF_CALL (self->store, delete_run, &error, id));
      ASSERT_NOT_FOUND (LF_CALL (self->store, append_samples, &error, id, samples));
      ASSERT_NOT_FOUND (LF_CALL (self->store, list_samples, &error, id));
      ASSERT_NOT_FOUND (LF_CALL (self->store, append_logs, &error, id, lines));
      ASSERT_NOT_FOUND (LF_CALL (self->store, list_logs, &error, id, 0, 0));
      ASSERT_NOT_FOUND (LF_CALL (self->store, load_attachment, &error, id));
      ASSERT_NOT_FOUND (LF_CALL (self->store, delete_attachment, &error, id));
    }
}

/* What a list shows is there, what only the run itself shows is not. */
static void
test_brief (LfTestStore *self, gconstpointer data)
{
  LfRunQuery query = { .spec_id = "s", .brief = TRUE };
  g_autoptr (LfRun) run = lf_test_new_run ("s", LF_RUN_FINISHED);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  const LfRun *read;

  run->verdict = LF_VERDICT_PASSED;
  run->summary = lf_record_from_text (
      &lf_summary_type,
      "{\"requests\":{\"total\":7},\"latency\":{\"duration\":{\"count\":7,\"p95\":1.5}},"
      "\"steps\":[{\"name\":\"one\"}],\"spec\":{\"name\":\"as it was\"},"
      "\"histograms\":{\"duration\":\"HISTFAAA\"}}",
      -1, &error);
  g_assert_no_error (error);
  g_assert_true (LF_CALL (self->store, save_run, &error, run));
  list = LF_CALL (self->store, list_runs, &error, &query);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 1);
  read = list->pdata[0];
  g_assert_cmpstr (read->id, ==, run->id);
  g_assert_cmpint (read->verdict, ==, LF_VERDICT_PASSED);
  g_assert_cmpint (read->summary->requests->total, ==, 7);
  g_assert_cmpfloat (read->summary->latency->duration->p95, ==, 1.5);
  g_assert_null (read->summary->histograms);
  g_assert_null (read->summary->spec);
  g_assert_true (read->summary->steps == NULL || read->summary->steps->len == 0);
}

/* The newest of every spec, however many others ran since. */
static void
test_last (LfTestStore *self, gconstpointer data)
{
  const char *one = "6570f1a2b3c4d5e6f7a8b9c0";
  g_autoptr (LfRun) a = add_run (self, one, LF_RUN_FINISHED);
  g_autoptr (LfRun) lone = add_run (self, "two", LF_RUN_STOPPED);
  g_autoptr (LfRun) nobodys = add_run (self, NULL, LF_RUN_FINISHED);
  g_autoptr (LfRun) b = add_run (self, one, LF_RUN_FINISHED);
  g_autoptr (LfRun) c = add_run (self, one, LF_RUN_RUNNING);
  g_autoptr (LfRun) heavy = lf_run_copy (b);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) two = NULL;
  g_autoptr (GPtrArray) all = NULL;

  heavy->summary = lf_record_from_text (
      &lf_summary_type, "{\"steps\":[{\"name\":\"one\"}],\"requests\":{\"total\":7}}", -1, &error);
  g_assert_no_error (error);
  g_assert_true (LF_CALL (self->store, save_run, &error, heavy));
  two = LF_CALL (self->store, list_last_runs, &error, 2);
  g_assert_no_error (error);
  g_assert_cmpuint (two->len, ==, 3);
  assert_same (two->pdata[0], c);
  g_assert_cmpstr (((LfRun *) two->pdata[1])->id, ==, b->id);
  g_assert_cmpint (((LfRun *) two->pdata[1])->summary->requests->total, ==, 7);
  g_assert_true (((LfRun *) two->pdata[1])->summary->steps == NULL ||
                 ((LfRun *) two->pdata[1])->summary->steps->len == 0);
  assert_same (two->pdata[2], lone);
  all = LF_CALL (self->store, list_last_runs, &error, 10);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 4);
  assert_same (all->pdata[3], a);
}

static LfStoreUsage *
measure (LfTestStore *self, const char *spec_id)
{
  g_autoptr (GError) error = NULL;
  LfStoreUsage *usage = LF_CALL (self->store, measure, &error, spec_id);

  g_assert_no_error (error);
  return usage;
}

/* A server may not be able to tell; what it tells must grow with what is kept. */
static void
test_measure (LfTestStore *self, gconstpointer data)
{
  g_autofree LfStoreUsage *empty = measure (self, "s");
  g_autoptr (LfRun) run = add_run (self, "s", LF_RUN_RUNNING);
  g_autoptr (LfRun) other = add_run (self, "t", LF_RUN_RUNNING);
  g_autofree LfStoreUsage *one = measure (self, "s");
  g_autoptr (GPtrArray) samples = lf_test_new_samples (run->id, 0, 300);
  g_autofree LfStoreUsage *filled = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (LF_CALL (self->store, append_samples, &error, run->id, samples));
  filled = measure (self, "s");
  if (g_str_equal (self->kind, "mongo") && one->runs < 0)
    {
      g_test_message ("this server does not know how large a document is");
      return;
    }
  g_assert_cmpint (empty->runs, ==, 0);
  g_assert_cmpint (one->runs, >, 0);
  g_assert_cmpint (filled->runs, >=, one->runs);
  if (g_str_equal (self->kind, "sqlite"))
    {
      g_assert_cmpint (filled->runs, >, one->runs + 300 * 20);
      g_assert_cmpint (filled->total, >, filled->runs);
    }
}

static void
test_no_id (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_run_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (LF_CALL (self->store, save_run, &error, run));
  g_assert_error (error, LF_ERROR, LF_ERROR_VALUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  lf_test_store_add ("/runs/save", test_save);
  lf_test_store_add ("/runs/query", test_query);
  lf_test_store_add ("/runs/active", test_active);
  lf_test_store_add ("/runs/samples", test_samples);
  lf_test_store_add ("/runs/sample-steps", test_sample_steps);
  lf_test_store_add ("/runs/sample-query", test_sample_query);
  lf_test_store_add ("/samples-again", test_samples_again);
  lf_test_store_add ("/runs/logs", test_logs);
  lf_test_store_add ("/runs/delete", test_delete);
  lf_test_store_add ("/runs/spec-deleted", test_spec_deleted);
  lf_test_store_add ("/runs/not-found", test_not_found);
  lf_test_store_add ("/runs/no-id", test_no_id);
  lf_test_store_add ("/runs/brief", test_brief);
  lf_test_store_add ("/runs/last", test_last);
  lf_test_store_add ("/runs/measure", test_measure);

  return g_test_run ();
}
