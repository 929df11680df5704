#pragma once

#include <gtk/gtk.h>

/*
 * A GtkSpinButton for a number of a spec, from 0 to @upper: shows 2.5 as "2.5" and 30 as "30", and takes
 * over what is typed at once, not only when it loses the focus: Save and Run, reached by their keys,
 * would miss it. Tells by "value-changed". In an LfFormField it says what is wrong with what is typed; elsewhere
 * whoever listens does.
 */
GtkWidget *lf_number_spin_new (gboolean integer, double upper, double step) G_GNUC_WARN_UNUSED_RESULT; /* (transfer floating) */

/* @fault: what is wrong with what is typed into @spin; NULL: nothing any more. */
typedef void (*LfNumberFaultFunc) (GtkWidget *spin, const char *fault, gpointer user_data);
/* @func: called in place of an LfFormField, while @spin lives. */
void       lf_number_spin_set_fault_func (GtkWidget *spin, LfNumberFaultFunc func, gpointer user_data);
