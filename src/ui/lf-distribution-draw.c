#include "config.h"

#include "lf-distribution-private.h"

#include "lf-drawing-private.h"
#include "lf-format.h"

#include <glib/gi18n.h>
#include <math.h>

#define TICK_PIXELS   34    /* at least, between horizontal lines */
#define LABEL_GAP     14    /* px between the percentiles below */
#define MEDIAN_PIXELS 60    /* from which there is room for 0 % beside 50 % */
#define HEADROOM      1.03  /* so that no line runs along the upper edge */
#define LEAST_MS      0.001 /* a microsecond is all that is measured; 0 has no logarithm */
#define SECONDS_FROM  2000  /* ms, from which the axis tells seconds */

/* One drawing. Latencies go from @low to @high, both ms; @ticks between them. */
typedef struct
{
  LfDrawing d;
  LfDistribution *chart;
  double span;
  double low, high;
  LfScale scale; /* of a linear axis, in @unit ms */
  double unit;
} Drawing;

static double
x_of (const Drawing *drawing, double position)
{
  const graphene_rect_t *plot = &drawing->d.plot;

  return plot->origin.x + plot->size.width * position / drawing->span;
}

static double
y_of (const Drawing *drawing, double ms)
{
  const graphene_rect_t *plot = &drawing->d.plot;
  double share = ms / drawing->high;

  if (drawing->chart->logarithmic)
    share = log (fmax (ms, drawing->low) / drawing->low) / log (drawing->high / drawing->low);
  return plot->origin.y + plot->size.height * (1 - share);
}

static void
find_range (Drawing *drawing)
{
  GPtrArray *lines = drawing->chart->lines;

  drawing->low = G_MAXDOUBLE;
  drawing->high = LEAST_MS;
  for (guint i = 0; i < lines->len; i++)
    {
      const LfPercentiles *percentiles = ((LfDistributionLine *) lines->pdata[i])->percentiles;

      drawing->low = fmin (drawing->low, lf_percentiles_get_value (percentiles, 0));
      drawing->high = fmax (drawing->high, lf_percentiles_get_value (percentiles, HUGE_VAL));
    }
  drawing->low = fmax (drawing->low, LEAST_MS);
  drawing->unit = drawing->high >= SECONDS_FROM ? 1000 : 1;
}

/* A logarithmic axis goes from one power of ten to another. */
static void
fit_axis (Drawing *drawing, guint ticks)
{
  drawing->scale = lf_scale_new (drawing->high / drawing->unit * HEADROOM, ticks, FALSE);
  if (drawing->chart->logarithmic)
    {
      drawing->low = pow (10, floor (log10 (drawing->low) + 1e-9));
      drawing->high = fmax (pow (10, ceil (log10 (drawing->high) - 1e-9)), 10 * drawing->low);
    }
  else
    drawing->high = drawing->scale.max * drawing->unit;
}

/* The @n-th tick from below in ms; NAN past the last. */
static double
tick_at (const Drawing *drawing, guint n)
{
  double ms = drawing->chart->logarithmic ? drawing->low * pow (10, n)
                                          : n * drawing->scale.step * drawing->unit;

  return ms <= drawing->high * 1.001 ? ms : NAN;
}

/* Those of a logarithmic axis span too much for one unit: each has its own. */
static char *
tick_text (const Drawing *drawing, double ms)
{
  double value = ms >= 999 ? ms / 1000 : ms;
  LfScale own = { value, value };
  g_autofree char *number = NULL;

  if (!drawing->chart->logarithmic)
    return lf_scale_format (&drawing->scale, ms / drawing->unit);
  number = lf_scale_format (&own, value);
  return ms >= 999 ? g_strdup_printf (_ ("%s s"), number) : g_strdup_printf (_ ("%s ms"), number);
}

static int
widest_tick (Drawing *drawing)
{
  int widest = 0;
  double ms;

  for (guint i = 0; !isnan (ms = tick_at (drawing, i)); i++)
    {
      g_autofree char *text = tick_text (drawing, ms);

      widest = MAX (widest, _lf_drawing_text_width (&drawing->d, text));
    }
  return widest;
}

static void
lay_out (Drawing *drawing, int width, int height)
{
  double margin = _lf_drawing_text_height (&drawing->d) + LF_DRAWING_GAP;
  double plot_height = MAX (1, height - 2 * margin);
  double left;

  drawing->span = _lf_distribution_get_span (drawing->chart);
  find_range (drawing);
  fit_axis (drawing, (guint) MAX (1, plot_height / TICK_PIXELS));
  left = widest_tick (drawing) + LF_DRAWING_GAP;
  drawing->d.plot =
      GRAPHENE_RECT_INIT (left, margin, MAX (1, width - left - LF_DRAWING_GAP), plot_height);
  drawing->chart->plot = drawing->d.plot;
}

static void
draw_latencies (Drawing *drawing)
{
  LfDrawing *d = &drawing->d;
  double half = _lf_drawing_text_height (d) / 2.0;
  double ms;

  cairo_set_line_width (d->cr, 1);
  for (guint i = 0; !isnan (ms = tick_at (drawing, i)); i++)
    {
      g_autofree char *text = tick_text (drawing, ms);
      double y = floor (y_of (drawing, ms)) + 0.5;

      _lf_drawing_set_ink (d, i == 0 ? 0.35 : 0.12);
      cairo_move_to (d->cr, d->plot.origin.x, y);
      cairo_line_to (d->cr, d->plot.origin.x + d->plot.size.width, y);
      cairo_stroke (d->cr);
      _lf_drawing_set_ink (d, 0.65);
      _lf_drawing_show_text (d, text, d->plot.origin.x - LF_DRAWING_GAP, y - half, 1);
    }
  if (!drawing->chart->logarithmic)
    _lf_drawing_show_text (d, drawing->unit > 1 ? _ ("s") : _ ("ms"), 0, 0, 0);
}

/* Draws a percentile below the plot unless it would touch the last one, which ended at @end. */
static double
draw_percentile (Drawing *drawing, double position, double end)
{
  LfDrawing *d = &drawing->d;
  g_autofree char *text = _lf_distribution_name (drawing->chart, position);
  double width = _lf_drawing_text_width (d, text);
  double right = d->plot.origin.x + d->plot.size.width;
  double x = CLAMP (x_of (drawing, position), width / 2, MAX (width / 2, right - width / 2));

  if (x - width / 2 < end + LABEL_GAP)
    return end;
  _lf_drawing_set_ink (d, 0.65);
  _lf_drawing_show_text (d, text, x, d->plot.origin.y + d->plot.size.height + LF_DRAWING_GAP, 0.5);
  _lf_drawing_set_ink (d, 0.12);
  cairo_set_line_width (d->cr, 1);
  cairo_move_to (d->cr, floor (x_of (drawing, position)) + 0.5, d->plot.origin.y);
  cairo_line_to (d->cr, floor (x_of (drawing, position)) + 0.5,
                 d->plot.origin.y + d->plot.size.height);
  cairo_stroke (d->cr);
  return x + width / 2;
}

static void
draw_percentiles (Drawing *drawing)
{
  double median = lf_percentiles_position (50);
  double end = -LABEL_GAP;

  if (x_of (drawing, median) - x_of (drawing, 0) > MEDIAN_PIXELS)
    end = draw_percentile (drawing, 0, end);
  end = draw_percentile (drawing, median, end);
  for (double position = 1; position < drawing->span; position++)
    end = draw_percentile (drawing, position, end);
}

/* A value a pixel: what the line cannot show, the box that reads values can. */
static void
draw_line (Drawing *drawing, const LfDistributionLine *line)
{
  LfDrawing *d = &drawing->d;
  double end = lf_percentiles_get_end (line->percentiles);
  guint n = (guint) (x_of (drawing, end) - d->plot.origin.x) + 1;

  cairo_new_path (d->cr);
  for (guint i = 0; i <= n; i++)
    {
      double position = end * i / n;

      cairo_line_to (d->cr, x_of (drawing, position),
                     y_of (drawing, lf_percentiles_get_value (line->percentiles, position)));
    }
  _lf_drawing_set_color (d, line->color, 1);
  cairo_set_line_width (d->cr, 2);
  cairo_set_line_join (d->cr, CAIRO_LINE_JOIN_ROUND);
  if (line->dash != LF_CHART_SOLID)
    cairo_set_dash (d->cr, (const double[]){ 6, 4 }, 2, 0);
  cairo_stroke (d->cr);
  cairo_set_dash (d->cr, NULL, 0, 0);
}

static void
draw_tip (Drawing *drawing, double position, double x)
{
  GPtrArray *lines = drawing->chart->lines;
  g_autofree char *title = _lf_distribution_name (drawing->chart, position);
  g_autofree LfTipRow *rows = g_new0 (LfTipRow, lines->len);

  for (guint i = 0; i < lines->len; i++)
    {
      const LfDistributionLine *line = lines->pdata[i];
      double ms = lf_percentiles_get_value (line->percentiles, position);

      rows[i] =
          (LfTipRow){ line->name, line->color, isnan (ms) ? g_strdup ("–") : lf_format_ms (ms) };
    }
  _lf_drawing_tip (&drawing->d, title, rows, lines->len, x);
  for (guint i = 0; i < lines->len; i++)
    g_free (rows[i].text);
}

static void
draw_cursor (Drawing *drawing)
{
  LfDrawing *d = &drawing->d;
  double position = drawing->chart->cursor;
  double x = floor (x_of (drawing, position)) + 0.5;

  _lf_drawing_set_ink (d, 0.5);
  cairo_set_line_width (d->cr, 1);
  cairo_move_to (d->cr, x, d->plot.origin.y);
  cairo_line_to (d->cr, x, d->plot.origin.y + d->plot.size.height);
  cairo_stroke (d->cr);
  for (guint i = 0; i < drawing->chart->lines->len; i++)
    {
      const LfDistributionLine *line = drawing->chart->lines->pdata[i];
      double ms = lf_percentiles_get_value (line->percentiles, position);

      if (isnan (ms) || position > lf_percentiles_get_end (line->percentiles) + 1e-9)
        continue;
      _lf_drawing_set_color (d, line->color, 1);
      _lf_drawing_dot (d, x, y_of (drawing, ms), 4);
    }
  draw_tip (drawing, position, x);
}

void
_lf_distribution_draw (LfDistribution *self, GtkSnapshot *snapshot)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  Drawing drawing = { .chart = self };

  _lf_drawing_open (&drawing.d, GTK_WIDGET (self), snapshot, width, height);
  lay_out (&drawing, width, height);
  draw_percentiles (&drawing);
  draw_latencies (&drawing);
  for (guint i = 0; i < self->lines->len; i++)
    draw_line (&drawing, self->lines->pdata[i]);
  if (self->cursor >= 0)
    draw_cursor (&drawing);
  _lf_drawing_end (&drawing.d);
}
