#pragma once

#include "lf-samples.h"
#include "lf-spec.h"

#include <gtk/gtk.h>

/*
 * The charts of a run on one time axis: load against plan, latency, answers by kind. Of all
 * steps or of one; of response time or of service time where the two differ.
 */
#define LF_TYPE_RUN_CHARTS (lf_run_charts_get_type ())
G_DECLARE_FINAL_TYPE (LfRunCharts, lf_run_charts, LF, RUN_CHARTS, GtkWidget)

/* Begins anew with another run. */
void       lf_run_charts_clear       (LfRunCharts *self);
/* What is run: the plan, its stages, what the steps are called. Read at once. */
void       lf_run_charts_set_spec    (LfRunCharts *self, const LfSpec *spec);
/* All samples of the run so far, as lf_run_view_set_samples() says: draws those that are new. */
void       lf_run_charts_set_samples (LfRunCharts *self, LfSamples *samples);
/* @which: "load", "latency", "answers", "heat" or "all". (transfer full) (element-type LfChart) */
GPtrArray *lf_run_charts_get_charts  (LfRunCharts *self, const char *which) G_GNUC_WARN_UNUSED_RESULT;
/* The step that is drawn; NULL for all of them. (transfer none) */
const char *lf_run_charts_get_step_name (LfRunCharts *self);
