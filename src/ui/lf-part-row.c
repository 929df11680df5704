#include "config.h"

#include "lf-part-row.h"

#include "lf-drop-down.h"
#include "lf-file-slot.h"
#include "lf-form-field.h"
#include "lf-part-content.h"
#include "lf-row-drag.h"

struct _LfPartRow
{
  GtkListBoxRow parent_instance;
  LfBodyPart *part;
  LfBodyPart *other; /* the content of the kind that is not chosen now */
  LfStore *store;
  gboolean loading;
  GtkWidget *handle;
  GtkWidget *enabled;
  GtkWidget *name;
  GtkWidget *kind;
  GtkWidget *file;
  GtkWidget *value_field;
  GtkWidget *value;
  GtkWidget *file_name_field;
  GtkWidget *file_name;
  GtkWidget *type_field;
  GtkWidget *type;
  GtkWidget *message;
};

enum
{
  CHANGED,
  REMOVE,
  ADDED,
  MOVED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfPartRow, lf_part_row, GTK_TYPE_LIST_BOX_ROW)

static void
changed (LfPartRow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
edited_cb (LfPartRow *self)
{
  LfBodyPart *part = self->part;

  if (self->loading || part == NULL)
    return;
  part->enabled = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->enabled));
  lf_set_string (&part->name, gtk_editable_get_text (GTK_EDITABLE (self->name)));
  if (lf_part_content_is_file (part))
    lf_part_content_set (part, &part->file_name,
                         gtk_editable_get_text (GTK_EDITABLE (self->file_name)));
  else
    lf_set_string (&part->value, gtk_editable_get_text (GTK_EDITABLE (self->value)));
  lf_part_content_set (part, &part->content_type,
                       gtk_editable_get_text (GTK_EDITABLE (self->type)));
  changed (self);
}

static void
set_text (GtkWidget *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
}

static void
show_fields (LfPartRow *self)
{
  const gboolean is_file = lf_part_content_is_file (self->part);

  self->loading = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->enabled), self->part->enabled);
  set_text (self->name, self->part->name);
  set_text (self->value, self->part->value);
  set_text (self->file_name, self->part->file_name);
  set_text (self->type, self->part->content_type);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->type),
                                  is_file ? "application/octet-stream" : "text/plain");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->kind), is_file);
  gtk_widget_set_visible (self->file, is_file);
  gtk_widget_set_visible (self->value_field, !is_file);
  gtk_widget_set_visible (self->file_name_field, is_file);
  self->loading = FALSE;
}

static void
show_part (LfPartRow *self)
{
  show_fields (self);
  lf_file_slot_show (LF_FILE_SLOT (self->file), self->store, self->part->attachment_id,
                     self->part->file);
}

static void
turn (LfPartRow *self)
{
  lf_part_content_swap (self->part, self->other);
  show_part (self);
}

static void
kind_selected_cb (LfPartRow *self)
{
  const gboolean is_file = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kind)) == 1;

  if (self->loading || self->part == NULL || is_file == lf_part_content_is_file (self->part))
    return;
  turn (self);
  changed (self);
}

static void
remove_clicked_cb (LfPartRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static void
added_cb (LfPartRow *self, const char *attachment_id)
{
  g_signal_emit (self, signals[ADDED], 0, attachment_id);
}

static void
stored_cb (LfPartRow *self, const LfAttachment *attachment)
{
  lf_part_content_set_file (self->part, attachment);
  show_fields (self);
  changed (self);
}

static void
fault_cb (LfPartRow *self)
{
  lf_form_field_mark (self->file, GTK_LABEL (self->message), lf_part_row_get_fault (self));
}

static void
dropped_cb (GtkWidget *row, GtkWidget *dropped)
{
  g_signal_emit (row, signals[MOVED], 0, dropped);
}

static gboolean
lf_part_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (LF_PART_ROW (widget)->name);
}

static void
lf_part_row_dispose (GObject *object)
{
  LfPartRow *self = LF_PART_ROW (object);

  self->part = NULL;
  if (self->file != NULL)
    lf_file_slot_cancel (LF_FILE_SLOT (self->file)); /* which lives as long as what is on its way */
  g_clear_pointer (&self->other, lf_body_part_free);
  g_clear_object (&self->store);
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_PART_ROW);
  self->file = NULL;
  G_OBJECT_CLASS (lf_part_row_parent_class)->dispose (object);
}

static void
install_signals (void)
{
  signals[CHANGED] = g_signal_new ("changed", LF_TYPE_PART_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[REMOVE] = g_signal_new ("remove", LF_TYPE_PART_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[ADDED] = g_signal_new ("added", LF_TYPE_PART_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[MOVED] = g_signal_new ("moved", LF_TYPE_PART_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, LF_TYPE_PART_ROW);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-part-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LfPartRow, handle);
  gtk_widget_class_bind_template_child (widget_class, LfPartRow, enabled);
  gtk_widget_class_bind_template_child (widget_class, LfPartRow, name);
  gtk_widget_class_bind_template_child (widget_class, LfPartRow, kind);
  gtk_widget_class_bind_template_child (widget_class, LfPartRow, file);
  gtk_widget_class_bind_template_child (widget_class, LfPartRow, value_field);
  gtk_widget_class_bind_template_child (widget_class, LfPartRow, value);
  gtk_widget_class_bind_template_child (widget_class, LfPartRow, file_name_field);
  gtk_widget_class_bind_template_child (widget_class, LfPartRow, file_name);
  gtk_widget_class_bind_template_child (widget_class, LfPartRow, type_field);
  gtk_widget_class_bind_template_child (widget_class, LfPartRow, type);
  gtk_widget_class_bind_template_child (widget_class, LfPartRow, message);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, added_cb);
  gtk_widget_class_bind_template_callback (widget_class, stored_cb);
  gtk_widget_class_bind_template_callback (widget_class, fault_cb);
}

static void
lf_part_row_class_init (LfPartRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lf_part_row_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = lf_part_row_grab_focus;
  install_signals ();
  g_type_ensure (LF_TYPE_FILE_SLOT);
  g_type_ensure (LF_TYPE_FORM_FIELD);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
lf_part_row_init (LfPartRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lf_drop_down_prepare (GTK_WIDGET (self->kind), GTK_WIDGET (self->kind));
  lf_row_drag_attach (GTK_WIDGET (self), self->handle, dropped_cb);
}

GtkWidget *
lf_part_row_new (LfStore *store, LfBodyPart *part)
{
  LfPartRow *self = g_object_new (LF_TYPE_PART_ROW, NULL);

  self->store = store != NULL ? g_object_ref (store) : NULL;
  self->part = part;
  self->other = lf_part_content_new (!lf_part_content_is_file (part));
  show_part (self);
  return GTK_WIDGET (self);
}

gboolean
lf_part_row_keeps (LfPartRow *self, const char *id)
{
  return g_strcmp0 (self->other->attachment_id, id) == 0;
}

void
lf_part_row_take_file (LfPartRow *self, GFile *file)
{
  if (!lf_part_content_is_file (self->part))
    turn (self);
  lf_file_slot_take (LF_FILE_SLOT (self->file), file);
}

gboolean
lf_part_row_is_busy (LfPartRow *self)
{
  return lf_file_slot_is_busy (LF_FILE_SLOT (self->file));
}

const char *
lf_part_row_get_fault (LfPartRow *self)
{
  return self->part != NULL && lf_part_content_is_file (self->part)
             ? lf_file_slot_get_fault (LF_FILE_SLOT (self->file))
             : NULL;
}

void
lf_part_row_clear_messages (LfPartRow *self)
{
  lf_form_field_mark (self->name, GTK_LABEL (self->message), NULL);
  lf_form_field_set_message (LF_FORM_FIELD (self->value_field), NULL);
  lf_form_field_set_message (LF_FORM_FIELD (self->type_field), NULL);
  fault_cb (self);
}

void
lf_part_row_set_message (LfPartRow *self, const char *field, const char *message)
{
  if (g_str_equal (field, "/contentType"))
    lf_form_field_set_message (LF_FORM_FIELD (self->type_field), message);
  else if (g_str_equal (field, "/value"))
    lf_form_field_set_message (LF_FORM_FIELD (self->value_field), message);
  else if (!g_str_equal (field, "/attachmentId") && !g_str_equal (field, "/file"))
    lf_form_field_mark (self->name, GTK_LABEL (self->message), message);
  else if (lf_part_row_get_fault (self) == NULL) /* which says more */
    lf_form_field_mark (self->file, GTK_LABEL (self->message), message);
}
