#include "config.h"

#include "lf-drop-down.h"

#define ITEM LF_RESOURCE_PATH "lf-narrow-item.ui"

static void
name_button (GtkWidget *drop_down, GtkWidget *label)
{
  GtkWidget *button = gtk_widget_get_first_child (drop_down);

  /* GTK of today has it labelled by what is chosen, which goes before a label of its own. */
  if (label == drop_down)
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  if (button != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                    label, NULL, -1);
}

/* What is chosen gives way; the list shows its items whole, and marks the chosen one. */
static void
let_shrink (GtkDropDown *drop_down)
{
  g_autoptr (GtkListItemFactory) shrinking =
      gtk_builder_list_item_factory_new_from_resource (NULL, ITEM);

  gtk_drop_down_set_list_factory (drop_down, gtk_drop_down_get_factory (drop_down));
  gtk_drop_down_set_factory (drop_down, shrinking);
}

void
lf_drop_down_prepare (GtkWidget *drop_down, GtkWidget *label)
{
  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));

  name_button (drop_down, label);
  let_shrink (GTK_DROP_DOWN (drop_down));
}
