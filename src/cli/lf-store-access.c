#include "config.h"

#include "lf-store-access.h"

#include "lf-await.h"
#include "lf-command.h"
#include "lf-error.h"

#include <glib/gi18n.h>

#define CLOSE_PATIENCE 3000 /* ms */

LfWorkspace *
lf_store_access_open (const char *uri, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_workspace_open_async (uri, cancellable, lf_await_cb, &result);
  return lf_workspace_open_finish (lf_await (&result), error);
}

/* A server that hangs would hold the program for half a minute, although all that counts has been
 * written or given up by now. The callback may come never, so what it writes to is left behind. */
static gboolean
close_in_time (LfStore *store)
{
  GAsyncResult **result = g_new0 (GAsyncResult *, 1);
  g_autoptr (GError) error = NULL;

  lf_store_close_async (store, lf_await_cb, result);
  if (lf_await_until (result, CLOSE_PATIENCE) == NULL)
    return FALSE;
  if (!lf_store_close_finish (store, *result, &error))
    g_message ("%s", error->message);
  g_object_unref (*result);
  g_free (result);
  return TRUE;
}

void
lf_store_access_close (LfWorkspace *workspace)
{
  LfStore *store = lf_workspace_get_store (workspace);

  if (store == NULL || close_in_time (store))
    g_object_unref (workspace);
  else /* left behind with the thread that still works for it */
    g_object_set_data (G_OBJECT (store), "workspace", workspace);
}

/* For a command that can do nothing without a store. */
static LfWorkspace *
need (const char *uri, GError **error)
{
  if (g_strcmp0 (uri, "none") != 0)
    return lf_store_access_open (uri, NULL, error);
  g_set_error_literal (error, LF_ERROR, LF_ERROR_VALUE,
                       _ ("--store none keeps nothing to look at; name a store"));
  return NULL;
}

int
lf_store_access_do (const char *uri, LfStoreWork work, gpointer data)
{
  g_autoptr (GError) error = NULL;
  LfWorkspace *workspace = need (uri, &error);

  if (workspace != NULL)
    {
      work (lf_workspace_get_store (workspace), data, &error);
      lf_store_access_close (workspace);
    }
  return error != NULL ? lf_command_fail (error) : LF_EXIT_PASSED;
}
