#pragma once

#include <gtk/gtk.h>

/*
 * A line as high as a word: how one number went from run to run. Nothing where there are fewer than two. Accessible as an
 * image whose label is given.
 */
#define LF_TYPE_SPARKLINE (lf_sparkline_get_type ())
G_DECLARE_FINAL_TYPE (LfSparkline, lf_sparkline, LF, SPARKLINE, GtkWidget)

/* Copies @n values, the oldest first. @words: what they say, translated. */
void lf_sparkline_set_values (LfSparkline *self, const double *values, guint n, const char *words);
