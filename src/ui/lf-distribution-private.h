#pragma once

#include "lf-distribution.h"

typedef struct
{
  char *name;
  LfChartColor color;
  LfChartDash dash;
  LfPercentiles *percentiles;
} LfDistributionLine;

struct _LfDistribution
{
  GtkWidget parent_instance;

  char *title;
  GPtrArray *lines; /* LfDistributionLine */
  gboolean logarithmic;
  double cursor;        /* a position, as LfPercentiles counts; -1: none */
  graphene_rect_t plot; /* where the lines are, from the last drawing */
};

/* Positions of the left and the right edge differ by this: where the longest line ends. */
double _lf_distribution_get_span (LfDistribution *self);
/* "99.9 %", or what is called the maximum. */
char  *_lf_distribution_name     (LfDistribution *self, double position) G_GNUC_WARN_UNUSED_RESULT;
/* lf-distribution-draw.c */
void   _lf_distribution_draw     (LfDistribution *self, GtkSnapshot *snapshot);
