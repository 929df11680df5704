#include "config.h"

#include "lf-tile.h"

#include "lf-widget-private.h"

struct _LfTile
{
  GtkWidget parent_instance;

  GtkLabel *name;
  GtkLabel *value;
  GtkLabel *detail;
};

enum
{
  PROP_NAME_TEXT = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LfTile, lf_tile, GTK_TYPE_WIDGET)

static void
describe (LfTile *self)
{
  g_autofree char *text =
      g_strdup_printf ("%s: %s %s", gtk_label_get_text (self->name),
                       gtk_label_get_text (self->value), gtk_label_get_text (self->detail));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  g_strchomp (text), -1);
}

static void
lf_tile_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_NAME_TEXT:
      g_value_set_string (value, gtk_label_get_text (LF_TILE (object)->name));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lf_tile_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_NAME_TEXT:
      gtk_label_set_text (LF_TILE (object)->name, g_value_get_string (value));
      describe (LF_TILE (object));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lf_tile_dispose (GObject *object)
{
  _lf_widget_dispose (GTK_WIDGET (object), LF_TYPE_TILE);
  G_OBJECT_CLASS (lf_tile_parent_class)->dispose (object);
}

static void
lf_tile_class_init (LfTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = lf_tile_get_property;
  object_class->set_property = lf_tile_set_property;
  object_class->dispose = lf_tile_dispose;
  properties[PROP_NAME_TEXT] = g_param_spec_string ("name-text", NULL, NULL, NULL,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, LfTile, name);
  gtk_widget_class_bind_template_child (widget_class, LfTile, value);
  gtk_widget_class_bind_template_child (widget_class, LfTile, detail);
  gtk_widget_class_set_css_name (widget_class, "tile");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
lf_tile_init (LfTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lf_tile_set (LfTile *self, const char *value, const char *detail)
{
  gtk_label_set_text (self->value, value);
  gtk_label_set_text (self->detail, detail != NULL ? detail : "");
  describe (self);
}
