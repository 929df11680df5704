#pragma once

#include <gtk/gtk.h>

/*
 * Closes the popovers of @window before it goes. One that is open then is kept by GTK 4.8 for good, and a tooltip that is
 * due over it is asked for without a surface to be on: two criticals.
 */
void lf_open_popovers_close_with (GtkWindow *window);
