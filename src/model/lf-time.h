#pragma once

#include <glib.h>

/* Wall-clock time for display and stored records: milliseconds since 1970 UTC. */
gint64   lf_time_now       (void);
char    *lf_time_to_text   (gint64 ms) G_GNUC_WARN_UNUSED_RESULT; /* 2026-11-23T12:00:00.000Z */
gboolean lf_time_from_text (const char *text, gint64 *ms);        /* ISO 8601 with a zone */
