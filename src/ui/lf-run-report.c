#include "config.h"

#include "lf-run-report.h"

<<<<<<< HEAD
#include "lf-fact-card.h"
#include "lf-format.h"
#include "lf-kept-words.h"
=======
#include "lf-distribution-card.h"
#include "lf-error-list.h"
>>>>>>> 3ebba94 (ui: Report steps, errors and phases of a run in full)
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

<<<<<<< HEAD
/* Takes @text. */
static void
add_fact (LfFactCard *card, const char *name, char *text)
{
  lf_fact_card_add (card, name, text, NULL);
  g_free (text);
}

static char *
ms_or_none (const LfLatency *latency, gsize offset)
{
  if (latency == NULL || latency->count == 0 || latency->max <= 0)
    return g_strdup ("–");
  return lf_format_ms (G_STRUCT_MEMBER (double, latency, offset));
}

static LfFactCard *
make_latency (const LfLatencies *latencies)
{
  static const struct
  {
    const char *name;
    gsize offset;
  } rows[] = {
    { N_ ("Minimum"), G_STRUCT_OFFSET (LfLatency, min) },
    { N_ ("Mean"), G_STRUCT_OFFSET (LfLatency, mean) },
    { N_ ("p50 (median)"), G_STRUCT_OFFSET (LfLatency, p50) },
    { N_ ("p75"), G_STRUCT_OFFSET (LfLatency, p75) },
    { N_ ("p90"), G_STRUCT_OFFSET (LfLatency, p90) },
    { N_ ("p95"), G_STRUCT_OFFSET (LfLatency, p95) },
    { N_ ("p99"), G_STRUCT_OFFSET (LfLatency, p99) },
    { N_ ("p99.9"), G_STRUCT_OFFSET (LfLatency, p99_9) },
    { N_ ("Maximum"), G_STRUCT_OFFSET (LfLatency, max) },
  };
  LfFactCard *card = lf_fact_card_new (_ ("Latency"));

  lf_fact_card_columns (card, _ ("Response time"), _ ("Duration"), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *response = ms_or_none (latencies->response_time, rows[i].offset);
      g_autofree char *duration = ms_or_none (latencies->duration, rows[i].offset);

      lf_fact_card_add (card, _ (rows[i].name), response, duration, NULL);
    }
  gtk_widget_set_tooltip_text (GTK_WIDGET (card),
                               _ ("Response time counts from when a request should have left, "
                                  "duration from when it did."));
  return card;
}

static LfFactCard *
make_requests (const LfSummary *summary)
{
  LfFactCard *card = lf_fact_card_new (_ ("Requests"));
  const LfSummaryRequests *requests = summary->requests;

  if (requests != NULL)
    {
      add_fact (card, _ ("Completed"), lf_format_count (requests->total));
      add_fact (card, _ ("Failed"), lf_format_count (requests->failed));
      add_fact (card, _ ("Completed per second"), lf_format_rate (requests->rate));
      add_fact (card, _ ("Successful per second"), lf_format_rate (requests->throughput));
      if (requests->resent > 0)
        add_fact (card, _ ("Sent twice"), lf_format_count (requests->resent));
    }
  add_fact (card, _ ("Iterations"), lf_format_count (summary->iterations));
  if (summary->dropped_iterations > 0)
    add_fact (card, _ ("Dropped iterations"), lf_format_count (summary->dropped_iterations));
  add_fact (card, _ ("Most users at once"), lf_format_count (summary->vus_max));
  if (summary->data != NULL)
    {
      add_fact (card, _ ("Sent"), lf_format_bytes (summary->data->sent));
      add_fact (card, _ ("Received"), lf_format_bytes (summary->data->received));
    }
  add_fact (card, _ ("Lasted"), lf_format_clock (summary->duration));
  return card;
}

/* What a capacity-search found. */
static LfFactCard *
make_capacity (const LfCapacity *capacity)
{
  LfFactCard *card = lf_fact_card_new (_ ("Capacity"));

  if (capacity->rate == 0)
    {
      lf_fact_card_add (card, _ ("No rate met the objective"), NULL);
      return card;
    }
  add_fact (card, _ ("Highest rate that held"), lf_format_rate (capacity->rate));
  add_fact (card, _ ("Held once more"), g_strdup (capacity->confirmed ? _ ("yes") : _ ("no")));
  add_fact (card, _ ("Response time, p95"), lf_format_ms (capacity->p95));
  add_fact (card, _ ("Failed or dropped"), lf_format_percent (capacity->fail_rate, 2));
  return card;
}

static LfFactCard *
make_tries (GPtrArray *tries)
{
  LfFactCard *card = lf_fact_card_new (_ ("Tries"));

  lf_fact_card_columns (card, _ ("Result"), _ ("p95"), _ ("Failed or dropped"), NULL);
  for (guint i = 0; i < tries->len; i++)
    {
      const LfCapacityTry *try = g_ptr_array_index (tries, i);
      g_autofree char *rate = lf_format_rate (try->rate);
      g_autofree char *name =
          try->confirmation ? g_strdup_printf (_ ("%s, once more"), rate) : g_strdup (rate);
      g_autofree char *p95 = lf_format_ms (try->p95);
      g_autofree char *failed = lf_format_percent (try->fail_rate, 2);

      lf_fact_card_add (card, name, try->held ? _ ("held") : _ ("failed"), p95, failed, NULL);
    }
  return card;
}

static LfFactCard *
make_answers (const LfSummary *summary)
{
  LfFactCard *card = lf_fact_card_new (_ ("Answers"));
  gint64 total = summary->requests != NULL ? summary->requests->total : 0;

  lf_fact_card_columns (card, _ ("Requests"), _ ("Share"), NULL);
  for (guint i = 0; i < summary->status_codes->entries->len; i++)
    {
      LfCount *status = g_ptr_array_index (summary->status_codes->entries, i);
      g_autofree char *name = g_strdup_printf (_ ("Status %s"), status->key);
      g_autofree char *count = lf_format_count (status->count);
      g_autofree char *share = lf_format_share (status->count, total);

      lf_fact_card_add (card, name, count, share, NULL);
    }
  if (lf_fact_card_n_rows (card) == 0)
    lf_fact_card_add (card, _ ("No answer came"), NULL);
  return card;
}

static LfFactCard *
make_generator (const LfSummary *summary)
{
  LfFactCard *card = lf_fact_card_new (_ ("Generator"));
  const LfSummaryGenerator *generator = summary->generator;

  add_fact (card, _ ("At its limit"), g_strdup (generator->saturated ? _ ("yes") : _ ("no")));
  add_fact (card, _ ("CPU of its workers"), lf_format_percent (generator->cpu, 0));
  add_fact (card, _ ("Lag, p99"), lf_format_ms (generator->lag_p99));
  add_fact (card, _ ("Lag, maximum"), lf_format_ms (generator->lag_max));
  add_fact (card, _ ("Most memory"), lf_format_bytes (generator->peak_rss));
  add_fact (card, _ ("Workers"), lf_format_count (generator->workers));
  if (summary->steps->len > 0)
    {
      LfSummaryStep *step = g_ptr_array_index (summary->steps, 0);

      if (step->transport != NULL)
        add_fact (card, _ ("Transport"), g_strdup (step->transport));
    }
  if (summary->host != NULL)
    add_fact (card, _ ("Machine"), g_strdup (summary->host));
  return card;
}

static LfFactCard *
make_errors (GPtrArray *errors)
{
  LfFactCard *card = lf_fact_card_new (_ ("Errors"));

  lf_fact_card_columns (card, _ ("Code"), _ ("Requests"), _ ("First seen"), _ ("Last seen"), NULL);
  for (guint i = 0; i < errors->len; i++)
    {
      LfSummaryError *error = g_ptr_array_index (errors, i);
      g_autofree char *code = g_strdup_printf ("%d", (int) error->code);
      g_autofree char *message =
          lf_kept_words (error->message != NULL ? error->message : N_ ("unknown error"));
      g_autofree char *count = lf_format_count (error->count);
      g_autofree char *first = lf_format_time (error->first_seen);
      g_autofree char *last = lf_format_time (error->last_seen);

      lf_fact_card_add (card, message, code, count, first, last, NULL);
    }
  return card;
}

static void
add_step (LfFactCard *card, const LfSummaryStep *step)
{
  const LfLatency *latency = step->latency != NULL ? step->latency->response_time : NULL;
  g_autofree char *total = lf_format_count (step->requests != NULL ? step->requests->total : 0);
  g_autofree char *failed = lf_format_count (step->requests != NULL ? step->requests->failed : 0);
  g_autofree char *p50 = ms_or_none (latency, G_STRUCT_OFFSET (LfLatency, p50));
  g_autofree char *p95 = ms_or_none (latency, G_STRUCT_OFFSET (LfLatency, p95));
  g_autofree char *p99 = ms_or_none (latency, G_STRUCT_OFFSET (LfLatency, p99));

  lf_fact_card_add (card, step->name != NULL ? step->name : "", total, failed, p50, p95, p99, NULL);
}

static LfFactCard *
make_steps (GPtrArray *steps)
{
  LfFactCard *card = lf_fact_card_new (_ ("Steps"));

  lf_fact_card_columns (card, _ ("Requests"), _ ("Failed"), _ ("p50"), _ ("p95"), _ ("p99"), NULL);
  for (guint i = 0; i < steps->len; i++)
    add_step (card, g_ptr_array_index (steps, i));
  return card;
}

=======
>>>>>>> 3ebba94 (ui: Report steps, errors and phases of a run in full)
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
