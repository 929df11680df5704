#pragma once

#include <gtk/gtk.h>

/*
 * Cells of one width in as many columns as there is room for, and no more lines than that takes.
 * Unlike GtkFlowBox it selects nothing, and the tab key walks through what is in the cells.
 *
 * Properties: "min-columns" (uint, 1): for which cells are made as narrow as they can be;
 * "max-columns" (uint, 1); "spacing" (uint, px, 12).
 */
#define LF_TYPE_REFLOW (lf_reflow_get_type ())
G_DECLARE_FINAL_TYPE (LfReflow, lf_reflow, LF, REFLOW, GtkWidget)

void lf_reflow_append (LfReflow *self, GtkWidget *cell);
void lf_reflow_clear  (LfReflow *self); /* removes all cells */
