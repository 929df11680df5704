#pragma once

#include <glib.h>

/*
 * What this machine and this process allow a run. Any thread. Raises the soft limit of open files to
 * the hard one first, as a run does.
 */
guint    lf_limits_raise_files (void); /* files this process may have open */
guint    lf_limits_count_ports (void); /* local ports for connections with one target; G_MAXUINT where the kernel does not say */
/* Whether @users can have a connection each; LF_ERROR_LIMIT tells why not, and the cure. @max_sockets: what
 * the user allows, 0 for any number. */
gboolean lf_limits_check_users (guint64 users, guint max_sockets, GError **error);
/* Files beside the users' sockets: logs, the store, epoll, certificates, a screen. */
#define LF_LIMITS_SPARE_FILES 100
