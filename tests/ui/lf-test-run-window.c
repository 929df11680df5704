#include "config.h"

#include "lf-test-run-window.h"

#include "lf-run-window.h"
#include "lf-test-run.h"
#include "lf-test-ui.h"

#include <glib/gstdio.h>
#include <string.h>

void
lf_test_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

GAsyncResult *
lf_test_wait_for (GAsyncResult **result)
{
  lf_test_wait_until (*result != NULL);
  return *result;
}

void
lf_test_run_window_set_up (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;
  LfTargetOptions options = { .address = "127.0.0.1:0", .delay_ms = 20 };

  fixture->folder = g_dir_make_tmp ("run-window-XXXXXX", NULL);
  uri = g_strdup_printf ("sqlite:%s/loadforge.db", fixture->folder);
  lf_workspace_open_async (uri, NULL, lf_test_result_cb, &result);
  fixture->workspace = lf_workspace_open_finish (lf_test_wait_for (&result), &error);
  g_assert_no_error (error);
  fixture->target = lf_target_start (&options, &error);
  g_assert_no_error (error);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

gboolean
lf_test_has_ended (LfActiveRun *active)
{
  return active == NULL || !lf_run_is_active (lf_active_run_get_run (active));
}

void
lf_test_run_window_destroy (LfTestRunWindow *fixture)
{
  if (fixture->window == NULL)
    return;
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lf_test_wait_until (fixture->window == NULL);
}

void
lf_test_run_window_wait_kept (LfTestRunWindow *fixture)
{
  LfRunManager *runs = lf_workspace_get_runs (fixture->workspace);

  lf_test_wait_until (g_list_model_get_n_items (lf_run_manager_get_active (runs)) == 0);
}

void
lf_test_run_window_tear_down (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (!lf_test_has_ended (fixture->active))
    lf_active_run_stop (fixture->active);
  if (!lf_test_has_ended (fixture->active))
    lf_active_run_stop (fixture->active);
  lf_test_run_window_wait_kept (fixture);
  lf_test_run_window_destroy (fixture);
  g_clear_object (&fixture->active);
  lf_store_close_async (lf_workspace_get_store (fixture->workspace), lf_test_result_cb, &result);
  lf_store_close_finish (lf_workspace_get_store (fixture->workspace), lf_test_wait_for (&result),
                         NULL);
  g_clear_object (&fixture->workspace);
  g_clear_pointer (&fixture->target, lf_target_stop);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static LfSpec *
make_spec (const char *url, double seconds)
{
  char duration[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *text = g_strdup_printf (
      "{\"schema\": \"loadforge/spec/1\", \"name\": \"Checkout\", \"tags\": [\"demo\"],"
      " \"request\": {\"method\": \"GET\", \"url\": \"%s/anything\"},"
      " \"loadProfile\": {\"executor\": \"constant-vus\", \"vus\": 4, \"duration\": %s}}",
      url, g_ascii_dtostr (duration, sizeof duration, seconds));
  g_autoptr (GError) error = NULL;
  LfSpec *spec = lf_spec_from_text (text, -1, &error);

  g_assert_no_error (error);
  return spec;
}

void
lf_test_run_window_start (LfTestRunWindow *fixture,
                          const char *url,
                          double seconds,
                          guint head_start)
{
  LfRunOptions options = { .head_start = head_start };
  LfStore *store = lf_workspace_get_store (fixture->workspace);
  LfRunManager *runs = lf_workspace_get_runs (fixture->workspace);
  g_autoptr (LfSpec) spec = make_spec (url, seconds);
  g_autoptr (LfSpec) saved = NULL;
  g_autoptr (GAsyncResult) save = NULL;
  g_autoptr (GAsyncResult) run = NULL;
  g_autoptr (GError) error = NULL;

  lf_store_save_spec_async (store, spec, NULL, lf_test_result_cb, &save);
  saved = lf_store_save_spec_finish (store, lf_test_wait_for (&save), &error);
  g_assert_no_error (error);
  lf_run_manager_start_async (runs, saved, &options, NULL, lf_test_result_cb, &run);
  fixture->active = lf_run_manager_start_finish (runs, lf_test_wait_for (&run), &error);
  g_assert_no_error (error);
  fixture->window = lf_run_window_new_for_active (NULL, fixture->workspace, fixture->active);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

gboolean
lf_test_run_window_shows (LfTestRunWindow *fixture, const char *text)
{
  return lf_test_find (fixture->window, GTK_TYPE_LABEL, text) != NULL;
}

void
lf_test_run_window_act (LfTestRunWindow *fixture, const char *action)
{
  g_assert_true (gtk_widget_activate_action (fixture->window, action, NULL));
}

gboolean
lf_test_tells (GtkWidget *root, const char *part)
{
  if (gtk_widget_get_mapped (root) && GTK_IS_LABEL (root) &&
      strstr (gtk_label_get_text (GTK_LABEL (root)), part) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (lf_test_tells (child, part))
      return TRUE;
  return FALSE;
}

LfRun *
lf_test_run_window_keep (LfTestRunWindow *fixture,
                         const char *id,
                         LfRunStatus status,
                         LfVerdict verdict)
{
  LfStore *store = lf_workspace_get_store (fixture->workspace);
  g_autoptr (GPtrArray) samples = lf_test_make_samples (60);
  g_autoptr (GPtrArray) lines = lf_test_make_lines (1, 200);
  g_autoptr (GAsyncResult) save = NULL;
  g_autoptr (GAsyncResult) append = NULL;
  g_autoptr (GAsyncResult) log = NULL;
  LfRun *run = lf_test_make_run (status, verdict, 60);

  lf_set_string (&run->id, id);
  lf_store_save_run_async (store, run, NULL, lf_test_result_cb, &save);
  g_assert_true (lf_store_save_run_finish (store, lf_test_wait_for (&save), NULL));
  lf_store_append_samples_async (store, id, samples, NULL, lf_test_result_cb, &append);
  g_assert_true (lf_store_append_samples_finish (store, lf_test_wait_for (&append), NULL));
  lf_store_append_logs_async (store, id, lines, NULL, lf_test_result_cb, &log);
  g_assert_true (lf_store_append_logs_finish (store, lf_test_wait_for (&log), NULL));
  return run;
}

void
lf_test_run_window_open (LfTestRunWindow *fixture, const LfRun *run)
{
  fixture->window = lf_run_window_new_for_run (NULL, fixture->workspace, run);
  gtk_window_present (GTK_WINDOW (fixture->window));
}
