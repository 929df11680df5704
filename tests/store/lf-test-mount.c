#include "lf-test-mount.h"

#include <sched.h>
#include <sys/mount.h>

void
lf_test_own_mounts (void)
{
  if (unshare (CLONE_NEWNS) == 0)
    mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
}

gboolean
lf_test_mount_memory (const char *folder, const char *size)
{
  g_autofree char *options = g_strconcat ("size=", size, NULL);

  if (mount ("loadforge-test", folder, "tmpfs", 0, options) == 0)
    return TRUE;
  g_test_skip ("mounting is not allowed here");
  return FALSE;
}
