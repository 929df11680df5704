#include "config.h"

#include "lf-body-editor.h"
#include "lf-body-json.h"
#include "lf-graphql-editor.h"
#include "lf-row-grid.h"
#include "lf-spec.h"
#include "lf-test-ui.h"

#include <string.h>

enum
{
  KIND_JSON = 2,
  KIND_FORM = 4,
  KIND_MULTIPART = 5,
  KIND_GRAPHQL = 6,
};

typedef struct
{
  LfSpec *spec;
  GtkWidget *window;
  GtkWidget *editor;
  guint changes;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->changes++;
}

static LfStep *
step_of (Fixture *fixture)
{
  return lf_spec_get_step (fixture->spec, 0);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *editor = g_object_new (LF_TYPE_BODY_EDITOR, "margin-top", 18, "margin-bottom", 18,
                                    "margin-start", 18, "margin-end", 18, NULL);

  fixture->spec = lf_spec_new_default ();
  fixture->editor = editor;
  fixture->window = adw_window_new ();
  g_signal_connect_swapped (editor, "changed", G_CALLBACK (changed_cb), fixture);
  adw_window_set_content (ADW_WINDOW (fixture->window), editor);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, -1);
  lf_set_string (&step_of (fixture)->url, "http://a/");
  lf_body_editor_set_step (LF_BODY_EDITOR (editor), NULL, step_of (fixture));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  GtkWidget *widget = fixture->editor;

  g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *) &widget);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lf_test_wait_until (widget == NULL);
  lf_spec_free (fixture->spec);
}

static void
choose (Fixture *fixture, guint kind)
{
  GtkWidget *kinds = lf_test_find (fixture->editor, GTK_TYPE_DROP_DOWN, NULL);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (kinds), kind);
}

static void
click (Fixture *fixture, const char *label)
{
  GtkWidget *found = lf_test_find (fixture->editor, GTK_TYPE_LABEL, label);

  g_assert_nonnull (found);
  g_signal_emit_by_name (gtk_widget_get_ancestor (found, GTK_TYPE_BUTTON), "clicked");
}

/* The @n-th text below @root. */
static GtkTextBuffer *
buffer_in (GtkWidget *root, guint *n)
{
  GtkTextBuffer *found = NULL;

  if (GTK_IS_TEXT_VIEW (root))
    return (*n)-- == 0 ? gtk_text_view_get_buffer (GTK_TEXT_VIEW (root)) : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = buffer_in (child, n);
  return found;
}

static GtkTextBuffer *
nth_buffer (Fixture *fixture, GType type, guint n)
{
  return buffer_in (lf_test_find (fixture->editor, type, NULL), &n);
}

static const char *
message (Fixture *fixture)
{
  return lf_body_editor_get_message (LF_BODY_EDITOR (fixture->editor));
}

static void
test_format (Fixture *fixture, gconstpointer data)
{
  GtkTextBuffer *buffer;

  choose (fixture, KIND_JSON);
  buffer = nth_buffer (fixture, LF_TYPE_BODY_EDITOR, 0);
  gtk_text_buffer_set_text (buffer, "{\"id\":12345678901234567890,}", -1);
  click (fixture, "Format");
  g_assert_nonnull (strstr (message (fixture), "line 1"));
  lf_test_screenshot (fixture->window, "body-json-fault");
  gtk_text_buffer_set_text (buffer, "{\"id\":12345678901234567890}", -1);
  click (fixture, "Format");
  g_assert_null (message (fixture));
  g_assert_cmpstr (step_of (fixture)->body->text, ==, "{\n  \"id\": 12345678901234567890\n}");
  lf_test_screenshot (fixture->window, "body-json");
  gtk_text_buffer_undo (buffer);
  g_assert_cmpstr (step_of (fixture)->body->text, ==, "{\"id\":12345678901234567890}");
}

static void
test_form (Fixture *fixture, gconstpointer data)
{
  GtkWidget *name;
  const LfRow *row;

  choose (fixture, KIND_FORM);
  g_assert_cmpint (step_of (fixture)->body->body_type, ==, LF_BODY_FORM);
  click (fixture, "Add Field");
  g_assert_cmpuint (step_of (fixture)->body->fields->len, ==, 1);
  name =
      lf_test_find (lf_test_find (fixture->editor, LF_TYPE_ROW_GRID, NULL), GTK_TYPE_ENTRY, NULL);
  gtk_test_accessible_assert_property (name, GTK_ACCESSIBLE_PROPERTY_LABEL, "Field name");
  gtk_editable_set_text (GTK_EDITABLE (name), "user");
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_next_sibling (name)), "a & b");
  row = step_of (fixture)->body->fields->pdata[0];
  g_assert_cmpstr (row->name, ==, "user");
  g_assert_cmpstr (row->value, ==, "a & b");
  lf_test_screenshot (fixture->window, "body-form");
  fixture->changes = 0; /* another step does not touch this one */
  lf_body_editor_set_step (LF_BODY_EDITOR (fixture->editor), NULL, NULL);
  g_assert_cmpuint (fixture->changes, ==, 0);
  g_assert_cmpuint (step_of (fixture)->body->fields->len, ==, 1);
}

static guint
problems (Fixture *fixture)
{
  g_autoptr (GPtrArray) found = lf_spec_validate (fixture->spec);

  return found->len;
}

/* Who tests a target with broken JSON sends it as it stands. */
static void
test_as_text (Fixture *fixture, gconstpointer data)
{
  choose (fixture, KIND_JSON);
  gtk_text_buffer_set_text (nth_buffer (fixture, LF_TYPE_BODY_EDITOR, 0), "{\"id\": }", -1);
  lf_body_editor_check (LF_BODY_EDITOR (fixture->editor));
  g_assert_cmpuint (problems (fixture), ==, 1);
  click (fixture, "Send It as Text");
  g_assert_cmpint (step_of (fixture)->body->body_type, ==, LF_BODY_TEXT);
  g_assert_cmpstr (step_of (fixture)->body->text, ==, "{\"id\": }");
  g_assert_cmpstr (step_of (fixture)->body->content_type, ==, "application/json");
  g_assert_cmpuint (problems (fixture), ==, 0);
  g_assert_null (message (fixture));
}

static void
test_graphql (Fixture *fixture, gconstpointer data)
{
  GtkTextBuffer *query, *variables;
  const LfBody *body;

  choose (fixture, KIND_GRAPHQL);
  body = step_of (fixture)->body;
  g_assert_cmpuint (problems (fixture), ==, 1); /* no query yet */
  query = nth_buffer (fixture, LF_TYPE_GRAPHQL_EDITOR, 0);
  variables = nth_buffer (fixture, LF_TYPE_GRAPHQL_EDITOR, 1);
  gtk_text_buffer_set_text (query, "query Order($id: ID!) { order(id: $id) { total } }", -1);
  g_assert_cmpuint (problems (fixture), ==, 0);
  gtk_text_buffer_set_text (variables, "{\n\"id\": }", -1);
  g_assert_nonnull (strstr (message (fixture), "line 2"));
  g_assert_cmpuint (problems (fixture), ==, 1);
  lf_test_screenshot (fixture->window, "body-graphql-fault");
  /* What is typed comes back, even where it is wrong. */
  lf_body_editor_set_step (LF_BODY_EDITOR (fixture->editor), NULL, step_of (fixture));
  g_assert_cmpint (gtk_text_buffer_get_line_count (variables), ==, 2);
  gtk_text_buffer_set_text (variables, "{\"id\": \"7\"}", -1);
  g_assert_null (message (fixture));
  g_assert_true (JSON_NODE_HOLDS_OBJECT (body->variables));
  g_assert_cmpuint (problems (fixture), ==, 0);
  lf_test_screenshot (fixture->window, "body-graphql");
  gtk_text_buffer_set_text (variables, "", -1);
  g_assert_null (body->variables);
  gtk_text_buffer_set_text (variables, "[1]", -1);
  g_assert_nonnull (strstr (message (fixture), "object"));
}

static void
test_indent (void)
{
  static const struct
  {
    const char *text;
    const char *indented;
  } cases[] = {
    { "1e400", "1e400" },
    { " [ ] ", "[]" },
    { "{\"a\":{},\"b\":[1,2]}", "{\n  \"a\": {},\n  \"b\": [\n    1,\n    2\n  ]\n}" },
    { "[\"\\\"}, :\"]", "[\n  \"\\\"}, :\"\n]" },
    { "[\"[\",\"\"]", "[\n  \"[\",\n  \"\"\n]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *indented = lf_body_json_indent (cases[i].text);
      g_autofree char *again = lf_body_json_indent (indented);

      g_assert_cmpstr (indented, ==, cases[i].indented);
      g_assert_cmpstr (again, ==, indented);
    }
  g_assert_null (lf_body_json_fault ("{\"a\": ${id}}"));
}

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
#define ADD(path, test) g_test_add ("/ui/body-editor/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("format", test_format);
  ADD ("as-text", test_as_text);
  ADD ("form", test_form);
  ADD ("graphql", test_graphql);
  g_test_add_func ("/ui/body-json/indent", test_indent);
  return g_test_run ();
}
