#include "config.h"

#include "lf-window-private.h"

#include "lf-open-popovers.h"
#include "lf-window-state.h"

#include <glib/gi18n.h>

enum
{
  RETRY,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfWindow, lf_window, ADW_TYPE_APPLICATION_WINDOW)

static GListModel *
active_runs (LfWindow *self)
{
  return self->library != NULL ? lf_run_manager_get_active (lf_workspace_get_runs (
                                     lf_spec_library_get_workspace (self->library)))
                               : NULL;
}

/* With the one that is about to start. */
static guint
n_active_runs (LfWindow *self)
{
  GListModel *active = active_runs (self);

  return (active != NULL ? g_list_model_get_n_items (active) : 0) + (self->starting ? 1 : 0);
}

static void
close_now (LfWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr (GList) others = NULL;

  lf_window_state_keep (GTK_WINDOW (self), "window");
  lf_history_flush (self->history); /* before the store is told to close */
  if (self->quitting && application != NULL)
    others = g_list_copy (gtk_application_get_windows (application));
  for (GList *link = others; link != NULL; link = link->next)
    if (link->data != self)
      gtk_window_destroy (link->data);
  lf_window_set_library (self, NULL); /* what is on its way keeps the window until it is there */
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
runs_changed_cb (LfWindow *self)
{
  if (self->library != NULL && n_active_runs (self) == 0)
    close_now (self);
}

static void
stop_at_once (LfActiveRun *run)
{
  lf_active_run_stop (run);
  lf_active_run_stop (run); /* the second call does not wait for answers */
}

gboolean
_lf_window_stop_started (LfWindow *self, LfActiveRun *run)
{
  if (!self->stopping && self->library != NULL)
    return FALSE;
  if (run != NULL)
    stop_at_once (run);
  runs_changed_cb (self);
  return TRUE;
}

/* Their last samples and summaries are written before the window goes. */
static void
stop_runs (LfWindow *self)
{
  GListModel *active = active_runs (self);
  guint n = g_list_model_get_n_items (active);
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (runs, g_list_model_get_item (active, i));
  if (!self->stopping)
    g_signal_connect_object (active, "items-changed", G_CALLBACK (runs_changed_cb), self,
                             G_CONNECT_SWAPPED);
  self->stopping = TRUE;
  lf_window_tell (self, _ ("Stopping…"));
  for (guint i = 0; i < runs->len; i++)
    stop_at_once (runs->pdata[i]);
}

static void
stop_answered_cb (LfWindow *self, const char *response)
{
  if (g_strcmp0 (response, "stop") != 0)
    self->quitting = FALSE;
  else if (n_active_runs (self) == 0)
    close_now (self);
  else
    stop_runs (self);
}

static void
ask_to_stop (LfWindow *self, gpointer data)
{
  guint n = n_active_runs (self);
  GtkWidget *dialog;

  if (n == 0)
    {
      close_now (self);
      return;
    }
  gtk_window_present (GTK_WINDOW (self)); /* it may be minimised, or new where Quit made it */
  dialog = adw_message_dialog_new (
      GTK_WINDOW (self), ngettext ("A Run Is Still Going", "Runs Are Still Going", n),
      ngettext ("It is stopped at once and kept as far as it came.",
                "They are stopped at once and kept as far as they came.", n));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "stop",
                                    _ ("_Stop and Close"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "stop",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (stop_answered_cb), self);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
lf_window_close_request (GtkWindow *window)
{
  LfWindow *self = LF_WINDOW (window);

  _lf_window_leave_editor (self, ask_to_stop, NULL, NULL);
  return TRUE; /* close_now() closes it */
}

static void
modified_cb (LfWindow *self)
{
  _lf_window_update_actions (self);
}

static void
saved_cb (LfWindow *self, const LfSpec *spec)
{
  if (self->library != NULL)
    lf_spec_library_put (self->library, spec);
}

static void
open_waiting (LfWindow *self)
{
  g_autoptr (GPtrArray) files = NULL;

  if (self->library == NULL || !lf_spec_library_is_loaded (self->library))
    return;
  files = g_steal_pointer (&self->waiting);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < files->len; i++)
    lf_window_open (self, files->pdata[i]);
}

static void
lf_window_dispose (GObject *object)
{
  LfWindow *self = LF_WINDOW (object);

  _lf_window_stop_following (self);
  if (self->library != NULL)
    g_signal_handlers_disconnect_by_data (self->library, self);
  g_clear_object (&self->library);
  g_clear_object (&self->demo);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_WINDOW);
  G_OBJECT_CLASS (lf_window_parent_class)->dispose (object);
}

static void
lf_window_class_init (LfWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = lf_window_close_request;
  signals[RETRY] = g_signal_new ("retry", LF_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  g_type_ensure (LF_TYPE_HISTORY);
  g_type_ensure (LF_TYPE_SPEC_EDITOR);
  g_type_ensure (LF_TYPE_SPEC_LIST_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LfWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, LfWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, LfWindow, list_page);
  gtk_widget_class_bind_template_child (widget_class, LfWindow, editor);
  gtk_widget_class_bind_template_child (widget_class, LfWindow, history);
  gtk_widget_class_bind_template_callback (widget_class, modified_cb);
  gtk_widget_class_bind_template_callback (widget_class, saved_cb);
  _lf_window_class_install_actions (widget_class);
}

static void
lf_window_init (LfWindow *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  lf_open_popovers_close_with (GTK_WINDOW (self));
  lf_spec_list_page_set_toasts (self->list_page, self->toasts);
  lf_history_set_toasts (self->history, self->toasts);
  lf_window_state_restore (GTK_WINDOW (self), "window");
  _lf_window_add_back_button (self);
  _lf_window_update_actions (self);
}

LfWindow *
lf_window_new (GtkApplication *application, LfDemo *demo)
{
  LfWindow *self = g_object_new (LF_TYPE_WINDOW, "application", application, NULL);

  self->demo = g_object_ref (demo);
  return self;
}

void
lf_window_set_library (LfWindow *self, LfSpecLibrary *library)
{
  if (self->library != NULL)
    g_signal_handlers_disconnect_by_data (self->library, self);
  g_set_object (&self->library, library);
  lf_spec_list_page_set_library (self->list_page, library);
  lf_history_show (self->history, NULL, NULL, NULL);
  if (library == NULL)
    _lf_window_show_list (self);
  _lf_window_update_actions (self);
  if (library == NULL)
    return;
  g_signal_connect_swapped (library, "failed", G_CALLBACK (lf_window_tell), self);
  g_signal_connect_swapped (library, "notify::loaded", G_CALLBACK (open_waiting), self);
  _lf_window_follow (self);
  open_waiting (self);
}

void
lf_window_flush (LfWindow *self)
{
  lf_history_flush (self->history);
}

void
lf_window_set_waiting (LfWindow *self, const char *store)
{
  lf_spec_list_page_set_waiting (self->list_page, store);
}

void
lf_window_set_error (LfWindow *self, const GError *error)
{
  lf_spec_list_page_set_error (self->list_page, error);
}

const char *
lf_window_get_obstacle (LfWindow *self)
{
  if (n_active_runs (self) > 0)
    return _ ("Stop the runs first.");
  if (lf_spec_editor_is_modified (self->editor))
    return _ ("Save or discard the changes in the editor first.");
  return NULL;
}

void
lf_window_quit (LfWindow *self)
{
  self->quitting = TRUE;
  lf_window_close_request (
      GTK_WINDOW (self)); /* gtk_window_close() closes none that was not shown */
}

void
lf_window_tell (LfWindow *self, const char *message)
{
  g_autofree char *markup = g_markup_escape_text (message, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (markup));
}

void
_lf_window_alert (LfWindow *self, const char *heading, const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, NULL);

  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}
