#pragma once

#include "lf-ramp-points.h"

#include <gtk/gtk.h>

/*
 * One point of an LfRamp: takes the focus, is told to a screen reader as a slider with its place in
 * words, and draws itself. The pointer is the ramp's affair.
 */
#define LF_TYPE_RAMP_DOT (lf_ramp_dot_get_type ())
G_DECLARE_FINAL_TYPE (LfRampDot, lf_ramp_dot, LF, RAMP_DOT, GtkWidget)

/* @label: "Point 2 of 4"; @words: "20 users at 30 s". */
void lf_ramp_dot_set_point (LfRampDot *self, const LfRampPoint *point, const char *label, const char *words);
/* @large: chosen or under the pointer; @small: one of very many. */
void lf_ramp_dot_set_look  (LfRampDot *self, gboolean large, gboolean small);
