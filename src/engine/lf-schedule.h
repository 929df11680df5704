#pragma once

#include "lf-load-profile.h"

/*
 * How much load when: a pure function of the profile and time. The union over n agents is the
 * schedule of one machine; workers of one machine divide its part the same way.
 *
 * Times are microseconds since the start of the run. Immutable; any thread.
 */
typedef struct _LfSchedule LfSchedule;

LfSchedule *lf_schedule_new          (const LfLoadProfile *profile) G_GNUC_WARN_UNUSED_RESULT;
void        lf_schedule_free         (LfSchedule *self);
gint64      lf_schedule_get_duration (const LfSchedule *self);
/* Users that should run at @t; 0 past the end. */
guint       lf_schedule_users_at     (const LfSchedule *self, gint64 t);
/* Of @n users or arrivals, how many fall to part @part of @n_parts: by floor, the rest to the lowest. */
guint       lf_schedule_share        (guint n, guint part, guint n_parts);
/* The stage that @t lies in; the number of stages past the end. */
guint       lf_schedule_stage_at     (const LfSchedule *self, gint64 t);
/* Arrivals that are due up to @t. */
double      lf_schedule_arrivals_at  (const LfSchedule *self, gint64 t);
/* When @n arrivals (or a part of one) are due; -1 where the schedule ends before. */
gint64      lf_schedule_arrival_time (const LfSchedule *self, double n);

/* The arrivals of one part, in order: k = part, part + n_parts... of the whole. Poisson arrivals are
 * drawn from @seed, the same for all parts. Belongs to one thread; lives in the caller. */
typedef struct
{
  const LfSchedule *schedule;
  gboolean poisson;
  guint64 k;        /* the next arrival of the whole schedule */
  guint part;
  guint n_parts;
  guint64 random;
  double position;  /* of arrival k, in arrivals */
} LfArrivals;

void        lf_arrivals_init         (LfArrivals *self, const LfSchedule *schedule, LfArrival arrival, guint part, guint n_parts, guint64 seed);
/* When the next one of this part is due, and goes on; -1 at the end. */
gint64      lf_arrivals_next         (LfArrivals *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfSchedule, lf_schedule_free)
