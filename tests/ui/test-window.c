#include "config.h"

#include "lf-test-specs.h"
#include "lf-test-ui.h"
#include "lf-test-window.h"

#include "lf-error.h"
#include "lf-spec-editor-private.h"
#include "lf-spec-list-private.h"
#include "lf-step-editor-private.h"
#include "lf-sparkline.h"

static LfStepEditor *
step_editor (LfSpecEditor *editor)
{
  return LF_STEP_EDITOR (editor->step);
}

static gboolean
is_editing (LfTestWindow *fixture)
{
  return adw_leaflet_get_visible_child (fixture->window->leaflet) ==
         GTK_WIDGET (fixture->window->editor);
}

static void
test_empty (LfTestWindow *fixture, gconstpointer data)
{
  lf_test_window_open_library (fixture);
  lf_test_wait_until (lf_test_window_shows (fixture, "No Specs Yet"));
  g_assert_true (lf_test_has_focus (fixture->window->list_page->pages));
}

static void
test_list (LfTestWindow *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) two =
      lf_test_specs_save (fixture->store, "Two <b> & more", "http://b/2?x=1&y=2");
  g_autoptr (LfSpec) one = lf_test_specs_save (fixture->store, "One", "http://a/1");
  g_autoptr (LfSpecItem) first = NULL;

  lf_test_window_open_library (fixture);
  lf_test_wait_until (lf_test_window_shows (fixture, "One") &&
                      lf_test_window_shows (fixture, "Two <b> & more"));
  g_assert_true (lf_test_window_shows (fixture, "http://b/2?x=1&y=2"));
  lf_test_wait_until (lf_test_has_focus (fixture->window->list_page->layouts));
  first = g_list_model_get_item (lf_test_window_items (fixture), 0);
  g_assert_cmpstr (lf_spec_item_get_id (first), ==, one->id);
}

static void
test_search (LfTestWindow *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) one = lf_test_specs_save (fixture->store, "Login", "http://a/session");
  g_autoptr (LfSpec) two = lf_test_specs_save (fixture->store, "Größe", "http://b/size");
  GtkWidget *entry;

  lf_test_window_open_library (fixture);
  lf_test_wait_until (lf_test_window_shows (fixture, "Login"));
  lf_test_window_activate (fixture, "win.search", NULL);
  lf_test_wait_until (lf_test_find (GTK_WIDGET (fixture->window), GTK_TYPE_SEARCH_ENTRY, NULL) !=
                      NULL);
  entry = lf_test_find (GTK_WIDGET (fixture->window), GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "session get");
  lf_test_wait_until (lf_test_window_shows (fixture, "Login") &&
                      !lf_test_window_shows (fixture, "Größe"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "GRÖSSE");
  lf_test_wait_until (!lf_test_window_shows (fixture, "Login") &&
                      lf_test_window_shows (fixture, "Größe"));
  g_assert_true (gtk_search_bar_get_key_capture_widget (GTK_SEARCH_BAR (gtk_widget_get_ancestor (
                     entry, GTK_TYPE_SEARCH_BAR))) == GTK_WIDGET (fixture->window->list_page));
  gtk_editable_set_text (GTK_EDITABLE (entry), "nowhere");
  lf_test_wait_until (lf_test_window_shows (fixture, "Nothing Found"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  lf_test_wait_until (lf_test_window_shows (fixture, "Login") &&
                      lf_test_window_shows (fixture, "Größe"));
}

static void
test_undo (LfTestWindow *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_test_specs_save (fixture->store, "Keep", "http://a/");
  g_autoptr (LfSpec) stored = NULL;

  lf_test_window_open_library (fixture);
  lf_test_window_select (fixture, spec->id, NULL);
  lf_test_window_command (fixture, "specs.delete");
  lf_test_wait_until (lf_test_window_shows (fixture, "No Specs Yet"));
  g_assert_cmpuint (lf_test_specs_count (fixture->store), ==,
                    1); /* only the list has forgotten it */
  lf_test_window_press_undo (fixture);
  lf_test_wait_until (lf_test_window_shows (fixture, "Keep"));
  lf_test_window_flush (fixture);
  stored = lf_test_specs_load (fixture->store, spec->id);
  g_assert_true (lf_record_equal (stored, spec));
}

/* The application is closed while Undo is still offered. */
static void
test_delete (LfTestWindow *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) gone = lf_test_specs_save (fixture->store, "Gone", "http://a/");
  g_autoptr (LfSpec) kept = lf_test_specs_save (fixture->store, "Kept", "http://a/");

  lf_test_window_open_library (fixture);
  lf_test_window_select (fixture, gone->id, NULL);
  lf_test_window_command (fixture, "specs.delete");
  lf_test_window_flush (fixture);
  g_assert_null (lf_test_specs_load (fixture->store, gone->id));
  g_assert_cmpuint (lf_test_specs_count (fixture->store), ==, 1);
}

static void
test_duplicate (LfTestWindow *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_test_specs_save (fixture->store, "A", "http://a/x");
  g_autoptr (LfSpecItem) copy = NULL;

  lf_test_window_open_library (fixture);
  lf_test_window_select (fixture, spec->id, NULL);
  lf_test_window_command (fixture, "specs.duplicate");
  lf_test_wait_until (g_list_model_get_n_items (lf_test_window_items (fixture)) == 2);
  copy = g_list_model_get_item (lf_test_window_items (fixture), 1);
  g_assert_cmpstr (lf_spec_item_get_spec (copy)->name, ==, "A (copy)");
  g_assert_cmpstr (lf_spec_get_step (lf_spec_item_get_spec (copy), 0)->url, ==, "http://a/x");
  g_assert_cmpstr (lf_spec_item_get_id (copy), !=, spec->id);
}

static void
text_cb (GObject *clipboard, GAsyncResult *result, gpointer user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
}

/* What the clipboard holds is a spec file. */
static void
test_copy_json (LfTestWindow *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_test_specs_save (fixture->store, "A & “B”", "http://a/x?y=1&z=2");
  GtkWidget *page = GTK_WIDGET (fixture->window->list_page);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) copy = NULL;

  lf_test_window_open_library (fixture);
  lf_test_window_select (fixture, spec->id, NULL);
  lf_test_window_command (fixture, "specs.copy-json");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (page), NULL, text_cb, &text);
  lf_test_wait_until (text != NULL);
  copy = lf_spec_from_text (text, -1, &error);
  g_assert_no_error (error);
  g_assert_true (lf_record_equal (copy, spec));
}

/* F5 in the list runs the spec in focus; here it is one that no run can be made of. */
static void
test_run_focused (LfTestWindow *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_test_specs_save (fixture->store, "A", "no address");

  lf_test_window_open_library (fixture);
  lf_test_wait_until (lf_test_window_shows (fixture, "no address"));
  gtk_widget_grab_focus (GTK_WIDGET (fixture->window->list_page));
  lf_test_window_activate (fixture, "win.run", NULL);
  lf_test_window_answer ("The Run Cannot Start", "Close");
}

static void
test_history (LfTestWindow *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_test_specs_save (fixture->store, "A", "http://a/");

  lf_test_window_open_library (fixture);
  lf_test_window_select (fixture, spec->id, NULL);
  lf_test_window_command (fixture, "specs.history");
  lf_test_wait_until (adw_leaflet_get_visible_child (fixture->window->leaflet) ==
                      GTK_WIDGET (fixture->window->history));
}

static void
edit (LfTestWindow *fixture, const char *id, const char *name)
{
  lf_test_window_activate (fixture, "win.edit-spec", id);
  lf_test_wait_until (is_editing (fixture));
  gtk_editable_set_text (
      GTK_EDITABLE (lf_test_find (GTK_WIDGET (fixture->window->editor), GTK_TYPE_ENTRY, NULL)),
      name);
}

static void
test_unsaved (LfTestWindow *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_test_specs_save (fixture->store, "A", "http://a/x");
  g_autoptr (LfSpec) discarded = NULL;
  g_autoptr (LfSpec) saved = NULL;

  lf_test_window_open_library (fixture);
  edit (fixture, spec->id, "B");
  lf_test_window_activate (fixture, "win.back", NULL);
  lf_test_window_answer ("Save Changes?", "Cancel");
  g_assert_true (is_editing (fixture));
  g_assert_cmpstr (lf_spec_editor_get_spec (fixture->window->editor)->name, ==, "B");
  lf_test_window_activate (fixture, "win.back", NULL);
  lf_test_window_answer ("Save Changes?", "Discard");
  lf_test_wait_until (!is_editing (fixture));
  discarded = lf_test_specs_load (fixture->store, spec->id);
  g_assert_cmpstr (discarded->name, ==, "A");
  edit (fixture, spec->id, "C");
  lf_test_window_activate (fixture, "win.back", NULL);
  lf_test_window_answer ("Save Changes?", "Save");
  lf_test_wait_until (!is_editing (fixture) && lf_test_window_shows (fixture, "C"));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)),
                                         GTK_WIDGET (fixture->window->list_page)));
  saved = lf_test_specs_load (fixture->store, spec->id);
  g_assert_cmpstr (saved->name, ==, "C");
}

static void
test_close (LfTestWindow *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_test_specs_save (fixture->store, "A", "http://a/x");
  g_autoptr (LfSpec) saved = NULL;
  LfWindow *window = fixture->window;

  lf_test_window_open_library (fixture);
  edit (fixture, spec->id, "Saved on close");
  gtk_window_close (GTK_WINDOW (window));
  lf_test_window_answer ("Save Changes?", "Cancel");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window)));
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &fixture->window);
  gtk_window_close (GTK_WINDOW (window));
  lf_test_window_answer ("Save Changes?", "Save");
  lf_test_wait_until (fixture->window == NULL);
  saved = lf_test_specs_load (fixture->store, spec->id);
  g_assert_cmpstr (saved->name, ==, "Saved on close");
}

static void
open_text (LfTestWindow *fixture, const char *address)
{
  g_autoptr (GFile) file = g_file_new_for_uri (address);

  lf_window_open (fixture->window, file);
}

static void
test_addresses (LfTestWindow *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_test_specs_save (fixture->store, "A", "http://a/x");
  g_autofree char *address = g_strdup_printf ("loadforge://specs/%s/edit", spec->id);

  open_text (fixture, address); /* before the store is open */
  lf_test_window_open_library (fixture);
  lf_test_wait_until (is_editing (fixture));
  g_assert_cmpstr (lf_spec_editor_get_spec (fixture->window->editor)->id, ==, spec->id);
  open_text (fixture, "loadforge://specs");
  lf_test_wait_until (!is_editing (fixture));
  open_text (fixture, "loadforge://elsewhere");
  lf_test_wait_until (lf_test_window_shows (fixture, "There is no page loadforge://elsewhere."));
}

/* A spec file, with a body in a file beside it, and a certificate. */
static void
test_import (LfTestWindow *fixture, gconstpointer data)
{
  static const char text[] =
      "{\"schema\": \"loadforge/spec/1\", \"id\": \"0123456789abcdef01234567\", "
      "\"http\": {\"tls\": {\"caFile\": \"ca.pem\"}}, "
      "\"request\": {\"url\": \"http://a/\", \"method\": \"PUT\", \"body\": "
      "{\"type\": \"file\", \"file\": \"body.bin\"}}, \"loadProfile\": "
      "{\"users\": 1, \"steady\": 1}}";
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "big.loadforge.json", NULL);
  g_autofree char *certificate = g_build_filename (g_get_tmp_dir (), "ca.pem", NULL);
  g_autoptr (GFile) body = lf_test_specs_file ("body.bin", 100);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  const LfSpec *spec;

  g_assert_true (g_file_set_contents (path, text, -1, &error));
  lf_test_window_open_library (fixture);
  lf_window_open (fixture->window, file);
  lf_test_wait_until (is_editing (fixture));
  spec = lf_spec_editor_get_spec (fixture->window->editor);
  g_assert_cmpstr (spec->name, ==, "big");
  g_assert_cmpstr (spec->id, !=, "0123456789abcdef01234567");
  g_assert_nonnull (spec->request);
  g_assert_nonnull (spec->request->body->attachment_id);
  g_assert_null (spec->request->body->file);
  g_assert_cmpstr (spec->http->tls->ca_file, ==, certificate);
  g_assert_true (g_file_set_contents (path, "{\"schema\": 7}", -1, &error));
  lf_window_open (fixture->window, file);
  lf_test_window_answer ("The Spec Cannot Be Opened", "Close");
}

static const LfBodyPart *
part_of (LfTestWindow *fixture, guint n)
{
  const LfSpec *spec = lf_spec_editor_get_spec (fixture->window->editor);

  return lf_spec_get_step (spec, 0)->body->parts->pdata[n];
}

/* The same file again: what is there is opened, unless another one is asked for. */
static void
test_import_again (LfTestWindow *fixture, gconstpointer data)
{
  static const char heading[] = "“Known <b> & more” Is Already in the List";
  g_autoptr (LfSpec) known = lf_test_specs_save (fixture->store, "Known <b> & more", "http://a/");
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "known.loadforge.json", NULL);
  g_autofree char *text = lf_record_to_text (known, TRUE);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, &error));
  lf_test_window_open_library (fixture);
  lf_window_open (fixture->window, file);
  lf_test_window_answer (heading, "Cancel");
  g_assert_false (is_editing (fixture));
  lf_window_open (fixture->window, file);
  lf_test_window_answer (heading, "Open");
  lf_test_wait_until (is_editing (fixture));
  g_assert_cmpstr (lf_spec_editor_get_spec (fixture->window->editor)->id, ==, known->id);
  g_assert_cmpuint (lf_test_specs_count (fixture->store), ==, 1);
  lf_window_open (fixture->window, file);
  lf_test_window_answer (heading, "Add Another");
  lf_test_wait_until (g_list_model_get_n_items (lf_test_window_items (fixture)) == 2);
  g_assert_cmpuint (lf_test_specs_count (fixture->store), ==, 2);
}

/* What somebody else's spec would send from elsewhere is asked about, by its whole path, and left
 * out unless it is asked for; what lies in the spec's own folder is taken. */
static void
test_import_outside (LfTestWindow *fixture, gconstpointer data)
{
  static const char heading[] = "Take Files From Outside Its Folder?";
  static const char text[] =
      "{\"schema\": \"loadforge/spec/1\", \"steps\": [{\"url\": \"http://a/\", \"body\": "
      "{\"type\": \"multipart\", \"parts\": [{\"name\": \"a\", \"file\": \"body.bin\"}, "
      "{\"name\": \"b\", \"file\": \"../theirs.bin\"}]}}]}";
  g_autofree char *folder = g_build_filename (g_get_tmp_dir (), "strange", NULL);
  g_autofree char *path = g_build_filename (folder, "strange.json", NULL);
  g_autoptr (GFile) theirs = lf_test_specs_file ("theirs.bin", 100);
  g_autofree char *other_path = g_build_filename (folder, "other.json", NULL);
  g_autoptr (GFile) other = g_file_new_for_path (other_path);
  g_autoptr (GFile) own = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  const LfBodyPart *part;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  own = lf_test_specs_file ("strange/body.bin", 100);
  g_assert_true (g_file_set_contents (path, text, -1, &error));
  lf_test_window_open_library (fixture);
  lf_window_open (fixture->window, file);
  lf_test_wait_until (lf_test_window_find_dialog () != NULL);
  g_assert_nonnull (lf_test_find (GTK_WIDGET (lf_test_window_find_dialog ()), GTK_TYPE_LABEL,
                                  g_file_peek_path (theirs)));
  lf_test_screenshot (GTK_WIDGET (lf_test_window_find_dialog ()), "window-outside");
  lf_test_window_answer (heading, "Cancel");
  g_assert_false (is_editing (fixture));
  g_assert_cmpuint (lf_test_specs_count (fixture->store), ==, 0);
  lf_window_open (fixture->window, file);
  lf_test_window_answer (heading, "Leave Out");
  lf_test_wait_until (is_editing (fixture));
  lf_test_wait_until (
      lf_test_window_shows (fixture, "1 file was left out. Choose another where it is missing."));
  part = part_of (fixture, 0);
  g_assert_nonnull (part->attachment_id);
  part = part_of (fixture, 1);
  g_assert_null (part->attachment_id);
  g_assert_null (part->file);
  g_assert_true (g_file_set_contents (other_path, text, -1, &error));
  lf_window_open (fixture->window, other);
  lf_test_window_answer (heading, "Take Them");
  lf_test_wait_until (lf_test_specs_count (fixture->store) == 2);
  lf_test_wait_until (part_of (fixture, 1)->attachment_id != NULL);
}

/* A folder is no database: the page says so, and Retry asks for another attempt. */
static void
test_error (LfTestWindow *fixture, gconstpointer data)
{
  g_autofree char *uri = g_strdup_printf ("sqlite:%s", g_get_tmp_dir ());
  g_autoptr (GError) error = NULL;
  guint retries = 0;

  g_assert_null (lf_test_window_open_workspace (uri, &error));
  lf_window_set_error (fixture->window, error);
  lf_test_wait_until (lf_test_window_shows (fixture, "The Store Cannot Be Opened"));
  g_signal_connect_swapped (fixture->window, "retry", G_CALLBACK (g_atomic_int_inc), &retries);
  lf_test_window_activate (fixture, "win.retry", NULL);
  g_assert_cmpuint (retries, ==, 1);
}

/* Twice is one spec, and its target answers. */
static void
test_demo (LfTestWindow *fixture, gconstpointer data)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  lf_test_window_open_library (fixture);
  lf_test_window_activate (fixture, "win.demo", NULL);
  lf_test_window_activate (fixture, "win.demo", NULL); /* a double press makes one */
  lf_test_wait_until (is_editing (fixture));
  uri = g_uri_parse (lf_spec_get_step (lf_spec_editor_get_spec (fixture->window->editor), 0)->url,
                     G_URI_FLAGS_NONE, &error);
  g_assert_no_error (error);
  connection = g_socket_client_connect_to_host (client, g_uri_get_host (uri), g_uri_get_port (uri),
                                                NULL, &error);
  g_assert_no_error (error);
  lf_test_window_activate (fixture, "win.back", NULL);
  lf_test_window_activate (fixture, "win.demo", NULL);
  lf_test_wait_until (is_editing (fixture));
  g_assert_cmpuint (lf_test_specs_count (fixture->store), ==, 1);
}

/* A mistake in a template is a fatal warning. */
static void
test_templates (LfTestWindow *fixture, gconstpointer data)
{
  const GType types[] = { LF_TYPE_SPEC_EDITOR, LF_TYPE_SPEC_LIST_PAGE };
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      gpointer widget = g_object_ref_sink (g_object_new (types[i], NULL));

      g_object_unref (widget);
    }
  gtk_builder_add_from_resource (builder, LF_RESOURCE_PATH "gtk/help-overlay.ui", &error);
  g_assert_no_error (error);
  gtk_window_destroy (GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay")));
}

static void
shoot_all (LfTestWindow *fixture, const char *page)
{
  lf_test_window_shoot (fixture, page, FALSE, 980);
  lf_test_window_shoot (fixture, page, TRUE, 980);
  lf_test_window_shoot (fixture, page, FALSE, 360);
  lf_test_window_shoot (fixture, page, TRUE, 360);
}

/* A row tells what the last run came to, and how the last ten went, the oldest first. */
static void
test_runs (LfTestWindow *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_test_specs_save (fixture->store, "A", "http://a/");
  LfSpecItem *item;
  const double *p95s;
  guint n;

  for (guint i = 0; i < 12; i++)
    lf_test_window_save_run (fixture, spec, LF_VERDICT_PASSED, 60 - i, 20 + i);
  lf_test_window_open_library (fixture);
  lf_test_wait_until (lf_test_window_shows (fixture, "31.0 ms"));
  item = lf_spec_library_find (fixture->library, spec->id);
  p95s = lf_spec_item_get_p95s (item, &n);
  g_assert_cmpuint (n, ==, LF_SPEC_ITEM_RUNS);
  g_assert_cmpfloat (p95s[0], ==, 22);
  g_assert_cmpfloat (p95s[9], ==, 31);
  gtk_test_accessible_assert_property (
      lf_test_find (GTK_WIDGET (fixture->window), LF_TYPE_SPARKLINE, NULL),
      GTK_ACCESSIBLE_PROPERTY_LABEL, "p95 of the last 10 runs");
}

/* Pictures of every page for people to look at; what they show is asserted elsewhere. */
static void
test_pictures (LfTestWindow *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) checkout =
      lf_test_specs_save (fixture->store, "Checkout", "https://shop.example/api/v2/checkout");
  g_autoptr (LfSpec) home =
      lf_test_specs_save (fixture->store, "Home page", "https://shop.example/");
  g_autoptr (LfSpec) search = lf_test_specs_save (
      fixture->store, "Search with a long name that does not fit into a narrow window",
      "https://shop.example/api/v2/search?q=anvil&page=1&sort=price");
  g_autoptr (GFile) file = lf_test_specs_file ("basket.json", 2000000);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 8; i++)
    lf_test_window_save_run (fixture, checkout, LF_VERDICT_PASSED, 40 - 5 * i,
                             20 + 30 * (i % 3) + i);
  lf_test_window_save_run (fixture, search, LF_VERDICT_INVALID, 200, 80);
  lf_test_window_open_library (fixture);
  lf_test_wait_until (lf_test_window_shows (fixture, "Passed") &&
                      lf_test_window_shows (fixture, "Invalid"));
  shoot_all (fixture, "specs");
  lf_test_window_activate (fixture, "win.edit-spec", checkout->id);
  lf_test_wait_until (is_editing (fixture));
  shoot_all (fixture, "editor");
  lf_row_grid_add (LF_ROW_GRID (step_editor (fixture->window->editor)->headers));
  gtk_editable_set_text (GTK_EDITABLE (step_editor (fixture->window->editor)->url), "shop.example");
  lf_test_drop_file (GTK_WIDGET (fixture->window->editor), file);
  lf_test_wait_until (lf_test_window_shows (fixture, "basket.json"));
  gtk_drop_down_set_selected (
      GTK_DROP_DOWN (lf_test_find (fixture->window->editor->load, GTK_TYPE_DROP_DOWN, NULL)), 1);
  lf_spec_editor_check (fixture->window->editor);
  shoot_all (fixture, "editor-marked");
  gtk_editable_set_text (
      GTK_EDITABLE (lf_test_find (GTK_WIDGET (fixture->window->editor), GTK_TYPE_ENTRY, NULL)),
      "x");
  lf_test_window_activate (fixture, "win.back", NULL);
  lf_test_window_answer ("Save Changes?", "Discard");
  g_clear_object (&fixture->library);
  lf_window_set_library (fixture->window, NULL);
  g_set_error_literal (&error, LF_ERROR, LF_ERROR_CORRUPT,
                       "/home/me/.local/share/loadforge/loadforge.db is a database of another "
                       "program; choose another file");
  lf_window_set_error (fixture->window, error);
  shoot_all (fixture, "store-error");
}

static void
test_picture_empty (LfTestWindow *fixture, gconstpointer data)
{
  lf_test_window_open_library (fixture);
  lf_test_wait_until (lf_test_window_shows (fixture, "No Specs Yet"));
  shoot_all (fixture, "empty");
}

static void
set_up_large (LfTestWindow *fixture, gconstpointer data)
{
  lf_test_set_large_text (TRUE);
  lf_test_window_set_up (fixture, data);
}

static void
tear_down_large (LfTestWindow *fixture, gconstpointer data)
{
  lf_test_window_tear_down (fixture, data);
  lf_test_set_large_text (FALSE);
}

/* At 200 % the pages still fit a phone. Their header bars do, too, but for the buttons that phones
 * do not have. */
static void
test_large_text (LfTestWindow *fixture, gconstpointer data)
{
  int width;

  lf_test_window_open_library (fixture);
  lf_test_window_activate (fixture, "win.new-spec", NULL);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  gtk_widget_measure (GTK_WIDGET (fixture->window->leaflet), GTK_ORIENTATION_HORIZONTAL, -1, &width,
                      NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 364);
}

#define ADD(path, test)                                                                            \
  g_test_add ("/ui/window/" path, LfTestWindow, NULL, lf_test_window_set_up, test,                 \
              lf_test_window_tear_down)

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    LF_RESOURCE_PATH "icons");
  ADD ("templates", test_templates);
  ADD ("empty", test_empty);
  ADD ("list", test_list);
  ADD ("search", test_search);
  ADD ("undo", test_undo);
  ADD ("delete", test_delete);
  ADD ("duplicate", test_duplicate);
  ADD ("copy-json", test_copy_json);
  ADD ("run-focused", test_run_focused);
  ADD ("history", test_history);
  ADD ("unsaved", test_unsaved);
  ADD ("close", test_close);
  ADD ("addresses", test_addresses);
  ADD ("import", test_import);
  ADD ("import-again", test_import_again);
  ADD ("import-outside", test_import_outside);
  ADD ("demo", test_demo);
  ADD ("error", test_error);
  ADD ("runs", test_runs);
  g_test_add ("/ui/window/large-text", LfTestWindow, NULL, set_up_large, test_large_text,
              tear_down_large);
  ADD ("pictures", test_pictures);
  ADD ("picture-empty", test_picture_empty);
  return g_test_run ();
}
