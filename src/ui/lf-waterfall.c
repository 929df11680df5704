#include "config.h"

#include "lf-waterfall.h"

#include "lf-format.h"

#include <glib/gi18n.h>

#define N_PHASES 6
#define LINE     24 /* px from one bar to the next, where the text is not higher */
#define BAR      10 /* px high */
#define GAP      12 /* px between the columns */
#define SHORTEST 2  /* px of a bar that could not be seen otherwise */
#define NATURAL  420

typedef struct
{
  const char *name; /* translated */
  gint64 start;     /* us */
  gint64 length;
} Phase;

struct _LfWaterfall
{
  GtkWidget parent_instance;
  Phase phases[N_PHASES]; /* those that happened */
  guint n_phases;
  gint64 total;
};

G_DEFINE_FINAL_TYPE (LfWaterfall, lf_waterfall, GTK_TYPE_WIDGET)

static char *
time_of (const Phase *phase)
{
  return lf_format_ms ((double) phase->length / 1000);
}

static PangoLayout *
layout_of (LfWaterfall *self, const char *text)
{
  return gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
}

static int
width_of (LfWaterfall *self, const char *text)
{
  g_autoptr (PangoLayout) layout = layout_of (self, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* How wide the names, or the times, are. */
static int
column_width (LfWaterfall *self, gboolean of_times)
{
  int width = 0;

  for (guint i = 0; i < self->n_phases; i++)
    {
      g_autofree char *time = time_of (&self->phases[i]);

      width = MAX (width, width_of (self, of_times ? time : self->phases[i].name));
    }
  return width;
}

static int
line_height (LfWaterfall *self)
{
  g_autoptr (PangoLayout) layout = layout_of (self, "X");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return MAX (LINE, height);
}

static void
draw_text (LfWaterfall *self, GtkSnapshot *snapshot, const char *text, double x, double y)
{
  g_autoptr (PangoLayout) layout = layout_of (self, text);
  GdkRGBA colour;
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &colour);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (x, y + (line_height (self) - height) / 2.0));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static GdkRGBA
bar_colour (LfWaterfall *self)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA colour;

  if (!gtk_style_context_lookup_color (context, "accent_color", &colour))
    gtk_style_context_get_color (context, &colour);
  return colour;
}

/* The first column stands where reading begins; time goes to the right everywhere, as in the
 * charts. */
static void
draw_phase (LfWaterfall *self, GtkSnapshot *snapshot, guint n, int names, int times)
{
  const Phase *phase = &self->phases[n];
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int line = line_height (self);
  double y = n * line, room = MAX (width - names - times - 2 * GAP, 1);
  double x = (mirrored ? times : names) + GAP + room * phase->start / self->total;
  double length = MAX (room * phase->length / self->total, SHORTEST);
  g_autofree char *time = time_of (phase);
  double time_x = mirrored ? 0 : width - width_of (self, time);
  GdkRGBA colour = bar_colour (self);

  draw_text (self, snapshot, phase->name, mirrored ? width - width_of (self, phase->name) : 0, y);
  gtk_snapshot_append_color (snapshot, &colour,
                             &GRAPHENE_RECT_INIT (x, y + (line - BAR) / 2.0, length, BAR));
  draw_text (self, snapshot, time, time_x, y);
}

static void
lf_waterfall_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LfWaterfall *self = LF_WATERFALL (widget);
  int names = column_width (self, FALSE), times = column_width (self, TRUE);

  for (guint i = 0; i < self->n_phases; i++)
    draw_phase (self, snapshot, i, names, times);
}

static void
lf_waterfall_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  LfWaterfall *self = LF_WATERFALL (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = (int) self->n_phases * line_height (self);
  else
    {
      *minimum = column_width (self, FALSE) + column_width (self, TRUE) + 3 * GAP;
      *natural = MAX (*minimum, NATURAL);
    }
}

static void
lf_waterfall_class_init (LfWaterfallClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = lf_waterfall_snapshot;
  widget_class->measure = lf_waterfall_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "waterfall");
}

static void
lf_waterfall_init (LfWaterfall *self)
{
}

static void
add_phase (LfWaterfall *self, const char *name, gint64 length)
{
  const Phase *last = self->n_phases > 0 ? &self->phases[self->n_phases - 1] : NULL;

  if (length > 0)
    self->phases[self->n_phases++] =
        (Phase){ name, last != NULL ? last->start + last->length : 0, length };
}

static void
describe (LfWaterfall *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < self->n_phases; i++)
    {
      g_autofree char *time = time_of (&self->phases[i]);

      g_string_append_printf (words, "%s%s: %s", i > 0 ? ", " : "", self->phases[i].name, time);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words->str,
                                  -1);
}

void
lf_waterfall_set_trial (LfWaterfall *self, const LfTrial *trial)
{
  self->n_phases = 0;
  self->total = MAX (trial->total, 1);
  add_phase (self, _ ("Name look-up"), trial->blocked);
  add_phase (self, _ ("Connecting"), trial->connecting);
  add_phase (self, _ ("TLS handshake"), trial->tls_handshaking);
  add_phase (self, _ ("Sending"), trial->sending);
  add_phase (self, _ ("Waiting"), trial->waiting);
  add_phase (self, _ ("Receiving"), trial->receiving);
  describe (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
