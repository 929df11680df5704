#pragma once

#include "lf-spec-item.h"
#include "lf-workspace.h"

/*
 * The specs of a workspace as a live list, ordered by name; it follows saves, deletions and runs.
 *
 * A deleted spec first only leaves the list: until it is purged, restoring it loses nothing.
 *
 * Properties: "loaded" (boolean, notifies).
 * Signals: "failed" (const char *message): something asked for here did not work.
 */
#define LF_TYPE_SPEC_LIBRARY (lf_spec_library_get_type ())
G_DECLARE_FINAL_TYPE (LfSpecLibrary, lf_spec_library, LF, SPEC_LIBRARY, GObject)

LfSpecLibrary *lf_spec_library_new           (LfWorkspace *workspace) G_GNUC_WARN_UNUSED_RESULT; /* and loads */
LfWorkspace   *lf_spec_library_get_workspace (LfSpecLibrary *self);
LfStore       *lf_spec_library_get_store     (LfSpecLibrary *self);
GListModel    *lf_spec_library_get_items     (LfSpecLibrary *self); /* (transfer none): LfSpecItem */
gboolean       lf_spec_library_is_loaded     (LfSpecLibrary *self);
LfSpecItem    *lf_spec_library_find          (LfSpecLibrary *self, const char *id); /* (transfer none) or NULL */
/* Takes in what was saved: a new spec, or a new revision of a known one. */
void           lf_spec_library_put           (LfSpecLibrary *self, const LfSpec *spec);
/* Asks the store for the newest run of @item, once. */
void           lf_spec_library_ask_run       (LfSpecLibrary *self, LfSpecItem *item);
void           lf_spec_library_duplicate     (LfSpecLibrary *self, LfSpecItem *item);
void           lf_spec_library_remove        (LfSpecLibrary *self, LfSpecItem *item);
void           lf_spec_library_restore       (LfSpecLibrary *self, LfSpecItem *item);
void           lf_spec_library_purge         (LfSpecLibrary *self, LfSpecItem *item); /* nothing, if restored */
/* Purges all that was removed; ends when the store has carried it out. */
void           lf_spec_library_flush_async   (LfSpecLibrary *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean       lf_spec_library_flush_finish  (LfSpecLibrary *self, GAsyncResult *result, GError **error);
