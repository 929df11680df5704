#include "config.h"

#include "lf-row-grid-row.h"

#include "lf-form-field.h"
#include "lf-header-words.h"
#include "lf-row-paste.h"
#include "lf-suggest.h"

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
  LfRowKind kind;
  GPtrArray *pasted; /* until the paste is over */
  guint pasted_id;
};

enum
{
  CHANGED,
  REMOVE,
  PASTED,
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
pasted_cb (gpointer user_data)
{
  LfRowGridRow *self = user_data;
  g_autoptr (GPtrArray) rows = g_steal_pointer (&self->pasted);

  self->pasted_id = 0;
  g_signal_emit (self, signals[PASTED], 0, rows);
  return G_SOURCE_REMOVE;
}

/* What comes in one piece and is several rows is taken for such. A value may well be a URL with a
 * query, or a line with a colon: there it takes several lines. */
static void
insert_text_cb (LfRowGridRow *self, const char *text, int length, int *position, GtkEditable *entry)
{
  const gboolean in_name = gtk_widget_is_ancestor (GTK_WIDGET (entry), self->name);
  g_autofree char *piece = g_strndup (text, length >= 0 ? (gsize) length : strlen (text));
  g_autoptr (GPtrArray) rows = NULL;

  if (self->record == NULL || strlen (piece) < 3 || self->pasted != NULL)
    return;
  if (in_name || strchr (piece, '\n') != NULL)
    rows = lf_row_paste_parse (piece, self->kind);
  if (rows == NULL || (!in_name && rows->len < 2))
    return;
  g_signal_stop_emission_by_name (entry, "insert-text");
  self->pasted = g_steal_pointer (&rows);
  self->pasted_id = g_idle_add (pasted_cb, self); /* this widget goes away with that */
}

static const char *const *
name_words (gpointer user_data)
{
  return lf_header_words_get_names ();
}

static const char *const *
value_words (gpointer user_data)
{
  LfRowGridRow *self = user_data;

  return lf_header_words_get_values (gtk_editable_get_text (GTK_EDITABLE (self->name)));
}

static void
watch_pastes (LfRowGridRow *self, GtkWidget *entry)
{
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (entry)), "insert-text",
                           G_CALLBACK (insert_text_cb), self, G_CONNECT_SWAPPED);
}

static gboolean
lf_row_grid_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (LF_ROW_GRID_ROW (widget)->name);
}

static void
lf_row_grid_row_dispose (GObject *object)
{
  LfRowGridRow *self = LF_ROW_GRID_ROW (object);

  g_clear_handle_id (&self->pasted_id, g_source_remove);
  g_clear_pointer (&self->pasted, g_ptr_array_unref);
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
  signals[PASTED] = g_signal_new ("pasted", LF_TYPE_ROW_GRID_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
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
  watch_pastes (self, self->name);
  watch_pastes (self, self->value);
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
  if (kind == LF_ROW_HEADER)
    {
      lf_suggest_attach (self->name, name_words, self);
      lf_suggest_attach (self->value, value_words, self);
    }
  self->kind = kind;
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
