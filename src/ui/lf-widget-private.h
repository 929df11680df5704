#pragma once

#include <gtk/gtk.h>

/* For dispose of a widget with a template whose parent class keeps no children: gives them up. */
static inline void
_lf_widget_dispose (GtkWidget *self, GType type)
{
  GtkWidget *child;

  gtk_widget_dispose_template (self, type);
  while ((child = gtk_widget_get_first_child (self)) != NULL)
    gtk_widget_unparent (child);
}

/* What has the focus in the window of @self; NULL: nothing has, or it is in none. */
static inline GtkWidget *
_lf_widget_get_focus (GtkWidget *self)
{
  GtkRoot *root = gtk_widget_get_root (self);

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

/* Whether @window was closed. It lives on as long as something on its way keeps it, and is disposed of only then. */
static inline gboolean
_lf_widget_is_closed (gpointer window)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) open = g_list_model_get_item (windows, i);

      if (open == window)
        return FALSE;
    }
  return TRUE;
}

/* Of a check button, whose label would be cut off where there is little room: it takes more lines there. */
static inline void
_lf_widget_wrap_label (GtkWidget *check)
{
  GtkWidget *label = gtk_widget_get_last_child (check);

  if (GTK_IS_LABEL (label))
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
}
