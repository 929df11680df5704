#include "config.h"

#include "lf-distribution-card.h"
#include "lf-distribution-private.h"
#include "lf-error.h"
#include "lf-histogram.h"
#include "lf-test-run.h"
#include "lf-test-ui.h"

#include <math.h>

typedef struct
{
  GtkWidget *window;
  LfDistributionCard *card;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->window = adw_window_new ();
  fixture->card = g_object_new (LF_TYPE_DISTRIBUTION_CARD, NULL);
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->card));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 560, 300);
  gtk_window_present (GTK_WINDOW (fixture->window));
  lf_test_wait_until (lf_test_find (fixture->window, LF_TYPE_DISTRIBUTION, NULL) != NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->card), (gpointer *) &fixture->card);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lf_test_wait_until (fixture->card == NULL);
}

static GtkWidget *
chart_of (Fixture *fixture)
{
  return lf_test_find (fixture->window, LF_TYPE_DISTRIBUTION, NULL);
}

static void
fill (Fixture *fixture)
{
  static const LfChartSeries looks[] = {
    { .name = "Response time", .color = LF_CHART_BLUE },
    { .name = "Duration", .color = LF_CHART_ORANGE, .dash = LF_CHART_DASHED },
  };
  g_autoptr (LfSummary) summary = lf_summary_new ();

  summary->histograms = lf_test_make_histograms (12, 1.5);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    g_assert_true (lf_distribution_card_add (fixture->card, &looks[i], summary, i == 0));
}

/* What the summary says of a percentile is what the line says there. */
static void
assert_same_as_histogram (const LfHistogram *histogram)
{
  static const double ps[] = { 0, 0.1, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.99, 99.999 };
  g_autofree char *text = lf_histogram_encode (histogram);
  g_autoptr (LfPercentiles) percentiles =
      lf_percentiles_new (text, (double) lf_histogram_get_max (histogram) / 1000, NULL);

  g_assert_cmpuint (lf_percentiles_get_count (percentiles), ==, lf_histogram_get_count (histogram));
  for (guint i = 0; i < G_N_ELEMENTS (ps); i++)
    g_assert_cmpfloat (lf_percentiles_get_value (percentiles, lf_percentiles_position (ps[i])), ==,
                       (double) lf_histogram_percentile (histogram, ps[i]) / 1000);
  g_assert_cmpfloat (lf_percentiles_get_value (percentiles, HUGE_VAL), ==,
                     (double) lf_histogram_get_max (histogram) / 1000);
}

static void
test_percentiles (void)
{
  static const guint counts[] = { 1, 2, 10, 100, 999, 1000, 20000 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (LfHistogram) histogram = lf_histogram_new ();

      for (guint n = 0; n < counts[i]; n++)
        lf_histogram_record (histogram, (gint64) exp (g_rand_double_range (rand, 0, 16)));
      assert_same_as_histogram (histogram);
    }
}

static void
test_no_percentiles (void)
{
  g_autoptr (LfHistogram) empty = lf_histogram_new ();
  g_autofree char *text = lf_histogram_encode (empty);
  g_autoptr (LfPercentiles) percentiles = lf_percentiles_new (text, 0, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (lf_percentiles_get_count (percentiles), ==, 0);
  g_assert_true (isnan (lf_percentiles_get_value (percentiles, 1)));
  g_assert_cmpfloat (lf_percentiles_get_end (percentiles), ==, 0);
  g_assert_null (lf_percentiles_new ("HISTFAAA", 0, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_CORRUPT);
}

static gboolean
says (GtkWidget *widget, const char *label)
{
  g_autofree char *wrong = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label, NULL);

  if (wrong != NULL)
    g_test_message ("%s", wrong);
  return wrong == NULL;
}

static void
press (GtkWidget *chart, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (chart);
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &taken);
    }
  g_assert_true (taken);
}

/* The keys go from one well-known percentile to the next, and the label tells what they read. */
static void
test_keys (Fixture *fixture, gconstpointer data)
{
  GtkWidget *chart = chart_of (fixture);

  fill (fixture);
  g_assert_true (says (chart, "Latency by percentile; 50 %, Response time 18.0 ms, Duration 12.0 ms"
                              "; 90 %, Response time 32.4 ms, Duration 21.6 ms"
                              "; 99 %, Response time 61.2 ms, Duration 40.8 ms"
                              "; 99.9 %, Response time 126 ms, Duration 84.0 ms"
                              "; Maximum, Response time 1.67 s, Duration 1.12 s"));
  press (chart, GDK_KEY_Home);
  for (guint i = 0; i < 7; i++)
    press (chart, GDK_KEY_Right);
  g_assert_true (
      says (chart, "Latency by percentile; 99.9 %, Response time 126 ms, Duration 84.0 ms"));
  lf_test_screenshot (fixture->window, "distribution-cursor");
  press (chart, GDK_KEY_Left);
  press (chart, GDK_KEY_Left);
  g_assert_true (
      says (chart, "Latency by percentile; 95 %, Response time 37.8 ms, Duration 25.2 ms"));
  press (chart, GDK_KEY_End);
  g_assert_true (
      says (chart, "Latency by percentile; Maximum, Response time 1.67 s, Duration 1.12 s"));
}

static void
test_log_scale (Fixture *fixture, gconstpointer data)
{
  GtkWidget *toggle = lf_test_find (fixture->window, GTK_TYPE_TOGGLE_BUTTON, NULL);

  fill (fixture);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  g_assert_true (LF_DISTRIBUTION (chart_of (fixture))->logarithmic);
  lf_test_screenshot (fixture->window, "distribution-log");
}

static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  fill (fixture);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 280);
  lf_test_wait_until (gtk_widget_get_width (fixture->window) == 360);
  lf_test_screenshot (fixture->window, "distribution-narrow");
}

/* Whatever a store hands over is drawn or left out, and nothing is drawn of nothing. */
static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  static const char *const kept[] = { "{\"duration\": \"HISTFAAA\"}", "[1]", "{}", "null" };
  static const LfChartSeries look = { .name = "x", .color = LF_CHART_BLUE };
  g_autoptr (LfSummary) summary = lf_summary_new ();

  g_assert_false (lf_distribution_card_add (fixture->card, &look, summary, FALSE));
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_clear_pointer (&summary->histograms, json_node_unref);
      summary->histograms = json_from_string (kept[i], NULL);
      g_assert_false (lf_distribution_card_add (fixture->card, &look, summary, FALSE));
    }
  g_assert_true (says (chart_of (fixture), "Latency by percentile, nothing measured"));
  gtk_test_widget_wait_for_draw (fixture->window);
}

int
main (int argc, char **argv)
{
  lf_test_ui_init (&argc, &argv);
  g_test_add_func ("/distribution/percentiles", test_percentiles);
  g_test_add_func ("/distribution/no-percentiles", test_no_percentiles);
  g_test_add ("/distribution/keys", Fixture, NULL, set_up, test_keys, tear_down);
  g_test_add ("/distribution/log-scale", Fixture, NULL, set_up, test_log_scale, tear_down);
  g_test_add ("/distribution/narrow", Fixture, NULL, set_up, test_narrow, tear_down);
  g_test_add ("/distribution/nothing", Fixture, NULL, set_up, test_nothing, tear_down);
  return g_test_run ();
}
