#include "config.h"

#include "lf-body-editor-private.h"

#include "lf-body-json.h"
#include "lf-file-slot.h"
#include "lf-form-field.h"
#include "lf-graphql-editor.h"
#include "lf-part-list.h"
#include "lf-row-grid.h"

#define CHECK_DELAY_MS 200

static gboolean
check_cb (gpointer user_data)
{
  LfBodyEditor *self = user_data;
  g_autofree char *message = NULL;
  LfBody *body = self->step != NULL ? self->step->body : NULL;

  self->check_id = 0;
  if (body == NULL || body->body_type != LF_BODY_JSON)
    return G_SOURCE_REMOVE;
  message = lf_body_json_fault (body->text);
  lf_body_editor_set_message (self, message);
  return G_SOURCE_REMOVE;
}

void
_lf_body_editor_check_soon (LfBodyEditor *self)
{
  g_clear_handle_id (&self->check_id, g_source_remove);
  self->check_id = g_timeout_add (CHECK_DELAY_MS, check_cb, self);
}

static GtkWidget *
control_of (LfBodyEditor *self)
{
  switch (_lf_body_editor_get_kind (self))
    {
    case LF_BODY_FILE:
      return self->file;
    case LF_BODY_FORM:
      return self->fields;
    case LF_BODY_MULTIPART:
      return self->parts;
    case LF_BODY_GRAPHQL:
      return self->graphql;
    default:
      return self->text;
    }
}

void
lf_body_editor_set_message (LfBodyEditor *self, const char *message)
{
  lf_form_field_mark (control_of (self), GTK_LABEL (self->message), message);
  gtk_widget_set_visible (self->as_text,
                          message != NULL && _lf_body_editor_get_kind (self) == LF_BODY_JSON);
}

const char *
lf_body_editor_get_message (LfBodyEditor *self)
{
  return gtk_widget_get_visible (self->message) ? gtk_label_get_text (GTK_LABEL (self->message))
                                                : NULL;
}

void
_lf_body_editor_show_graphql_fault (LfBodyEditor *self)
{
  g_autofree char *fault = lf_graphql_editor_get_fault (LF_GRAPHQL_EDITOR (self->graphql));

  lf_body_editor_set_message (self, fault);
}

static void
file_fault_cb (LfBodyEditor *self)
{
  if (_lf_body_editor_get_kind (self) == LF_BODY_FILE)
    lf_body_editor_set_message (self, lf_file_slot_get_fault (LF_FILE_SLOT (self->file)));
}

void
lf_body_editor_clear_row_messages (LfBodyEditor *self)
{
  lf_row_grid_clear_messages (LF_ROW_GRID (self->fields));
  lf_part_list_clear_messages (LF_PART_LIST (self->parts));
}

gboolean
lf_body_editor_set_row_message (LfBodyEditor *self, guint n, const char *field, const char *message)
{
  if (_lf_body_editor_get_kind (self) == LF_BODY_FORM)
    return lf_row_grid_set_message (LF_ROW_GRID (self->fields), n, g_str_equal (field, "/value"),
                                    message);
  return lf_part_list_set_message (LF_PART_LIST (self->parts), n, field, message);
}

void
lf_body_editor_check (LfBodyEditor *self)
{
  if (self->check_id == 0)
    return;
  g_source_remove (self->check_id);
  check_cb (self);
}

void
_lf_body_editor_class_install_messages (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, file_fault_cb);
}
