#pragma once

#include "lf-history-run.h"

#include <gtk/gtk.h>

/*
 * A run among others in a list: when it was, what it is called, whose it is and how it went, so that it can be
 * told from them.
 */
#define LF_TYPE_RUN_ROW (lf_run_row_get_type ())
G_DECLARE_FINAL_TYPE (LfRunRow, lf_run_row, LF, RUN_ROW, GtkBox)

LfRunRow *lf_run_row_new      (void);
/* Nothing of @run is kept. */
void      lf_run_row_set_run  (LfRunRow *self, LfHistoryRun *run);
/* All that it shows, for a screen reader. (transfer full) */
char     *lf_run_row_describe (LfRunRow *self) G_GNUC_WARN_UNUSED_RESULT;
