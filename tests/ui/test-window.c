#include "lf-test-ui.h"

#include "lf-window.h"

/* A mistake in a template is a fatal warning. */
static void
test_template (void)
{
  GtkWidget *window = g_object_new (LF_TYPE_WINDOW, NULL);

  gtk_window_present (GTK_WINDOW (window));
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (GTK_WINDOW (window));
  lf_test_wait_until (window == NULL);
}

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
  g_test_add_func ("/ui/window/template", test_template);
  return g_test_run ();
}
