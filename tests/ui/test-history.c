#include "config.h"

#include "lf-test-run-window.h"
#include "lf-test-run.h"
#include "lf-test-specs.h"
#include "lf-test-ui.h"

#include "lf-compare-window.h"
#include "lf-history-card.h"
#include "lf-history-private.h"
#include "lf-id.h"
#include "lf-json.h"
#include "lf-run-window.h"
#include "lf-window-private.h"

#define SPEC "76543210fedcba9876543210"

typedef struct
{
  LfWorkspace *workspace;
  LfStore *store;
  LfDemo *demo;
  LfSpecLibrary *library;
  LfWindow *window;
  LfHistory *history;
  guint n_saving;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = g_strdup_printf ("sqlite:%s/test.db", g_get_tmp_dir ());
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lf_workspace_open_async (uri, NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  fixture->workspace = lf_workspace_open_finish (result, &error);
  g_assert_no_error (error);
  fixture->store = g_object_ref (lf_workspace_get_store (fixture->workspace));
  fixture->demo = lf_demo_new ();
  fixture->library = lf_spec_library_new (fixture->workspace);
  fixture->window = lf_window_new (NULL, fixture->demo);
  fixture->history = fixture->window->history;
  lf_window_set_library (fixture->window, fixture->library);
  lf_test_wait_until (lf_spec_library_is_loaded (fixture->library));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
close_window (Fixture *fixture)
{
  gpointer window = fixture->window;

  g_object_add_weak_pointer (window, &window);
  gtk_window_close (window);
  lf_test_wait_until (window == NULL);
  fixture->window = NULL;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->window != NULL)
    close_window (fixture);
  g_clear_object (&fixture->library);
  g_clear_object (&fixture->workspace);
  g_clear_object (&fixture->demo);
  lf_test_specs_close (fixture->store);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;

  lf_store_save_run_finish (LF_STORE (source), result, &error);
  g_assert_no_error (error);
  fixture->n_saving--;
}

/* Each a day after the one before, slower and slower. */
static char *
add_run (Fixture *fixture, guint day, gboolean baseline)
{
  g_autoptr (LfRun) run = lf_test_make_run (
      LF_RUN_FINISHED, day % 5 == 4 ? LF_VERDICT_FAILED : LF_VERDICT_PASSED, 60 + day);

  g_free (run->id);
  run->id = lf_id_new ();
  run->started_at += day * G_GINT64_CONSTANT (86400000);
  run->baseline = baseline;
  run->summary->latency->response_time->p95 = 20 + day;
  run->summary->requests->rate = 4000 - day * 10;
  g_clear_pointer (&run->summary->histograms, json_node_unref);
  run->summary->histograms = lf_json_from_text ("{\"duration\":\"HISTFAAA\"}", -1, NULL);
  if (day == 1)
    {
      lf_set_string (&run->name,
                     "After the “cache” fix, with a name that is longer than any column");
      lf_set_string (&run->notes, "Warm cache.\nSecond line.");
    }
  fixture->n_saving++;
  lf_store_save_run_async (fixture->store, run, NULL, saved_cb, fixture);
  return g_strdup (run->id);
}

static void
add_runs (Fixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++)
    g_free (add_run (fixture, i, FALSE));
}

static guint
n_rows (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->history->selection));
}

static const LfRun *
row (Fixture *fixture, guint i)
{
  g_autoptr (LfHistoryRun) item =
      g_list_model_get_item (G_LIST_MODEL (fixture->history->selection), i);

  return lf_history_run_get (item); /* the list keeps it */
}

static gboolean
shows_page (Fixture *fixture, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (fixture->history->pages), name) == 0;
}

static void
show (Fixture *fixture, const char *page)
{
  lf_test_wait_until (fixture->n_saving == 0);
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.spec-history", "s", SPEC));
  g_assert_true (adw_leaflet_get_visible_child (fixture->window->leaflet) ==
                 GTK_WIDGET (fixture->history));
  lf_test_wait_until (shows_page (fixture, page));
}

static void
choose (Fixture *fixture, guint first, guint n)
{
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (fixture->history->selection));
  gtk_selection_model_select_range (GTK_SELECTION_MODEL (fixture->history->selection), first, n,
                                    TRUE);
}

static void
click (GtkWidget *root, const char *label)
{
  GtkWidget *text = lf_test_find (root, GTK_TYPE_LABEL, label);
  GtkWidget *button = gtk_widget_get_ancestor (text, GTK_TYPE_BUTTON);

  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
is_sensitive (Fixture *fixture, const char *label)
{
  GtkWidget *text = lf_test_find (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, label);

  return gtk_widget_is_sensitive (gtk_widget_get_ancestor (text, GTK_TYPE_BUTTON));
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  show (fixture, "empty");
  g_assert_nonnull (lf_test_find (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, "No Runs Yet"));
  lf_test_screenshot (GTK_WIDGET (fixture->window), "history-empty");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.back", NULL));
  g_assert_true (adw_leaflet_get_visible_child (fixture->window->leaflet) ==
                 GTK_WIDGET (fixture->window->list_page));
}

static void
sort_by (Fixture *fixture, guint n, GtkSortType order)
{
  GListModel *columns = gtk_column_view_get_columns (fixture->history->table);
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, n);

  gtk_column_view_sort_by_column (fixture->history->table, column, order);
}

static double
right_edge (GtkWidget *table, const char *text)
{
  GtkWidget *label = lf_test_find (table, GTK_TYPE_LABEL, text);
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (label, table, &bounds));
  return bounds.origin.x + bounds.size.width;
}

/* The heads of numbers stand above them, to the right. */
static void
assert_heads_aligned (Fixture *fixture)
{
  GtkWidget *table = GTK_WIDGET (fixture->history->table);

  gtk_test_widget_wait_for_draw (table);
  g_assert_cmpfloat (right_edge (table, "Users"), ==, right_edge (table, "500"));
  g_assert_cmpfloat (right_edge (table, "Requests"), ==, right_edge (table, "250000"));
  g_assert_cmpfloat (right_edge (table, "Started"), <, right_edge (table, "Users"));
}

static void
test_table (Fixture *fixture, gconstpointer data)
{
  add_runs (fixture, 12);
  show (fixture, "runs");
  g_assert_cmpuint (n_rows (fixture), ==, 12);
  g_assert_cmpint (row (fixture, 0)->started_at, >, row (fixture, 11)->started_at);
  g_assert_null (row (fixture, 0)->summary->histograms);
  sort_by (fixture, 8, GTK_SORT_ASCENDING);
  g_assert_cmpfloat (row (fixture, 0)->summary->latency->response_time->p95, ==, 20);
  sort_by (fixture, 6, GTK_SORT_ASCENDING);
  g_assert_cmpfloat (row (fixture, 0)->summary->requests->rate, ==, 4000 - 110);
  sort_by (fixture, 0, GTK_SORT_DESCENDING);
  lf_test_wait_until (lf_test_tells (GTK_WIDGET (fixture->window), "12 runs take about"));
  g_assert_true (lf_test_tells (GTK_WIDGET (fixture->window), "After the “cache” fix"));
  assert_heads_aligned (fixture);
  lf_test_screenshot (GTK_WIDGET (fixture->window), "history");
}

static gboolean
is_selected (Fixture *fixture, guint i)
{
  return gtk_selection_model_is_selected (GTK_SELECTION_MODEL (fixture->history->selection), i);
}

static void
tick (Fixture *fixture, const char *title)
{
  GtkWidget *list = GTK_WIDGET (fixture->history->list);
  GtkWidget *card;

  lf_test_wait_until (lf_test_find (list, GTK_TYPE_LABEL, title) != NULL);
  card = gtk_widget_get_ancestor (lf_test_find (list, GTK_TYPE_LABEL, title), LF_TYPE_HISTORY_CARD);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (lf_test_find (card, GTK_TYPE_CHECK_BUTTON, NULL)),
                               TRUE);
}

/* Where there is no room for a table, each run is a card, and two can be chosen with a finger. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  LfHistory *history = fixture->history;

  add_runs (fixture, 12);
  show (fixture, "runs");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window)); /* earlier, it cannot be resized */
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 640);
  lf_test_wait_until (gtk_widget_get_mapped (GTK_WIDGET (history->list)));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->window->leaflet)), <=, 360);
  g_assert_true (lf_test_fits (GTK_WIDGET (history->pages)));
  g_assert_true (lf_test_has_focus (GTK_WIDGET (history->list)));
  gtk_widget_activate_action (GTK_WIDGET (history), "history.sort", "(sb)", "Started", FALSE);
  g_assert_cmpstr (row (fixture, 1)->notes, ==, "Warm cache.\nSecond line.");
  tick (fixture, row (fixture, 1)->name);
  g_assert_true (is_selected (fixture, 1));
  choose (fixture, 0, 2);
  g_assert_true (is_sensitive (fixture, "Compare"));
  lf_test_screenshot (GTK_WIDGET (fixture->window), "history-narrow");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1180, 640);
  lf_test_wait_until (gtk_widget_get_mapped (GTK_WIDGET (history->table)));
  g_assert_true (is_selected (fixture, 1));
}

/* Who uses keys is at the runs at once, and back among the specs after that. */
static void
test_focus (Fixture *fixture, gconstpointer data)
{
  add_runs (fixture, 3);
  show (fixture, "runs");
  lf_test_wait_until (lf_test_has_focus (GTK_WIDGET (fixture->history->table)));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.back", NULL));
  g_assert_true (lf_test_has_focus (GTK_WIDGET (fixture->window->list_page)));
}

/* While two are being chosen, another run begins and ends. */
static void
test_selection_stays (Fixture *fixture, gconstpointer data)
{
  GListModel *active = lf_run_manager_get_active (lf_workspace_get_runs (fixture->workspace));

  add_runs (fixture, 3);
  show (fixture, "runs");
  choose (fixture, 1, 2);
  g_assert_true (is_sensitive (fixture, "Compare"));
  g_free (add_run (fixture, 3, FALSE));
  lf_test_wait_until (fixture->n_saving == 0);
  g_signal_emit_by_name (active, "items-changed", 0, 0, 0); /* as when it ends */
  lf_test_wait_until (n_rows (fixture) == 4);
  g_assert_true (is_sensitive (fixture, "Compare"));
  g_assert_true (
      gtk_selection_model_is_selected (GTK_SELECTION_MODEL (fixture->history->selection), 2));
  g_assert_false (
      gtk_selection_model_is_selected (GTK_SELECTION_MODEL (fixture->history->selection), 1));
}

static GtkWidget *
find_comparison (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at != NULL; at = at->next)
    if (LF_IS_COMPARE_WINDOW (at->data))
      return at->data;
  return NULL;
}

/* Two runs, and no more, are compared: the older one is what was before, whichever stands on top.
 */
static void
test_compare (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window;

  add_runs (fixture, 3);
  show (fixture, "runs");
  g_assert_false (is_sensitive (fixture, "Compare"));
  choose (fixture, 0, 3);
  g_assert_false (is_sensitive (fixture, "Compare"));
  choose (fixture, 0, 2);
  g_assert_true (is_sensitive (fixture, "Compare"));
  click (GTK_WIDGET (fixture->window), "Compare");
  window = find_comparison ();
  g_assert_nonnull (window);
  lf_test_wait_until (lf_test_find (window, GTK_TYPE_LABEL, "Numbers") != NULL);
  g_assert_nonnull (lf_test_find (window, GTK_TYPE_LABEL, "Duration, p95"));
  g_assert_true (lf_test_tells (window, "After the “cache” fix")); /* the older one's name */
  g_assert_true (lf_test_tells (window, "less than 5 % is no change"));
  lf_test_screenshot (window, "compare");
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (GTK_WINDOW (window));
  lf_test_wait_until (window == NULL);
}

/* A run that is gone meanwhile is said, not shown as nothing. */
static void
test_compare_gone (Fixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { "0123456789abcdef01234567", "0123456789abcdef01234568", NULL };
  GtkWidget *window;

  gtk_widget_activate_action_variant (GTK_WIDGET (fixture->window), "win.compare-runs",
                                      g_variant_new_strv (ids, 2));
  window = find_comparison ();
  lf_test_wait_until (lf_test_tells (window, ids[0]));
  lf_test_screenshot (window, "compare-gone");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* How many runs the store has. */
static guint
n_kept (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) runs = NULL;

  lf_store_list_runs_async (fixture->store, NULL, NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  runs = lf_store_list_runs_finish (fixture->store, result, NULL);
  return runs->len;
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  add_runs (fixture, 5);
  show (fixture, "runs");
  choose (fixture, 1, 2);
  gtk_widget_activate_action (GTK_WIDGET (fixture->history), "history.delete", NULL);
  g_assert_cmpuint (n_rows (fixture), ==, 3);
  g_assert_cmpuint (n_kept (fixture), ==, 5);
  lf_test_wait_until (
      lf_test_find (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, "2 runs deleted"));
  lf_test_screenshot (GTK_WIDGET (fixture->window), "history-deleted");
  click (GTK_WIDGET (fixture->window), "Undo");
  g_assert_cmpuint (n_rows (fixture), ==, 5);
  choose (fixture, 0, 1);
  gtk_widget_activate_action (GTK_WIDGET (fixture->history), "history.delete", NULL);
  close_window (fixture); /* what was deleted and not undone goes now */
  g_assert_cmpuint (n_kept (fixture), ==, 4);
}

/* Undo is still offered on another page, and means the runs of the first one. */
static void
test_undo_elsewhere (Fixture *fixture, gconstpointer data)
{
  add_runs (fixture, 3);
  show (fixture, "runs");
  choose (fixture, 0, 2);
  gtk_widget_activate_action (GTK_WIDGET (fixture->history), "history.delete", NULL);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.back", NULL));
  g_assert_cmpuint (n_kept (fixture), ==, 3);
  click (GTK_WIDGET (fixture->window), "Undo");
  show (fixture, "runs");
  g_assert_cmpuint (n_rows (fixture), ==, 3);
  close_window (fixture);
  g_assert_cmpuint (n_kept (fixture), ==, 3);
}

static AdwMessageDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_mapped (window))
        return ADW_MESSAGE_DIALOG (window);
    }
  return NULL;
}

static void
test_baseline (Fixture *fixture, gconstpointer data)
{
  g_free (add_run (fixture, 0, TRUE));
  show (fixture, "runs");
  choose (fixture, 0, 1);
  gtk_widget_activate_action (GTK_WIDGET (fixture->history), "history.delete", NULL);
  lf_test_wait_until (find_dialog () != NULL);
  g_assert_cmpuint (n_rows (fixture), ==, 1);
  adw_message_dialog_response (find_dialog (), "cancel");
  g_assert_cmpuint (n_rows (fixture), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (fixture->history), "history.delete", NULL);
  lf_test_wait_until (find_dialog () != NULL);
  adw_message_dialog_response (find_dialog (), "delete");
  g_assert_cmpuint (n_rows (fixture), ==, 0);
  g_assert_true (shows_page (fixture, "empty"));
}

static GtkWidget *
find_run_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (LF_IS_RUN_WINDOW (window))
        return window;
    }
  return NULL;
}

static void
test_trend (Fixture *fixture, gconstpointer data)
{
  g_autofree char *oldest = add_run (fixture, 0, FALSE);
  gpointer window;

  add_runs (fixture, 3);
  show (fixture, "runs");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->history->p95_trend),
                                   GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->history->p95_trend),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "p95 over 4 runs: 20.0 ms at first, 22.0 ms at last");
  g_signal_emit_by_name (fixture->history->p95_trend, "activated", 0);
  lf_test_wait_until (find_run_window () != NULL);
  window = find_run_window ();
  g_assert_cmpstr (lf_run_window_get_run_id (window), ==, oldest);
  g_object_add_weak_pointer (window, &window);
  gtk_window_destroy (window);
  lf_test_wait_until (window == NULL);
}

/* A list of a thousand is read without what makes runs heavy, and is there as a whole. */
static void
test_thousand (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = add_run (fixture, 0, FALSE);
  gint64 begin, took;

  for (guint i = 1; i < 1000; i++)
    {
      g_free (add_run (fixture, i, FALSE));
      if (i % 100 == 0) /* within what lf_test_wait_until() waits */
        lf_test_wait_until (fixture->n_saving == 0);
    }
  lf_test_wait_until (fixture->n_saving == 0);
  begin = g_get_monotonic_time ();
  show (fixture, "runs");
  took = g_get_monotonic_time () - begin;
  g_test_message ("a thousand runs shown after %" G_GINT64_FORMAT " ms", took / 1000);
  g_assert_cmpuint (n_rows (fixture), ==, 1000);
  lf_test_wait_until (lf_test_tells (GTK_WIDGET (fixture->window), "1000 runs take about"));
  choose (fixture, 0, 1000);
  gtk_widget_activate_action (GTK_WIDGET (fixture->history), "history.delete", NULL);
  g_assert_true (shows_page (fixture, "empty"));
}

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
  g_test_add ("/ui/history/empty", Fixture, NULL, set_up, test_empty, tear_down);
  g_test_add ("/ui/history/table", Fixture, NULL, set_up, test_table, tear_down);
  g_test_add ("/ui/history/narrow", Fixture, NULL, set_up, test_narrow, tear_down);
  g_test_add ("/ui/history/focus", Fixture, NULL, set_up, test_focus, tear_down);
  g_test_add ("/ui/history/selection-stays", Fixture, NULL, set_up, test_selection_stays,
              tear_down);
  g_test_add ("/ui/history/compare", Fixture, NULL, set_up, test_compare, tear_down);
  g_test_add ("/ui/history/compare-gone", Fixture, NULL, set_up, test_compare_gone, tear_down);
  g_test_add ("/ui/history/delete", Fixture, NULL, set_up, test_delete, tear_down);
  g_test_add ("/ui/history/undo-elsewhere", Fixture, NULL, set_up, test_undo_elsewhere, tear_down);
  g_test_add ("/ui/history/baseline", Fixture, NULL, set_up, test_baseline, tear_down);
  g_test_add ("/ui/history/trend", Fixture, NULL, set_up, test_trend, tear_down);
  g_test_add ("/ui/history/thousand", Fixture, NULL, set_up, test_thousand, tear_down);
  return g_test_run ();
}
