#pragma once

#include "lf-chart.h"

/*
 * The little line beside a name in a legend, drawn as the chart draws the series.
 */
#define LF_TYPE_SWATCH (lf_swatch_get_type ())
G_DECLARE_FINAL_TYPE (LfSwatch, lf_swatch, LF, SWATCH, GtkWidget)

GtkWidget *lf_swatch_new (const LfChartSeries *series) G_GNUC_WARN_UNUSED_RESULT;
