#pragma once

#include <glib.h>

/* One that can wait in a heap. Lives in its owner, zeroed at first; its fields are the heap's. */
typedef struct
{
  gint64 due;
  guint place; /* 0: does not wait */
} LfTimer;

/* What is due first: a binary heap of timers. Allocates only while it grows. */
typedef struct
{
  GArray *entries;
} LfTimerHeap;

void     lf_timer_heap_init   (LfTimerHeap *self);
void     lf_timer_heap_clear  (LfTimerHeap *self);
/* @timer waits until @due from now on, whether it waited before or not. */
void     lf_timer_heap_set    (LfTimerHeap *self, LfTimer *timer, gint64 due);
void     lf_timer_heap_remove (LfTimerHeap *self, LfTimer *timer);
/* When the first is due; G_MAXINT64 where there is none. */
gint64   lf_timer_heap_next   (const LfTimerHeap *self);
/* Takes the first that is due at @now, or NULL. */
LfTimer *lf_timer_heap_take   (LfTimerHeap *self, gint64 now);

static inline gboolean
lf_timer_is_set (const LfTimer *timer)
{
  return timer->place != 0;
}
