#pragma once

#include "lf-active-run.h"

/*
 * Tells on standard error how a run goes: a line every second, which on a terminal is one line with
 * a bar that is drawn anew, and the warnings of the run above it.
 */
typedef struct _LfLiveLine LfLiveLine;

/* Follows @run as long as it lives. */
LfLiveLine *lf_live_line_new   (LfActiveRun *run) G_GNUC_WARN_UNUSED_RESULT;
/* Prints @text, a line, without disturbing the bar. */
void        lf_live_line_print (LfLiveLine *self, const char *text);
/* Takes the bar away. */
void        lf_live_line_free  (LfLiveLine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfLiveLine, lf_live_line_free)
