#pragma once

#include "lf-chart.h"
#include "lf-percentiles.h"

/*
 * Latency (up) by percentile (to the right, on HdrHistogram's scale), a line a distribution. The pointer reads values,
 * the arrow keys go from one well-known percentile to the next. Accessible as an image whose label tells them.
 *
 * Properties: "logarithmic" (boolean): the axis of latencies.
 */
#define LF_TYPE_DISTRIBUTION (lf_distribution_get_type ())
G_DECLARE_FINAL_TYPE (LfDistribution, lf_distribution, LF, DISTRIBUTION, GtkWidget)

void lf_distribution_set_title (LfDistribution *self, const char *title); /* translated */
/* Of @look the name, the colour and the dash. @percentiles: (transfer full) */
void lf_distribution_add       (LfDistribution *self, const LfChartSeries *look, LfPercentiles *percentiles);
