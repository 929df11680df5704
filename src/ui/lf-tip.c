#include "config.h"

#include "lf-tip.h"

#define TEXT "lf-tip"

static gboolean
query_text_cb (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  gtk_tooltip_set_text (tooltip, g_object_get_data (G_OBJECT (widget), TEXT));
  return TRUE;
}

static gboolean
query_cut_off_cb (GtkWidget *label, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))))
    return FALSE;
  gtk_tooltip_set_text (tooltip, gtk_label_get_text (GTK_LABEL (label)));
  return TRUE;
}

void
lf_tip_set_text (GtkWidget *widget, const char *text)
{
  if (text != NULL && g_object_get_data (G_OBJECT (widget), TEXT) == NULL)
    g_signal_connect (widget, "query-tooltip", G_CALLBACK (query_text_cb), NULL);
  if (text == NULL)
    g_signal_handlers_disconnect_by_func (widget, query_text_cb, NULL);
  g_object_set_data_full (G_OBJECT (widget), TEXT, g_strdup (text), g_free);
  gtk_widget_set_has_tooltip (widget, text != NULL);
}

void
lf_tip_tell_cut_off (GtkWidget *label)
{
  gtk_widget_set_has_tooltip (label, TRUE);
  g_signal_connect (label, "query-tooltip", G_CALLBACK (query_cut_off_cb), NULL);
}
