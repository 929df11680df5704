#pragma once

#include <glib.h>

/* What is due first: a binary heap of (time, item). Adding allocates only while it grows. */
typedef struct
{
  GArray *entries;
} LfTimerHeap;

void     lf_timer_heap_init  (LfTimerHeap *self);
void     lf_timer_heap_clear (LfTimerHeap *self);
void     lf_timer_heap_add   (LfTimerHeap *self, gint64 due, gpointer item);
/* When the first is due; G_MAXINT64 where there is none. */
gint64   lf_timer_heap_next  (const LfTimerHeap *self);
/* Takes the first item that is due at @now, or NULL. */
gpointer lf_timer_heap_take  (LfTimerHeap *self, gint64 now);
