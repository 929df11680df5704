#include "config.h"

#include "lf-arrivals.h"

#include <math.h>

/* Left to be asked for one by one: what rounding could have made due too early. */
#define FEW 4

/* So many at once are not drawn: their number would differ from the average by a hundredth. */
#define MANY 10000

/* splitmix64: small, and good enough to draw waiting times from. */
static guint64
next_random (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static double
draw_exponential (LfArrivals *self)
{
  return -log (((double) (next_random (&self->random) >> 11) + 1) * 0x1p-53);
}

void
lf_arrivals_init (LfArrivals *self,
                  const LfTimetable *timetable,
                  LfArrival arrival,
                  guint part,
                  guint n_parts,
                  guint64 seed)
{
  *self = (LfArrivals){
    .timetable = timetable,
    .poisson = arrival == LF_ARRIVAL_POISSON,
    .part = part,
    .n_parts = n_parts,
    .random = seed,
  };
  if (self->poisson)
    self->position = draw_exponential (self);
}

void
lf_arrivals_take (LfArrivals *self)
{
  self->k++;
  self->position = self->poisson ? self->position + draw_exponential (self) : (double) self->k;
}

gint64
lf_arrivals_get_due (LfArrivals *self)
{
  while (self->k % self->n_parts != self->part)
    lf_arrivals_take (self);
  return lf_timetable_arrival_time (self->timetable, self->position);
}

guint64
lf_arrivals_skip (LfArrivals *self, gint64 t)
{
  double ahead = lf_timetable_arrivals_at (self->timetable, t) - FEW - self->position;
  guint64 n = ahead > 0 ? (guint64) ahead / self->n_parts : 0;

  if (self->poisson && n < MANY)
    return 0;
  self->k += n * self->n_parts;
  self->position += (double) (n * self->n_parts);
  return n;
}
