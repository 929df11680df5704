#include "lf-test-specs.h"

#include "lf-test-ui.h"

#include <glib/gstdio.h>

void
lf_test_specs_got_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static char *
database_path (void)
{
  return g_build_filename (g_get_tmp_dir (), "test.db", NULL);
}

static void
forget_file (void)
{
  static const char *const ends[] = { "", "-wal", "-shm" };
  g_autofree char *path = database_path ();

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *file = g_strconcat (path, ends[i], NULL);

      g_remove (file);
    }
}

LfStore *
lf_test_specs_open (void)
{
  g_autofree char *path = database_path ();
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LfStore *store;

  lf_store_open_async (uri, NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  store = lf_store_open_finish (result, &error);
  g_assert_no_error (error);
  return store;
}

void
lf_test_specs_close (LfStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lf_store_close_async (store, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  lf_store_close_finish (store, result, &error);
  g_assert_no_error (error);
  g_object_unref (store);
  forget_file ();
}

LfSpec *
lf_test_specs_save (LfStore *store, const char *name, const char *url)
{
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LfSpec *stored;

  lf_set_string (&spec->name, name);
  lf_set_string (&lf_spec_get_step (spec, 0)->url, url);
  lf_store_save_spec_async (store, spec, NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  stored = lf_store_save_spec_finish (store, result, &error);
  g_assert_no_error (error);
  return stored;
}

LfSpec *
lf_test_specs_load (LfStore *store, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_store_load_spec_async (store, id, NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  return lf_store_load_spec_finish (store, result, NULL);
}

guint
lf_test_specs_count (LfStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) specs = NULL;
  g_autoptr (GError) error = NULL;

  lf_store_list_specs_async (store, NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  specs = lf_store_list_specs_finish (store, result, &error);
  g_assert_no_error (error);
  return specs->len;
}

GFile *
lf_test_specs_file (const char *name, gsize size)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), name, NULL);
  g_autofree char *content = g_malloc0 (size);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, size, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}
