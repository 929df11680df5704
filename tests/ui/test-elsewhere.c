#include "config.h"

#include "lf-test-run.h"
#include "lf-test-specs.h"
#include "lf-test-ui.h"
#include "lf-test-window.h"

#include "lf-spec-editor-private.h"
#include "lf-spec-list-private.h"

#include <string.h>

/* Two desktops on one database: the window is one, @other is the store as the other has it. */
typedef struct
{
  LfTestWindow window;
  LfStore *other;
} Fixture;

static LfStore *
open_other (void)
{
  g_autofree char *uri = g_strdup_printf ("sqlite:%s/test.db", g_get_tmp_dir ());
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LfStore *store;

  lf_store_open_async (uri, NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  store = lf_store_open_finish (result, &error);
  g_assert_no_error (error);
  return store;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  lf_test_window_set_up (&fixture->window, data);
  fixture->other = open_other ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_store_close_async (fixture->other, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  g_clear_object (&fixture->other);
  lf_test_window_tear_down (&fixture->window, data);
}

/* Waits for what the next comparisons bring. */
#define follow_until(fixture, ready)                                                               \
  lf_test_wait_until ((lf_spec_library_refresh ((fixture)->window.library), (ready)))

static LfSpec *
rename_elsewhere (Fixture *fixture, const char *id, const char *name)
{
  g_autoptr (LfSpec) spec = lf_test_specs_load (fixture->other, id);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LfSpec *stored;

  lf_set_string (&spec->name, name);
  lf_store_save_spec_async (fixture->other, spec, NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  stored = lf_store_save_spec_finish (fixture->other, result, &error);
  g_assert_no_error (error);
  return stored;
}

static void
delete_elsewhere (Fixture *fixture, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_store_delete_spec_async (fixture->other, id, NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  g_assert_true (lf_store_delete_spec_finish (fixture->other, result, NULL));
}

static guint
n_items (Fixture *fixture)
{
  return g_list_model_get_n_items (lf_test_window_items (&fixture->window));
}

static const char *
name_of (Fixture *fixture, const char *id)
{
  LfSpecItem *item = lf_spec_library_find (fixture->window.library, id);

  return item != NULL ? lf_spec_item_get_name (item) : NULL;
}

static LfSpecEditor *
editor_of (Fixture *fixture)
{
  return fixture->window.window->editor;
}

static const char *
edited_name (Fixture *fixture)
{
  return gtk_editable_get_text (GTK_EDITABLE (editor_of (fixture)->name));
}

static void
edit (Fixture *fixture, const char *id)
{
  lf_test_window_activate (&fixture->window, "win.edit-spec", id);
  lf_test_wait_until (lf_spec_editor_get_spec (editor_of (fixture)) != NULL);
}

static void
type_name (Fixture *fixture, const char *name)
{
  gtk_editable_set_text (GTK_EDITABLE (editor_of (fixture)->name), name);
  g_assert_true (lf_spec_editor_is_modified (editor_of (fixture)));
}

/* Edited here and saved there: a save here asks. */
static void
meet_conflict (Fixture *fixture, const char *id)
{
  lf_spec_free (rename_elsewhere (fixture, id, "Theirs"));
  lf_test_window_activate (&fixture->window, "win.save", NULL);
  lf_test_wait_until (lf_test_window_find_dialog () != NULL);
}

static LfSpec *
begin_conflict (Fixture *fixture)
{
  LfSpec *spec = lf_test_specs_save (fixture->window.store, "First", "http://127.0.0.1:9/");

  lf_test_window_open_library (&fixture->window);
  edit (fixture, spec->id);
  type_name (fixture, "Mine");
  meet_conflict (fixture, spec->id);
  return spec;
}

/* What is new, changed or deleted elsewhere shows up, and only that is read. */
static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) first =
      lf_test_specs_save (fixture->window.store, "First", "http://127.0.0.1:9/");
  g_autoptr (LfSpec) second =
      lf_test_specs_save (fixture->window.store, "Second", "http://127.0.0.1:9/");
  g_autoptr (LfSpec) third = NULL;
  LfSpecItem *kept;

  lf_test_window_open_library (&fixture->window);
  kept = lf_spec_library_find (fixture->window.library, second->id);
  third = lf_test_specs_save (fixture->other, "Third", "http://127.0.0.1:9/");
  follow_until (fixture, n_items (fixture) == 3);
  lf_spec_free (rename_elsewhere (fixture, first->id, "Renamed"));
  follow_until (fixture, g_strcmp0 (name_of (fixture, first->id), "Renamed") == 0);
  delete_elsewhere (fixture, third->id);
  follow_until (fixture, n_items (fixture) == 2);
  g_assert_true (lf_spec_library_find (fixture->window.library, second->id) == kept);
}

/* What was deleted here stays out of the list while it can be put back, and a change elsewhere does
 * not bring it back. */
static void
test_deleted_here (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) first =
      lf_test_specs_save (fixture->window.store, "First", "http://127.0.0.1:9/");
  g_autoptr (LfSpec) second =
      lf_test_specs_save (fixture->window.store, "Second", "http://127.0.0.1:9/");

  lf_test_window_open_library (&fixture->window);
  lf_test_window_select (&fixture->window, first->id, NULL);
  lf_test_window_command (&fixture->window, "specs.delete");
  lf_test_wait_until (n_items (fixture) == 1);
  lf_spec_free (rename_elsewhere (fixture, first->id, "Renamed"));
  lf_spec_free (rename_elsewhere (fixture, second->id, "Seen"));
  follow_until (fixture, g_strcmp0 (name_of (fixture, second->id), "Seen") == 0);
  g_assert_cmpuint (n_items (fixture), ==, 1);
  lf_test_window_press_undo (&fixture->window);
  lf_test_wait_until (n_items (fixture) == 2);
  follow_until (fixture, g_strcmp0 (name_of (fixture, first->id), "Renamed") == 0);
}

/* A run that was made elsewhere is told beside its spec. */
static void
test_runs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec =
      lf_test_specs_save (fixture->window.store, "First", "http://127.0.0.1:9/");
  LfSpecItem *item;

  lf_test_window_open_library (&fixture->window);
  item = lf_spec_library_find (fixture->window.library, spec->id);
  g_assert_null (lf_spec_item_get_run (item));
  follow_until (fixture, fixture->window.library != NULL); /* what there is now is known */
  g_main_context_iteration (NULL, TRUE);
  lf_test_window_save_run (&fixture->window, spec, LF_VERDICT_PASSED, 1, 12);
  lf_test_window_save_run (&fixture->window, spec, LF_VERDICT_PASSED, 0, 12);
  follow_until (fixture, lf_spec_item_get_run (item) != NULL);
}

static LfRun *
make_run (LfRunStatus status, gint64 started_at)
{
  LfRun *run = lf_test_make_run (status, LF_VERDICT_NONE, 10);

  run->started_at = started_at;
  return run;
}

/* That a run of another desktop has ended is seen; one that has just begun here stays on top. */
static void
test_ended (void)
{
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (LfSpecItem) item = lf_spec_item_new (spec);
  g_autoptr (LfRun) going = make_run (LF_RUN_RUNNING, 1000);
  g_autoptr (LfRun) begun = make_run (LF_RUN_RUNNING, 2000);
  g_autoptr (GPtrArray) listed = g_ptr_array_new_with_free_func (lf_record_free);

  lf_spec_item_set_run (item, going);
  g_ptr_array_add (listed, make_run (LF_RUN_FINISHED, 1000));
  lf_spec_item_set_runs (item, listed);
  g_assert_cmpint (lf_spec_item_get_run (item)->status, ==, LF_RUN_FINISHED);
  lf_spec_item_set_run (item, begun);
  lf_spec_item_set_runs (item, listed);
  g_assert_cmpint (lf_spec_item_get_run (item)->started_at, ==, 2000);
}

/* An editor in which nothing was changed follows; one with changes says so, once, and keeps them.
 */
static void
test_editor (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec =
      lf_test_specs_save (fixture->window.store, "First", "http://127.0.0.1:9/");

  lf_test_window_open_library (&fixture->window);
  edit (fixture, spec->id);
  lf_spec_free (rename_elsewhere (fixture, spec->id, "Second"));
  follow_until (fixture, g_strcmp0 (edited_name (fixture), "Second") == 0);
  g_assert_false (lf_spec_editor_is_modified (editor_of (fixture)));
  type_name (fixture, "Mine");
  lf_spec_free (rename_elsewhere (fixture, spec->id, "Third"));
  follow_until (fixture, g_strcmp0 (name_of (fixture, spec->id), "Third") == 0);
  g_assert_cmpstr (edited_name (fixture), ==, "Mine");
  lf_test_wait_until (lf_test_window_shows (
      &fixture->window, "Somebody else saved this spec. When you save, you choose what stays."));
}

static void
test_keep_mine (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec = begin_conflict (fixture);
  g_autoptr (LfSpec) stored = NULL;

  lf_test_screenshot (GTK_WIDGET (lf_test_window_find_dialog ()), "conflict");
  lf_test_window_answer ("Changed Elsewhere", "Keep Mine");
  lf_test_wait_until (!lf_spec_editor_is_modified (editor_of (fixture)));
  stored = lf_test_specs_load (fixture->other, spec->id);
  g_assert_cmpstr (stored->name, ==, "Mine");
  g_assert_cmpint (stored->revision, ==, 3);
  g_assert_cmpuint (lf_test_specs_count (fixture->other), ==, 1);
  g_assert_cmpstr (name_of (fixture, spec->id), ==, "Mine");
}

static void
test_take_theirs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec = begin_conflict (fixture);
  g_autoptr (LfSpec) stored = NULL;

  lf_test_window_answer ("Changed Elsewhere", "Take Theirs");
  lf_test_wait_until (g_strcmp0 (edited_name (fixture), "Theirs") == 0);
  g_assert_false (lf_spec_editor_is_modified (editor_of (fixture)));
  lf_test_window_press_undo (&fixture->window);
  lf_test_wait_until (g_strcmp0 (edited_name (fixture), "Mine") == 0);
  g_assert_true (lf_spec_editor_is_modified (editor_of (fixture)));
  lf_test_window_activate (&fixture->window, "win.save",
                           NULL); /* knowing theirs, it is no conflict */
  lf_test_wait_until (!lf_spec_editor_is_modified (editor_of (fixture)));
  stored = lf_test_specs_load (fixture->other, spec->id);
  g_assert_cmpstr (stored->name, ==, "Mine");
}

static void
test_save_a_copy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec = begin_conflict (fixture);
  g_autoptr (LfSpec) stored = NULL;

  lf_test_window_answer ("Changed Elsewhere", "Save as a Copy");
  lf_test_wait_until (!lf_spec_editor_is_modified (editor_of (fixture)));
  stored = lf_test_specs_load (fixture->other, spec->id);
  g_assert_cmpstr (stored->name, ==, "Theirs");
  g_assert_cmpuint (lf_test_specs_count (fixture->other), ==, 2);
  g_assert_cmpstr (lf_spec_editor_get_spec (editor_of (fixture))->id, !=, spec->id);
}

/* Closing the window saves first: the choice is made on the way, and the window closes after it. */
static void
test_closing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec =
      lf_test_specs_save (fixture->window.store, "First", "http://127.0.0.1:9/");
  gpointer window = fixture->window.window;
  g_autoptr (LfSpec) stored = NULL;

  lf_test_window_open_library (&fixture->window);
  edit (fixture, spec->id);
  type_name (fixture, "Mine");
  lf_spec_free (rename_elsewhere (fixture, spec->id, "Theirs"));
  g_object_add_weak_pointer (window, &window);
  gtk_window_close (window);
  lf_test_window_answer ("Save Changes?", "Save");
  lf_test_window_answer ("Changed Elsewhere", "Keep Mine");
  lf_test_wait_until (window == NULL);
  fixture->window.window = NULL;
  stored = lf_test_specs_load (fixture->other, spec->id);
  g_assert_cmpstr (stored->name, ==, "Mine");
}

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
#define ADD(path, test) g_test_add ("/ui/elsewhere/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("list", test_list);
  ADD ("deleted-here", test_deleted_here);
  ADD ("runs", test_runs);
  g_test_add_func ("/ui/elsewhere/ended", test_ended);
  ADD ("editor", test_editor);
  ADD ("keep-mine", test_keep_mine);
  ADD ("take-theirs", test_take_theirs);
  ADD ("save-a-copy", test_save_a_copy);
  ADD ("closing", test_closing);
  return g_test_run ();
}
