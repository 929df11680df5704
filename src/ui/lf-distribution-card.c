#include "config.h"

#include "lf-distribution-card.h"

#include "lf-reflow.h"
#include "lf-swatch.h"
#include "lf-widget-private.h"

#include <glib/gi18n.h>

struct _LfDistributionCard
{
  GtkWidget parent_instance;

  LfDistribution *chart;
  LfReflow *legend;
};

G_DEFINE_FINAL_TYPE (LfDistributionCard, lf_distribution_card, GTK_TYPE_WIDGET)

static void
lf_distribution_card_dispose (GObject *object)
{
  _lf_widget_dispose (GTK_WIDGET (object), LF_TYPE_DISTRIBUTION_CARD);
  G_OBJECT_CLASS (lf_distribution_card_parent_class)->dispose (object);
}

static void
lf_distribution_card_class_init (LfDistributionCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_distribution_card_dispose;
  g_type_ensure (LF_TYPE_DISTRIBUTION);
  g_type_ensure (LF_TYPE_REFLOW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               LF_RESOURCE_PATH "lf-distribution-card.ui");
  gtk_widget_class_bind_template_child (widget_class, LfDistributionCard, chart);
  gtk_widget_class_bind_template_child (widget_class, LfDistributionCard, legend);
  gtk_widget_class_set_css_name (widget_class, "chart-card");
}

static void
lf_distribution_card_init (LfDistributionCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lf_distribution_set_title (self->chart, _ ("Latency by percentile"));
}

static LfPercentiles *
read_percentiles (const LfSummary *summary, gboolean response)
{
  const LfLatencies *latencies = summary->latency;
  const LfLatency *latency = NULL;
  const char *text = NULL;
  g_autoptr (LfPercentiles) percentiles = NULL;

  if (latencies != NULL)
    latency = response ? latencies->response_time : latencies->duration;
  if (summary->histograms != NULL && JSON_NODE_HOLDS_OBJECT (summary->histograms))
    text = json_object_get_string_member_with_default (
        json_node_get_object (summary->histograms), response ? "responseTime" : "duration", NULL);
  if (text != NULL)
    percentiles = lf_percentiles_new (text, latency != NULL ? latency->max : 0, NULL);
  if (percentiles == NULL || lf_percentiles_get_count (percentiles) == 0)
    return NULL;
  return g_steal_pointer (&percentiles);
}

static GtkWidget *
make_entry (const LfChartSeries *look)
{
  GtkWidget *entry = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (entry), lf_swatch_new (look));
  gtk_box_append (GTK_BOX (entry), gtk_label_new (look->name));
  return entry;
}

gboolean
lf_distribution_card_add (LfDistributionCard *self,
                          const LfChartSeries *look,
                          const LfSummary *summary,
                          gboolean response)
{
  LfPercentiles *percentiles = read_percentiles (summary, response);

  if (percentiles == NULL)
    return FALSE;
  lf_distribution_add (self->chart, look, percentiles);
  lf_reflow_append (self->legend, make_entry (look));
  return TRUE;
}
