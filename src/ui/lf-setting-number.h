#pragma once

#include <gtk/gtk.h>

/* Keeps @adjustment and the setting @key, a whole number ("u"), equal while both are there. */
void lf_setting_number_bind (GSettings *settings, const char *key, GtkAdjustment *adjustment);
