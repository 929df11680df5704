#include "config.h"

#include "lf-body-editor-private.h"

#include "lf-body-json.h"
#include "lf-drop-down.h"
#include "lf-file-slot.h"
#include "lf-form-field.h"
#include "lf-graphql-editor.h"
#include "lf-part-list.h"
#include "lf-row-grid.h"

/* In the order of the drop-down. */
static const struct
{
  LfBodyType type;
  const char *page;
} kinds[] = {
  { LF_BODY_NONE, "none" },       { LF_BODY_TEXT, "text" }, { LF_BODY_JSON, "text" },
  { LF_BODY_FILE, "file" },       { LF_BODY_FORM, "form" }, { LF_BODY_MULTIPART, "multipart" },
  { LF_BODY_GRAPHQL, "graphql" },
};

enum
{
  CHANGED,
  ADDED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfBodyEditor, lf_body_editor, GTK_TYPE_BOX)

static void
changed (LfBodyEditor *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static LfBody *
ensure_body (LfBodyEditor *self)
{
  if (self->step->body == NULL)
    self->step->body = lf_body_new ();
  return self->step->body;
}

/* The places of what is not shown hold nothing: what they tell would be of another kind. */
static void
fill_page (LfBodyEditor *self, LfBodyType type)
{
  LfBody *body = self->step != NULL ? self->step->body : NULL;
  const gboolean is_file = type == LF_BODY_FILE;

  lf_file_slot_show (LF_FILE_SLOT (self->file), self->store, is_file ? body->attachment_id : NULL,
                     is_file ? body->file : NULL);
  lf_row_grid_set_rows (LF_ROW_GRID (self->fields), type == LF_BODY_FORM ? body->fields : NULL);
  lf_part_list_set_parts (LF_PART_LIST (self->parts), self->store,
                          type == LF_BODY_MULTIPART ? body->parts : NULL);
  lf_graphql_editor_set_body (LF_GRAPHQL_EDITOR (self->graphql),
                              type == LF_BODY_GRAPHQL ? body : NULL);
}

static void
show_kind (LfBodyEditor *self)
{
  const LfBodyType type = _lf_body_editor_get_kind (self);
  guint kind = 0;

  while (kinds[kind].type != type)
    kind++;
  self->loading = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->kind), kind);
  gtk_widget_set_visible (self->pages, type != LF_BODY_NONE);
  gtk_widget_set_visible (self->format, type == LF_BODY_JSON);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), kinds[kind].page);
  self->loading = FALSE;
  lf_body_editor_set_message (self, NULL);
  fill_page (self, type);
  if (type == LF_BODY_JSON)
    _lf_body_editor_check_soon (self);
  if (type == LF_BODY_GRAPHQL)
    _lf_body_editor_show_graphql_fault (self);
}

static void
fields_changed_cb (LfBodyEditor *self)
{
  lf_body_editor_set_message (self, NULL);
  changed (self);
}

static void
graphql_changed_cb (LfBodyEditor *self)
{
  _lf_body_editor_show_graphql_fault (self);
  changed (self);
}

/* As one edit, so that Ctrl+Z takes it back. */
static void
format_clicked_cb (LfBodyEditor *self)
{
  g_autofree char *text = NULL, *fault = NULL, *indented = NULL;
  GtkTextIter start, end;

  g_object_get (self->buffer, "text", &text, NULL);
  fault = lf_body_json_fault (text);
  lf_body_editor_set_message (self, fault);
  if (fault != NULL)
    return;
  indented = lf_body_json_indent (text);
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_delete (self->buffer, &start, &end);
  gtk_text_buffer_insert (self->buffer, &start, indented, -1);
  gtk_text_buffer_end_user_action (self->buffer);
}

static void
set_type (LfBodyEditor *self, LfBodyType type)
{
  ensure_body (self)->body_type = type;
  show_kind (self);
  changed (self);
}

/* What is no JSON on purpose: it keeps its content type, and nobody checks it. */
static void
as_text_clicked_cb (LfBodyEditor *self)
{
  LfBody *body = ensure_body (self);

  if (body->content_type == NULL)
    lf_set_string (&body->content_type, "application/json");
  set_type (self, LF_BODY_TEXT);
  gtk_widget_grab_focus (self->text); /* the button is gone */
}

static void
kind_selected_cb (LfBodyEditor *self)
{
  guint kind = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kind));

  if (!self->loading && self->step != NULL && kinds[kind].type != _lf_body_editor_get_kind (self))
    set_type (self, kinds[kind].type);
}

static void
text_changed_cb (LfBodyEditor *self)
{
  g_autofree char *text = NULL;

  if (self->loading || self->step == NULL)
    return;
  g_object_get (self->buffer, "text", &text, NULL);
  lf_set_string (&ensure_body (self)->text, text);
  if (self->step->body->body_type == LF_BODY_JSON)
    _lf_body_editor_check_soon (self);
  changed (self);
}

static void
added_cb (LfBodyEditor *self, const char *attachment_id)
{
  g_signal_emit (self, signals[ADDED], 0, attachment_id);
}

static void
set_file (LfBodyEditor *self, const char *id, const char *file)
{
  LfBody *body = ensure_body (self);

  lf_set_string (&body->attachment_id, id);
  lf_set_string (&body->file, file);
  lf_record_set_present (body, G_STRUCT_OFFSET (LfBody, attachment_id), id != NULL);
  lf_record_set_present (body, G_STRUCT_OFFSET (LfBody, file), file != NULL);
  lf_body_editor_set_message (self, NULL);
  changed (self);
}

static void
stored_cb (LfBodyEditor *self, const LfAttachment *attachment)
{
  set_file (self, attachment->id, NULL);
}

static void
removed_cb (LfBodyEditor *self)
{
  set_file (self, NULL, NULL);
}

static void
restored_cb (LfBodyEditor *self, const char *attachment_id, const char *file)
{
  set_file (self, attachment_id, file);
}

static void
lf_body_editor_dispose (GObject *object)
{
  LfBodyEditor *self = LF_BODY_EDITOR (object);

  self->step = NULL;
  if (self->file != NULL)
    fill_page (self, LF_BODY_NONE); /* ends what is on its way */
  g_clear_handle_id (&self->check_id, g_source_remove);
  g_clear_object (&self->store);
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_BODY_EDITOR);
  self->file = NULL;
  G_OBJECT_CLASS (lf_body_editor_parent_class)->dispose (object);
}

static void
lf_body_editor_class_init (LfBodyEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_body_editor_dispose;
  signals[CHANGED] = g_signal_new ("changed", LF_TYPE_BODY_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[ADDED] = g_signal_new ("added", LF_TYPE_BODY_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (LF_TYPE_FILE_SLOT);
  g_type_ensure (LF_TYPE_FORM_FIELD);
  g_type_ensure (LF_TYPE_PART_LIST);
  g_type_ensure (LF_TYPE_ROW_GRID);
  g_type_ensure (LF_TYPE_GRAPHQL_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-body-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, LfBodyEditor, kind);
  gtk_widget_class_bind_template_child (widget_class, LfBodyEditor, pages);
  gtk_widget_class_bind_template_child (widget_class, LfBodyEditor, format);
  gtk_widget_class_bind_template_child (widget_class, LfBodyEditor, fields);
  gtk_widget_class_bind_template_child (widget_class, LfBodyEditor, parts);
  gtk_widget_class_bind_template_child (widget_class, LfBodyEditor, graphql);
  gtk_widget_class_bind_template_child (widget_class, LfBodyEditor, text);
  gtk_widget_class_bind_template_child (widget_class, LfBodyEditor, buffer);
  gtk_widget_class_bind_template_child (widget_class, LfBodyEditor, file);
  gtk_widget_class_bind_template_child (widget_class, LfBodyEditor, message);
  gtk_widget_class_bind_template_child (widget_class, LfBodyEditor, as_text);
  gtk_widget_class_bind_template_callback (widget_class, kind_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, fields_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, graphql_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, as_text_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, added_cb);
  gtk_widget_class_bind_template_callback (widget_class, stored_cb);
  gtk_widget_class_bind_template_callback (widget_class, removed_cb);
  gtk_widget_class_bind_template_callback (widget_class, restored_cb);
  _lf_body_editor_class_install_messages (widget_class);
}

static void
lf_body_editor_init (LfBodyEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lf_drop_down_prepare (GTK_WIDGET (self->kind), GTK_WIDGET (self->kind));
  lf_row_grid_set_kind (LF_ROW_GRID (self->fields), LF_ROW_FIELD);
}

void
lf_body_editor_set_step (LfBodyEditor *self, LfStore *store, LfStep *step)
{
  const LfBody *body = step != NULL ? step->body : NULL;

  g_set_object (&self->store, store);
  self->step = step;
  if (step == NULL)
    {
      fill_page (self, LF_BODY_NONE);
      return;
    }
  self->loading = TRUE;
  gtk_text_buffer_set_text (self->buffer, body != NULL && body->text != NULL ? body->text : "", -1);
  self->loading = FALSE;
  show_kind (self);
}

void
lf_body_editor_take_files (LfBodyEditor *self, GSList *files)
{
  const gboolean many = files != NULL && files->next != NULL;

  if (self->step == NULL || self->store == NULL || files == NULL)
    return;
  if (many && _lf_body_editor_get_kind (self) != LF_BODY_MULTIPART)
    set_type (self, LF_BODY_MULTIPART);
  if (!many && _lf_body_editor_get_kind (self) != LF_BODY_MULTIPART &&
      _lf_body_editor_get_kind (self) != LF_BODY_FILE)
    set_type (self, LF_BODY_FILE);
  lf_body_editor_set_message (self, NULL);
  for (GSList *file = files; file != NULL; file = file->next)
    if (_lf_body_editor_get_kind (self) == LF_BODY_MULTIPART)
      lf_part_list_add_file (LF_PART_LIST (self->parts), file->data);
    else
      lf_file_slot_take (LF_FILE_SLOT (self->file), file->data);
}

gboolean
lf_body_editor_is_busy (LfBodyEditor *self)
{
  return lf_file_slot_is_busy (LF_FILE_SLOT (self->file)) ||
         lf_part_list_is_busy (LF_PART_LIST (self->parts));
}

gboolean
lf_body_editor_can_restore (LfBodyEditor *self, const char *id)
{
  return lf_file_slot_can_restore (LF_FILE_SLOT (self->file), id) ||
         lf_part_list_can_restore (LF_PART_LIST (self->parts), id);
}
