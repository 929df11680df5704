#pragma once

#include "lf-console.h"
#include "lf-run-charts.h"
#include "lf-run.h"
#include "lf-samples.h"
#include "lf-spec.h"

#include <gtk/gtk.h>

/*
 * Everything that is known of one run, live or ended: banner, progress, numbers, charts, report,
 * console. It draws what it is given and knows neither store nor manager.
 */
#define LF_TYPE_RUN_VIEW (lf_run_view_get_type ())
G_DECLARE_FINAL_TYPE (LfRunView, lf_run_view, LF, RUN_VIEW, GtkWidget)

/* Begins anew with another run. */
void       lf_run_view_clear       (LfRunView *self);
/* Its record as it stands now: state, progress, verdict, summary. Read at once. */
void       lf_run_view_set_run     (LfRunView *self, const LfRun *run);
/* All samples of the run so far, totals and steps in the order of t: those that came since the last call
 * are new. The array owns its elements, which never change, and is kept until lf_run_view_clear().
 * @histograms: where their histograms lie, put in the same order; NULL: in the samples. */
void       lf_run_view_set_samples (LfRunView *self, LfSamples *samples);
void       lf_run_view_append_logs (LfRunView *self, GPtrArray *lines);
LfRunCharts *lf_run_view_get_charts (LfRunView *self); /* (transfer none) */
LfConsole   *lf_run_view_get_console (LfRunView *self); /* (transfer none) */
