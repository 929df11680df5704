#include "config.h"

#include "lf-id.h"
#include "lf-run-details.h"
#include "lf-test-run-window.h"
#include "lf-test-run.h"
#include "lf-test-specs.h"
#include "lf-test-ui.h"

typedef struct
{
  LfStore *store;
  char *former; /* ids */
  char *newer;
} Fixture;

static char *
keep_run (LfStore *store, gboolean baseline)
{
  g_autoptr (LfRun) run = lf_test_make_run (LF_RUN_FINISHED, LF_VERDICT_PASSED, 60);
  g_autoptr (GAsyncResult) result = NULL;

  g_free (run->id);
  run->id = lf_id_new ();
  run->baseline = baseline;
  lf_store_save_run_async (store, run, NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  g_assert_true (lf_store_save_run_finish (store, result, NULL));
  return g_strdup (run->id);
}

static LfRun *
load_run (LfStore *store, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_store_load_run_async (store, id, NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  return lf_store_load_run_finish (store, result, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->store = lf_test_specs_open ();
  fixture->former = keep_run (fixture->store, TRUE);
  fixture->newer = keep_run (fixture->store, FALSE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->former);
  g_free (fixture->newer);
  lf_test_specs_close (fixture->store);
}

static GtkWidget *
button_of (GtkWidget *dialog, const char *label)
{
  return gtk_widget_get_ancestor (lf_test_find (dialog, GTK_TYPE_LABEL, label), GTK_TYPE_BUTTON);
}

/* The dialog, once it knows the run. */
static GtkWidget *
open_dialog (Fixture *fixture, const char *id)
{
  GtkWidget *dialog = GTK_WIDGET (lf_run_details_new (fixture->store, id));

  gtk_window_present (GTK_WINDOW (dialog));
  lf_test_wait_until (lf_test_find (dialog, GTK_TYPE_LABEL, "Save") != NULL);
  lf_test_wait_until (gtk_widget_get_sensitive (button_of (dialog, "Save")));
  return dialog;
}

static void
fill (GtkWidget *dialog)
{
  gtk_editable_set_text (GTK_EDITABLE (lf_test_find (dialog, GTK_TYPE_ENTRY, NULL)), "warm cache");
  gtk_text_buffer_set_text (
      gtk_text_view_get_buffer (GTK_TEXT_VIEW (lf_test_find (dialog, GTK_TYPE_TEXT_VIEW, NULL))),
      "Two lines,\nno less.", -1);
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (lf_test_find (dialog, GTK_TYPE_CHECK_BUTTON, NULL)), TRUE);
}

static void
click_and_wait (GtkWidget *dialog, const char *label)
{
  GtkWidget *button = button_of (dialog, label);

  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  g_signal_emit_by_name (button, "clicked");
  lf_test_wait_until (dialog == NULL);
}

/* A run gets a name and notes, and takes the place of the baseline; nothing else of either changes.
 */
static void
test_save (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = open_dialog (fixture, fixture->newer);
  g_autoptr (LfRun) former = NULL;
  g_autoptr (LfRun) newer = NULL;

  fill (dialog);
  lf_test_screenshot (dialog, "run-details");
  click_and_wait (dialog, "Save");
  former = load_run (fixture->store, fixture->former);
  newer = load_run (fixture->store, fixture->newer);
  g_assert_false (former->baseline);
  g_assert_nonnull (former->summary->latency);
  g_assert_true (newer->baseline);
  g_assert_cmpstr (newer->name, ==, "warm cache");
  g_assert_cmpstr (newer->notes, ==, "Two lines,\nno less.");
  g_assert_nonnull (newer->summary->latency);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = open_dialog (fixture, fixture->newer);
  g_autoptr (LfRun) former = NULL;
  g_autoptr (LfRun) newer = NULL;

  fill (dialog);
  click_and_wait (dialog, "Cancel");
  former = load_run (fixture->store, fixture->former);
  newer = load_run (fixture->store, fixture->newer);
  g_assert_true (former->baseline);
  g_assert_false (newer->baseline);
  g_assert_null (newer->name);
}

/* Why it cannot be saved is said, and there is nothing to press. */
static void
test_gone (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = GTK_WIDGET (lf_run_details_new (fixture->store, "0123456789abcdef01234567"));

  gtk_window_present (GTK_WINDOW (dialog));
  lf_test_wait_until (lf_test_tells (dialog, "0123456789abcdef01234567"));
  g_assert_false (gtk_widget_get_sensitive (button_of (dialog, "Save")));
  click_and_wait (dialog, "Cancel");
}

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
#define ADD(path, test) g_test_add ("/ui/run-details/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("save", test_save);
  ADD ("cancel", test_cancel);
  ADD ("gone", test_gone);
  return g_test_run ();
}
