#include "config.h"

#include "lf-test-run.h"
#include "lf-test-specs.h"
#include "lf-test-ui.h"
#include "lf-test-window.h"

#include "lf-id.h"
#include "lf-spec-list-private.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

static LfSpill *
spill_of (LfTestWindow *fixture)
{
  return lf_workspace_get_spill (fixture->workspace);
}

/* As a run whose store was away at its end leaves it. */
static void
leave_run (LfSpill *spill, const LfSpec *spec)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStore) store = NULL;
  g_autoptr (LfRun) run = lf_run_new ();

  lf_spill_open_async (spill, lf_test_specs_got_cb, &opened);
  lf_test_wait_until (opened != NULL);
  store = lf_spill_open_finish (spill, opened, &error);
  g_assert_no_error (error);
  lf_set_string (&run->schema, LF_RUN_SCHEMA);
  run->id = lf_id_new ();
  lf_set_string (&run->spec_id, spec->id);
  lf_set_string (&run->spec_name, spec->name);
  run->status = LF_RUN_FINISHED;
  run->verdict = LF_VERDICT_PASSED;
  run->started_at = run->ended_at = 1795440000000;
  run->summary = lf_summary_new ();
  lf_store_save_run_async (store, run, NULL, lf_test_specs_got_cb, &saved);
  lf_test_wait_until (saved != NULL);
  g_assert_true (lf_store_save_run_finish (store, saved, &error));
  lf_spill_refresh (spill);
}

static gboolean
is_revealed (LfTestWindow *fixture)
{
  GtkWidget *revealer =
      gtk_widget_get_first_child (GTK_WIDGET (fixture->window->list_page->spill_bar));

  return gtk_revealer_get_reveal_child (GTK_REVEALER (revealer));
}

static void
press (LfTestWindow *fixture, const char *label)
{
  GtkWidget *found =
      lf_test_find (GTK_WIDGET (fixture->window->list_page->spill_bar), GTK_TYPE_LABEL, label);

  g_assert_nonnull (found);
  g_signal_emit_by_name (gtk_widget_get_ancestor (found, GTK_TYPE_BUTTON), "clicked");
}

static void
tear_down (LfTestWindow *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "loadforge", "spill.db", NULL);
  g_autoptr (GAsyncResult) result = NULL;

  lf_spill_close_async (spill_of (fixture), lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  g_unlink (path);
  lf_test_window_tear_down (fixture, data);
}

static void
test_upload (LfTestWindow *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_test_specs_save (fixture->store, "Checkout", "http://127.0.0.1:9/");
  LfSpecItem *item;

  lf_test_window_open_library (fixture);
  g_assert_false (is_revealed (fixture));
  leave_run (spill_of (fixture), spec);
  lf_test_wait_until (is_revealed (fixture));
  g_assert_true (lf_test_window_shows (
      fixture, "1 run is kept on this computer only, as its store was away."));
  leave_run (spill_of (fixture), spec);
  lf_test_wait_until (lf_test_window_shows (
      fixture, "2 runs are kept on this computer only, as their store was away."));
  lf_test_window_shoot (fixture, "spill-bar", FALSE, 1180);
  lf_test_window_shoot (fixture, "spill-bar", TRUE, 1180);
  lf_test_window_shoot (fixture, "spill-bar", FALSE, 360);

  item = lf_spec_library_find (fixture->library, spec->id);
  press (fixture, "Upload");
  lf_test_wait_until (lf_test_window_shows (fixture, "2 runs uploaded"));
  lf_test_wait_until (!is_revealed (fixture));
  lf_test_wait_until ((lf_spec_library_refresh (fixture->library),
                       lf_spec_item_get_run (item) != NULL)); /* the list has it */
}

/* The store is not back yet: why, and everything is still there. */
static void
test_refused (LfTestWindow *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_test_specs_save (fixture->store, "Checkout", "http://127.0.0.1:9/");
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "test.db", NULL);
  sqlite3 *other;

  lf_test_window_open_library (fixture);
  leave_run (spill_of (fixture), spec);
  lf_test_wait_until (is_revealed (fixture));
  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other,
                                 "CREATE TRIGGER refuse BEFORE INSERT ON runs"
                                 " BEGIN SELECT RAISE (ABORT, 'not now'); END",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  press (fixture, "Upload");
  lf_test_wait_until (lf_test_find (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, "Upload") !=
                      NULL);
  g_assert_true (is_revealed (fixture));
  g_assert_cmpuint (lf_spill_get_n_runs (spill_of (fixture)), ==, 1);
  lf_test_window_shoot (fixture, "spill-bar-refused", FALSE, 1180);
  g_assert_cmpint (sqlite3_exec (other, "DROP TRIGGER refuse", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  press (fixture, "Upload");
  lf_test_wait_until (!is_revealed (fixture));
}

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
  g_test_add ("/ui/spill-bar/upload", LfTestWindow, NULL, lf_test_window_set_up, test_upload,
              tear_down);
  g_test_add ("/ui/spill-bar/refused", LfTestWindow, NULL, lf_test_window_set_up, test_refused,
              tear_down);
  return g_test_run ();
}
