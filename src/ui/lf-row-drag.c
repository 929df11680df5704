#include "config.h"

#include "lf-row-drag.h"

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, gpointer row)
{
  return gdk_content_provider_new_typed (G_OBJECT_TYPE (row), row);
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, gpointer row)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, paintable, 0, 0);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer func)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  GtkWidget *dropped = g_value_get_object (value);

  if (dropped == NULL || dropped == row ||
      gtk_widget_get_parent (dropped) != gtk_widget_get_parent (row))
    return FALSE;
  ((LfRowDropFunc) func) (row, dropped);
  return TRUE;
}

void
lf_row_drag_attach (GtkWidget *row, GtkWidget *handle, LfRowDropFunc dropped)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_OBJECT_TYPE (row), GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), row);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), row);
  gtk_widget_add_controller (handle, GTK_EVENT_CONTROLLER (source));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), dropped);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
}
