#include "config.h"

#include "lf-run-export.h"
#include "lf-run-start.h"
#include "lf-run-window-private.h"
#include "lf-widget-private.h"

#include <glib/gi18n.h>

#define DOUBLE_CLICK_MS 500

static gboolean
enable_stop_cb (gpointer user_data)
{
  LfRunWindow *self = user_data;

  self->guard_id = 0;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.stop", self->live);
  return G_SOURCE_REMOVE;
}

/* Stop Now takes the place of Stop: a double click must not cut requests off. */
static void
guard_stop (LfRunWindow *self)
{
  g_clear_handle_id (&self->guard_id, g_source_remove);
  self->guard_id = g_timeout_add (DOUBLE_CLICK_MS, enable_stop_cb, self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.stop", FALSE);
}

static void
stop_activated_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LfRunWindow *self = LF_RUN_WINDOW (widget);

  if (!self->live)
    return;
  lf_active_run_stop (self->active);
  guard_stop (self);
}

static void
pause_activated_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LfRunWindow *self = LF_RUN_WINDOW (widget);
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (!self->live)
    return;
  if (lf_active_run_get_status (self->active) == LF_RUN_PAUSED)
    done = lf_active_run_resume (self->active, &error);
  else
    done = lf_active_run_pause (self->active, &error);
  if (!done)
    _lf_run_window_toast (self, error->message);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  lf_run_export_finish (result, &error);
  _lf_run_window_end_saving (user_data, error);
}

static void
chosen_cb (GtkNativeDialog *chooser, int response, LfRunWindow *self)
{
  LfExportFormat format = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (chooser), "format"));
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && _lf_run_window_get_samples (self) != NULL)
    lf_run_export_async (file, format, _lf_run_window_get_run (self),
                         _lf_run_window_get_samples (self), NULL, exported_cb,
                         _lf_run_window_begin_saving (self, file));
  g_clear_object (&self->chooser);
}

/* Where the chooser begins: among the person's documents. */
static GFile *
first_folder (void)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);

  return g_file_new_for_path (documents != NULL ? documents : g_get_home_dir ());
}

void
_lf_run_window_choose_file (LfRunWindow *self,
                            const char *title,
                            const char *accept,
                            const char *name,
                            GCallback chosen)
{
  g_autoptr (GFile) folder = first_folder ();

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, accept, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), folder, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", chosen, self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
choose_file (LfRunWindow *self, LfExportFormat format)
{
  gboolean csv = format == LF_EXPORT_CSV;
  g_autofree char *name =
      lf_run_export_make_name (_lf_run_window_get_run (self), csv ? "csv" : "json");

  _lf_run_window_choose_file (self, csv ? _ ("Export Samples as CSV") : _ ("Export Run as JSON"),
                              _ ("_Export"), name, G_CALLBACK (chosen_cb));
  g_object_set_data (G_OBJECT (self->chooser), "format", GINT_TO_POINTER (format));
}

static void
export_csv_activated_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  choose_file (LF_RUN_WINDOW (widget), LF_EXPORT_CSV);
}

static void
export_json_activated_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  choose_file (LF_RUN_WINDOW (widget), LF_EXPORT_JSON);
}

/* Long errors need more room than a toast has. */
static void
tell_not_started (LfRunWindow *self, const GError *error)
{
  GtkWidget *dialog;

  if (_lf_widget_is_closed (self))
    return;
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("The Run Did Not Start"), error->message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
started_cb (GObject *workspace, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfActiveRun) active = lf_run_start_finish (result, &error);

  if (active == NULL)
    {
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.run-again", TRUE);
      tell_not_started (self, error);
    }
  else if (_lf_widget_is_closed (self))
    {
      lf_active_run_stop (active); /* nobody would see what it does */
      lf_active_run_stop (active);
    }
  else
    _lf_run_window_show_active (self, active);
}

static void
start (LfRunWindow *self, const LfSpec *spec)
{
  lf_run_start_async (self->workspace, self->demo, spec, started_cb, g_object_ref (self));
}

static void
spec_loaded_cb (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = lf_store_load_spec_finish (LF_STORE (store), result, &error);

  if (_lf_widget_is_closed (self))
    return;
  if (spec != NULL)
    start (self, spec);
  else if (self->active != NULL) /* the spec is gone or was never saved, but at hand */
    start (self, lf_active_run_get_spec (self->active));
  else
    {
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.run-again", TRUE);
      tell_not_started (self, error);
    }
}

/* Runs the spec as it is stored now, so that a change made meanwhile counts. */
static void
run_again_activated_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LfRunWindow *self = LF_RUN_WINDOW (widget);
  const LfRun *run = _lf_run_window_get_run (self);
  LfStore *store = lf_workspace_get_store (self->workspace);

  gtk_widget_action_set_enabled (widget, "win.run-again", FALSE);
  if (store != NULL && run->spec_id != NULL)
    lf_store_load_spec_async (store, run->spec_id, NULL, spec_loaded_cb, g_object_ref (self));
  else if (self->active != NULL)
    start (self, lf_active_run_get_spec (self->active));
  else
    {
      gtk_widget_action_set_enabled (widget, "win.run-again", TRUE);
      _lf_run_window_toast (self, _ ("The spec of this run was not kept"));
    }
}

static gboolean
close_cb (gpointer user_data)
{
  gtk_window_close (user_data);
  return G_SOURCE_REMOVE;
}

/* Closes only when the dialog is gone, which still refers to this window. */
static void
answered_cb (AdwMessageDialog *dialog, const char *response, LfRunWindow *self)
{
  if (g_str_equal (response, "cancel"))
    return;
  if (self->live && g_str_equal (response, "stop"))
    lf_active_run_stop (self->active);
  self->closing = TRUE;
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, close_cb, g_object_ref (self), g_object_unref);
}

static void
ask (LfRunWindow *self)
{
  GtkWidget *widget = adw_message_dialog_new (GTK_WINDOW (self), _ ("Stop the Run?"),
                                              _ ("This run is not at its end yet. It can go on "
                                                 "without this window and is kept in any case."));
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);

  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "keep", _ ("_Keep Running"),
                                    "stop", _ ("_Stop and Close"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "stop", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "keep");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
_lf_run_window_may_close (LfRunWindow *self)
{
  if (!self->live || self->closing)
    return TRUE;
  ask (self);
  return FALSE;
}

void
_lf_run_window_actions_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.stop", NULL, stop_activated_cb);
  gtk_widget_class_install_action (widget_class, "win.pause", NULL, pause_activated_cb);
  gtk_widget_class_install_action (widget_class, "win.export-csv", NULL, export_csv_activated_cb);
  gtk_widget_class_install_action (widget_class, "win.export-json", NULL, export_json_activated_cb);
  gtk_widget_class_install_action (widget_class, "win.save-charts", "(ss)",
                                   _lf_run_window_save_charts);
  gtk_widget_class_install_action (widget_class, "win.run-again", NULL, run_again_activated_cb);
  gtk_widget_class_install_action (widget_class, "win.compare", NULL, _lf_run_window_compare);
  gtk_widget_class_install_action (widget_class, "win.compare-with", NULL,
                                   _lf_run_window_compare_with);
  gtk_widget_class_install_action (widget_class, "win.save-log", NULL, _lf_run_window_save_log);
  gtk_widget_class_install_action (widget_class, "win.details", NULL, _lf_run_window_details);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "win.run-again", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK, "win.run-again",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "win.pause",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_period, GDK_CONTROL_MASK, "win.stop",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close",
                                       NULL);
}
