#include "config.h"

#include "lf-test-run-charts.h"

#include "lf-histogram.h"
#include "lf-test-ui.h"

#include <math.h>

void
lf_test_run_charts_set_up (LfTestRunCharts *self, gconstpointer data)
{
  GtkWidget *page = gtk_scrolled_window_new ();

  self->window = adw_window_new ();
  self->charts = g_object_new (LF_TYPE_RUN_CHARTS, "margin-top", 12, "margin-bottom", 12,
                               "margin-start", 12, "margin-end", 12, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (page), GTK_WIDGET (self->charts));
  adw_window_set_content (ADW_WINDOW (self->window), page);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1000, 720);
  gtk_window_present (GTK_WINDOW (self->window));
}

void
lf_test_run_charts_tear_down (LfTestRunCharts *self, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (self->charts), (gpointer *) &self->charts);
  gtk_window_destroy (GTK_WINDOW (self->window));
  lf_test_wait_until (self->charts == NULL);
}

/* The nth chart below @root, as they are read. */
static LfChart *
find_chart (GtkWidget *root, guint *n)
{
  LfChart *found = LF_IS_CHART (root) && (*n)-- == 0 ? LF_CHART (root) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_chart (child, n);
  return found;
}

LfChart *
lf_test_run_charts_get (LfTestRunCharts *self, guint n)
{
  LfChart *chart = find_chart (GTK_WIDGET (self->charts), &n);

  g_assert_nonnull (chart);
  return chart;
}

void
lf_test_run_charts_set_spec (LfTestRunCharts *self, guint n_steps, const char *profile)
{
  g_autoptr (GString) text = g_string_new ("{\"schema\":\"loadforge/spec/1\",\"name\":\"Shop\",");
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = NULL;

  g_string_append (text, "\"steps\":[");
  for (guint i = 0; i < n_steps; i++)
    g_string_append_printf (
        text, "%s{\"name\":\"Step %u\",\"method\":\"GET\",\"url\":\"http://127.0.0.1/\"}",
        i > 0 ? "," : "", i + 1);
  g_string_append_printf (text, "],\"warmup\":8,\"loadProfile\":%s}", profile);
  spec = lf_spec_from_text (text->str, -1, &error);
  g_assert_no_error (error);
  lf_run_charts_set_spec (self->charts, spec);
}

GPtrArray *
lf_test_run_charts_make_samples (guint seconds, guint n_steps)
{
  g_autoptr (GPtrArray) totals = lf_test_make_samples (seconds);
  GPtrArray *samples = g_ptr_array_new_with_free_func (lf_record_free);

  for (guint i = 0; i < seconds; i++)
    for (guint part = 0; part <= n_steps; part++)
      {
        LfSample *sample = lf_sample_copy (totals->pdata[i]);
        gint64 failed;

        sample->step = (gint64) part - 1;
        sample->warmup = i < 8;
        sample->completed = part == 0 ? sample->completed : sample->completed * part / 10;
        sample->failed = part == 0 ? sample->failed : sample->failed * part / 10;
        failed = sample->failed;
        lf_counts_free (sample->status_codes);
        sample->status_codes = lf_counts_new ();
        lf_counts_add (sample->status_codes, "200", sample->completed - failed * 3);
        lf_counts_add (sample->status_codes, "302", failed);
        lf_counts_add (sample->status_codes, "503", failed);
        lf_counts_add (sample->error_codes, "1212", failed);
        sample->duration->p50 /= 2;
        sample->duration->p95 /= 2;
        g_ptr_array_add (samples, sample);
        if (n_steps == 0)
          break;
      }
  return samples;
}

void
lf_test_run_charts_set_samples (LfTestRunCharts *self, GPtrArray *samples)
{
  g_autoptr (LfSamples) packed = lf_test_pack_samples (samples);

  lf_run_charts_set_samples (self->charts, packed);
}

void
lf_test_run_charts_add_histograms (GPtrArray *samples)
{
  g_autoptr (LfHistogram) histogram = lf_histogram_new ();

  for (guint i = 0; i < samples->len; i++)
    {
      LfSample *sample = samples->pdata[i];
      double p50 = sample->response_time->p50 * 1000;

      lf_histogram_reset (histogram);
      for (int part = -30; part <= 30; part++)
        lf_histogram_record_n (histogram, (gint64) (p50 * exp (part / 40.0)),
                               (guint64) (200 * exp (-part * part / 150.0)));
      for (int part = -8; part <= 8; part++)
        lf_histogram_record_n (histogram, (gint64) (p50 * 3 * exp (part / 30.0)),
                               (guint64) (20 * exp (-part * part / 30.0)));
      lf_histogram_record (histogram, (gint64) (p50 * (5 + i % 7)));
      sample->histograms = lf_sample_histograms_new ();
      sample->histograms->duration = lf_histogram_encode (histogram);
    }
}

gboolean
lf_test_run_charts_is_called (LfChart *chart, const char *label)
{
  g_autofree char *wrong = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL, label, NULL);

  return wrong == NULL;
}

void
lf_test_run_charts_put_cursor (LfTestRunCharts *self, double t)
{
  lf_time_axis_set_cursor (lf_chart_get_axis (lf_test_run_charts_get (self, LOAD)), t);
}

GtkDropDown *
lf_test_run_charts_find_choice (LfTestRunCharts *self, const char *label)
{
  GtkWidget *bar = gtk_widget_get_first_child (GTK_WIDGET (self->charts));
  GtkWidget *box = gtk_widget_get_first_child (bar);

  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_DROP_DOWN (child) && gtk_widget_get_visible (child))
      {
        g_autofree char *wrong = gtk_test_accessible_check_property (
            GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, label, NULL);

        if (wrong == NULL)
          return GTK_DROP_DOWN (child);
      }
  return NULL;
}

GtkWidget *
lf_test_run_charts_find_button (GtkWidget *root, const char *label)
{
  g_autofree char *wrong = NULL;
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (root))
    wrong = gtk_test_accessible_check_property (GTK_ACCESSIBLE (root),
                                                GTK_ACCESSIBLE_PROPERTY_LABEL, label, NULL);
  if (GTK_IS_BUTTON (root) && wrong == NULL)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = lf_test_run_charts_find_button (child, label);
  return found;
}
