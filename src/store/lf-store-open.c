#include "config.h"

#include "lf-mongo-store.h"
#include "lf-sqlite-store.h"

#include <glib/gi18n.h>
#include <string.h>

static LfStore *
new_sqlite_store (const char *rest, GError **error)
{
  g_autofree char *path = NULL;

  if (!*rest)
    {
      g_set_error (error, LF_ERROR, LF_ERROR_VALUE,
                   _ ("sqlite: names no file; write sqlite:PATH, as in sqlite:loadforge.db"));
      return NULL;
    }
  if (g_str_has_prefix (rest, "///")) /* as other programs write an absolute path */
    rest += 2;
  path = g_canonicalize_filename (rest, NULL);
  return lf_sqlite_store_new (path);
}

/* Picks the implementation. What is wrong with a URI is told without its text, which may hold a
 * password. */
static LfStore *
new_store (const char *uri, GError **error)
{
  g_autofree char *scheme = g_uri_parse_scheme (uri);

  if (g_strcmp0 (scheme, "sqlite") == 0)
    return new_sqlite_store (strchr (uri, ':') + 1, error);
  if (g_strcmp0 (scheme, "mongodb") == 0 || g_strcmp0 (scheme, "mongodb+srv") == 0)
    return lf_mongo_store_new (uri);
  if (scheme)
    g_set_error (error, LF_ERROR, LF_ERROR_VALUE,
                 _ ("no store is known by “%s:”; write sqlite:PATH or mongodb://HOST/DATABASE"),
                 scheme);
  else
    g_set_error (error, LF_ERROR, LF_ERROR_VALUE,
                 _ ("a store is named by a URI: sqlite:PATH or mongodb://HOST/DATABASE"));
  return NULL;
}

void
lf_store_open_async (const char *uri,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (LfStore) store = new_store (uri, &error);
  LfStoreCall *call;

  if (!store)
    {
      g_task_report_error (NULL, callback, user_data, lf_store_open_async, error);
      return;
    }
  call = _lf_store_call_new (LF_STORE_CHANGES, LF_STORE_GET_CLASS (store)->open,
                             N_ ("open the store"), NULL);
  _lf_store_call_push (call, store, lf_store_open_async, cancellable, callback, user_data);
}

LfStore *
lf_store_open_finish (GAsyncResult *result, GError **error)
{
  LfStore *store;

  g_return_val_if_fail (g_async_result_is_tagged (result, lf_store_open_async), NULL);

  store = g_task_get_source_object (G_TASK (result));
  return g_task_propagate_pointer (G_TASK (result), error) ? g_object_ref (store) : NULL;
}
