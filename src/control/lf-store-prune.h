#pragma once

#include "lf-store.h"

/*
 * Old runs that may go. What a person set apart stays: baselines, and runs with a name or notes of their own; and what has not
 * ended.
 */
typedef struct
{
  guint keep; /* the newest so many runs of each spec stay; 0: their number keeps none */
  guint days; /* runs that began within so many days stay; 0: their age keeps none */
} LfStorePruneRule;

/* What would go by @rule, which must keep something (LF_ERROR_VALUE): (element-type LfRun), brief, oldest first. Where both of
 * its numbers are set, a run stays that either keeps. */
void       lf_store_prune_list_async  (LfStore *store, const LfStorePruneRule *rule, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *lf_store_prune_list_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Deletes @runs (element-type LfRun), as listed, with their samples and log lines; those that a person has set apart
 * meanwhile stay. Finishes with how many went, -1 with @error set. @progress is called in the caller's main context. */
void       lf_store_prune_async       (LfStore *store, GPtrArray *runs, GFileProgressCallback progress, gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gssize     lf_store_prune_finish      (GAsyncResult *result, GError **error);
