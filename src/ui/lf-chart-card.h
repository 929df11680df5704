#pragma once

#include "lf-chart.h"

/*
 * A chart with its title and a legend whose entries show and hide the lines.
 */
#define LF_TYPE_CHART_CARD (lf_chart_card_get_type ())
G_DECLARE_FINAL_TYPE (LfChartCard, lf_chart_card, LF, CHART_CARD, GtkWidget)

LfChart *lf_chart_card_get_chart    (LfChartCard *self); /* (transfer none) */
void     lf_chart_card_set_title    (LfChartCard *self, const char *title);
/* Adds a line and its entry in the legend. */
void     lf_chart_card_add_series   (LfChartCard *self, const LfChartSeries *series);
void     lf_chart_card_clear_series (LfChartCard *self); /* with their samples */
/* How it is to be read, where there is no legend. */
void     lf_chart_card_set_note     (LfChartCard *self, const char *note);
