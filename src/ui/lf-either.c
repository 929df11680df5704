#include "config.h"

#include "lf-either.h"

struct _LfEither
{
  GtkWidget parent_instance;
  int least;
};

enum
{
  PROP_0,
  PROP_LEAST,
};

G_DEFINE_FINAL_TYPE (LfEither, lf_either, GTK_TYPE_WIDGET)

static int
least_of (LfEither *self)
{
  int minimum;

  if (self->least >= 0)
    return self->least;
  gtk_widget_measure (gtk_widget_get_first_child (GTK_WIDGET (self)), GTK_ORIENTATION_HORIZONTAL,
                      -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static GtkWidget *
choose (LfEither *self, int width)
{
  return width >= least_of (self) ? gtk_widget_get_first_child (GTK_WIDGET (self))
                                  : gtk_widget_get_last_child (GTK_WIDGET (self));
}

static GtkSizeRequestMode
lf_either_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
lf_either_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  LfEither *self = LF_EITHER (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, -1, NULL, natural, NULL,
                          NULL);
      gtk_widget_measure (gtk_widget_get_last_child (widget), orientation, -1, minimum, NULL, NULL,
                          NULL);
      *natural = MAX (MAX (*natural, *minimum), self->least);
    }
  else
    gtk_widget_measure (choose (self, for_size < 0 ? G_MAXINT : for_size), orientation, for_size,
                        minimum, natural, NULL, NULL);
}

static void
lf_either_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *chosen = choose (LF_EITHER (widget), width);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_child_visible (child, child == chosen);
  gtk_widget_size_allocate (chosen, &(GtkAllocation){ 0, 0, width, height }, -1);
}

static void
lf_either_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LEAST)
    LF_EITHER (object)->least = g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
lf_either_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (lf_either_parent_class)->dispose (object);
}

static void
lf_either_class_init (LfEitherClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_either_dispose;
  G_OBJECT_CLASS (klass)->set_property = lf_either_set_property;
  widget_class->get_request_mode = lf_either_get_request_mode;
  widget_class->measure = lf_either_measure;
  widget_class->size_allocate = lf_either_size_allocate;
  g_object_class_install_property (
      G_OBJECT_CLASS (klass), PROP_LEAST,
      g_param_spec_int ("least", NULL, NULL, -1, G_MAXINT, -1,
                        G_PARAM_WRITABLE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS));
}

static void
lf_either_init (LfEither *self)
{
}
