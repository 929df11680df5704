#include "config.h"

#include "lf-run-view.h"

#include "lf-console.h"
#include "lf-format.h"
#include "lf-kept-words.h"
#include "lf-page-scroll.h"
#include "lf-run-numbers.h"
#include "lf-run-report.h"
#include "lf-run-words.h"
#include "lf-widget-private.h"
#include "lf-words.h"

#include <glib/gi18n.h>

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
  LfRunCharts *charts;
  LfRunReport *report;
  LfConsole *console;

  LfSamples *samples; /* of the run so far; or NULL */
  guint n_samples;    /* of these that were counted */
  double last_t;      /* s, of the newest sample */
  double planned;     /* s, 0 where there is no planned end */
  const char *banner_style;
  gboolean has_spec; /* the charts know what is run */
  gboolean ended;    /* the numbers are the whole run's */
};

G_DEFINE_FINAL_TYPE (LfRunView, lf_run_view, GTK_TYPE_WIDGET)

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
  return g_strdup_printf (
      ngettext ("%s of %s iteration", "%s of %s iterations", (gulong) progress->planned_iterations),
      done, all);
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

/* What the run runs stands in its record while it lives, and in its summary from then on. */
static void
show_spec (LfRunView *self, const LfRun *run)
{
  JsonNode *node =
      run->summary != NULL && run->summary->spec != NULL ? run->summary->spec : run->spec;
  g_autoptr (LfSpec) spec = NULL;

  if (self->has_spec || node == NULL)
    return;
  self->has_spec = TRUE;
  spec = lf_spec_from_json (node, NULL); /* one that cannot be read is no plan */
  lf_run_charts_set_spec (self->charts, spec);
}

static void
lf_run_view_dispose (GObject *object)
{
  g_clear_pointer (&LF_RUN_VIEW (object)->samples, lf_samples_unref);
  _lf_widget_dispose (GTK_WIDGET (object), LF_TYPE_RUN_VIEW);
  G_OBJECT_CLASS (lf_run_view_parent_class)->dispose (object);
}

static void
lf_run_view_class_init (LfRunViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_run_view_dispose;
  g_type_ensure (LF_TYPE_RUN_NUMBERS);
  g_type_ensure (LF_TYPE_RUN_CHARTS);
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
  gtk_widget_class_bind_template_child (widget_class, LfRunView, charts);
  gtk_widget_class_bind_template_child (widget_class, LfRunView, report);
  gtk_widget_class_bind_template_child (widget_class, LfRunView, console);
}

static void
lf_run_view_init (LfRunView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lf_page_scroll_add (GTK_WIDGET (self));
}

void
lf_run_view_clear (LfRunView *self)
{
  g_clear_pointer (&self->samples, lf_samples_unref);
  self->n_samples = 0;
  self->last_t = self->planned = 0;
  self->ended = self->has_spec = FALSE;
  lf_run_numbers_clear (self->numbers);
  gtk_widget_set_visible (self->store_notice, FALSE);
  gtk_widget_set_visible (self->limit_notice, FALSE);
  gtk_progress_bar_set_fraction (self->progress, 0);
  lf_run_charts_clear (self->charts);
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
  show_spec (self, run);
  show_progress (self, run);
  show_banner (self, run);
  lf_run_report_set_summary (self->report, active ? NULL : run->summary);
  if (!active && run->summary != NULL)
    lf_run_numbers_show_summary (self->numbers, run->summary);
  lf_console_set_empty (self->console,
                        active ? _ ("No log lines yet") : _ ("No log lines were kept"));
}

void
lf_run_view_set_samples (LfRunView *self, LfSamples *samples)
{
  g_autoptr (LfSample) sample = lf_sample_new ();
  guint n = lf_samples_get_n (samples);
  gboolean moved = FALSE;
  double seconds = 1;

  if (self->samples != samples)
    {
      g_clear_pointer (&self->samples, lf_samples_unref);
      self->samples = lf_samples_ref (samples);
      self->n_samples = 0;
    }
  for (; self->n_samples < n; self->n_samples++)
    {
      if (lf_samples_get_step (samples, self->n_samples) >= 0)
        continue;
      lf_samples_read (samples, self->n_samples, sample);
      seconds = sample->t > self->last_t ? sample->t - self->last_t : 1;
      lf_run_numbers_add (self->numbers, sample);
      self->last_t = sample->t;
      moved = TRUE;
    }
  lf_run_charts_set_samples (self->charts, samples);
  if (moved && !self->ended)
    lf_run_numbers_show_sample (self->numbers, sample, seconds);
}

/* What puts the numbers or their keeping in doubt stands above them: that of the store until it
 * works again, that of the generator until the banner of the ended run tells it. */
static void
note (LfRunView *self, const LfLogLine *line)
{
  gboolean doubt = line->level >= LF_LOG_WARN;
  g_autofree char *text = lf_kept_words (line->message);

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

LfRunCharts *
lf_run_view_get_charts (LfRunView *self)
{
  return self->charts;
}

LfConsole *
lf_run_view_get_console (LfRunView *self)
{
  return self->console;
}
