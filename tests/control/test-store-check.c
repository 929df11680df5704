#include "config.h"

#include "lf-store-check.h"
#include "lf-store-uri.h"

static void
test_password (void)
{
  static const struct
  {
    const char *uri;
    const char *password;
    const char *without;
  } all[] = {
    { "mongodb://h/db", NULL, "mongodb://h/db" },
    { "mongodb://me@h/db", NULL, "mongodb://me@h/db" },
    { "mongodb://me:a%40b%2Fc@h:1,i:2/db?x=y", "a@b/c", "mongodb://me@h:1,i:2/db?x=y" },
    { "mongodb+srv://me:s@h", "s", "mongodb+srv://me@h" },
    { "mongodb://me:@h", "", "mongodb://me@h" },
    { "mongodb://h/?email=a:b@c", NULL, "mongodb://h/?email=a:b@c" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *password = lf_store_uri_get_password (all[i].uri);
      g_autofree char *without = lf_store_uri_with_password (all[i].uri, NULL);
      g_autofree char *again = lf_store_uri_with_password (without, all[i].password);
      g_autofree char *read = lf_store_uri_get_password (again);

      g_assert_cmpstr (password, ==, all[i].password);
      g_assert_cmpstr (without, ==, all[i].without);
      if (password != NULL && *password != '\0')
        g_assert_cmpstr (read, ==, password);
    }
}

static void
test_user (void)
{
  static const struct
  {
    const char *uri;
    const char *user;
    const char *other; /* with the user "a@b" */
    const char *none;
  } all[] = {
    { "mongodb://h/db", NULL, "mongodb://a%40b@h/db", "mongodb://h/db" },
    { "mongodb://me@h", "me", "mongodb://a%40b@h", "mongodb://h" },
    { "mongodb://m%3Ae:s%40@h,i/?x=y@z", "m:e", "mongodb://a%40b:s%40@h,i/?x=y@z",
      "mongodb://h,i/?x=y@z" },
    { "", NULL, "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *user = lf_store_uri_get_user (all[i].uri);
      g_autofree char *other = lf_store_uri_with_user (all[i].uri, "a@b");
      g_autofree char *none = lf_store_uri_with_user (all[i].uri, NULL);

      g_assert_cmpstr (user, ==, all[i].user);
      g_assert_cmpstr (other, ==, all[i].other);
      g_assert_cmpstr (none, ==, all[i].none);
    }
  g_assert_true (lf_store_uri_lacks_password ("mongodb://me@h/db"));
  g_assert_false (lf_store_uri_lacks_password ("mongodb://me:pw@h/db"));
  g_assert_false (lf_store_uri_lacks_password ("mongodb://h/db"));
  g_assert_false (lf_store_uri_lacks_password ("mongodb://CN=me@h/?authMechanism=MONGODB-X509"));
}

static void
test_option (void)
{
  static const struct
  {
    const char *uri;
    const char *file;
    const char *other; /* with /ä b.pem */
    const char *none;
  } all[] = {
    { "mongodb://h", NULL, "mongodb://h/?tlsCAFile=/ä%20b.pem", "mongodb://h" },
    { "mongodb://h/db?a=b&tlscafile=/x%26.pem", "/x&.pem",
      "mongodb://h/db?a=b&tlsCAFile=/ä%20b.pem", "mongodb://h/db?a=b" },
    { "mongodb://h/?tlsCAFile=/y", "/y", "mongodb://h/?tlsCAFile=/ä%20b.pem", "mongodb://h/" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *file = lf_store_uri_get_option (all[i].uri, "tlsCAFile");
      g_autofree char *other = lf_store_uri_with_option (all[i].uri, "tlsCAFile", "/ä b.pem");
      g_autofree char *none = lf_store_uri_with_option (all[i].uri, "tlsCAFile", "");

      g_assert_cmpstr (file, ==, all[i].file);
      g_assert_cmpstr (other, ==, all[i].other);
      g_assert_cmpstr (none, ==, all[i].none);
    }
}

static void
test_uri (void)
{
  g_assert_cmpint (lf_store_uri_check ("mongodb://localhost"), ==, LF_STORE_URI_GOOD);
  g_assert_cmpint (lf_store_uri_check ("mongodb+srv://me:pw@x.example/db"), ==, LF_STORE_URI_GOOD);
  g_assert_cmpint (lf_store_uri_check ("localhost:27017"), ==, LF_STORE_URI_SCHEME);
  g_assert_cmpint (lf_store_uri_check (""), ==, LF_STORE_URI_SCHEME);
  g_assert_cmpint (lf_store_uri_check ("mongodb://"), ==, LF_STORE_URI_HOST);
  g_assert_cmpint (lf_store_uri_check ("mongodb://me@/db"), ==, LF_STORE_URI_HOST);
}

typedef struct
{
  guint n_steps;
  gboolean last_works;
  char *reason;
  gboolean done;
} Seen;

static void
step_cb (LfStoreCheck *check, guint step, gboolean works, const char *reason, Seen *seen)
{
  g_assert_cmpuint (step, ==, seen->n_steps);
  seen->n_steps++;
  seen->last_works = works;
  g_free (seen->reason);
  seen->reason = g_strdup (reason);
}

static void
done_cb (LfStoreCheck *check, gboolean works, Seen *seen)
{
  seen->done = TRUE;
}

static LfStoreCheck *
start (const char *uri, Seen *seen)
{
  LfStoreCheck *check = lf_store_check_new (uri);

  g_signal_connect (check, "step", G_CALLBACK (step_cb), seen);
  g_signal_connect (check, "done", G_CALLBACK (done_cb), seen);
  lf_store_check_start (check);
  return check;
}

/* It ends at the step that fails, with a reason. */
static void
assert_ends_at (const char *uri, LfStoreCheckStep step)
{
  Seen seen = { 0 };
  g_autoptr (LfStoreCheck) check = start (uri, &seen);

  while (!seen.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (seen.n_steps, ==, step + 1);
  g_assert_false (seen.last_works);
  g_assert_cmpstr (seen.reason, !=, NULL);
  g_free (seen.reason);
}

static void
test_refused (void)
{
  assert_ends_at ("mongodb://127.0.0.1:1/loadforge", LF_STORE_CHECK_CONNECT);
}

static void
test_no_name (void)
{
  assert_ends_at ("mongodb://no-such-host.invalid/loadforge", LF_STORE_CHECK_RESOLVE);
}

static void
test_cancel (void)
{
  Seen seen = { 0 };
  LfStoreCheck *check = start ("mongodb://127.0.0.1:1/loadforge", &seen);

  lf_store_check_cancel (check);
  g_object_add_weak_pointer (G_OBJECT (check), (gpointer *) &check);
  g_object_unref (check);
  while (check != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (seen.n_steps, ==, 0);
  g_assert_false (seen.done);
}

static int
run_with_server (void)
{
  g_autofree char *line = NULL;
  g_autofree char *command =
      g_build_filename (g_getenv ("G_TEST_SRCDIR"), "store", "mongo-server", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) server = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, command, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *uri = NULL;
  Seen seen = { 0 };

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server));
  line = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  if (line == NULL)
    return -1;
  uri = g_strconcat (line, "/loadforge-check", NULL);
  {
    g_autoptr (LfStoreCheck) check = start (uri, &seen);

    while (!seen.done)
      g_main_context_iteration (NULL, TRUE);
  }
  g_assert_cmpstr (seen.reason, ==, NULL);
  g_subprocess_send_signal (server, 15);
  g_subprocess_wait (server, NULL, NULL);
  return (int) seen.n_steps;
}

static void
test_works (void)
{
  int n = run_with_server ();

  if (n < 0)
    g_test_skip ("no MongoDB server here");
  else
    g_assert_cmpint (n, ==, LF_N_STORE_CHECK_STEPS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-uri/password", test_password);
  g_test_add_func ("/store-uri/user", test_user);
  g_test_add_func ("/store-uri/option", test_option);
  g_test_add_func ("/store-uri/check", test_uri);
  g_test_add_func ("/store-check/refused", test_refused);
  g_test_add_func ("/store-check/no-name", test_no_name);
  g_test_add_func ("/store-check/cancel", test_cancel);
  g_test_add_func ("/store-check/works", test_works);
  return g_test_run ();
}
