#pragma once

#include "lf-store.h"

/*
 * Finds the run that a person names. Waits for the store.
 */

/* By its id, or the newest for "last". LF_ERROR_NOT_FOUND says where to look. */
LfRun     *lf_run_source_find    (LfStore *store, const char *word, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* As lf_store_list_runs_async() finds them. */
GPtrArray *lf_run_source_list    (LfStore *store, const LfRunQuery *query, GError **error) G_GNUC_WARN_UNUSED_RESULT;
