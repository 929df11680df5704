#include "config.h"

#include "lf-load-options.h"

#include "lf-error.h"
#include "lf-number.h"

#include <glib/gi18n.h>

#define MOST_USERS 1000000
#define MOST_RATE  1e9

/* Users that stand by for a rate, where nothing says how many: 50 ms an answer at 2,000/s. */
#define STANDBY_USERS 100

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, LF_ERROR, LF_ERROR_VALUE, message);
  return FALSE;
}

LfSpec *
lf_load_options_new_spec (void)
{
  LfSpec *spec = lf_spec_new ();
  LfStep *step = lf_step_new ();

  lf_set_string (&spec->schema, LF_SPEC_SCHEMA);
  g_ptr_array_add (spec->steps, step);
  spec->load_profile = lf_load_profile_new ();
  spec->load_profile->users = 10;
  spec->load_profile->steady = 30;
  return spec;
}

/* The one step that --url and --method are meant for. */
static LfStep *
find_step (const LfSpec *spec, GError **error)
{
  LfStep *found = NULL;
  guint n = 0;

  for (guint i = 0; i < lf_spec_get_n_steps (spec); i++)
    {
      LfStep *step = lf_spec_get_step (spec, i);

      if (!step->enabled)
        continue;
      found = found != NULL ? found : step;
      n++;
    }
  if (n == 1)
    return found;
  g_set_error (error, LF_ERROR, LF_ERROR_VALUE,
               _ ("--url and --method need a spec of one enabled step, and this one has %u; change "
                  "the spec itself"),
               n);
  return NULL;
}

static gboolean
check_url (const char *url, GError **error)
{
  g_autofree char *scheme = g_uri_parse_scheme (url);
  g_autofree char *shown = NULL;

  if (g_utf8_validate (url, -1, NULL) &&
      (g_strcmp0 (scheme, "http") == 0 || g_strcmp0 (scheme, "https") == 0))
    return TRUE;
  shown = g_utf8_make_valid (url, -1);
  g_set_error (error, LF_ERROR, LF_ERROR_VALUE,
               _ ("--url %s: not an http or https URL; begin it with http:// or https://"), shown);
  return FALSE;
}

static gboolean
apply_target (const LfLoadOptions *self, LfSpec *spec, GError **error)
{
  LfStep *step;

  if (self->url == NULL && self->method == NULL)
    return TRUE;
  if (self->url != NULL && !check_url (self->url, error))
    return FALSE;
  if (self->method != NULL && !g_str_is_ascii (self->method))
    return refuse (error, _ ("--method: not an HTTP method; write GET, POST, PUT…"));
  step = find_step (spec, error);
  if (step == NULL)
    return FALSE;
  if (self->url != NULL)
    lf_set_string (&step->url, self->url);
  if (self->method != NULL)
    lf_set_string (&step->method, self->method);
  return TRUE;
}

static void
renew_profile (LfSpec *spec)
{
  lf_load_profile_free (spec->load_profile);
  spec->load_profile = lf_load_profile_new ();
}

/* Keeps at least as many users as may be needed at once, as far as the person did not say. */
static gboolean
apply_standby (const LfLoadOptions *self, LfLoadProfile *profile, GError **error)
{
  if (!lf_number_read_whole ("--max-users", self->max_users, 1, MOST_USERS, &profile->max_vus,
                             error))
    return FALSE;
  if (profile->max_vus == 0 && profile->pre_allocated_vus == 0)
    profile->max_vus = STANDBY_USERS;
  if (profile->max_vus > 0)
    profile->pre_allocated_vus = profile->pre_allocated_vus == 0
                                     ? MIN (profile->max_vus, STANDBY_USERS)
                                     : MIN (profile->max_vus, profile->pre_allocated_vus);
  return TRUE;
}

static gboolean
says_users (const LfLoadOptions *self)
{
  return self->users != NULL || self->ramp_up != NULL || self->steady != NULL ||
         self->ramp_down != NULL;
}

static gboolean
apply_rate (const LfLoadOptions *self, LfSpec *spec, GError **error)
{
  LfLoadProfile *profile = spec->load_profile;
  gboolean constant = profile != NULL && profile->executor == LF_EXECUTOR_CONSTANT_ARRIVAL_RATE;

  if (says_users (self))
    return refuse (error, _ ("--rate sends at a rate whatever the users do: leave out --users, "
                             "--ramp-up, --steady and --ramp-down, or leave out --rate"));
  if (!constant)
    {
      renew_profile (spec);
      profile = spec->load_profile;
      profile->executor = LF_EXECUTOR_CONSTANT_ARRIVAL_RATE;
      profile->duration = 30;
    }
  if (self->rate != NULL)
    profile->time_unit = 1;
  return lf_number_read ("--rate", self->rate, 0.001, MOST_RATE, &profile->rate, error) &&
         lf_number_read_time ("--duration", self->duration, &profile->duration, error) &&
         apply_standby (self, profile, error);
}

static gboolean
apply_users (const LfLoadOptions *self, LfSpec *spec, GError **error)
{
  const char *steady = self->steady != NULL ? self->steady : self->duration;
  LfLoadProfile *profile = spec->load_profile;

  if (self->steady != NULL && self->duration != NULL)
    return refuse (error, _ ("--steady and --duration say the same of users; leave one out"));
  if (profile == NULL || profile->executor != LF_EXECUTOR_NONE)
    {
      renew_profile (spec);
      profile = spec->load_profile;
      profile->users = 10;
      profile->steady = 30;
    }
  return lf_number_read_whole ("--users", self->users, 1, MOST_USERS, &profile->users, error) &&
         lf_number_read_time ("--ramp-up", self->ramp_up, &profile->ramp_up, error) &&
         lf_number_read_time (self->steady != NULL ? "--steady" : "--duration", steady,
                              &profile->steady, error) &&
         lf_number_read_time ("--ramp-down", self->ramp_down, &profile->ramp_down, error);
}

/* Those that say how long by one number. */
static gboolean
has_duration (const LfLoadProfile *profile)
{
  return profile != NULL &&
         (profile->executor == LF_EXECUTOR_CONSTANT_VUS ||
          profile->executor == LF_EXECUTOR_MANUAL || lf_load_profile_get_iterations (profile) > 0);
}

static gboolean
apply_load (const LfLoadOptions *self, LfSpec *spec, GError **error)
{
  LfLoadProfile *profile = spec->load_profile;
  gboolean at_rate = profile != NULL && profile->executor == LF_EXECUTOR_CONSTANT_ARRIVAL_RATE;

  if (self->rate == NULL && self->duration == NULL && self->max_users == NULL && !says_users (self))
    return TRUE;
  if (self->rate != NULL || (at_rate && !says_users (self)))
    return apply_rate (self, spec, error);
  if (has_duration (profile) && self->max_users == NULL && !says_users (self))
    return lf_number_read_time ("--duration", self->duration, &profile->duration, error);
  if (self->max_users != NULL)
    return refuse (error, _ ("--max-users belongs to --rate; say --users instead"));
  return apply_users (self, spec, error);
}

gboolean
lf_load_options_apply (const LfLoadOptions *self, LfSpec *spec, GError **error)
{
  return apply_target (self, spec, error) && apply_load (self, spec, error);
}
