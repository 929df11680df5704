#pragma once

#include "lf-remote-access.h"

#include <adwaita.h>

/*
 * The page of Preferences about the remote endpoint: its switch, where it is reached, its tokens, and who watches.
 */
#define LF_TYPE_REMOTE_PAGE (lf_remote_page_get_type ())
G_DECLARE_FINAL_TYPE (LfRemotePage, lf_remote_page, LF, REMOTE_PAGE, AdwPreferencesPage)

/* @settings: (nullable): without them the page says that nothing can be kept. */
GtkWidget *lf_remote_page_new (GSettings *settings, LfRemoteAccess *access) G_GNUC_WARN_UNUSED_RESULT;
