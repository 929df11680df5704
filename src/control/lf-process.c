#include "config.h"

#include "lf-process.h"

#include "lf-time.h"

#include <string.h>
#include <unistd.h>

#define START_TIME_FIELD 22 /* of /proc/PID/stat, proc(5) */

static char *
read_line (const char *path)
{
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  return g_strchomp (text);
}

/* What all processes that see each other have in common. */
static char *
get_scope (void)
{
  g_autofree char *boot = read_line ("/proc/sys/kernel/random/boot_id");
  g_autofree char *namespace = g_file_read_link ("/proc/self/ns/pid", NULL);

  if (boot == NULL || namespace == NULL)
    return NULL;
  return g_strconcat (boot, " ", namespace, NULL);
}

/* In clock ticks since boot; NULL where there is no such process. A zombie is none. */
static char *
get_start_time (gint64 pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%" G_GINT64_FORMAT "/stat", pid);
  g_autofree char *stat = read_line (path);
  const char *rest = stat != NULL ? strrchr (stat, ')') : NULL; /* the name may hold anything */
  g_auto (GStrv) fields = NULL;

  if (rest == NULL || rest[1] != ' ')
    return NULL;
  fields = g_strsplit (rest + 2, " ", -1); /* from the third field on */
  if (g_strv_length (fields) <= START_TIME_FIELD - 3 || *fields[0] == 'Z')
    return NULL;
  return g_strdup (fields[START_TIME_FIELD - 3]);
}

LfRunOwner *
lf_process_new_owner (void)
{
  LfRunOwner *owner = lf_run_owner_new ();
  g_autofree char *scope = get_scope ();
  g_autofree char *time = NULL;

  owner->pid = getpid ();
  owner->heartbeat = lf_time_now ();
  lf_set_string (&owner->host, g_get_host_name ());
  time = get_start_time (owner->pid);
  if (scope != NULL && time != NULL)
    owner->start = g_strconcat (scope, " ", time, NULL);
  return owner;
}

gboolean
lf_process_is_gone (const LfRunOwner *owner, gint64 now)
{
  g_autofree char *scope = get_scope ();
  g_autofree char *time = NULL;
  g_autofree char *start = NULL;

  if (owner == NULL)
    return TRUE;
  if (scope == NULL || owner->start == NULL || !g_str_has_prefix (owner->start, scope))
    return now - owner->heartbeat > LF_PROCESS_HEARTBEAT_LIMIT;
  time = get_start_time (owner->pid);
  if (time == NULL)
    return TRUE;
  start = g_strconcat (scope, " ", time, NULL);
  return strcmp (start, owner->start) != 0;
}
