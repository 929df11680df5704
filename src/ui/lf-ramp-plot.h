#pragma once

#include "lf-ramp-points.h"

/*
 * Where a load profile stands in pixels, and back again. Pure functions; time in seconds, values in
 * the unit of the profile, places in pixels of the widget. Time runs to the right, also where text runs to the left.
 */
typedef struct
{
  double left, top, width, height; /* px; width and height are at least 1 */
  double seconds, most;            /* what the axes reach to, both over 0 */
} LfRampPlot;

/* px around a point in which it is taken: the 24 px that a finger or an unsteady hand needs. */
#define LF_RAMP_REACH 12.0

double lf_ramp_plot_x        (const LfRampPlot *self, double seconds);
double lf_ramp_plot_y        (const LfRampPlot *self, double value);
double lf_ramp_plot_time_at  (const LfRampPlot *self, double x);
double lf_ramp_plot_value_at (const LfRampPlot *self, double y);

/* The point within reach that lies nearest; the last of several that are as near, since what lies
 * behind it can be pulled out. -1: none. */
int    lf_ramp_plot_hit      (const LfRampPlot *self, const GArray *points, double x, double y);

/* Steps of 1, 2 or 5 times a power of ten, about a hundred in @range; @fine: about a thousand. */
double lf_ramp_step          (double range, gboolean fine);
/* The same in seconds: from a minute on, the steps of a clock. Never below a millisecond. */
double lf_ramp_time_step     (double range, gboolean fine);
/* The multiple of @step nearest to @value; @value itself where @step is 0. */
double lf_ramp_snap          (double value, double step);
