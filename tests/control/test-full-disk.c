#include "lf-test-control.h"
#include "lf-test-mount.h"
#include "lf-test-store.h"

#include <glib/gstdio.h>

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

/*
 * A disk that is full in the middle of a run, and has room again later: a small file system in
 * memory that this process alone sees. All of it has blocks to spare once the filler is gone.
 */

static void
fill (const char *path)
{
  int fd = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  char block[4096] = { 0 };

  g_assert_cmpint (fd, >=, 0);
  while (write (fd, block, sizeof block) > 0)
    continue;
  g_assert_cmpint (errno, ==, ENOSPC);
  close (fd);
}

static void
test_full_disk (LfTestStore *self, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (self->folder, "disk", NULL);
  g_autofree char *filler = g_build_filename (folder, "filler", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", folder, "/loadforge.db", NULL);
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = lf_test_target (1, &url);
  g_autoptr (LfSpec) spec = lf_test_control_spec (url, "{\"users\":2,\"steady\":600}", 5);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStore) store = NULL;
  g_autoptr (LfRunManager) manager = NULL;
  g_autoptr (LfActiveRun) run = NULL;
  g_autoptr (LfRun) kept = NULL;
  g_autoptr (GPtrArray) samples = NULL;
  guint64 before;

  g_mkdir (folder, 0700);
  if (!lf_test_mount_memory (folder, "4m"))
    return;
  store = lf_test_open (uri, &error);
  g_assert_no_error (error);
  manager = lf_run_manager_new (store);
  run = lf_test_start_run (manager, spec, NULL, &error);
  g_assert_no_error (error);
  lf_test_await_samples (run, 2);

  fill (filler);
  lf_test_await_line (run, LF_LOG_WARN, "*space*The run goes on*");
  before = lf_target_get_counts (target).requests;
  lf_test_await_samples (run, lf_test_n_seconds (run) + 2);
  g_assert_cmpuint (lf_target_get_counts (target).requests, >, before);
  g_unlink (filler);
  lf_test_await_line (run, LF_LOG_INFO, "*works again*");

  lf_active_run_stop (run);
  lf_test_await_end (run);
  kept = LF_CALL (store, load_run, &error, lf_active_run_get_run (run)->id);
  g_assert_no_error (error);
  g_assert_cmpint (kept->status, ==, LF_RUN_STOPPED);
  samples = LF_CALL (store, list_samples, &error, kept->id);
  g_assert_no_error (error);
  /* Nothing of the time without room is missing. */
  g_assert_cmpuint (samples->len, ==, lf_samples_get_n (lf_active_run_get_samples (run)));
  lf_test_close (store);
  g_assert_cmpint (umount (folder), ==, 0);
}

/* It stays full: the run ends all the same, and says what is lost. */
static void
test_stays_full (LfTestStore *self, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (self->folder, "disk", NULL);
  g_autofree char *filler = g_build_filename (folder, "filler", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", folder, "/loadforge.db", NULL);
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = lf_test_target (1, &url);
  g_autoptr (LfSpec) spec = lf_test_control_spec (url, "{\"users\":2,\"steady\":4}", 5);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStore) store = NULL;
  g_autoptr (LfRunManager) manager = NULL;
  g_autoptr (LfActiveRun) run = NULL;

  g_mkdir (folder, 0700);
  if (!lf_test_mount_memory (folder, "4m"))
    return;
  store = lf_test_open (uri, &error);
  manager = lf_run_manager_new (store);
  run = lf_test_start_run (manager, spec, NULL, &error);
  g_assert_no_error (error);
  lf_test_await_samples (run, 1);
  fill (filler);
  lf_test_await_end (run);
  g_assert_cmpint (lf_active_run_get_status (run), ==, LF_RUN_FINISHED);
  g_assert_nonnull (lf_active_run_get_run (run)->summary);
  g_assert_true (lf_test_has_line (run, LF_LOG_ERROR, "*are not kept: *space*"));
  lf_test_close (store);
  g_assert_cmpint (umount (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lf_test_own_mounts ();
  lf_test_store_add_for ("sqlite", "/full-disk/for-a-while", test_full_disk);
  lf_test_store_add_for ("sqlite", "/full-disk/for-good", test_stays_full);
  return g_test_run ();
}
