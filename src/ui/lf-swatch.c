#include "config.h"

#include "lf-swatch.h"

#define WIDTH  18 /* px */
#define HEIGHT 10

struct _LfSwatch
{
  GtkWidget parent_instance;
  LfChartColor color;
  gboolean dashed;
};

G_DEFINE_FINAL_TYPE (LfSwatch, lf_swatch, GTK_TYPE_WIDGET)

static void
lf_swatch_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
lf_swatch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LfSwatch *self = LF_SWATCH (widget);
  double y = gtk_widget_get_height (widget) / 2.0;
  GdkRGBA rgba;

  lf_chart_get_color (widget, self->color, &rgba);
  if (self->dashed)
    {
      gtk_snapshot_append_color (snapshot, &rgba, &GRAPHENE_RECT_INIT (0, y - 1.5, 7, 3));
      gtk_snapshot_append_color (snapshot, &rgba, &GRAPHENE_RECT_INIT (11, y - 1.5, 7, 3));
    }
  else
    gtk_snapshot_append_color (snapshot, &rgba, &GRAPHENE_RECT_INIT (0, y - 1.5, WIDTH, 3));
}

static void
lf_swatch_class_init (LfSwatchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = lf_swatch_measure;
  widget_class->snapshot = lf_swatch_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
lf_swatch_init (LfSwatch *self)
{
}

GtkWidget *
lf_swatch_new (LfChartColor color, gboolean dashed)
{
  LfSwatch *self = g_object_new (LF_TYPE_SWATCH, "valign", GTK_ALIGN_CENTER, NULL);

  self->color = color;
  self->dashed = dashed;
  return GTK_WIDGET (self);
}
