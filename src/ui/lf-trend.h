#pragma once

#include "lf-chart.h"

/*
 * A small chart of one number over runs, the oldest first: a point a run. The pointer or the arrow keys
 * choose a point and read it; a click or Enter opens its run. Accessible as an image whose label tells the
 * first, the last and the chosen value.
 *
 * Signals: "activated" (guint n): a point was opened.
 */
#define LF_TYPE_TREND (lf_trend_get_type ())
G_DECLARE_FINAL_TYPE (LfTrend, lf_trend, LF, TREND, GtkWidget)

typedef struct
{
  double value;
  char *when; /* "2026-11-23 12:00:05" */
} LfTrendPoint;

/* @name: what it counts, translated; copied. */
void lf_trend_set_look   (LfTrend *self, const char *name, LfChartColor color, LfChartFormat format);
/* Copies the @n points at @points. */
void lf_trend_set_points (LfTrend *self, const LfTrendPoint *points, guint n);
