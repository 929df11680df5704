#pragma once

#include "lf-run.h"

#include <gtk/gtk.h>

/*
 * What an ended run came to: latency, requests, answers, errors, steps, health of the generator.
 */
#define LF_TYPE_RUN_REPORT (lf_run_report_get_type ())
G_DECLARE_FINAL_TYPE (LfRunReport, lf_run_report, LF, RUN_REPORT, GtkWidget)

/* NULL: nothing, and it hides. What is shown must not change meanwhile. */
void lf_run_report_set_summary (LfRunReport *self, const LfSummary *summary);
