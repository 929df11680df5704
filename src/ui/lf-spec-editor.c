#include "config.h"

#include "lf-spec-editor-private.h"

#include "lf-error.h"
#include "lf-past-runs.h"

#include <glib/gi18n.h>

static const char *const methods[] = { "GET",    "POST", "PUT",     "PATCH",
                                       "DELETE", "HEAD", "OPTIONS", NULL };

enum
{
  PROP_0,
  PROP_MODIFIED,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

enum
{
  SAVED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfSpecEditor, lf_spec_editor, GTK_TYPE_BOX)

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static void
set_text (GtkWidget *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), or_empty (text));
}

/* An entry that is still empty is no change to a field that is absent. */
static void
take_text (GtkWidget *entry, char **place)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  lf_set_string (place, *text != '\0' || *place != NULL ? text : NULL);
}

static void
update_modified (LfSpecEditor *self)
{
  gboolean modified = self->spec != NULL && !lf_record_equal (self->spec, self->saved);
  const char *name = self->spec != NULL ? self->spec->name : NULL;
  gboolean named = name != NULL && *name != '\0';

  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), named ? name : _ ("New Spec"));
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title),
                                 modified ? _ ("Not saved yet") : "");
  if (modified == self->modified)
    return;
  self->modified = modified;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODIFIED]);
}

static gboolean
check_cb (gpointer user_data)
{
  LfSpecEditor *self = user_data;

  self->check_id = 0;
  _lf_spec_editor_show_problems (self);
  return G_SOURCE_REMOVE;
}

/* Many keys in a row are checked once. */
static void
check_soon (LfSpecEditor *self)
{
  if (self->check_id == 0)
    self->check_id = g_timeout_add (100, check_cb, self);
}

static void
edited_cb (LfSpecEditor *self)
{
  if (self->loading || self->spec == NULL)
    return;
  update_modified (self);
  check_soon (self);
}

static void
name_changed_cb (LfSpecEditor *self)
{
  if (self->loading || self->spec == NULL)
    return;
  take_text (self->name, &self->spec->name);
  edited_cb (self);
}

static void
url_changed_cb (LfSpecEditor *self)
{
  if (self->loading || self->step == NULL)
    return;
  take_text (self->url, &self->step->url);
  edited_cb (self);
}

static void
method_selected_cb (LfSpecEditor *self)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (self->method));

  if (self->loading || self->step == NULL || item == NULL)
    return;
  lf_set_string (&self->step->method, gtk_string_object_get_string (item));
  edited_cb (self);
}

static void
added_cb (LfSpecEditor *self, const char *attachment_id)
{
  g_ptr_array_add (self->added, g_strdup (attachment_id));
}

/* Common methods, and what the step has where it is none of them. */
static void
show_method (LfSpecEditor *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (methods);
  const char *method = lf_step_get_method (self->step);
  guint place = 0;

  while (methods[place] != NULL && g_strcmp0 (methods[place], method) != 0)
    place++;
  if (methods[place] == NULL)
    gtk_string_list_append (list, method);
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->method), G_LIST_MODEL (list));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->method), place);
}

static void
show_step (LfSpecEditor *self, guint n)
{
  gboolean was_loading = self->loading;

  self->loading = TRUE;
  self->step_index = n;
  self->step = lf_spec_get_step (self->spec, n);
  gtk_widget_set_visible (self->step_form, self->step != NULL);
  if (self->step != NULL)
    {
      show_method (self);
      set_text (self->url, self->step->url);
      lf_row_grid_set_rows (LF_ROW_GRID (self->headers), self->step->headers);
    }
  lf_body_editor_set_step (LF_BODY_EDITOR (self->body), self->store, self->step);
  self->loading = was_loading;
}

static void
step_selected_cb (LfSpecEditor *self)
{
  guint n = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->steps));

  if (self->loading || self->spec == NULL || n == self->step_index)
    return;
  show_step (self, n);
  _lf_spec_editor_show_problems (self);
}

static void
show_steps (LfSpecEditor *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autoptr (GPtrArray) steps = lf_spec_get_steps (self->spec);

  for (guint i = 0; i < steps->len; i++)
    {
      g_autofree char *label = lf_step_get_label (steps->pdata[i]);
      g_autofree char *text = g_strdup_printf ("%u. %s", i + 1, label);

      gtk_string_list_append (list, text);
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->steps), G_LIST_MODEL (list));
  gtk_widget_set_visible (self->steps_field, steps->len > 1);
}

static void
show_spec (LfSpecEditor *self)
{
  self->loading = TRUE;
  set_text (self->name, self->spec->name);
  show_steps (self);
  show_step (self, 0);
  lf_load_editor_set_spec (LF_LOAD_EDITOR (self->load), self->spec);
  lf_past_runs_set_spec (LF_PAST_RUNS (self->past_runs), self->store, self->spec->id);
  gtk_widget_set_sensitive (self->past_runs_button, self->spec->id != NULL);
  self->loading = FALSE;
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* Left behind, it only takes room; there is nothing that a person could do. */
  if (!lf_store_delete_attachment_finish (LF_STORE (source), result, &error))
    g_message ("%s", error->message);
}

/* Removes what came into the store for this spec and did not stay in it. */
static void
drop_unused (LfSpecEditor *self)
{
  g_autoptr (GPtrArray) used =
      self->saved->id != NULL ? lf_spec_get_attachment_ids (self->saved) : g_ptr_array_new ();

  for (guint i = 0; i < self->added->len; i++)
    if (!g_ptr_array_find_with_equal_func (used, self->added->pdata[i], g_str_equal, NULL))
      lf_store_delete_attachment_async (self->store, self->added->pdata[i], NULL, deleted_cb, NULL);
  g_ptr_array_set_size (self->added, 0);
}

/* The copy that was saved becomes the one to compare with; edits made meanwhile stay. */
static void
adopt_saved (LfSpecEditor *self, LfSpec *stored)
{
  lf_set_string (&self->spec->id, stored->id);
  lf_set_string (&self->spec->schema, stored->schema);
  self->spec->revision = stored->revision;
  self->spec->created_at = stored->created_at;
  self->spec->updated_at = stored->updated_at;
  lf_record_set_present (self->spec, G_STRUCT_OFFSET (LfSpec, id), TRUE);
  lf_record_set_present (self->spec, G_STRUCT_OFFSET (LfSpec, revision), TRUE);
  lf_record_set_present (self->spec, G_STRUCT_OFFSET (LfSpec, created_at), TRUE);
  lf_record_set_present (self->spec, G_STRUCT_OFFSET (LfSpec, updated_at), TRUE);
  lf_spec_free (self->saved);
  self->saved = stored;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LfSpecEditor *self = g_task_get_source_object (task);
  const LfSpec *sent = g_task_get_task_data (task);
  GError *error = NULL;
  LfSpec *stored = lf_store_save_spec_finish (LF_STORE (source), result, &error);
  g_autoptr (LfSpec) copy = NULL;

  self->saving = FALSE;
  if (stored == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  copy = lf_spec_copy (stored);
  if (self->spec != NULL && (sent->id == NULL || g_strcmp0 (self->spec->id, sent->id) == 0))
    {
      adopt_saved (self, stored);
      lf_past_runs_set_spec (LF_PAST_RUNS (self->past_runs), self->store, self->spec->id);
      gtk_widget_set_sensitive (self->past_runs_button, TRUE);
      update_modified (self);
      if (!self->modified)
        drop_unused (self);
    }
  else
    lf_spec_free (stored);
  g_signal_emit (self, signals[SAVED], 0, copy);
  g_task_return_boolean (task, TRUE);
}

/* A spec without a name gets that of its request, so that nobody has to think of one. */
static void
ensure_name (LfSpecEditor *self)
{
  LfStep *step = lf_spec_get_step (self->spec, 0);

  if (*or_empty (self->spec->name) != '\0' || step == NULL)
    return;
  g_free (self->spec->name);
  self->spec->name =
      *or_empty (step->url) != '\0' ? lf_step_get_label (step) : g_strdup (_ ("New Spec"));
  self->loading = TRUE;
  set_text (self->name, self->spec->name);
  self->loading = FALSE;
}

static void
release_spec (LfSpecEditor *self)
{
  g_clear_handle_id (&self->check_id, g_source_remove);
  lf_body_editor_set_step (LF_BODY_EDITOR (self->body), NULL, NULL);
  lf_load_editor_set_spec (LF_LOAD_EDITOR (self->load), NULL);
  lf_row_grid_set_rows (LF_ROW_GRID (self->headers), NULL);
  self->step = NULL;
  g_clear_pointer (&self->spec, lf_spec_free);
  g_clear_pointer (&self->saved, lf_spec_free);
  g_ptr_array_set_size (self->added, 0);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  LfSpecEditor *self = user_data;
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  if (files == NULL || self->step == NULL)
    return FALSE;
  lf_body_editor_take_file (LF_BODY_EDITOR (self->body), files->data);
  return TRUE;
}

static gboolean
lf_spec_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (LF_SPEC_EDITOR (widget)->name);
}

static void
lf_spec_editor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_MODIFIED)
    g_value_set_boolean (value, LF_SPEC_EDITOR (object)->modified);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
lf_spec_editor_dispose (GObject *object)
{
  LfSpecEditor *self = LF_SPEC_EDITOR (object);

  if (self->body != NULL)
    release_spec (self);
  g_clear_object (&self->store);
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_SPEC_EDITOR);
  self->body = NULL;
  G_OBJECT_CLASS (lf_spec_editor_parent_class)->dispose (object);
}

static void
lf_spec_editor_finalize (GObject *object)
{
  g_ptr_array_unref (LF_SPEC_EDITOR (object)->added);
  G_OBJECT_CLASS (lf_spec_editor_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, title);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, run_button);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, past_runs_button);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, past_runs);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, page);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, problems_box);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, problems);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, name_field);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, name);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, steps_field);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, steps);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, step_form);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, method_field);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, method);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, url_field);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, url);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, headers);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, body);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, load);
}

static void
lf_spec_editor_class_init (LfSpecEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = lf_spec_editor_get_property;
  object_class->dispose = lf_spec_editor_dispose;
  object_class->finalize = lf_spec_editor_finalize;
  widget_class->grab_focus = lf_spec_editor_grab_focus;
  properties[PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SAVED] = g_signal_new ("saved", LF_TYPE_SPEC_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_type_ensure (LF_TYPE_FORM_FIELD);
  g_type_ensure (LF_TYPE_ROW_GRID);
  g_type_ensure (LF_TYPE_BODY_EDITOR);
  g_type_ensure (LF_TYPE_LOAD_EDITOR);
  g_type_ensure (LF_TYPE_PAST_RUNS);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-spec-editor.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, url_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, method_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, step_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, added_cb);
}

static void
lf_spec_editor_init (LfSpecEditor *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->added = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Before the text view, which would take a file for its address. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
lf_spec_editor_set_spec (LfSpecEditor *self, LfStore *store, const LfSpec *spec)
{
  lf_body_editor_set_step (LF_BODY_EDITOR (self->body), self->store, NULL); /* ends an upload */
  if (self->saved != NULL)
    drop_unused (self);
  release_spec (self);
  g_set_object (&self->store, store);
  if (spec == NULL)
    {
      update_modified (self);
      return;
    }
  self->spec = lf_spec_copy (spec);
  self->show_all = spec->id != NULL;
  self->checked = FALSE;
  show_spec (self);
  self->saved = lf_spec_copy (self->spec);
  update_modified (self);
  _lf_spec_editor_show_problems (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->page)),
                            0);
}

const LfSpec *
lf_spec_editor_get_spec (LfSpecEditor *self)
{
  return self->spec;
}

gboolean
lf_spec_editor_is_modified (LfSpecEditor *self)
{
  return self->modified;
}

gboolean
lf_spec_editor_is_new (LfSpecEditor *self)
{
  return self->spec != NULL && self->spec->id == NULL;
}

void
lf_spec_editor_save_async (LfSpecEditor *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, lf_spec_editor_save_async);
  if (self->saving || lf_body_editor_is_busy (LF_BODY_EDITOR (self->body)))
    {
      g_task_return_new_error (task, LF_ERROR, LF_ERROR_STATE,
                               _ ("The file is still on its way. Wait for it, or cancel it."));
      return;
    }
  ensure_name (self);
  update_modified (self);
  self->saving = TRUE;
  g_task_set_task_data (task, lf_spec_copy (self->spec), lf_record_free);
  lf_store_save_spec_async (self->store, self->spec, NULL, saved_cb, g_steal_pointer (&task));
}

gboolean
lf_spec_editor_save_finish (LfSpecEditor *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
lf_spec_editor_detach (LfSpecEditor *self)
{
  g_clear_pointer (&self->spec->id, g_free);
  self->spec->revision = 0;
  lf_record_set_present (self->spec, G_STRUCT_OFFSET (LfSpec, id), FALSE);
  lf_record_set_present (self->spec, G_STRUCT_OFFSET (LfSpec, revision), FALSE);
  update_modified (self);
}

void
lf_spec_editor_set_running (LfSpecEditor *self, gboolean starting)
{
  gtk_widget_set_sensitive (self->run_button, !starting);
}
