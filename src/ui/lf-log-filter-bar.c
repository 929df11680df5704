#include "config.h"

#include "lf-log-filter-bar.h"

#include "lf-drop-down.h"
#include "lf-log-row.h"
#include "lf-reflow.h"
#include "lf-widget-private.h"

#include <glib/gi18n.h>

struct _LfLogFilterBar
{
  GtkWidget parent_instance;

  GtkSearchEntry *search;
  GtkDropDown *level;
  GtkDropDown *kind;
  LfLogFilter *filter;
};

G_DEFINE_FINAL_TYPE (LfLogFilterBar, lf_log_filter_bar, GTK_TYPE_WIDGET)

static void
search_changed_cb (LfLogFilterBar *self)
{
  lf_log_filter_set_text (self->filter, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
search_stopped_cb (LfLogFilterBar *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

/* The choices stand in the order of LfLogLevel. */
static void
level_changed_cb (LfLogFilterBar *self)
{
  lf_log_filter_set_level (self->filter, gtk_drop_down_get_selected (self->level));
}

/* All, then in the order of LfLogClass. */
static void
kind_changed_cb (LfLogFilterBar *self)
{
  lf_log_filter_set_class (self->filter, (int) gtk_drop_down_get_selected (self->kind) - 1);
}

static void
fill_kinds (LfLogFilterBar *self)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  gtk_string_list_append (kinds, _ ("All kinds"));
  for (guint i = 0; i <= LF_LOG_CLASS_REMOTE; i++)
    gtk_string_list_append (kinds, lf_log_row_class_name (i));
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (kinds));
}

static void
lf_log_filter_bar_dispose (GObject *object)
{
  LfLogFilterBar *self = LF_LOG_FILTER_BAR (object);

  _lf_widget_dispose (GTK_WIDGET (self), LF_TYPE_LOG_FILTER_BAR);
  g_clear_object (&self->filter);
  G_OBJECT_CLASS (lf_log_filter_bar_parent_class)->dispose (object);
}

static void
lf_log_filter_bar_class_init (LfLogFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_log_filter_bar_dispose;
  g_type_ensure (LF_TYPE_REFLOW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               LF_RESOURCE_PATH "lf-log-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LfLogFilterBar, search);
  gtk_widget_class_bind_template_child (widget_class, LfLogFilterBar, level);
  gtk_widget_class_bind_template_child (widget_class, LfLogFilterBar, kind);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, level_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
}

static void
lf_log_filter_bar_init (LfLogFilterBar *self)
{
  self->filter = lf_log_filter_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  lf_drop_down_prepare (GTK_WIDGET (self->level), GTK_WIDGET (self->level));
  lf_drop_down_prepare (GTK_WIDGET (self->kind), GTK_WIDGET (self->kind));
  fill_kinds (self);
}

LfLogFilter *
lf_log_filter_bar_get_filter (LfLogFilterBar *self)
{
  return self->filter;
}

void
lf_log_filter_bar_reset (LfLogFilterBar *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_drop_down_set_selected (self->level, 0);
  gtk_drop_down_set_selected (self->kind, 0);
}

void
lf_log_filter_bar_find (LfLogFilterBar *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
