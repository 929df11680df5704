#include "config.h"

#include "lf-format.h"
#include "lf-run-chooser.h"
#include "lf-run-row.h"
#include "lf-test-run-window.h"
#include "lf-test-run.h"
#include "lf-test-specs.h"
#include "lf-test-ui.h"

#define SPEC  "76543210fedcba9876543210"
#define OTHER "76543210fedcba9876543211"

typedef struct
{
  LfStore *store;
  GtkWidget *dialog;
  char *chosen;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->store = lf_test_specs_open ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->dialog));
  lf_test_wait_until (fixture->dialog == NULL);
  g_free (fixture->chosen);
  lf_test_specs_close (fixture->store);
}

/* @n: its place in time, of 10. */
static void
keep (Fixture *fixture, guint n, const char *spec_id, const char *spec_name, LfRunStatus status)
{
  g_autoptr (LfRun) run = lf_test_make_run (
      status, status == LF_RUN_FINISHED ? LF_VERDICT_PASSED : LF_VERDICT_NONE, 60);
  g_autoptr (GAsyncResult) result = NULL;

  g_free (run->id);
  run->id = g_strdup_printf ("aaaaaaaaaaaaaaaaaaaaaaa%u", n);
  run->started_at += n * 3600 * 1000;
  run->baseline = n == 2;
  lf_set_string (&run->spec_id, spec_id);
  lf_set_string (&run->spec_name, spec_name);
  lf_set_string (&run->name, n == 4 ? "after the cache fix" : NULL);
  lf_store_save_run_async (fixture->store, run, NULL, lf_test_result_cb, &result);
  g_assert_true (lf_store_save_run_finish (fixture->store, lf_test_wait_for (&result), NULL));
}

static void
keep_all (Fixture *fixture)
{
  keep (fixture, 1, SPEC, "Checkout & payment", LF_RUN_FINISHED);
  keep (fixture, 2, SPEC, "Checkout & payment", LF_RUN_FINISHED);
  keep (fixture, 3, OTHER, "Search", LF_RUN_FINISHED);
  keep (fixture, 4, SPEC, "Checkout & payment", LF_RUN_STOPPED);
  keep (fixture, 5, OTHER, "Search, in a shop of very many and rather long names", LF_RUN_FINISHED);
  keep (fixture, 6, SPEC, "Checkout & payment", LF_RUN_RUNNING);
  keep (fixture, 7, SPEC, "Checkout & payment", LF_RUN_FINISHED); /* the one that is shown */
}

static void
chosen_cb (LfRunChooser *chooser, const char *id, Fixture *fixture)
{
  fixture->chosen = g_strdup (id);
}

static void
open (Fixture *fixture, const char *spec_id, int width)
{
  fixture->dialog =
      GTK_WIDGET (lf_run_chooser_new (fixture->store, spec_id, "aaaaaaaaaaaaaaaaaaaaaaa7"));
  g_object_add_weak_pointer (G_OBJECT (fixture->dialog), (gpointer *) &fixture->dialog);
  g_signal_connect (fixture->dialog, "chosen", G_CALLBACK (chosen_cb), fixture);
  gtk_window_set_default_size (GTK_WINDOW (fixture->dialog), width, 500);
  gtk_window_present (GTK_WINDOW (fixture->dialog));
}

static GtkListView *
list_of (Fixture *fixture)
{
  return GTK_LIST_VIEW (lf_test_find (fixture->dialog, GTK_TYPE_LIST_VIEW, NULL));
}

/* The last digits of the ids that are offered, in their order. */
static char *
offered (Fixture *fixture)
{
  GtkListView *list = list_of (fixture);
  GListModel *model = list != NULL ? G_LIST_MODEL (gtk_list_view_get_model (list)) : NULL;
  GString *ids = g_string_new (NULL);

  for (guint i = 0; model != NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (LfHistoryRun) row = g_list_model_get_item (model, i);
      const char *id = lf_history_run_get (row)->id;

      g_string_append_c (ids, id[strlen (id) - 1]);
    }
  return g_string_free (ids, FALSE);
}

static gboolean
offers (Fixture *fixture, const char *ids)
{
  g_autofree char *now = offered (fixture);

  return g_str_equal (now, ids);
}

static void
type (Fixture *fixture, const char *words)
{
  gtk_editable_set_text (GTK_EDITABLE (lf_test_find (fixture->dialog, GTK_TYPE_SEARCH_ENTRY, NULL)),
                         words);
}

static GtkWidget *
compare_button (Fixture *fixture)
{
  return gtk_widget_get_ancestor (lf_test_find (fixture->dialog, GTK_TYPE_LABEL, "Compare"),
                                  GTK_TYPE_BUTTON);
}

/* Those of the spec come first, all newest first; what has not ended, and the run that is shown,
 * are not offered. Every row tells what it can be told by, and is called by it. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row;
  g_autofree char *words = NULL;

  keep_all (fixture);
  open (fixture, SPEC, 560);
  lf_test_wait_until (offers (fixture, "42153"));
  lf_test_wait_until (lf_test_tells (fixture->dialog, "after the cache fix"));
  g_assert_true (lf_test_tells (fixture->dialog, "Passed · Baseline · Checkout & payment"));
  row = lf_test_find (fixture->dialog, LF_TYPE_RUN_ROW, NULL);
  words = lf_run_row_describe (LF_RUN_ROW (row));
  g_assert_nonnull (strstr (words, "after the cache fix, Stopped · Checkout & payment, "));
  g_assert_nonnull (strstr (words, "/s, p95 "));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, words);
  lf_test_screenshot (fixture->dialog, "run-chooser");
  g_signal_emit_by_name (compare_button (fixture), "clicked");
  g_assert_cmpstr (fixture->chosen, ==, "aaaaaaaaaaaaaaaaaaaaaaa4");
  lf_test_wait_until (fixture->dialog == NULL);
}

/* Words are looked for in whatever tells runs apart; the key for it is in the field. */
static void
test_search (Fixture *fixture, gconstpointer data)
{
  keep_all (fixture);
  open (fixture, SPEC, 560);
  lf_test_wait_until (offers (fixture, "42153"));
  lf_test_wait_until (
      lf_test_has_focus (lf_test_find (fixture->dialog, GTK_TYPE_SEARCH_ENTRY, NULL)));
  type (fixture, "long SEARCH");
  lf_test_wait_until (offers (fixture, "5"));
  type (fixture, "nowhere");
  lf_test_wait_until (lf_test_find (fixture->dialog, GTK_TYPE_LABEL, "Nothing Found") != NULL);
  g_assert_false (gtk_widget_get_sensitive (compare_button (fixture)));
  g_signal_emit_by_name (lf_test_find (fixture->dialog, GTK_TYPE_SEARCH_ENTRY, NULL), "activate");
  g_assert_null (fixture->chosen);
  lf_test_screenshot (fixture->dialog, "run-chooser-not-found");
  type (fixture, "passed search");
  lf_test_wait_until (offers (fixture, "53"));
  g_signal_emit_by_name (lf_test_find (fixture->dialog, GTK_TYPE_SEARCH_ENTRY, NULL), "activate");
  g_assert_cmpstr (fixture->chosen, ==, "aaaaaaaaaaaaaaaaaaaaaaa5");
}

/* A run of no spec may be held against any. */
static void
test_no_spec (Fixture *fixture, gconstpointer data)
{
  keep_all (fixture);
  open (fixture, NULL, 340);
  lf_test_wait_until (offers (fixture, "54321"));
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  lf_test_screenshot (fixture->dialog, "run-chooser-narrow-dark");
  g_assert_cmpint (gtk_widget_get_width (fixture->dialog), ==, 340);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_LIGHT);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  keep (fixture, 7, SPEC, "Checkout & payment", LF_RUN_FINISHED);
  open (fixture, SPEC, 560);
  lf_test_wait_until (lf_test_find (fixture->dialog, GTK_TYPE_LABEL, "No Other Run Yet") != NULL);
  g_assert_false (gtk_widget_get_sensitive (compare_button (fixture)));
  lf_test_screenshot (fixture->dialog, "run-chooser-empty");
}

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
#define ADD(path, test) g_test_add ("/ui/run-chooser/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("order", test_order);
  ADD ("search", test_search);
  ADD ("no-spec", test_no_spec);
  ADD ("empty", test_empty);
  return g_test_run ();
}
