#pragma once

#include "lf-chart-private.h"
#include "lf-scale.h"

#define LF_DRAWING_GAP 6 /* px between an axis and its numbers */

/* One drawing of a chart, on the screen or elsewhere: where everything goes, and the strokes that
 * all its parts share. */
typedef struct
{
  LfChart *chart;
  cairo_t *cr;
  PangoLayout *layout;
  GdkRGBA ink;
  gboolean contrast; /* high: pale ink is less pale */
  int width;
  graphene_rect_t plot;
  LfScale scales[2];
  gboolean used[2];
  double log_low, log_high; /* of a heat map: powers of ten of microseconds */
  LfTimeRange view;
  guint first, n; /* the samples in view */
} LfDrawing;

/* A line of the box that reads values. */
typedef struct
{
  const char *name;
  LfChartColor color;
  char *text;
} LfTipRow;

/* For any widget: what to draw with, without the layout of a chart. */
void        _lf_drawing_open        (LfDrawing *d, GtkWidget *widget, GtkSnapshot *snapshot, int width, int height);
/* @cr: (transfer full), or NULL where only the layout is asked for. @ink: of letters; NULL for what the chart's style says. */
void        _lf_drawing_begin       (LfDrawing *d, LfChart *chart, cairo_t *cr, int width, int height, const GdkRGBA *ink);
void        _lf_drawing_end         (LfDrawing *d);

gboolean    _lf_drawing_is_dark     (LfDrawing *d); /* light ink on dark ground */
void        _lf_drawing_set_ink     (LfDrawing *d, double alpha);
void        _lf_drawing_set_color   (LfDrawing *d, LfChartColor color, double alpha);
int         _lf_drawing_text_width  (LfDrawing *d, const char *text);
int         _lf_drawing_text_height (LfDrawing *d);
/* @align: 0 right of x, 1 left of it, 0.5 on it. */
void        _lf_drawing_show_text   (LfDrawing *d, const char *text, double x, double y, double align);
void        _lf_drawing_dot         (LfDrawing *d, double x, double y, double radius);

double      _lf_drawing_x_of        (LfDrawing *d, double t);
double      _lf_drawing_y_of        (LfDrawing *d, int side, double value);
char       *_lf_drawing_tick_text   (LfDrawing *d, int side, double value) G_GNUC_WARN_UNUSED_RESULT;
const char *_lf_drawing_unit_text   (LfDrawing *d, int side);
/* The box that reads values at @x, beside it and within the plot; and where that will be. */
void        _lf_drawing_tip         (LfDrawing *d, const char *title, const LfTipRow *rows, guint n, double x);
graphene_rect_t _lf_drawing_place_tip (LfDrawing *d, const char *title, const LfTipRow *rows, guint n, double x);
/* From @x to @width more, over the height of the plot. */
void        _lf_drawing_box         (LfDrawing *d, double x, double width);

void        _lf_drawing_set_dash    (LfDrawing *d, LfChartDash dash);
/* All of it but cursor and selection. */
void        _lf_drawing_chart       (LfDrawing *d); /* lf-chart-draw.c */

/* The parts of a drawing that have a file of their own. */
void        _lf_drawing_time        (LfDrawing *d); /* lf-chart-time.c: the axis below, stages and warm-up behind */
void        _lf_drawing_bands       (LfDrawing *d); /* lf-chart-bands.c */
void        _lf_drawing_fit_heat    (LfDrawing *d); /* lf-chart-heat.c: the axis */
int         _lf_drawing_heat_tick   (LfDrawing *d); /* px that its widest number takes */
void        _lf_drawing_heat        (LfDrawing *d);
/* What the column at @t tells: how many rows; their texts are to be freed. */
#define LF_HEAT_TIP_ROWS 4
guint       _lf_chart_heat_rows     (LfChart *chart, double t, LfTipRow rows[LF_HEAT_TIP_ROWS]);
double      _lf_chart_stack_at      (LfChart *chart, guint sample); /* the height of all visible bands */
