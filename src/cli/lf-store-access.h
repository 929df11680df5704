#pragma once

#include "lf-workspace.h"

/*
 * The store as commands use it: opened first, closed last, waited for.
 */

/* @uri: as of --store. */
LfWorkspace *lf_store_access_open  (const char *uri, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same for a command that can do nothing without a store: "none" is LF_ERROR_VALUE. */
LfWorkspace *lf_store_access_need  (const char *uri, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Waits until all is written; takes the reference. */
void         lf_store_access_close (LfWorkspace *workspace);
