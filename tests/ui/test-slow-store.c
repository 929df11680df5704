#include "config.h"

#include "lf-test-specs.h"
#include "lf-test-ui.h"
#include "lf-test-window.h"

#include "lf-run-window.h"
#include "lf-spec-editor-private.h"
#include "lf-step-editor-private.h"

/* What people do while the store has not answered yet: no answer comes before the main loop turns.
 */

static LfSpecEditor *
editor_of (LfTestWindow *fixture)
{
  return fixture->window->editor;
}

static void
type_name (LfTestWindow *fixture, const char *name)
{
  gtk_editable_set_text (GTK_EDITABLE (editor_of (fixture)->name), name);
  g_assert_true (lf_spec_editor_is_modified (editor_of (fixture)));
}

static void
edit (LfTestWindow *fixture, const char *id)
{
  lf_test_window_activate (fixture, "win.edit-spec", id);
  lf_test_wait_until (lf_spec_editor_get_spec (editor_of (fixture)) != NULL);
}

/* Without waiting for what follows. */
static void
answer_at_once (const char *response)
{
  GtkWidget *dialog, *label;

  lf_test_wait_until (lf_test_window_find_dialog () != NULL);
  dialog = GTK_WIDGET (lf_test_window_find_dialog ());
  label = lf_test_find (dialog, GTK_TYPE_LABEL, response);
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
}

static void
wait_for_specs (LfTestWindow *fixture, guint n)
{
  lf_test_wait_until (g_list_model_get_n_items (lf_test_window_items (fixture)) == n);
}

static void
assert_name (LfTestWindow *fixture, const char *id, const char *name)
{
  g_autoptr (LfSpec) stored = lf_test_specs_load (fixture->store, id);

  g_assert_cmpstr (stored->name, ==, name);
}

/* A spec that is opened while the one before is being saved stays another spec. */
static void
test_other_spec (LfTestWindow *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) other = lf_test_specs_save (fixture->store, "Other", "http://127.0.0.1:9/");

  lf_test_window_open_library (fixture);
  lf_test_window_activate (fixture, "win.new-spec", NULL);
  type_name (fixture, "Fresh");
  lf_test_window_activate (fixture, "win.save", NULL);
  lf_spec_editor_set_spec (editor_of (fixture), fixture->store, other);
  wait_for_specs (fixture, 2);
  g_assert_cmpstr (lf_spec_editor_get_spec (editor_of (fixture))->id, ==, other->id);
  type_name (fixture, "Renamed");
  lf_test_window_activate (fixture, "win.save", NULL);
  lf_test_wait_until (!lf_spec_editor_is_modified (editor_of (fixture)));
  assert_name (fixture, other->id, "Renamed");
  g_assert_cmpuint (lf_test_specs_count (fixture->store), ==, 2);
}

/* The window closes once what was typed after the first answer is saved, too. */
static void
test_typed_meanwhile (LfTestWindow *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_test_specs_save (fixture->store, "First", "http://127.0.0.1:9/");
  gpointer window = fixture->window;

  lf_test_window_open_library (fixture);
  edit (fixture, spec->id);
  type_name (fixture, "Second");
  g_object_add_weak_pointer (window, &window);
  gtk_window_close (window);
  answer_at_once ("Save");
  type_name (fixture, "Third");
  lf_test_window_answer ("Save Changes?", "Save");
  lf_test_wait_until (window == NULL);
  fixture->window = NULL;
  assert_name (fixture, spec->id, "Third");
}

static void
begin_file_body (LfTestWindow *fixture)
{
  LfBodyEditor *body = LF_BODY_EDITOR (LF_STEP_EDITOR (editor_of (fixture)->step)->body);
  g_autoptr (GFile) file = lf_test_specs_file ("order.bin", 100);

  lf_test_window_activate (fixture, "win.new-spec", NULL);
  type_name (fixture, "With a file");
  lf_test_drop_file (GTK_WIDGET (editor_of (fixture)), file);
  lf_test_wait_until (!lf_body_editor_is_busy (body));
}

/* Saved, and discarded before the store answered: the save counts, with the file it needs. */
static void
test_discarded (LfTestWindow *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpecItem) item = NULL;
  g_autoptr (LfAttachment) attachment = NULL;
  const LfSpec *spec;

  lf_test_window_open_library (fixture);
  begin_file_body (fixture);
  lf_test_window_activate (fixture, "win.back", NULL);
  lf_test_window_activate (fixture, "win.save", NULL);
  answer_at_once ("Discard");
  g_assert_null (lf_spec_editor_get_spec (editor_of (fixture)));
  wait_for_specs (fixture, 1);
  item = g_list_model_get_item (lf_test_window_items (fixture), 0);
  spec = lf_spec_item_get_spec (item);
  lf_store_load_attachment_async (fixture->store, lf_spec_get_step (spec, 0)->body->attachment_id,
                                  NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  attachment = lf_store_load_attachment_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  g_assert_null (lf_spec_editor_get_spec (editor_of (fixture)));
}

/* Somebody else's copy of one spec never gets into another. */
static void
test_conflict_of_other (LfTestWindow *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_test_specs_save (fixture->store, "First", "http://127.0.0.1:9/");
  g_autoptr (LfSpec) other = lf_test_specs_save (fixture->store, "Other", "http://127.0.0.1:9/");
  g_autoptr (GAsyncResult) result = NULL;

  lf_test_window_open_library (fixture);
  edit (fixture, spec->id);
  lf_store_save_spec_async (fixture->store, spec, NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  type_name (fixture, "Mine");
  lf_test_window_activate (fixture, "win.save", NULL);
  lf_spec_editor_set_spec (editor_of (fixture), fixture->store, other);
  lf_test_window_answer ("The Spec Cannot Be Saved", "Close");
  g_assert_cmpstr (lf_spec_editor_get_spec (editor_of (fixture))->name, ==, "Other");
  g_assert_false (lf_spec_editor_is_modified (editor_of (fixture)));
}

/* Who leaves the store waits for what needs it. */
static void
test_held (LfTestWindow *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_test_window_open_library (fixture);
  lf_spec_library_hold (fixture->library);
  lf_spec_library_flush_async (fixture->library, lf_test_specs_got_cb, &result);
  while (g_main_context_iteration (NULL, FALSE))
    g_assert_null (result);
  lf_spec_library_release (fixture->library);
  lf_test_wait_until (result != NULL);
}

static guint
n_run_windows (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      n += LF_IS_RUN_WINDOW (window);
    }
  return n;
}

/* A run that was about to start when the window was closed is one of those that are asked about. */
static void
test_closed_while_starting (LfTestWindow *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_test_specs_save (fixture->store, "First", "http://127.0.0.1:9/");
  GListModel *active = lf_run_manager_get_active (lf_workspace_get_runs (fixture->workspace));
  gpointer window = fixture->window;

  lf_test_window_open_library (fixture);
  lf_test_window_activate (fixture, "win.run-spec", spec->id);
  lf_test_wait_until (fixture->window->starting);
  g_object_add_weak_pointer (window, &window);
  lf_window_quit (window);
  answer_at_once ("Stop and Close");
  lf_test_wait_until (window == NULL);
  fixture->window = NULL;
  g_assert_cmpuint (g_list_model_get_n_items (active), ==, 0);
  g_assert_cmpuint (n_run_windows (), ==, 0);
}

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
#define ADD(path, test)                                                                            \
  g_test_add ("/ui/slow-store/" path, LfTestWindow, NULL, lf_test_window_set_up, test,             \
              lf_test_window_tear_down)
  ADD ("other-spec", test_other_spec);
  ADD ("typed-meanwhile", test_typed_meanwhile);
  ADD ("discarded", test_discarded);
  ADD ("conflict-of-other", test_conflict_of_other);
  ADD ("held", test_held);
  ADD ("closed-while-starting", test_closed_while_starting);
  return g_test_run ();
}
