#pragma once

#include <glib.h>

/* A cell of a table for a terminal: a space, then @cell in @width columns, at their right; at their left
 * where @width is negative. printf counts bytes, and words and sizes have characters of two and three. */
void _lf_report_append_cell (GString *text, int width, const char *cell);
