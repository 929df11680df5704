#include "config.h"

#include "lf-chart.h"
#include "lf-log-line.h"
#include "lf-run-view.h"
#include "lf-run-words.h"
#include "lf-test-run.h"
#include "lf-test-ui.h"
#include "lf-tile.h"

#include <string.h>

typedef struct
{
  GtkWidget *window;
  LfRunView *view;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->window = adw_window_new ();
  fixture->view = g_object_new (LF_TYPE_RUN_VIEW, NULL);
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->view));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 860);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->view), (gpointer *) &fixture->view);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lf_test_wait_until (fixture->view == NULL);
}

static void
set_samples (Fixture *fixture, GPtrArray *samples)
{
  g_autoptr (LfSamples) packed = lf_test_pack_samples (samples);

  lf_run_view_set_samples (fixture->view, packed);
}

static void
fill (Fixture *fixture, LfRun *run, guint seconds)
{
  g_autoptr (GPtrArray) samples = lf_test_make_samples (60);
  g_autoptr (GPtrArray) lines = lf_test_make_lines (1, 40);

  g_ptr_array_set_size (samples, (int) seconds);
  lf_run_view_set_run (fixture->view, run);
  set_samples (fixture, samples);
  lf_run_view_append_logs (fixture->view, lines);
  lf_run_view_set_run (fixture->view, run);
  lf_test_wait_until (lf_test_find (GTK_WIDGET (fixture->view), GTK_TYPE_INSCRIPTION,
                                    "127.0.0.1:8080: connection refused") != NULL);
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  return lf_test_find (GTK_WIDGET (fixture->view), GTK_TYPE_LABEL, text) != NULL;
}

static void
test_live (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_make_run (LF_RUN_RUNNING, LF_VERDICT_NONE, 60);

  fill (fixture, run, 45);
  g_assert_true (shows (fixture, "Running · 0:45 of 1:00"));
  g_assert_true (shows (fixture, "0:15 left"));
  g_assert_true (shows (fixture, "last second"));
  g_assert_true (shows (fixture, "at most 500"));
  lf_test_screenshot (fixture->window, "run-live");
  run->status = LF_RUN_STOPPING;
  lf_run_view_set_run (fixture->view, run);
  g_assert_true (shows (fixture, "waiting for running requests"));
}

/* Progress by iterations, and none where nobody knows the end. */
static void
test_other_ends (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_make_run (LF_RUN_RUNNING, LF_VERDICT_NONE, 60);

  run->progress->duration = 0;
  run->progress->iterations = 400;
  run->progress->planned_iterations = 1000;
  fill (fixture, run, 45);
  g_assert_true (shows (fixture, "Running · 0:45"));
  g_assert_true (shows (fixture, "400 of 1000 iterations"));
  g_assert_nonnull (lf_test_find (fixture->window, GTK_TYPE_PROGRESS_BAR, NULL));
  run->status = LF_RUN_PAUSED;
  lf_run_view_set_run (fixture->view, run);
  g_assert_true (shows (fixture, "Paused · 0:45"));
  g_assert_true (shows (fixture, "nothing new is sent"));
  run->status = LF_RUN_RUNNING;
  run->progress->planned_iterations = 0;
  lf_run_view_set_run (fixture->view, run);
  g_assert_null (lf_test_find (fixture->window, GTK_TYPE_PROGRESS_BAR, NULL));
}

/* What a capacity-search found stands in the banner and among the facts. */
static void
test_capacity (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_make_run (LF_RUN_FINISHED, LF_VERDICT_PASSED, 60);
  g_autoptr (GError) error = NULL;
  g_autofree char *explained = NULL;

  run->summary->capacity =
      lf_record_from_text (&lf_capacity_type,
                           "{\"rate\":312,\"p95\":40,\"confirmed\":true,\"tries\":["
                           "{\"rate\":312,\"p95\":40.25,\"held\":true},"
                           "{\"rate\":400,\"p95\":90,\"failRate\":0.25},"
                           "{\"rate\":312,\"p95\":40,\"held\":true,\"confirmation\":true}]}",
                           -1, &error);
  g_assert_no_error (error);
  explained = lf_run_words_explain (run);
  g_assert_nonnull (strstr (explained, "The highest rate that met the objective is 312/s."));
  fill (fixture, run, 60);
  g_assert_true (shows (fixture, "Capacity"));
  g_assert_true (shows (fixture, "Highest rate that held"));
  g_assert_true (shows (fixture, "400/s"));
  g_assert_true (shows (fixture, "312/s, once more"));
  g_assert_true (shows (fixture, "25.00 %"));
  lf_test_screenshot (fixture->window, "run-capacity");
}

static void
test_ended (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_make_run (LF_RUN_FINISHED, LF_VERDICT_INVALID, 60);

  fill (fixture, run, 60);
  g_assert_true (shows (fixture, "Invalid after 1:00"));
  g_assert_true (shows (fixture, "whole run"));
  g_assert_true (shows (fixture, "p99.9"));
  g_assert_true (shows (fixture, "Status 503"));
  g_assert_true (shows (fixture, "connection refused (1212)"));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1100, 960);
  lf_test_screenshot (fixture->window, "run-ended");
  lf_run_view_clear (fixture->view);
  g_assert_false (shows (fixture, "p99.9"));
}

static void
test_sums (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_make_run (LF_RUN_RUNNING, LF_VERDICT_NONE, 60);
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (lf_record_free);

  g_ptr_array_add (samples, lf_test_make_sample (1, 5, 100, 0, 10));
  g_ptr_array_add (samples, lf_test_make_sample (2, 5, 200, 3, 20));
  g_ptr_array_add (samples,
                   lf_test_make_sample (2, 5, 200, 3, 20)); /* of a step: not added again */
  ((LfSample *) samples->pdata[2])->step = 0;
  ((LfSample *) samples->pdata[1])->bytes_sent = 500000;
  ((LfSample *) samples->pdata[1])->bytes_received = 1000000;
  ((LfSample *) samples->pdata[0])->warmup = TRUE; /* drawn, not counted */
  lf_run_view_set_run (fixture->view, run);
  set_samples (fixture, samples);
  g_assert_true (shows (fixture, "197"));
  g_assert_true (shows (fixture, "1.50 %"));
  g_assert_true (shows (fixture, "1.5\u00a0MB")); /* both ways */
  g_assert_true (shows (fixture, "1.5\u00a0MB in total"));
  g_assert_true (shows (fixture, "200 in total"));
  g_assert_true (shows (fixture, "20.0 ms"));
}

static gboolean
is_called (GtkWidget *widget, const char *label)
{
  g_autofree char *wrong = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label, NULL);

  return wrong == NULL;
}

/* In the second in which the last ones leave, the line goes neither to 0 nor back to the peak. */
static void
test_last_users (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (lf_record_free);
  GtkWidget *chart;

  lf_test_wait_until (lf_test_find (GTK_WIDGET (fixture->view), LF_TYPE_CHART, NULL) != NULL);
  chart = lf_test_find (GTK_WIDGET (fixture->view), LF_TYPE_CHART, NULL);
  g_ptr_array_add (samples, lf_test_make_sample (1, 20, 100, 0, 10));
  g_ptr_array_add (samples, lf_test_make_sample (2, 4, 100, 0, 10));
  g_ptr_array_add (samples, lf_test_make_sample (3, 0, 100, 0, 10));
  ((LfSample *) samples->pdata[2])->users_max = 20;
  set_samples (fixture, samples);
  lf_test_wait_until (
      is_called (chart, "Requests and users, at 0:03, Requests 100/s, Failed 0/s, Users 4"));
  ((LfSample *) samples->pdata[2])->users_max = 23; /* stopped while more were coming */
  lf_run_view_clear (fixture->view);
  set_samples (fixture, samples);
  lf_test_wait_until (
      is_called (chart, "Requests and users, at 0:03, Requests 100/s, Failed 0/s, Users 23"));
}

/* A second without an answer has no latency, not one of 0 ms. */
static void
test_silence (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_make_run (LF_RUN_RUNNING, LF_VERDICT_NONE, 60);
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (lf_record_free);

  g_ptr_array_add (samples, lf_test_make_sample (1, 5, 0, 0, 0));
  lf_run_view_set_run (fixture->view, run);
  set_samples (fixture, samples);
  g_assert_true (shows (fixture, "–"));
  g_assert_false (shows (fixture, "0 ms"));
}

static void
say (Fixture *fixture, LfLogLevel level, LfLogClass log_class, const char *message)
{
  g_autoptr (GPtrArray) lines = lf_test_make_lines (1, 1);
  LfLogLine *line = lines->pdata[0];

  line->level = level;
  line->log_class = log_class;
  lf_set_string (&line->message, message);
  lf_run_view_append_logs (fixture->view, lines);
}

static void
test_store_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_make_run (LF_RUN_RUNNING, LF_VERDICT_NONE, 60);

  fill (fixture, run, 30);
  say (fixture, LF_LOG_WARN, LF_LOG_CLASS_STORE,
       "sqlite:/data/loadforge.db: cannot write samples: the disk is full; free some space. The "
       "run goes on; its data waits in memory");
  say (fixture, LF_LOG_ERROR, LF_LOG_CLASS_TRANSPORT, "connection refused");
  g_assert_true (shows (fixture,
                        "sqlite:/data/loadforge.db: cannot write samples: the disk is full; free "
                        "some space. The run goes on; its data waits in memory"));
  lf_test_screenshot (fixture->window, "run-live-store-fails");
  say (fixture, LF_LOG_INFO, LF_LOG_CLASS_STORE, "The store works again");
  g_assert_false (shows (fixture, "The store works again"));
  say (fixture, LF_LOG_ERROR, LF_LOG_CLASS_STORE, "3 samples are not kept");
  g_assert_true (shows (fixture, "3 samples are not kept"));
  lf_run_view_clear (fixture->view);
  g_assert_false (shows (fixture, "3 samples are not kept"));
}

static void
test_generator_at_limit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_make_run (LF_RUN_RUNNING, LF_VERDICT_NONE, 60);
  g_autoptr (LfRun) ended = lf_test_make_run (LF_RUN_FINISHED, LF_VERDICT_INVALID, 60);

  fill (fixture, run, 30);
  say (fixture, LF_LOG_WARN, LF_LOG_CLASS_GENERATOR, "A worker used over 90 % of its core");
  g_assert_true (shows (fixture, "A worker used over 90 % of its core"));
  lf_run_view_set_run (fixture->view, ended); /* whose banner tells it */
  g_assert_false (shows (fixture, "A worker used over 90 % of its core"));
}

static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_make_run (LF_RUN_FINISHED, LF_VERDICT_INVALID, 60);
  g_autoptr (LfRun) live = lf_test_make_run (LF_RUN_RUNNING, LF_VERDICT_NONE, 60);

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 900);
  fill (fixture, live, 45);
  lf_test_wait_until (gtk_widget_get_width (fixture->window) == 360);
  lf_test_screenshot (fixture->window, "run-live-narrow");
  lf_run_view_clear (fixture->view);
  fill (fixture, run, 60);
  lf_test_screenshot (fixture->window, "run-ended-narrow");
  g_assert_cmpint (gtk_widget_get_width (fixture->window), ==, 360);
}

static void
set_up_large (Fixture *fixture, gconstpointer data)
{
  lf_test_set_large_text (TRUE);
  set_up (fixture, data);
}

static void
tear_down_large (Fixture *fixture, gconstpointer data)
{
  tear_down (fixture, data);
  lf_test_set_large_text (FALSE);
}

/* At 200 % it still fits a phone. */
static void
test_large_text (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_make_run (LF_RUN_FINISHED, LF_VERDICT_PASSED, 60);
  int width;

  fill (fixture, run, 60);
  gtk_widget_measure (GTK_WIDGET (fixture->view), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL,
                      NULL, NULL);
  g_assert_cmpint (width, <=, 360);
}

static void
test_dark (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_make_run (LF_RUN_FINISHED, LF_VERDICT_PASSED, 60);
  g_autoptr (LfRun) live = lf_test_make_run (LF_RUN_RUNNING, LF_VERDICT_NONE, 60);

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  fill (fixture, live, 45);
  lf_test_screenshot (fixture->window, "run-live-dark");
  lf_run_view_clear (fixture->view);
  fill (fixture, run, 60);
  lf_test_screenshot (fixture->window, "run-ended-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_LIGHT);
}

static void
test_words (void)
{
  for (int status = LF_RUN_PENDING; status <= LF_RUN_INTERRUPTED; status++)
    for (int verdict = LF_VERDICT_NONE; verdict <= LF_VERDICT_ERROR; verdict++)
      {
        g_autoptr (LfRun) run = lf_test_make_run (status, verdict, 10);
        g_autofree char *text = lf_run_words_explain (run);

        g_assert_cmpstr (lf_run_words_state (run), !=, "");
        g_assert_cmpint (*text != '\0', ==, !lf_run_is_active (run));
      }
}

/* What went wrong is told with what to do about it. */
static void
test_cures (void)
{
  static const struct
  {
    guint code;
    const char *cure;
  } cases[] = {
    { 1101, "Check how the host in the URL is spelled." },
    { 1212, "Check that the target runs and listens on the port of the URL." },
    { 1310, "Name the authority's file in http.tls.caFile of the spec." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LfRun) run = lf_test_make_run (LF_RUN_FINISHED, LF_VERDICT_INVALID, 10);
      LfSummaryError *error = run->summary->errors->pdata[0];
      g_autofree char *text = NULL;

      error->code = cases[i].code;
      text = lf_run_words_explain (run);
      g_assert_nonnull (strstr (text, cases[i].cure));
    }
}

int
main (int argc, char **argv)
{
  lf_test_ui_init (&argc, &argv);
  g_test_add_func ("/run-view/words", test_words);
  g_test_add ("/run-view/live", Fixture, NULL, set_up, test_live, tear_down);
  g_test_add ("/run-view/other-ends", Fixture, NULL, set_up, test_other_ends, tear_down);
  g_test_add ("/run-view/capacity", Fixture, NULL, set_up, test_capacity, tear_down);
  g_test_add ("/run-view/ended", Fixture, NULL, set_up, test_ended, tear_down);
  g_test_add ("/run-view/sums", Fixture, NULL, set_up, test_sums, tear_down);
  g_test_add ("/run-view/last-users", Fixture, NULL, set_up, test_last_users, tear_down);
  g_test_add ("/run-view/silence", Fixture, NULL, set_up, test_silence, tear_down);
  g_test_add_func ("/run-view/cures", test_cures);
  g_test_add ("/run-view/store-fails", Fixture, NULL, set_up, test_store_fails, tear_down);
  g_test_add ("/run-view/generator-at-limit", Fixture, NULL, set_up, test_generator_at_limit,
              tear_down);
  g_test_add ("/run-view/narrow", Fixture, NULL, set_up, test_narrow, tear_down);
  g_test_add ("/run-view/large-text", Fixture, NULL, set_up_large, test_large_text,
              tear_down_large);
  g_test_add ("/run-view/dark", Fixture, NULL, set_up, test_dark, tear_down);
  return g_test_run ();
}
