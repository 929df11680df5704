#pragma once

#include "lf-run.h"

#include <gtk/gtk.h>

/*
 * Two runs side by side: their curves on one axis of time, every number of both with what changed, and why they
 * may not be comparable.
 */
#define LF_TYPE_COMPARISON (lf_comparison_get_type ())
G_DECLARE_FINAL_TYPE (LfComparison, lf_comparison, LF, COMPARISON, GtkBox)

/* Once. Both have a summary; @before is the older one. Samples: (element-type LfSample), by time. Nothing is kept. */
void lf_comparison_set_runs (LfComparison *self, const LfRun *before, GPtrArray *before_samples, const LfRun *after, GPtrArray *after_samples);
