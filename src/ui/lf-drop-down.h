#pragma once

#include <gtk/gtk.h>

/* What takes the focus in a GtkDropDown is a button within it, which GTK gives no name: now it has that of
 * @label, a GtkLabel or whatever has an accessible label, such as @drop_down itself. */
void lf_drop_down_name_button (GtkWidget *drop_down, GtkWidget *label);
