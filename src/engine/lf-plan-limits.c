#include "config.h"

#include "lf-plan-private.h"

#include "lf-error.h"
#include "lf-limits.h"

#include <glib/gi18n.h>

/* A closed connection keeps its port for so long, in s: TIME_WAIT, as Linux has it. */
#define TIME_WAIT 60

gboolean
_lf_plan_check_limits (const LfPlan *self, guint max_sockets, GError **error)
{
  if (lf_limits_check_users (self->max_users, max_sockets, error))
    return TRUE;
  g_prefix_error (error, "/loadProfile: ");
  return FALSE;
}

gboolean
_lf_plan_check_places (const LfPlan *self, guint max_sockets, GError **error)
{
  guint files = lf_limits_raise_files ();
  guint fit = files - MIN (files, LF_LIMITS_SPARE_FILES);
  guint most = max_sockets > 0 ? MIN (fit, max_sockets) : fit;
  guint64 needed = (guint64) self->max_users * self->n_origins;

  if (self->n_origins < 2 || needed <= most)
    return TRUE;
  g_set_error (
      error, LF_ERROR, LF_ERROR_LIMIT,
      most < fit
          ? _ ("/loadProfile: %u users with a connection to each of %u places need %.0f "
               "connections, and MAX_SOCKETS allows %u; use at most %u users, or raise it")
          : _ ("/loadProfile: %u users with a connection to each of %u places need %.0f "
               "connections, and the limit of open files allows %u; use at most %u users, or "
               "raise it with “ulimit -n”"),
      self->max_users, self->n_origins, (double) needed, most, most / self->n_origins);
  return FALSE;
}

/* What may be raised while it runs is not known before. */
guint
_lf_plan_count_open_users (const LfPlan *self, guint max_sockets)
{
  const LfLoadProfile *profile = self->spec->load_profile;
  guint files = lf_limits_raise_files ();
  guint fit = MIN (files - MIN (files, LF_LIMITS_SPARE_FILES), lf_limits_count_ports ());

  if (profile->executor != LF_EXECUTOR_MANUAL || profile->max_vus > 0)
    return self->max_users;
  return max_sockets > 0 ? MIN (fit, max_sockets) : fit;
}

static gboolean
closes_connections (const LfPlan *self)
{
  for (guint i = 0; i < self->n_steps; i++)
    if (!self->steps[i].http->keep_alive)
      return TRUE;
  return FALSE;
}

char *
_lf_plan_warn_of_ports (const LfPlan *self)
{
  guint ports = lf_limits_count_ports ();

  if (!closes_connections (self) || ports == G_MAXUINT)
    return NULL;
  return g_strdup_printf (
      "Every request opens a connection of its own (keepAlive is off). This machine has %u local "
      "ports, and a closed connection can keep its port for %u s (TIME_WAIT): beyond about %u "
      "requests per second to one address it may run out of them (error 1213). Keep connections "
      "alive, or widen net.ipv4.ip_local_port_range",
      ports, TIME_WAIT, ports / TIME_WAIT);
}
