#pragma once

#include "lf-demo.h"
#include "lf-workspace.h"

/*
 * How every window starts a run: with a head start for the window before the load takes the processor, and
 * with the demo's target where @spec aims at it. It keeps to the preferred limits, else to those of the environment.
 * @demo: may be NULL. Errors are those of lf_run_manager_start_finish() and of lf_demo_ensure().
 */
void         lf_run_start_async  (LfWorkspace *workspace, LfDemo *demo, const LfSpec *spec, GAsyncReadyCallback callback, gpointer user_data);
LfActiveRun *lf_run_start_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
