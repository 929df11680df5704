#include "lf-test-store.h"

#include "lf-run-track.h"
#include "lf-run-writer.h"
#include "lf-spill-private.h"
#include "lf-store-private.h"

/* Batches enough that their writes take longer than a writer waits for a store that is away, twice.
 */
#define BATCH_MS  500
#define N_BATCHES (2 * LF_RUN_WRITER_PATIENCE / BATCH_MS + 3)

/* A store that works, slowly, or is away. */
#define SLOW_TYPE_STORE (slow_store_get_type ())
G_DECLARE_FINAL_TYPE (SlowStore, slow_store, SLOW, STORE, LfStore)

struct _SlowStore
{
  LfStore parent_instance;
  gboolean away;
  guint n_samples;    /* of its thread until the run has ended */
  LfRunStatus status; /* of the last record */
};

G_DEFINE_FINAL_TYPE (SlowStore, slow_store, LF_TYPE_STORE)

static gpointer
slow_store_save_run (LfStore *store, LfStoreCall *call, GError **error)
{
  SlowStore *self = SLOW_STORE (store);

  if (self->away)
    {
      g_set_error (error, LF_ERROR, LF_ERROR_UNREACHABLE, "the server is away");
      return NULL;
    }
  self->status = ((const LfRun *) call->record)->status;
  return LF_STORE_DONE;
}

static gpointer
slow_store_append_samples (LfStore *store, LfStoreCall *call, GError **error)
{
  g_usleep (BATCH_MS * 1000);
  SLOW_STORE (store)->n_samples += call->records->len;
  return LF_STORE_DONE;
}

static gpointer
slow_store_list_runs (LfStore *store, LfStoreCall *call, GError **error)
{
  return g_ptr_array_new_with_free_func (lf_record_free);
}

static void
slow_store_class_init (SlowStoreClass *klass)
{
  LfStoreClass *store_class = LF_STORE_CLASS (klass);

  store_class->save_run = slow_store_save_run;
  store_class->append_samples = slow_store_append_samples;
  store_class->list_runs = slow_store_list_runs;
}

static void
slow_store_init (SlowStore *self)
{
}

static SlowStore *
new_store (gboolean away)
{
  SlowStore *self = g_object_new (SLOW_TYPE_STORE, NULL);

  self->away = away;
  _lf_store_take_name (LF_STORE (self), g_strdup ("slow"));
  return self;
}

/* The end of a run that @store is to take, or else @spill. */
typedef struct
{
  SlowStore *store;
  SlowStore *spill_store;
  LfSpill *spill;
  LfRun *run;
  LfSamples *samples;
  GPtrArray *lines;
  LfRunWriter *writer;
  GAsyncResult *result;
} End;

static void
end_begin (End *end, gboolean away)
{
  *end = (End){ .store = new_store (away), .spill_store = new_store (FALSE) };
  end->spill = _lf_spill_new_for_store (LF_STORE (end->spill_store));
  end->run = lf_test_new_run (NULL, LF_RUN_FINISHED);
  end->samples =
      lf_samples_new_of (lf_test_new_samples (end->run->id, 1, N_BATCHES * LF_RUN_TRACK_BATCH));
  end->lines = g_ptr_array_new ();
  end->writer = lf_run_writer_new (LF_STORE (end->store), end->spill);
  lf_run_writer_start (end->writer, end->run, end->samples, end->lines);
  lf_run_writer_finish_async (end->writer, lf_test_got_cb, &end->result);
}

static void
end_await (End *end)
{
  g_autoptr (GError) error = NULL;

  lf_test_wait (&end->result);
  lf_run_writer_finish_finish (end->writer, end->result, &error);
  g_assert_no_error (error);
}

static void
end_clear (End *end)
{
  g_object_unref (end->result);
  g_assert_finalize_object (end->writer);
  g_object_unref (end->spill);
  g_object_unref (end->store);
  g_object_unref (end->spill_store);
  lf_samples_unref (end->samples);
  g_ptr_array_unref (end->lines);
  lf_run_free (end->run);
}

static void
assert_whole (const SlowStore *store, const End *end)
{
  g_assert_cmpuint (store->n_samples, ==, lf_samples_get_n (end->samples));
  g_assert_cmpint (store->status, ==, LF_RUN_FINISHED);
}

/* Much is left to write when the run ends, in a store and in a spill: neither is given up while it
 * works. Both at once, as this takes its time. */
static void
test_backlog (void)
{
  End stored, spilled;

  end_begin (&stored, FALSE);
  end_begin (&spilled, TRUE);
  end_await (&stored);
  end_await (&spilled);
  g_assert_false (lf_run_writer_has_spilled (stored.writer));
  assert_whole (stored.store, &stored);
  g_assert_true (lf_run_writer_has_spilled (spilled.writer));
  assert_whole (spilled.spill_store, &spilled);
  end_clear (&stored);
  end_clear (&spilled);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-writer/backlog", test_backlog);
  return g_test_run ();
}
