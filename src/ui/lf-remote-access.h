#pragma once

#include "lf-workspace.h"

/*
 * The application's remote endpoint: there while the setting says so and a store is open, started anew when its settings
 * change. Main thread only.
 *
 * Signals:
 *   "changed" ()         it was started or stopped, failed, or somebody who watches came or went
 *   "store-changed" ()   somebody elsewhere changed specs or schedules
 */
#define LF_TYPE_REMOTE_ACCESS (lf_remote_access_get_type ())
G_DECLARE_FINAL_TYPE (LfRemoteAccess, lf_remote_access, LF, REMOTE_ACCESS, GObject)

/* @settings: (nullable): without them it stays off. */
LfRemoteAccess *lf_remote_access_new           (GSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
/* @workspace: (nullable): what others see; NULL before it is closed. */
void            lf_remote_access_set_workspace (LfRemoteAccess *self, LfWorkspace *workspace);
const char     *lf_remote_access_get_url       (LfRemoteAccess *self); /* (transfer none): NULL while it is off */
const char     *lf_remote_access_get_problem   (LfRemoteAccess *self); /* (transfer none): why it could not be started; or NULL */
/* (element-type LfServerViewer) (transfer full): who watches, the first first. */
GPtrArray      *lf_remote_access_get_viewers   (LfRemoteAccess *self) G_GNUC_WARN_UNUSED_RESULT;
