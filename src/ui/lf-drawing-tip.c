#include "config.h"

#include "lf-drawing-private.h"

#include <math.h>

#define PADDING 8  /* px */
#define OFFSET  12 /* from what is pointed at */
#define DOT     14 /* that the dot before a name takes */
#define GAP     16 /* at least, between a name and its value */

static double
width_of (LfDrawing *d, const char *title, const LfTipRow *rows, guint n)
{
  double width = _lf_drawing_text_width (d, title);

  for (guint i = 0; i < n; i++)
    width = fmax (width, DOT + _lf_drawing_text_width (d, rows[i].name) + GAP +
                             _lf_drawing_text_width (d, rows[i].text));
  return width + 2 * PADDING;
}

static void
draw_box (LfDrawing *d, const graphene_rect_t *box)
{
  double x = box->origin.x, y = box->origin.y, w = box->size.width, h = box->size.height, r = 8;

  cairo_new_sub_path (d->cr);
  cairo_arc (d->cr, x + w - r, y + r, r, -G_PI / 2, 0);
  cairo_arc (d->cr, x + w - r, y + h - r, r, 0, G_PI / 2);
  cairo_arc (d->cr, x + r, y + h - r, r, G_PI / 2, G_PI);
  cairo_arc (d->cr, x + r, y + r, r, G_PI, 1.5 * G_PI);
  cairo_close_path (d->cr);
  if (_lf_drawing_is_dark (d))
    cairo_set_source_rgba (d->cr, 0.15, 0.15, 0.15, 0.94);
  else
    cairo_set_source_rgba (d->cr, 1, 1, 1, 0.94);
  cairo_fill_preserve (d->cr);
  _lf_drawing_set_ink (d, 0.2);
  cairo_set_line_width (d->cr, 1);
  cairo_stroke (d->cr);
}

static void
draw_row (LfDrawing *d, const LfTipRow *row, double x, double y, double right)
{
  _lf_drawing_set_color (d, row->color, 1);
  _lf_drawing_dot (d, x + 4, y + _lf_drawing_text_height (d) / 2.0, 4);
  _lf_drawing_set_ink (d, 1);
  _lf_drawing_show_text (d, row->name, x + DOT, y, 0);
  _lf_drawing_show_text (d, row->text, right, y, 1);
}

static double
line_of (LfDrawing *d)
{
  return _lf_drawing_text_height (d) + 2;
}

graphene_rect_t
_lf_drawing_place_tip (LfDrawing *d, const char *title, const LfTipRow *rows, guint n, double x)
{
  double width = width_of (d, title, rows, n);
  double right = d->plot.origin.x + d->plot.size.width;
  double left = x + OFFSET + width < right ? x + OFFSET : x - OFFSET - width;

  return GRAPHENE_RECT_INIT (fmax (left, 0), d->plot.origin.y, width,
                             line_of (d) * (n + 1) + 2 * PADDING);
}

void
_lf_drawing_tip (LfDrawing *d, const char *title, const LfTipRow *rows, guint n, double x)
{
  graphene_rect_t box = _lf_drawing_place_tip (d, title, rows, n, x);
  double y = box.origin.y + PADDING;

  draw_box (d, &box);
  _lf_drawing_set_ink (d, 0.65);
  _lf_drawing_show_text (d, title, box.origin.x + PADDING, y, 0);
  for (guint i = 0; i < n; i++)
    draw_row (d, &rows[i], box.origin.x + PADDING, y + line_of (d) * (i + 1),
              box.origin.x + box.size.width - PADDING);
}
