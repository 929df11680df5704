#include "config.h"

#include "lf-report.h"
#include "lf-run-export.h"
#include "lf-test-run-window.h"
#include "lf-test-run.h"
#include "lf-test-ui.h"

#include <string.h>

static LfRun *
keep_run (LfTestRunWindow *fixture)
{
  return lf_test_run_window_keep (fixture, "aaaaaaaaaaaaaaaaaaaaaaa1", LF_RUN_FINISHED,
                                  LF_VERDICT_PASSED);
}

/* Answers the chooser as a person would, and returns what was written. */
static char *
save_as (LfTestRunWindow *fixture, const char *name, const char *toast)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);
  char *text = NULL;

  lf_test_wait_until (lf_test_find_chooser () != NULL);
  lf_test_wait_until (lf_test_is_chosen (lf_test_find_chooser (), NULL) &&
                      lf_test_is_in_folder (lf_test_find_chooser (), g_get_home_dir ()));
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (lf_test_find_chooser ()), folder, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (lf_test_find_chooser ()), name);
  lf_test_wait_until (lf_test_is_chosen (lf_test_find_chooser (), path) &&
                      lf_test_is_in_folder (lf_test_find_chooser (), fixture->folder));
  gtk_dialog_response (GTK_DIALOG (lf_test_find_chooser ()), GTK_RESPONSE_ACCEPT);
  lf_test_wait_until (lf_test_run_window_shows (fixture, toast));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static char *export(LfTestRunWindow *fixture, const char *action, const char *name)
{
  g_autofree char *toast = g_strdup_printf ("Saved as %s", name);

  lf_test_run_window_act (fixture, action);
  return save_as (fixture, name, toast);
}

static void
test_export (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = keep_run (fixture);
  g_autofree char *csv = NULL;
  g_autofree char *json = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (JsonNode) root = NULL;

  lf_test_run_window_open (fixture, run);
  lf_test_wait_until (lf_test_run_window_shows (fixture, "Passed after 1:00"));
  csv = export(fixture, "win.export-csv", "run.csv");
  lines = g_strsplit (csv, "\r\n", -1);
  g_assert_cmpstr (lines[0], ==, LF_REPORT_CSV_HEADER);
  g_assert_cmpuint (g_strv_length (lines), ==,
                    62); /* header, 60 seconds, nothing after the last end of line */
  json = export(fixture, "win.export-json", "run.json");
  root = json_from_string (json, NULL);
  g_assert_nonnull (root);
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (json_node_get_object (root), "samples")),
      ==, 60);
}

static void
test_save_charts (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = keep_run (fixture);
  g_autofree char *png = NULL;
  g_autofree char *svg = NULL;

  lf_test_run_window_open (fixture, run);
  lf_test_wait_until (lf_test_run_window_shows (fixture, "Passed after 1:00"));
  g_assert_true (
      gtk_widget_activate_action (fixture->window, "win.save-charts", "(ss)", "all", "png"));
  png = save_as (fixture, "charts.png", "Saved as charts.png");
  g_assert_true (g_str_has_prefix (png, "\x89PNG"));
  g_assert_true (
      gtk_widget_activate_action (fixture->window, "win.save-charts", "(ss)", "heat", "png"));
  svg = save_as (fixture, "heat.svg", "Saved as heat.svg"); /* the name decides */
  g_assert_nonnull (strstr (svg, "<svg"));
}

static void
test_export_fails (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_make_run (LF_RUN_FINISHED, LF_VERDICT_PASSED, 60);
  g_autoptr (LfSamples) samples = lf_samples_new_of (lf_test_make_samples (3));
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/run.csv");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = lf_run_export_make_name (run, "csv");

  lf_run_export_async (file, LF_EXPORT_CSV, run, samples, NULL, lf_test_result_cb, &result);
  g_assert_false (lf_run_export_finish (lf_test_wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_null (strpbrk (name, "/\\:"));
  g_assert_true (g_str_has_suffix (name, ".csv"));
}

/* The lines that the console shows. */
static void
test_save_log (LfTestRunWindow *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = keep_run (fixture);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  lf_test_run_window_open (fixture, run);
  lf_test_wait_until (lf_test_run_window_shows (fixture, "200 lines"));
  lf_test_run_window_act (fixture, "win.save-log");
  text = save_as (fixture, "run.log", "Saved as run.log");
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 201); /* nothing after the last end of line */
}

#define ADD(path, test)                                                                            \
  g_test_add ("/run-window/" path, LfTestRunWindow, NULL, lf_test_run_window_set_up, test,         \
              lf_test_run_window_tear_down)

int
main (int argc, char **argv)
{
  lf_test_ui_init (&argc, &argv);
  ADD ("export", test_export);
  ADD ("save-charts", test_save_charts);
  ADD ("save-log", test_save_log);
  ADD ("export-fails", test_export_fails);
  return g_test_run ();
}
