#include "config.h"

#include "lf-run-report.h"

#include "lf-distribution-card.h"
#include "lf-error-list.h"
#include "lf-reflow.h"
#include "lf-report-cards.h"
#include "lf-step-table.h"
#include "lf-widget-private.h"

#include <glib/gi18n.h>

struct _LfRunReport
{
  GtkWidget parent_instance;

  LfReflow *latency;
  GtkBox *wide;
  LfReflow *cards;
  const LfSummary *shown; /* only to tell it from others */
};

G_DEFINE_FINAL_TYPE (LfRunReport, lf_run_report, GTK_TYPE_WIDGET)

static void
clear (LfRunReport *self)
{
  GtkWidget *child;

  lf_reflow_clear (self->latency);
  lf_reflow_clear (self->cards);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->wide))) != NULL)
    gtk_box_remove (self->wide, child);
}

static void
lf_run_report_dispose (GObject *object)
{
  _lf_widget_dispose (GTK_WIDGET (object), LF_TYPE_RUN_REPORT);
  G_OBJECT_CLASS (lf_run_report_parent_class)->dispose (object);
}

static void
lf_run_report_class_init (LfRunReportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_run_report_dispose;
  g_type_ensure (LF_TYPE_REFLOW);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-run-report.ui");
  gtk_widget_class_bind_template_child (widget_class, LfRunReport, latency);
  gtk_widget_class_bind_template_child (widget_class, LfRunReport, cards);
  gtk_widget_class_bind_template_child (widget_class, LfRunReport, wide);
}

static void
lf_run_report_init (LfRunReport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The service time beside it only where that tells something else. */
static void
add_distribution (LfRunReport *self, const LfSummary *summary)
{
  LfDistributionCard *card = g_object_new (LF_TYPE_DISTRIBUTION_CARD, NULL);
  const LfChartSeries looks[] = {
    { .name = _ ("Response time"), .color = LF_CHART_BLUE },
    { .name = _ ("Duration"), .color = LF_CHART_ORANGE, .dash = LF_CHART_DASHED },
  };

  g_object_ref_sink (card);
  if (lf_distribution_card_add (card, &looks[0], summary, TRUE))
    {
      if (lf_report_cards_are_apart (summary->latency))
        lf_distribution_card_add (card, &looks[1], summary, FALSE);
      lf_reflow_append (self->latency, GTK_WIDGET (card));
    }
  g_object_unref (card);
}

static void
add_latency (LfRunReport *self, const LfSummary *summary)
{
  if (summary->latency == NULL)
    return;
  add_distribution (self, summary);
  lf_reflow_append (self->latency, GTK_WIDGET (lf_report_cards_latency (summary->latency)));
}

static void
add_wide (LfRunReport *self, const LfSummary *summary)
{
  GtkWidget *steps;

  if (summary->steps->len > 1)
    {
      steps = g_object_new (LF_TYPE_STEP_TABLE, NULL);
      lf_step_table_set_steps (LF_STEP_TABLE (steps), summary->steps);
      gtk_box_append (self->wide, steps);
    }
  if (summary->errors->len > 0)
    gtk_box_append (self->wide, GTK_WIDGET (lf_error_list_new (summary)));
  if (summary->capacity != NULL && summary->capacity->tries->len > 0)
    gtk_box_append (self->wide, GTK_WIDGET (lf_report_cards_tries (summary->capacity->tries)));
}

/* One card above the other; the last one takes the height that the column beside has. */
static void
add_column (LfRunReport *self, LfFactCard **cards, guint n)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  for (guint i = 0; i < n; i++)
    gtk_box_append (GTK_BOX (box), GTK_WIDGET (cards[i]));
  gtk_widget_set_vexpand (gtk_widget_get_last_child (box), TRUE);
  lf_reflow_append (self->cards, box);
}

/* What the target did. */
static void
add_answers (LfRunReport *self, const LfSummary *summary)
{
  LfFactCard *cards[3];
  guint n = 0;

  if (summary->capacity != NULL)
    cards[n++] = lf_report_cards_capacity (summary->capacity);
  cards[n++] = lf_report_cards_requests (summary);
  cards[n++] = lf_report_cards_answers (summary);
  add_column (self, cards, n);
}

/* Where the time went, and what LoadForge itself did. */
static void
add_health (LfRunReport *self, const LfSummary *summary)
{
  LfFactCard *cards[2];
  guint n = 0;

  if (summary->latency != NULL && summary->latency->waiting != NULL &&
      summary->latency->waiting->count > 0)
    cards[n++] = lf_report_cards_phases (summary->latency);
  if (summary->generator != NULL)
    cards[n++] = lf_report_cards_generator (summary);
  if (n > 0)
    add_column (self, cards, n);
}

void
lf_run_report_set_summary (LfRunReport *self, const LfSummary *summary)
{
  if (self->shown == summary)
    return;
  self->shown = summary;
  clear (self);
  gtk_widget_set_visible (GTK_WIDGET (self), summary != NULL);
  if (summary == NULL)
    return;
  add_latency (self, summary);
  add_wide (self, summary);
  add_answers (self, summary);
  add_health (self, summary);
}
