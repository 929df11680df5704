#pragma once

#include "lf-heat-map.h"
#include "lf-time-axis.h"

#include <gtk/gtk.h>

/*
 * Values over time: lines on two y axes, areas stacked upon each other, or a heat map; a cursor that reads values,
 * and a time axis that may be shared with other charts (pointer: a drag zooms in, a double click zooms
 * out; keys: arrows, Home, End move the cursor, plus, minus and 0 zoom, Escape goes back). Colours for
 * light and dark that a colour-blind person can tell apart, by dashes too. Hours of samples
 * cost no more than their pixels. Accessible as an image whose label tells the values at the cursor,
 * else the latest, those no more often than every other second.
 *
 * Property: "title" (string). Signal: "series-changed" (): a series was added, shown or hidden.
 */
#define LF_TYPE_CHART (lf_chart_get_type ())
G_DECLARE_FINAL_TYPE (LfChart, lf_chart, LF, CHART, GtkWidget)

typedef enum
{
  LF_CHART_BLUE,
  LF_CHART_ORANGE,
  LF_CHART_GREEN,
  LF_CHART_PURPLE,
  LF_CHART_GREY,
  LF_N_CHART_COLORS,
} LfChartColor;

typedef enum
{
  LF_CHART_LEFT,
  LF_CHART_RIGHT,
} LfChartSide;

typedef enum
{
  LF_CHART_SOLID,
  LF_CHART_DASHED,
  LF_CHART_DOTTED,
} LfChartDash;

typedef enum
{
  LF_CHART_LINE,
  LF_CHART_AREA, /* a line, and the area below it */
  LF_CHART_BAND, /* stacked upon the bands that were added later; where not solid, hatched */
} LfChartShape;

typedef char *(*LfChartFormat) (double value);

typedef struct
{
  const char *name; /* translated; copied */
  LfChartColor color;
  LfChartSide side;
  LfChartDash dash;
  LfChartShape shape;
  LfChartFormat format; /* of values in words */
} LfChartSeries;

void                 lf_chart_set_title          (LfChart *self, const char *title);
/* What each axis counts: "req/s", "users". Milliseconds turn into seconds where the unit is "ms". */
void                 lf_chart_set_units          (LfChart *self, const char *left, const char *right);
LfTimeAxis          *lf_chart_get_axis           (LfChart *self); /* (transfer none) */
void                 lf_chart_set_axis           (LfChart *self, LfTimeAxis *axis); /* before any sample */
guint                lf_chart_add_series         (LfChart *self, const LfChartSeries *series);
void                 lf_chart_clear_series       (LfChart *self); /* and the samples */
void                 lf_chart_set_series_visible (LfChart *self, guint n, gboolean visible);
/* A heat map of latency in the place of series. @map outlives the chart; call it again when it has changed. */
void                 lf_chart_set_heat_map       (LfChart *self, const LfHeatMap *map);
/* One value a series; NAN (and what is no number) leaves a gap. @t: s, ascending. @values: NULL where there are no series. */
void                 lf_chart_append             (LfChart *self, double t, const double *values);
void                 lf_chart_clear              (LfChart *self); /* its samples */
guint                lf_chart_get_n_samples      (LfChart *self);
/* The colour of a series against the background that @widget stands on. */
void                 lf_chart_get_color          (GtkWidget *widget, LfChartColor color, GdkRGBA *rgba);
/* The colour of letters, paler by @alpha; in high contrast less so. Of any widget. */
void                 lf_chart_get_ink            (GtkWidget *widget, double alpha, GdkRGBA *rgba);
