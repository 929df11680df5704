#include "config.h"

#include "lf-distribution-private.h"
#include "lf-fact-card.h"
#include "lf-reflow.h"
#include "lf-run-report.h"
#include "lf-test-run.h"
#include "lf-test-ui.h"

#include <math.h>

typedef struct
{
  GtkWidget *window;
  LfRunReport *report;
  LfRun *run;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  fixture->run = lf_test_make_run (LF_RUN_FINISHED, LF_VERDICT_INVALID, 60);
  lf_test_add_steps (fixture->run, 4);
  fixture->window = adw_window_new ();
  fixture->report = g_object_new (LF_TYPE_RUN_REPORT, NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (fixture->report));
  adw_window_set_content (ADW_WINDOW (fixture->window), scroller);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 1250);
  lf_run_report_set_summary (fixture->report, fixture->run->summary);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->report), (gpointer *) &fixture->report);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lf_test_wait_until (fixture->report == NULL);
  lf_run_free (fixture->run);
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  return lf_test_find (GTK_WIDGET (fixture->report), GTK_TYPE_LABEL, text) != NULL;
}

static void
scroll_to_end (Fixture *fixture)
{
  GtkWidget *scroller =
      gtk_widget_get_ancestor (GTK_WIDGET (fixture->report), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

/* Everything that is needed to act stands in the report. */
static void
test_whole (Fixture *fixture, gconstpointer data)
{
  GtkWidget *chart = lf_test_find (fixture->window, LF_TYPE_DISTRIBUTION, NULL);

  g_assert_cmpuint (LF_DISTRIBUTION (chart)->lines->len, ==, 2);
  g_assert_true (shows (fixture, "Waiting"));
  g_assert_false (shows (fixture, "TLS handshake")); /* none of the requests had one */
  g_assert_true (shows (fixture, "LoadForge"));
  g_assert_true (shows (fixture, "Worker CPU over 90 % for 12 s"));
  g_assert_true (shows (fixture, "Close other programs, allow more workers, send from a machine "
                                 "with more cores, or ask for less."));
  lf_test_screenshot (fixture->window, "report");
  scroll_to_end (fixture);
  lf_test_screenshot (fixture->window, "report-end");
}

/* An error tells where, when, and what can be done. */
static void
test_errors (Fixture *fixture, gconstpointer data)
{
  g_assert_true (shows (fixture, "connection refused (1212)"));
  g_assert_true (shows (fixture, "234 requests, 0.09 % of all\n"
                                 "From 0:21 to 0:29 of the run, 12:00:21 to 12:00:29\n"
                                 "Check that the target runs and listens on the port of the URL."));
  g_assert_true (shows (fixture, "1000 requests, 0.40 % of all\n"
                                 "From 0:21 to 0:29 of the run, 12:00:21 to 12:00:29\n"
                                 "Log in (POST http://127.0.0.1:8080/step/1): 250\n"
                                 "Search (GET http://127.0.0.1:8080/step/2): 250\n"
                                 "Put into the basket, with a name that is rather long "
                                 "(POST http://127.0.0.1:8080/step/3): 250\n"
                                 "and in 1 other step"));
}

static const char *
first_step (Fixture *fixture)
{
  static const char *const names[] = { "Log in", "Search", "Pay" };
  double top = HUGE_VAL;
  const char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GtkWidget *label = lf_test_find (fixture->window, GTK_TYPE_LABEL, names[i]);
      graphene_rect_t bounds;

      g_assert_true (gtk_widget_compute_bounds (label, fixture->window, &bounds));
      if (bounds.origin.y < top)
        first = names[i];
      top = MIN (top, bounds.origin.y);
    }
  return first;
}

static void
sort_by (Fixture *fixture, const char *title, GtkSortType order)
{
  GtkColumnView *table =
      GTK_COLUMN_VIEW (lf_test_find (fixture->window, GTK_TYPE_COLUMN_VIEW, NULL));
  GListModel *columns = gtk_column_view_get_columns (table);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_strcmp0 (gtk_column_view_column_get_title (column), title) == 0)
        gtk_column_view_sort_by_column (table, column, order);
    }
}

static void
test_sort (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (first_step (fixture), ==, "Log in");
  sort_by (fixture, "p95", GTK_SORT_DESCENDING);
  lf_test_wait_until (g_strcmp0 (first_step (fixture), "Search") == 0);
  sort_by (fixture, "Failed", GTK_SORT_DESCENDING);
  lf_test_wait_until (g_strcmp0 (first_step (fixture), "Pay") == 0);
  sort_by (fixture, "Step", GTK_SORT_ASCENDING);
  lf_test_wait_until (g_strcmp0 (first_step (fixture), "Log in") == 0);
}

/* The list is as high as its rows. */
static gboolean
is_whole (Fixture *fixture)
{
  GtkWidget *list = lf_test_find (fixture->window, GTK_TYPE_LIST_BOX, NULL);
  GtkWidget *last = lf_test_find (list, GTK_TYPE_LABEL, "Pay");
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (last, list, &bounds) && bounds.origin.y > 0 &&
         bounds.origin.y + bounds.size.height < gtk_widget_get_height (list);
}

/* No number is lost where the table has no room. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 3000);
  lf_test_wait_until (gtk_widget_get_width (fixture->window) == 360);
  lf_test_wait_until (shows (fixture, "62500 requests, 0 failed, 1042/s, 65.5\u00a0MB"));
  g_assert_true (shows (
      fixture,
      "Mean\u00a021.6 ms, p50\u00a018.0 ms, p90\u00a032.4 ms, p95\u00a037.8 ms, p99\u00a061.2 ms, "
      "Maximum\u00a01.71 s"));
  g_assert_null (lf_test_find (fixture->window, GTK_TYPE_COLUMN_VIEW, NULL));
  g_assert_true (shows (fixture, "Pay")); /* the last one */
  lf_test_wait_until (is_whole (fixture));
  lf_test_screenshot (fixture->window, "report-narrow");
}

/* Of users the two latencies are one: it is drawn and told once. */
static void
test_users (Fixture *fixture, gconstpointer data)
{
  LfSummary *summary = fixture->run->summary;
  GtkWidget *chart;

  lf_run_report_set_summary (fixture->report, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->report)));
  lf_latency_free (summary->latency->duration);
  summary->latency->duration = lf_latency_copy (summary->latency->response_time);
  lf_run_report_set_summary (fixture->report, summary);
  gtk_test_widget_wait_for_draw (fixture->window);
  chart = lf_test_find (fixture->window, LF_TYPE_DISTRIBUTION, NULL);
  g_assert_cmpuint (LF_DISTRIBUTION (chart)->lines->len, ==, 1);
  g_assert_false (shows (fixture, "Duration"));
}

/* A run that measured nothing, and one with more steps than anyone reads at once. */
static void
test_extremes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfSummary) empty = lf_summary_new ();

  lf_run_report_set_summary (fixture->report, empty);
  gtk_test_widget_wait_for_draw (fixture->window);
  g_assert_true (shows (fixture, "No answer came"));
  g_assert_null (lf_test_find (fixture->window, LF_TYPE_DISTRIBUTION, NULL));
  lf_test_add_steps (fixture->run, 300);
  lf_run_report_set_summary (fixture->report, fixture->run->summary);
  gtk_test_widget_wait_for_draw (fixture->window);
  g_assert_true (shows (fixture, "Log in"));
  lf_run_report_set_summary (fixture->report, NULL);
}

int
main (int argc, char **argv)
{
  lf_test_ui_init (&argc, &argv);
  g_test_add ("/run-report/whole", Fixture, NULL, set_up, test_whole, tear_down);
  g_test_add ("/run-report/errors", Fixture, NULL, set_up, test_errors, tear_down);
  g_test_add ("/run-report/sort", Fixture, NULL, set_up, test_sort, tear_down);
  g_test_add ("/run-report/narrow", Fixture, NULL, set_up, test_narrow, tear_down);
  g_test_add ("/run-report/users", Fixture, NULL, set_up, test_users, tear_down);
  g_test_add ("/run-report/extremes", Fixture, NULL, set_up, test_extremes, tear_down);
  return g_test_run ();
}
