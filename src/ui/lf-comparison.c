#include "config.h"

#include "lf-comparison.h"

#include "lf-chart-card.h"
#include "lf-compare.h"
#include "lf-distribution-card.h"
#include "lf-fact-card.h"
#include "lf-format.h"
#include "lf-reflow.h"
#include "lf-sample.h"

#include <glib/gi18n.h>
#include <math.h>

#define LEAST 0.5 /* s: what a stop leaves of a second is no second to compare */

struct _LfComparison
{
  GtkBox parent_instance;
  GtkWidget *caveats_box;
  GtkWidget *caveats;
  GtkWidget *verdict;
  LfChartCard *rate_card;
  LfChartCard *latency_card;
  LfDistributionCard *distribution;
  GtkBox *table;
};

G_DEFINE_FINAL_TYPE (LfComparison, lf_comparison, GTK_TYPE_BOX)

/* @seconds: that the sample counts. */
typedef double (*ReadSample) (const LfSample *sample, double seconds);

static double
read_rate (const LfSample *sample, double seconds)
{
  return (double) sample->completed / seconds;
}

static double
read_p95 (const LfSample *sample, double seconds)
{
  const LfSampleLatency *latency = lf_sample_get_response (sample);

  return latency != NULL && latency->max > 0 ? latency->p95 : NAN;
}

/* One value a second; a second without a sample is a gap. */
static GArray *
read_seconds (GPtrArray *samples, ReadSample read)
{
  GArray *seconds = g_array_new (FALSE, FALSE, sizeof (double));
  double gap = NAN;
  double last = 0;

  for (guint i = 0; i < samples->len; i++)
    {
      const LfSample *sample = samples->pdata[i];
      guint second = (guint) lround (MAX (sample->t, 0));
      double counted = sample->t - last;

      if (sample->step >= 0)
        continue;
      last = sample->t;
      if (counted < LEAST)
        continue;
      while (seconds->len <= second)
        g_array_append_val (seconds, gap);
      g_array_index (seconds, double, second) = read (sample, counted);
    }
  return seconds;
}

static double
value_at (const GArray *seconds, guint second)
{
  return second < seconds->len ? g_array_index (seconds, double, second) : NAN;
}

static void
draw (LfChartCard *card, GPtrArray *before, GPtrArray *after, ReadSample read)
{
  g_autoptr (GArray) one = read_seconds (before, read);
  g_autoptr (GArray) other = read_seconds (after, read);

  for (guint second = 1; second < MAX (one->len, other->len); second++)
    {
      const double values[] = { value_at (one, second), value_at (other, second) };

      lf_chart_append (lf_chart_card_get_chart (card), second, values);
    }
}

static char *
format_value (LfCompareUnit unit, double value)
{
  switch (unit)
    {
    case LF_COMPARE_RATE:
      return lf_format_rate (value);
    case LF_COMPARE_SHARE:
      return lf_format_percent (value, 2);
    case LF_COMPARE_LATENCY:
      return lf_format_ms (value);
    case LF_COMPARE_BYTES:
      return lf_format_byte_rate (value);
    case LF_COMPARE_COUNT:
    default:
      return lf_format_count (value);
    }
}

static char *
format_change (const LfCompareRow *row)
{
  double change = lf_compare_row_get_change (row);

  if (isnan (change))
    return row->before == row->after ? lf_format_percent (0, 0) : g_strdup ("–");
  return lf_format_change (change);
}

/* In words and with a sign, so that nobody needs to see a colour. */
static const char *
judgement_words (LfCompareJudgement judgement)
{
  switch (judgement)
    {
    case LF_COMPARE_BETTER:
      return _ ("▲ better");
    case LF_COMPARE_WORSE:
      return _ ("▼ worse");
    case LF_COMPARE_CHANGED:
      return _ ("changed");
    case LF_COMPARE_SAME:
    default:
      return _ ("same");
    }
}

static const char *
find_words (const char *const (*words)[2], gsize n, const char *name)
{
  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (words[i][0], name) == 0)
      return _ (words[i][1]);
  return name;
}

/* As the report of a run calls it; what it has no words for is called as the record does. */
static char *
name_row (const LfCompareRow *row)
{
  static const char *const metrics[][2] = {
    { "http_reqs", N_ ("Completed per second") },
    { "http_req_failed", N_ ("Failed") },
    { "http_req_duration", N_ ("Duration") },
    { "http_req_response_time", N_ ("Response time") },
    { "dropped_iterations", N_ ("Dropped iterations") },
    { "data_received", N_ ("Received") },
    { "vus_max", N_ ("Most users at once") },
  };
  static const char *const stats[][2] = {
    { "avg", N_ ("mean") }, { "med", "p50" },   { "p(90)", "p90" },
    { "p(95)", "p95" },     { "p(99)", "p99" }, { "max", N_ ("maximum") },
  };
  const char *metric = find_words (metrics, G_N_ELEMENTS (metrics), row->metric);

  if (row->stat == NULL)
    return g_strdup (metric);
  if (g_str_equal (row->stat, "successful"))
    return g_strdup (_ ("Successful per second"));
  /* Translators: "Response time, p95", "Duration, mean" */
  return g_strdup_printf (_ ("%s, %s"), metric,
                          find_words (stats, G_N_ELEMENTS (stats), row->stat));
}

static void
add_row (LfFactCard *card, const LfCompareRow *row)
{
  g_autofree char *name = name_row (row);
  g_autofree char *before = format_value (row->unit, row->before);
  g_autofree char *after = format_value (row->unit, row->after);
  g_autofree char *change = format_change (row);

  lf_fact_card_add (card, name, before, after, change, judgement_words (row->judgement), NULL);
}

static void
show_table (LfComparison *self, const GArray *rows)
{
  LfFactCard *card = lf_fact_card_new (_ ("Numbers"));

  lf_fact_card_columns (card, _ ("Before"), _ ("After"), _ ("Change"), "", NULL);
  for (guint i = 0; i < rows->len; i++)
    add_row (card, &g_array_index (rows, LfCompareRow, i));
  gtk_box_append (self->table, GTK_WIDGET (card));
}

static guint
count (const GArray *rows, LfCompareJudgement judgement)
{
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n += g_array_index (rows, LfCompareRow, i).judgement == judgement;
  return n;
}

static void
show_verdict (LfComparison *self, const GArray *rows)
{
  guint worse = count (rows, LF_COMPARE_WORSE), better = count (rows, LF_COMPARE_BETTER);
  g_autofree char *bad =
      g_strdup_printf (ngettext ("%u number is worse", "%u numbers are worse", worse), worse);
  g_autofree char *good =
      g_strdup_printf (ngettext ("%u is better", "%u are better", better), better);
  g_autofree char *tolerance = lf_format_percent (LF_COMPARE_TOLERANCE, 0);
  /* Translators: "3 numbers are worse, 1 is better; less than 5 % is no change." */
  g_autofree char *text =
      g_strdup_printf (_ ("%s, %s; less than %s is no change."), bad, good, tolerance);

  gtk_label_set_text (GTK_LABEL (self->verdict), text);
}

static void
show_caveats (LfComparison *self, const LfRun *before, const LfRun *after)
{
  g_auto (GStrv) caveats = lf_compare_caveats (before, after);
  g_autoptr (GString) text = g_string_new (NULL);

  for (char **caveat = caveats; *caveat != NULL; caveat++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", _ (*caveat));
  gtk_label_set_text (GTK_LABEL (self->caveats), text->str);
  gtk_widget_set_visible (self->caveats_box, text->len > 0);
}

/* Drawn where at least one of the two kept its distribution. */
static void
show_distributions (LfComparison *self, const LfSummary *before, const LfSummary *after)
{
  const LfChartSeries looks[] = {
    { .name = _ ("Before"), .color = LF_CHART_GREY, .dash = LF_CHART_DASHED },
    { .name = _ ("After"), .color = LF_CHART_BLUE },
  };
  gboolean shown = lf_distribution_card_add (self->distribution, &looks[0], before, TRUE);

  shown |= lf_distribution_card_add (self->distribution, &looks[1], after, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->distribution), shown);
}

static void
set_up_card (LfChartCard *card, const char *title, const char *unit, LfChartFormat format)
{
  const LfChartSeries series[] = {
    { _ ("Before"), LF_CHART_GREY, LF_CHART_LEFT, LF_CHART_DASHED, LF_CHART_LINE, format },
    { _ ("After"), LF_CHART_BLUE, LF_CHART_LEFT, LF_CHART_SOLID, LF_CHART_LINE, format },
  };

  lf_chart_card_set_title (card, title);
  lf_chart_set_units (lf_chart_card_get_chart (card), unit, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (series); i++)
    lf_chart_card_add_series (card, &series[i]);
}

static void
lf_comparison_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_COMPARISON);
  G_OBJECT_CLASS (lf_comparison_parent_class)->dispose (object);
}

static void
lf_comparison_class_init (LfComparisonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_comparison_dispose;
  g_type_ensure (LF_TYPE_REFLOW);
  g_type_ensure (LF_TYPE_CHART_CARD);
  g_type_ensure (LF_TYPE_DISTRIBUTION_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-comparison.ui");
  gtk_widget_class_bind_template_child (widget_class, LfComparison, caveats_box);
  gtk_widget_class_bind_template_child (widget_class, LfComparison, caveats);
  gtk_widget_class_bind_template_child (widget_class, LfComparison, verdict);
  gtk_widget_class_bind_template_child (widget_class, LfComparison, rate_card);
  gtk_widget_class_bind_template_child (widget_class, LfComparison, latency_card);
  gtk_widget_class_bind_template_child (widget_class, LfComparison, distribution);
  gtk_widget_class_bind_template_child (widget_class, LfComparison, table);
}

static void
lf_comparison_init (LfComparison *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_up_card (self->rate_card, _ ("Requests per second"), _ ("req/s"), lf_format_rate);
  set_up_card (self->latency_card, _ ("Response time, p95"), "ms", lf_format_ms);
  lf_chart_set_axis (lf_chart_card_get_chart (self->latency_card),
                     lf_chart_get_axis (lf_chart_card_get_chart (self->rate_card)));
}

void
lf_comparison_set_runs (LfComparison *self,
                        const LfRun *before,
                        GPtrArray *before_samples,
                        const LfRun *after,
                        GPtrArray *after_samples)
{
  g_autoptr (GArray) rows =
      lf_compare_summaries (before->summary, after->summary, LF_COMPARE_TOLERANCE);

  show_caveats (self, before, after);
  show_verdict (self, rows);
  draw (self->rate_card, before_samples, after_samples, read_rate);
  draw (self->latency_card, before_samples, after_samples, read_p95);
  show_distributions (self, before->summary, after->summary);
  show_table (self, rows);
}
