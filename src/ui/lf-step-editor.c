#include "config.h"

#include "lf-step-editor-private.h"

#include <stdlib.h>
#include <string.h>

static const char *const methods[] = { "GET",    "POST", "PUT",     "PATCH",
                                       "DELETE", "HEAD", "OPTIONS", NULL };

enum
{
  CHANGED,
  ADDED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfStepEditor, lf_step_editor, GTK_TYPE_BOX)

static void
edited_cb (LfStepEditor *self)
{
  if (!self->loading && self->step != NULL)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
added_cb (LfStepEditor *self, const char *attachment_id)
{
  g_signal_emit (self, signals[ADDED], 0, attachment_id);
}

/* An entry that is still empty is no change to a field that is absent. */
static void
url_changed_cb (LfStepEditor *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->url));

  if (self->loading || self->step == NULL)
    return;
  lf_set_string (&self->step->url, *text != '\0' || self->step->url != NULL ? text : NULL);
  lf_params_editor_follow (LF_PARAMS_EDITOR (self->params));
  edited_cb (self);
}

static void
params_changed_cb (LfStepEditor *self)
{
  self->loading = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->url), self->step->url);
  self->loading = FALSE;
  edited_cb (self);
}

static void
method_selected_cb (LfStepEditor *self)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (self->method));

  if (self->loading || self->step == NULL || item == NULL)
    return;
  lf_set_string (&self->step->method, gtk_string_object_get_string (item));
  edited_cb (self);
}

/* Common methods, and what the step has where it is none of them. */
static void
show_method (LfStepEditor *self)
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
lf_step_editor_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_STEP_EDITOR);
  G_OBJECT_CLASS (lf_step_editor_parent_class)->dispose (object);
}

static gboolean
lf_step_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (LF_STEP_EDITOR (widget)->url);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-step-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, LfStepEditor, method_field);
  gtk_widget_class_bind_template_child (widget_class, LfStepEditor, method);
  gtk_widget_class_bind_template_child (widget_class, LfStepEditor, url_field);
  gtk_widget_class_bind_template_child (widget_class, LfStepEditor, url);
  gtk_widget_class_bind_template_child (widget_class, LfStepEditor, actions);
  gtk_widget_class_bind_template_child (widget_class, LfStepEditor, params);
  gtk_widget_class_bind_template_child (widget_class, LfStepEditor, headers);
  gtk_widget_class_bind_template_child (widget_class, LfStepEditor, auth);
  gtk_widget_class_bind_template_child (widget_class, LfStepEditor, options);
  gtk_widget_class_bind_template_child (widget_class, LfStepEditor, think);
  gtk_widget_class_bind_template_child (widget_class, LfStepEditor, http);
  gtk_widget_class_bind_template_child (widget_class, LfStepEditor, body);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, added_cb);
  gtk_widget_class_bind_template_callback (widget_class, url_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, params_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, method_selected_cb);
}

static void
lf_step_editor_class_init (LfStepEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_step_editor_dispose;
  widget_class->grab_focus = lf_step_editor_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", LF_TYPE_STEP_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[ADDED] = g_signal_new ("added", LF_TYPE_STEP_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (LF_TYPE_FORM_FIELD);
  g_type_ensure (LF_TYPE_PARAMS_EDITOR);
  g_type_ensure (LF_TYPE_ROW_GRID);
  g_type_ensure (LF_TYPE_AUTH_EDITOR);
  g_type_ensure (LF_TYPE_HTTP_EDITOR);
  g_type_ensure (LF_TYPE_BODY_EDITOR);
  g_type_ensure (LF_TYPE_THINK_EDITOR);
  bind_template (widget_class);
}

static void
lf_step_editor_init (LfStepEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lf_step_editor_set_step (LfStepEditor *self,
                         LfStore *store,
                         const LfHttpOptions *http,
                         LfStep *step)
{
  self->loading = TRUE;
  self->step = step;
  if (step != NULL)
    {
      show_method (self);
      gtk_editable_set_text (GTK_EDITABLE (self->url), step->url != NULL ? step->url : "");
    }
  lf_params_editor_set_step (LF_PARAMS_EDITOR (self->params), step);
  lf_row_grid_set_rows (LF_ROW_GRID (self->headers), step != NULL ? step->headers : NULL);
  lf_auth_editor_set_step (LF_AUTH_EDITOR (self->auth), step);
  lf_think_editor_set_step (LF_THINK_EDITOR (self->think), step);
  lf_step_editor_set_http (self, http);
  lf_body_editor_set_step (LF_BODY_EDITOR (self->body), store, step);
  self->loading = FALSE;
}

void
lf_step_editor_set_http (LfStepEditor *self, const LfHttpOptions *http)
{
  lf_http_editor_set_options (LF_HTTP_EDITOR (self->http), http,
                              self->step != NULL ? &self->step->http : NULL);
}

LfStep *
lf_step_editor_get_step (LfStepEditor *self)
{
  return self->step;
}

LfBodyEditor *
lf_step_editor_get_body (LfStepEditor *self)
{
  return LF_BODY_EDITOR (self->body);
}

void
lf_step_editor_add_action (LfStepEditor *self, GtkWidget *action)
{
  gtk_box_append (GTK_BOX (self->actions), action);
  gtk_widget_set_visible (self->actions, TRUE);
}

void
lf_step_editor_clear_messages (LfStepEditor *self)
{
  lf_form_field_set_message (LF_FORM_FIELD (self->method_field), NULL);
  lf_form_field_set_message (LF_FORM_FIELD (self->url_field), NULL);
  lf_params_editor_clear_messages (LF_PARAMS_EDITOR (self->params));
  lf_row_grid_clear_messages (LF_ROW_GRID (self->headers));
  lf_auth_editor_clear_messages (LF_AUTH_EDITOR (self->auth));
  lf_think_editor_clear_messages (LF_THINK_EDITOR (self->think));
  lf_http_editor_clear_messages (LF_HTTP_EDITOR (self->http));
  lf_body_editor_clear_row_messages (LF_BODY_EDITOR (self->body));
}

/* As "3/name" below /body/parts or /body/fields. */
static gboolean
place_in_rows (LfStepEditor *self, const char *place, const char *message, gboolean all)
{
  const char *field = strchr (place, '/');

  if (field == NULL)
    return FALSE;
  if (!all && g_str_equal (field, "/attachmentId")) /* not chosen yet */
    return TRUE;
  return lf_body_editor_set_row_message (LF_BODY_EDITOR (self->body), (guint) atoi (place), field,
                                         message);
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || *text == '\0';
}

static gboolean
is_field (const char *pointer, const char *field)
{
  return g_str_has_prefix (pointer, field) && strchr ("/", pointer[strlen (field)]) != NULL;
}

/* A row that was just added is no mistake yet. */
static gboolean
place_in_headers (LfStepEditor *self, const char *place, const char *message, gboolean checked)
{
  const guint n = atoi (place);
  const LfRow *row = n < self->step->headers->len ? self->step->headers->pdata[n] : NULL;

  if (row != NULL && is_blank (row->name) && is_blank (row->value) && !checked)
    return TRUE;
  return lf_row_grid_set_message (LF_ROW_GRID (self->headers), n,
                                  g_str_has_suffix (place, "/value"), message);
}

/* What the body editor found itself says more; what is not chosen or written yet is no mistake
 * until Run. */
static void
place_in_body (LfStepEditor *self, const char *field, const char *message, gboolean all)
{
  LfBodyEditor *body = LF_BODY_EDITOR (self->body);
  const gboolean early = is_field (field, "/body/attachmentId") || is_field (field, "/body/query");

  if (lf_body_editor_get_message (body) == NULL && (all || !early))
    lf_body_editor_set_message (body, message);
}

/* What is wrong is to be seen. */
static gboolean
show_in_options (LfStepEditor *self, const char *field, const char *message)
{
  if (g_str_has_prefix (field, "/thinkTime")
          ? !lf_think_editor_set_message (LF_THINK_EDITOR (self->think),
                                          field + strlen ("/thinkTime"), message)
          : !lf_http_editor_set_message (LF_HTTP_EDITOR (self->http), field + strlen ("/http"),
                                         message))
    return FALSE;
  gtk_expander_set_expanded (GTK_EXPANDER (self->options), TRUE);
  return TRUE;
}

gboolean
lf_step_editor_set_message (LfStepEditor *self,
                            const char *field,
                            const char *message,
                            gboolean all,
                            gboolean checked)
{
  if (is_field (field, "/url"))
    {
      if (all || *gtk_editable_get_text (GTK_EDITABLE (self->url)) != '\0')
        lf_form_field_set_message (LF_FORM_FIELD (self->url_field), message);
    }
  else if (is_field (field, "/method"))
    lf_form_field_set_message (LF_FORM_FIELD (self->method_field), message);
  else if (g_str_has_prefix (field, "/headers/"))
    return place_in_headers (self, field + strlen ("/headers/"), message, checked);
  else if (g_str_has_prefix (field, "/auth/"))
    return lf_auth_editor_set_message (LF_AUTH_EDITOR (self->auth), field + strlen ("/auth"),
                                       all ? message : NULL);
  else if (g_str_has_prefix (field, "/http/") || g_str_has_prefix (field, "/thinkTime"))
    return show_in_options (self, field, message);
  else if (g_str_has_prefix (field, "/body/parts/"))
    return place_in_rows (self, field + strlen ("/body/parts/"), message, all);
  else if (g_str_has_prefix (field, "/body/fields/"))
    return place_in_rows (self, field + strlen ("/body/fields/"), message, all);
  else if (g_str_has_prefix (field, "/params/"))
    return lf_params_editor_set_message (LF_PARAMS_EDITOR (self->params),
                                         (guint) atoi (field + strlen ("/params/")),
                                         g_str_has_suffix (field, "/value"), message);
  else if (is_field (field, "/body"))
    place_in_body (self, field, message, all);
  else
    return FALSE;
  return TRUE;
}
