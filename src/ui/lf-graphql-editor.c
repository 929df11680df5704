#include "config.h"

#include "lf-graphql-editor.h"

#include "lf-json.h"

#include <glib/gi18n.h>
#include <stdio.h>

struct _LfGraphqlEditor
{
  GtkBox parent_instance;
  LfBody *body;
  gboolean loading;
  GtkWidget *operation_name;
  GtkTextBuffer *query;
  GtkTextBuffer *variables;
};

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfGraphqlEditor, lf_graphql_editor, GTK_TYPE_BOX)

static char *
text_of (GtkTextBuffer *buffer)
{
  char *text;

  g_object_get (buffer, "text", &text, NULL);
  return g_strstrip (text);
}

static void
set_or_clear (LfBody *body, char **field, const char *text)
{
  if (*text != '\0')
    {
      lf_set_string (field, text);
      return;
    }
  g_clear_pointer (field, g_free);
  lf_record_set_present (body, (char *) field - (char *) body, FALSE);
}

static void
read_variables (LfGraphqlEditor *self)
{
  g_autofree char *text = text_of (self->variables);

  g_clear_pointer (&self->body->variables, json_node_unref);
  if (*text == '\0')
    {
      lf_record_set_present (self->body, G_STRUCT_OFFSET (LfBody, variables), FALSE);
      return;
    }
  self->body->variables = lf_json_from_text (text, -1, NULL);
  if (self->body->variables == NULL)
    self->body->variables = json_node_init_string (json_node_alloc (), text);
}

static void
edited_cb (LfGraphqlEditor *self)
{
  g_autofree char *query = NULL;

  if (self->loading || self->body == NULL)
    return;
  query = text_of (self->query);
  set_or_clear (self->body, &self->body->query, query);
  set_or_clear (self->body, &self->body->operation_name,
                gtk_editable_get_text (GTK_EDITABLE (self->operation_name)));
  read_variables (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
lf_graphql_editor_dispose (GObject *object)
{
  LF_GRAPHQL_EDITOR (object)->body = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_GRAPHQL_EDITOR);
  G_OBJECT_CLASS (lf_graphql_editor_parent_class)->dispose (object);
}

static void
lf_graphql_editor_class_init (LfGraphqlEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_graphql_editor_dispose;
  signals[CHANGED] = g_signal_new ("changed", LF_TYPE_GRAPHQL_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               LF_RESOURCE_PATH "lf-graphql-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, LfGraphqlEditor, operation_name);
  gtk_widget_class_bind_template_child (widget_class, LfGraphqlEditor, query);
  gtk_widget_class_bind_template_child (widget_class, LfGraphqlEditor, variables);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
}

static void
lf_graphql_editor_init (LfGraphqlEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
variables_text (const LfBody *body)
{
  if (body == NULL || body->variables == NULL)
    return g_strdup ("");
  if (JSON_NODE_HOLDS_VALUE (body->variables) &&
      json_node_get_value_type (body->variables) == G_TYPE_STRING)
    return json_node_dup_string (body->variables);
  return lf_json_to_text (body->variables, TRUE);
}

void
lf_graphql_editor_set_body (LfGraphqlEditor *self, LfBody *body)
{
  g_autofree char *variables = variables_text (body);
  const char *query = body != NULL && body->query != NULL ? body->query : "";
  const char *name = body != NULL && body->operation_name != NULL ? body->operation_name : "";

  self->loading = TRUE;
  self->body = body;
  gtk_text_buffer_set_text (self->query, query, -1);
  gtk_editable_set_text (GTK_EDITABLE (self->operation_name), name);
  gtk_text_buffer_set_text (self->variables, variables, -1);
  self->loading = FALSE;
}

char *
lf_graphql_editor_get_fault (LfGraphqlEditor *self)
{
  g_autofree char *text = text_of (self->variables);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  guint line = 0, column = 0;

  if (*text == '\0')
    return NULL;
  node = lf_json_from_text (text, -1, &error);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  if (error == NULL || !lf_json_error_place (error, &line, &column))
    return g_strdup (_ ("The variables are no JSON object. Write them as {\"name\": value}."));
  return g_strdup_printf (_ ("The variables are no JSON at line %u, character %u."), line, column);
}
