#pragma once

#include <gtk/gtk.h>

/*
 * Two children beside each other: the first takes the room there is, the second stands at the end where it leaves the
 * first one enough, and is hidden otherwise.
 *
 * Properties: "least" (int, px, 240): what the first child keeps.
 */
#define LF_TYPE_ASIDE (lf_aside_get_type ())
G_DECLARE_FINAL_TYPE (LfAside, lf_aside, LF, ASIDE, GtkWidget)
