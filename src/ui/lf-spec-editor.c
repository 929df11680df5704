#include "config.h"

#include "lf-spec-editor-private.h"

#include "lf-page-scroll.h"
#include "lf-past-runs.h"
#include "lf-tags.h"

#include <glib/gi18n.h>

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

void
_lf_spec_editor_update_modified (LfSpecEditor *self)
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
  _lf_spec_editor_update_modified (self);
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
step_edited_cb (LfSpecEditor *self)
{
  lf_step_list_update (LF_STEP_LIST (self->steps));
  edited_cb (self);
}

static void
about_changed_cb (LfSpecEditor *self, GtkWidget *entry)
{
  if (self->loading || self->spec == NULL)
    return;
  if (entry == self->description)
    take_text (self->description, &self->spec->description);
  else
    {
      g_strfreev (self->spec->tags);
      self->spec->tags = lf_tags_split (gtk_editable_get_text (GTK_EDITABLE (self->tags)));
    }
  edited_cb (self);
}

static void
show_about (LfSpecEditor *self)
{
  g_autofree char *tags =
      self->spec->tags != NULL ? g_strjoinv (", ", self->spec->tags) : g_strdup ("");

  set_text (self->description, self->spec->description);
  set_text (self->tags, tags);
  lf_http_editor_set_options (LF_HTTP_EDITOR (self->http), NULL, &self->spec->http);
}

static void
added_cb (LfSpecEditor *self, const char *attachment_id)
{
  g_ptr_array_add (self->added, g_strdup (attachment_id));
}

static void
show_step (LfSpecEditor *self)
{
  guint n = lf_step_list_get_selected (LF_STEP_LIST (self->steps));
  LfStep *step = lf_spec_get_step (self->spec, n);

  lf_step_editor_set_step (LF_STEP_EDITOR (self->step), self->store, self->spec->http, step);
  lf_send_once_set_step (LF_SEND_ONCE (self->send_once), self->store, self->spec, n);
  gtk_widget_set_visible (self->step, step != NULL);
  gtk_widget_set_visible (self->send_once, step != NULL);
}

static void
step_selected_cb (LfSpecEditor *self)
{
  const LfStep *step;

  if (self->loading || self->spec == NULL)
    return;
  show_step (self);
  _lf_spec_editor_show_problems (self);
  step = lf_step_editor_get_step (LF_STEP_EDITOR (self->step));
  if (step != NULL && *or_empty (step->url) == '\0')
    gtk_widget_grab_focus (self->step);
}

/* What the step inherits has changed. */
static void
http_changed_cb (LfSpecEditor *self)
{
  if (self->loading || self->spec == NULL)
    return;
  lf_step_editor_set_http (LF_STEP_EDITOR (self->step), self->spec->http);
  edited_cb (self);
}

static void
show_spec (LfSpecEditor *self)
{
  self->loading = TRUE;
  set_text (self->name, self->spec->name);
  lf_step_list_set_spec (LF_STEP_LIST (self->steps), self->spec);
  show_step (self);
  lf_load_editor_set_spec (LF_LOAD_EDITOR (self->load), self->spec);
  lf_schedule_editor_set_spec (LF_SCHEDULE_EDITOR (self->schedule), self->spec);
  show_about (self);
  lf_past_runs_set_spec (LF_PAST_RUNS (self->past_runs), self->store, self->spec->id);
  gtk_widget_set_sensitive (self->past_runs_button, self->spec->id != NULL);
  self->loading = FALSE;
}

void
_lf_spec_editor_tell_saved (LfSpecEditor *self, LfSpec *stored)
{
  g_signal_emit (self, signals[SAVED], 0, stored);
}

static void
release_spec (LfSpecEditor *self)
{
  g_clear_handle_id (&self->check_id, g_source_remove);
  lf_send_once_set_step (LF_SEND_ONCE (self->send_once), NULL, NULL, 0);
  lf_step_editor_set_step (LF_STEP_EDITOR (self->step), NULL, NULL, NULL);
  lf_http_editor_set_options (LF_HTTP_EDITOR (self->http), NULL, NULL);
  lf_step_list_set_spec (LF_STEP_LIST (self->steps), NULL);
  lf_load_editor_set_spec (LF_LOAD_EDITOR (self->load), NULL);
  lf_schedule_editor_set_spec (LF_SCHEDULE_EDITOR (self->schedule), NULL);
  g_clear_pointer (&self->spec, lf_spec_free);
  g_clear_pointer (&self->saved, lf_spec_free);
  g_ptr_array_set_size (self->added, 0);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  LfSpecEditor *self = user_data;
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  if (files == NULL || lf_step_editor_get_step (LF_STEP_EDITOR (self->step)) == NULL)
    return FALSE;
  lf_body_editor_take_files (lf_step_editor_get_body (LF_STEP_EDITOR (self->step)), files);
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

  if (self->step != NULL)
    release_spec (self);
  g_clear_object (&self->store);
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_SPEC_EDITOR);
  self->step = NULL;
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
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, steps);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, step);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, send_once);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, load);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, schedule);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, description);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, tags);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, options);
  gtk_widget_class_bind_template_child (widget_class, LfSpecEditor, http);
}

static gboolean
send_once_cb (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  lf_send_once_send (LF_SEND_ONCE (LF_SPEC_EDITOR (widget)->send_once));
  return TRUE;
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
  g_type_ensure (LF_TYPE_HTTP_EDITOR);
  g_type_ensure (LF_TYPE_STEP_LIST);
  g_type_ensure (LF_TYPE_STEP_EDITOR);
  g_type_ensure (LF_TYPE_SEND_ONCE);
  g_type_ensure (LF_TYPE_LOAD_EDITOR);
  g_type_ensure (LF_TYPE_SCHEDULE_EDITOR);
  g_type_ensure (LF_TYPE_PAST_RUNS);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, send_once_cb, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-spec-editor.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, about_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, http_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, step_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, step_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, added_cb);
  gtk_widget_class_bind_template_callback (widget_class, _lf_spec_editor_refuse_step);
}

static void
lf_spec_editor_init (LfSpecEditor *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->added = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  lf_page_scroll_add (GTK_WIDGET (self));
  /* Before the text view, which would take a file for its address. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
lf_spec_editor_set_spec (LfSpecEditor *self, LfStore *store, const LfSpec *spec)
{
  lf_step_editor_set_step (LF_STEP_EDITOR (self->step), self->store, NULL,
                           NULL); /* ends an upload */
  lf_step_list_set_spec (LF_STEP_LIST (self->steps), NULL);
  if (self->saved != NULL)
    _lf_spec_editor_drop_unused (self);
  self->shows_sent = FALSE;
  release_spec (self);
  g_set_object (&self->store, store);
  if (spec == NULL)
    {
      _lf_spec_editor_update_modified (self);
      return;
    }
  self->spec = lf_spec_copy (spec);
  self->show_all = spec->id != NULL;
  self->checked = FALSE;
  show_spec (self);
  self->saved = lf_spec_copy (self->spec);
  _lf_spec_editor_update_modified (self);
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
lf_spec_editor_set_running (LfSpecEditor *self, gboolean starting)
{
  gtk_widget_set_sensitive (self->run_button, !starting);
}
