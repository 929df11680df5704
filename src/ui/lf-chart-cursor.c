#include "config.h"

#include "lf-chart-cursor-private.h"

#include "lf-format.h"

#include <math.h>

/* "–" where nothing was measured. Returns how many; their texts are to be freed. */
static guint
fill_rows (LfDrawing *d, guint sample, LfTipRow *rows)
{
  guint n = 0;

  if (d->chart->heat != NULL)
    return _lf_chart_heat_rows (d->chart, _lf_chart_times (d->chart)[sample], rows);
  for (guint i = 0; i < d->chart->lines->len; i++)
    {
      const LfChartLine *line = g_ptr_array_index (d->chart->lines, i);
      double value = _lf_chart_values (line)[sample];

      if (line->visible)
        rows[n++] = (LfTipRow){ line->look.name, line->look.color,
                                isnan (value) ? g_strdup ("–") : line->look.format (value) };
    }
  return n;
}

static void
draw_hair (LfDrawing *d, guint sample, double x)
{
  _lf_drawing_set_ink (d, 0.5);
  cairo_set_line_width (d->cr, 1);
  cairo_move_to (d->cr, x, d->plot.origin.y);
  cairo_line_to (d->cr, x, d->plot.origin.y + d->plot.size.height);
  cairo_stroke (d->cr);
  for (guint i = 0; i < d->chart->lines->len; i++)
    {
      LfChartLine *line = g_ptr_array_index (d->chart->lines, i);
      double value = _lf_chart_values (line)[sample];

      if (!line->visible || isnan (value) || line->look.shape == LF_CHART_BAND)
        continue;
      _lf_drawing_set_color (d, line->look.color, 1);
      _lf_drawing_dot (d, x, _lf_drawing_y_of (d, line->look.side, value), 4);
    }
}

/* Only where it has to: what lies below is drawn again, too. */
static void
draw_within (LfDrawing *d, GtkSnapshot *snapshot, guint sample, double x)
{
  g_autofree char *clock = lf_format_clock (_lf_chart_times (d->chart)[sample]);
  g_autofree LfTipRow *rows = g_new0 (LfTipRow, MAX (d->chart->lines->len, LF_HEAT_TIP_ROWS));
  guint n = fill_rows (d, sample, rows);
  graphene_rect_t tip = _lf_drawing_place_tip (d, clock, rows, n, x);
  graphene_rect_t box =
      GRAPHENE_RECT_INIT (x - 5, d->plot.origin.y - 5, 10, d->plot.size.height + 10);

  graphene_rect_union (&box, &tip, &box);
  graphene_rect_inset (&box, -1, -1);
  d->cr = gtk_snapshot_append_cairo (snapshot, &box);
  draw_hair (d, sample, x);
  _lf_drawing_tip (d, clock, rows, n, x);
  for (guint i = 0; i < n; i++)
    g_free (rows[i].text);
}

void
_lf_chart_draw_cursor (LfChart *self, GtkSnapshot *snapshot, int width, int height)
{
  double cursor = lf_time_axis_get_cursor (self->axis);
  LfDrawing d = { 0 };
  guint sample;
  double t;

  if (cursor < 0 || self->times->len == 0)
    return;
  sample = _lf_chart_find (self, cursor);
  t = _lf_chart_times (self)[sample];
  _lf_drawing_begin (&d, self, NULL, width, height, NULL);
  if (t >= d.view.from && t <= d.view.to)
    draw_within (&d, snapshot, sample, floor (_lf_drawing_x_of (&d, t)) + 0.5);
  _lf_drawing_end (&d);
}
