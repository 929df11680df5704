#pragma once

#include <glib.h>

/*
 * Text for a terminal.
 */

/* @text, which may come from anywhere, on one line and without what would move the cursor or colour
 * the terminal. (transfer full) */
char *lf_text_clean (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* A wall-clock time for a person: local, to the second; "" for 0. (transfer full) */
char *lf_text_time  (gint64 ms) G_GNUC_WARN_UNUSED_RESULT;
