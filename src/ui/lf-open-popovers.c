#include "config.h"

#include "lf-open-popovers.h"

static void
close_below (GtkWidget *widget)
{
  GtkWidget *next;

  if (GTK_IS_POPOVER (widget) && gtk_widget_get_visible (widget))
    gtk_popover_popdown (GTK_POPOVER (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = next)
    {
      next = gtk_widget_get_next_sibling (child); /* some popovers are made for one time only */
      close_below (child);
    }
}

void
lf_open_popovers_close_with (GtkWindow *window)
{
  g_signal_connect (window, "unmap", G_CALLBACK (close_below), NULL);
}
