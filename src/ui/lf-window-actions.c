#include "config.h"

#include "lf-window-private.h"

#include "lf-compare-window.h"

#include "lf-run-start.h"
#include "lf-run-window.h"
#include "lf-settings.h"

#include <glib/gi18n.h>

#define BACK_BUTTON 8 /* of a mouse */

static LfStore *
store_of (LfWindow *self)
{
  return lf_spec_library_get_store (self->library);
}

static LfWorkspace *
workspace_of (LfWindow *self)
{
  return lf_spec_library_get_workspace (self->library);
}

static void
present_run (LfWindow *self, GtkWidget *window)
{
  lf_run_window_set_demo (LF_RUN_WINDOW (window), self->demo);
  gtk_window_present (GTK_WINDOW (window));
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfActiveRun) run = lf_run_start_finish (result, &error);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  self->starting = FALSE;
  lf_spec_editor_set_running (self->editor, FALSE);
  if (_lf_window_stop_started (self, run))
    return;
  if (run == NULL)
    _lf_window_alert (self, _ ("The Run Cannot Start"), error->message);
  else
    present_run (self, lf_run_window_new_for_active (application, workspace_of (self), run));
}

void
_lf_window_run (LfWindow *self, const LfSpec *spec)
{
  if (self->starting)
    return;
  self->starting = TRUE;
  lf_spec_editor_set_running (self->editor, TRUE);
  lf_run_start_async (workspace_of (self), self->demo, spec, started_cb, g_object_ref (self));
}

static void
run_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfRun) run = lf_store_load_run_finish (LF_STORE (source), result, &error);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (self->library == NULL)
    return;
  if (run == NULL)
    lf_window_tell (self, error->message);
  else
    present_run (self, lf_run_window_new_for_run (application, workspace_of (self), run));
}

static GtkWindow *
find_run_window (LfWindow *self, const char *id)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  GList *link = application != NULL ? gtk_application_get_windows (application) : NULL;

  for (; link != NULL; link = link->next)
    if (LF_IS_RUN_WINDOW (link->data) && g_strcmp0 (lf_run_window_get_run_id (link->data), id) == 0)
      return link->data;
  return NULL;
}

void
_lf_window_open_run_id (LfWindow *self, const char *id)
{
  GtkWindow *open = find_run_window (self, id);

  if (open != NULL)
    gtk_window_present (open);
  else
    lf_store_load_run_async (store_of (self), id, NULL, run_loaded_cb, g_object_ref (self));
}

/* Two ids, that of the older run first. */
static void
compare_runs_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LfWindow *self = LF_WINDOW (widget);
  g_autofree const char **ids = g_variant_get_strv (parameter, NULL);
  LfCompareWindow *window;

  if (self->library == NULL || g_strv_length ((char **) ids) != 2)
    return;
  window = lf_compare_window_new (lf_spec_library_get_store (self->library), ids[0], ids[1]);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (window));
}

static void
open_run_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _lf_window_open_run_id (LF_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
new_spec_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (GSettings) settings = lf_settings_new ();

  lf_settings_fill_spec (settings, spec);
  _lf_window_edit (LF_WINDOW (widget), spec);
}

static void
edit_spec_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _lf_window_edit_id (LF_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
run_spec_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LfWindow *self = LF_WINDOW (widget);
  LfSpecItem *item = lf_spec_library_find (self->library, g_variant_get_string (parameter, NULL));

  if (item != NULL)
    _lf_window_run (self, lf_spec_item_get_spec (item));
}

static void
run_saved (LfWindow *self, gpointer data)
{
  _lf_window_run (self, lf_spec_editor_get_spec (self->editor));
}

/* Runs the list's spec in focus, or what the editor shows. Only a spec that was never saved is
 * saved first, for its runs to belong to. */
static void
run_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LfWindow *self = LF_WINDOW (widget);

  if (adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->list_page))
    lf_spec_list_page_run (self->list_page);
  else if (!lf_spec_editor_check (self->editor))
    lf_window_tell (self, _ ("Mend what is marked, then run it."));
  else if (lf_spec_editor_is_new (self->editor))
    _lf_window_save (self, run_saved, NULL, NULL);
  else
    _lf_window_run (self, lf_spec_editor_get_spec (self->editor));
}

static void
save_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _lf_window_save (LF_WINDOW (widget), NULL, NULL, NULL);
}

static void
show_list (LfWindow *self, gpointer data)
{
  _lf_window_show_list (self);
}

static void
back_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _lf_window_leave_editor (LF_WINDOW (widget), show_list, NULL, NULL);
}

static void
show_history (LfWindow *self, gpointer spec_id)
{
  LfSpecItem *item = lf_spec_library_find (self->library, spec_id);

  lf_spec_editor_set_spec (self->editor, NULL, NULL);
  lf_history_show (self->history, workspace_of (self), spec_id,
                   item != NULL ? lf_spec_item_get_spec (item)->name : NULL);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->history));
  _lf_window_update_actions (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->history));
}

static void
open_history (LfWindow *self, const char *spec_id)
{
  _lf_window_leave_editor (self, show_history, g_strdup (spec_id), g_free);
}

static void
spec_history_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_history (LF_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
search_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lf_spec_list_page_search (LF_WINDOW (widget)->list_page);
}

static void
retry_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit_by_name (widget, "retry");
}

static void
demo_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) stored = lf_store_save_spec_finish (LF_STORE (source), result, &error);

  self->demo_saving = FALSE;
  if (self->library == NULL)
    return;
  if (stored == NULL)
    {
      lf_window_tell (self, error->message);
      return;
    }
  lf_spec_library_put (self->library, stored);
  _lf_window_edit (self, stored);
}

/* A demo spec of earlier whose target runs, or can run again. */
static LfSpecItem *
find_demo (LfWindow *self)
{
  GListModel *items = lf_spec_library_get_items (self->library);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (LfSpecItem) item = g_list_model_get_item (items, i);
      const LfSpec *spec = lf_spec_item_get_spec (item);

      if (lf_demo_is_demo (spec) && lf_demo_ensure (self->demo, spec, NULL))
        return item; /* the list keeps it */
    }
  return NULL;
}

static void
demo_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LfWindow *self = LF_WINDOW (widget);
  LfSpecItem *known;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = NULL;

  if (self->demo_saving) /* it comes */
    return;
  known = find_demo (self);
  if (known != NULL)
    {
      _lf_window_edit_id (self, lf_spec_item_get_id (known));
      return;
    }
  spec = lf_demo_start (self->demo, &error);
  if (spec == NULL)
    {
      _lf_window_alert (self, _ ("The Demo Cannot Start"), error->message);
      return;
    }
  self->demo_saving = TRUE;
  lf_store_save_spec_async (store_of (self), spec, NULL, demo_saved_cb, g_object_ref (self));
}

/* loadforge://specs, loadforge://specs/ID/edit, loadforge://runs/ID: the same paths as remotely;
 * and loadforge://specs/new, loadforge://specs/ID/history. */
static void
open_address (LfWindow *self, const char *address)
{
  g_auto (GStrv) parts = g_strsplit (address + strlen ("loadforge:"), "/", -1);
  g_autoptr (GPtrArray) path = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (path, parts[i]);
  if (path->len == 1 && g_strcmp0 (path->pdata[0], "specs") == 0)
    _lf_window_leave_editor (self, show_list, NULL, NULL);
  else if (path->len == 2 && g_strcmp0 (path->pdata[0], "specs") == 0 &&
           g_strcmp0 (path->pdata[1], "new") == 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.new-spec", NULL);
  else if (path->len == 3 && g_strcmp0 (path->pdata[0], "specs") == 0 &&
           g_strcmp0 (path->pdata[2], "edit") == 0)
    _lf_window_edit_id (self, path->pdata[1]);
  else if (path->len == 3 && g_strcmp0 (path->pdata[0], "specs") == 0 &&
           g_strcmp0 (path->pdata[2], "history") == 0)
    open_history (self, path->pdata[1]);
  else if (path->len == 2 && g_strcmp0 (path->pdata[0], "runs") == 0)
    _lf_window_open_run_id (self, path->pdata[1]);
  else
    {
      g_autofree char *message = g_strdup_printf (_ ("There is no page %s."), address);

      lf_window_tell (self, message);
    }
}

void
lf_window_open (LfWindow *self, GFile *file)
{
  g_autofree char *address = g_file_get_uri (file);

  if (self->library == NULL || !lf_spec_library_is_loaded (self->library))
    g_ptr_array_add (self->waiting, g_object_ref (file));
  else if (g_ascii_strncasecmp (address, "loadforge:", strlen ("loadforge:")) == 0)
    open_address (self, address);
  else
    _lf_window_import (self, file);
}

static void
chosen_cb (LfWindow *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file != NULL)
    lf_window_open (self, file);
}

static void
open_file_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LfWindow *self = LF_WINDOW (widget);
  g_autoptr (GtkFileFilter) specs = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  if (self->chooser != NULL)
    return;
  gtk_file_filter_set_name (specs, _ ("Specs"));
  gtk_file_filter_add_suffix (specs, "json");
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  self->chooser = gtk_file_chooser_native_new (_ ("Open a Spec"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), specs);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), all);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
back_pressed_cb (LfWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

void
_lf_window_add_back_button (LfWindow *self)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), BACK_BUTTON);
  g_signal_connect_swapped (gesture, "pressed", G_CALLBACK (back_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));
}

void
_lf_window_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-spec", NULL, new_spec_cb);
  gtk_widget_class_install_action (widget_class, "win.edit-spec", "s", edit_spec_cb);
  gtk_widget_class_install_action (widget_class, "win.run-spec", "s", run_spec_cb);
  gtk_widget_class_install_action (widget_class, "win.open-run", "s", open_run_cb);
  gtk_widget_class_install_action (widget_class, "win.compare-runs", "as", compare_runs_cb);
  gtk_widget_class_install_action (widget_class, "win.spec-history", "s", spec_history_cb);
  gtk_widget_class_install_action (widget_class, "win.open-file", NULL, open_file_cb);
  gtk_widget_class_install_action (widget_class, "win.demo", NULL, demo_cb);
  gtk_widget_class_install_action (widget_class, "win.retry", NULL, retry_cb);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_cb);
  gtk_widget_class_install_action (widget_class, "win.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "win.run", NULL, run_cb);
}

void
_lf_window_update_actions (LfWindow *self)
{
  static const char *const with_library[] = { "win.new-spec",    "win.edit-spec", "win.run-spec",
                                              "win.open-run",    "win.open-file", "win.demo",
                                              "win.spec-history" };
  gboolean ready = self->library != NULL;
  gboolean editing =
      ready && adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->editor);
  gboolean listing =
      ready && adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->list_page);
  gboolean unsaved = editing && (lf_spec_editor_is_modified (self->editor) ||
                                 lf_spec_editor_is_new (self->editor));

  for (guint i = 0; i < G_N_ELEMENTS (with_library); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), with_library[i], ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.search", listing);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back", ready && !listing);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.run", editing || listing);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save", unsaved);
}
