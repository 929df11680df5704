#pragma once

#include <gtk/gtk.h>

/*
 * Lines over time: two y axes, a cursor that reads values (pointer, or arrow keys where it has the
 * focus), colours for light and dark that a colour-blind person can tell apart, by dashes too. Hours
 * of samples cost no more than their pixels. Accessible as an image whose label tells the latest values.
 *
 * Properties: "title" (string), "cursor" (double, s; -1: none; bind it to move several at once).
 * Signals: "series-changed" (): a series was added, shown or hidden.
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

typedef char *(*LfChartFormat) (double value);

typedef struct
{
  const char *name; /* translated; copied */
  LfChartColor color;
  LfChartSide side;
  gboolean dashed;
  gboolean filled;      /* the area below it */
  LfChartFormat format; /* of values in words */
} LfChartSeries;

GtkWidget           *lf_chart_new                (void) G_GNUC_WARN_UNUSED_RESULT;
void                 lf_chart_set_title          (LfChart *self, const char *title);
/* What each axis counts: "req/s", "users". Milliseconds turn into seconds where the unit is "ms". */
void                 lf_chart_set_units          (LfChart *self, const char *left, const char *right);
guint                lf_chart_add_series         (LfChart *self, const LfChartSeries *series);
void                 lf_chart_set_series_visible (LfChart *self, guint n, gboolean visible);
/* One value a series; NAN leaves a gap. @t: s, ascending. */
void                 lf_chart_append             (LfChart *self, double t, const double *values);
void                 lf_chart_clear              (LfChart *self); /* its samples */
guint                lf_chart_get_n_samples      (LfChart *self);
/* s, -1: none. */
void                 lf_chart_set_cursor         (LfChart *self, double cursor);
/* The colour of a series against the background that @widget stands on. */
void                 lf_chart_get_color          (GtkWidget *widget, LfChartColor color, GdkRGBA *rgba);
