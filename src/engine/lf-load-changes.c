#include "config.h"

#include "lf-load-private.h"

#include "lf-error.h"
#include "lf-load-log.h"

#include <glib/gi18n.h>

/* As much as a spec may say, in arrivals per second. */
#define MOST_RATE 1e9

static void
set_stop (LfLoad *self, LfStop stop)
{
  g_autoptr (GPtrArray) lines = _lf_load_new_lines ();

  if (!lf_load_is_running (self) || self->stop >= stop)
    return;
  self->stop = stop;
  if (self->workers->len == 0)
    lf_token_keeper_stop (self->plan->keeper);
  for (guint i = 0; i < self->workers->len; i++)
    lf_worker_stop (self->workers->pdata[i], stop);
  if (stop == LF_STOP_GRACEFUL)
    lf_load_log_add (lines, LF_LOG_INFO, LF_LOG_CLASS_LIFECYCLE, -1,
                     "Stopping: requests under way may end within %.6g s",
                     (double) self->plan->graceful_stop / G_USEC_PER_SEC);
  else
    lf_load_log_add (lines, LF_LOG_WARN, LF_LOG_CLASS_LIFECYCLE, -1,
                     "Stopping at once: requests under way are cut off and not counted");
  _lf_load_emit_lines (self, lines);
}

void
lf_load_stop (LfLoad *self)
{
  set_stop (self, self->stop == LF_STOP_NONE ? LF_STOP_GRACEFUL : LF_STOP_NOW);
}

void
lf_load_abort (LfLoad *self)
{
  set_stop (self, LF_STOP_NOW);
}

static gboolean
check_runs (LfLoad *self, GError **error)
{
  if (lf_load_is_running (self) && self->stop == LF_STOP_NONE)
    return TRUE;
  g_set_error (error, LF_ERROR, LF_ERROR_STATE,
               _ ("the run does not go on: nothing can be changed"));
  return FALSE;
}

static gboolean
set_paused (LfLoad *self, gboolean paused, GError **error)
{
  g_autoptr (GPtrArray) lines = _lf_load_new_lines ();

  if (!check_runs (self, error))
    return FALSE;
  if (lf_steering_is_paused (&self->steering) == paused)
    {
      g_set_error (error, LF_ERROR, LF_ERROR_STATE, "%s",
                   paused ? _ ("the run is paused already") : _ ("the run is not paused"));
      return FALSE;
    }
  lf_steering_set_paused (&self->steering, _lf_load_get_time (self), paused);
  if (self->search != NULL)
    lf_capacity_search_restart (self->search);
  lf_load_log_add (lines, LF_LOG_INFO, LF_LOG_CLASS_LIFECYCLE, -1, "%s",
                   paused ? "Paused: nothing new begins, what is under way may end" : "Resumed");
  _lf_load_emit_lines (self, lines);
  return TRUE;
}

gboolean
lf_load_pause (LfLoad *self, GError **error)
{
  return set_paused (self, TRUE, error);
}

gboolean
lf_load_resume (LfLoad *self, GError **error)
{
  return set_paused (self, FALSE, error);
}

static gboolean
check_manual (LfLoad *self, gboolean rate, GError **error)
{
  if (!check_runs (self, error))
    return FALSE;
  if (self->plan->spec->load_profile->executor != LF_EXECUTOR_MANUAL)
    g_set_error (error, LF_ERROR, LF_ERROR_STATE,
                 _ ("/loadProfile/executor: only a manual profile is changed while it runs"));
  else if (self->plan->arrivals != rate)
    g_set_error (error, LF_ERROR, LF_ERROR_STATE, "/loadProfile: %s",
                 rate ? _ ("this run is driven by its number of users; set that")
                      : _ ("this run is driven by its rate; set that"));
  else
    return TRUE;
  return FALSE;
}

static void
set_level (LfLoad *self, double level, const char *unit)
{
  g_autoptr (GPtrArray) lines = _lf_load_new_lines ();

  if (level == lf_steering_get_level (&self->steering))
    return;
  lf_steering_set_level (&self->steering, _lf_load_get_time (self), level);
  lf_load_log_add (lines, LF_LOG_INFO, LF_LOG_CLASS_STAGE, -1, "Set to %.6g %s", level, unit);
  _lf_load_emit_lines (self, lines);
}

gboolean
lf_load_set_users (LfLoad *self, guint users, GError **error)
{
  if (!check_manual (self, FALSE, error))
    return FALSE;
  if (users > self->plan->users_limit)
    {
      g_set_error (error, LF_ERROR, LF_ERROR_LIMIT,
                   _ ("%u users are too many for this run: maxVUs, or the connections that this "
                      "machine may open, allow %u"),
                   users, self->plan->users_limit);
      return FALSE;
    }
  set_level (self, users, users == 1 ? "user" : "users");
  return TRUE;
}

gboolean
lf_load_set_rate (LfLoad *self, double rate, GError **error)
{
  if (!check_manual (self, TRUE, error))
    return FALSE;
  if (!(rate >= 0 && rate <= MOST_RATE))
    {
      g_set_error (error, LF_ERROR, LF_ERROR_VALUE,
                   _ ("%g is no rate: give a number from 0 to %.0f"), rate, MOST_RATE);
      return FALSE;
    }
  set_level (self, rate, "arrivals/s");
  return TRUE;
}

double
lf_load_get_shift (LfLoad *self)
{
  gint64 now = _lf_load_get_time (self);

  if (!lf_load_is_running (self))
    return 0;
  return (double) (now - lf_steering_schedule_time (&self->steering, now)) / G_USEC_PER_SEC;
}

double
lf_load_get_level (LfLoad *self)
{
  return lf_steering_get_level (&self->steering);
}
