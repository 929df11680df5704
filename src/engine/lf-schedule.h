#pragma once

#include "lf-load-profile.h"

/*
 * How much load when: a pure function of the profile and time. The union over n agents is the
 * schedule of one machine; workers of one machine divide its part the same way. Iterations are
 * planned as their users for as long as they may last; what a directed profile (manual,
 * capacity-search) is told while it runs is LfTimetable's.
 *
 * Times are microseconds since the start of the run. Immutable; any thread.
 */
typedef struct _LfSchedule LfSchedule;

LfSchedule *lf_schedule_new          (const LfLoadProfile *profile) G_GNUC_WARN_UNUSED_RESULT;
void        lf_schedule_free         (LfSchedule *self);
gint64      lf_schedule_get_duration (const LfSchedule *self);
/* Whether somebody sets the level while it runs; and the level to begin with, in users or arrivals/s. */
gboolean    lf_schedule_is_directed  (const LfSchedule *self);
double      lf_schedule_get_start    (const LfSchedule *self);
/* Users that should run at @t; 0 past the end. */
guint       lf_schedule_users_at     (const LfSchedule *self, gint64 t);
/* Of @n users or iterations, how many fall to part @part of @n_parts: by floor, the rest to the lowest. */
guint64     lf_schedule_share        (guint64 n, guint part, guint n_parts);
/* The stage that @t lies in; the number of stages past the end. */
guint       lf_schedule_stage_at     (const LfSchedule *self, gint64 t);
/* Arrivals that are due up to @t. */
double      lf_schedule_arrivals_at  (const LfSchedule *self, gint64 t);
/* When @n arrivals (or a part of one) are due; -1 where the schedule ends before. */
gint64      lf_schedule_arrival_time (const LfSchedule *self, double n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfSchedule, lf_schedule_free)
