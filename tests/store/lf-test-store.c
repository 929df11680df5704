#include "lf-test-store.h"

#include "lf-id.h"
#include "lf-time.h"

#include <glib/gstdio.h>

#include <string.h>

void
lf_test_got_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

void
lf_test_wait (GAsyncResult **result)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
}

LfStore *
lf_test_open (const char *uri, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_store_open_async (uri, NULL, lf_test_got_cb, &result);
  lf_test_wait (&result);
  return lf_store_open_finish (result, error);
}

void
lf_test_close (LfStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean closed;

  lf_store_close_async (store, lf_test_got_cb, &result);
  lf_test_wait (&result);
  closed = lf_store_close_finish (store, result, &error);
  g_assert_no_error (error);
  g_assert_true (closed);
}

void
lf_test_reopen (LfTestStore *self)
{
  g_autoptr (GError) error = NULL;

  lf_test_close (self->store);
  g_object_unref (self->store);
  self->store = lf_test_open (self->uri, &error);
  g_assert_no_error (error);
}

GSubprocess *
lf_test_start_server (const char *name, char **uri, ...)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "store", name, NULL);
  g_auto (GStrv) command = NULL;
  const char *word;
  va_list list;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *server;

  g_strv_builder_add (words, script);
  va_start (list, uri);
  while ((word = va_arg (list, const char *)))
    g_strv_builder_add (words, word);
  va_end (list);
  command = g_strv_builder_end (words);
  server =
      g_subprocess_newv ((const char *const *) command,
                         G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server));
  *uri = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  return server;
}

const char *
lf_test_mongo_uri (void)
{
  static GSubprocess *server G_GNUC_UNUSED; /* ends when this process does */
  static char *uri;
  static gsize tried;

  if (g_once_init_enter (&tried))
    {
      if (g_getenv ("MONGO_URI"))
        uri = g_strdup (g_getenv ("MONGO_URI"));
      else if (g_getenv ("LF_TEST_MONGO_AUTH"))
        server = lf_test_start_server ("mongo-server", &uri, "--auth", NULL);
      else
        server = lf_test_start_server ("mongo-server", &uri, NULL);
      g_once_init_leave (&tried, 1);
    }
  return uri;
}

/* @uri with @database in place of its own, options kept. */
static char *
with_database (const char *uri, const char *database)
{
  const char *host = strstr (uri, "://") + 3;
  const char *options = strchr (uri, '?');
  const char *source = strchr (uri, '@') ? "?authSource=admin" : "";

  return g_strdup_printf ("%.*s/%s%s", (int) (host - uri + strcspn (host, "/?")), uri, database,
                          options ? options : source);
}

static void
drop_database (const char *uri)
{
  mongoc_uri_t *parsed = mongoc_uri_new (uri);
  mongoc_client_t *client = mongoc_client_new_from_uri (parsed);
  mongoc_database_t *database = mongoc_client_get_default_database (client);

  mongoc_database_drop (database, NULL);
  mongoc_database_destroy (database);
  mongoc_client_destroy (client);
  mongoc_uri_destroy (parsed);
}

static void
set_up (LfTestStore *self, gconstpointer kind)
{
  g_autoptr (GError) error = NULL;

  self->kind = kind;
  self->folder = g_dir_make_tmp ("lf-store-XXXXXX", &error);
  g_assert_no_error (error);
  if (g_str_equal (kind, "mongo"))
    {
      g_autofree char *id = lf_id_new ();
      g_autofree char *name = g_strconcat ("loadforge-test-", id, NULL);

      self->uri = with_database (lf_test_mongo_uri (), name);
    }
  else
    self->uri = g_strconcat ("sqlite:", self->folder, "/data/loadforge.db", NULL);
  self->store = lf_test_open (self->uri, &error);
  g_assert_no_error (error);
}

static void
tear_down (LfTestStore *self, gconstpointer kind)
{
  lf_test_close (self->store);
  g_clear_object (&self->store);
  if (g_str_equal (kind, "mongo"))
    drop_database (self->uri);
  lf_test_remove (self->folder);
  g_free (self->folder);
  g_free (self->uri);
}

static void
no_server (LfTestStore *self, gconstpointer kind)
{
  const char *reason = "no MongoDB server: install mongod, set MONGO_URI, or run ./dev test";

  if (g_getenv ("CI"))
    g_test_fail_printf ("%s", reason);
  else
    g_test_skip (reason);
}

void
lf_test_store_add_for (const char *kind, const char *path, LfTestStoreFunc test)
{
  g_autofree char *full = g_strconcat ("/store/", kind, path, NULL);

  if (g_str_equal (kind, "mongo") && !lf_test_mongo_uri ())
    g_test_add_vtable (full, sizeof (LfTestStore), kind, NULL, (GTestFixtureFunc) no_server, NULL);
  else
    g_test_add_vtable (full, sizeof (LfTestStore), kind, (GTestFixtureFunc) set_up,
                       (GTestFixtureFunc) test, (GTestFixtureFunc) tear_down);
}

void
lf_test_store_add (const char *path, LfTestStoreFunc test)
{
  if (!g_getenv ("LF_TEST_MONGO_AUTH"))
    lf_test_store_add_for ("sqlite", path, test);
  lf_test_store_add_for ("mongo", path, test);
}

LfRun *
lf_test_new_run (const char *spec_id, LfRunStatus status)
{
  LfRun *run = lf_run_new ();

  run->schema = g_strdup (LF_RUN_SCHEMA);
  run->id = lf_id_new ();
  run->spec_id = g_strdup (spec_id);
  run->spec_name = g_strdup ("Login");
  run->spec_revision = 1;
  run->status = status;
  lf_record_set_present (run, G_STRUCT_OFFSET (LfRun, status), TRUE);
  run->started_at = lf_time_now ();
  return run;
}

GPtrArray *
lf_test_new_samples (const char *run_id, int first, int last)
{
  GPtrArray *samples = g_ptr_array_new_with_free_func (lf_record_free);

  for (int t = first; t <= last; t++)
    {
      LfSample *sample = lf_sample_new ();

      sample->run_id = g_strdup (run_id);
      sample->t = t;
      sample->step = -1;
      sample->started = 100 + t;
      sample->bytes_received = G_GINT64_CONSTANT (5000000000) + t;
      lf_counts_add (sample->status_codes, "200", t);
      g_ptr_array_add (samples, sample);
    }
  return samples;
}

GPtrArray *
lf_test_new_lines (const char *run_id, int first, int last)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (lf_record_free);

  for (int seq = first; seq <= last; seq++)
    {
      LfLogLine *line = lf_log_line_new ();

      line->run_id = g_strdup (run_id);
      line->seq = seq;
      line->time = G_GINT64_CONSTANT (1795440000123) + seq;
      line->level = LF_LOG_WARN;
      line->log_class = LF_LOG_CLASS_TRANSPORT;
      line->step = -1;
      line->message = g_strdup_printf ("line %d", seq);
      line->count = 1;
      g_ptr_array_add (lines, line);
    }
  return lines;
}

void
lf_test_remove (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        lf_test_remove (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}
