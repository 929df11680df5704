#include "config.h"

#include "lf-schedule.h"

#include <math.h>

typedef struct
{
  double from;     /* s since the start */
  double duration; /* s, over 0 */
  double start;    /* users, or arrivals per second */
  double target;
  double arrivals; /* due before this stage */
  guint index;     /* among the profile's stages */
} Stage;

struct _LfSchedule
{
  Stage *stages;
  guint n_stages;
  guint n_profile_stages;
  double duration; /* s */
  double arrivals; /* due over the whole run */
  gboolean directed;
  double start; /* users, or arrivals per second */
};

/* What ends by its iterations has no stages: its users stay until the limit. */
static GPtrArray *
get_stages (const LfLoadProfile *profile, double *level)
{
  GPtrArray *stages = lf_load_profile_get_stages (profile, level);

  if (lf_load_profile_get_iterations (profile) > 0)
    {
      LfStage *stage = lf_stage_new ();

      stage->duration = lf_load_profile_get_limit (profile);
      stage->target = *level;
      g_ptr_array_add (stages, stage);
    }
  return stages;
}

LfSchedule *
lf_schedule_new (const LfLoadProfile *profile)
{
  LfSchedule *self = g_new0 (LfSchedule, 1);
  double level;
  g_autoptr (GPtrArray) stages = get_stages (profile, &level);

  self->stages = g_new0 (Stage, MAX (stages->len, 1));
  self->n_profile_stages = stages->len;
  self->directed = lf_load_profile_is_directed (profile);
  self->start = level;
  for (guint i = 0; i < stages->len; i++)
    {
      const LfStage *stage = stages->pdata[i];

      if (stage->duration > 0)
        {
          self->stages[self->n_stages++] = (Stage){
            .from = self->duration,
            .duration = stage->duration,
            .start = level,
            .target = stage->target,
            .arrivals = self->arrivals,
            .index = i,
          };
          self->duration += stage->duration;
          self->arrivals += (level + stage->target) / 2 * stage->duration;
        }
      level = stage->target;
    }
  return self;
}

void
lf_schedule_free (LfSchedule *self)
{
  if (self == NULL)
    return;
  g_free (self->stages);
  g_free (self);
}

gint64
lf_schedule_get_duration (const LfSchedule *self)
{
  return (gint64) llround (self->duration * G_USEC_PER_SEC);
}

gboolean
lf_schedule_is_directed (const LfSchedule *self)
{
  return self->directed;
}

double
lf_schedule_get_start (const LfSchedule *self)
{
  return self->start;
}

static const Stage *
find_stage (const LfSchedule *self, double seconds)
{
  for (guint i = 0; i < self->n_stages; i++)
    if (seconds < self->stages[i].from + self->stages[i].duration)
      return &self->stages[i];
  return NULL;
}

guint
lf_schedule_users_at (const LfSchedule *self, gint64 t)
{
  double seconds = (double) t / G_USEC_PER_SEC;
  const Stage *stage = find_stage (self, seconds);

  if (stage == NULL)
    return 0;
  return (guint) llround (stage->start + (stage->target - stage->start) *
                                             ((seconds - stage->from) / stage->duration));
}

guint64
lf_schedule_share (guint64 n, guint part, guint n_parts)
{
  return n / n_parts + (part < n % n_parts ? 1 : 0);
}

guint
lf_schedule_stage_at (const LfSchedule *self, gint64 t)
{
  const Stage *stage = find_stage (self, (double) t / G_USEC_PER_SEC);

  return stage != NULL ? stage->index : self->n_profile_stages;
}

double
lf_schedule_arrivals_at (const LfSchedule *self, gint64 t)
{
  double seconds = (double) t / G_USEC_PER_SEC;
  const Stage *stage = find_stage (self, seconds);
  double x;

  if (stage == NULL)
    return self->arrivals;
  x = MAX (seconds - stage->from, 0);
  return stage->arrivals + stage->start * x +
         (stage->target - stage->start) / stage->duration * x * x / 2;
}

/* Seconds into @stage after which @n arrivals came: the root of n = start x + slope x^2 / 2, in the
 * form that keeps its digits where the slope is near 0. */
static double
invert (const Stage *stage, double n)
{
  double slope = (stage->target - stage->start) / stage->duration;
  double root = stage->start * stage->start + 2 * slope * n;
  double divisor = stage->start + sqrt (MAX (root, 0));

  return divisor > 0 ? 2 * n / divisor : 0;
}

gint64
lf_schedule_arrival_time (const LfSchedule *self, double n)
{
  for (guint i = 0; i < self->n_stages; i++)
    {
      const Stage *stage = &self->stages[i];
      double within = n - stage->arrivals;
      double due = (stage->start + stage->target) / 2 * stage->duration;

      if (within < due)
        return (gint64) ((stage->from + MIN (invert (stage, within), stage->duration)) *
                         G_USEC_PER_SEC);
    }
  return -1;
}
