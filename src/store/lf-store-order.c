#include "config.h"

#include "lf-store-order-private.h"

void
_lf_store_order_init (LfStoreOrder *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
}

void
_lf_store_order_clear (LfStoreOrder *self)
{
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
}

void
_lf_store_order_call (LfStoreOrder *self, LfStoreCall *call)
{
  g_mutex_lock (&self->lock);
  self->lanes[call->lane].called++;
  for (guint i = 0; i < LF_STORE_N_LANES; i++)
    if (i != call->lane)
      call->behind[i] = self->lanes[i].called;
  g_mutex_unlock (&self->lock);
}

/* With the lock: until as much of @lane is done as @call comes after, or it stands still. */
static void
wait_for (LfStoreOrder *self, const LfStoreCall *call, LfStoreLane lane)
{
  while (self->lanes[lane].done < call->behind[lane])
    {
      gint64 since = self->lanes[lane].since;
      gint64 end = (since ? since : g_get_monotonic_time ()) + LF_STORE_PATIENCE * 1000;

      if (g_get_monotonic_time () >= end)
        return;
      g_cond_wait_until (&self->changed, &self->lock, end);
    }
}

void
_lf_store_order_begin (LfStoreOrder *self, const LfStoreCall *call)
{
  g_mutex_lock (&self->lock);
  if (call->lane == LF_STORE_READS)
    for (LfStoreLane lane = 0; lane < LF_STORE_N_LANES; lane++)
      wait_for (self, call, lane);
  self->lanes[call->lane].since = g_get_monotonic_time ();
  g_mutex_unlock (&self->lock);
}

void
_lf_store_order_end (LfStoreOrder *self, LfStoreLane lane)
{
  g_mutex_lock (&self->lock);
  self->lanes[lane].since = 0;
  self->lanes[lane].done++;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}
