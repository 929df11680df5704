#include "config.h"

#include "lf-swatch.h"

#define WIDTH  18 /* px */
#define HEIGHT 10

struct _LfSwatch
{
  GtkWidget parent_instance;
  LfChartColor color;
  LfChartDash dash;
  LfChartShape shape;
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

/* Strokes @length long, @every so many pixels. */
static void
append_strokes (GtkSnapshot *snapshot,
                const GdkRGBA *color,
                float y,
                float height,
                float length,
                float every)
{
  for (float x = 0; x < WIDTH; x += every)
    gtk_snapshot_append_color (snapshot, color,
                               &GRAPHENE_RECT_INIT (x, y, MIN (length, WIDTH - x), height));
}

static void
append_line (LfSwatch *self, GtkSnapshot *snapshot, const GdkRGBA *color, float y)
{
  static const float lengths[] = { WIDTH, 7, 3 };
  static const float every[] = { WIDTH, 11, 5 };

  append_strokes (snapshot, color, y, 3, lengths[self->dash], every[self->dash]);
}

static void
append_band (LfSwatch *self, GtkSnapshot *snapshot, const GdkRGBA *color, float y)
{
  GdkRGBA pale = *color;

  pale.alpha = 0.35f;
  gtk_snapshot_append_color (snapshot, &pale, &GRAPHENE_RECT_INIT (0, y, WIDTH, HEIGHT));
  gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (0, y, WIDTH, 2));
  if (self->dash != LF_CHART_SOLID)
    append_strokes (snapshot, color, y, HEIGHT, 1.5f, 5);
}

static void
lf_swatch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LfSwatch *self = LF_SWATCH (widget);
  float y = (float) gtk_widget_get_height (widget) / 2;
  GdkRGBA color;

  lf_chart_get_color (widget, self->color, &color);
  if (self->shape == LF_CHART_BAND)
    append_band (self, snapshot, &color, y - HEIGHT / 2.0f);
  else
    append_line (self, snapshot, &color, y - 1.5f);
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
lf_swatch_new (const LfChartSeries *series)
{
  LfSwatch *self = g_object_new (LF_TYPE_SWATCH, "valign", GTK_ALIGN_CENTER, NULL);

  self->color = series->color;
  self->dash = series->dash;
  self->shape = series->shape;
  return GTK_WIDGET (self);
}
