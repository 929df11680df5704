#pragma once

#include "lf-store-private.h"

/*
 * What a read of a store with lanes comes after: the writes that were called before it, as if all of them were on one
 * thread, but for one that takes too long. Of all threads.
 */
typedef struct
{
  GMutex lock;
  GCond changed;
  struct
  {
    guint64 called, done;
    gint64 since; /* monotonic us, of the call under way; 0: none is */
  } lanes[LF_STORE_N_LANES];
} LfStoreOrder;

#define LF_STORE_PATIENCE 500 /* ms that one write may take until reads overtake it */

void _lf_store_order_init  (LfStoreOrder *self);
void _lf_store_order_clear (LfStoreOrder *self);
/* In the thread of the caller, before @call is queued. */
void _lf_store_order_call  (LfStoreOrder *self, LfStoreCall *call);
/* Around the work of @call; a read waits in the former until it may begin. */
void _lf_store_order_begin (LfStoreOrder *self, const LfStoreCall *call);
void _lf_store_order_end   (LfStoreOrder *self, LfStoreLane lane);
