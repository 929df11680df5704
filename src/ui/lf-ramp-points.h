#pragma once

#include "lf-load-profile.h"

/*
 * A load profile as points that a hand can take: what there is to take in each executor, and what
 * moving it means. Pure functions on the main thread. Time in seconds from the start; values as the profile
 * counts them: users, or arrivals per time unit.
 */
typedef enum
{
  LF_RAMP_MOVES_TIME = 1 << 0,
  LF_RAMP_MOVES_VALUE = 1 << 1,
  LF_RAMP_REMOVABLE = 1 << 2,
} LfRampPointFlags;

typedef struct
{
  double time;
  double value;
  LfRampPointFlags flags;
} LfRampPoint;

/* (transfer full) (element-type LfRampPoint): in order of time, never empty. */
GArray  *lf_ramp_points_new       (const LfLoadProfile *profile) G_GNUC_WARN_UNUSED_RESULT;
/* What is drawn: the line from the first to the last, without flags. (transfer full) (element-type LfRampPoint) */
GArray  *lf_ramp_points_new_line  (const LfLoadProfile *profile) G_GNUC_WARN_UNUSED_RESULT;
/* Whether its length is planned: else time has no scale. */
gboolean lf_ramp_points_are_timed (const LfLoadProfile *profile);
/* Users cannot be divided, rates can. */
gboolean lf_ramp_points_are_whole (const LfLoadProfile *profile);

/* Moves point @n as far as its neighbours and the profile's limits allow. In stages the others keep their time; in the short
 * form each point is one of the four numbers, and what lies behind it moves along. Returns whether anything changed. */
gboolean lf_ramp_points_move       (LfLoadProfile *profile, guint n, double time, double value);
/* A new stage ends where the point is; the short form becomes the stages that it means. Returns the new
 * point's index, -1 where the executor has no stages. */
int      lf_ramp_points_insert     (LfLoadProfile *profile, double time, double value);
gboolean lf_ramp_points_can_insert (const LfLoadProfile *profile);
/* The points behind it keep their time. FALSE where it cannot be removed. */
gboolean lf_ramp_points_remove     (LfLoadProfile *profile, guint n);
/* Turns the short form into the stages that it means; others are left alone. */
void     lf_ramp_points_unfold     (LfLoadProfile *profile);
