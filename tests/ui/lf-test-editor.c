#include "config.h"

#include "lf-test-editor.h"

#include "lf-test-ui.h"

void
lf_test_editor_set_up (LfTestEditor *self, gconstpointer data)
{
  self->store = lf_test_specs_open ();
  self->window = adw_window_new ();
  self->editor = g_object_new (LF_TYPE_SPEC_EDITOR, NULL);
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->editor));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 700, 900);
  gtk_window_present (GTK_WINDOW (self->window));
}

void
lf_test_editor_tear_down (LfTestEditor *self, gconstpointer data)
{
  GtkWidget *window = self->window;

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (GTK_WINDOW (self->window));
  lf_test_wait_until (window == NULL);
  lf_test_specs_close (self->store);
}

void
lf_test_editor_save (LfTestEditor *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_spec_editor_save_async (self->editor, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  lf_spec_editor_save_finish (self->editor, result, error);
}

LfStepEditor *
lf_test_editor_step (LfSpecEditor *editor)
{
  return LF_STEP_EDITOR (editor->step);
}

void
lf_test_set_text (GtkWidget *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

const char *
lf_test_message_of (GtkWidget *field)
{
  return lf_form_field_get_message (LF_FORM_FIELD (field));
}
