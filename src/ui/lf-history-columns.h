#pragma once

#include <gtk/gtk.h>

/* Gives @view, whose items are LfHistoryRun, the columns of the history; newest first to begin with. */
void _lf_history_add_columns (GtkColumnView *view);
