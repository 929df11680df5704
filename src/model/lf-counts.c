#include "config.h"

#include "lf-record.h"

static void
count_free (gpointer data)
{
  LfCount *count = data;

  g_free (count->key);
  g_free (count);
}

LfCounts *
lf_counts_new (void)
{
  LfCounts *self = g_new0 (LfCounts, 1);

  self->entries = g_ptr_array_new_with_free_func (count_free);
  return self;
}

void
lf_counts_free (LfCounts *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/* Where @key stands, or where it would: the entries are sorted. */
static guint
find (const LfCounts *self, const char *key, gboolean *found)
{
  guint low = 0;
  guint high = self->entries->len;

  *found = FALSE;
  while (low < high && !*found)
    {
      guint middle = (low + high) / 2;
      int order = strcmp (key, ((LfCount *) self->entries->pdata[middle])->key);

      if (order == 0)
        {
          *found = TRUE;
          return middle;
        }
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

void
lf_counts_add (LfCounts *self, const char *key, gint64 n)
{
  gboolean found;
  guint place = find (self, key, &found);
  LfCount *count;

  if (found)
    {
      ((LfCount *) self->entries->pdata[place])->count += n;
      return;
    }
  count = g_new0 (LfCount, 1);
  count->key = g_strdup (key);
  count->count = n;
  g_ptr_array_insert (self->entries, (int) place, count);
}

gint64
lf_counts_get (const LfCounts *self, const char *key)
{
  gboolean found;
  guint place = find (self, key, &found);

  return found ? ((LfCount *) self->entries->pdata[place])->count : 0;
}
