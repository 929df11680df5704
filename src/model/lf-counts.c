#include "config.h"

#include "lf-record.h"

LfCounts *
lf_counts_new (void)
{
  return g_new0 (LfCounts, 1);
}

void
lf_counts_free (LfCounts *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n; i++)
    g_free (self->entries[i].key);
  g_free (self->entries);
  g_free (self);
}

/* Where @key stands, or where it would: the entries are sorted. */
static guint
find (const LfCounts *self, const char *key, gboolean *found)
{
  guint low = 0;
  guint high = self->n;

  *found = FALSE;
  while (low < high && !*found)
    {
      guint middle = (low + high) / 2;
      int order = strcmp (key, self->entries[middle].key);

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

/* Without room to spare: a run keeps some for every second, and most hold one code. */
static void
insert (LfCounts *self, guint place, const char *key, gint64 n)
{
  self->entries = g_renew (LfCount, self->entries, self->n + 1);
  memmove (&self->entries[place + 1], &self->entries[place], (self->n - place) * sizeof (LfCount));
  self->entries[place] = (LfCount){ g_strdup (key), n };
  self->n++;
}

void
lf_counts_add (LfCounts *self, const char *key, gint64 n)
{
  gboolean found;
  guint place = find (self, key, &found);

  if (found)
    self->entries[place].count += n;
  else
    insert (self, place, key, n);
}

gint64
lf_counts_get (const LfCounts *self, const char *key)
{
  gboolean found;
  guint place = find (self, key, &found);

  return found ? self->entries[place].count : 0;
}
