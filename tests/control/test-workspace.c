#include "lf-test-control.h"
#include "lf-test-store.h"
#include "lf-workspace.h"

#include "lf-error.h"

#include <glib/gstdio.h>
#include <string.h>

static LfWorkspace *
open_workspace (const char *uri, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_workspace_open_async (uri, NULL, lf_test_got_cb, &result);
  lf_test_wait (&result);
  return lf_workspace_open_finish (result, error);
}

static void
close_workspace (LfWorkspace *workspace)
{
  if (lf_workspace_get_store (workspace))
    lf_test_close (lf_workspace_get_store (workspace));
  g_object_unref (workspace);
}

static void
test_none (LfTestStore *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LfWorkspace *workspace = open_workspace ("none", &error);

  g_assert_no_error (error);
  g_assert_null (lf_workspace_get_store (workspace));
  g_assert_nonnull (lf_workspace_get_runs (workspace));
  close_workspace (workspace);
}

/* Without a word, what is kept is kept in the person's own data folder, which nobody else reads. */
static void
test_embedded (LfTestStore *self, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "loadforge", NULL);
  g_autofree char *path = g_build_filename (folder, "loadforge.db", NULL);
  g_autoptr (GError) error = NULL;
  LfWorkspace *workspace = open_workspace (NULL, &error);
  GStatBuf info;

  g_assert_no_error (error);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  close_workspace (workspace);
}

/* A run that somebody left behind is there as interrupted before anything is shown. */
static void
test_recovers (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_new_run (NULL, LF_RUN_RUNNING);
  g_autoptr (LfRun) found = NULL;
  g_autoptr (GError) error = NULL;
  LfWorkspace *workspace;

  run->owner = lf_run_owner_new ();
  run->owner->pid = 0x3fffff;
  g_assert_true (LF_CALL (self->store, save_run, &error, run));
  workspace = open_workspace (self->uri, &error);
  g_assert_no_error (error);
  found = LF_CALL (lf_workspace_get_store (workspace), load_run, &error, run->id);
  g_assert_no_error (error);
  g_assert_cmpint (found->status, ==, LF_RUN_INTERRUPTED);
  close_workspace (workspace);
}

static void
assert_fails (const char *uri, int code, const char *pattern)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_null (open_workspace (uri, &error));
  g_assert_error (error, LF_ERROR, code);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("“%s” instead of “%s”", error->message, pattern);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
}

/* Each says which place it is about, and what to do. */
static void
test_failures (LfTestStore *self, gconstpointer data)
{
  g_autofree char *file = g_build_filename (self->folder, "letter.txt", NULL);
  g_autofree char *not_one = g_strconcat ("sqlite:", file, NULL);
  g_autofree char *below = g_strconcat ("sqlite:", file, "/loadforge.db", NULL);

  g_assert_true (g_file_set_contents (file, "Dear reader, this is no database.", -1, NULL));
  assert_fails (not_one, LF_ERROR_CORRUPT, "*letter.txt*another store*");
  assert_fails (below, LF_ERROR_FAILED, "*letter.txt*");
  assert_fails ("sqlite:", LF_ERROR_VALUE, "*");
  assert_fails ("postgres://localhost/", LF_ERROR_VALUE, "*mongodb*");
  assert_fails ("mongodb://127.0.0.1:9/", LF_ERROR_UNREACHABLE, "*127.0.0.1:9*");
}

static void
test_newer (LfTestStore *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "newer.db", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (GError) error = NULL;
  LfWorkspace *workspace = open_workspace (uri, &error);

  g_assert_no_error (error);
  close_workspace (workspace);
  lf_test_sql (path, "PRAGMA user_version = 99");
  assert_fails (uri, LF_ERROR_NEWER, "*newer.db*newer LoadForge*");
  g_assert_cmpint (lf_test_sql_number (path, "PRAGMA user_version"), ==, 99); /* left alone */
}

static void
test_wrong_setting (LfTestStore *self, gconstpointer data)
{
  g_setenv ("MAX_WORKERS", "many", TRUE);
  assert_fails ("none", LF_ERROR_VALUE, "MAX_WORKERS=many*");
  g_unsetenv ("MAX_WORKERS");
}

/* What the environment sets holds for every run of the workspace, whoever starts it. */
static void
test_limits (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfSpec) spec =
      lf_test_control_spec ("http://127.0.0.1:9/", "{\"users\":10,\"steady\":1}", 1);
  g_autoptr (GError) error = NULL;
  LfWorkspace *workspace;

  g_setenv ("MAX_SOCKETS", "3", TRUE);
  workspace = open_workspace ("none", &error);
  g_unsetenv ("MAX_SOCKETS");
  g_assert_no_error (error);
  g_assert_null (lf_test_start_run (lf_workspace_get_runs (workspace), spec, NULL, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, "3"));
  close_workspace (workspace);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("lf-workspace-XXXXXX", NULL);
  int result;

  g_unsetenv ("MONGO_URI");
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  lf_test_store_add_for ("sqlite", "/workspace/none", test_none);
  lf_test_store_add_for ("sqlite", "/workspace/embedded", test_embedded);
  lf_test_store_add_for ("sqlite", "/workspace/recovers", test_recovers);
  lf_test_store_add_for ("sqlite", "/workspace/failures", test_failures);
  lf_test_store_add_for ("sqlite", "/workspace/newer", test_newer);
  lf_test_store_add_for ("sqlite", "/workspace/wrong-setting", test_wrong_setting);
  lf_test_store_add_for ("sqlite", "/workspace/limits", test_limits);
  result = g_test_run ();
  lf_test_remove (home);
  return result;
}
