#pragma once

#include "lf-log-model.h"

#include <gtk/gtk.h>

/*
 * A log line in one row: level, time, class (where there is room), message, count.
 */
#define LF_TYPE_LOG_ROW (lf_log_row_get_type ())
G_DECLARE_FINAL_TYPE (LfLogRow, lf_log_row, LF, LOG_ROW, GtkWidget)

GtkWidget *lf_log_row_new      (void) G_GNUC_WARN_UNUSED_RESULT;
void       lf_log_row_set_item (LfLogRow *self, LfLogItem *item); /* NULL: nothing */
/* A line in words, for whoever cannot see the row: "Warning, transport, 12:00:05: Connection refused, 12 times". */
char       *lf_log_row_describe   (LfLogItem *item) G_GNUC_WARN_UNUSED_RESULT;
/* What a kind of log line is called, translated. */
const char *lf_log_row_class_name (LfLogClass log_class);
