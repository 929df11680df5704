#include "config.h"

#include "lf-history-private.h"

#include "lf-history-card.h"
#include "lf-history-columns.h"

GtkWidget *
_lf_history_view (LfHistory *self)
{
  return lf_width_bin_is_narrow (self->bin) ? GTK_WIDGET (self->list) : GTK_WIDGET (self->table);
}

/* Only the layout that is shown has the runs: rows for both would take twice the time. */
void
_lf_history_lay_out (LfHistory *self)
{
  gboolean narrow = lf_width_bin_is_narrow (self->bin);
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->shown);
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->layouts));

  lf_gradual_list_restart (self->shown);
  gtk_list_view_set_model (self->list, narrow ? model : NULL);
  gtk_column_view_set_model (self->table, narrow ? NULL : model);
  gtk_stack_set_visible_child_name (self->layouts, narrow ? "cards" : "table");
  gtk_widget_set_visible (self->sort, narrow); /* for a table has heads to press */
  if (focus != NULL)
    gtk_widget_grab_focus (_lf_history_view (self));
}

static void
setup_cb (LfHistory *self, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, lf_history_card_new (list_item));
}

static void
bind_cb (LfHistory *self, GtkListItem *list_item)
{
  lf_history_card_update (LF_HISTORY_CARD (gtk_list_item_get_child (list_item)));
}

static void
sort_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LfHistory *self = LF_HISTORY (widget);
  const char *title;
  gboolean descending;

  g_variant_get (parameter, "(&sb)", &title, &descending);
  _lf_history_sort (self->table, title, descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0);
}

void
_lf_history_class_install_layout (GtkWidgetClass *widget_class)
{
  g_type_ensure (LF_TYPE_WIDTH_BIN);
  gtk_widget_class_bind_template_child (widget_class, LfHistory, bin);
  gtk_widget_class_bind_template_child (widget_class, LfHistory, layouts);
  gtk_widget_class_bind_template_child (widget_class, LfHistory, list);
  gtk_widget_class_bind_template_child (widget_class, LfHistory, sort);
  gtk_widget_class_bind_template_callback_full (widget_class, "narrow_cb",
                                                G_CALLBACK (_lf_history_lay_out));
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_install_action (widget_class, "history.sort", "(sb)", sort_cb);
}
