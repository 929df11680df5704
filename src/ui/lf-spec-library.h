#pragma once

#include "lf-spec-item.h"
#include "lf-workspace.h"

/*
 * The specs of a workspace as a live list, in no order that matters; it follows saves, deletions and runs.
 *
 * Deleted specs first only leave the list: until they are purged, restoring them loses nothing.
 *
 * Properties: "loaded" (boolean, notifies).
 * Signals: "changed" (): specs came, went or changed, or what is told of their runs did.
 * "failed" (const char *message): something asked for here did not work.
 */
#define LF_TYPE_SPEC_LIBRARY (lf_spec_library_get_type ())
G_DECLARE_FINAL_TYPE (LfSpecLibrary, lf_spec_library, LF, SPEC_LIBRARY, GObject)

LfSpecLibrary *lf_spec_library_new           (LfWorkspace *workspace) G_GNUC_WARN_UNUSED_RESULT; /* and loads */
LfWorkspace   *lf_spec_library_get_workspace (LfSpecLibrary *self);
LfStore       *lf_spec_library_get_store     (LfSpecLibrary *self);
GListModel    *lf_spec_library_get_items     (LfSpecLibrary *self); /* (transfer none): LfSpecItem */
gboolean       lf_spec_library_is_loaded     (LfSpecLibrary *self);
/* Takes in what others changed in the store since: only what has another revision is read. Where the store
 * took long to answer, the next comparison is put off; what fails is tried again with the next, and told by nobody. */
void           lf_spec_library_refresh       (LfSpecLibrary *self);
LfSpecItem    *lf_spec_library_find          (LfSpecLibrary *self, const char *id); /* (transfer none) or NULL */
/* Takes in what was saved: a new spec, or a new revision of a known one. (transfer none): its item. */
LfSpecItem    *lf_spec_library_put           (LfSpecLibrary *self, const LfSpec *spec);
/* Saves and takes in @specs (LfSpec; those without an id are new) and ends when the store has carried out all. What does
 * not work is told by "failed"; the result is the items (LfSpecItem) of what did. */
void           lf_spec_library_save_async    (LfSpecLibrary *self, GPtrArray *specs, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray     *lf_spec_library_save_finish   (LfSpecLibrary *self, GAsyncResult *result) G_GNUC_WARN_UNUSED_RESULT;
/* @items: LfSpecItem of the list. The array itself, kept, is what is restored or purged later. */
void           lf_spec_library_remove        (LfSpecLibrary *self, GPtrArray *items);
void           lf_spec_library_restore       (LfSpecLibrary *self, GPtrArray *items);
void           lf_spec_library_purge         (LfSpecLibrary *self, GPtrArray *items); /* nothing, if restored */
/* Purges all that was removed; ends when the store has carried it out and nobody holds it. What fails is told by "failed",
 * so that there is nothing to finish. */
void           lf_spec_library_flush_async   (LfSpecLibrary *self, GAsyncReadyCallback callback, gpointer user_data);
/* Something long needs the store: who leaves it waits until it is released. */
void           lf_spec_library_hold          (LfSpecLibrary *self);
void           lf_spec_library_release       (LfSpecLibrary *self);
