#include "lf-test-mount.h"
#include "lf-test-store.h"

#include "lf-error.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

static void
assert_open_fails (const char *uri, int code, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStore) store = lf_test_open (uri, &error);

  g_assert_error (error, LF_ERROR, code);
  g_assert_null (store);
  if (!strstr (error->message, word))
    g_error ("no “%s” in “%s”", word, error->message);
}

static void
test_uri (void)
{
  assert_open_fails ("sqlite:", LF_ERROR_VALUE, "sqlite:PATH");
  assert_open_fails ("", LF_ERROR_VALUE, "sqlite:PATH");
  assert_open_fails ("/tmp/loadforge.db", LF_ERROR_VALUE, "sqlite:PATH");
  assert_open_fails ("postgresql://user:secret@host/db", LF_ERROR_VALUE, "postgresql");
}

static void
test_secret_uri (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lf_test_open ("postgresql://user:secret@host/db", &error));
  g_assert_null (strstr (error->message, "secret"));
}

static void
test_rights (LfTestStore *self, gconstpointer data)
{
  const char *const suffixes[] = { "", "-wal" };
  g_autofree char *folder = g_path_get_dirname (lf_test_get_path (self));
  g_autofree char *name = g_strconcat ("sqlite:", lf_test_get_path (self), NULL);
  struct stat about;

  g_assert_cmpstr (lf_store_get_name (self->store), ==, name);
  g_assert_cmpint (stat (folder, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (lf_test_get_path (self), suffixes[i], NULL);

      g_assert_cmpint (stat (path, &about), ==, 0);
      g_assert_cmpint (about.st_mode & 0777, ==, 0600);
    }
}

static void
test_not_a_database (LfTestStore *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "notes.txt", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autofree char *text = g_strnfill (5000, 'x');
  g_autofree char *kept = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  assert_open_fails (uri, LF_ERROR_CORRUPT, path);
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, text);
}

static void
test_other_program (LfTestStore *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "other.db", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);

  lf_test_sql (path, "CREATE TABLE places (url TEXT); PRAGMA user_version = 1");
  assert_open_fails (uri, LF_ERROR_CORRUPT, "another program");
  g_assert_cmpint (lf_test_sql_number (path, "SELECT count(*) FROM sqlite_schema"), ==, 1);
}

static void
test_empty_file (LfTestStore *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "empty.db", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStore) store = NULL;

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  store = lf_test_open (uri, &error);
  g_assert_no_error (error);
  lf_test_close (store);
}

static void
test_newer (LfTestStore *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "newer.db", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length, length_after;

  lf_test_sql (path, "CREATE TABLE later (x); PRAGMA application_id = 0x4c644667;"
                     "PRAGMA user_version = 999");
  g_assert_true (g_file_get_contents (path, &before, &length, NULL));
  assert_open_fails (uri, LF_ERROR_NEWER, "999");
  assert_open_fails (uri, LF_ERROR_NEWER, "update LoadForge");
  g_assert_true (g_file_get_contents (path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length, after, length_after);
}

static void
test_damaged (LfTestStore *self, gconstpointer data)
{
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  lf_test_close (self->store);
  g_clear_object (&self->store);
  g_assert_true (g_file_get_contents (lf_test_get_path (self), &content, &length, NULL));
  memset (content + 100, 0xff, length - 100);
  g_assert_true (g_file_set_contents (lf_test_get_path (self), content, length, NULL));
  assert_open_fails (self->uri, LF_ERROR_CORRUPT, lf_test_get_path (self));
  g_unlink (lf_test_get_path (self));
  self->store = lf_test_open (self->uri, &error);
  g_assert_no_error (error);
}

/* One stored document that cannot be read hides no other. */
static void
test_damaged_document (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (LfSpec) well = NULL;
  g_autoptr (LfSpec) damaged = NULL;
  g_autoptr (GPtrArray) specs = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = NULL;

  well = LF_CALL (self->store, save_spec, &error, spec);
  damaged = LF_CALL (self->store, save_spec, &error, spec);
  g_assert_no_error (error);
  sql = g_strdup_printf ("UPDATE specs SET document = '{\"steps\":' WHERE id = '%s'", damaged->id);
  lf_test_sql (lf_test_get_path (self), sql);

  g_test_expect_message ("lf-store", G_LOG_LEVEL_MESSAGE, "*left out the spec*");
  specs = LF_CALL (self->store, list_specs, &error);
  g_test_assert_expected_messages ();
  g_assert_no_error (error);
  g_assert_cmpuint (specs->len, ==, 1);
  g_assert_null (LF_CALL (self->store, load_spec, &error, damaged->id));
  g_assert_error (error, LF_ERROR, LF_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, damaged->id));
}

/* Documents as nobody should have written them: each is left out or read, and hides no other. */
static void
test_hostile_documents (LfTestStore *self, gconstpointer data)
{
  static const char *const documents[] = {
    "'null'",
    "'[]'",
    "'7'",
    "''",
    "'{\"name\":7}'",
    "'{\"steps\":{}}'",
    "'{\"steps\":[null]}'",
    "'{\"revision\":\"two\",\"tags\":[1]}'",
    "'{\"createdAt\":true}'",
    "char(0, 1, 2)",
    "'{\"loadProfile\":[1e999]}'",
    "replace(hex(zeroblob(50000)), '00', '[')",
    "'{\"description\":\"' || replace(hex(zeroblob(7500000)), '0', 'x') || '\"}'",
  };
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (LfSpec) good = NULL;
  g_autoptr (LfSpec) again = NULL;
  g_autoptr (LfStoreAudit) audit = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  good = LF_CALL (self->store, save_spec, &error, spec);
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      gboolean large = i + 1 == G_N_ELEMENTS (documents); /* once is enough */
      g_autofree char *sql =
          g_strdup_printf (large ? "INSERT INTO specs VALUES ('s%u', '', 1, %s)"
                                 : "INSERT INTO specs VALUES ('s%1$u', '', 1, %2$s);"
                                   "INSERT INTO runs VALUES ('r%1$u', NULL, 'finished', %2$s);"
                                   "INSERT INTO samples (run_id, bucket, lines)"
                                   " VALUES ('r%1$u', 'r%1$u:00000000', %2$s || char(10));"
                                   "INSERT INTO attachments VALUES ('a%1$u', %2$s)",
                           i, documents[i]);

      lf_test_sql (lf_test_get_path (self), sql);
    }
  lf_store_audit_async (self->store, NULL, NULL, NULL, lf_test_got_cb, &result);
  lf_test_wait (&result);
  audit = lf_store_audit_finish (self->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (audit->specs, >=, 1);
  g_assert_cmpuint (audit->specs, <, G_N_ELEMENTS (documents));
  g_assert_cmpuint (audit->problems->len, >, G_N_ELEMENTS (documents));
  again = LF_CALL (self->store, load_spec, &error, good->id);
  g_assert_no_error (error);
  g_assert_true (lf_record_equal (good, again));
}

static void
test_folder (LfTestStore *self, gconstpointer data)
{
  g_autofree char *uri = g_strconcat ("sqlite:", self->folder, NULL);
  g_autofree char *file = g_build_filename (self->folder, "file", NULL);
  g_autofree char *below = g_strconcat ("sqlite:", file, "/below/loadforge.db", NULL);

  assert_open_fails (uri, LF_ERROR_FAILED, self->folder);
  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  assert_open_fails (below, LF_ERROR_FAILED, file);
}

static void
test_locked (LfTestStore *self, gconstpointer data)
{
  /* Another process at work shows in nothing but a wait. */
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStore) other = lf_test_open (self->uri, &error);
  LfStore *stores[2] = { self->store, other };
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (GPtrArray) specs = NULL;
  GAsyncResult *pending[40] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (pending); i++)
    lf_store_save_spec_async (stores[i % 2], spec, NULL, lf_test_got_cb, &pending[i]);
  for (guint i = 0; i < G_N_ELEMENTS (pending); i++)
    {
      g_autoptr (LfSpec) saved = NULL;

      lf_test_wait (&pending[i]);
      saved = lf_store_save_spec_finish (stores[i % 2], pending[i], &error);
      g_assert_no_error (error);
      g_object_unref (pending[i]);
    }
  specs = LF_CALL (other, list_specs, &error);
  g_assert_cmpuint (specs->len, ==, G_N_ELEMENTS (pending));
  lf_test_close (other);
}

/* Two programs started for the first time at once: none of them finds the database half made. */
static void
test_made_at_once (LfTestStore *self, gconstpointer data)
{
  for (int round = 0; round < 10; round++)
    {
      g_autofree char *uri = g_strdup_printf ("sqlite:%s/at-once-%d.db", self->folder, round);
      GAsyncResult *pending[8] = { NULL };

      for (guint i = 0; i < G_N_ELEMENTS (pending); i++)
        lf_store_open_async (uri, NULL, lf_test_got_cb, &pending[i]);
      for (guint i = 0; i < G_N_ELEMENTS (pending); i++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (LfStore) store = NULL;

          lf_test_wait (&pending[i]);
          store = lf_store_open_finish (pending[i], &error);
          g_assert_no_error (error);
          g_object_unref (pending[i]);
        }
    }
}

static void
test_read_only (LfTestStore *self, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (self->folder, "mount", NULL);
  g_autofree char *there = g_strconcat ("sqlite:", folder, "/there.db", NULL);
  g_autofree char *new = g_strconcat ("sqlite:", folder, "/new.db", NULL);
  g_autofree char *deep = g_strconcat ("sqlite:", folder, "/new/folder/new.db", NULL);
  g_autoptr (GError) error = NULL;
  LfStore *store;

  g_mkdir (folder, 0700);
  if (!lf_test_mount_memory (folder, "8m"))
    return;
  store = lf_test_open (there, &error);
  g_assert_no_error (error);
  lf_test_close (store);
  g_object_unref (store);
  g_assert_cmpint (mount (NULL, folder, NULL, MS_REMOUNT | MS_RDONLY, NULL), ==, 0);
  assert_open_fails (there, LF_ERROR_READ_ONLY, folder);
  assert_open_fails (new, LF_ERROR_READ_ONLY, folder);
  assert_open_fails (deep, LF_ERROR_READ_ONLY, folder);
  g_assert_cmpint (umount (folder), ==, 0);
}

static void
fill (LfStore *store, GError **error)
{
  g_autofree char *text = g_strnfill (100 * 1000, 'x');
  g_autoptr (LfSpec) spec = lf_spec_new_default ();

  lf_set_string (&spec->description, text);
  for (LfSpec *saved = spec; saved;)
    {
      saved = LF_CALL (store, save_spec, error, spec);
      g_clear_pointer (&saved, lf_spec_free);
      if (*error)
        return;
      saved = spec;
    }
}

static void
test_full (LfTestStore *self, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (self->folder, "mount", NULL);
  g_autofree char *path = g_build_filename (folder, "loadforge.db", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = g_bytes_new_take (g_malloc0 (4 * 1024 * 1024), 4 * 1024 * 1024);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (content);
  LfStore *store;
  gint64 before;

  g_mkdir (folder, 0700);
  if (!lf_test_mount_memory (folder, "3m"))
    return;
  store = lf_test_open (uri, &error);
  g_assert_no_error (error);

  g_assert_null (LF_CALL (store, add_attachment, &error, "too-much.bin", NULL, stream, NULL, NULL));
  g_assert_error (error, LF_ERROR, LF_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, "free some space"));
  g_clear_error (&error);
  g_assert_cmpint (lf_test_sql_number (path, "SELECT count(*) FROM attachments"), ==, 0);
  g_assert_cmpint (lf_test_sql_number (path, "SELECT count(*) FROM chunks"), ==, 0);

  fill (store, &error);
  g_assert_error (error, LF_ERROR, LF_ERROR_FULL);
  g_clear_error (&error);
  before = lf_test_sql_number (path, "SELECT count(*) FROM specs");
  g_assert_cmpint (before, >, 0);
  lf_test_close (store);
  g_object_unref (store);

  /* With space again, it goes on where it was. */
  g_assert_cmpint (mount (NULL, folder, NULL, MS_REMOUNT, "size=16m"), ==, 0);
  store = lf_test_open (uri, &error);
  g_assert_no_error (error);
  {
    g_autoptr (LfSpec) spec = lf_spec_new_default ();
    g_autoptr (LfSpec) saved = LF_CALL (store, save_spec, &error, spec);

    g_assert_no_error (error);
    g_assert_nonnull (saved);
  }
  lf_test_close (store);
  g_object_unref (store);
  g_assert_cmpint (lf_test_sql_number (path, "SELECT count(*) FROM specs"), ==, before + 1);
  g_assert_cmpint (lf_test_sql_number (path, "SELECT count(*) FROM pragma_integrity_check"
                                             " WHERE integrity_check = 'ok'"),
                   ==, 1);
  g_assert_cmpint (umount (folder), ==, 0);
}

static void
test_full_at_start (LfTestStore *self, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (self->folder, "mount", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", folder, "/loadforge.db", NULL);

  g_mkdir (folder, 0700);
  if (!lf_test_mount_memory (folder, "8k"))
    return;
  assert_open_fails (uri, LF_ERROR_FULL, folder);
  g_assert_cmpint (umount (folder), ==, 0);
}

/* The child of test_killed(): writes a sample after the other and says so, until it is killed. */
static int
write_samples (const char *uri)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStore) store = lf_test_open (uri, &error);
  g_autoptr (LfRun) run = lf_test_new_run (NULL, LF_RUN_RUNNING);

  g_assert_no_error (error);
  g_assert_true (LF_CALL (store, save_run, &error, run));
  printf ("%s\n", run->id);
  for (int t = 1; t < 100000; t++)
    {
      g_autoptr (GPtrArray) samples = lf_test_new_samples (run->id, t, t);
      g_autoptr (GPtrArray) lines = lf_test_new_lines (run->id, t, t);

      g_assert_true (LF_CALL (store, append_samples, &error, run->id, samples));
      g_assert_true (LF_CALL (store, append_logs, &error, run->id, lines));
      printf ("%d\n", t);
      fflush (stdout);
    }
  return 0;
}

static void
test_killed (LfTestStore *self, gconstpointer program)
{
  const char *path = "/proc/self/exe"; /* of the child, which is this program until then */
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GPtrArray) samples = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *run_id = NULL;
  int told = 0;
  char *line;

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, path, "--write-samples",
                            self->uri, NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  run_id = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  while ((line = g_data_input_stream_read_line (output, NULL, NULL, NULL)))
    {
      told = atoi (line);
      g_free (line);
      if (told == 130)
        g_subprocess_send_signal (child, SIGKILL);
    }
  g_assert_true (g_subprocess_wait (child, NULL, NULL));
  g_assert_true (g_subprocess_get_if_signaled (child));

  lf_test_reopen (self);
  g_assert_cmpint (lf_test_sql_number (lf_test_get_path (self),
                                       "SELECT count(*) FROM pragma_integrity_check"
                                       " WHERE integrity_check = 'ok'"),
                   ==, 1);
  samples = LF_CALL (self->store, list_samples, &error, run_id);
  g_assert_no_error (error);
  g_assert_cmpuint (samples->len, >=, told);
  g_assert_cmpuint (samples->len, <=, told + 1);
  for (guint i = 0; i < samples->len; i++)
    g_assert_cmpfloat (((LfSample *) samples->pdata[i])->t, ==, i + 1);
  lines = LF_CALL (self->store, list_logs, &error, run_id, 0, 0);
  g_assert_cmpuint (lines->len, >=, told);
}

/* As two uploads of one run at the same time write them. */
static void
test_written_twice (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_new_run (NULL, LF_RUN_RUNNING);
  g_autoptr (GPtrArray) samples = lf_test_new_samples (run->id, 1, 70);
  g_autoptr (GError) error = NULL;

  g_assert_true (LF_CALL (self->store, save_run, &error, run));
  for (int i = 0; i < 2; i++)
    g_assert_true (LF_CALL (self->store, append_samples, &error, run->id, samples));
  g_assert_no_error (error);
  g_assert_cmpint (lf_test_sql_number (lf_test_get_path (self), "SELECT count(*) FROM samples"), ==,
                   2);
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--write-samples"))
    return write_samples (argv[2]);

  g_test_init (&argc, &argv, NULL);
  lf_test_own_mounts ();

  g_test_add_func ("/store/uri", test_uri);
  g_test_add_func ("/store/uri/secret", test_secret_uri);
  lf_test_store_add_for ("sqlite", "/rights", test_rights);
  lf_test_store_add_for ("sqlite", "/not-a-database", test_not_a_database);
  lf_test_store_add_for ("sqlite", "/other-program", test_other_program);
  lf_test_store_add_for ("sqlite", "/empty-file", test_empty_file);
  lf_test_store_add_for ("sqlite", "/newer", test_newer);
  lf_test_store_add_for ("sqlite", "/damaged", test_damaged);
  lf_test_store_add_for ("sqlite", "/damaged-document", test_damaged_document);
  lf_test_store_add_for ("sqlite", "/hostile-documents", test_hostile_documents);
  lf_test_store_add_for ("sqlite", "/folder", test_folder);
  lf_test_store_add_for ("sqlite", "/locked", test_locked);
  lf_test_store_add_for ("sqlite", "/made-at-once", test_made_at_once);
  lf_test_store_add_for ("sqlite", "/read-only", test_read_only);
  lf_test_store_add_for ("sqlite", "/full", test_full);
  lf_test_store_add_for ("sqlite", "/full-at-start", test_full_at_start);
  lf_test_store_add_for ("sqlite", "/killed", test_killed);
  lf_test_store_add_for ("sqlite", "/written-twice", test_written_twice);

  return g_test_run ();
}
