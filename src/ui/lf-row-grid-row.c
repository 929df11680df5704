#include "config.h"

#include "lf-row-grid-row.h"

#include "lf-form-field.h"

#include <glib/gi18n.h>

struct _LfRowGridRow
{
  GtkBox parent_instance;
  LfRow *record;
  GtkWidget *enabled;
  GtkWidget *name;
  GtkWidget *value;
  GtkWidget *remove;
  GtkWidget *message;
};

enum
{
  CHANGED,
  REMOVE,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfRowGridRow, lf_row_grid_row, GTK_TYPE_BOX)

static void
edited_cb (LfRowGridRow *self)
{
  if (self->record == NULL)
    return;
  self->record->enabled = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->enabled));
  lf_set_string (&self->record->name, gtk_editable_get_text (GTK_EDITABLE (self->name)));
  lf_set_string (&self->record->value, gtk_editable_get_text (GTK_EDITABLE (self->value)));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
remove_cb (LfRowGridRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static gboolean
lf_row_grid_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (LF_ROW_GRID_ROW (widget)->name);
}

static void
lf_row_grid_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_ROW_GRID_ROW);
  G_OBJECT_CLASS (lf_row_grid_row_parent_class)->dispose (object);
}

static void
lf_row_grid_row_class_init (LfRowGridRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_row_grid_row_dispose;
  widget_class->grab_focus = lf_row_grid_row_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", LF_TYPE_ROW_GRID_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVE] = g_signal_new ("remove", LF_TYPE_ROW_GRID_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-row-grid-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LfRowGridRow, enabled);
  gtk_widget_class_bind_template_child (widget_class, LfRowGridRow, name);
  gtk_widget_class_bind_template_child (widget_class, LfRowGridRow, value);
  gtk_widget_class_bind_template_child (widget_class, LfRowGridRow, remove);
  gtk_widget_class_bind_template_child (widget_class, LfRowGridRow, message);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
lf_row_grid_row_init (LfRowGridRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
name_control (GtkWidget *control, const char *name, gboolean with_tooltip)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  if (with_tooltip)
    gtk_widget_set_tooltip_text (control, name);
}

static void
name_parameter (LfRowGridRow *self)
{
  name_control (self->enabled, _ ("Send this parameter"), TRUE);
  name_control (self->name, _ ("Parameter name"), FALSE);
  name_control (self->value, _ ("Parameter value"), FALSE);
  name_control (self->remove, _ ("Remove this parameter"), TRUE);
}

static void
name_field (LfRowGridRow *self)
{
  name_control (self->enabled, _ ("Send this field"), TRUE);
  name_control (self->name, _ ("Field name"), FALSE);
  name_control (self->value, _ ("Field value"), FALSE);
  name_control (self->remove, _ ("Remove this field"), TRUE);
}

LfRowGridRow *
lf_row_grid_row_new (LfRow *record, LfRowKind kind)
{
  LfRowGridRow *self = g_object_new (LF_TYPE_ROW_GRID_ROW, NULL);

  if (kind == LF_ROW_PARAMETER) /* the template speaks of headers */
    name_parameter (self);
  else if (kind == LF_ROW_FIELD)
    name_field (self);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->enabled), record->enabled);
  gtk_editable_set_text (GTK_EDITABLE (self->name), record->name != NULL ? record->name : "");
  gtk_editable_set_text (GTK_EDITABLE (self->value), record->value != NULL ? record->value : "");
  self->record = record;
  return self;
}

LfRow *
lf_row_grid_row_get_record (LfRowGridRow *self)
{
  return self->record;
}

void
lf_row_grid_row_set_message (LfRowGridRow *self, gboolean of_value, const char *message)
{
  GtkLabel *label = GTK_LABEL (self->message);

  lf_form_field_mark (of_value ? self->name : self->value, label, NULL);
  lf_form_field_mark (of_value ? self->value : self->name, label, message);
}
