#include "config.h"

#include "lf-scale.h"

#include <math.h>

LfScale
lf_scale_new (double highest, guint n_ticks)
{
  static const double nice[] = { 1, 2, 5, 10 };
  LfScale scale = { 1, 1 };
  double power;

  n_ticks = MAX (n_ticks, 1);
  if (!isfinite (highest) || highest <= 0)
    return scale;
  power = pow (10, floor (log10 (highest / n_ticks)));
  for (guint i = 0; i < G_N_ELEMENTS (nice); i++)
    {
      scale.step = nice[i] * power;
      if (scale.step * n_ticks >= highest * (1 - 1e-9))
        break;
    }
  scale.max = scale.step * ceil (highest / scale.step * (1 - 1e-9));
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

char *
lf_scale_format (const LfScale *scale, double value)
{
  const char *suffix = "";
  double unit = 1;
  int decimals;

  if (scale->max >= 10e6)
    {
      unit = 1e6;
      suffix = "M";
    }
  else if (scale->max >= 10e3)
    {
      unit = 1e3;
      suffix = "k";
    }
  if (value == 0)
    return g_strdup ("0");
  decimals = (int) MAX (0, -floor (log10 (scale->step / unit) + 1e-9));
  return g_strdup_printf ("%.*f%s", decimals, value / unit, suffix);
}
