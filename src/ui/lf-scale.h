#pragma once

#include <glib.h>

/* The ticks of an axis from 0 to @max, which is the last tick. */
typedef struct
{
  double max;
  double step;
} LfScale;

/* At most @n_ticks steps of 1, 2, 2.5 or 5 times a power of ten, the last at or above @highest. Always
 * usable: nothing, NAN and 0 give 0...1. @whole: of things that cannot be divided. */
LfScale lf_scale_new        (double highest, guint n_ticks, gboolean whole);
/* Exactly @n_ticks steps, for an axis that shares the grid of another: a step of 1, 1.5, 2, 2.5, 3...
 * @whole: no step below 1. */
LfScale lf_scale_new_beside (double highest, guint n_ticks, gboolean whole);
/* The steps of a clock (1, 2, 5, 10, 15, 30 s, 1 min...), for an axis that ends at @seconds
 * exactly: here max is no tick. */
LfScale lf_scale_new_time   (double seconds, guint n_ticks);
/* @value with as many decimals as @scale's step needs, thousands as k, millions as M, then G. */
char   *lf_scale_format     (const LfScale *scale, double value) G_GNUC_WARN_UNUSED_RESULT;
