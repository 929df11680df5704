#pragma once

#include "lf-interval.h"

/*
 * Hands a worker's interval over to the main loop without a lock: the worker fills one set of
 * intervals while the main loop merges the other, and they swap once a second. Where the main loop
 * is late the worker goes on filling, and nothing is lost.
 */
typedef struct
{
  LfInterval **current;         /* by step; the worker's alone */
  LfInterval **_Atomic full;    /* filled: the main loop's to take; NULL: none */
  LfInterval **_Atomic empty;   /* merged and reset: the worker's to take; NULL: none */
  guint n_steps;
} LfHandover;

void         lf_handover_init    (LfHandover *self, guint n_steps);
void         lf_handover_clear   (LfHandover *self);
/* The worker: FALSE where the main loop has not given the other set back yet. */
gboolean     lf_handover_publish (LfHandover *self);
/* The main loop: the filled set or NULL; give it back with lf_handover_return(). */
LfInterval **lf_handover_take    (LfHandover *self);
void         lf_handover_return  (LfHandover *self, LfInterval **set);
