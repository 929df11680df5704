#pragma once

#include <gtk/gtk.h>

/*
 * One number with its name and a detail below. Accessible as a group whose label tells all three.
 *
 * Properties: "name-text" (string, translated).
 */
#define LF_TYPE_TILE (lf_tile_get_type ())
G_DECLARE_FINAL_TYPE (LfTile, lf_tile, LF, TILE, GtkWidget)

void        lf_tile_set       (LfTile *self, const char *value, const char *detail);
