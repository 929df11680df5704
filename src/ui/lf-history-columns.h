#pragma once

#include <gtk/gtk.h>

/* Gives @view, whose items are LfHistoryRun, the columns of the history; newest first to begin with. */
void _lf_history_add_columns (GtkColumnView *view);
/* @title: of a column, in English, as the columns do not change their names. */
void _lf_history_sort        (GtkColumnView *view, const char *title, GtkSortType order);
