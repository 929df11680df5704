#include "lf-test-store.h"

#include "lf-error.h"

#include <stdio.h>
#include <string.h>

static LfSpec *
new_spec (const char *name)
{
  LfSpec *spec = lf_spec_new_default ();

  lf_set_string (&spec->name, name);
  return spec;
}

static LfSpec *
save (LfTestStore *self, const LfSpec *spec)
{
  g_autoptr (GError) error = NULL;
  LfSpec *saved = LF_CALL (self->store, save_spec, &error, spec);

  g_assert_no_error (error);
  g_assert_nonnull (saved);
  return saved;
}

static LfSpec *
load (LfTestStore *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  LfSpec *spec = LF_CALL (self->store, load_spec, &error, id);

  g_assert_no_error (error);
  g_assert_nonnull (spec);
  return spec;
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
  g_autoptr (LfSpec) spec = new_spec ("Login");
  g_autoptr (LfSpec) saved = save (self, spec);
  g_autoptr (LfSpec) loaded = load (self, saved->id);
  g_autoptr (LfSpec) again = NULL;
  g_autoptr (LfSpec) reopened = NULL;

  g_assert_null (spec->id);
  g_assert_cmpuint (strlen (saved->id), ==, 24);
  g_assert_cmpint (saved->revision, ==, 1);
  g_assert_cmpint (saved->created_at, >, 0);
  g_assert_cmpint (saved->updated_at, ==, saved->created_at);
  assert_same (loaded, saved);

  lf_set_string (&loaded->name, "Log in");
  again = save (self, loaded);
  g_assert_cmpstr (again->id, ==, saved->id);
  g_assert_cmpint (again->revision, ==, 2);
  g_assert_cmpint (again->created_at, ==, saved->created_at);

  lf_test_reopen (self);
  reopened = load (self, saved->id);
  assert_same (reopened, again);
}

static void
test_conflict (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfSpec) spec = new_spec ("Login");
  g_autoptr (LfSpec) mine = save (self, spec);
  g_autoptr (LfSpec) theirs = load (self, mine->id);
  g_autoptr (LfSpec) first = NULL;
  g_autoptr (LfSpec) stored = NULL;
  g_autoptr (LfSpec) late = NULL;
  g_autoptr (GError) error = NULL;

  lf_set_string (&theirs->description, "theirs");
  first = save (self, theirs);
  lf_set_string (&mine->description, "mine");
  late = LF_CALL (self->store, save_spec, &error, mine);
  g_assert_error (error, LF_ERROR, LF_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, lf_store_get_name (self->store)));
  g_assert_null (late);
  stored = load (self, mine->id);
  assert_same (stored, first);
}

/* Two stores on one database, both of whom read revision 1: just one of them may save. */
static void
test_race (LfTestStore *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStore) other = lf_test_open (self->uri, &error);
  g_autoptr (LfSpec) spec = new_spec ("Login");
  g_autoptr (LfSpec) read = save (self, spec);
  gint64 revision = 1;

  for (int round = 0; round < 10; round++)
    {
      g_autoptr (GAsyncResult) one = NULL;
      g_autoptr (GAsyncResult) two = NULL;
      g_autoptr (LfSpec) here = NULL;
      g_autoptr (LfSpec) there = NULL;

      lf_store_save_spec_async (self->store, read, NULL, lf_test_got_cb, &one);
      lf_store_save_spec_async (other, read, NULL, lf_test_got_cb, &two);
      lf_test_wait (&one);
      lf_test_wait (&two);
      here = lf_store_save_spec_finish (self->store, one, NULL);
      there = lf_store_save_spec_finish (other, two, NULL);
      g_assert_true (!here != !there);
      g_clear_pointer (&read, lf_spec_free);
      read = load (self, (here ? here : there)->id);
      g_assert_cmpint (read->revision, ==, ++revision);
    }
  lf_test_close (other);
}

#define RACERS 3

/* One of them: waits for the start, then saves what it read before. Tells "read", and then how it
 * went. */
static int
race (const char *uri, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStore) store = lf_test_open (uri, &error);
  g_autoptr (LfSpec) spec = NULL;
  g_autoptr (LfSpec) saved = NULL;

  g_assert_no_error (error);
  spec = LF_CALL (store, load_spec, &error, id);
  g_assert_no_error (error);
  printf ("read\n");
  fflush (stdout);
  getchar ();
  saved = LF_CALL (store, save_spec, &error, spec);
  printf ("%s\n", saved                                                  ? "saved"
                  : g_error_matches (error, LF_ERROR, LF_ERROR_CONFLICT) ? "conflict"
                                                                         : error->message);
  lf_test_close (store);
  return 0;
}

static char *
read_line (GSubprocess *racer)
{
  g_autoptr (GDataInputStream) output = g_object_steal_data (G_OBJECT (racer), "output");
  char *line = g_data_input_stream_read_line (output, NULL, NULL, NULL);

  g_object_set_data_full (G_OBJECT (racer), "output", g_steal_pointer (&output), g_object_unref);
  return line;
}

static GSubprocess *
start_racer (LfTestStore *self, const char *id)
{
  const char *path = "/proc/self/exe"; /* of the child, which is this program until then */
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  GSubprocess *racer =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                        path, "--race", self->uri, id, NULL);

  g_assert_no_error (error);
  g_object_set_data_full (G_OBJECT (racer), "output",
                          g_data_input_stream_new (g_subprocess_get_stdout_pipe (racer)),
                          g_object_unref);
  line = read_line (racer);
  g_assert_cmpstr (line, ==, "read");
  return racer;
}

/* Programs of their own, all of whom read the same revision. */
static void
test_race_of_processes (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfSpec) spec = new_spec ("Login");
  g_autoptr (LfSpec) first = save (self, spec);
  g_autoptr (LfSpec) last = NULL;
  GSubprocess *racers[RACERS];
  guint n_saved = 0;

  for (guint i = 0; i < RACERS; i++)
    racers[i] = start_racer (self, first->id);
  for (guint i = 0; i < RACERS; i++)
    g_output_stream_close (g_subprocess_get_stdin_pipe (racers[i]), NULL, NULL);
  for (guint i = 0; i < RACERS; i++)
    {
      g_autofree char *line = read_line (racers[i]);

      if (g_strcmp0 (line, "saved") == 0)
        n_saved++;
      else
        g_assert_cmpstr (line, ==, "conflict");
      g_assert_true (g_subprocess_wait_check (racers[i], NULL, NULL));
      g_object_unref (racers[i]);
    }
  g_assert_cmpuint (n_saved, ==, 1);
  last = load (self, first->id);
  g_assert_cmpint (last->revision, ==, 2);
}

static void
test_given_id (LfTestStore *self, gconstpointer data)
{
  const char *const ids[] = { "6570f1a2b3c4d5e6f7a8b9c0", "login-test", "6570F1A2B3C4D5E6F7A8B9C0",
                              "it's \"quoted\"; --" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (LfSpec) spec = new_spec ("From a file");
      g_autoptr (LfSpec) saved = NULL;
      g_autoptr (LfSpec) loaded = NULL;

      lf_set_string (&spec->id, ids[i]);
      spec->revision = 7;
      saved = save (self, spec);
      g_assert_cmpstr (saved->id, ==, ids[i]);
      g_assert_cmpint (saved->revision, ==, 8);
      loaded = load (self, ids[i]);
      assert_same (loaded, saved);
    }
}

static void
test_list (LfTestStore *self, gconstpointer data)
{
  const char *const names[] = { "banana", "Äpfel", "apple", "", "cherry" };
  g_autoptr (GPtrArray) specs = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;

  none = LF_CALL (self->store, list_specs, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (LfSpec) spec = new_spec (names[i]);
      g_autoptr (LfSpec) saved = save (self, spec);
    }
  specs = LF_CALL (self->store, list_specs, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (specs->len, ==, G_N_ELEMENTS (names));
  for (guint i = 1; i < specs->len; i++)
    g_assert_cmpint (
        g_utf8_collate (((LfSpec *) specs->pdata[i - 1])->name, ((LfSpec *) specs->pdata[i])->name),
        <=, 0);
}

static void
test_delete (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfSpec) spec = new_spec ("Login");
  g_autoptr (LfSpec) saved = save (self, spec);
  g_autoptr (LfSpec) changed = save (self, saved);
  g_autoptr (LfSpec) gone = NULL;
  g_autoptr (LfSpec) undone = NULL;
  g_autoptr (LfSpec) older = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (LF_CALL (self->store, delete_spec, &error, saved->id));
  g_assert_no_error (error);
  gone = LF_CALL (self->store, load_spec, &error, saved->id);
  g_assert_error (error, LF_ERROR, LF_ERROR_NOT_FOUND);
  g_assert_null (gone);
  g_clear_error (&error);
  g_assert_false (LF_CALL (self->store, delete_spec, &error, saved->id));
  g_assert_error (error, LF_ERROR, LF_ERROR_NOT_FOUND);

  /* What Undo does: the same spec under the same id; and once more, from an older copy. */
  undone = save (self, changed);
  g_assert_cmpstr (undone->id, ==, saved->id);
  g_clear_error (&error);
  g_assert_true (LF_CALL (self->store, delete_spec, &error, saved->id));
  older = save (self, saved);
  g_clear_pointer (&older, lf_spec_free);
  older = load (self, saved->id);
  g_clear_pointer (&undone, lf_spec_free);
  undone = save (self, older);
  g_assert_cmpint (undone->revision, ==, older->revision + 1);
}

/* What somebody else has changed since is not deleted. */
static void
test_delete_revision (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfSpec) spec = new_spec ("Login");
  g_autoptr (LfSpec) first = save (self, spec);
  g_autoptr (LfSpec) second = save (self, first);
  g_autoptr (LfSpec) kept = NULL;
  g_autoptr (LfSpec) third = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (LF_CALL (self->store, delete_revision, &error, first->id, first->revision));
  g_assert_error (error, LF_ERROR, LF_ERROR_CONFLICT);
  g_clear_error (&error);
  kept = load (self, first->id);
  g_assert_cmpint (kept->revision, ==, second->revision);
  third = save (self, kept);
  g_assert_true (LF_CALL (self->store, delete_revision, &error, first->id, third->revision));
  g_assert_no_error (error);
  g_assert_false (LF_CALL (self->store, delete_revision, &error, first->id, third->revision));
  g_assert_error (error, LF_ERROR, LF_ERROR_NOT_FOUND);
}

static void
test_unknown_keys (LfTestStore *self, gconstpointer data)
{
  static const char text[] =
      "{\"schema\":\"loadforge/spec/1\",\"name\":\"Later\",\"futureFlag\":true,"
      "\"createdAt\":\"2026-01-02T03:04:05.678Z\","
      "\"x.dotted\":{\"$set\":1,\"a.b\":[1,2.5,-9007199254740993,null,\"s\",{},[]],\"\":0},"
      "\"$dollar\":1e300,"
      "\"thresholds\":{\"http_req_duration{step:a.b}\":[\"p(95)<300\"]},"
      "\"steps\":[{\"url\":\"http://127.0.0.1/\",\"later\":{\"when\":\"2026-01-01T00:00:00Z\"}}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = lf_spec_from_text (text, -1, &error);
  g_autoptr (LfSpec) saved = NULL;
  g_autoptr (LfSpec) loaded = NULL;
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  saved = save (self, spec);
  lf_test_reopen (self);
  loaded = load (self, saved->id);
  assert_same (loaded, saved);
  again = lf_spec_to_text (loaded);
  g_assert_nonnull (strstr (again, "futureFlag"));
  g_assert_nonnull (strstr (again, "-9007199254740993"));
  g_assert_nonnull (strstr (again, "a.b"));
}

static void
test_text (LfTestStore *self, gconstpointer data)
{
  const char *const texts[] = {
    "",
    "'; DROP TABLE specs; --",
    "\"quoted\" \\ back / slash",
    "\001\002\037\177 tab\tline\nreturn\r",
    "Grüße 世界 🎉 \u202eleft \uFEFF \U0010FFFF",
    "{\"json\": [\"in json\"]}",
    "%s%n$1",
    "${name}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (LfSpec) spec = new_spec (texts[i]);
      g_autoptr (LfSpec) saved = NULL;
      g_autoptr (LfSpec) loaded = NULL;

      lf_set_string (&spec->description, texts[i]);
      saved = save (self, spec);
      loaded = load (self, saved->id);
      g_assert_cmpstr (loaded->name, ==, texts[i]);
      g_assert_cmpstr (loaded->description, ==, texts[i]);
    }
}

static void
test_nul (LfTestStore *self, gconstpointer data)
{
  static const char text[] = "{\"name\":\"NUL\",\"extra\":\"a\\u0000b\",\"tags\":[\"\\u0000\"]}";
  g_autoptr (LfSpec) spec = lf_spec_from_text (text, -1, NULL);
  g_autoptr (LfSpec) saved = NULL;
  g_autoptr (LfSpec) loaded = NULL;

  if (!spec) /* then it never comes this far */
    return;
  saved = save (self, spec);
  loaded = load (self, saved->id);
  assert_same (loaded, saved);
}

static void
test_long (LfTestStore *self, gconstpointer data)
{
  gsize length = 3 * 1000 * 1000;
  g_autofree char *text = g_strnfill (length, 'x');
  g_autoptr (LfSpec) spec = new_spec ("Long");
  g_autoptr (LfSpec) saved = NULL;
  g_autoptr (LfSpec) loaded = NULL;

  memcpy (text + 1000, "\"\\\n", 3);
  lf_set_string (&spec->description, text);
  saved = save (self, spec);
  loaded = load (self, saved->id);
  g_assert_cmpuint (strlen (loaded->description), ==, length);
  g_assert_cmpstr (loaded->description, ==, text);
}

static void
count_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guint *calls = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = lf_store_save_spec_finish (LF_STORE (source), result, &error);

  g_assert_no_error (error);
  /* Numbered as they were called, and told in that order. */
  g_assert_cmpint (g_ascii_strtoll (spec->name, NULL, 10), ==, (*calls)++);
}

static void
test_order (LfTestStore *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) specs = NULL;
  g_autoptr (GError) error = NULL;
  guint calls = 0;

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autoptr (LfSpec) spec = new_spec (name);

      lf_store_save_spec_async (self->store, spec, NULL, count_cb, &calls);
    }
  /* A read sees the writes before it, whether or not they were told yet. */
  lf_store_list_specs_async (self->store, NULL, lf_test_got_cb, &result);
  lf_test_wait (&result);
  specs = lf_store_list_specs_finish (self->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (specs->len, ==, 50);
  g_assert_cmpuint (calls, ==, 50);
}

static void
test_close (LfTestStore *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (GPtrArray) specs = NULL;
  g_autoptr (LfSpec) late = NULL;
  g_autoptr (LfSpec) one = new_spec ("late");
  g_autoptr (GError) error = NULL;
  guint calls = 0;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autoptr (LfSpec) spec = new_spec (name);

      lf_store_save_spec_async (self->store, spec, NULL, count_cb, &calls);
    }
  lf_store_close_async (self->store, lf_test_got_cb, &closed);
  lf_test_wait (&closed);
  g_assert_true (lf_store_close_finish (self->store, closed, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (calls, ==, 20);

  late = LF_CALL (self->store, save_spec, &error, one);
  g_assert_error (error, LF_ERROR, LF_ERROR_STATE);
  g_assert_null (late);
  g_clear_error (&error);

  lf_test_reopen (self);
  specs = LF_CALL (self->store, list_specs, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (specs->len, ==, 20);
}

/* Nobody waits for the answers: the last reference goes on the store's own thread. */
static void
test_dropped (LfTestStore *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LfStore *store = lf_test_open (self->uri, &error);
  g_autoptr (LfSpec) spec = new_spec ("Dropped");
  g_autoptr (GPtrArray) specs = NULL;

  g_assert_no_error (error);
  lf_store_save_spec_async (store, spec, NULL, NULL, NULL);
  g_object_add_weak_pointer (G_OBJECT (store), (gpointer *) &store);
  g_object_unref (store);
  while (g_atomic_pointer_get (&store))
    g_main_context_iteration (NULL, FALSE);
  specs = LF_CALL (self->store, list_specs, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (specs->len, ==, 1);
}

static void
test_cancel (LfTestStore *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LfSpec) spec = new_spec ("Cancelled");
  g_autoptr (LfSpec) saved = NULL;
  g_autoptr (GPtrArray) specs = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  lf_store_save_spec_async (self->store, spec, cancellable, lf_test_got_cb, &result);
  lf_test_wait (&result);
  saved = lf_store_save_spec_finish (self->store, result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (saved);
  g_clear_error (&error);
  specs = LF_CALL (self->store, list_specs, &error);
  g_assert_cmpuint (specs->len, ==, 0);
}

static void
test_revisions (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfSpec) one = new_spec ("Login");
  g_autoptr (LfSpec) other = new_spec ("Search");
  g_autoptr (LfSpec) first = save (self, one);
  g_autoptr (LfSpec) second = save (self, other);
  g_autoptr (LfSpec) again = save (self, second);
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) revisions = LF_CALL (self->store, list_revisions, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (revisions), ==, 2);
  g_assert_cmpint (*(gint64 *) g_hash_table_lookup (revisions, first->id), ==, 1);
  g_assert_cmpint (*(gint64 *) g_hash_table_lookup (revisions, again->id), ==, 2);
}

int
main (int argc, char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--race"))
    return race (argv[2], argv[3]);

  g_test_init (&argc, &argv, NULL);

  lf_test_store_add ("/specs/revisions", test_revisions);
  lf_test_store_add ("/specs/save", test_save);
  lf_test_store_add ("/specs/conflict", test_conflict);
  lf_test_store_add ("/specs/race", test_race);
  lf_test_store_add ("/specs/race-of-processes", test_race_of_processes);
  lf_test_store_add ("/specs/given-id", test_given_id);
  lf_test_store_add ("/specs/list", test_list);
  lf_test_store_add ("/specs/delete", test_delete);
  lf_test_store_add ("/specs/delete-revision", test_delete_revision);
  lf_test_store_add ("/specs/unknown-keys", test_unknown_keys);
  lf_test_store_add ("/specs/text", test_text);
  lf_test_store_add ("/specs/nul", test_nul);
  lf_test_store_add ("/specs/long", test_long);
  lf_test_store_add ("/calls/order", test_order);
  lf_test_store_add ("/calls/close", test_close);
  lf_test_store_add ("/calls/dropped", test_dropped);
  lf_test_store_add ("/calls/cancel", test_cancel);

  return g_test_run ();
}
