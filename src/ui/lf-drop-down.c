#include "config.h"

#include "lf-drop-down.h"

void
lf_drop_down_name_button (GtkWidget *drop_down, GtkWidget *label)
{
  GtkWidget *button = gtk_widget_get_first_child (drop_down);

  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));
  if (button != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                    label, NULL, -1);
}
