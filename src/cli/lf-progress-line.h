#pragma once

#include <gio/gio.h>

/*
 * How far a long command is, in one line on standard error that is written over; nothing where that is no terminal.
 */
typedef struct
{
  const char *what; /* N_ ("Checked"), before the numbers */
  gboolean shown;
} LfProgressLine;

/* A GFileProgressCallback; @line: LfProgressLine. */
void lf_progress_line_cb    (goffset done, goffset total, gpointer line);
/* Takes the line away. */
void lf_progress_line_clear (LfProgressLine *self);
