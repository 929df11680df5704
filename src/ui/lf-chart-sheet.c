#include "config.h"

#include "lf-chart-sheet-private.h"

#include "lf-drawing-private.h"

#include <cairo-svg.h>
#include <string.h>

#define WIDTH        1000 /* units; a PNG has more pixels */
#define PADDING      24
#define CHART_HEIGHT 270
#define GAP          12
#define SWATCH       18

static const GdkRGBA paper_ink = { 0, 0, 0, 1 };

/* Returns its height. */
static int
draw_heading (cairo_t *cr, LfChart *chart, const char *text, double scale)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (chart), text);
  PangoAttrList *attributes = pango_attr_list_new ();
  int height;

  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_width (layout, (WIDTH - 2 * PADDING) * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (layout, NULL, &height);
  gdk_cairo_set_source_rgba (cr, &paper_ink);
  cairo_move_to (cr, 0, 0);
  pango_cairo_show_layout (cr, layout);
  return height;
}

static void
draw_swatch (LfDrawing *d, const LfChartLine *line, double x, double y)
{
  if (line->look.shape == LF_CHART_BAND)
    {
      cairo_rectangle (d->cr, x, y - 5, SWATCH, 10);
      _lf_drawing_set_color (d, line->look.color, 0.35);
      cairo_fill (d->cr);
      y -= 4;
    }
  _lf_drawing_set_color (d, line->look.color, 1);
  _lf_drawing_set_dash (d, line->look.dash);
  cairo_set_line_width (d->cr, 2);
  cairo_move_to (d->cr, x, y);
  cairo_line_to (d->cr, x + SWATCH, y);
  cairo_stroke (d->cr);
  _lf_drawing_set_dash (d, LF_CHART_SOLID);
}

static void
draw_legend (LfDrawing *d, double y)
{
  double x = d->plot.origin.x;
  double middle = y + _lf_drawing_text_height (d) / 2.0;

  for (guint i = 0; i < d->chart->lines->len; i++)
    {
      const LfChartLine *line = g_ptr_array_index (d->chart->lines, i);

      if (!line->visible)
        continue;
      draw_swatch (d, line, x, middle);
      _lf_drawing_set_ink (d, 1);
      _lf_drawing_show_text (d, line->look.name, x + SWATCH + 6, y, 0);
      x += SWATCH + 6 + _lf_drawing_text_width (d, line->look.name) + 24;
    }
}

/* Returns its height. */
static double
draw_chart (cairo_t *cr, LfChart *chart)
{
  LfDrawing d = { 0 };
  double height;

  cairo_save (cr);
  height = draw_heading (cr, chart, chart->title, 1) + GAP / 2;
  cairo_translate (cr, 0, height);
  _lf_drawing_begin (&d, chart, cairo_reference (cr), WIDTH - 2 * PADDING, CHART_HEIGHT,
                     &paper_ink);
  _lf_drawing_chart (&d);
  draw_legend (&d, CHART_HEIGHT + GAP / 2);
  height += CHART_HEIGHT + GAP / 2 + _lf_drawing_text_height (&d);
  _lf_drawing_end (&d);
  cairo_restore (cr);
  return height;
}

/* Returns its height. */
static double
draw_all (cairo_t *cr, const char *title, GPtrArray *charts)
{
  double y = PADDING;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_save (cr);
  cairo_translate (cr, PADDING, y);
  y += draw_heading (cr, g_ptr_array_index (charts, 0), title, 1.3) + GAP;
  cairo_restore (cr);
  for (guint i = 0; i < charts->len; i++)
    {
      cairo_save (cr);
      cairo_translate (cr, PADDING, y);
      y += draw_chart (cr, g_ptr_array_index (charts, i)) + 2 * GAP;
      cairo_restore (cr);
    }
  return y;
}

cairo_status_t
_lf_chart_sheet_take_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Drawn anew, not out of the recording: cairo 1.16 loses memory where it writes one as SVG. */
static GByteArray *
draw_svg (const LfChartSheet *self, const char *title, GPtrArray *charts)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (_lf_chart_sheet_take_bytes, bytes,
                                                                  self->width, self->height);
  cairo_t *cr;

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  cr = cairo_create (surface);
  draw_all (cr, title, charts);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return bytes;
}

static gboolean
is_svg (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  const char *ending = strrchr (name, '.');

  return ending != NULL && g_ascii_strcasecmp (ending, ".svg") == 0;
}

/* Returns the height. */
static int
record (cairo_surface_t **drawing, const char *title, GPtrArray *charts)
{
  cairo_t *cr;
  double height;

  *drawing = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cr = cairo_create (*drawing);
  height = draw_all (cr, title, charts);
  cairo_destroy (cr);
  return (int) height;
}

/* Drawn twice: the first time finds out how much room the numbers beside the charts need. */
LfChartSheet *
lf_chart_sheet_new (const char *title, GPtrArray *charts, GFile *file)
{
  LfChartSheet *self = g_new0 (LfChartSheet, 1);
  cairo_surface_t *trial;

  record (&trial, title, charts);
  cairo_surface_destroy (trial);
  self->file = g_object_ref (file);
  self->width = WIDTH;
  self->height = record (&self->drawing, title, charts);
  if (is_svg (file))
    self->svg = draw_svg (self, title, charts);
  return self;
}

void
lf_chart_sheet_free (LfChartSheet *self)
{
  if (self == NULL)
    return;
  cairo_surface_destroy (self->drawing);
  g_clear_pointer (&self->svg, g_byte_array_unref);
  g_object_unref (self->file);
  g_free (self);
}
