#pragma once

#include "lf-active-run.h"

#include <gtk/gtk.h>

/*
 * Sets the users, or the rate, of a manual profile while it runs. Hidden where there is nothing to
 * set.
 *
 * Signals: "refused" (const char *reason): what was asked for cannot be; the old level is shown.
 */
#define LF_TYPE_LEVEL_CONTROL (lf_level_control_get_type ())
G_DECLARE_FINAL_TYPE (LfLevelControl, lf_level_control, LF, LEVEL_CONTROL, GtkWidget)

/* @run: one that goes on, or NULL; a reference is held. */
void lf_level_control_set_run (LfLevelControl *self, LfActiveRun *run);
/* Shows what was set elsewhere; leaves alone what is being typed. */
void lf_level_control_refresh (LfLevelControl *self);
