#pragma once

#include "lf-drawing-private.h"

/* The line at the chart's cursor, dots where it crosses the series, and their values in a box. */
void _lf_chart_draw_cursor (LfDrawing *d);
