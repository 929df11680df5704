#include "config.h"

#include "lf-progress-line.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

#define START "\r\033[K" /* of the line, which is emptied */

void
lf_progress_line_cb (goffset done, goffset total, gpointer line)
{
  LfProgressLine *self = line;

  if (!isatty (STDERR_FILENO))
    return;
  fprintf (stderr, START "%s %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, _ (self->what), (gint64) done,
           (gint64) total);
  fflush (stderr);
  self->shown = TRUE;
}

void
lf_progress_line_clear (LfProgressLine *self)
{
  if (self->shown)
    fputs (START, stderr);
  self->shown = FALSE;
}
