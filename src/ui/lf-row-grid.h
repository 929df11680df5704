#pragma once

#include "lf-row-grid-row.h"

/*
 * A grid of LfRow (headers, parameters): a switch, a name, a value and a button that removes it.
 * It edits the records in place.
 *
 * Properties: "of-parameters" (boolean, construct only): the rows are parameters, not headers.
 * Signals: "changed" ().
 */
#define LF_TYPE_ROW_GRID (lf_row_grid_get_type ())
G_DECLARE_FINAL_TYPE (LfRowGrid, lf_row_grid, LF, ROW_GRID, GtkBox)

/* What its rows are called; before it has any. Headers where nobody said. */
void  lf_row_grid_set_kind    (LfRowGrid *self, LfRowKind kind);
/* (element-type LfRow): @rows is referenced and changed by the grid until the next call; NULL for none. */
void  lf_row_grid_set_rows    (LfRowGrid *self, GPtrArray *rows);
void  lf_row_grid_add         (LfRowGrid *self); /* an empty row, with the focus in its name */
void  lf_row_grid_undo        (LfRowGrid *self); /* puts the row removed last back to its place */
void  lf_row_grid_clear_messages (LfRowGrid *self);
/* What is wrong with row @n; FALSE where there is no such row. */
gboolean lf_row_grid_set_message (LfRowGrid *self, guint n, gboolean of_value, const char *message);
