#pragma once

#include "lf-chart-sheet.h"

struct _LfChartSheet
{
  GFile *file;
  cairo_surface_t *drawing; /* recorded: what draws it again needs no widget and no main thread */
  GByteArray *svg;          /* or NULL, where it becomes a PNG */
  int width, height;
};

/* What cairo writes goes to @closure, a GByteArray. */
cairo_status_t _lf_chart_sheet_take_bytes (void *closure, const unsigned char *data, unsigned int length);
