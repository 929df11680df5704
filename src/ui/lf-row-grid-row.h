#pragma once

#include "lf-step.h"

#include <adwaita.h>

/*
 * One line of an LfRowGrid.
 *
 * Signals: "changed" (), "remove" ().
 */
#define LF_TYPE_ROW_GRID_ROW (lf_row_grid_row_get_type ())
G_DECLARE_FINAL_TYPE (LfRowGridRow, lf_row_grid_row, LF, ROW_GRID_ROW, GtkBox)

/* @record outlives the widget, which changes it. */
LfRowGridRow *lf_row_grid_row_new (LfRow *record, gboolean of_parameters);
LfRow        *lf_row_grid_row_get_record  (LfRowGridRow *self);
/* @of_value: what is wrong is the value, not the name. */
void          lf_row_grid_row_set_message (LfRowGridRow *self, gboolean of_value, const char *message);
