#include "config.h"

#include "lf-plan-private.h"

#include "lf-error.h"

#include <math.h>

/* From here on a second worker helps more than it costs. */
#define USERS_PER_WORKER 64
#define RATE_PER_WORKER  20000

static double
peak_rate (const LfLoadProfile *profile)
{
  double rate;
  g_autoptr (GPtrArray) stages = NULL;

  if (profile->executor == LF_EXECUTOR_CAPACITY_SEARCH)
    return profile->max / profile->time_unit;
  stages = lf_load_profile_get_stages (profile, &rate);
  for (guint i = 0; i < stages->len; i++)
    rate = MAX (rate, ((LfStage *) stages->pdata[i])->target);
  return rate;
}

static guint
choose_workers (const LfPlan *self, guint wanted)
{
  guint most = MAX (MAX (self->max_users, self->users_limit), 1);
  double useful;

  if (wanted > 0)
    return MIN (wanted, most);
  if (self->spec->load_profile->executor == LF_EXECUTOR_MANUAL)
    return MIN (most, g_get_num_processors ());
  useful = self->arrivals ? peak_rate (self->spec->load_profile) / RATE_PER_WORKER
                          : (double) self->max_users / USERS_PER_WORKER;
  useful = MIN (MAX (ceil (useful), 1), most);
  return (guint) MIN (useful, g_get_num_processors ());
}

/* Shared iterations fall to the machines that have users: as many for each whatever its workers. */
static void
plan_iterations (LfPlan *self, guint all_users)
{
  const LfLoadProfile *profile = self->spec->load_profile;
  guint n_with_users = MIN (self->n_agents, all_users);

  self->iterates = TRUE;
  if (profile->executor == LF_EXECUTOR_PER_VU_ITERATIONS)
    self->iterations_each = (guint64) profile->iterations;
  else if (self->agent < n_with_users)
    self->iterations = lf_schedule_share ((guint64) profile->iterations, self->agent, n_with_users);
}

static void
plan_load (LfPlan *self, const LfPlanOptions *options)
{
  const LfLoadProfile *profile = self->spec->load_profile;
  guint all_users = (guint) lf_load_profile_get_max_users (profile);

  self->schedule = lf_schedule_new (profile);
  self->arrivals = lf_load_profile_is_rate (profile);
  self->arrival = profile->arrival;
  self->seed = (guint64) g_get_real_time ();
  self->agent = options->agent;
  self->n_agents = MAX (options->n_agents, 1);
  self->max_users = lf_schedule_share (all_users, self->agent, self->n_agents);
  self->start_users =
      lf_schedule_share ((guint) profile->pre_allocated_vus, self->agent, self->n_agents);
  self->users_limit = _lf_plan_count_open_users (self, options->max_sockets);
  if (lf_load_profile_get_iterations (profile) > 0)
    plan_iterations (self, all_users);
  self->warmup = (gint64) (self->spec->warmup * G_USEC_PER_SEC);
  self->head_start = options->head_start;
  self->graceful_stop = (gint64) (self->spec->graceful_stop * G_USEC_PER_SEC);
  self->n_workers = choose_workers (self, options->workers);
}

static gboolean
compile_steps (LfPlan *self, GHashTable *attachments, GError **error)
{
  guint n = lf_spec_get_n_steps (self->spec);

  self->steps = g_new0 (LfPlanStep, n);
  for (guint i = 0; i < n; i++)
    {
      LfPlanStep *step = &self->steps[self->n_steps];

      if (!lf_spec_get_step (self->spec, i)->enabled)
        continue;
      self->n_steps++;
      if (!_lf_plan_step_compile (step, self->spec, i, attachments, error))
        return FALSE;
      _lf_plan_add_token (self, step);
    }
  _lf_plan_compile_lean (self);
  return TRUE;
}

LfPlan *
lf_plan_new (const LfSpec *spec,
             GHashTable *attachments,
             const LfPlanOptions *options,
             GError **error)
{
  const LfPlanOptions defaults = { 0 };
  g_autoptr (LfPlan) self = NULL;

  if (!lf_spec_check (spec, error) || !lf_spec_check_supported (spec, error))
    return NULL;
  if (options == NULL)
    options = &defaults;
  self = g_new0 (LfPlan, 1);
  g_atomic_ref_count_init (&self->references);
  self->spec = lf_spec_copy (spec);
  plan_load (self, options);
  if (!_lf_plan_check_limits (self, options->max_sockets, error) ||
      !compile_steps (self, attachments, error) ||
      !_lf_plan_check_places (self, options->max_sockets, error))
    return NULL;
  if (self->spec->load_profile->executor == LF_EXECUTOR_MANUAL)
    self->users_limit /= MAX (self->n_origins, 1);
  return g_steal_pointer (&self);
}

LfPlan *
lf_plan_ref (LfPlan *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
lf_plan_unref (LfPlan *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer (&self->keeper, lf_token_keeper_free);
  for (guint i = 0; i < self->n_steps; i++)
    _lf_plan_step_clear (&self->steps[i]);
  g_free (self->steps);
  lf_schedule_free (self->schedule);
  lf_spec_free (self->spec);
  g_free (self);
}

const LfSpec *
lf_plan_get_spec (const LfPlan *self)
{
  return self->spec;
}
