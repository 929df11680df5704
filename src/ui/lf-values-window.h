#pragma once

#include "lf-chart.h"

#include <adwaita.h>

/*
 * What charts show, as a table: a row a second, a column a series. It is read by keys and by a screen reader, and copied
 * into a spreadsheet: Ctrl+C takes the selected rows, else all.
 */
#define LF_TYPE_VALUES_WINDOW (lf_values_window_get_type ())
G_DECLARE_FINAL_TYPE (LfValuesWindow, lf_values_window, LF, VALUES_WINDOW, AdwWindow)

/* @charts: (element-type LfChart): with the same samples, and series that do not change while the window lives.
 * @subtitle: what they show. */
LfValuesWindow *lf_values_window_new         (GPtrArray *charts, const char *subtitle);
void            lf_values_window_update      (LfValuesWindow *self); /* samples were added */
void            lf_values_window_restart     (LfValuesWindow *self, const char *subtitle); /* they are others */
/* (transfer full): tab-separated lines, with a head; numbers without units. */
char           *lf_values_window_copy_text   (LfValuesWindow *self) G_GNUC_WARN_UNUSED_RESULT;
