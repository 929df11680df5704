#pragma once

#include "lf-drawing-private.h"

/* The line at the axis' cursor, dots where it crosses the series, and their values in a box. */
void _lf_chart_draw_cursor (LfChart *self, GtkSnapshot *snapshot, int width, int height);
