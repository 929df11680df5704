#pragma once

#include "lf-demo.h"
#include "lf-spec.h"
#include "lf-workspace.h"

#include <adwaita.h>

/*
 * A run, live or kept: numbers, charts, console, and the report once it has ended. Closing it while
 * its run is live asks; a run that goes on without a window belongs to the run manager.
 *
 * Actions: win.stop, win.export-csv, win.export-json, win.run-again (F5, Ctrl+R), win.reload (after an
 * error), win.open-run (the id of another run, shown in its place).
 * Properties: "run-id" (string, notifies; the run that it shows, live or kept).
 */
#define LF_TYPE_RUN_WINDOW (lf_run_window_get_type ())
G_DECLARE_FINAL_TYPE (LfRunWindow, lf_run_window, LF, RUN_WINDOW, AdwWindow)

GtkWidget   *lf_run_window_new_for_active (GtkApplication *app, LfWorkspace *workspace, LfActiveRun *run);
/* @run is copied; its samples and log lines come from the workspace's store. Where the run is live in
 * this process the window follows it. */
GtkWidget   *lf_run_window_new_for_run    (GtkApplication *app, LfWorkspace *workspace, const LfRun *run);
/* Whose target runs again with a demo spec. */
void         lf_run_window_set_demo       (LfRunWindow *self, LfDemo *demo);
const char  *lf_run_window_get_run_id     (LfRunWindow *self);
/* (transfer none): NULL unless its run is live. */
LfActiveRun *lf_run_window_get_active     (LfRunWindow *self);
