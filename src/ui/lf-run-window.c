#include "config.h"

#include "lf-run-window.h"

#include <glib/gi18n.h>

struct _LfRunWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwWindowTitle *heading;
  GtkButton *stop_button;

  LfWorkspace *workspace;
  LfActiveRun *active; /* NULL unless its run is live */
  LfRun *run;          /* what is shown, as it stood when it was loaded; NULL while active */
};

enum
{
  PROP_RUN_ID = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LfRunWindow, lf_run_window, ADW_TYPE_WINDOW)

static const LfRun *
get_run (LfRunWindow *self)
{
  return self->active != NULL ? lf_active_run_get_run (self->active) : self->run;
}

static void
stop_activated_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LfRunWindow *self = LF_RUN_WINDOW (widget);

  if (self->active != NULL)
    lf_active_run_stop (self->active);
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

  g_clear_object (&self->active);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->run, lf_run_free);
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
  properties[PROP_RUN_ID] =
      g_param_spec_string ("run-id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-run-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LfRunWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, LfRunWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, LfRunWindow, stop_button);
  gtk_widget_class_install_action (widget_class, "win.stop", NULL, stop_activated_cb);
}

static void
lf_run_window_init (LfRunWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static LfRunWindow *
new_window (GtkApplication *app, LfWorkspace *workspace)
{
  LfRunWindow *self = g_object_new (LF_TYPE_RUN_WINDOW, "application", app, NULL);

  self->workspace = g_object_ref (workspace);
  return self;
}

static void
show_run (LfRunWindow *self)
{
  const LfRun *run = get_run (self);

  adw_window_title_set_title (self->heading, run->spec_name != NULL ? run->spec_name : "");
  gtk_window_set_title (GTK_WINDOW (self), run->spec_name != NULL ? run->spec_name : _ ("Run"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.stop", self->active != NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUN_ID]);
}

GtkWidget *
lf_run_window_new_for_active (GtkApplication *app, LfWorkspace *workspace, LfActiveRun *run)
{
  LfRunWindow *self = new_window (app, workspace);

  self->active = g_object_ref (run);
  show_run (self);
  return GTK_WIDGET (self);
}

GtkWidget *
lf_run_window_new_for_run (GtkApplication *app, LfWorkspace *workspace, const LfRun *run)
{
  LfRunWindow *self = new_window (app, workspace);
  LfActiveRun *active = lf_run_manager_find (lf_workspace_get_runs (workspace), run->id);

  if (active != NULL)
    self->active = g_object_ref (active);
  else
    self->run = lf_run_copy (run);
  show_run (self);
  return GTK_WIDGET (self);
}

const char *
lf_run_window_get_run_id (LfRunWindow *self)
{
  const LfRun *run = get_run (self);

  return run != NULL ? run->id : NULL;
}

LfActiveRun *
lf_run_window_get_active (LfRunWindow *self)
{
  return self->active;
}
