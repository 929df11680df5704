#pragma once

#include <glib.h>

/*
 * Numbers as a person reads them, in the person's locale: its decimal point, its thousands, its dates. What
 * programs read (JSON, CSV) is not written by these. All return new strings.
 */
char *lf_format_count       (double value) G_GNUC_WARN_UNUSED_RESULT;     /* 1,234; one decimal below 10 where it has one */
char *lf_format_short       (double value) G_GNUC_WARN_UNUSED_RESULT;     /* the same, from a million on 1.23 M, 1.23 G */
char *lf_format_rate        (double value) G_GNUC_WARN_UNUSED_RESULT;     /* 1,234/s */
char *lf_format_ms          (double ms) G_GNUC_WARN_UNUSED_RESULT;        /* 0.42 ms, 12.3 ms, 1.25 s, 2 min 5 s */
char *lf_format_bytes       (double bytes) G_GNUC_WARN_UNUSED_RESULT;     /* 1.5 MB, powers of 1000 */
char *lf_format_byte_rate   (double bytes) G_GNUC_WARN_UNUSED_RESULT;     /* 1.5 MB/s */
char *lf_format_file_size   (guint64 bytes) G_GNUC_WARN_UNUSED_RESULT;    /* 1.5 MiB, powers of 1024, as limits are told */
char *lf_format_clock       (double seconds) G_GNUC_WARN_UNUSED_RESULT;   /* 0:05, 12:00, 1:02:03 */
char *lf_format_percent     (double share, int decimals) G_GNUC_WARN_UNUSED_RESULT; /* 0.125 with 1: 12.5 % */
char *lf_format_change      (double share) G_GNUC_WARN_UNUSED_RESULT;     /* 0.125: +12.5 % */
char *lf_format_share       (double part, double whole) G_GNUC_WARN_UNUSED_RESULT; /* 0.2 %, "" for nothing of nothing */
/* Times in ms since 1970, shown in local time; "unknown time" for 0. */
char *lf_format_time        (gint64 ms) G_GNUC_WARN_UNUSED_RESULT;        /* 23.11.2026 12:00:05 */
char *lf_format_date        (gint64 ms) G_GNUC_WARN_UNUSED_RESULT;        /* 23.11.2026 */
char *lf_format_time_of_day (gint64 ms) G_GNUC_WARN_UNUSED_RESULT;        /* 12:00:05 */
char *lf_format_stamp       (gint64 ms) G_GNUC_WARN_UNUSED_RESULT;        /* 2026-11-23 12:00:05 in every locale, for files */
