#include "config.h"

#include "lf-timer-heap.h"

typedef struct
{
  gint64 due;
  gpointer item;
} Entry;

#define ENTRY(self, n) (&g_array_index ((self)->entries, Entry, n))

void
lf_timer_heap_init (LfTimerHeap *self)
{
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
}

void
lf_timer_heap_clear (LfTimerHeap *self)
{
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
swap (LfTimerHeap *self, guint a, guint b)
{
  Entry entry = *ENTRY (self, a);

  *ENTRY (self, a) = *ENTRY (self, b);
  *ENTRY (self, b) = entry;
}

void
lf_timer_heap_add (LfTimerHeap *self, gint64 due, gpointer item)
{
  Entry entry = { due, item };
  guint at = self->entries->len;

  g_array_append_val (self->entries, entry);
  while (at > 0 && ENTRY (self, at)->due < ENTRY (self, (at - 1) / 2)->due)
    {
      swap (self, at, (at - 1) / 2);
      at = (at - 1) / 2;
    }
}

gint64
lf_timer_heap_next (const LfTimerHeap *self)
{
  return self->entries->len > 0 ? ENTRY (self, 0)->due : G_MAXINT64;
}

static void
sink (LfTimerHeap *self, guint at)
{
  for (;;)
    {
      guint least = at;

      for (guint child = 2 * at + 1; child <= 2 * at + 2 && child < self->entries->len; child++)
        if (ENTRY (self, child)->due < ENTRY (self, least)->due)
          least = child;
      if (least == at)
        return;
      swap (self, at, least);
      at = least;
    }
}

gpointer
lf_timer_heap_take (LfTimerHeap *self, gint64 now)
{
  gpointer item;

  if (self->entries->len == 0 || lf_timer_heap_next (self) > now)
    return NULL;
  item = ENTRY (self, 0)->item;
  *ENTRY (self, 0) = *ENTRY (self, self->entries->len - 1);
  g_array_set_size (self->entries, self->entries->len - 1);
  sink (self, 0);
  return item;
}
