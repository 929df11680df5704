#include "config.h"

#include "lf-log-save.h"
#include "lf-run-export.h"
#include "lf-run-window-private.h"

#include <glib/gi18n.h>

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  lf_log_save_finish (result, &error);
  _lf_run_window_end_saving (user_data, error);
}

static void
chosen_cb (GtkNativeDialog *chooser, int response, LfRunWindow *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autoptr (GPtrArray) lines = lf_console_get_shown (lf_run_view_get_console (self->view));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    lf_log_save_async (file, lines, NULL, saved_cb, _lf_run_window_begin_saving (self, file));
  g_clear_object (&self->chooser);
}

void
_lf_run_window_save_log (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LfRunWindow *self = LF_RUN_WINDOW (widget);
  g_autofree char *name = NULL;

  if (_lf_run_window_get_samples (self) == NULL)
    return;
  name = lf_run_export_make_name (_lf_run_window_get_run (self), "log");
  _lf_run_window_choose_file (self, _ ("Save Log Lines"), _ ("_Save"), name,
                              G_CALLBACK (chosen_cb));
}
