#pragma once

#include "lf-spec.h"
#include "lf-workspace.h"

#include <adwaita.h>

/*
 * The desktop application: one process, one workspace, one main window and a window per run.
 * Opens loadforge: addresses and spec files; options: --store URI, --version.
 *
 * Actions: app.quit, app.about.
 * Properties: "workspace" (LfWorkspace, NULL until it is open), "workspace-error" (GError, NULL
 * unless opening failed).
 */
#define LF_TYPE_APPLICATION (lf_application_get_type ())
G_DECLARE_FINAL_TYPE (LfApplication, lf_application, LF, APPLICATION, AdwApplication)

LfApplication *lf_application_new           (void) G_GNUC_WARN_UNUSED_RESULT;
LfWorkspace   *lf_application_get_workspace (LfApplication *self); /* (transfer none) or NULL */
const GError  *lf_application_get_workspace_error (LfApplication *self);
/* Opens the store, again after an error. */
void           lf_application_open_workspace (LfApplication *self);
