#include "config.h"

#include "lf-plan-private.h"

#include "lf-error.h"

#include <stdio.h>
#include <sys/resource.h>

/* Files beside the users' sockets: logs, the store, epoll, certificates, a screen. */
#define SPARE_FILES 100
/* A closed connection keeps its port for so long, in s: TIME_WAIT, as Linux has it. */
#define TIME_WAIT 60

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

gboolean
_lf_plan_check_limits (const LfPlan *self, guint max_sockets, GError **error)
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

gboolean
_lf_plan_check_places (const LfPlan *self, guint max_sockets, GError **error)
{
  guint files = raise_file_limit ();
  guint fit = files - MIN (files, SPARE_FILES);
  guint most = max_sockets > 0 ? MIN (fit, max_sockets) : fit;
  guint64 needed = (guint64) self->max_users * self->n_origins;

  if (self->n_origins < 2 || needed <= most)
    return TRUE;
  g_set_error (
      error, LF_ERROR, LF_ERROR_LIMIT,
      "/loadProfile: %u users with a connection to each of %u places need %" G_GUINT64_FORMAT
      " connections, and %s allows %u; use at most %u users, or raise it%s",
      self->max_users, self->n_origins, needed,
      most < fit ? "MAX_SOCKETS" : "the limit of open files", most, most / self->n_origins,
      most < fit ? "" : " with “ulimit -n”");
  return FALSE;
}

/* What may be raised while it runs is not known before. */
guint
_lf_plan_count_open_users (const LfPlan *self, guint max_sockets)
{
  const LfLoadProfile *profile = self->spec->load_profile;
  guint files = raise_file_limit ();
  guint fit = MIN (files - MIN (files, SPARE_FILES), count_ports ());

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
  guint ports = count_ports ();

  if (!closes_connections (self) || ports == G_MAXUINT)
    return NULL;
  return g_strdup_printf (
      "Every request opens a connection of its own (keepAlive is off). This machine has %u local "
      "ports, and a closed connection can keep its port for %u s (TIME_WAIT): beyond about %u "
      "requests per second to one address it may run out of them (error 1213). Keep connections "
      "alive, or widen net.ipv4.ip_local_port_range",
      ports, TIME_WAIT, ports / TIME_WAIT);
}
