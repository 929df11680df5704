#include "config.h"

#include "lf-timer-heap.h"

/* The time stands beside the pointer, so that finding a place touches no timer's memory. */
typedef struct
{
  gint64 due;
  LfTimer *timer;
} Entry;

#define ENTRY(self, n) (&g_array_index ((self)->entries, Entry, n))

void
lf_timer_heap_init (LfTimerHeap *self)
{
  Entry none = { G_MININT64, NULL };

  /* Entry 0 is over all others: places begin at 1, and nothing rises past it. */
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_append_val (self->entries, none);
}

void
lf_timer_heap_clear (LfTimerHeap *self)
{
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
put (LfTimerHeap *self, guint at, Entry entry)
{
  *ENTRY (self, at) = entry;
  entry.timer->place = at;
}

/* Finds the place of @entry between @at, which is free, and the top. */
static void
rise (LfTimerHeap *self, guint at, Entry entry)
{
  for (; entry.due < ENTRY (self, at / 2)->due; at /= 2)
    put (self, at, *ENTRY (self, at / 2));
  put (self, at, entry);
}

/* Finds the place of @entry between @at, which is free, and the bottom. */
static void
sink (LfTimerHeap *self, guint at, Entry entry)
{
  guint n = self->entries->len;

  for (guint child = 2 * at; child < n; child = 2 * at)
    {
      if (child + 1 < n && ENTRY (self, child + 1)->due < ENTRY (self, child)->due)
        child++;
      if (entry.due <= ENTRY (self, child)->due)
        break;
      put (self, at, *ENTRY (self, child));
      at = child;
    }
  put (self, at, entry);
}

static void
place (LfTimerHeap *self, guint at, Entry entry)
{
  if (entry.due < ENTRY (self, at / 2)->due)
    rise (self, at, entry);
  else
    sink (self, at, entry);
}

void
lf_timer_heap_set (LfTimerHeap *self, LfTimer *timer, gint64 due)
{
  Entry entry = { due, timer };

  timer->due = due;
  if (!lf_timer_is_set (timer))
    {
      timer->place = self->entries->len;
      g_array_append_val (self->entries, entry);
    }
  place (self, timer->place, entry);
}

void
lf_timer_heap_remove (LfTimerHeap *self, LfTimer *timer)
{
  guint at = timer->place;
  guint last = self->entries->len - 1;
  Entry moved = *ENTRY (self, last);

  if (at == 0)
    return;
  timer->place = 0;
  g_array_set_size (self->entries, last);
  if (at < last)
    place (self, at, moved);
}

gint64
lf_timer_heap_next (const LfTimerHeap *self)
{
  return self->entries->len > 1 ? ENTRY (self, 1)->due : G_MAXINT64;
}

LfTimer *
lf_timer_heap_take (LfTimerHeap *self, gint64 now)
{
  LfTimer *timer;

  if (self->entries->len == 1 || lf_timer_heap_next (self) > now)
    return NULL;
  timer = ENTRY (self, 1)->timer;
  lf_timer_heap_remove (self, timer);
  return timer;
}
