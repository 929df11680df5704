#pragma once

#include "lf-active-run.h"
#include "lf-spill.h"
#include "lf-store.h"

/*
 * Starts, lists and persists runs for every face (desktop, command line, later remote).
 */
#define LF_TYPE_RUN_MANAGER (lf_run_manager_get_type ())
G_DECLARE_FINAL_TYPE (LfRunManager, lf_run_manager, LF, RUN_MANAGER, GObject)

typedef struct
{
  guint workers;               /* 0: $MAX_WORKERS, else automatic */
  guint max_sockets;           /* 0: $MAX_SOCKETS, else the file limit */
  GHashTable *attachments;     /* (nullable) (element-type utf8 GBytes): contents that need no store, by id */
  guint head_start;            /* ms until the first request, in which a window can open */
  gboolean fail_on_saturation; /* a saturated generator sets the summary's exit code */
} LfRunOptions;

/* @store: NULL keeps nothing. */
LfRunManager *lf_run_manager_new          (LfStore *store) G_GNUC_WARN_UNUSED_RESULT;
/* Where runs that begin from now on go while @store is away; NULL: nowhere. */
void          lf_run_manager_set_spill    (LfRunManager *self, LfSpill *spill);
/* Loads attachments, compiles, starts. @spec is copied; need not be stored. LF_ERROR_VALUE,
 * UNSUPPORTED, LIMIT, NOT_FOUND (attachment)... before anything is sent. */
void          lf_run_manager_start_async  (LfRunManager *self, const LfSpec *spec, const LfRunOptions *options, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LfActiveRun  *lf_run_manager_start_finish (LfRunManager *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* @gate: judges the spec of every run before it starts, and may change its own copy of it; NULL: none. */
typedef gboolean (*LfRunGate) (LfSpec *spec, gpointer user_data, GError **error);
void          lf_run_manager_set_gate     (LfRunManager *self, LfRunGate gate, gpointer user_data);
/* (transfer none): a live list of LfActiveRun that have not ended. */
GListModel   *lf_run_manager_get_active   (LfRunManager *self);
/* Whether a run of the spec goes on here, or is about to start. */
gboolean      lf_run_manager_is_running   (LfRunManager *self, const char *spec_id);
LfActiveRun  *lf_run_manager_find         (LfRunManager *self, const char *run_id); /* (transfer none) or NULL */
/* Runs in the store whose process is gone become `interrupted`, with a summary of the samples kept.
 * Finishes with how many, -1 on error. */
void          lf_run_manager_recover_async  (LfRunManager *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gssize        lf_run_manager_recover_finish (LfRunManager *self, GAsyncResult *result, GError **error);
