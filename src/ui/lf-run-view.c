#include "config.h"

#include "lf-run-view.h"

#include "lf-chart-card.h"
#include "lf-console.h"
#include "lf-format.h"
#include "lf-reflow.h"
#include "lf-run-numbers.h"
#include "lf-run-report.h"
#include "lf-run-words.h"
#include "lf-widget-private.h"
#include "lf-words.h"

#include <glib/gi18n.h>
#include <math.h>

struct _LfRunView
{
  GtkWidget parent_instance;

  GtkWidget *banner;
  GtkImage *banner_icon;
  GtkLabel *banner_title;
  GtkLabel *banner_text;
  GtkWidget *store_notice;
  GtkLabel *store_text;
  GtkWidget *limit_notice;
  GtkLabel *limit_text;
  GtkWidget *progress_box;
  GtkProgressBar *progress;
  GtkLabel *elapsed;
  GtkLabel *remaining;
  LfRunNumbers *numbers;
  LfChartCard *load_card;
  LfChartCard *latency_card;
  LfRunReport *report;
  LfConsole *console;

  double last_t; /* s, of the newest sample */
  double users;  /* of the newest sample that had any */
  double users_max;
  double planned; /* s, 0 where there is no planned end */
  const char *banner_style;
  gboolean nobody; /* in the newest sample */
  gboolean ended;  /* the numbers are the whole run's */
};

G_DEFINE_FINAL_TYPE (LfRunView, lf_run_view, GTK_TYPE_WIDGET)

static void
draw_sample (LfRunView *self, const LfSample *sample, double seconds)
{
  const LfSampleLatency *latency = lf_sample_get_response (sample);
  gboolean known = latency != NULL;
  const double load[] = { sample->completed / seconds, sample->failed / seconds, self->users };
  const double times[] = {
    known ? latency->p50 : NAN,
    known ? latency->p95 : NAN,
    known ? latency->p99 : NAN,
    known ? latency->max : NAN,
  };

  lf_chart_append (lf_chart_card_get_chart (self->load_card), sample->t, load);
  lf_chart_append (lf_chart_card_get_chart (self->latency_card), sample->t, times);
}

/* In the second in which all leave, those that were still there: no sudden fall at the end. Nobody
 * for longer is a pause. */
static void
note_users (LfRunView *self, const LfSample *sample)
{
  gboolean left = self->nobody;

  self->nobody = sample->users == 0;
  if (sample->users > 0 || left)
    self->users = sample->users;
  else if (sample->users_max > self->users_max) /* more came in that very second */
    self->users = sample->users_max;
  self->users_max = MAX (self->users_max, sample->users_max);
}

/* "400 of 1,000 iterations"; "" where these do not end it. */
static char *
describe_iterations (const LfRunProgress *progress)
{
  g_autofree char *done = NULL;
  g_autofree char *all = NULL;

  if (progress == NULL || progress->planned_iterations == 0)
    return g_strdup ("");
  done = lf_format_count (progress->iterations);
  all = lf_format_count (progress->planned_iterations);
  return g_strdup_printf (_ ("%s of %s iterations"), done, all);
}

/* Of time, or of iterations; below 0 where nobody knows when it ends. */
static double
get_share (LfRunView *self, const LfRunProgress *progress, double elapsed)
{
  if (progress != NULL && progress->planned_iterations > 0)
    return (double) progress->iterations / (double) progress->planned_iterations;
  return self->planned > 0 ? elapsed / self->planned : -1;
}

static void
show_progress (LfRunView *self, const LfRun *run)
{
  double elapsed = MAX (self->last_t, run->progress != NULL ? run->progress->elapsed : 0);
  double share = get_share (self, run->progress, elapsed);
  g_autofree char *clock = lf_format_clock (elapsed);
  g_autofree char *left = lf_format_clock (self->planned - elapsed);
  g_autofree char *all = lf_format_clock (self->planned);
  g_autofree char *iterations = describe_iterations (run->progress);
  g_autofree char *words = NULL;
  g_autofree char *rest = NULL;

  if (self->planned > 0)
    words = g_strdup_printf (_ ("%s · %s of %s"), lf_run_words_state (run), clock, all);
  else
    words = g_strdup_printf (_ ("%s · %s"), lf_run_words_state (run), clock);
  if (run->status == LF_RUN_STOPPING)
    rest = g_strdup (_ ("waiting for running requests"));
  else if (run->status == LF_RUN_PAUSED)
    rest = g_strdup (_ ("nothing new is sent"));
  else if (*iterations != '\0')
    rest = g_steal_pointer (&iterations);
  else if (self->planned > elapsed)
    rest = g_strdup_printf (_ ("%s left"), left);
  gtk_label_set_text (self->elapsed, words);
  gtk_label_set_text (self->remaining, rest != NULL ? rest : "");
  gtk_widget_set_visible (GTK_WIDGET (self->progress), share >= 0);
  gtk_progress_bar_set_fraction (self->progress, CLAMP (share, 0, 1));
}

static char *
banner_title (const LfRun *run)
{
  const LfSummary *summary = run->summary;
  g_autofree char *clock = NULL;

  if (summary == NULL || summary->duration <= 0)
    return g_strdup (lf_run_words_state (run));
  clock = lf_format_clock (summary->duration);
  return g_strdup_printf (_ ("%s after %s"), lf_run_words_state (run), clock);
}

static void
show_banner (LfRunView *self, const LfRun *run)
{
  gboolean shown = !lf_run_is_active (run);
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->banner, shown);
  if (!shown)
    return;
  title = banner_title (run);
  text = lf_run_words_explain (run);
  gtk_image_set_from_icon_name (self->banner_icon, lf_words_outcome_icon (run));
  if (self->banner_style != NULL)
    gtk_widget_remove_css_class (self->banner, self->banner_style);
  self->banner_style = lf_words_outcome_class (run);
  gtk_widget_add_css_class (self->banner, self->banner_style);
  gtk_label_set_text (self->banner_title, title);
  gtk_label_set_text (self->banner_text, text);
}

static void
add_load_series (LfChartCard *card)
{
  const LfChartSeries series[] = {
    { _ ("Requests"), LF_CHART_BLUE, LF_CHART_LEFT, FALSE, TRUE, lf_format_rate },
    { _ ("Failed"), LF_CHART_PURPLE, LF_CHART_LEFT, FALSE, FALSE, lf_format_rate },
    { _ ("Users"), LF_CHART_ORANGE, LF_CHART_RIGHT, TRUE, FALSE, lf_format_count },
  };

  lf_chart_card_set_title (card, _ ("Requests and users"));
  lf_chart_set_units (lf_chart_card_get_chart (card), _ ("req/s"), _ ("users"));
  for (guint i = 0; i < G_N_ELEMENTS (series); i++)
    lf_chart_card_add_series (card, &series[i]);
}

static void
add_latency_series (LfChartCard *card)
{
  const LfChartSeries series[] = {
    { _ ("p50"), LF_CHART_GREEN, LF_CHART_LEFT, FALSE, TRUE, lf_format_ms },
    { _ ("p95"), LF_CHART_BLUE, LF_CHART_LEFT, FALSE, FALSE, lf_format_ms },
    { _ ("p99"), LF_CHART_PURPLE, LF_CHART_LEFT, FALSE, FALSE, lf_format_ms },
    { _ ("max"), LF_CHART_GREY, LF_CHART_LEFT, TRUE, FALSE, lf_format_ms },
  };

  lf_chart_card_set_title (card, _ ("Response time"));
  lf_chart_set_units (lf_chart_card_get_chart (card), "ms", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (series); i++)
    lf_chart_card_add_series (card, &series[i]);
}

static void
lf_run_view_dispose (GObject *object)
{
  _lf_widget_dispose (GTK_WIDGET (object), LF_TYPE_RUN_VIEW);
  G_OBJECT_CLASS (lf_run_view_parent_class)->dispose (object);
}

static void
lf_run_view_class_init (LfRunViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_run_view_dispose;
  g_type_ensure (LF_TYPE_REFLOW);
  g_type_ensure (LF_TYPE_RUN_NUMBERS);
  g_type_ensure (LF_TYPE_CHART_CARD);
  g_type_ensure (LF_TYPE_RUN_REPORT);
  g_type_ensure (LF_TYPE_CONSOLE);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-run-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LfRunView, banner);
  gtk_widget_class_bind_template_child (widget_class, LfRunView, banner_icon);
  gtk_widget_class_bind_template_child (widget_class, LfRunView, banner_title);
  gtk_widget_class_bind_template_child (widget_class, LfRunView, banner_text);
  gtk_widget_class_bind_template_child (widget_class, LfRunView, store_notice);
  gtk_widget_class_bind_template_child (widget_class, LfRunView, store_text);
  gtk_widget_class_bind_template_child (widget_class, LfRunView, limit_notice);
  gtk_widget_class_bind_template_child (widget_class, LfRunView, limit_text);
  gtk_widget_class_bind_template_child (widget_class, LfRunView, progress_box);
  gtk_widget_class_bind_template_child (widget_class, LfRunView, progress);
  gtk_widget_class_bind_template_child (widget_class, LfRunView, elapsed);
  gtk_widget_class_bind_template_child (widget_class, LfRunView, remaining);
  gtk_widget_class_bind_template_child (widget_class, LfRunView, numbers);
  gtk_widget_class_bind_template_child (widget_class, LfRunView, load_card);
  gtk_widget_class_bind_template_child (widget_class, LfRunView, latency_card);
  gtk_widget_class_bind_template_child (widget_class, LfRunView, report);
  gtk_widget_class_bind_template_child (widget_class, LfRunView, console);
}

static void
lf_run_view_init (LfRunView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_load_series (self->load_card);
  add_latency_series (self->latency_card);
  g_object_bind_property (lf_chart_card_get_chart (self->load_card), "cursor",
                          lf_chart_card_get_chart (self->latency_card), "cursor",
                          G_BINDING_BIDIRECTIONAL);
}

void
lf_run_view_clear (LfRunView *self)
{
  self->last_t = self->users = self->users_max = self->planned = 0;
  self->ended = self->nobody = FALSE;
  lf_run_numbers_clear (self->numbers);
  gtk_widget_set_visible (self->store_notice, FALSE);
  gtk_widget_set_visible (self->limit_notice, FALSE);
  gtk_progress_bar_set_fraction (self->progress, 0);
  lf_chart_clear (lf_chart_card_get_chart (self->load_card));
  lf_chart_clear (lf_chart_card_get_chart (self->latency_card));
  lf_run_report_set_summary (self->report, NULL);
  lf_console_clear (self->console);
}

void
lf_run_view_set_run (LfRunView *self, const LfRun *run)
{
  gboolean active = lf_run_is_active (run);

  self->ended = !active;
  if (!active)
    gtk_widget_set_visible (self->limit_notice, FALSE);
  if (run->progress != NULL && run->progress->duration > 0)
    self->planned = run->progress->duration;
  gtk_widget_set_visible (self->progress_box, active);
  show_progress (self, run);
  show_banner (self, run);
  lf_run_report_set_summary (self->report, active ? NULL : run->summary);
  if (!active && run->summary != NULL)
    lf_run_numbers_show_summary (self->numbers, run->summary);
  lf_console_set_empty (self->console,
                        active ? _ ("No log lines yet") : _ ("No log lines were kept"));
}

void
lf_run_view_append_samples (LfRunView *self, GPtrArray *samples)
{
  const LfSample *last = NULL;
  double seconds = 1;

  for (guint i = 0; i < samples->len; i++)
    {
      const LfSample *sample = g_ptr_array_index (samples, i);

      if (sample->step >= 0)
        continue;
      seconds = sample->t > self->last_t ? sample->t - self->last_t : 1;
      lf_run_numbers_add (self->numbers, sample);
      note_users (self, sample);
      draw_sample (self, sample, seconds);
      self->last_t = sample->t;
      last = sample;
    }
  if (last != NULL && !self->ended)
    lf_run_numbers_show_sample (self->numbers, last, seconds);
}

/* What puts the numbers or their keeping in doubt stands above them: that of the store until it
 * works again, that of the generator until the banner of the ended run tells it. */
static void
note (LfRunView *self, const LfLogLine *line)
{
  gboolean doubt = line->level >= LF_LOG_WARN;
  const char *text = line->message != NULL ? line->message : "";

  if (line->log_class == LF_LOG_CLASS_STORE)
    {
      gtk_widget_set_visible (self->store_notice, doubt);
      gtk_label_set_text (self->store_text, text);
    }
  else if (line->log_class == LF_LOG_CLASS_GENERATOR && doubt && !self->ended)
    {
      gtk_widget_set_visible (self->limit_notice, TRUE);
      gtk_label_set_text (self->limit_text, text);
    }
}

void
lf_run_view_append_logs (LfRunView *self, GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    note (self, lines->pdata[i]);
  lf_console_append (self->console, lines);
}
