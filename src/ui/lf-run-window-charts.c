#include "config.h"

#include "lf-chart-sheet.h"
#include "lf-format.h"
#include "lf-run-export.h"
#include "lf-run-window-private.h"

#include <glib/gi18n.h>

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  lf_chart_sheet_save_finish (result, &error);
  _lf_run_window_end_saving (user_data, error);
}

/* "Checkout · All steps · 2026-11-27 12:00" */
static char *
make_title (LfRunWindow *self)
{
  const LfRun *run = _lf_run_window_get_run (self);
  g_autofree char *time = lf_format_time (run->started_at);
  const char *name = run->spec_name != NULL && *run->spec_name != '\0' ? run->spec_name : _ ("Run");
  const char *step = lf_run_charts_get_step_name (lf_run_view_get_charts (self->view));

  if (step == NULL)
    return g_strdup_printf (_ ("%s · %s"), name, time);
  return g_strdup_printf ("%s · %s · %s", name, step, time);
}

static void
save_to (LfRunWindow *self, GFile *file, const char *which)
{
  g_autoptr (GPtrArray) charts =
      lf_run_charts_get_charts (lf_run_view_get_charts (self->view), which);
  g_autofree char *title = make_title (self);

  lf_chart_sheet_save_async (lf_chart_sheet_new (title, charts, file), NULL, saved_cb,
                             _lf_run_window_begin_saving (self, file));
}

static void
chosen_cb (GtkNativeDialog *chooser, int response, LfRunWindow *self)
{
  const char *which = g_object_get_data (G_OBJECT (chooser), "which");
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && _lf_run_window_get_samples (self) != NULL)
    save_to (self, file, which);
  g_clear_object (&self->chooser);
}

void
_lf_run_window_save_charts (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LfRunWindow *self = LF_RUN_WINDOW (widget);
  const char *which;
  const char *ending;
  g_autofree char *name = NULL;

  if (_lf_run_window_get_samples (self) == NULL)
    return;
  g_variant_get (parameter, "(&s&s)", &which, &ending);
  name = lf_run_export_make_name (_lf_run_window_get_run (self), ending);
  _lf_run_window_choose_file (self, _ ("Save Charts"), _ ("_Save"), name, G_CALLBACK (chosen_cb));
  g_object_set_data_full (G_OBJECT (self->chooser), "which", g_strdup (which), g_free);
}
