#include "lf-store-copy.h"
#include "lf-test-store.h"

#include "lf-error.h"

#include <string.h>

/* Copies a store on this computer into one of each kind, and back into an empty one. */

#define N_SPECS 5
#define N_RUNS  4

static LfStore *
open_here (LfTestStore *self, const char *name)
{
  g_autofree char *uri = g_strdup_printf ("sqlite:%s/%s.db", self->folder, name);
  g_autoptr (GError) error = NULL;
  LfStore *store = lf_test_open (uri, &error);

  g_assert_no_error (error);
  return store;
}

static char *
add_file (LfStore *store, gsize size, guint8 byte)
{
  g_autofree guint8 *data = g_malloc (size + 1);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (LfAttachment) file = NULL;
  g_autoptr (GError) error = NULL;

  memset (data, byte, size);
  stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  file = LF_CALL (store, add_attachment, &error, "body.bin", "application/x-a", stream, NULL, NULL);
  g_assert_no_error (error);
  return g_strdup (file->id);
}

static LfSpec *
add_spec (LfStore *store, const char *name)
{
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (LfSpec) first = NULL;
  g_autoptr (GError) error = NULL;
  LfSpec *second;

  lf_set_string (&spec->name, name);
  first = LF_CALL (store, save_spec, &error, spec);
  g_assert_no_error (error);
  second = LF_CALL (store, save_spec, &error, first);
  g_assert_no_error (error);
  return second;
}

static void
add_run (LfStore *store, const char *spec_id, LfRunStatus status)
{
  g_autoptr (LfRun) run = lf_test_new_run (spec_id, status);
  g_autoptr (GPtrArray) samples = lf_test_new_samples (run->id, 1, 65);
  g_autoptr (GPtrArray) lines = lf_test_new_lines (run->id, 1, 5);
  g_autoptr (GError) error = NULL;

  lf_set_string (&run->notes, "kept");
  g_assert_true (LF_CALL (store, save_run, &error, run));
  g_assert_true (LF_CALL (store, append_samples, &error, run->id, samples));
  g_assert_true (LF_CALL (store, append_logs, &error, run->id, lines));
}

static void
fill (LfStore *store)
{
  g_autofree char *file = add_file (store, 700 * 1000, 'x');
  g_autofree char *empty = add_file (store, 0, 0);

  for (int i = 0; i < N_SPECS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Spec %d", i);
      g_autoptr (LfSpec) spec = add_spec (store, name);

      if (i == 0)
        for (int n = 0; n < N_RUNS; n++)
          add_run (store, spec->id, n % 2 ? LF_RUN_INTERRUPTED : LF_RUN_FINISHED);
    }
}

typedef struct
{
  goffset done, total;
  GCancellable *cancellable; /* cancelled after @limit */
  goffset limit;
} Seen;

static void
progress_cb (goffset done, goffset total, gpointer user_data)
{
  Seen *seen = user_data;

  g_assert_cmpint (done, ==, seen->done + 1);
  seen->done = done;
  seen->total = total;
  if (seen->cancellable && done == seen->limit)
    g_cancellable_cancel (seen->cancellable);
}

static LfStoreCopyResult *
copy (LfStore *source, LfStore *target, Seen *seen, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_store_copy_async (source, target, progress_cb, seen, seen->cancellable, lf_test_got_cb,
                       &result);
  lf_test_wait (&result);
  return lf_store_copy_finish (result, error);
}

/* Everything arrives, and a second time nothing is left to do. */
static void
assert_copies (LfStore *source, LfStore *target)
{
  g_autoptr (GError) error = NULL;
  Seen seen = { 0 };
  Seen again = { 0 };
  g_autoptr (LfStoreCopyResult) first = copy (source, target, &seen, &error);
  g_autoptr (LfStoreCopyResult) second = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (first->problems->len, ==, 0);
  g_assert_cmpuint (first->attachments, ==, 2);
  g_assert_cmpuint (first->specs, ==, N_SPECS);
  g_assert_cmpuint (first->runs, ==, N_RUNS);
  g_assert_cmpuint (first->same + first->kept, ==, 0);
  g_assert_cmpint (seen.done, ==, 2 + N_SPECS + N_RUNS);
  g_assert_cmpint (seen.total, ==, seen.done);
  second = copy (source, target, &again, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (second->same, ==, 2 + N_SPECS + N_RUNS);
}

static void
assert_equal_lists (GPtrArray *one, GPtrArray *other)
{
  g_assert_cmpuint (one->len, ==, other->len);
  for (guint i = 0; i < one->len; i++)
    g_assert_true (lf_record_equal (one->pdata[i], other->pdata[i]));
}

static void
assert_equal_runs (LfStore *one, LfStore *other)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = LF_CALL (one, list_runs, &error, &(LfRunQuery){ 0 });
  g_autoptr (GPtrArray) others = LF_CALL (other, list_runs, &error, &(LfRunQuery){ 0 });

  assert_equal_lists (runs, others);
  for (guint i = 0; i < runs->len; i++)
    {
      const char *id = ((LfRun *) runs->pdata[i])->id;
      g_autoptr (GPtrArray) samples = LF_CALL (one, list_samples, &error, id);
      g_autoptr (GPtrArray) there = LF_CALL (other, list_samples, &error, id);

      assert_equal_lists (samples, there);
    }
}

static void
test_there_and_back (LfTestStore *self, gconstpointer data)
{
  LfStore *source = open_here (self, "source");
  LfStore *back = open_here (self, "back");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) specs = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GPtrArray) specs_back = NULL;
  g_autoptr (GPtrArray) files_back = NULL;

  fill (source);
  assert_copies (source, self->store);
  assert_copies (self->store, back);
  specs = LF_CALL (source, list_specs, &error);
  specs_back = LF_CALL (back, list_specs, &error);
  assert_equal_lists (specs, specs_back);
  files = LF_CALL (source, list_attachments, &error);
  files_back = LF_CALL (back, list_attachments, &error);
  assert_equal_lists (files, files_back);
  assert_equal_runs (source, back);
  lf_test_close (source);
  lf_test_close (back);
  g_object_unref (source);
  g_object_unref (back);
}

/* Cut off in the middle, it goes on where it was. */
static void
test_resumed (LfTestStore *self, gconstpointer data)
{
  LfStore *source = open_here (self, "source");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStoreCopyResult) rest = NULL;
  Seen seen = { .cancellable = cancellable, .limit = 2 + N_SPECS + 2 };
  Seen again = { 0 };

  fill (source);
  g_assert_null (copy (source, self->store, &seen, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpint (seen.done, >=, seen.limit);
  rest = copy (source, self->store, &again, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rest->same, >=, seen.limit);
  g_assert_cmpuint (rest->same + rest->runs, ==, 2 + N_SPECS + N_RUNS);
  assert_equal_runs (source, self->store);
  lf_test_close (source);
  g_object_unref (source);
}

/* What was changed on the other side stays there. */
static void
test_changed_there (LfTestStore *self, gconstpointer data)
{
  LfStore *source = open_here (self, "source");
  g_autoptr (LfSpec) mine = add_spec (source, "Mine");
  g_autoptr (LfSpec) theirs = NULL;
  g_autoptr (LfSpec) newer = NULL;
  g_autoptr (LfSpec) read = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStoreCopyResult) first = NULL;
  g_autoptr (LfStoreCopyResult) second = NULL;
  g_autoptr (LfStoreCopyResult) third = NULL;
  Seen seen[3] = { 0 };

  first = copy (source, self->store, &seen[0], &error);
  g_assert_no_error (error);
  lf_set_string (&mine->name, "Theirs");
  theirs = LF_CALL (self->store, save_spec, &error, mine);
  g_assert_no_error (error);
  second = copy (source, self->store, &seen[1], &error);
  g_assert_cmpuint (second->kept, ==, 1);
  read = LF_CALL (self->store, load_spec, &error, mine->id);
  g_assert_cmpstr (read->name, ==, "Theirs");

  /* The other way round it is the newer one that comes, and can be saved on. */
  third = copy (self->store, source, &seen[2], &error);
  g_assert_cmpuint (third->specs, ==, 1);
  newer = LF_CALL (source, save_spec, &error, read);
  g_assert_no_error (error);
  g_assert_cmpint (newer->revision, ==, 4);
  lf_test_close (source);
  g_object_unref (source);
}

/* A file that is damaged and a run that goes on keep nothing else from being copied. */
static void
test_left_out (LfTestStore *self, gconstpointer data)
{
  LfStore *target = open_here (self, "target");
  g_autoptr (LfSpec) spec = add_spec (self->store, "Good");
  g_autofree char *file = add_file (self->store, 700 * 1000, 'x');
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStoreCopyResult) result = NULL;
  g_autoptr (GPtrArray) files = NULL;
  Seen seen = { 0 };

  add_run (self->store, spec->id, LF_RUN_RUNNING);
  add_run (self->store, spec->id, LF_RUN_FINISHED);
  lf_test_damage_attachment (self, file);
  result = copy (self->store, target, &seen, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->specs, ==, 1);
  g_assert_cmpuint (result->runs, ==, 1);
  g_assert_cmpuint (result->problems->len, ==, 2);
  g_assert_nonnull (strstr (result->problems->pdata[0], "body.bin"));
  g_assert_nonnull (strstr (result->problems->pdata[1], "not ended"));
  files = LF_CALL (target, list_attachments, &error);
  g_assert_cmpuint (files->len, ==, 0);
  lf_test_close (target);
  g_object_unref (target);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  lf_test_store_add ("/copy/there-and-back", test_there_and_back);
  lf_test_store_add ("/copy/resumed", test_resumed);
  lf_test_store_add ("/copy/changed-there", test_changed_there);
  lf_test_store_add ("/copy/left-out", test_left_out);

  return g_test_run ();
}
