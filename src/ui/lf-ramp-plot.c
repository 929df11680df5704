#include "config.h"

#include "lf-ramp-plot.h"

#include <math.h>

#define STEPS      100
#define FINE_STEPS 1000
#define LEAST_TIME 0.001 /* s */

double
lf_ramp_plot_x (const LfRampPlot *self, double seconds)
{
  return self->left + seconds / self->seconds * self->width;
}

double
lf_ramp_plot_y (const LfRampPlot *self, double value)
{
  return self->top + (1 - value / self->most) * self->height;
}

double
lf_ramp_plot_time_at (const LfRampPlot *self, double x)
{
  return (x - self->left) / self->width * self->seconds;
}

double
lf_ramp_plot_value_at (const LfRampPlot *self, double y)
{
  return (1 - (y - self->top) / self->height) * self->most;
}

int
lf_ramp_plot_hit (const LfRampPlot *self, const GArray *points, double x, double y)
{
  double nearest = LF_RAMP_REACH;
  int hit = -1;

  for (guint i = 0; i < points->len; i++)
    {
      const LfRampPoint *point = &g_array_index (points, LfRampPoint, i);
      double distance =
          hypot (lf_ramp_plot_x (self, point->time) - x, lf_ramp_plot_y (self, point->value) - y);

      if (distance <= nearest)
        {
          nearest = distance;
          hit = (int) i;
        }
    }
  return hit;
}

static double
nice_step (double least)
{
  double power = pow (10, floor (log10 (least)));
  double factor = least / power * (1 - 1e-9);

  return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
}

double
lf_ramp_step (double range, gboolean fine)
{
  if (!isfinite (range) || range <= 0)
    return 1;
  return nice_step (range / (fine ? FINE_STEPS : STEPS));
}

double
lf_ramp_time_step (double range, gboolean fine)
{
  static const double clock[] = { 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400 };
  double least = range / (fine ? FINE_STEPS : STEPS);

  if (!isfinite (range) || least <= 30)
    return MAX (lf_ramp_step (range, fine), LEAST_TIME);
  for (guint i = 0; i < G_N_ELEMENTS (clock); i++)
    if (clock[i] >= least * (1 - 1e-9))
      return clock[i];
  return 86400 * ceil (least / 86400);
}

double
lf_ramp_snap (double value, double step)
{
  /* By whole numbers of steps: 3 × 0.1 would be 0.30000000000000004. */
  if (step <= 0)
    return value;
  return step < 1 ? round (value / step) / round (1 / step) : round (value / step) * step;
}
