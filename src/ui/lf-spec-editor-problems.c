#include "config.h"

#include "lf-spec-editor-private.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

static void
clear_messages (LfSpecEditor *self)
{
  lf_form_field_set_message (LF_FORM_FIELD (self->name_field), NULL);
  lf_form_field_set_message (LF_FORM_FIELD (self->method_field), NULL);
  lf_form_field_set_message (LF_FORM_FIELD (self->url_field), NULL);
  lf_row_grid_clear_messages (LF_ROW_GRID (self->headers));
  lf_load_editor_clear_messages (LF_LOAD_EDITOR (self->load));
}

/* What follows @prefix in @pointer; NULL where @pointer is not below it. */
static const char *
below (const char *pointer, const char *prefix)
{
  gsize length = strlen (prefix);

  if (strncmp (pointer, prefix, length) != 0)
    return NULL;
  return pointer[length] == '/' || pointer[length] == '\0' ? pointer + length : NULL;
}

/* The part of @pointer after the step that is shown; NULL where it points elsewhere. */
static const char *
below_step (LfSpecEditor *self, const char *pointer)
{
  g_autofree char *prefix = g_strdup_printf ("/steps/%u", self->step_index);

  if (self->spec->request != NULL)
    return below (pointer, "/request");
  return below (pointer, prefix);
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || *text == '\0';
}

/* A row that was just added is no mistake yet. */
static gboolean
place_in_headers (LfSpecEditor *self, const char *place, const char *message)
{
  const guint n = atoi (place);
  const LfRow *row = n < self->step->headers->len ? self->step->headers->pdata[n] : NULL;

  if (row != NULL && is_blank (row->name) && is_blank (row->value) && !self->checked)
    return TRUE;
  return lf_row_grid_set_message (LF_ROW_GRID (self->headers), n,
                                  g_str_has_suffix (place, "/value"), message);
}

static gboolean
place_in_step (LfSpecEditor *self, const char *field, const char *message)
{
  const char *rest;

  if (below (field, "/url") != NULL)
    {
      /* An entry that nobody has filled in yet is not a mistake until Run. */
      if (self->show_all || *gtk_editable_get_text (GTK_EDITABLE (self->url)) != '\0')
        lf_form_field_set_message (LF_FORM_FIELD (self->url_field), message);
      return TRUE;
    }
  if (below (field, "/method") != NULL)
    {
      lf_form_field_set_message (LF_FORM_FIELD (self->method_field), message);
      return TRUE;
    }
  rest = below (field, "/headers");
  if (rest != NULL && *rest == '/')
    return place_in_headers (self, rest + 1, message);
  if (below (field, "/body") == NULL)
    return FALSE;
  /* What the body editor found itself says more; a file not chosen yet is no mistake until Run. */
  if (lf_body_editor_get_message (LF_BODY_EDITOR (self->body)) == NULL &&
      (self->show_all || below (field, "/body/attachmentId") == NULL))
    lf_body_editor_set_message (LF_BODY_EDITOR (self->body), message);
  return TRUE;
}

static gboolean
place (LfSpecEditor *self, const LfProblem *problem)
{
  const char *rest;

  if (below (problem->pointer, "/name") != NULL)
    {
      if (self->show_all || self->spec->name != NULL)
        lf_form_field_set_message (LF_FORM_FIELD (self->name_field), problem->message);
      return TRUE;
    }
  if (below (problem->pointer, "/warmup") != NULL)
    {
      lf_load_editor_set_warmup_message (LF_LOAD_EDITOR (self->load), problem->message);
      return TRUE;
    }
  rest = below (problem->pointer, "/loadProfile");
  if (rest != NULL)
    return lf_load_editor_set_message (LF_LOAD_EDITOR (self->load), rest, problem->message);
  rest = self->step != NULL ? below_step (self, problem->pointer) : NULL;
  return rest != NULL && place_in_step (self, rest, problem->message);
}

static void
add_line (GString *lines, const char *pointer, const char *message)
{
  if (lines->len > 0)
    g_string_append_c (lines, '\n');
  if (pointer != NULL)
    g_string_append_printf (lines, "%s: ", pointer);
  g_string_append (lines, message);
}

guint
_lf_spec_editor_show_problems (LfSpecEditor *self)
{
  g_autoptr (GPtrArray) problems = lf_spec_validate (self->spec);
  g_autoptr (GError) error = NULL;
  GString *lines = g_string_new (NULL);

  clear_messages (self);
  for (guint i = 0; i < problems->len; i++)
    {
      const LfProblem *problem = problems->pdata[i];

      if (!place (self, problem))
        add_line (lines, problem->pointer, problem->message);
    }
  if (!lf_spec_check_supported (self->spec, &error))
    add_line (lines, NULL, error->message);
  gtk_label_set_text (GTK_LABEL (self->problems), lines->str);
  gtk_widget_set_visible (self->problems_box, lines->len > 0);
  g_string_free (lines, TRUE);
  return problems->len + (error != NULL ? 1 : 0);
}

/* The first control below @root that is marked as wrong. */
static GtkWidget *
find_marked (GtkWidget *root)
{
  GtkWidget *found = NULL;

  if (gtk_widget_get_mapped (root) && !GTK_IS_LABEL (root) &&
      (gtk_widget_has_css_class (root, "error") || gtk_widget_has_css_class (root, "marked")))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_marked (child);
  return found;
}

gboolean
lf_spec_editor_check (LfSpecEditor *self)
{
  GtkWidget *marked;

  self->show_all = self->checked = TRUE;
  if (_lf_spec_editor_show_problems (self) == 0)
    return TRUE;
  marked = find_marked (GTK_WIDGET (self));
  if (marked != NULL)
    gtk_widget_child_focus (marked, GTK_DIR_TAB_FORWARD);
  return FALSE;
}
