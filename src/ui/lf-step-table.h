#pragma once

#include "lf-summary.h"

#include <gtk/gtk.h>

/*
 * What a run came to in each of its steps: a table that sorts by any column; where that has no room, a list with the
 * same numbers in lines, in the same order.
 */
#define LF_TYPE_STEP_TABLE (lf_step_table_get_type ())
G_DECLARE_FINAL_TYPE (LfStepTable, lf_step_table, LF, STEP_TABLE, GtkWidget)

void lf_step_table_set_steps (LfStepTable *self, GPtrArray *steps); /* LfSummaryStep; copied */
