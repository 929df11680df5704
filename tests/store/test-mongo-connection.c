#include "lf-test-store.h"

#include "lf-error.h"

#include <string.h>

/* What a store does where a connection of its stalls or breaks, and others work. */

/* @self's server by break-proxy: what is done @how to the connections by which @word comes from the
 * @nth time on, @many times. */
static LfStore *
open_by_proxy (LfTestStore *self,
               GSubprocess **proxy,
               const char *how,
               const char *word,
               const char *nth,
               const char *many)
{
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;
  LfStore *store;

  *proxy = lf_test_start_server ("break-proxy", &uri, self->uri, how, word, nth, many, NULL);
  store = lf_test_open (uri, &error);
  g_assert_no_error (error);
  return store;
}

static void
end_proxy (GSubprocess *proxy)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (proxy), NULL, NULL);
  g_assert_true (g_subprocess_wait (proxy, NULL, NULL));
  g_object_unref (proxy);
}

/* Everything but what the run writes goes on meanwhile. */
static void
test_run_stuck (LfTestStore *self, gconstpointer data)
{
  GSubprocess *proxy;
  g_autoptr (LfStore) store = open_by_proxy (self, &proxy, "hold", "addToSet", "1", "1");
  g_autoptr (LfRun) run = lf_test_new_run (NULL, LF_RUN_RUNNING);
  g_autoptr (GPtrArray) samples = lf_test_new_samples (run->id, 1, 2);
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (LfSpec) saved = NULL;
  g_autoptr (LfRun) loaded = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *written = NULL;

  g_assert_true (LF_CALL (store, save_run, &error, run));
  lf_store_append_samples_async (store, run->id, samples, NULL, lf_test_got_cb, &written);
  saved = LF_CALL (store, save_spec, &error, spec);
  g_assert_no_error (error);
  loaded = LF_CALL (store, load_run, &error, run->id);
  g_assert_no_error (error);
  g_assert_null (written);

  end_proxy (proxy);
  lf_test_wait (&written);
  g_assert_false (lf_store_append_samples_finish (store, written, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_UNREACHABLE);
  g_object_unref (written);
  lf_test_close (store);
}

static void
test_change_stuck (LfTestStore *self, gconstpointer data)
{
  GSubprocess *proxy;
  g_autoptr (LfStore) store = open_by_proxy (self, &proxy, "hold", "of no return", "1", "1");
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (LfRun) run = lf_test_new_run (NULL, LF_RUN_RUNNING);
  g_autoptr (GPtrArray) specs = NULL;
  g_autoptr (LfSpec) saved = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *written = NULL;

  lf_set_string (&spec->name, "of no return");
  lf_store_save_spec_async (store, spec, NULL, lf_test_got_cb, &written);
  specs = LF_CALL (store, list_specs, &error);
  g_assert_no_error (error);
  g_assert_true (LF_CALL (store, save_run, &error, run));
  g_assert_no_error (error);
  g_assert_null (written);

  end_proxy (proxy);
  lf_test_wait (&written);
  saved = lf_store_save_spec_finish (store, written, &error);
  g_assert_error (error, LF_ERROR, LF_ERROR_UNREACHABLE);
  g_object_unref (written);
  lf_test_close (store);
}

/* Two chunks of x and two of @last. */
static LfAttachment *
add_file (LfStore *store, char last, GError **error)
{
  g_autofree char *first = g_strnfill (500 * 1000, 'x');
  g_autofree char *rest = g_strnfill (500 * 1000, last);
  g_autofree char *content = g_strconcat (first, rest, NULL);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (content, -1, NULL);

  return LF_CALL (store, add_attachment, error, "body.txt", NULL, stream, NULL, NULL);
}

/* Whatever the driver tries. */
static void
test_upload_broken (LfTestStore *self, gconstpointer data)
{
  GSubprocess *proxy;
  g_autoptr (LfStore) store = open_by_proxy (self, &proxy, "cut", "yyyyyyyy", "1", "1000");
  g_autoptr (LfAttachment) file = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (add_file (store, 'y', &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, "cannot keep the file: the server does not answer"));
  g_assert_nonnull (strstr (error->message, "check that it runs"));
  lf_test_assert_no_attachments (self);
  g_assert_cmpint (lf_test_count_documents (self, "uploads"), ==, 0);
  g_clear_error (&error);

  file = add_file (store, 'z', &error);
  g_assert_no_error (error);
  g_assert_cmpint (file->size, ==, 1000 * 1000);
  lf_test_close (store);
  end_proxy (proxy);
}

static LfSpec *
save (LfStore *store, const LfSpec *spec)
{
  g_autoptr (GError) error = NULL;
  LfSpec *saved = LF_CALL (store, save_spec, &error, spec);

  g_assert_no_error (error);
  return saved;
}

static LfRun *
add_run (LfStore *store, const char *spec_id)
{
  LfRun *run = lf_test_new_run (spec_id, LF_RUN_FINISHED);
  g_autoptr (GPtrArray) samples = lf_test_new_samples (run->id, 1, 130);
  g_autoptr (GPtrArray) lines = lf_test_new_lines (run->id, 1, 20);
  g_autoptr (GError) error = NULL;

  g_assert_true (LF_CALL (store, save_run, &error, run));
  g_assert_true (LF_CALL (store, append_samples, &error, run->id, samples));
  g_assert_true (LF_CALL (store, append_logs, &error, run->id, lines));
  g_assert_no_error (error);
  return run;
}

static void
assert_run (LfStore *store, const LfRun *run)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) samples = LF_CALL (store, list_samples, &error, run->id);
  g_autoptr (GPtrArray) lines = LF_CALL (store, list_logs, &error, run->id, 15, 0);
  g_autoptr (GPtrArray) last = LF_CALL (store, list_last_runs, &error, 1);
  g_autofree LfStoreUsage *usage = LF_CALL (store, measure, &error, run->spec_id);

  g_assert_no_error (error);
  g_assert_cmpuint (samples->len, ==, 130);
  g_assert_cmpuint (lines->len, ==, 5);
  g_assert_cmpuint (last->len, ==, 1);
  g_assert_cmpstr (((LfRun *) last->pdata[0])->id, ==, run->id);
  g_assert_cmpint (usage->runs, !=, 0);
}

/* Where FerretDB does not say who it is, it is asked as a MongoDB is. */
static void
test_as_mongodb (LfTestStore *self, gconstpointer data)
{
  GSubprocess *proxy;
  g_autoptr (LfStore) store = open_by_proxy (self, &proxy, "garble", "ferretdbVersion", "1", "1");
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (LfSpec) first = save (store, spec);
  g_autoptr (LfSpec) second = save (store, first);
  g_autoptr (LfRun) older = add_run (store, first->id);
  g_autoptr (LfRun) run = add_run (store, first->id);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (second->revision, ==, first->revision + 1);
  g_assert_null (LF_CALL (store, save_spec, &error, first));
  g_assert_error (error, LF_ERROR, LF_ERROR_CONFLICT);
  g_clear_error (&error);
  assert_run (store, run);
  g_assert_cmpint (lf_test_count_documents (self, "samples"), ==, 6);
  g_assert_cmpint (lf_test_count_documents (self, "logs"), ==, 40);
  assert_run (self->store, run); /* which looks elsewhere first */
  g_assert_true (LF_CALL (store, delete_run, &error, run->id));
  g_assert_no_error (error);
  g_assert_cmpint (lf_test_count_documents (self, "samples"), ==, 3);
  g_assert_cmpint (lf_test_count_documents (self, "logs"), ==, 20);
  lf_test_close (store);
  end_proxy (proxy);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  lf_test_store_add_for ("mongo", "/run-stuck", test_run_stuck);
  lf_test_store_add_for ("mongo", "/change-stuck", test_change_stuck);
  lf_test_store_add_for ("mongo", "/upload-broken", test_upload_broken);
  lf_test_store_add_for ("mongo", "/as-mongodb", test_as_mongodb);

  return g_test_run ();
}
