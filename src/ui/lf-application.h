#pragma once

#include <adwaita.h>

/*
 * The desktop application: one process, one workspace, one main window and a window per run.
 * Opens loadforge: addresses and spec files, also over D-Bus, which may start it; options: --store
 * URI, --version. It leaves once its last window is closed, what was deleted is purged and the store
 * is closed.
 *
 * Actions: app.quit, app.about, app.preferences (Ctrl+comma), app.new-spec,
 * app.open-run (s), app.spec-history (s).
 */
#define LF_TYPE_APPLICATION (lf_application_get_type ())
G_DECLARE_FINAL_TYPE (LfApplication, lf_application, LF, APPLICATION, AdwApplication)

LfApplication *lf_application_new (void) G_GNUC_WARN_UNUSED_RESULT;
