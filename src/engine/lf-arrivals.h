#pragma once

#include "lf-timetable.h"

/* The arrivals of one part, in order: k = part, part + n_parts... of the whole. Poisson arrivals are
 * drawn from @seed, the same for all parts. Belongs to one thread; lives in the caller. */
typedef struct
{
  const LfTimetable *timetable;
  gboolean poisson;
  guint64 k;        /* the next arrival of the whole */
  guint part;
  guint n_parts;
  guint64 random;
  double position;  /* of arrival k, in arrivals */
} LfArrivals;

void   lf_arrivals_init    (LfArrivals *self, const LfTimetable *timetable, LfArrival arrival, guint part, guint n_parts, guint64 seed);
/* When the next one of this part is due as the timetable stands, us since the start; -1 where none
 * is. Take what is due before a change, then change the timetable, then ask again. */
gint64 lf_arrivals_get_due (LfArrivals *self);
/* Goes on to the one after it. */
void   lf_arrivals_take    (LfArrivals *self);
/* After get_due: goes past those that are due by @t, but for a few, and returns how many of this part they are: for
 * one who has no time for each. Of Poisson arrivals it is as many as come on average, and only where they are thousands:
 * from then on this part's are no longer drawn as the others' are. */
guint64 lf_arrivals_skip   (LfArrivals *self, gint64 t);
