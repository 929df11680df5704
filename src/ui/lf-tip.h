#pragma once

#include <gtk/gtk.h>

/* Tooltips of what there is a lot of, or what changes often: nothing is done for them until the pointer rests there, while
 * gtk_widget_set_tooltip_text() asks the X server each time where the pointer is, and waits for the answer. */

/* NULL: none. */
void lf_tip_set_text     (GtkWidget *widget, const char *text);
/* All of what a label shows, where it is cut off. */
void lf_tip_tell_cut_off (GtkWidget *label);
