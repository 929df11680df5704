#pragma once

#include <gtk/gtk.h>

/*
 * A GtkSpinButton for a number of a spec, from 0 to @upper: as one that was prepared, but takes over what is typed at
 * once, not only when it loses the focus: Save and Run, reached by their keys, would miss it. Tells by "value-changed".
 */
GtkWidget *lf_number_spin_new     (gboolean integer, double upper, double step) G_GNUC_WARN_UNUSED_RESULT; /* (transfer floating) */

/*
 * Makes @spin show 2.5 as "2.5" and 30 as "30", and keep what is typed and no number of its range: the number stays as
 * it was, and what is wrong is told by the LfFormField or in the subtitle of the AdwActionRow around @spin, or by whoever
 * listens. Once for each @spin.
 */
void       lf_number_spin_prepare (GtkSpinButton *spin);

/* @fault: what is wrong with what is typed into @spin; NULL: nothing any more. */
typedef void (*LfNumberFaultFunc) (GtkWidget *spin, const char *fault, gpointer user_data);
/* @func: called in place of a field or a row, while @spin lives. */
void       lf_number_spin_set_fault_func (GtkSpinButton *spin, LfNumberFaultFunc func, gpointer user_data);
