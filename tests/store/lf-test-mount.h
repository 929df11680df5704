#pragma once

#include <glib.h>

/* File systems in memory that only the test sees, for disks that are full or cannot be written. */

/* First in main(), before there is another thread: what is mounted later is seen by nobody else. */
void     lf_test_own_mounts   (void);
/* Mounts one of @size ("8m") at @folder; FALSE, and the test is skipped, where the system does not
 * allow it. The test unmounts it. */
gboolean lf_test_mount_memory (const char *folder, const char *size);
