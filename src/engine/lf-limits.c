#include "config.h"

#include "lf-limits.h"

#include "lf-error.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <sys/resource.h>

guint
lf_limits_raise_files (void)
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

guint
lf_limits_count_ports (void)
{
  g_autofree char *text = NULL;
  guint first, last;

  if (!g_file_get_contents ("/proc/sys/net/ipv4/ip_local_port_range", &text, NULL, NULL) ||
      sscanf (text, "%u %u", &first, &last) != 2 || last < first)
    return G_MAXUINT;
  return last - first + 1;
}

static gboolean
check_ports (guint64 users, GError **error)
{
  guint ports = lf_limits_count_ports ();

  if (users <= ports)
    return TRUE;
  g_set_error (error, LF_ERROR, LF_ERROR_LIMIT,
               _ ("%.0f users need a local port each, and this machine has %u; use at "
                  "most %u users, or widen net.ipv4.ip_local_port_range"),
               (double) users, ports, ports);
  return FALSE;
}

gboolean
lf_limits_check_users (guint64 users, guint max_sockets, GError **error)
{
  guint files = lf_limits_raise_files ();
  guint fit = files > LF_LIMITS_SPARE_FILES ? files - LF_LIMITS_SPARE_FILES : 0;

  if (max_sockets > 0 && users > max_sockets)
    {
      g_set_error (error, LF_ERROR, LF_ERROR_LIMIT,
                   _ ("%.0f users need a connection each, and MAX_SOCKETS allows %u; use "
                      "fewer users or raise it"),
                   (double) users, max_sockets);
      return FALSE;
    }
  if (users > fit)
    {
      g_set_error (error, LF_ERROR, LF_ERROR_LIMIT,
                   _ ("%.0f users need a connection each, and this process may open %u "
                      "files; use at most %u users, or raise the limit with “ulimit -n”"),
                   (double) users, files, fit);
      return FALSE;
    }
  return check_ports (users, error);
}
