#pragma once

#include "lf-distribution.h"
#include "lf-summary.h"

/*
 * A distribution by percentile with its heading, its legend and the choice of a logarithmic axis.
 */
#define LF_TYPE_DISTRIBUTION_CARD (lf_distribution_card_get_type ())
G_DECLARE_FINAL_TYPE (LfDistributionCard, lf_distribution_card, LF, DISTRIBUTION_CARD, GtkWidget)

/* Of response times, else of durations. FALSE and nothing added where @summary has no such histogram, or it has no
 * value. Of @look the name, the colour and the dash. */
gboolean lf_distribution_card_add   (LfDistributionCard *self, const LfChartSeries *look, const LfSummary *summary, gboolean response);
