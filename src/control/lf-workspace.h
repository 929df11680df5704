#pragma once

#include "lf-run-manager.h"

/*
 * A store and its run manager, opened: what a face of LoadForge works on.
 */
#define LF_TYPE_WORKSPACE (lf_workspace_get_type ())
G_DECLARE_FINAL_TYPE (LfWorkspace, lf_workspace, LF, WORKSPACE, GObject)

/* @uri: as in lf_store_open_async(), "none" for no store, NULL for $MONGO_URI or else the embedded
 * one in $XDG_DATA_HOME/loadforge/loadforge.db. Recovers interrupted runs. */
void          lf_workspace_open_async  (const char *uri, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LfWorkspace  *lf_workspace_open_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LfStore      *lf_workspace_get_store   (LfWorkspace *self); /* (transfer none), NULL for "none" */
LfRunManager *lf_workspace_get_runs    (LfWorkspace *self); /* (transfer none) */
/* (transfer none): $XDG_DATA_HOME/loadforge/spill.db, where runs go while the store is away, and what waits there. NULL
 * where there is no store, or the spill itself is it. */
LfSpill      *lf_workspace_get_spill   (LfWorkspace *self);
/* sqlite:$XDG_DATA_HOME/loadforge/loadforge.db; its folder is made, for nobody else to read. */
char         *lf_workspace_make_embedded_uri (GError **error) G_GNUC_WARN_UNUSED_RESULT;
