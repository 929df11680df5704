#pragma once

#include <gtk/gtk.h>

/*
 * Holds one child and tells whether there is little room for it, so that another layout can be shown. It tells so after
 * the size was given out, when it is safe to change widgets.
 *
 * Properties: "child" (GtkWidget); "limit" (int, px, 1060): what is less is narrow; "narrow" (boolean, notifies).
 */
#define LF_TYPE_WIDTH_BIN (lf_width_bin_get_type ())
G_DECLARE_FINAL_TYPE (LfWidthBin, lf_width_bin, LF, WIDTH_BIN, GtkWidget)

gboolean lf_width_bin_is_narrow (LfWidthBin *self);
