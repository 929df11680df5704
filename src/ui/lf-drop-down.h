#pragma once

#include <gtk/gtk.h>

/* For a GtkDropDown of words. What takes the focus in it is a button, which GTK gives no name: now it has that of
 * @label, a GtkLabel or whatever has an accessible label, such as @drop_down itself. Where there is little room for the
 * chosen words, they are cut off at their end. */
void lf_drop_down_prepare (GtkWidget *drop_down, GtkWidget *label);
