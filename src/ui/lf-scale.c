#include "config.h"

#include "lf-scale.h"

#include <math.h>

/* The least of @nice times a power of ten, of which @n_ticks reach @highest. */
static double
nice_step (const double *nice, double highest, guint n_ticks, gboolean whole)
{
  double least = highest / n_ticks * (1 - 1e-9);
  double power = pow (10, floor (log10 (highest / n_ticks)));
  double step = 0;

  for (guint i = 0; nice[i] > 0 && step < least; i++)
    if (!whole || nice[i] * power == floor (nice[i] * power))
      step = nice[i] * power;
  return MAX (step, whole ? 1 : 0);
}

LfScale
lf_scale_new (double highest, guint n_ticks, gboolean whole)
{
  static const double nice[] = { 1, 2, 2.5, 5, 10, 0 };
  LfScale scale = { 1, 1 };

  if (!isfinite (highest) || highest <= 0)
    return scale;
  scale.step = nice_step (nice, highest, MAX (n_ticks, 1), whole);
  scale.max = scale.step * ceil (highest / scale.step * (1 - 1e-9));
  return scale;
}

LfScale
lf_scale_new_beside (double highest, guint n_ticks, gboolean whole)
{
  static const double nice[] = { 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 0 };
  LfScale scale = { 1, 1 };

  n_ticks = MAX (n_ticks, 1);
  if (isfinite (highest) && highest > 0)
    scale.step = nice_step (nice, highest, n_ticks, whole);
  scale.max = scale.step * n_ticks;
  return scale;
}

LfScale
lf_scale_new_time (double seconds, guint n_ticks)
{
  static const double nice[] = { 1,   2,   5,    10,   15,   30,    60,    120,   300,
                                 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400 };
  LfScale scale = { MAX (seconds, 1), 1 };

  n_ticks = MAX (n_ticks, 1);
  for (guint i = 0; i < G_N_ELEMENTS (nice); i++)
    {
      scale.step = nice[i];
      if (scale.step * n_ticks >= scale.max)
        return scale;
    }
  scale.step *= ceil (scale.max / n_ticks / scale.step);
  return scale;
}

/* How many a step needs to be told exactly. */
static int
decimals_of (double step)
{
  int decimals = 0;

  while (decimals < 9 && fabs (step - round (step)) > 1e-6 * step)
    {
      step *= 10;
      decimals++;
    }
  return decimals;
}

char *
lf_scale_format (const LfScale *scale, double value)
{
  static const struct
  {
    double unit;
    const char *suffix;
  } units[] = { { 1e9, "G" }, { 1e6, "M" }, { 1e3, "k" }, { 1, "" } };
  guint i = 0;

  if (value == 0)
    return g_strdup ("0");
  if (scale->max >= 1e13) /* nothing that anybody measured */
    return g_strdup_printf ("%.3g", value);
  while (units[i].unit > 1 && scale->max < units[i].unit * 10)
    i++;
  return g_strdup_printf ("%'.*f%s", decimals_of (scale->step / units[i].unit),
                          value / units[i].unit, units[i].suffix);
}
