#include "config.h"

#include "lf-spec-source.h"

#include "lf-await.h"
#include "lf-error.h"
#include "lf-id.h"
#include "lf-spec-file.h"

#include <glib/gi18n.h>
#include <string.h>

gboolean
lf_spec_source_is_file (const char *word)
{
  /* A folder may well be called like a spec of the store. */
  return strchr (word, '/') != NULL || g_str_has_suffix (word, ".json") ||
         (g_file_test (word, G_FILE_TEST_EXISTS) && !g_file_test (word, G_FILE_TEST_IS_DIR));
}

LfSpec *
lf_spec_source_read (const char *path, char **folder, GError **error)
{
  g_autofree char *whole = g_canonicalize_filename (path, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) reason = NULL;
  gsize length;
  LfSpec *spec;

  if (!g_file_get_contents (path, &text, &length, &reason))
    {
      int code = g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? LF_ERROR_NOT_FOUND
                                                                            : LF_ERROR_VALUE;

      g_set_error (error, LF_ERROR, code, _ ("The spec cannot be read. %s"), reason->message);
      return NULL;
    }
  spec = lf_spec_from_text (text, (gssize) length, error);
  if (spec == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  lf_spec_file_ensure_name (spec, path);
  *folder = g_path_get_dirname (whole);
  return spec;
}

static LfSpec *
load (LfStore *store, const char *id, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_store_load_spec_async (store, id, cancellable, lf_await_cb, &result);
  return lf_store_load_spec_finish (store, lf_await (&result), error);
}

static GPtrArray *
list (LfStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_store_list_specs_async (store, cancellable, lf_await_cb, &result);
  return lf_store_list_specs_finish (store, lf_await (&result), error);
}

/* All ids of that name, for a person who has to choose one. */
static char *
list_ids (GPtrArray *specs, const char *name)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < specs->len; i++)
    {
      const LfSpec *spec = specs->pdata[i];

      if (g_strcmp0 (spec->name, name) == 0)
        g_string_append_printf (ids, "%s%s", ids->len > 0 ? ", " : "", spec->id);
    }
  return g_string_free (ids, FALSE);
}

static LfSpec *
find_by_name (LfStore *store, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) specs = list (store, cancellable, error);
  const LfSpec *found = NULL;
  guint n = 0;

  if (specs == NULL)
    return NULL;
  for (guint i = 0; i < specs->len; i++)
    if (g_strcmp0 (((LfSpec *) specs->pdata[i])->name, name) == 0)
      {
        found = specs->pdata[i];
        n++;
      }
  if (n == 1)
    return lf_spec_copy (found);
  if (n == 0)
    g_set_error (error, LF_ERROR, LF_ERROR_NOT_FOUND,
                 _ ("“%s” is neither a file nor the name or id of a spec in %s; “loadforge-cli "
                    "specs list” tells which there are"),
                 name, lf_store_get_name (store));
  else
    {
      g_autofree char *ids = list_ids (specs, name);

      g_set_error (error, LF_ERROR, LF_ERROR_VALUE,
                   _ ("%u specs are called “%s”; name one by its id: %s"), n, name, ids);
    }
  return NULL;
}

LfSpec *
lf_spec_source_find (LfStore *store, const char *word, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = g_utf8_make_valid (word, -1);
  g_autoptr (GError) reason = NULL;
  LfSpec *spec;

  if (!lf_id_is_valid (name))
    return find_by_name (store, name, cancellable, error);
  spec = load (store, name, cancellable, &reason);
  if (spec != NULL)
    return spec;
  if (g_error_matches (reason, LF_ERROR, LF_ERROR_NOT_FOUND))
    return find_by_name (store, name, cancellable, error);
  g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}
