#pragma once

#include <gtk/gtk.h>

/* The size of a kind of window from one time to the next, in the settings @kind-width, @kind-height and
 * @kind-maximized; nothing where there are no settings. Keep it while the window is still realized. */
void lf_window_state_restore (GtkWindow *window, const char *kind);
void lf_window_state_keep    (GtkWindow *window, const char *kind);
