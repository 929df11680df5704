#include "config.h"

#include "lf-drop-down.h"

void
lf_drop_down_name_button (GtkWidget *drop_down, GtkWidget *label)
{
  GtkWidget *button = gtk_widget_get_first_child (drop_down);

  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));
  /* GTK of today has it labelled by what is chosen, which goes before a label of its own. */
  if (label == drop_down)
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  if (button != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                    label, NULL, -1);
}
