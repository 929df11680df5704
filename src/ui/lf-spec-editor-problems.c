#include "config.h"

#include "lf-spec-editor-private.h"

#include <glib/gi18n.h>
#include <string.h>

static void
clear_messages (LfSpecEditor *self)
{
  lf_form_field_set_message (LF_FORM_FIELD (self->name_field), NULL);
  lf_step_editor_clear_messages (LF_STEP_EDITOR (self->step));
  for (guint i = 0; i < lf_spec_get_n_steps (self->spec); i++)
    lf_step_list_set_fault (LF_STEP_LIST (self->steps), i, FALSE);
  lf_load_editor_clear_messages (LF_LOAD_EDITOR (self->load));
  lf_schedule_editor_clear_messages (LF_SCHEDULE_EDITOR (self->schedule));
  lf_http_editor_clear_messages (LF_HTTP_EDITOR (self->http));
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

/* The place of the step that @pointer leads into, and in @rest what follows; -1 for none. */
static int
step_of (LfSpecEditor *self, const char *pointer, const char **rest)
{
  char *end;
  guint64 n;

  *rest = self->spec->request != NULL ? below (pointer, "/request") : NULL;
  if (*rest != NULL)
    return 0;
  if (!g_str_has_prefix (pointer, "/steps/"))
    return -1;
  n = g_ascii_strtoull (pointer + strlen ("/steps/"), &end, 10);
  *rest = end;
  return n < lf_spec_get_n_steps (self->spec) ? (int) n : -1;
}

/* What is wrong with a step that is not shown stands on top of the page, and its row is marked. */
static gboolean
place_in_step (LfSpecEditor *self, const LfProblem *problem)
{
  const char *rest;
  const int n = step_of (self, problem->pointer, &rest);

  if (n < 0)
    return FALSE;
  lf_step_list_set_fault (LF_STEP_LIST (self->steps), n, self->show_all);
  return n == (int) lf_step_list_get_selected (LF_STEP_LIST (self->steps)) &&
         lf_step_editor_set_message (LF_STEP_EDITOR (self->step), rest, problem->message,
                                     self->show_all, self->checked);
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
  rest = below (problem->pointer, "/schedule");
  if (rest != NULL)
    return lf_schedule_editor_set_message (LF_SCHEDULE_EDITOR (self->schedule), rest,
                                           problem->message);
  rest = below (problem->pointer, "/http");
  if (rest != NULL &&
      lf_http_editor_set_message (LF_HTTP_EDITOR (self->http), rest, problem->message))
    {
      gtk_expander_set_expanded (GTK_EXPANDER (self->options), TRUE);
      return TRUE;
    }
  rest = below (problem->pointer, "/loadProfile");
  if (rest != NULL)
    return lf_load_editor_set_message (LF_LOAD_EDITOR (self->load), rest, problem->message);
  return place_in_step (self, problem);
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

  if (gtk_widget_get_mapped (root) && !GTK_IS_LABEL (root) && !GTK_IS_IMAGE (root) &&
      (gtk_widget_has_css_class (root, "error") || gtk_widget_has_css_class (root, "marked")))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_marked (child);
  return found;
}

/* Goes to the step where the first problem is. */
static void
select_faulty_step (LfSpecEditor *self)
{
  g_autoptr (GPtrArray) problems = lf_spec_validate (self->spec);
  const LfProblem *first = problems->len > 0 ? problems->pdata[0] : NULL;
  const char *rest;
  const int n = first != NULL ? step_of (self, first->pointer, &rest) : -1;

  if (n >= 0)
    lf_step_list_select (LF_STEP_LIST (self->steps), n);
}

static gboolean
focus_marked (LfSpecEditor *self, GtkWidget *root)
{
  GtkWidget *marked = find_marked (root);

  if (marked != NULL && !gtk_widget_grab_focus (marked))
    gtk_widget_child_focus (marked, GTK_DIR_TAB_FORWARD);
  return marked != NULL;
}

/* What is wrong may be known to a control alone: a number that is no number, a file that is gone.
 */
gboolean
lf_spec_editor_check (LfSpecEditor *self)
{
  guint n;

  self->show_all = self->checked = TRUE;
  lf_body_editor_check (lf_step_editor_get_body (LF_STEP_EDITOR (self->step)));
  select_faulty_step (self);
  n = _lf_spec_editor_show_problems (self);
  return !focus_marked (self, GTK_WIDGET (self)) && n == 0;
}

/* Another step, and the load, may wait. */
gboolean
_lf_spec_editor_refuse_step (LfSpecEditor *self)
{
  self->show_all = self->checked = TRUE;
  lf_body_editor_check (lf_step_editor_get_body (LF_STEP_EDITOR (self->step)));
  _lf_spec_editor_show_problems (self);
  return focus_marked (self, self->step) || focus_marked (self, self->http);
}
