#include "config.h"

#include "lf-aside.h"

#define LEAST 240

struct _LfAside
{
  GtkWidget parent_instance;
  int least;
};

enum
{
  PROP_0,
  PROP_LEAST,
};

G_DEFINE_FINAL_TYPE (LfAside, lf_aside, GTK_TYPE_WIDGET)

static void
lf_aside_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  int first_minimum, first_natural, second_minimum, second_natural;

  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, -1, &first_minimum,
                      &first_natural, NULL, NULL);
  gtk_widget_measure (gtk_widget_get_last_child (widget), orientation, -1, &second_minimum,
                      &second_natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = first_minimum;
      *natural = first_natural + second_natural;
      return;
    }
  *minimum = MAX (first_minimum, second_minimum);
  *natural = MAX (first_natural, second_natural);
}

static void
lf_aside_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *first = gtk_widget_get_first_child (widget);
  GtkWidget *second = gtk_widget_get_last_child (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int natural = 0;
  gboolean fits;

  gtk_widget_measure (second, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  fits = gtk_widget_get_visible (second) && width >= natural + LF_ASIDE (widget)->least;
  gtk_widget_set_child_visible (second, fits);
  if (!fits)
    natural = 0;
  gtk_widget_size_allocate (
      first, &(GtkAllocation){ mirrored ? natural : 0, 0, width - natural, height }, -1);
  if (fits)
    gtk_widget_size_allocate (
        second, &(GtkAllocation){ mirrored ? 0 : width - natural, 0, natural, height }, -1);
}

static void
lf_aside_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LEAST)
    LF_ASIDE (object)->least = g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
lf_aside_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (lf_aside_parent_class)->dispose (object);
}

static void
lf_aside_class_init (LfAsideClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_aside_dispose;
  G_OBJECT_CLASS (klass)->set_property = lf_aside_set_property;
  widget_class->measure = lf_aside_measure;
  widget_class->size_allocate = lf_aside_size_allocate;
  g_object_class_install_property (
      G_OBJECT_CLASS (klass), PROP_LEAST,
      g_param_spec_int ("least", NULL, NULL, 0, G_MAXINT, LEAST,
                        G_PARAM_WRITABLE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS));
}

static void
lf_aside_init (LfAside *self)
{
}
