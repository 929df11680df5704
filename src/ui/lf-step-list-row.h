#pragma once

#include "lf-step.h"

#include <adwaita.h>

/*
 * One line of an LfStepList. Its actions are those of the list: steps.duplicate, steps.remove,
 * with the place of the step.
 *
 * Signals: "changed" (): the step was switched on or off; "moved" (LfStepListRow *): that row was
 * dropped on this one.
 */
#define LF_TYPE_STEP_LIST_ROW (lf_step_list_row_get_type ())
G_DECLARE_FINAL_TYPE (LfStepListRow, lf_step_list_row, LF, STEP_LIST_ROW, GtkListBoxRow)

/* @step outlives the widget, which changes it; @n is its place. */
GtkWidget *lf_step_list_row_new       (LfStep *step, guint n);
void       lf_step_list_row_update    (LfStepListRow *self);
void       lf_step_list_row_set_fault (LfStepListRow *self, gboolean fault);
