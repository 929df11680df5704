#pragma once

#include <gtk/gtk.h>

typedef void (*LfRowDropFunc) (GtkWidget *row, GtkWidget *dropped);

/*
 * Lets @row be dragged by @handle (a child of it, or @row itself) and take other rows of its own list: @dropped
 * tells of each that was dropped on it. Rows of other lists are refused, for they belong to something else.
 */
void lf_row_drag_attach (GtkWidget *row, GtkWidget *handle, LfRowDropFunc dropped);
