#pragma once

#include "lf-load-profile.h"

#include <gtk/gtk.h>

/*
 * Draws a load profile over time, whatever its executor, and lets its points be taken: dragged, added by a
 * double click, removed; or all of that from the keyboard. They snap to steps of 1, 2 or 5 of what is
 * seen, finer with Shift held. Its accessible label says the load in words, and each point is a slider.
 *
 * Keys on a point: arrows move it (Ctrl: further, Shift: finer), Page Up and Page Down go to the
 * one before and after, Home and End to the first and the last, Insert or + adds one, Delete removes it.
 *
 * Signals: "edited" (guint edit): the profile is another now. Edits of one number belong together, such as
 * all that one drag did, and are undone together.
 */
#define LF_TYPE_RAMP (lf_ramp_get_type ())
G_DECLARE_FINAL_TYPE (LfRamp, lf_ramp, LF, RAMP, GtkWidget)

/* Copies @profile; NULL draws nothing. */
void                 lf_ramp_set_profile (LfRamp *self, const LfLoadProfile *profile);
const LfLoadProfile *lf_ramp_get_profile (LfRamp *self); /* (transfer none) (nullable) */
/* Seconds at the start that are drawn as not counted. */
void                 lf_ramp_set_warmup  (LfRamp *self, double seconds);
