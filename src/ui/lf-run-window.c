#include "config.h"

#include "lf-run-window.h"

#include "lf-format.h"
#include "lf-open-popovers.h"
#include "lf-run-samples.h"
#include "lf-run-window-private.h"
#include "lf-run-words.h"
#include "lf-widget-private.h"
#include "lf-window-state.h"

#include <glib/gi18n.h>

enum
{
  PROP_RUN_ID = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LfRunWindow, lf_run_window, ADW_TYPE_WINDOW)

const LfRun *
_lf_run_window_get_run (LfRunWindow *self)
{
  return self->active != NULL ? lf_active_run_get_run (self->active) : self->run;
}

LfSamples *
_lf_run_window_get_samples (LfRunWindow *self)
{
  return self->active != NULL ? lf_active_run_get_samples (self->active) : self->samples;
}

void
_lf_run_window_toast (LfRunWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  if (self->toasts != NULL)
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

static void
update_stop_button (LfRunWindow *self, const LfRun *run)
{
  gboolean stopping = run->status == LF_RUN_STOPPING;
  const char *label = stopping ? _ ("Stop Now") : _ ("Stop");

  gtk_widget_set_visible (self->stop_button, self->live);
  gtk_label_set_label (self->stop_label,
                       label); /* an icon stands for it where there is little room */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->stop_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_widget_set_tooltip_text (
      self->stop_button, stopping ? _ ("Cut off the requests that are still running")
                                  : _ ("Send nothing new, let running requests end (Ctrl+.)"));
}

static void
update_pause_button (LfRunWindow *self, const LfRun *run)
{
  gboolean paused = run->status == LF_RUN_PAUSED;
  gboolean shown = self->live && (paused || run->status == LF_RUN_RUNNING);
  const char *label = paused ? _ ("Resume") : _ ("Pause");

  gtk_widget_set_visible (GTK_WIDGET (self->pause_button), shown);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.pause", shown);
  gtk_button_set_icon_name (self->pause_button, paused ? "media-playback-start-symbolic"
                                                       : "media-playback-pause-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->pause_button),
                               paused ? _ ("Go on with the run (Ctrl+P)")
                                      : _ ("Send nothing new until resumed (Ctrl+P)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pause_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
update_heading (LfRunWindow *self, const LfRun *run)
{
  const char *name = run->spec_name != NULL && *run->spec_name != '\0' ? run->spec_name : _ ("Run");
  g_autofree char *started = lf_format_time (run->started_at);
  g_autofree char *state = NULL;

  if (run->started_at > 0) /* else it is still being read */
    state = g_strdup_printf (_ ("%s · %s"), lf_run_words_state (run), started);

  adw_window_title_set_title (self->heading, name);
  adw_window_title_set_subtitle (self->heading, state != NULL ? state : "");
  gtk_window_set_title (GTK_WINDOW (self), name);
}

void
_lf_run_window_update (LfRunWindow *self)
{
  const LfRun *run = _lf_run_window_get_run (self);
  gboolean known = _lf_run_window_get_samples (self) != NULL;
  gboolean over = known && !self->live && !lf_run_is_active (run); /* nobody writes it any more */

  update_heading (self, run);
  update_stop_button (self, run);
  update_pause_button (self, run);
  lf_level_control_set_run (self->level,
                            self->live && run->status != LF_RUN_STOPPING ? self->active : NULL);
  gtk_widget_set_visible (self->again_button, !self->live);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.stop", self->live && self->guard_id == 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.run-again", !self->live);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.compare", over);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.compare-with", over);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.details", over);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.export-csv", known);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.export-json", known);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save-charts", known);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save-log", known);
  if (known)
    lf_run_view_set_run (self->view, run);
}

static void
status_cb (LfActiveRun *active, GParamSpec *pspec, LfRunWindow *self)
{
  self->live = lf_run_is_active (lf_active_run_get_run (active));
  _lf_run_window_update (self);
}

static void
sample_cb (LfActiveRun *active, GPtrArray *samples, LfRunWindow *self)
{
  lf_run_view_set_samples (self->view, lf_active_run_get_samples (active));
  lf_run_view_set_run (self->view, lf_active_run_get_run (active));
  lf_level_control_refresh (self->level);
}

static void
log_cb (LfActiveRun *active, GPtrArray *lines, LfRunWindow *self)
{
  lf_run_view_append_logs (self->view, lines);
}

/* By now it has its summary, which may come after its last state. */
static void
ended_cb (LfActiveRun *active, LfRunWindow *self)
{
  self->live = FALSE;
  _lf_run_window_update (self);
}

/* Leaves the run that was shown, if any. */
static void
forget (LfRunWindow *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_handle_id (&self->look_id, g_source_remove);
  if (self->active != NULL)
    g_signal_handlers_disconnect_by_data (self->active, self);
  g_clear_object (&self->active);
  g_clear_pointer (&self->run, lf_run_free);
  g_clear_pointer (&self->samples, lf_samples_unref);
  self->live = FALSE;
}

static void
announce (LfRunWindow *self)
{
  const LfRun *run = _lf_run_window_get_run (self);
  LfStore *store = lf_workspace_get_store (self->workspace);

  lf_past_runs_set_spec (self->past_runs, store, run->spec_id);
  gtk_widget_set_visible (self->past_runs_button, store != NULL && run->spec_id != NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUN_ID]);
}

void
_lf_run_window_show_active (LfRunWindow *self, LfActiveRun *active)
{
  forget (self);
  self->active = g_object_ref (active);
  self->live = lf_run_is_active (lf_active_run_get_run (active));
  g_signal_connect (active, "notify::status", G_CALLBACK (status_cb), self);
  g_signal_connect (active, "sample", G_CALLBACK (sample_cb), self);
  g_signal_connect (active, "log", G_CALLBACK (log_cb), self);
  g_signal_connect (active, "ended", G_CALLBACK (ended_cb), self);
  lf_run_view_clear (self->view);
  lf_run_view_set_samples (self->view, lf_active_run_get_samples (active));
  lf_run_view_append_logs (self->view, lf_active_run_get_logs (active));
  gtk_stack_set_visible_child_name (self->stack, "view");
  _lf_run_window_update (self);
  announce (self);
}

static void
show_error (LfRunWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_cancellable_cancel (self->loading); /* what else is being read */
  adw_status_page_set_description (self->error_page, escaped);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

/* FALSE where the answer is not wanted any more, or is an error, which is then shown. */
static gboolean
is_wanted (LfRunWindow *self, gconstpointer answer, const GError *error)
{
  if (_lf_widget_is_closed (self) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  if (answer == NULL)
    show_error (self, error->message);
  return answer != NULL;
}

static void
logs_listed_cb (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = lf_store_list_logs_finish (LF_STORE (store), result, &error);

  if (!is_wanted (self, lines, error))
    return;
  _lf_run_window_take_logs (self, lines);
  gtk_stack_set_visible_child_name (self->stack, "view");
  _lf_run_window_follow (self);
}

static void
samples_read_cb (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSamples) samples = lf_run_samples_read_finish (result, &error);

  if (!is_wanted (self, samples, error))
    return;
  self->samples = g_steal_pointer (&samples);
  lf_run_view_set_samples (self->view, self->samples);
  _lf_run_window_update (self);
  lf_store_list_logs_async (LF_STORE (store), self->run->id, 0, 0, self->loading, logs_listed_cb,
                            g_object_ref (self));
}

/* What the list told of it may be old: the record is read again. */
static void
run_loaded_cb (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfRun) run = lf_store_load_run_finish (LF_STORE (store), result, &error);

  if (!is_wanted (self, run, error))
    return;
  lf_run_free (self->run);
  self->run = g_steal_pointer (&run);
  lf_run_samples_read_async (LF_STORE (store), self->run->id, self->loading, samples_read_cb,
                             g_object_ref (self));
}

static void
load (LfRunWindow *self)
{
  LfStore *store = lf_workspace_get_store (self->workspace);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_pointer (&self->samples, lf_samples_unref);
  self->last_seq = 0;
  lf_run_view_clear (self->view);
  _lf_run_window_update (self);
  if (store == NULL)
    {
      show_error (self, _ ("No store is in use, so no run is kept."));
      return;
    }
  self->loading = g_cancellable_new ();
  gtk_stack_set_visible_child_name (self->stack, "loading");
  lf_store_load_run_async (store, self->run->id, self->loading, run_loaded_cb, g_object_ref (self));
}

static void
show_run (LfRunWindow *self, const LfRun *run)
{
  LfActiveRun *active = lf_run_manager_find (lf_workspace_get_runs (self->workspace), run->id);
  LfRun *copy;

  if (active != NULL)
    {
      _lf_run_window_show_active (self, active);
      return;
    }
  copy = lf_run_copy (run); /* before the one that is shown goes, which it may be */
  forget (self);
  self->run = copy;
  load (self);
  announce (self);
}

/* Another run of the same spec, of which only the id is known. */
static void
open_run_activated_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LfRunWindow *self = LF_RUN_WINDOW (widget);
  const LfRun *shown = _lf_run_window_get_run (self);
  const char *id = g_variant_get_string (parameter, NULL);
  g_autoptr (LfRun) run = NULL;

  if (g_strcmp0 (id, shown->id) == 0)
    return;
  run = lf_run_new ();
  lf_set_string (&run->id, id);
  lf_set_string (&run->spec_id, shown->spec_id);
  lf_set_string (&run->spec_name, shown->spec_name);
  run->status = LF_RUN_FINISHED;
  show_run (self, run);
}

static void
reload_activated_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LfRunWindow *self = LF_RUN_WINDOW (widget);

  if (self->active == NULL)
    load (self);
}

static void
level_refused_cb (LfRunWindow *self, const char *reason)
{
  _lf_run_window_toast (self, reason);
}

static gboolean
lf_run_window_close_request (GtkWindow *window)
{
  if (!_lf_run_window_may_close (LF_RUN_WINDOW (window)))
    return GDK_EVENT_STOP;
  g_cancellable_cancel (LF_RUN_WINDOW (window)->loading);
  g_clear_handle_id (&LF_RUN_WINDOW (window)->look_id, g_source_remove);
  lf_window_state_keep (window, "run-window");
  return GTK_WINDOW_CLASS (lf_run_window_parent_class)->close_request (window);
}

static void
lf_run_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_RUN_ID:
      g_value_set_string (value, lf_run_window_get_run_id (LF_RUN_WINDOW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lf_run_window_dispose (GObject *object)
{
  LfRunWindow *self = LF_RUN_WINDOW (object);

  forget (self);
  g_clear_handle_id (&self->guard_id, g_source_remove);
  g_clear_object (&self->chooser);
  g_clear_object (&self->workspace);
  g_clear_object (&self->demo);
  gtk_widget_dispose_template (GTK_WIDGET (self), LF_TYPE_RUN_WINDOW);
  G_OBJECT_CLASS (lf_run_window_parent_class)->dispose (object);
}

static void
lf_run_window_class_init (LfRunWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = lf_run_window_get_property;
  object_class->dispose = lf_run_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = lf_run_window_close_request;
  properties[PROP_RUN_ID] =
      g_param_spec_string ("run-id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (LF_TYPE_RUN_VIEW);
  g_type_ensure (LF_TYPE_PAST_RUNS);
  g_type_ensure (LF_TYPE_LEVEL_CONTROL);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-run-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LfRunWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, LfRunWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, LfRunWindow, stop_button);
  gtk_widget_class_bind_template_child (widget_class, LfRunWindow, stop_label);
  gtk_widget_class_bind_template_child (widget_class, LfRunWindow, pause_button);
  gtk_widget_class_bind_template_child (widget_class, LfRunWindow, again_button);
  gtk_widget_class_bind_template_child (widget_class, LfRunWindow, level);
  gtk_widget_class_bind_template_child (widget_class, LfRunWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LfRunWindow, view);
  gtk_widget_class_bind_template_child (widget_class, LfRunWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, LfRunWindow, past_runs);
  gtk_widget_class_bind_template_child (widget_class, LfRunWindow, past_runs_button);
  gtk_widget_class_bind_template_callback (widget_class, level_refused_cb);
  gtk_widget_class_install_action (widget_class, "win.reload", NULL, reload_activated_cb);
  gtk_widget_class_install_action (widget_class, "win.open-run", "s", open_run_activated_cb);
  _lf_run_window_actions_init (widget_class);
}

static void
lf_run_window_init (LfRunWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lf_open_popovers_close_with (GTK_WINDOW (self));
  lf_window_state_restore (GTK_WINDOW (self), "run-window");
}

static LfRunWindow *
new_window (GtkApplication *app, LfWorkspace *workspace)
{
  LfRunWindow *self = g_object_new (LF_TYPE_RUN_WINDOW, "application", app, NULL);

  self->workspace = g_object_ref (workspace);
  return self;
}

GtkWidget *
lf_run_window_new_for_active (GtkApplication *app, LfWorkspace *workspace, LfActiveRun *run)
{
  LfRunWindow *self = new_window (app, workspace);

  _lf_run_window_show_active (self, run);
  return GTK_WIDGET (self);
}

GtkWidget *
lf_run_window_new_for_run (GtkApplication *app, LfWorkspace *workspace, const LfRun *run)
{
  LfRunWindow *self = new_window (app, workspace);

  show_run (self, run);
  return GTK_WIDGET (self);
}

void
lf_run_window_set_demo (LfRunWindow *self, LfDemo *demo)
{
  g_set_object (&self->demo, demo);
}

const char *
lf_run_window_get_run_id (LfRunWindow *self)
{
  const LfRun *run = _lf_run_window_get_run (self);

  return run != NULL ? run->id : NULL;
}

LfActiveRun *
lf_run_window_get_active (LfRunWindow *self)
{
  return self->live ? self->active : NULL;
}
