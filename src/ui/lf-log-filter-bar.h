#pragma once

#include "lf-log-filter.h"

/*
 * Where a person chooses which log lines to see.
 */
#define LF_TYPE_LOG_FILTER_BAR (lf_log_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (LfLogFilterBar, lf_log_filter_bar, LF, LOG_FILTER_BAR, GtkWidget)

LfLogFilter *lf_log_filter_bar_get_filter (LfLogFilterBar *self); /* (transfer none) */
void         lf_log_filter_bar_reset      (LfLogFilterBar *self); /* shows all lines */
/* Puts the cursor into the search. */
void         lf_log_filter_bar_find       (LfLogFilterBar *self);
