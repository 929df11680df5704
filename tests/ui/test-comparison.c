#include "config.h"

#include "lf-test-run.h"
#include "lf-test-ui.h"

#include "lf-chart-card.h"
#include "lf-chart-private.h"
#include "lf-comparison.h"
#include "lf-distribution-private.h"

/* The time of each second of the longer run is there; a second that one of them lacks is no zero.
 */
static void
test_curves (void)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *comparison = g_object_new (LF_TYPE_COMPARISON, NULL);
  g_autoptr (LfRun) before = lf_test_make_run (LF_RUN_FINISHED, LF_VERDICT_PASSED, 60);
  g_autoptr (LfRun) after = lf_test_make_run (LF_RUN_STOPPED, LF_VERDICT_ABORTED, 40);
  g_autoptr (GPtrArray) long_run = lf_test_make_samples (60);
  g_autoptr (GPtrArray) short_run = lf_test_make_samples (40);
  GtkWidget *card, *found = NULL;

  after->summary->latency->response_time->p95 *= 2;
  json_node_unref (after->summary->histograms);
  after->summary->histograms = lf_test_make_histograms (18, 14.0 / 12);
  adw_window_set_content (ADW_WINDOW (window), comparison);
  lf_comparison_set_runs (LF_COMPARISON (comparison), before, long_run, after, short_run);
  gtk_window_set_default_size (GTK_WINDOW (window), 980, 1100);
  gtk_window_present (GTK_WINDOW (window));
  card = lf_test_find (comparison, LF_TYPE_CHART_CARD, NULL);
  g_assert_cmpuint (lf_chart_get_n_samples (lf_chart_card_get_chart (LF_CHART_CARD (card))), ==,
                    60);
  found = lf_test_find (comparison, LF_TYPE_DISTRIBUTION, NULL); /* of both, on one axis */
  g_assert_cmpuint (LF_DISTRIBUTION (found)->lines->len, ==, 2);
  found = lf_test_find (comparison, GTK_TYPE_LABEL, "+100.0 %");
  g_assert_nonnull (found);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (gtk_widget_get_next_sibling (found))), ==,
                   "▼ worse");
  g_assert_nonnull (lf_test_find (comparison, GTK_TYPE_LABEL, "▼ worse"));
  lf_test_screenshot (window, "comparison");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What a stop left of a second does not stand for the second before it, and counts for what it is.
 */
static void
test_parts_of_seconds (void)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *comparison = g_object_new (LF_TYPE_COMPARISON, NULL);
  g_autoptr (LfRun) run = lf_test_make_run (LF_RUN_FINISHED, LF_VERDICT_PASSED, 2);
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func (lf_record_free);
  g_autoptr (GPtrArray) after = g_ptr_array_new_with_free_func (lf_record_free);
  LfChart *chart;

  g_ptr_array_add (before, lf_test_make_sample (1, 1, 100, 0, 5));
  g_ptr_array_add (before, lf_test_make_sample (1.25, 1, 20, 0, 5));
  g_ptr_array_add (after, lf_test_make_sample (1, 1, 100, 0, 5));
  g_ptr_array_add (after, lf_test_make_sample (1.75, 1, 60, 0, 5));
  adw_window_set_content (ADW_WINDOW (window), comparison);
  gtk_window_present (GTK_WINDOW (window));
  lf_comparison_set_runs (LF_COMPARISON (comparison), run, before, run, after);
  chart =
      lf_chart_card_get_chart (LF_CHART_CARD (lf_test_find (comparison, LF_TYPE_CHART_CARD, NULL)));
  g_assert_cmpuint (lf_chart_get_n_samples (chart), ==, 2);
  g_assert_cmpfloat (_lf_chart_values (chart->lines->pdata[0])[0], ==, 100);
  g_assert_cmpfloat (_lf_chart_values (chart->lines->pdata[1])[1], ==, 80);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Nothing is cut off where a phone shows it. */
static void
test_narrow (void)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *comparison = g_object_new (LF_TYPE_COMPARISON, NULL);
  g_autoptr (LfRun) before = lf_test_make_run (LF_RUN_FINISHED, LF_VERDICT_PASSED, 60);
  g_autoptr (LfRun) after = lf_test_make_run (LF_RUN_FINISHED, LF_VERDICT_PASSED, 60);
  g_autoptr (GPtrArray) samples = lf_test_make_samples (60);
  GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), comparison);
  adw_window_set_content (ADW_WINDOW (window), scrolled);
  lf_comparison_set_runs (LF_COMPARISON (comparison), before, samples, after, samples);
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 900);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  g_assert_cmpint (gtk_widget_get_width (comparison), <=, 360);
  g_assert_true (lf_test_fits (comparison));
  g_assert_nonnull (lf_test_find (comparison, GTK_TYPE_LABEL, "Response time, p99"));
  lf_test_screenshot (window, "comparison-narrow");
  gtk_adjustment_set_value (down, gtk_adjustment_get_upper (down));
  lf_test_screenshot (window, "comparison-narrow-end");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Runs that sent nothing can be compared, too. */
static void
test_nothing (void)
{
  GtkWidget *comparison = g_object_ref_sink (g_object_new (LF_TYPE_COMPARISON, NULL));
  g_autoptr (LfRun) before = lf_run_new ();
  g_autoptr (LfRun) after = lf_run_new ();
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  before->summary = lf_summary_new ();
  after->summary = lf_summary_new ();
  lf_comparison_set_runs (LF_COMPARISON (comparison), before, none, after, none);
  g_assert_null (lf_test_find (comparison, LF_TYPE_DISTRIBUTION, NULL));
  g_object_unref (comparison);
}

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
  g_test_add_func ("/ui/comparison/curves", test_curves);
  g_test_add_func ("/ui/comparison/parts-of-seconds", test_parts_of_seconds);
  g_test_add_func ("/ui/comparison/narrow", test_narrow);
  g_test_add_func ("/ui/comparison/nothing", test_nothing);
  return g_test_run ();
}
