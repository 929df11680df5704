#pragma once

#include "lf-step.h"

#include <adwaita.h>

typedef enum
{
  LF_ROW_HEADER,
  LF_ROW_PARAMETER,
  LF_ROW_FIELD, /* of a form */
} LfRowKind;

/*
 * One line of an LfRowGrid.
 *
 * Signals: "changed" (), "remove" (), "pasted" (GPtrArray of LfRow): rows that were copied elsewhere are to stand
 * here, in place of this one where it is blank.
 */
#define LF_TYPE_ROW_GRID_ROW (lf_row_grid_row_get_type ())
G_DECLARE_FINAL_TYPE (LfRowGridRow, lf_row_grid_row, LF, ROW_GRID_ROW, GtkBox)

/* @record outlives the widget, which changes it. */
LfRowGridRow *lf_row_grid_row_new         (LfRow *record, LfRowKind kind);
LfRow        *lf_row_grid_row_get_record  (LfRowGridRow *self);
/* @of_value: what is wrong is the value, not the name. */
void          lf_row_grid_row_set_message (LfRowGridRow *self, gboolean of_value, const char *message);
