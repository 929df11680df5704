#include "config.h"

#include "lf-chart-card.h"

#include "lf-reflow.h"
#include "lf-swatch.h"
#include "lf-widget-private.h"

#include <glib/gi18n.h>

struct _LfChartCard
{
  GtkWidget parent_instance;

  GtkLabel *heading;
  LfChart *chart;
  LfReflow *legend;
};

G_DEFINE_FINAL_TYPE (LfChartCard, lf_chart_card, GTK_TYPE_WIDGET)

static void
entry_toggled_cb (GtkToggleButton *entry, LfChartCard *self)
{
  guint n = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (entry), "series"));

  lf_chart_set_series_visible (self->chart, n, gtk_toggle_button_get_active (entry));
}

static void
lf_chart_card_dispose (GObject *object)
{
  _lf_widget_dispose (GTK_WIDGET (object), LF_TYPE_CHART_CARD);
  G_OBJECT_CLASS (lf_chart_card_parent_class)->dispose (object);
}

static void
lf_chart_card_class_init (LfChartCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_chart_card_dispose;
  g_type_ensure (LF_TYPE_CHART);
  g_type_ensure (LF_TYPE_REFLOW);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-chart-card.ui");
  gtk_widget_class_bind_template_child (widget_class, LfChartCard, heading);
  gtk_widget_class_bind_template_child (widget_class, LfChartCard, chart);
  gtk_widget_class_bind_template_child (widget_class, LfChartCard, legend);
  gtk_widget_class_set_css_name (widget_class, "chart-card");
}

static void
lf_chart_card_init (LfChartCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

LfChart *
lf_chart_card_get_chart (LfChartCard *self)
{
  return self->chart;
}

void
lf_chart_card_set_title (LfChartCard *self, const char *title)
{
  gtk_label_set_text (self->heading, title);
  lf_chart_set_title (self->chart, title);
}

static GtkWidget *
make_entry (LfChartCard *self, guint n, const LfChartSeries *series)
{
  GtkWidget *entry = gtk_toggle_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_halign (content, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (content), lf_swatch_new (series));
  gtk_box_append (GTK_BOX (content), gtk_label_new (series->name));
  gtk_button_set_child (GTK_BUTTON (entry), content);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (entry), TRUE);
  gtk_widget_add_css_class (entry, "flat");
  gtk_widget_set_tooltip_text (entry, _ ("Show or hide this line"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  series->name, -1);
  g_object_set_data (G_OBJECT (entry), "series", GUINT_TO_POINTER (n));
  g_signal_connect (entry, "toggled", G_CALLBACK (entry_toggled_cb), self);
  return entry;
}

void
lf_chart_card_add_series (LfChartCard *self, const LfChartSeries *series)
{
  guint n = lf_chart_add_series (self->chart, series);

  lf_reflow_append (self->legend, make_entry (self, n, series));
}

void
lf_chart_card_clear_series (LfChartCard *self)
{
  lf_chart_clear_series (self->chart);
  lf_reflow_clear (self->legend);
}

void
lf_chart_card_set_note (LfChartCard *self, const char *note)
{
  GtkWidget *label = gtk_label_new (note);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  lf_reflow_clear (self->legend);
  lf_reflow_append (self->legend, label);
}
