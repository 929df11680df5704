#pragma once

#include <gtk/gtk.h>

/*
 * Shows the first of its two children where there is room for it, else the second, which is as high as it needs to be
 * at the width that there is (AdwSqueezer does not ask).
 *
 * Properties: "least" (int, px, -1, write only): the width from which there is room for the first; -1: what it needs.
 */
#define LF_TYPE_EITHER (lf_either_get_type ())
G_DECLARE_FINAL_TYPE (LfEither, lf_either, LF, EITHER, GtkWidget)
