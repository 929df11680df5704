#include "config.h"

#include "lf-run-start.h"

#include "lf-settings.h"

#define HEAD_START 250 /* ms */

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  LfActiveRun *run = lf_run_manager_start_finish (LF_RUN_MANAGER (source), result, &error);

  if (run != NULL)
    g_task_return_pointer (task, run, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
lf_run_start_async (LfWorkspace *workspace,
                    LfDemo *demo,
                    const LfSpec *spec,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, NULL, callback, user_data);
  g_autoptr (GSettings) settings = lf_settings_new ();
  LfRunOptions options = {
    .head_start = HEAD_START,
    .workers = lf_settings_get_number (settings, "workers"),
    .max_sockets = lf_settings_get_number (settings, "max-sockets"),
  };
  GError *error = NULL;

  g_task_set_source_tag (task, lf_run_start_async);
  if (demo != NULL && !lf_demo_ensure (demo, spec, &error))
    g_task_return_error (task, error);
  else
    lf_run_manager_start_async (lf_workspace_get_runs (workspace), spec, &options, NULL, started_cb,
                                g_steal_pointer (&task));
}

LfActiveRun *
lf_run_start_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
