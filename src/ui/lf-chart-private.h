#pragma once

#include "lf-chart.h"

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
  GArray *times;    /* double, s */
  GPtrArray *lines; /* LfChartLine */
  double cursor;    /* s, -1: none */
  graphene_rect_t plot; /* where the lines are drawn, from the last drawing */
  double span;          /* s from its left to its right */
  GskRenderNode *backdrop; /* everything but the cursor, until it changes */
  guint describe_id;
};

void  _lf_chart_draw        (LfChart *self, GtkSnapshot *snapshot);
/* The sample nearest to @t. There is one. */
guint _lf_chart_find        (LfChart *self, double t);
