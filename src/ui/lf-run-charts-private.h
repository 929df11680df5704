#pragma once

#include "lf-chart-card.h"
#include "lf-heat-reader.h"
#include "lf-run-charts.h"
#include "lf-run-plan.h"
#include "lf-values-window.h"

/* The parts of the charts: lf-run-charts.c has the widgets, -series.c the lines of each, -draw.c puts samples into them. */
struct _LfRunCharts
{
  GtkWidget parent_instance;

  GtkDropDown *steps;
  GtkDropDown *measure;
  LfChartCard *load_card;
  LfChartCard *latency_card;
  LfChartCard *answers_card;
  LfChartCard *heat_card;

  LfValuesWindow *values; /* weak; NULL while it is closed */
  LfTimeAxis *axis;
  LfHeatReader *heat;
  LfSamples *samples; /* of the run, or NULL */
  guint n_drawn;      /* of the samples */
  LfSpec *spec;       /* or NULL */
  LfRunPlan *plan;    /* as far as it is drawn; or NULL */
  LfPlanned planned;  /* of the newest second */
  double last_t;      /* s, of the newest second */
  double seconds;     /* that it counts */
  double users;       /* of the newest second that had any */
  double users_max;
  gboolean nobody;  /* in the newest second */
  gboolean filling; /* the drop-downs are being filled */
};

static inline gint64
_lf_run_charts_get_step (LfRunCharts *self)
{
  guint selected = gtk_drop_down_get_selected (self->steps);

  return selected == GTK_INVALID_LIST_POSITION ? -1 : (gint64) selected - 1;
}

static inline gboolean
_lf_run_charts_shows_service (LfRunCharts *self)
{
  return gtk_drop_down_get_selected (self->measure) == 1;
}

/* lf-run-charts-series.c: the lines of each chart. @plan: NULL where nothing is known of it. */
void _lf_run_charts_set_up_load    (LfChartCard *card, const LfRunPlan *plan);
void _lf_run_charts_set_up_latency (LfChartCard *card);
void _lf_run_charts_set_up_answers (LfChartCard *card);

/* lf-run-charts.c: the table of values, where it is open, begins anew. */
void _lf_run_charts_restart_values (LfRunCharts *self);

/* lf-run-charts-draw.c */
void _lf_run_charts_draw_new     (LfRunCharts *self); /* the samples that came since */
void _lf_run_charts_draw_again   (LfRunCharts *self); /* all of them; the part in view stays */
void _lf_run_charts_forget_drawn (LfRunCharts *self);
