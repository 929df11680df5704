#include "config.h"

#include "lf-ramp-dot.h"

#include "lf-chart.h"
#include "lf-ramp-plot.h"

#include <glib/gi18n.h>

#define RADIUS 5.5 /* px */
#define LARGE  7.5
#define SMALL  3.0
#define RING   2.0 /* px of the background round it, so that it stands out from the line */

struct _LfRampDot
{
  GtkWidget parent_instance;
  LfRampPointFlags flags;
  gboolean large;
  gboolean small;
};

G_DEFINE_FINAL_TYPE (LfRampDot, lf_ramp_dot, GTK_TYPE_WIDGET)

static void
draw_disc (GtkSnapshot *snapshot, float x, float y, float radius, const GdkRGBA *colour)
{
  const graphene_rect_t bounds =
      GRAPHENE_RECT_INIT (x - radius, y - radius, 2 * radius, 2 * radius);
  GskRoundedRect disc;

  gsk_rounded_rect_init_from_rect (&disc, &bounds, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &disc);
  gtk_snapshot_append_color (snapshot, colour, &bounds);
  gtk_snapshot_pop (snapshot);
}

static void
lf_ramp_dot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LfRampDot *self = LF_RAMP_DOT (widget);
  float x = gtk_widget_get_width (widget) / 2.0f, y = gtk_widget_get_height (widget) / 2.0f;
  float radius = self->large ? LARGE : self->small || self->flags == 0 ? SMALL : RADIUS;
  GdkRGBA ground, colour;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "view_bg_color",
                                       &ground))
    ground = (GdkRGBA){ 1, 1, 1, 1 };
  lf_chart_get_color (widget, LF_CHART_BLUE, &colour);
  draw_disc (snapshot, x, y, radius + RING, &ground);
  draw_disc (snapshot, x, y, radius, &colour);
  if (self->flags & LF_RAMP_MOVES_VALUE && !self->small)
    draw_disc (snapshot, x, y, radius - 2 * RING, &ground);
}

static void
lf_ramp_dot_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  *minimum = *natural = 2 * LF_RAMP_REACH;
}

static void
lf_ramp_dot_class_init (LfRampDotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = lf_ramp_dot_snapshot;
  widget_class->measure = lf_ramp_dot_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
  gtk_widget_class_set_css_name (widget_class, "ramp-dot");
}

static void
lf_ramp_dot_init (LfRampDot *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

void
lf_ramp_dot_set_point (LfRampDot *self,
                       const LfRampPoint *point,
                       const char *label,
                       const char *words)
{
  /* Only newer versions of GTK tell a screen reader the value of a slider that is not its own. */
  g_autofree char *whole =
      g_strdup_printf (C_ ("Point 2 of 4, 20 users at 30 s", "%s, %s"), label, words);

  self->flags = point->flags;
  gtk_widget_set_focusable (GTK_WIDGET (self), point->flags != 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, whole,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, point->value, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lf_ramp_dot_set_look (LfRampDot *self, gboolean large, gboolean small)
{
  if (self->large == large && self->small == small)
    return;
  self->large = large;
  self->small = small;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
