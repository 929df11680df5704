#include "config.h"

#include "lf-run-charts-private.h"

#include "lf-format.h"

#include <glib/gi18n.h>

static void
set_up_card (LfChartCard *card, const LfChartSeries *series, guint n)
{
  lf_chart_card_clear_series (card);
  for (guint i = 0; i < n; i++)
    lf_chart_card_add_series (card, &series[i]);
}

void
_lf_run_charts_set_up_load (LfChartCard *card, const LfRunPlan *plan)
{
  gboolean is_rate = plan != NULL && lf_run_plan_is_rate (plan);
  const LfChartSeries series[] = {
    { _ ("Requests"), LF_CHART_BLUE, LF_CHART_LEFT, LF_CHART_SOLID, LF_CHART_AREA, lf_format_rate },
    { _ ("Failed"), LF_CHART_PURPLE, LF_CHART_LEFT, LF_CHART_SOLID, LF_CHART_LINE, lf_format_rate },
    { _ ("Users"), LF_CHART_ORANGE, LF_CHART_RIGHT, LF_CHART_DASHED, LF_CHART_LINE,
      lf_format_count },
    { _ ("Planned"), LF_CHART_GREY, is_rate ? LF_CHART_LEFT : LF_CHART_RIGHT, LF_CHART_DOTTED,
      LF_CHART_LINE, is_rate ? lf_format_rate : lf_format_count },
  };
  gboolean told = plan != NULL && lf_run_plan_is_told (plan);

  set_up_card (card, series, G_N_ELEMENTS (series) - (told ? 0 : 1));
}

void
_lf_run_charts_set_up_latency (LfChartCard *card)
{
  const LfChartSeries series[] = {
    { _ ("p50"), LF_CHART_GREEN, LF_CHART_LEFT, LF_CHART_SOLID, LF_CHART_AREA, lf_format_ms },
    { _ ("p95"), LF_CHART_BLUE, LF_CHART_LEFT, LF_CHART_SOLID, LF_CHART_LINE, lf_format_ms },
    { _ ("p99"), LF_CHART_PURPLE, LF_CHART_LEFT, LF_CHART_SOLID, LF_CHART_LINE, lf_format_ms },
    { _ ("max"), LF_CHART_GREY, LF_CHART_LEFT, LF_CHART_DASHED, LF_CHART_LINE, lf_format_ms },
  };

  set_up_card (card, series, G_N_ELEMENTS (series));
}

/* What went wrong lies at the ground, where its height is read best. */
void
_lf_run_charts_set_up_answers (LfChartCard *card)
{
  const LfChartSeries series[] = {
    { _ ("2xx"), LF_CHART_GREEN, LF_CHART_LEFT, LF_CHART_SOLID, LF_CHART_BAND, lf_format_rate },
    { _ ("3xx"), LF_CHART_BLUE, LF_CHART_LEFT, LF_CHART_SOLID, LF_CHART_BAND, lf_format_rate },
    { _ ("4xx"), LF_CHART_ORANGE, LF_CHART_LEFT, LF_CHART_SOLID, LF_CHART_BAND, lf_format_rate },
    { _ ("5xx"), LF_CHART_PURPLE, LF_CHART_LEFT, LF_CHART_DASHED, LF_CHART_BAND, lf_format_rate },
    { _ ("No answer"), LF_CHART_GREY, LF_CHART_LEFT, LF_CHART_DASHED, LF_CHART_BAND,
      lf_format_rate },
  };

  set_up_card (card, series, G_N_ELEMENTS (series));
}
