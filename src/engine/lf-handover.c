#include "config.h"

#include "lf-handover.h"

#include <stdatomic.h>

static LfInterval **
new_set (guint n_steps)
{
  LfInterval **set = g_new0 (LfInterval *, n_steps);

  for (guint i = 0; i < n_steps; i++)
    set[i] = lf_interval_new ();
  return set;
}

static void
free_set (LfInterval **set, guint n_steps)
{
  for (guint i = 0; set != NULL && i < n_steps; i++)
    lf_interval_free (set[i]);
  g_free (set);
}

void
lf_handover_init (LfHandover *self, guint n_steps)
{
  self->n_steps = n_steps;
  self->current = new_set (n_steps);
  atomic_init (&self->full, NULL);
  atomic_init (&self->empty, new_set (n_steps));
}

void
lf_handover_clear (LfHandover *self)
{
  free_set (self->current, self->n_steps);
  free_set (atomic_load (&self->full), self->n_steps);
  free_set (atomic_load (&self->empty), self->n_steps);
}

gboolean
lf_handover_publish (LfHandover *self)
{
  LfInterval **empty = atomic_exchange_explicit (&self->empty, NULL, memory_order_acquire);

  if (empty == NULL)
    return FALSE;
  atomic_store_explicit (&self->full, self->current, memory_order_release);
  self->current = empty;
  return TRUE;
}

LfInterval **
lf_handover_take (LfHandover *self)
{
  return atomic_exchange_explicit (&self->full, NULL, memory_order_acquire);
}

void
lf_handover_return (LfHandover *self, LfInterval **set)
{
  for (guint i = 0; i < self->n_steps; i++)
    lf_interval_reset (set[i]);
  atomic_store_explicit (&self->empty, set, memory_order_release);
}
