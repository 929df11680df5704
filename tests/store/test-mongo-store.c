#include "lf-test-mount.h"
#include "lf-test-store.h"

#include "lf-error.h"

#include <gio/gio.h>
#include <mongoc/mongoc.h>

#include <glib/gstdio.h>
#include <string.h>
#include <sys/mount.h>

static double
assert_open_fails (const char *uri, int code, const char *word)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStore) store = lf_test_open (uri, &error);

  g_assert_error (error, LF_ERROR, code);
  g_assert_null (store);
  if (!strstr (error->message, word))
    g_error ("no “%s” in “%s”", word, error->message);
  g_assert_null (strstr (error->message, "s3cret"));
  g_assert_null (strstr (error->message, "mia"));
  return (g_get_monotonic_time () - start) / 1e6;
}

static void
test_refused (void)
{
  g_assert_cmpfloat (assert_open_fails ("mongodb://mia:s3cret@127.0.0.1:1/load",
                                        LF_ERROR_UNREACHABLE, "mongodb://127.0.0.1:1/load"),
                     <, 5);
}

static void
test_unknown_host (void)
{
  g_assert_cmpfloat (assert_open_fails ("mongodb://no-such-host.invalid/", LF_ERROR_UNREACHABLE,
                                        "no-such-host.invalid"),
                     <, 5);
}

/* An address that takes connections and says nothing. */
static void
test_silent (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, &error);
  g_autofree char *uri = g_strdup_printf ("mongodb://127.0.0.1:%u/", port);
  g_autofree char *stuck = g_strconcat (
      uri, "?serverSelectionTimeoutMS=500&connectTimeoutMS=20000&socketTimeoutMS=20000", NULL);

  g_assert_no_error (error);
  g_assert_cmpfloat (assert_open_fails (uri, LF_ERROR_UNREACHABLE, "check that it runs"), <, 5);
  /* The driver goes on for 20 s; nobody waits for it. */
  g_assert_cmpfloat (assert_open_fails (stuck, LF_ERROR_UNREACHABLE, "check that it runs"), <, 3);
}

static void
test_bad_uri (void)
{
  assert_open_fails ("mongodb://mia:s3cret@/", LF_ERROR_VALUE, "mongodb://");
  assert_open_fails ("mongodb://mia:s3cret/@127.0.0.1:x/", LF_ERROR_VALUE, "%2F");
  assert_open_fails ("mongodb://mia:a@s3cret@127.0.0.1/", LF_ERROR_VALUE, "%40");
  assert_open_fails ("mongodb://mia:27017/s3cret@127.0.0.1/", LF_ERROR_VALUE, "%2F");
  assert_open_fails ("mongodb://mia:27017?s3cret@127.0.0.1/", LF_ERROR_VALUE, "%3F");
  assert_open_fails ("mongodb:", LF_ERROR_VALUE, "HOST");
  assert_open_fails ("mongodb://127.0.0.1:99999/", LF_ERROR_VALUE, "HOST");
}

/* @uri of the server, with another user. */
static char *
with_user (const char *uri, const char *user)
{
  const char *host = strchr (uri, '@') ? strchr (uri, '@') + 1 : strstr (uri, "://") + 3;

  return g_strconcat ("mongodb://", user, host, "/load?authSource=admin", NULL);
}

static void
test_sign_in (void)
{
  g_autofree char *uri = NULL;
  g_autoptr (GSubprocess) server = lf_test_start_server ("mongo-server", &uri, "--auth", NULL);
  g_autofree char *wrong = NULL;
  g_autofree char *unknown = NULL;
  g_autofree char *nobody = NULL;

  if (!uri)
    {
      g_test_skip ("no MongoDB server of our own to sign in at");
      return;
    }
  wrong = with_user (uri, "root:s3cret@");
  unknown = with_user (uri, "mia:s3cret@");
  nobody = with_user (uri, "");
  assert_open_fails (wrong, LF_ERROR_FAILED, "check name, password and authSource");
  assert_open_fails (unknown, LF_ERROR_FAILED, "check name, password and authSource");
  assert_open_fails (nobody, LF_ERROR_FAILED, "asks for a user");
}

/* How a server of fake-mongo in @mode is told. */
static double
assert_fake_fails (const char *mode, const char *options, int code, const char *word)
{
  g_autofree char *uri = NULL;
  g_autoptr (GSubprocess) server = lf_test_start_server ("fake-mongo", &uri, mode, NULL);
  g_autofree char *full = NULL;

  g_assert_nonnull (uri);
  full = g_strconcat (uri, "/load?", options, NULL);
  return assert_open_fails (full, code, word);
}

static void
test_old (void)
{
  assert_fake_fails ("old", "", LF_ERROR_FAILED, "use MongoDB 3.6 or newer");
}

/* It begins to answer, and stops in the middle. */
static void
test_half_answer (void)
{
  g_assert_cmpfloat (assert_fake_fails ("half", "", LF_ERROR_UNREACHABLE, "check that it runs"), <,
                     6);
  g_assert_cmpfloat (assert_fake_fails ("half-find", "socketTimeoutMS=500", LF_ERROR_UNREACHABLE,
                                        "check that it runs"),
                     <, 6);
}

/* Codes of MongoDB's own. */
static void
test_refusals (void)
{
  assert_fake_fails ("14031", "", LF_ERROR_FULL, "free some there");
  assert_fake_fails ("13297", "", LF_ERROR_VALUE, "write another behind the host");
  assert_fake_fails ("13", "", LF_ERROR_READ_ONLY, "role readWrite");
  assert_fake_fails ("10107", "retryWrites=false", LF_ERROR_UNREACHABLE, "replica set");
}

static void
test_database_name (LfTestStore *self, gconstpointer data)
{
  const char *host =
      strchr (self->uri, '@') ? strchr (self->uri, '@') + 1 : strstr (self->uri, "://") + 3;
  g_autofree char *name = g_strnfill (100, 'n');
  g_autofree char *uri =
      g_strdup_printf ("mongodb://%.*s/%s", (int) strcspn (host, "/?"), host, name);

  assert_open_fails (uri, LF_ERROR_VALUE, "write another behind the host");
}

static void
stop_server (GSubprocess *server)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (server), NULL, NULL);
  g_assert_true (g_subprocess_wait (server, NULL, NULL));
  g_object_unref (server);
}

/* A server with its data on a disk of 4 MiB; NULL, and the test is skipped, where there is none. */
static GSubprocess *
start_on_disk (const char *folder, char **uri)
{
  GSubprocess *server = lf_test_start_server ("mongo-server", uri, "--folder", folder, NULL);

  if (*uri)
    return server;
  g_object_unref (server);
  g_test_skip ("no MongoDB server of our own with a disk to spoil");
  return NULL;
}

static void
save_until (LfStore *store, GError **error)
{
  g_autofree char *text = g_strnfill (500 * 1000, 'x');
  g_autoptr (LfSpec) spec = lf_spec_new_default ();

  lf_set_string (&spec->description, text);
  while (*error == NULL)
    {
      g_autoptr (LfSpec) saved = LF_CALL (store, save_spec, error, spec);
    }
}

/* The disk of the server fills up. */
static void
test_full (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lf-store-XXXXXX", NULL);
  g_autofree char *uri = NULL;
  GSubprocess *server;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStore) store = NULL;

  if (!lf_test_mount_memory (folder, "4m"))
    return;
  server = start_on_disk (folder, &uri);
  if (!server)
    return;
  store = lf_test_open (uri, &error);
  g_assert_no_error (error);
  save_until (store, &error);
  g_assert_error (error, LF_ERROR, LF_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, "free some there"));
  lf_test_close (store);
  stop_server (server);
  g_assert_cmpint (umount (folder), ==, 0);
  g_rmdir (folder);
}

static void
assert_readable (LfStore *store, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) specs = LF_CALL (store, list_specs, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (specs->len, ==, n);
}

/* ...and cannot be written any more when it is started again: what is there can be read. */
static void
test_read_only (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lf-store-XXXXXX", NULL);
  g_autofree char *uri = NULL;
  g_autofree char *again = NULL;
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (LfSpec) saved = NULL;
  g_autoptr (LfStore) store = NULL;
  g_autoptr (LfStore) read_only = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *server;

  if (!lf_test_mount_memory (folder, "4m"))
    return;
  server = start_on_disk (folder, &uri);
  if (!server)
    return;
  store = lf_test_open (uri, &error);
  g_assert_no_error (error);
  saved = LF_CALL (store, save_spec, &error, spec);
  g_assert_no_error (error);
  lf_test_close (store);
  stop_server (server);

  g_assert_cmpint (mount (NULL, folder, NULL, MS_REMOUNT | MS_RDONLY, NULL), ==, 0);
  server = start_on_disk (folder, &again);
  if (!server)
    return;
  read_only = lf_test_open (again, &error);
  g_assert_no_error (error);
  save_until (read_only, &error);
  g_assert_error (error, LF_ERROR, LF_ERROR_READ_ONLY);
  g_assert_nonnull (strstr (error->message, "see to it there, or choose another store"));
  assert_readable (read_only, 1);
  lf_test_close (read_only);
  stop_server (server);
  g_assert_cmpint (umount (folder), ==, 0);
  g_rmdir (folder);
}

/* A certificate of nobody's. */
static void
make_certificate (const char *folder, char **certificate, char **key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) openssl = NULL;

  *certificate = g_build_filename (folder, "cert.pem", NULL);
  *key = g_build_filename (folder, "key.pem", NULL);
  openssl = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "openssl", "req", "-x509", "-newkey", "ec",
      "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
      "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", *key, "-out", *certificate, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (openssl, NULL, NULL));
}

static void
test_tls (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lf-store-XXXXXX", NULL);
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *untrusted = NULL;
  g_autofree char *trusted = NULL;
  g_autoptr (GSubprocess) server = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStore) store = NULL;

  make_certificate (folder, &certificate, &key);
  server = lf_test_start_server ("mongo-server", &uri, "--tls", certificate, key, NULL);
  if (!uri)
    {
      g_test_skip ("no MongoDB server of our own that speaks TLS");
      return;
    }
  untrusted = g_strconcat (uri, "/load?tls=true", NULL);
  assert_open_fails (untrusted, LF_ERROR_FAILED, "tlsCAFile=");
  trusted = g_strconcat (untrusted, "&tlsCAFile=", certificate, NULL);
  store = lf_test_open (trusted, &error);
  g_assert_no_error (error);
  lf_test_close (store);
  lf_test_remove (folder);
}

static void
test_name (LfTestStore *self, gconstpointer data)
{
  const char *host = strstr (self->uri, "://") + 3;
  g_autofree char *name = g_strdup_printf ("mongodb://%.*s", (int) strcspn (host, "?"), host);

  g_assert_cmpstr (lf_store_get_name (self->store), ==, name);
}

static void
change (LfTestStore *self, const char *name, bson_t *filter, bson_t *document)
{
  mongoc_client_t *client;
  mongoc_collection_t *collection = lf_test_open_collection (self, &client, name);
  bson_t *opts = BCON_NEW ("upsert", BCON_BOOL (true));
  bson_error_t error;

  if (!mongoc_collection_replace_one (collection, filter, document, opts, NULL, &error))
    g_error ("%s", error.message);
  bson_destroy (opts);
  bson_destroy (filter);
  bson_destroy (document);
  mongoc_collection_destroy (collection);
  mongoc_client_destroy (client);
}

static bson_t *
find (LfTestStore *self, const char *name)
{
  mongoc_client_t *client;
  mongoc_collection_t *collection = lf_test_open_collection (self, &client, name);
  bson_t all = BSON_INITIALIZER;
  mongoc_cursor_t *cursor = mongoc_collection_find_with_opts (collection, &all, NULL, NULL);
  const bson_t *document;
  bson_t *copy;

  g_assert_true (mongoc_cursor_next (cursor, &document));
  copy = bson_copy (document);
  mongoc_cursor_destroy (cursor);
  mongoc_collection_destroy (collection);
  mongoc_client_destroy (client);
  return copy;
}

static void
test_newer (LfTestStore *self, gconstpointer data)
{
  change (self, "meta", BCON_NEW ("_id", BCON_UTF8 ("format")),
          BCON_NEW ("_id", BCON_UTF8 ("format"), "version", BCON_INT32 (999)));
  assert_open_fails (self->uri, LF_ERROR_NEWER, "999");
}

static bson_type_t
get_type (const bson_t *document, const char *path)
{
  bson_iter_t iter, found;

  g_assert_true (bson_iter_init (&iter, document));
  if (!bson_iter_find_descendant (&iter, path, &found))
    g_error ("no %s", path);
  return bson_iter_type (&found);
}

static LfSpec *
save (LfTestStore *self, const LfSpec *spec)
{
  g_autoptr (GError) error = NULL;
  LfSpec *saved = LF_CALL (self->store, save_spec, &error, spec);

  g_assert_no_error (error);
  return saved;
}

/* FerretDB 1 has a collection for each run. */
static char *
get_place (LfTestStore *self, const char *series, const LfRun *run)
{
  return lf_test_is_ferretdb (self) ? g_strconcat (series, ".", run->id, NULL) : g_strdup (series);
}

/* What other clients find. */
static void
test_types (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (LfSpec) saved = save (self, spec);
  g_autoptr (LfRun) run = lf_test_new_run (saved->id, LF_RUN_PENDING);
  g_autoptr (GPtrArray) samples = lf_test_new_samples (run->id, 61, 62);
  g_autoptr (GPtrArray) lines = lf_test_new_lines (run->id, 1, 1);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data ("hello", 5, NULL);
  g_autofree char *samples_place = get_place (self, "samples", run);
  g_autofree char *logs_place = get_place (self, "logs", run);
  g_autoptr (LfAttachment) file = NULL;
  g_autoptr (GError) error = NULL;
  bson_t *document;

  g_assert_true (LF_CALL (self->store, save_run, &error, run));
  g_assert_true (LF_CALL (self->store, append_samples, &error, run->id, samples));
  g_assert_true (LF_CALL (self->store, append_logs, &error, run->id, lines));
  file =
      LF_CALL (self->store, add_attachment, &error, "hello.txt", "text/plain", stream, NULL, NULL);
  g_assert_no_error (error);

  document = find (self, "specs");
  g_assert_cmpint (get_type (document, "_id"), ==, BSON_TYPE_OID);
  g_assert_cmpint (get_type (document, "createdAt"), ==, BSON_TYPE_DATE_TIME);
  g_assert_cmpint (get_type (document, "revision"), ==, BSON_TYPE_INT64);
  bson_destroy (document);
  document = find (self, "runs");
  g_assert_cmpint (get_type (document, "specId"), ==, BSON_TYPE_OID);
  g_assert_cmpint (get_type (document, "startedAt"), ==, BSON_TYPE_DATE_TIME);
  g_assert_cmpint (get_type (document, "status"), ==, BSON_TYPE_UTF8);
  bson_destroy (document);
  document = find (self, samples_place);
  g_assert_cmpint (get_type (document, "runId"), ==, BSON_TYPE_OID);
  g_assert_cmpint (get_type (document, "samples.1.t"), ==, BSON_TYPE_DOUBLE);
  g_assert_cmpint (get_type (document, "samples.1.bytesReceived"), ==, BSON_TYPE_INT64);
  g_assert_cmpint (get_type (document, "samples.1.statusCodes.200"), ==, BSON_TYPE_INT64);
  bson_destroy (document);
  document = find (self, logs_place);
  g_assert_cmpint (get_type (document, "time"), ==, BSON_TYPE_DATE_TIME);
  bson_destroy (document);
  document = find (self, "attachments.files");
  g_assert_cmpint (get_type (document, "_id"), ==, BSON_TYPE_OID);
  g_assert_cmpint (get_type (document, "metadata.sha256"), ==, BSON_TYPE_UTF8);
  g_assert_cmpint (get_type (document, "metadata.createdAt"), ==, BSON_TYPE_DATE_TIME);
  bson_destroy (document);
}

/* A spec as somebody writes it in mongosh: numbers are doubles there. */
static void
test_written_by_others (LfTestStore *self, gconstpointer data)
{
  const char *id = "6570f1a2b3c4d5e6f7a8b9c0";
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = NULL;
  g_autoptr (LfSpec) saved = NULL;
  bson_oid_t oid;

  bson_oid_init_from_string (&oid, id);
  change (self, "specs", BCON_NEW ("_id", BCON_OID (&oid)),
          BCON_NEW ("_id", BCON_OID (&oid), "name", BCON_UTF8 ("By hand"), "revision",
                    BCON_DOUBLE (3), "createdAt", BCON_DATE_TIME (1795440000123), "loadProfile",
                    "{", "users", BCON_DOUBLE (10), "steady", BCON_INT32 (5), "}", "request", "{",
                    "url", BCON_UTF8 ("http://127.0.0.1/"), "}"));
  spec = LF_CALL (self->store, load_spec, &error, id);
  g_assert_no_error (error);
  g_assert_cmpint (spec->revision, ==, 3);
  g_assert_cmpint (spec->created_at, ==, 1795440000123);
  g_assert_cmpint (spec->load_profile->users, ==, 10);
  g_assert_cmpfloat (spec->load_profile->steady, ==, 5);
  saved = save (self, spec);
  g_assert_cmpint (saved->revision, ==, 4);
}

static void
test_claims (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (LfSpec) saved = save (self, spec);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 5; i++)
    {
      LfSpec *next = save (self, saved);

      lf_spec_free (saved);
      saved = next;
    }
  g_assert_cmpint (lf_test_count_documents (self, "revisions"), ==, 1);
  g_assert_true (LF_CALL (self->store, delete_spec, &error, saved->id));
  g_assert_cmpint (lf_test_count_documents (self, "revisions"), ==, 0);
}

/* Somebody claimed revision 2 and died before it reached specs. */
static void
test_dead_writer (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (LfSpec) mine = save (self, spec);
  g_autoptr (LfSpec) late = NULL;
  g_autoptr (LfSpec) theirs = NULL;
  g_autoptr (LfSpec) next = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *claim = g_strconcat (mine->id, ":2", NULL);
  bson_t *claimed = BCON_NEW ("_id", BCON_UTF8 (claim));
  bson_oid_t oid;

  bson_oid_init_from_string (&oid, mine->id);
  BCON_APPEND (claimed, "spec", "{", "_id", BCON_OID (&oid), "name", BCON_UTF8 ("theirs"),
               "revision", BCON_INT64 (G_GINT64_CONSTANT (2)), "}");
  change (self, "revisions", BCON_NEW ("_id", BCON_UTF8 (claim)), claimed);

  late = LF_CALL (self->store, save_spec, &error, mine);
  g_assert_error (error, LF_ERROR, LF_ERROR_CONFLICT);
  g_assert_null (late);
  g_clear_error (&error);
  theirs = LF_CALL (self->store, load_spec, &error, mine->id);
  g_assert_no_error (error);
  g_assert_cmpstr (theirs->name, ==, "theirs");
  g_assert_cmpint (theirs->revision, ==, 2);
  next = save (self, theirs);
  g_assert_cmpint (next->revision, ==, 3);
}

/* Somebody claimed the end of revision 1 and died before it was deleted: after a while it is as if
 * nobody had. */
static void
test_dead_deleter (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (LfSpec) mine = save (self, spec);
  g_autoptr (LfSpec) late = NULL;
  g_autoptr (LfSpec) next = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *claim = g_strconcat (mine->id, ":2", NULL);

  change (self, "revisions", BCON_NEW ("_id", BCON_UTF8 (claim)),
          BCON_NEW ("_id", BCON_UTF8 (claim), "claimedAt", BCON_DATE_TIME (1)));
  late = LF_CALL (self->store, save_spec, &error, mine);
  g_assert_error (error, LF_ERROR, LF_ERROR_CONFLICT);
  g_assert_null (late);
  next = save (self, mine);
  g_assert_cmpint (next->revision, ==, 2);
}

static void
test_too_large (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_new_run (NULL, LF_RUN_RUNNING);
  g_autoptr (GError) error = NULL;

  run->notes = g_strnfill (17 * 1024 * 1024, 'x');
  g_assert_false (LF_CALL (self->store, save_run, &error, run));
  g_assert_error (error, LF_ERROR, LF_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "16 MiB"));
}

/* A database of the version before. */
static void
test_migration (LfTestStore *self, gconstpointer data)
{
  bson_t *format;

  change (self, "meta", BCON_NEW ("_id", BCON_UTF8 ("format")),
          BCON_NEW ("_id", BCON_UTF8 ("format"), "version", BCON_INT32 (1)));
  lf_test_reopen (self);
  format = find (self, "meta");
  g_assert_cmpint (get_type (format, "version"), ==, BSON_TYPE_INT64);
  bson_destroy (format);
  g_assert_cmpint (lf_test_count_indexes (self, "runs"), ==, 3);
  g_assert_cmpint (lf_test_count_indexes (self, "attachments.files"), ==, 2);
  g_assert_cmpint (lf_test_count_indexes (self, "attachments.chunks"), ==, 2);
}

static void
move_documents (LfTestStore *self, const char *from, const char *to)
{
  mongoc_client_t *client;
  mongoc_collection_t *source = lf_test_open_collection (self, &client, from);
  bson_t all = BSON_INITIALIZER;
  mongoc_cursor_t *cursor = mongoc_collection_find_with_opts (source, &all, NULL, NULL);
  const bson_t *document;

  while (mongoc_cursor_next (cursor, &document))
    {
      bson_iter_t iter;

      g_assert_true (bson_iter_init_find (&iter, document, "_id"));
      change (self, to, BCON_NEW ("_id", BCON_UTF8 (bson_iter_utf8 (&iter, NULL))),
              bson_copy (document));
    }
  mongoc_cursor_destroy (cursor);
  g_assert_true (mongoc_collection_drop (source, NULL));
  mongoc_collection_destroy (source);
  mongoc_client_destroy (client);
}

static void
assert_series (LfTestStore *self, const LfRun *run, guint n_samples, guint n_lines)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) samples = LF_CALL (self->store, list_samples, &error, run->id);
  g_autoptr (GPtrArray) lines = LF_CALL (self->store, list_logs, &error, run->id, 0, 0);

  g_assert_no_error (error);
  g_assert_cmpuint (samples->len, ==, n_samples);
  g_assert_cmpuint (lines->len, ==, n_lines);
}

static LfRun *
add_run (LfTestStore *self)
{
  LfRun *run = lf_test_new_run (NULL, LF_RUN_FINISHED);
  g_autoptr (GPtrArray) samples = lf_test_new_samples (run->id, 1, 70);
  g_autoptr (GPtrArray) lines = lf_test_new_lines (run->id, 1, 9);
  g_autoptr (GError) error = NULL;

  g_assert_true (LF_CALL (self->store, save_run, &error, run));
  g_assert_true (LF_CALL (self->store, append_samples, &error, run->id, samples));
  g_assert_true (LF_CALL (self->store, append_logs, &error, run->id, lines));
  g_assert_no_error (error);
  return run;
}

/* A database that was copied here from a server that keeps runs in the other way. */
static void
test_other_place (LfTestStore *self, gconstpointer data)
{
  static const char *const series[] = { "samples", "logs" };
  g_autoptr (LfRun) run = add_run (self);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (series); i++)
    {
      g_autofree char *place = get_place (self, series[i], run);
      g_autofree char *own = g_strconcat (series[i], ".", run->id, NULL);

      move_documents (self, place, g_str_equal (place, own) ? series[i] : own);
    }
  assert_series (self, run, 70, 9);
  g_assert_true (LF_CALL (self->store, delete_run, &error, run->id));
  g_assert_true (LF_CALL (self->store, save_run, &error, run));
  assert_series (self, run, 0, 0);
}

/* A program was killed in the middle of an upload, long ago. */
static void
test_cut_off_upload (LfTestStore *self, gconstpointer data)
{
  bson_oid_t oid;

  bson_oid_init (&oid, NULL);
  change (self, "attachments.chunks", BCON_NEW ("n", BCON_INT32 (0)),
          BCON_NEW ("files_id", BCON_OID (&oid), "n", BCON_INT32 (0), "data",
                    BCON_BIN (BSON_SUBTYPE_BINARY, (uint8_t *) "xyz", 3)));
  change (self, "uploads", BCON_NEW ("_id", BCON_OID (&oid)),
          BCON_NEW ("_id", BCON_OID (&oid), "since", BCON_DATE_TIME (1795440000123)));
  lf_test_reopen (self);
  lf_test_assert_no_attachments (self);
  g_assert_cmpint (lf_test_count_documents (self, "uploads"), ==, 0);
}

/* The server goes away under an open store: an error in bounded time, and the store lives. */
static void
test_server_gone (void)
{
  g_autofree char *uri = NULL;
  GSubprocess *server = lf_test_start_server ("mongo-server", &uri, NULL);
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStore) store = NULL;
  g_autoptr (LfSpec) saved = NULL;
  gint64 start;

  if (!uri)
    {
      g_object_unref (server);
      g_test_skip ("no MongoDB server of our own to stop");
      return;
    }
  store = lf_test_open (uri, &error);
  g_assert_no_error (error);
  saved = LF_CALL (store, save_spec, &error, spec);
  g_assert_no_error (error);
  stop_server (server);
  start = g_get_monotonic_time ();
  g_assert_null (LF_CALL (store, save_spec, &error, saved));
  g_assert_error (error, LF_ERROR, LF_ERROR_UNREACHABLE);
  g_assert_cmpfloat ((g_get_monotonic_time () - start) / 1e6, <, 10);
  lf_test_close (store);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  lf_test_own_mounts ();

  g_test_add_func ("/store/mongo/refused", test_refused);
  g_test_add_func ("/store/mongo/unknown-host", test_unknown_host);
  g_test_add_func ("/store/mongo/silent", test_silent);
  g_test_add_func ("/store/mongo/bad-uri", test_bad_uri);
  g_test_add_func ("/store/mongo/sign-in", test_sign_in);
  g_test_add_func ("/store/mongo/old", test_old);
  g_test_add_func ("/store/mongo/half-answer", test_half_answer);
  g_test_add_func ("/store/mongo/refusals", test_refusals);
  g_test_add_func ("/store/mongo/full", test_full);
  g_test_add_func ("/store/mongo/read-only", test_read_only);
  g_test_add_func ("/store/mongo/tls", test_tls);
  lf_test_store_add_for ("mongo", "/database-name", test_database_name);
  lf_test_store_add_for ("mongo", "/migration", test_migration);
  lf_test_store_add_for ("mongo", "/other-place", test_other_place);
  lf_test_store_add_for ("mongo", "/cut-off-upload", test_cut_off_upload);
  g_test_add_func ("/store/mongo/server-gone", test_server_gone);
  lf_test_store_add_for ("mongo", "/name", test_name);
  lf_test_store_add_for ("mongo", "/newer", test_newer);
  lf_test_store_add_for ("mongo", "/types", test_types);
  lf_test_store_add_for ("mongo", "/written-by-others", test_written_by_others);
  lf_test_store_add_for ("mongo", "/claims", test_claims);
  lf_test_store_add_for ("mongo", "/dead-writer", test_dead_writer);
  lf_test_store_add_for ("mongo", "/dead-deleter", test_dead_deleter);
  lf_test_store_add_for ("mongo", "/too-large", test_too_large);

  return g_test_run ();
}
