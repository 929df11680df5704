#pragma once

#include "lf-chart.h"
#include "lf-heat-map.h"

typedef struct
{
  LfChartSeries look;
  char *name;
  gboolean visible;
  GArray *values; /* double, as many as LfChart.times */
} LfChartLine;

struct _LfChart
{
  GtkWidget parent_instance;

  char *title;
  char *units[2];
  LfTimeAxis *axis;
  GArray *times;        /* double, s */
  GPtrArray *lines;     /* LfChartLine */
  const LfHeatMap *heat; /* drawn in their place; or NULL */
  graphene_rect_t plot; /* where the lines are drawn, from the last drawing */
  GskRenderNode *backdrop; /* everything but cursor and selection, until it changes */
  guint describe_id;
  gint64 described_at; /* us, monotonic */
};

static inline const double *
_lf_chart_times (const LfChart *self)
{
  return (const double *) (gpointer) self->times->data;
}

static inline const double *
_lf_chart_values (const LfChartLine *line)
{
  return (const double *) (gpointer) line->values->data;
}

/* The sample nearest to @t. There is one. */
guint _lf_chart_find       (LfChart *self, double t);
/* The samples in view, with a neighbour on each side whose line reaches into it. Returns how many. */
guint _lf_chart_find_view  (LfChart *self, guint *first);
void  _lf_chart_draw       (LfChart *self, GtkSnapshot *snapshot); /* lf-chart-draw.c */
void  _lf_chart_input_init (LfChart *self);                        /* lf-chart-input.c */
