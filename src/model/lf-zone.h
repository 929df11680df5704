#pragma once

#include <glib.h>

/*
 * Time zones by the names of the IANA database, such as Europe/Berlin. Any thread.
 */

/* The zone @name, this computer's where it is NULL or empty. Errors: LF_ERROR_VALUE; nothing but zones
 * is read, whatever @name says. (transfer full) */
GTimeZone *lf_zone_find       (const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The name of this computer's zone; NULL where it has none by which lf_zone_find() would find it. */
char      *lf_zone_local_name (void) G_GNUC_WARN_UNUSED_RESULT;
