#pragma once

#include <glib.h>

/*
 * Numbers of the command line. @text: NULL (not given) leaves *number as it is. LF_ERROR_VALUE names
 * the option and what it may be.
 */
gboolean lf_number_read       (const char *option, const char *text, double lowest, double highest, double *number, GError **error);
gboolean lf_number_read_whole (const char *option, const char *text, gint64 lowest, gint64 highest, gint64 *number, GError **error);
/* A share from 0 to 1, also written as 5%. */
gboolean lf_number_read_share (const char *option, const char *text, double *share, GError **error);
/* Seconds: 90, or with units as in k6, 1m30s, 500ms, 2h. */
gboolean lf_number_read_time  (const char *option, const char *text, double *seconds, GError **error);
