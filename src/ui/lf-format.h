#pragma once

#include <glib.h>

/* Numbers as a person reads them, in the person's locale. All return new strings. */
char *lf_format_count (double value) G_GNUC_WARN_UNUSED_RESULT; /* 1,234; one decimal below 10 where it has one */
char *lf_format_short (double value) G_GNUC_WARN_UNUSED_RESULT; /* the same, from a million on 1.23 M, 1.23 G */
char *lf_format_rate  (double value) G_GNUC_WARN_UNUSED_RESULT; /* 1,234/s */
char *lf_format_ms    (double ms) G_GNUC_WARN_UNUSED_RESULT;    /* 0.42 ms, 12.3 ms, 1.25 s, 2 min 5 s */
char *lf_format_bytes (double bytes) G_GNUC_WARN_UNUSED_RESULT; /* 1.5 MB, powers of 1000 */
char *lf_format_clock (double seconds) G_GNUC_WARN_UNUSED_RESULT; /* 0:05, 12:00, 1:02:03 */
char *lf_format_share (double part, double whole) G_GNUC_WARN_UNUSED_RESULT; /* 0.2 %, "" for nothing of nothing */
char *lf_format_time  (gint64 ms) G_GNUC_WARN_UNUSED_RESULT;    /* ms since 1970: 2026-11-23 12:00:05, local */
