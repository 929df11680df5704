#include "config.h"

#include "lf-once.h"

#define LIFE (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

typedef struct
{
  char *request;
  char *result; /* NULL while it is under way */
  gint64 since; /* us */
} Entry;

struct _LfOnce
{
  GHashTable *entries; /* who and key -> Entry */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->request);
  g_free (entry->result);
  g_free (entry);
}

LfOnce *
lf_once_new (void)
{
  LfOnce *self = g_new0 (LfOnce, 1);

  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  return self;
}

void
lf_once_free (LfOnce *self)
{
  g_hash_table_unref (self->entries);
  g_free (self);
}

static char *
join (const char *who, const char *key)
{
  return g_strconcat (who != NULL ? who : "", "\n", key, NULL);
}

static gboolean
is_old (gpointer key, gpointer value, gpointer user_data)
{
  return g_get_monotonic_time () - ((Entry *) value)->since > LIFE;
}

/* The oldest goes where there is no room. */
static void
make_room (LfOnce *self)
{
  GHashTableIter iter;
  gpointer key, value, oldest = NULL;
  gint64 since = G_MAXINT64;

  if (g_hash_table_size (self->entries) < LF_ONCE_MOST)
    return;
  g_hash_table_foreach_remove (self->entries, is_old, NULL);
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (((Entry *) value)->since < since)
      {
        since = ((Entry *) value)->since;
        oldest = key;
      }
  if (g_hash_table_size (self->entries) >= LF_ONCE_MOST && oldest != NULL)
    g_hash_table_remove (self->entries, oldest);
}

LfOnceState
lf_once_begin (LfOnce *self,
               const char *who,
               const char *key,
               const char *request,
               const char **result)
{
  g_autofree char *joined = join (who, key);
  Entry *entry = g_hash_table_lookup (self->entries, joined);

  if (entry != NULL && is_old (NULL, entry, NULL))
    entry = NULL;
  if (entry != NULL)
    {
      *result = entry->result;
      if (g_strcmp0 (entry->request, request) != 0)
        return LF_ONCE_OTHER;
      return entry->result != NULL ? LF_ONCE_DONE : LF_ONCE_PENDING;
    }
  make_room (self);
  entry = g_new0 (Entry, 1);
  entry->request = g_strdup (request);
  entry->since = g_get_monotonic_time ();
  g_hash_table_insert (self->entries, g_steal_pointer (&joined), entry);
  return LF_ONCE_NEW;
}

void
lf_once_settle (LfOnce *self, const char *who, const char *key, const char *result)
{
  g_autofree char *joined = join (who, key);
  Entry *entry = g_hash_table_lookup (self->entries, joined);

  if (entry == NULL)
    return;
  if (result == NULL)
    g_hash_table_remove (self->entries, joined);
  else
    entry->result = g_strdup (result);
}
