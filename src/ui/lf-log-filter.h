#pragma once

#include "lf-log-line.h"

#include <gtk/gtk.h>

/*
 * Which log lines (LfLogItem) to show: from a level on, of a class, with some words in what they say. Lets all
 * through at first.
 */
#define LF_TYPE_LOG_FILTER (lf_log_filter_get_type ())
G_DECLARE_FINAL_TYPE (LfLogFilter, lf_log_filter, LF, LOG_FILTER, GtkFilter)

#define LF_LOG_ANY_CLASS -1

LfLogFilter *lf_log_filter_new       (void) G_GNUC_WARN_UNUSED_RESULT;
void         lf_log_filter_set_level (LfLogFilter *self, LfLogLevel least);
void         lf_log_filter_set_class (LfLogFilter *self, int log_class); /* LfLogClass, or LF_LOG_ANY_CLASS */
void         lf_log_filter_set_text  (LfLogFilter *self, const char *text); /* in any case; "": any text */
gboolean     lf_log_filter_is_open   (LfLogFilter *self); /* lets all through */
