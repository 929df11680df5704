#include "config.h"

#include "lf-report-private.h"

#include <string.h>

void
_lf_report_append_cell (GString *text, int width, const char *cell)
{
  int more = (int) (strlen (cell) - (gsize) g_utf8_strlen (cell, -1));

  g_string_append_printf (text, " %*s", width < 0 ? width - more : width + more, cell);
}
