#pragma once

#include "lf-workspace.h"

/*
 * The store as commands use it: opened first, closed last, waited for.
 */

/* @uri: as of --store. */
LfWorkspace *lf_store_access_open  (const char *uri, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Waits until all is written, but not for a store that hangs; takes the reference. */
void         lf_store_access_close (LfWorkspace *workspace);

typedef gboolean (*LfStoreWork) (LfStore *store, gpointer data, GError **error);

/* Opens the store for @work, closes it, tells an error; answers with the exit code. */
int          lf_store_access_do    (const char *uri, LfStoreWork work, gpointer data);
