#include "config.h"

#include "lf-plan-private.h"

#include "lf-error.h"

#include <math.h>
#include <stdio.h>
#include <sys/resource.h>

/* Files beside the users' sockets: logs, the store, epoll, certificates, a screen. */
#define SPARE_FILES 100
/* From here on a second worker helps more than it costs. */
#define USERS_PER_WORKER 64
#define RATE_PER_WORKER  20000

static guint
raise_file_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return 1024;
  if (limit.rlim_cur < limit.rlim_max)
    {
      limit.rlim_cur = limit.rlim_max;
      if (setrlimit (RLIMIT_NOFILE, &limit) != 0)
        getrlimit (RLIMIT_NOFILE, &limit);
    }
  return (guint) MIN (limit.rlim_cur, (rlim_t) G_MAXINT);
}

/* Local ports that the kernel gives to connections with one target; G_MAXUINT where it does not
 * say. */
static guint
count_ports (void)
{
  g_autofree char *text = NULL;
  guint first, last;

  if (!g_file_get_contents ("/proc/sys/net/ipv4/ip_local_port_range", &text, NULL, NULL) ||
      sscanf (text, "%u %u", &first, &last) != 2 || last < first)
    return G_MAXUINT;
  return last - first + 1;
}

static gboolean
check_ports (const LfPlan *self, GError **error)
{
  guint ports = count_ports ();

  if (self->max_users <= ports)
    return TRUE;
  g_set_error (error, LF_ERROR, LF_ERROR_LIMIT,
               "/loadProfile: %u users need a local port each, and this machine has %u; use at "
               "most %u users, or widen net.ipv4.ip_local_port_range",
               self->max_users, ports, ports);
  return FALSE;
}

static gboolean
check_limits (const LfPlan *self, guint max_sockets, GError **error)
{
  guint files = raise_file_limit ();
  guint fit = files > SPARE_FILES ? files - SPARE_FILES : 0;

  if (max_sockets > 0 && self->max_users > max_sockets)
    {
      g_set_error (error, LF_ERROR, LF_ERROR_LIMIT,
                   "/loadProfile: %u users need a connection each, and MAX_SOCKETS allows %u; use "
                   "fewer users or raise it",
                   self->max_users, max_sockets);
      return FALSE;
    }
  if (self->max_users > fit)
    {
      g_set_error (error, LF_ERROR, LF_ERROR_LIMIT,
                   "/loadProfile: %u users need a connection each, and this process may open %u "
                   "files; use at most %u users, or raise the limit with “ulimit -n”",
                   self->max_users, files, fit);
      return FALSE;
    }
  return check_ports (self, error);
}

/* What may be raised while it runs is not known before. */
static guint
count_open_users (const LfPlan *self, guint max_sockets)
{
  const LfLoadProfile *profile = self->spec->load_profile;
  guint files = raise_file_limit ();
  guint fit = MIN (files - MIN (files, SPARE_FILES), count_ports ());

  if (profile->executor != LF_EXECUTOR_MANUAL || profile->max_vus > 0)
    return self->max_users;
  return max_sockets > 0 ? MIN (fit, max_sockets) : fit;
}

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
  self->users_limit = count_open_users (self, options->max_sockets);
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
    if (lf_spec_get_step (self->spec, i)->enabled &&
        !_lf_plan_step_compile (&self->steps[self->n_steps++], self->spec, i, attachments, error))
      return FALSE;
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
  if (!check_limits (self, options->max_sockets, error) ||
      !compile_steps (self, attachments, error))
    return NULL;
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
