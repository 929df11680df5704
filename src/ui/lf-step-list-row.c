#include "config.h"

#include "lf-step-list-row.h"

#include "lf-row-drag.h"

#include <glib/gi18n.h>

struct _LfStepListRow
{
  GtkListBoxRow parent_instance;
  LfStep *step;
  GtkWidget *enabled;
  GtkWidget *method;
  GtkWidget *label;
  GtkWidget *off;
  GtkWidget *fault;
  GtkWidget *duplicate;
  GtkWidget *remove;
};

enum
{
  CHANGED,
  MOVED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfStepListRow, lf_step_list_row, GTK_TYPE_LIST_BOX_ROW)

static void
toggled_cb (LfStepListRow *self)
{
  if (self->step == NULL)
    return;
  self->step->enabled = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->enabled));
  lf_step_list_row_update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
dropped_cb (GtkWidget *row, GtkWidget *dropped)
{
  g_signal_emit (row, signals[MOVED], 0, dropped);
}

static void
lf_step_list_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_STEP_LIST_ROW);
  G_OBJECT_CLASS (lf_step_list_row_parent_class)->dispose (object);
}

static void
lf_step_list_row_class_init (LfStepListRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_step_list_row_dispose;
  signals[CHANGED] = g_signal_new ("changed", LF_TYPE_STEP_LIST_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", LF_TYPE_STEP_LIST_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, LF_TYPE_STEP_LIST_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               LF_RESOURCE_PATH "lf-step-list-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LfStepListRow, enabled);
  gtk_widget_class_bind_template_child (widget_class, LfStepListRow, method);
  gtk_widget_class_bind_template_child (widget_class, LfStepListRow, label);
  gtk_widget_class_bind_template_child (widget_class, LfStepListRow, off);
  gtk_widget_class_bind_template_child (widget_class, LfStepListRow, fault);
  gtk_widget_class_bind_template_child (widget_class, LfStepListRow, duplicate);
  gtk_widget_class_bind_template_child (widget_class, LfStepListRow, remove);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
lf_step_list_row_init (LfStepListRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lf_row_drag_attach (GTK_WIDGET (self), GTK_WIDGET (self), dropped_cb);
}

GtkWidget *
lf_step_list_row_new (LfStep *step, guint n)
{
  LfStepListRow *self = g_object_new (LF_TYPE_STEP_LIST_ROW, NULL);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->enabled), step->enabled);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->duplicate), "u", n);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->remove), "u", n);
  self->step = step;
  lf_step_list_row_update (self);
  return GTK_WIDGET (self);
}

void
lf_step_list_row_update (LfStepListRow *self)
{
  const LfStep *step = self->step;
  const char *label = step->name != NULL && *step->name != '\0' ? step->name : step->url;

  gtk_label_set_text (GTK_LABEL (self->method), lf_step_get_method (step));
  gtk_label_set_text (GTK_LABEL (self->label),
                      label != NULL && *label != '\0' ? label : _ ("No URL yet"));
  gtk_widget_set_tooltip_text (self->label, step->url);
  gtk_widget_set_visible (self->off, !step->enabled);
}

void
lf_step_list_row_set_fault (LfStepListRow *self, gboolean fault)
{
  gtk_widget_set_visible (self->fault, fault);
}
