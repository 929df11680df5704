#pragma once

#include "lf-chart-card.h"
#include "lf-run-plan.h"

/* lf-run-charts-series.c: the lines of each chart. @plan: NULL where nothing is known of it. */
void _lf_run_charts_set_up_load    (LfChartCard *card, const LfRunPlan *plan);
void _lf_run_charts_set_up_latency (LfChartCard *card);
void _lf_run_charts_set_up_answers (LfChartCard *card);
