#pragma once

#include "lf-run.h"
#include "lf-store.h"

/*
 * Where runs go whose store is away: a database on this computer, which is made when it is first
 * needed. What ended there, or was left behind by a crash, waits to be uploaded into a store; a run
 * that is uploaded, or written by its own store after all, leaves the spill.
 *
 * Properties: "n-runs" (uint, read only, notifies): how many wait, as of the last refresh.
 */
#define LF_TYPE_SPILL (lf_spill_get_type ())
G_DECLARE_FINAL_TYPE (LfSpill, lf_spill, LF, SPILL, GObject)

LfSpill    *lf_spill_new           (const char *path) G_GNUC_WARN_UNUSED_RESULT;
const char *lf_spill_get_uri       (LfSpill *self); /* as of --store */
/* Opens it, and makes it where it is not there; the same store every time. */
void        lf_spill_open_async    (LfSpill *self, GAsyncReadyCallback callback, gpointer user_data);
LfStore    *lf_spill_open_finish   (LfSpill *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void        lf_spill_close_async   (LfSpill *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean    lf_spill_close_finish  (LfSpill *self, GAsyncResult *result, GError **error);
/* A run that is not there is forgotten already. */
void        lf_spill_forget_async  (LfSpill *self, const char *run_id, GAsyncReadyCallback callback, gpointer user_data);
gboolean    lf_spill_forget_finish (LfSpill *self, GAsyncResult *result, GError **error);
/* The runs that wait (LfRun, brief), newest first: not those that a process is writing. A spill that was never needed has
 * none, and is not made. */
void        lf_spill_list_async    (LfSpill *self, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray  *lf_spill_list_finish   (LfSpill *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Counts them anew. */
void        lf_spill_refresh       (LfSpill *self);
guint       lf_spill_get_n_runs    (LfSpill *self);
/* Moves all of them into @store, as lf_run_upload_async() does each. Finishes with how many were moved, -1 with the
 * first error: one that cannot be moved stays, and keeps no other from it. */
void        lf_spill_upload_async  (LfSpill *self, LfStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gssize      lf_spill_upload_finish (LfSpill *self, GAsyncResult *result, GError **error);
