#include "config.h"

#include "lf-removals.h"

#include "lf-record.h"

typedef struct
{
  gpointer record;
  guint place;
} Removal;

struct _LfRemovals
{
  GArray *stack; /* Removal, the last on top */
};

static void
clear_removal (gpointer removal)
{
  g_clear_pointer (&((Removal *) removal)->record, lf_record_free);
}

LfRemovals *
lf_removals_new (void)
{
  LfRemovals *self = g_new0 (LfRemovals, 1);

  self->stack = g_array_new (FALSE, FALSE, sizeof (Removal));
  g_array_set_clear_func (self->stack, clear_removal);
  return self;
}

void
lf_removals_free (LfRemovals *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->stack);
  g_free (self);
}

void
lf_removals_clear (LfRemovals *self)
{
  g_array_set_size (self->stack, 0);
}

void
lf_removals_take (LfRemovals *self, GPtrArray *list, guint n)
{
  const Removal removal = { g_ptr_array_steal_index (list, n), n };

  g_array_append_val (self->stack, removal);
}

gboolean
lf_removals_restore (LfRemovals *self, GPtrArray *list, guint *place)
{
  Removal *last;

  if (self->stack->len == 0)
    return FALSE;
  last = &g_array_index (self->stack, Removal, self->stack->len - 1);
  *place = MIN (last->place, list->len); /* others may have gone for good */
  g_ptr_array_insert (list, (int) *place, g_steal_pointer (&last->record));
  g_array_set_size (self->stack, self->stack->len - 1);
  return TRUE;
}

guint
lf_removals_get_n (const LfRemovals *self)
{
  return self->stack->len;
}

gconstpointer
lf_removals_get (const LfRemovals *self, guint i)
{
  return g_array_index (self->stack, Removal, i).record;
}
