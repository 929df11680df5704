#include "config.h"

#include "lf-test-editor.h"
#include "lf-test-ui.h"

typedef LfTestEditor Fixture;

static void
test_new (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (LfSpec) stored = NULL;
  g_autoptr (GError) error = NULL;

  lf_spec_editor_set_spec (editor, fixture->store, spec);
  g_assert_false (lf_spec_editor_is_modified (editor));
  g_assert_true (lf_spec_editor_is_new (editor));
  g_assert_null (lf_test_message_of (
      lf_test_editor_step (editor)->url_field)); /* not filled in yet is no mistake yet */
  gtk_drop_down_set_selected (GTK_DROP_DOWN (lf_test_editor_step (editor)->method), 1);
  lf_test_set_text (lf_test_editor_step (editor)->url, "http://127.0.0.1:1/orders");
  g_assert_true (lf_spec_editor_is_modified (editor));
  lf_test_editor_save (fixture, &error);
  g_assert_no_error (error);
  g_assert_false (lf_spec_editor_is_modified (editor));
  g_assert_false (lf_spec_editor_is_new (editor));
  stored = lf_test_specs_load (fixture->store, lf_spec_editor_get_spec (editor)->id);
  g_assert_cmpstr (stored->name, ==, "POST /orders"); /* nobody has to think of a name */
  g_assert_cmpstr (lf_spec_get_step (stored, 0)->method, ==, "POST");
  g_assert_cmpstr (lf_spec_get_step (stored, 0)->url, ==, "http://127.0.0.1:1/orders");
}

/* A draft may be saved; it is not called after a method alone. */
static void
test_draft (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (GError) error = NULL;

  lf_spec_editor_set_spec (fixture->editor, fixture->store, spec);
  lf_test_editor_save (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->editor->name)), ==, "New Spec");
}

/* Every field that the editor does not show survives an edit of one that it does. */
static void
test_keeps (Fixture *fixture, gconstpointer data)
{
  static const char text[] =
      "{\"schema\": \"loadforge/spec/1\", \"name\": \"Big\", \"description\": \"d\", \"tags\": "
      "[\"a\"], "
      "\"future\": {\"x\": 1}, \"http\": {\"version\": \"2\", \"timeout\": 3}, \"steps\": ["
      "{\"name\": \"one\", \"url\": \"http://a/1\", \"params\": [{\"name\": \"q\", \"value\": "
      "\"1\"}], "
      "\"auth\": {\"type\": \"basic\", \"username\": \"u\", \"password\": \"p\"}, "
      "\"thinkTime\": {\"min\": 1, \"max\": 2}},"
      "{\"name\": \"two\", \"method\": \"PURGE\", \"url\": \"http://a/2\", "
      "\"body\": {\"type\": \"form\", \"fields\": [{\"name\": \"f\", \"value\": \"v\"}]}}], "
      "\"loadProfile\": {\"executor\": \"ramping-vus\", \"stages\": [{\"duration\": 5, \"target\": "
      "3}]}}";
  LfSpecEditor *editor = fixture->editor;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = lf_spec_from_text (text, -1, &error);
  g_autoptr (LfSpec) expected = NULL;
  g_autoptr (LfSpec) stored = NULL;

  g_assert_no_error (error);
  expected = lf_spec_copy (spec);
  lf_set_string (&lf_spec_get_step (expected, 1)->url, "http://a/changed");
  lf_spec_editor_set_spec (editor, fixture->store, spec);
  g_assert_false (lf_spec_editor_is_modified (editor));
  lf_step_list_select (LF_STEP_LIST (editor->steps), 1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (lf_test_editor_step (editor)->url)), ==,
                   "http://a/2");
  g_assert_cmpstr (gtk_string_object_get_string (gtk_drop_down_get_selected_item (
                       GTK_DROP_DOWN (lf_test_editor_step (editor)->method))),
                   ==, "PURGE");
  g_assert_false (lf_spec_editor_is_modified (editor));
  lf_test_set_text (lf_test_editor_step (editor)->url, "http://a/changed");
  lf_test_editor_save (fixture, &error);
  g_assert_no_error (error);
  stored = lf_test_specs_load (fixture->store, lf_spec_editor_get_spec (editor)->id);
  lf_set_string (&expected->id, stored->id);
  expected->revision = stored->revision;
  expected->created_at = stored->created_at;
  expected->updated_at = stored->updated_at;
  g_assert_true (lf_record_equal (stored, expected));
}

static void
test_messages (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  GtkWidget *name, *value;

  lf_spec_editor_set_spec (editor, fixture->store, spec);
  lf_test_set_text (lf_test_editor_step (editor)->url, "example.org");
  lf_test_wait_until (lf_test_message_of (lf_test_editor_step (editor)->url_field) != NULL);
  g_assert_true (gtk_widget_has_css_class (lf_test_editor_step (editor)->url, "error"));
  gtk_test_accessible_assert_state (lf_test_editor_step (editor)->url, GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_false (lf_spec_editor_check (editor));
  lf_test_set_text (lf_test_editor_step (editor)->url, "http://example.org");
  lf_test_wait_until (lf_test_message_of (lf_test_editor_step (editor)->url_field) == NULL);
  g_assert_true (lf_spec_editor_check (editor));

  lf_row_grid_add (LF_ROW_GRID (lf_test_editor_step (editor)->headers));
  name = lf_test_find (lf_test_editor_step (editor)->headers, GTK_TYPE_ENTRY, NULL);
  lf_test_set_text (name, "two words");
  lf_test_wait_until (gtk_widget_has_css_class (name, "error"));
  lf_test_set_text (name, "X-One");
  lf_test_wait_until (!gtk_widget_has_css_class (name, "error"));
  g_assert_true (lf_spec_editor_check (editor));
  value = gtk_widget_get_next_sibling (name);
  lf_test_set_text (value, "a\nb"); /* as pasted */
  lf_test_wait_until (gtk_widget_has_css_class (value, "error"));
  g_assert_false (gtk_widget_has_css_class (name, "error"));
  lf_test_set_text (value, "a b");
  lf_test_wait_until (!gtk_widget_has_css_class (value, "error"));
}

static void
test_about (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  g_autoptr (LfSpec) spec = lf_spec_new_default ();

  lf_spec_editor_set_spec (editor, fixture->store, spec);
  lf_test_set_text (editor->tags, " nightly,, checkout ,");
  lf_test_set_text (editor->description, "What the shop can take");
  g_assert_cmpuint (g_strv_length (lf_spec_editor_get_spec (editor)->tags), ==, 2);
  g_assert_cmpstr (lf_spec_editor_get_spec (editor)->tags[1], ==, "checkout");
  g_assert_cmpstr (lf_spec_editor_get_spec (editor)->description, ==, "What the shop can take");
  lf_test_set_text (editor->tags, "");
  g_assert_null (lf_spec_editor_get_spec (editor)->tags);
}

/* Run on a spec that nobody has filled in says what is missing. */
static void
test_check_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_spec_new_default ();

  lf_spec_editor_set_spec (fixture->editor, fixture->store, spec);
  g_assert_false (lf_spec_editor_check (fixture->editor));
  g_assert_nonnull (lf_test_message_of (lf_test_editor_step (fixture->editor)->url_field));
}

static void
test_unsupported (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  g_autoptr (LfSpec) spec = lf_spec_new_default ();

  lf_set_string (&lf_spec_get_step (spec, 0)->url, "http://${host}/");
  lf_spec_editor_set_spec (editor, fixture->store, spec);
  g_assert_true (gtk_widget_get_visible (editor->problems_box));
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (editor->problems)), "variables"));
  g_assert_false (lf_spec_editor_check (editor));
}

/* What is typed while a save is under way is not lost, and not taken for saved. */
static void
test_edit_while_saving (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  g_autoptr (LfSpec) spec = lf_test_specs_save (fixture->store, "a", "http://a/");
  g_autoptr (LfSpec) stored = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lf_spec_editor_set_spec (editor, fixture->store, spec);
  lf_test_set_text (editor->name, "b");
  lf_spec_editor_save_async (editor, lf_test_specs_got_cb, &result);
  lf_test_set_text (editor->name, "c");
  lf_test_wait_until (result != NULL);
  g_assert_true (lf_spec_editor_save_finish (editor, result, &error));
  g_assert_true (lf_spec_editor_is_modified (editor));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (editor->name)), ==, "c");
  stored = lf_test_specs_load (fixture->store, spec->id);
  g_assert_cmpstr (stored->name, ==, "b");
  lf_test_editor_save (fixture, &error);
  g_assert_no_error (error);
  g_assert_false (lf_spec_editor_is_modified (editor));
}

static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  g_autoptr (LfSpec) spec = lf_test_specs_save (fixture->store, "a", "http://a/");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LfSpec) other = NULL;
  g_autoptr (GError) error = NULL;

  lf_spec_editor_set_spec (editor, fixture->store, spec);
  lf_store_save_spec_async (fixture->store, spec, NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  other = lf_store_save_spec_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  lf_test_set_text (editor->name, "mine");
  lf_test_editor_save (fixture, &error);
  g_assert_nonnull (error);
  g_assert_true (lf_spec_editor_is_modified (editor));
  g_clear_error (&error);
  lf_spec_editor_detach (editor);
  lf_test_editor_save (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lf_spec_editor_get_spec (editor)->id, !=, spec->id);
  g_assert_cmpuint (lf_test_specs_count (fixture->store), ==, 2);
}

#define ADD(path, test)                                                                            \
  g_test_add ("/ui/spec-editor/" path, Fixture, NULL, lf_test_editor_set_up, test,                 \
              lf_test_editor_tear_down)

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
  ADD ("new", test_new);
  ADD ("draft", test_draft);
  ADD ("keeps", test_keeps);
  ADD ("messages", test_messages);
  ADD ("about", test_about);
  ADD ("check-empty", test_check_empty);
  ADD ("unsupported", test_unsupported);
  ADD ("edit-while-saving", test_edit_while_saving);
  ADD ("conflict", test_conflict);
  return g_test_run ();
}
