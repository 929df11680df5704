#include "config.h"

#include "lf-tags.h"

#include "lf-spec-item.h"

static void
count_one (GHashTable *counts, const char *tag)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, tag));

  g_hash_table_insert (counts, g_strdup (tag), GUINT_TO_POINTER (n + 1));
}

GHashTable *
lf_tags_count (GListModel *items)
{
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (LfSpecItem) item = g_list_model_get_item (items, i);
      char **tags = lf_spec_item_get_spec (item)->tags;

      for (guint n = 0; tags != NULL && tags[n] != NULL; n++)
        count_one (counts, tags[n]);
    }
  return counts;
}

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

char **
lf_tags_sort (GHashTable *counts)
{
  GPtrArray *tags = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer tag;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &tag, NULL))
    g_ptr_array_add (tags, g_strdup (tag));
  g_ptr_array_sort (tags, compare_cb);
  g_ptr_array_add (tags, NULL);
  return (char **) g_ptr_array_free (tags, FALSE);
}

char **
lf_tags_split (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0' &&
        !g_ptr_array_find_with_equal_func (tags, parts[i], g_str_equal, NULL))
      g_ptr_array_add (tags, parts[i]);
  if (tags->len == 0)
    return NULL;
  g_ptr_array_add (tags, NULL);
  return g_strdupv ((char **) tags->pdata);
}
