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
