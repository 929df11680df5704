#include "config.h"

#include "lf-test-editor.h"
#include "lf-test-ui.h"

typedef LfTestEditor Fixture;

static void
test_json (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  LfBodyEditor *body = LF_BODY_EDITOR (lf_test_editor_step (editor)->body);
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  GtkWidget *kind, *text;

  lf_set_string (&lf_spec_get_step (spec, 0)->url, "http://a/");
  lf_spec_editor_set_spec (editor, fixture->store, spec);
  kind = lf_test_find (lf_test_editor_step (editor)->body, GTK_TYPE_DROP_DOWN, NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (kind), 2);
  text = lf_test_find (lf_test_editor_step (editor)->body, GTK_TYPE_TEXT_VIEW, NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), "{\n\"a\": }", -1);
  lf_test_wait_until (lf_body_editor_get_message (body) != NULL &&
                      strstr (lf_body_editor_get_message (body), "line") != NULL);
  g_assert_false (lf_spec_editor_check (editor));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), "{\"a\": 1}", -1);
  lf_test_wait_until (lf_body_editor_get_message (body) == NULL);
  g_assert_true (lf_spec_editor_check (editor));
  g_assert_cmpstr (lf_spec_get_step (lf_spec_editor_get_spec (editor), 0)->body->text, ==,
                   "{\"a\": 1}");
}

static LfAttachment *
load_attachment (LfStore *store, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_store_load_attachment_async (store, id, NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  return lf_store_load_attachment_finish (store, result, NULL);
}

static const LfBody *
body_of (LfSpecEditor *editor)
{
  return lf_spec_get_step (lf_spec_editor_get_spec (editor), 0)->body;
}

static void
test_drop (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  LfBodyEditor *body = LF_BODY_EDITOR (lf_test_editor_step (editor)->body);
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (GFile) file = lf_test_specs_file ("order.bin", LF_ATTACHMENT_LIMIT);
  g_autoptr (LfAttachment) attachment = NULL;
  g_autofree char *id = NULL;

  lf_spec_editor_set_spec (editor, fixture->store, spec);
  lf_test_drop_file (GTK_WIDGET (editor), file);
  g_assert_true (lf_body_editor_is_busy (body));
  lf_test_wait_until (!lf_body_editor_is_busy (body));
  g_assert_null (lf_body_editor_get_message (body));
  g_assert_cmpint (body_of (editor)->body_type, ==, LF_BODY_FILE);
  id = g_strdup (body_of (editor)->attachment_id);
  attachment = load_attachment (fixture->store, id);
  g_assert_cmpint (attachment->size, ==, LF_ATTACHMENT_LIMIT);
  g_assert_cmpstr (attachment->name, ==, "order.bin");
  lf_test_wait_until (
      lf_test_find (lf_test_editor_step (editor)->body, GTK_TYPE_LABEL, "order.bin") != NULL);
  g_assert_nonnull (
      lf_test_find (lf_test_editor_step (editor)->body, GTK_TYPE_LABEL, "25.0\302\240MiB"));

  /* Never saved, it leaves with the editor. */
  lf_spec_editor_set_spec (editor, NULL, NULL);
  g_assert_null (load_attachment (fixture->store, id));
}

/* The file of a body that was removed by mistake comes back, also after a save without it. */
static void
test_put_back (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  GtkWidget *body = lf_test_editor_step (editor)->body;
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (GFile) file = lf_test_specs_file ("order.bin", 100);
  g_autoptr (LfAttachment) attachment = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  lf_set_string (&lf_spec_get_step (spec, 0)->url, "http://a/");
  lf_spec_editor_set_spec (editor, fixture->store, spec);
  lf_test_drop_file (GTK_WIDGET (editor), file);
  lf_test_wait_until (!lf_body_editor_is_busy (LF_BODY_EDITOR (body)));
  id = g_strdup (body_of (editor)->attachment_id);
  g_signal_emit_by_name (lf_test_find_tooltip (body, "Remove the file"), "clicked");
  g_assert_null (body_of (editor)->attachment_id);
  lf_test_editor_save (fixture, &error);
  g_assert_no_error (error);
  lf_test_screenshot (fixture->window, "body-file-removed");
  g_signal_emit_by_name (lf_test_find_tooltip (body, "Put it back (Ctrl+Z)"), "clicked");
  g_assert_cmpstr (body_of (editor)->attachment_id, ==, id);
  lf_test_wait_until (lf_test_find (body, GTK_TYPE_LABEL, "order.bin") != NULL);
  attachment = load_attachment (fixture->store, id);
  g_assert_nonnull (attachment);
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  LfBodyEditor *body = LF_BODY_EDITOR (lf_test_editor_step (editor)->body);
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (GFile) file = lf_test_specs_file ("huge.bin", LF_ATTACHMENT_LIMIT + 1);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  guint wait = 0;

  lf_spec_editor_set_spec (editor, fixture->store, spec);
  lf_test_drop_file (GTK_WIDGET (editor), file);
  lf_test_wait_until (!lf_body_editor_is_busy (body));
  /* The check of the whole spec, which comes a moment later, does not hide the reason. */
  lf_test_wait_until (wait++ > 30);
  g_assert_nonnull (strstr (lf_body_editor_get_message (body), "huge.bin"));
  g_assert_nonnull (strstr (lf_body_editor_get_message (body), "25 MiB"));
  g_assert_null (body_of (editor)->attachment_id);
  lf_test_drop_file (GTK_WIDGET (editor), folder);
  lf_test_wait_until (!lf_body_editor_is_busy (body));
  g_assert_nonnull (strstr (lf_body_editor_get_message (body), "folder"));
}

static void
test_cancel_upload (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (GFile) file = lf_test_specs_file ("slow.bin", LF_ATTACHMENT_LIMIT);
  g_autoptr (GError) error = NULL;
  GtkWidget *cancel;

  lf_spec_editor_set_spec (editor, fixture->store, spec);
  lf_test_drop_file (GTK_WIDGET (editor), file);
  lf_test_editor_save (fixture, &error); /* it would be without its body */
  g_assert_nonnull (error);
  cancel = gtk_widget_get_ancestor (
      lf_test_find (lf_test_editor_step (editor)->body, GTK_TYPE_LABEL, "Cancel"), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (cancel, "clicked");
  g_assert_false (lf_body_editor_is_busy (LF_BODY_EDITOR (lf_test_editor_step (editor)->body)));
  g_clear_error (&error);
  lf_test_editor_save (fixture, &error);
  g_assert_no_error (error);
  g_assert_null (body_of (editor)->attachment_id);
}

#define ADD(path, test)                                                                            \
  g_test_add ("/ui/step-body/" path, Fixture, NULL, lf_test_editor_set_up, test,                   \
              lf_test_editor_tear_down)

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
  ADD ("json", test_json);
  ADD ("drop", test_drop);
  ADD ("put-back", test_put_back);
  ADD ("too-large", test_too_large);
  ADD ("cancel-upload", test_cancel_upload);
  return g_test_run ();
}
