#include "config.h"

#include "lf-run-source.h"

#include "lf-await.h"
#include "lf-error.h"

#include <glib/gi18n.h>

GPtrArray *
lf_run_source_list (LfStore *store, const LfRunQuery *query, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_store_list_runs_async (store, query, NULL, lf_await_cb, &result);
  return lf_store_list_runs_finish (store, lf_await (&result), error);
}

static LfRun *
find_last (LfStore *store, GError **error)
{
  g_autoptr (GPtrArray) runs = lf_run_source_list (store, &(LfRunQuery){ .limit = 1 }, error);

  if (runs == NULL)
    return NULL;
  if (runs->len > 0)
    return lf_run_copy (runs->pdata[0]);
  g_set_error (error, LF_ERROR, LF_ERROR_NOT_FOUND, _ ("There is no run in %s yet"),
               lf_store_get_name (store));
  return NULL;
}

LfRun *
lf_run_source_find (LfStore *store, const char *word, GError **error)
{
  g_autofree char *id = g_utf8_make_valid (word, -1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) reason = NULL;
  LfRun *run;

  if (g_strcmp0 (id, "last") == 0)
    return find_last (store, error);
  lf_store_load_run_async (store, id, NULL, lf_await_cb, &result);
  run = lf_store_load_run_finish (store, lf_await (&result), &reason);
  if (run != NULL)
    return run;
  if (g_error_matches (reason, LF_ERROR, LF_ERROR_NOT_FOUND))
    g_set_error (error, LF_ERROR, LF_ERROR_NOT_FOUND,
                 _ ("“%s” is no run in %s; “loadforge-cli runs list” tells which there are, and "
                    "“last” is the newest"),
                 id, lf_store_get_name (store));
  else
    g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}
