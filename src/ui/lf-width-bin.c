#include "config.h"

#include "lf-width-bin.h"

#define LIMIT 1060

struct _LfWidthBin
{
  GtkWidget parent_instance;
  GtkWidget *child;
  int limit;
  gboolean narrow;
  guint turn_id; /* which will notify of the change */
};

enum
{
  PROP_0,
  PROP_CHILD,
  PROP_LIMIT,
  PROP_NARROW,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LfWidthBin, lf_width_bin, GTK_TYPE_WIDGET)

static gboolean
turn_cb (gpointer user_data)
{
  LfWidthBin *self = user_data;
  gboolean narrow = gtk_widget_get_width (GTK_WIDGET (self)) < self->limit;

  self->turn_id = 0;
  if (narrow != self->narrow)
    {
      self->narrow = narrow;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
    }
  return G_SOURCE_REMOVE;
}

static void
lf_width_bin_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  gtk_widget_measure (LF_WIDTH_BIN (widget)->child, orientation, for_size, minimum, natural, NULL,
                      NULL);
}

static void
lf_width_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LfWidthBin *self = LF_WIDTH_BIN (widget);

  gtk_widget_allocate (self->child, width, height, baseline, NULL);
  if ((width < self->limit) != self->narrow && self->turn_id == 0)
    self->turn_id = g_idle_add_full (GTK_PRIORITY_RESIZE, turn_cb, self, NULL);
}

static void
take_child (LfWidthBin *self, GtkWidget *child)
{
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
}

static void
lf_width_bin_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, LF_WIDTH_BIN (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
lf_width_bin_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LfWidthBin *self = LF_WIDTH_BIN (object);

  if (id == PROP_CHILD)
    take_child (self, g_value_get_object (value));
  else if (id == PROP_LIMIT)
    self->limit = g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
lf_width_bin_dispose (GObject *object)
{
  LfWidthBin *self = LF_WIDTH_BIN (object);

  g_clear_handle_id (&self->turn_id, g_source_remove);
  take_child (self, NULL);
  G_OBJECT_CLASS (lf_width_bin_parent_class)->dispose (object);
}

static void
lf_width_bin_class_init (LfWidthBinClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lf_width_bin_get_property;
  object_class->set_property = lf_width_bin_set_property;
  object_class->dispose = lf_width_bin_dispose;
  widget_class->measure = lf_width_bin_measure;
  widget_class->size_allocate = lf_width_bin_size_allocate;
  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                                                G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LIMIT] =
      g_param_spec_int ("limit", NULL, NULL, 0, G_MAXINT, LIMIT,
                        G_PARAM_WRITABLE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lf_width_bin_init (LfWidthBin *self)
{
}

gboolean
lf_width_bin_is_narrow (LfWidthBin *self)
{
  return self->narrow;
}
