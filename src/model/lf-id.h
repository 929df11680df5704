#pragma once

#include <glib.h>

/* A new id: 24 hexadecimal digits in the form of a MongoDB ObjectId (4 bytes of seconds, 5 random
 * per process, 3 counted), so that every store sorts ids by age. Safe in any thread. */
char    *lf_id_new      (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean lf_id_is_valid (const char *id);
