#include "config.h"

#include "lf-body-editor.h"
#include "lf-file-slot.h"
#include "lf-part-list.h"
#include "lf-part-row.h"
#include "lf-spec.h"
#include "lf-test-specs.h"
#include "lf-test-ui.h"

#define KIND_MULTIPART 5

typedef struct
{
  LfStore *store;
  LfSpec *spec;
  GtkWidget *window;
  LfBodyEditor *editor;
} Fixture;

static LfStep *
step_of (Fixture *fixture)
{
  return lf_spec_get_step (fixture->spec, 0);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = gtk_scrolled_window_new ();

  fixture->store = lf_test_specs_open ();
  fixture->spec = lf_spec_new_default ();
  fixture->window = adw_window_new ();
  fixture->editor = g_object_new (LF_TYPE_BODY_EDITOR, "margin-top", 18, "margin-bottom", 18,
                                  "margin-start", 18, "margin-end", 18, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (page), GTK_WIDGET (fixture->editor));
  adw_window_set_content (ADW_WINDOW (fixture->window), page);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 640);
  lf_set_string (&step_of (fixture)->url, "http://a/");
  lf_body_editor_set_step (fixture->editor, fixture->store, step_of (fixture));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->editor);

  g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *) &widget);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lf_test_wait_until (widget == NULL);
  lf_spec_free (fixture->spec);
  lf_test_specs_close (fixture->store);
}

static void
choose_multipart (Fixture *fixture)
{
  GtkWidget *kinds = lf_test_find (GTK_WIDGET (fixture->editor), GTK_TYPE_DROP_DOWN, NULL);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (kinds), KIND_MULTIPART);
  g_assert_cmpint (step_of (fixture)->body->body_type, ==, LF_BODY_MULTIPART);
}

static LfPartList *
list_of (Fixture *fixture)
{
  return LF_PART_LIST (lf_test_find (GTK_WIDGET (fixture->editor), LF_TYPE_PART_LIST, NULL));
}

static guint
n_parts (Fixture *fixture)
{
  return step_of (fixture)->body->parts->len;
}

static const LfBodyPart *
part (Fixture *fixture, guint n)
{
  g_assert_cmpuint (n, <, n_parts (fixture));
  return step_of (fixture)->body->parts->pdata[n];
}

static GtkWidget *
row_in (GtkWidget *root, guint *n)
{
  GtkWidget *found = NULL;

  if (LF_IS_PART_ROW (root))
    return (*n)-- == 0 ? root : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = row_in (child, n);
  return found;
}

static GtkWidget *
row (Fixture *fixture, guint n)
{
  return row_in (GTK_WIDGET (fixture->editor), &n);
}

/* The entry below the label @title of row @n; the name for none. */
static GtkWidget *
entry (Fixture *fixture, guint n, const char *title)
{
  GtkWidget *widget = row (fixture, n);

  if (title != NULL)
    return gtk_widget_get_next_sibling (lf_test_find (widget, GTK_TYPE_LABEL, title));
  return lf_test_find (widget, GTK_TYPE_ENTRY, NULL);
}

static void
type (Fixture *fixture, guint n, const char *title, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry (fixture, n, title)), text);
}

static void
click (GtkWidget *root, const char *tooltip)
{
  g_signal_emit_by_name (lf_test_find_tooltip (root, tooltip), "clicked");
}

static void
drop (Fixture *fixture, GFile *first, GFile *second)
{
  GSList two = { second, NULL }, one = { first, second != NULL ? &two : NULL };

  lf_body_editor_take_files (fixture->editor, &one);
  lf_test_wait_until (!lf_body_editor_is_busy (fixture->editor));
}

/* What keeps the spec from running, NULL for nothing. */
static char *
first_problem (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  return lf_spec_check (fixture->spec, &error) ? NULL : g_strdup (error->message);
}

static void
test_text (Fixture *fixture, gconstpointer data)
{
  g_autofree char *problem = NULL;

  choose_multipart (fixture);
  lf_test_screenshot (fixture->window, "body-multipart-empty");
  lf_part_list_add (list_of (fixture));
  g_assert_cmpuint (n_parts (fixture), ==, 1);
  type (fixture, 0, NULL, "order");
  type (fixture, 0, "Value", "{\"id\": 7}");
  type (fixture, 0, "Content type", "application/json");
  g_assert_cmpstr (part (fixture, 0)->name, ==, "order");
  g_assert_cmpstr (part (fixture, 0)->value, ==, "{\"id\": 7}");
  g_assert_cmpstr (part (fixture, 0)->content_type, ==, "application/json");
  g_assert_null (part (fixture, 0)->attachment_id);
  type (fixture, 0, "Content type", ""); /* leaves the document */
  g_assert_null (part (fixture, 0)->content_type);
  problem = first_problem (fixture);
  g_assert_null (problem);
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (lf_test_find (row (fixture, 0), GTK_TYPE_CHECK_BUTTON, NULL)), FALSE);
  g_assert_false (part (fixture, 0)->enabled);
}

static void
test_files (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) photo = lf_test_specs_file ("photo.png", 4096);
  g_autoptr (GFile) letter =
      lf_test_specs_file ("a letter with a very long name that does not fit into a row.txt", 12);

  drop (fixture, photo, letter); /* several files are a multipart body, whatever it was before */
  g_assert_cmpint (step_of (fixture)->body->body_type, ==, LF_BODY_MULTIPART);
  g_assert_cmpuint (n_parts (fixture), ==, 2);
  g_assert_cmpstr (part (fixture, 0)->name, ==, "file");
  g_assert_nonnull (part (fixture, 0)->attachment_id);
  g_assert_cmpstr (part (fixture, 0)->file_name, ==, "photo.png");
  g_assert_cmpstr (part (fixture, 0)->content_type, ==, "image/png");
  g_assert_cmpstr (part (fixture, 1)->content_type, ==, "text/plain");
  g_assert_nonnull (lf_test_find (row (fixture, 0), GTK_TYPE_LABEL, "4.0\302\240KiB"));
  type (fixture, 0, "File name", "me.png");
  g_assert_cmpstr (part (fixture, 0)->file_name, ==, "me.png");
  lf_test_screenshot (fixture->window, "body-multipart");
  lf_part_list_move (list_of (fixture), 1, 0);
  g_assert_cmpstr (part (fixture, 1)->file_name, ==, "me.png");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry (fixture, 1, "File name"))), ==,
                   "me.png");
}

/* The other kind of a part has nothing of this one, which is there again when it is chosen again.
 */
static void
test_kinds (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) photo = lf_test_specs_file ("photo.png", 4096);
  g_autofree char *problem = NULL, *id = NULL;
  GtkWidget *kinds;

  choose_multipart (fixture);
  lf_part_list_add (list_of (fixture));
  type (fixture, 0, NULL, "photo");
  type (fixture, 0, "Value", "none");
  kinds = lf_test_find (row (fixture, 0), GTK_TYPE_DROP_DOWN, NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (kinds), 1);
  g_assert_null (part (fixture, 0)->value);
  problem = first_problem (fixture);
  g_assert_cmpstr (problem, ==,
                   "/steps/0/body/parts/0/attachmentId: no file is chosen; choose one");
  lf_part_row_take_file (LF_PART_ROW (row (fixture, 0)), photo);
  lf_test_wait_until (!lf_body_editor_is_busy (fixture->editor));
  id = g_strdup (part (fixture, 0)->attachment_id);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (kinds), 0);
  g_assert_cmpstr (part (fixture, 0)->value, ==, "none");
  g_assert_null (part (fixture, 0)->attachment_id);
  g_assert_null (part (fixture, 0)->file_name);
  g_assert_true (lf_body_editor_can_restore (fixture->editor, id));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (kinds), 1);
  g_assert_cmpstr (part (fixture, 0)->attachment_id, ==, id);
  g_assert_cmpstr (part (fixture, 0)->name, ==, "photo");
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) photo = lf_test_specs_file ("photo.png", 4096);
  g_autofree char *id = NULL;

  choose_multipart (fixture);
  drop (fixture, photo, NULL);
  lf_part_list_add (list_of (fixture));
  id = g_strdup (part (fixture, 0)->attachment_id);
  click (row (fixture, 0), "Remove this part");
  g_assert_cmpuint (n_parts (fixture), ==, 1);
  g_assert_true (lf_body_editor_can_restore (fixture->editor, id));
  lf_test_screenshot (fixture->window, "body-multipart-removed");
  click (GTK_WIDGET (fixture->editor), "Put it back (Ctrl+Z)");
  g_assert_cmpuint (n_parts (fixture), ==, 2);
  g_assert_cmpstr (part (fixture, 0)->attachment_id, ==, id);
  lf_test_wait_until (lf_test_find (row (fixture, 0), GTK_TYPE_LABEL, "photo.png") != NULL);
  lf_body_editor_set_step (fixture->editor, NULL, NULL);
  g_assert_false (lf_body_editor_can_restore (fixture->editor, id));
}

/* A part that was removed keeps its file while the next one is removed, too. */
static void
test_undo_two (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) photo = lf_test_specs_file ("photo.png", 4096);
  g_autofree char *id = NULL;

  choose_multipart (fixture);
  drop (fixture, photo, NULL);
  lf_part_list_add (list_of (fixture));
  id = g_strdup (part (fixture, 0)->attachment_id);
  click (row (fixture, 0), "Remove this part");
  click (row (fixture, 0), "Remove this part");
  g_assert_true (lf_body_editor_can_restore (fixture->editor, id));
  lf_part_list_undo (list_of (fixture));
  lf_part_list_undo (list_of (fixture));
  g_assert_cmpuint (n_parts (fixture), ==, 2);
  g_assert_cmpstr (part (fixture, 0)->attachment_id, ==, id);
}

static const char *
fault (Fixture *fixture, guint n)
{
  return lf_part_row_get_fault (LF_PART_ROW (row (fixture, n)));
}

/* A file that is too large, or not in the store any more, is told in its row. */
static void
test_faults (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) huge = lf_test_specs_file ("huge.bin", LF_ATTACHMENT_LIMIT + 1);
  LfBodyPart *gone = lf_body_part_new ();

  choose_multipart (fixture);
  drop (fixture, huge, NULL);
  g_assert_nonnull (strstr (fault (fixture, 0), "huge.bin"));
  g_assert_nonnull (strstr (fault (fixture, 0), "25 MiB"));
  lf_body_editor_clear_row_messages (fixture->editor); /* the next check does not hide it */
  g_assert_nonnull (lf_test_find (row (fixture, 0), GTK_TYPE_LABEL, fault (fixture, 0)));
  lf_set_string (&gone->name, "gone");
  lf_set_string (&gone->attachment_id, "000000000000000000000000");
  g_ptr_array_add (step_of (fixture)->body->parts, gone);
  lf_body_editor_set_step (fixture->editor, fixture->store, step_of (fixture));
  lf_test_wait_until (fault (fixture, 1) != NULL);
  g_assert_nonnull (strstr (fault (fixture, 1), "not in the store any more"));
  lf_test_screenshot (fixture->window, "body-multipart-faults");
}

/* A path beside a spec's file that no store has yet is shown as it is; what is chosen replaces it.
 */
static void
test_beside (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) photo = lf_test_specs_file ("photo.png", 4096);
  LfBodyPart *beside = lf_body_part_new ();

  choose_multipart (fixture);
  lf_set_string (&beside->name, "scan");
  lf_set_string (&beside->file, "scans/1.tif");
  g_ptr_array_add (step_of (fixture)->body->parts, beside);
  lf_body_editor_set_step (fixture->editor, fixture->store, step_of (fixture));
  g_assert_nonnull (lf_test_find (row (fixture, 0), GTK_TYPE_LABEL, "scans/1.tif"));
  lf_test_screenshot (fixture->window, "body-multipart-beside");
  lf_part_row_take_file (LF_PART_ROW (row (fixture, 0)), photo);
  lf_test_wait_until (!lf_part_row_is_busy (LF_PART_ROW (row (fixture, 0))));
  g_assert_nonnull (part (fixture, 0)->attachment_id);
  g_assert_null (part (fixture, 0)->file);
  lf_test_wait_until (lf_test_find (row (fixture, 0), GTK_TYPE_LABEL, "photo.png") != NULL);
}

/* A row that is removed, or a window that is closed, takes what is on its way along. */
static void
test_removed_upload (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) large = lf_test_specs_file ("large.bin", LF_ATTACHMENT_LIMIT);
  GSList one = { large, NULL };

  choose_multipart (fixture);
  lf_body_editor_take_files (fixture->editor, &one);
  g_assert_true (lf_body_editor_is_busy (fixture->editor));
  lf_part_list_remove (list_of (fixture), 0);
  g_assert_false (lf_body_editor_is_busy (fixture->editor));
  lf_part_list_undo (list_of (fixture));
  g_assert_cmpstr (part (fixture, 0)->attachment_id, ==, "");
  lf_body_editor_take_files (fixture->editor, &one);
  g_assert_true (lf_body_editor_is_busy (fixture->editor));
}

#define ADD(path, test) g_test_add ("/ui/multipart/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
  ADD ("text", test_text);
  ADD ("files", test_files);
  ADD ("kinds", test_kinds);
  ADD ("undo", test_undo);
  ADD ("undo-two", test_undo_two);
  ADD ("faults", test_faults);
  ADD ("beside", test_beside);
  ADD ("removed-upload", test_removed_upload);
  return g_test_run ();
}
