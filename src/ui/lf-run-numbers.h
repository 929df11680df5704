#pragma once

#include "lf-sample.h"
#include "lf-summary.h"

#include <gtk/gtk.h>

/*
 * The tiles of a run: users, rate, succeeded, failed; p50, p95, p99 and the longest response.
 */
#define LF_TYPE_RUN_NUMBERS (lf_run_numbers_get_type ())
G_DECLARE_FINAL_TYPE (LfRunNumbers, lf_run_numbers, LF, RUN_NUMBERS, GtkWidget)

void lf_run_numbers_clear        (LfRunNumbers *self);
/* Counts a total sample; shows nothing yet. */
void lf_run_numbers_add          (LfRunNumbers *self, const LfSample *sample);
/* The newest sample, which covers @seconds, beside the sums of all that were added. */
void lf_run_numbers_show_sample  (LfRunNumbers *self, const LfSample *sample, double seconds);
/* The whole run's numbers. */
void lf_run_numbers_show_summary (LfRunNumbers *self, const LfSummary *summary);
