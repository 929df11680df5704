#include "config.h"

#include "lf-test-ui.h"

#include "lf-form-field.h"
#include "lf-load-editor.h"
#include "lf-profile-preview.h"
#include "lf-row-grid.h"
#include "lf-words.h"

static GtkWidget *
find (GtkWidget *root, GType type, guint skip)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (child), type) && skip-- == 0
                             ? child
                             : find (child, type, skip);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static LfSpec *
new_spec (const char *profile)
{
  g_autofree char *text =
      g_strdup_printf ("{\"schema\": \"loadforge/spec/1\", \"name\": \"a\", \"steps\": [{\"url\": "
                       "\"http://a/\"}], \"loadProfile\": %s}",
                       profile);
  g_autoptr (GError) error = NULL;
  LfSpec *spec = lf_spec_from_text (text, -1, &error);

  g_assert_no_error (error);
  return spec;
}

static void
count_cb (GObject *source, guint *count)
{
  (*count)++;
}

static void
test_words (void)
{
  static const struct
  {
    const char *profile;
    const char *words;
  } cases[] = {
    { "{\"rampUp\": 5, \"users\": 20, \"steady\": 10, \"rampDown\": 0}",
      "up to 20 users over 5 s, then 20 users for 10 s" },
    { "{\"rampUp\": 0, \"users\": 1, \"steady\": 3600, \"rampDown\": 2.5}",
      "1 user for 1 h, then down to 0 over 2.5 s" },
    { "{\"executor\": \"constant-arrival-rate\", \"rate\": 50, \"duration\": 125, "
      "\"preAllocatedVUs\": 8, \"maxVUs\": 10}",
      "50 arrivals per second for 2 min 5 s, by at most 10 users" },
    { "{\"executor\": \"ramping-vus\", \"stages\": [{\"duration\": 5, \"target\": 7}]}",
      "from 0 users, then to 7 over 5 s" },
    { "{\"executor\": \"constant-vus\", \"vus\": 3, \"duration\": 9}", "3 users for 9 s" },
    { "{\"executor\": \"shared-iterations\", \"vus\": 7, \"iterations\": 1000}",
      "1000 iterations shared by 7 users, at most 10 min" },
    { "{\"executor\": \"per-vu-iterations\", \"vus\": 7, \"iterations\": 13, \"duration\": 5}",
      "7 users, 13 iterations each, at most 5 s" },
    { "{\"executor\": \"manual\", \"vus\": 1}",
      "1 user at first, set by hand while it runs, until it is stopped" },
    { "{\"executor\": \"manual\", \"rate\": 20, \"maxVUs\": 5, \"duration\": 60}",
      "20 arrivals per second at first, set by hand while it runs, for 60 s" },
    { "{\"executor\": \"capacity-search\", \"start\": 50, \"step\": 25, \"max\": 200, \"hold\": 5, "
      "\"objective\": {}}",
      "from 50 in steps of 25 up to 200 arrivals per second, each held for 5 s, until the target "
      "no "
      "longer keeps up" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LfSpec) spec = new_spec (cases[i].profile);
      g_autofree char *words = lf_words_profile (spec->load_profile);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_ago (void)
{
  g_autofree char *now = lf_words_ago (1000000, 1000000);
  g_autofree char *minutes = lf_words_ago (0, 5 * 60000 + 1);
  g_autofree char *hours = lf_words_ago (0, 3 * 3600000);
  g_autofree char *future = lf_words_ago (5000, 0); /* a clock that was set back */

  g_assert_cmpstr (now, ==, "just now");
  g_assert_cmpstr (minutes, ==, "5 min ago");
  g_assert_cmpstr (hours, ==, "3 h ago");
  g_assert_cmpstr (future, ==, "just now");
}

static void
test_preview (void)
{
  GtkWidget *preview = g_object_ref_sink (g_object_new (LF_TYPE_PROFILE_PREVIEW, NULL));
  g_autoptr (LfSpec) spec =
      new_spec ("{\"rampUp\": 5, \"users\": 20, \"steady\": 10, \"rampDown\": 0}");

  lf_profile_preview_set_profile (LF_PROFILE_PREVIEW (preview), spec->load_profile);
  gtk_test_accessible_assert_role (preview, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (
      preview, GTK_ACCESSIBLE_PROPERTY_LABEL,
      "The load over time: up to 20 users over 5 s, then 20 users for 10 s");
  g_object_unref (preview);
}

/* Profiles that no form edits are drawn, and kept as they are. */
static void
test_others (void)
{
  static const char *const profiles[] = {
    "{\"executor\": \"shared-iterations\", \"vus\": 7, \"iterations\": 1000}",
    "{\"executor\": \"per-vu-iterations\", \"vus\": 7, \"iterations\": 1000, \"duration\": 9}",
    "{\"executor\": \"manual\", \"vus\": 5}",
    "{\"executor\": \"manual\", \"vus\": 0}",
    "{\"executor\": \"manual\", \"rate\": 20, \"maxVUs\": 5, \"duration\": 60}",
    "{\"executor\": \"capacity-search\", \"start\": 50, \"step\": 25, \"max\": 200, \"hold\": 5, "
    "\"objective\": {\"p95Ms\": 100}}",
    "{\"executor\": \"capacity-search\", \"start\": 1, \"step\": 1, \"max\": 1000000, \"hold\": 5, "
    "\"objective\": {\"p95Ms\": 100}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
    {
      g_autoptr (LfSpec) spec = new_spec (profiles[i]);
      g_autoptr (LfSpec) before = lf_spec_copy (spec);
      g_autofree char *name = g_strdup_printf ("load-editor-other-%u", i);
      GtkWidget *window = adw_window_new ();
      GtkWidget *editor = g_object_new (LF_TYPE_LOAD_EDITOR, NULL);

      adw_window_set_content (ADW_WINDOW (window), editor);
      lf_load_editor_set_spec (LF_LOAD_EDITOR (editor), spec);
      gtk_window_set_default_size (GTK_WINDOW (window), 600, -1);
      gtk_window_present (GTK_WINDOW (window));
      lf_test_screenshot (window, name);
      g_assert_true (lf_record_equal (spec, before));
      lf_load_editor_set_spec (LF_LOAD_EDITOR (editor), NULL);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

static void
test_users (void)
{
  g_autoptr (LfSpec) spec =
      new_spec ("{\"rampUp\": 5, \"users\": 20, \"steady\": 10, \"rampDown\": 2.5}");
  g_autoptr (LfSpec) before = lf_spec_copy (spec);
  GtkWidget *editor = g_object_ref_sink (g_object_new (LF_TYPE_LOAD_EDITOR, NULL));
  GtkWidget *spin;
  guint changes = 0;

  g_signal_connect (editor, "changed", G_CALLBACK (count_cb), &changes);
  lf_load_editor_set_spec (LF_LOAD_EDITOR (editor), spec);
  g_assert_true (lf_record_equal (spec, before)); /* showing is not editing */
  g_assert_cmpuint (changes, ==, 0);
  spin = find (editor, GTK_TYPE_SPIN_BUTTON, 0);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "5");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 0.25);
  g_assert_cmpfloat (spec->load_profile->ramp_up, ==, 0.25);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "0.25");
  g_assert_cmpuint (changes, ==, 1);
  gtk_editable_set_text (GTK_EDITABLE (spin),
                         "7."); /* counts while it is typed, and stays as it is */
  g_assert_cmpfloat (spec->load_profile->ramp_up, ==, 7);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "7.");
  gtk_editable_set_text (GTK_EDITABLE (spin), "");
  g_assert_cmpfloat (spec->load_profile->ramp_up, ==, 7);
  gtk_editable_set_text (GTK_EDITABLE (spin), "7.5");
  g_assert_cmpfloat (spec->load_profile->ramp_up, ==, 7.5);
  gtk_spin_button_update (GTK_SPIN_BUTTON (spin));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "7.5");
  lf_load_editor_set_spec (LF_LOAD_EDITOR (editor), NULL);
  g_object_unref (editor);
}

/* What stood in one form is there again when it is chosen again, and never in the other's document.
 */
static void
test_kinds (void)
{
  g_autoptr (LfSpec) spec =
      new_spec ("{\"rampUp\": 5, \"users\": 77, \"steady\": 10, \"rampDown\": 0}");
  g_autoptr (LfSpec) before = lf_spec_copy (spec);
  GtkWidget *editor = g_object_ref_sink (g_object_new (LF_TYPE_LOAD_EDITOR, NULL));
  GtkWidget *kind = find (editor, GTK_TYPE_DROP_DOWN, 0);
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *text = NULL;

  lf_load_editor_set_spec (LF_LOAD_EDITOR (editor), spec);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (kind), 1);
  g_assert_cmpint (spec->load_profile->executor, ==, LF_EXECUTOR_CONSTANT_ARRIVAL_RATE);
  problems = lf_spec_validate (spec);
  g_assert_cmpuint (problems->len, ==, 0);
  text = lf_spec_to_text (spec);
  g_assert_null (strstr (text, "rampUp"));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (kind), 0);
  g_assert_true (lf_record_equal (spec, before));
  lf_load_editor_set_spec (LF_LOAD_EDITOR (editor), NULL);
  g_object_unref (editor);
}

/* Loads without a form are shown in words and kept. */
static void
test_other (void)
{
  g_autoptr (LfSpec) spec =
      new_spec ("{\"executor\": \"ramping-vus\", \"startVUs\": 1, \"stages\": "
                "[{\"duration\": 5, \"target\": 7, \"note\": \"kept\"}]}");
  g_autoptr (LfSpec) before = lf_spec_copy (spec);
  GtkWidget *editor = g_object_ref_sink (g_object_new (LF_TYPE_LOAD_EDITOR, NULL));
  GtkWidget *kind = find (editor, GTK_TYPE_DROP_DOWN, 0);

  lf_load_editor_set_spec (LF_LOAD_EDITOR (editor), spec);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (kind)), ==, 2);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (kind), 0);
  g_assert_cmpint (spec->load_profile->executor, ==, LF_EXECUTOR_NONE);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (kind), 2);
  g_assert_true (lf_record_equal (spec, before));
  lf_load_editor_set_spec (LF_LOAD_EDITOR (editor), NULL);
  g_object_unref (editor);
}

static void
test_message (void)
{
  g_autoptr (LfSpec) spec =
      new_spec ("{\"rampUp\": 5, \"users\": 0, \"steady\": 10, \"rampDown\": 0}");
  GtkWidget *editor = g_object_ref_sink (g_object_new (LF_TYPE_LOAD_EDITOR, NULL));
  GtkWidget *field = find (editor, LF_TYPE_FORM_FIELD, 1);
  GtkWidget *spin = lf_form_field_get_child (LF_FORM_FIELD (field));

  lf_load_editor_set_spec (LF_LOAD_EDITOR (editor), spec);
  lf_load_editor_set_message (LF_LOAD_EDITOR (editor), "/users", "must be at least 1");
  g_assert_cmpstr (lf_form_field_get_message (LF_FORM_FIELD (field)), ==, "Must be at least 1");
  g_assert_true (gtk_widget_has_css_class (spin, "error"));
  gtk_test_accessible_assert_state (spin, GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  lf_load_editor_clear_messages (LF_LOAD_EDITOR (editor));
  g_assert_false (gtk_widget_has_css_class (spin, "error"));
  g_assert_null (lf_form_field_get_message (LF_FORM_FIELD (field)));
  lf_load_editor_set_spec (LF_LOAD_EDITOR (editor), NULL);
  g_object_unref (editor);
}

static void
test_rows (void)
{
  GtkWidget *grid = g_object_ref_sink (g_object_new (LF_TYPE_ROW_GRID, NULL));
  GtkWidget *window = gtk_window_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (lf_record_free);
  GtkWidget *entry;
  GtkWidget *remove;
  guint changes = 0;
  LfRow *row;

  g_signal_connect (grid, "changed", G_CALLBACK (count_cb), &changes);
  lf_row_grid_set_rows (LF_ROW_GRID (grid), rows);
  gtk_window_set_child (GTK_WINDOW (window), grid);
  lf_row_grid_add (LF_ROW_GRID (grid));
  lf_row_grid_add (LF_ROW_GRID (grid));
  entry = gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (window)), GTK_TYPE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry),
                         "Accept-Language"); /* its name can be typed at once */
  g_assert_cmpuint (rows->len, ==, 2);
  row = rows->pdata[1];
  g_assert_cmpstr (row->name, ==, "Accept-Language");
  g_assert_true (row->enabled);
  gtk_editable_set_text (GTK_EDITABLE (find (grid, GTK_TYPE_ENTRY, 0)), "Accept");
  g_assert_cmpstr (((LfRow *) rows->pdata[0])->name, ==, "Accept");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find (grid, GTK_TYPE_CHECK_BUTTON, 0)), FALSE);
  g_assert_false (((LfRow *) rows->pdata[0])->enabled);
  g_assert_true (lf_row_grid_set_message (LF_ROW_GRID (grid), 1, FALSE, "no"));
  g_assert_false (lf_row_grid_set_message (LF_ROW_GRID (grid), 2, FALSE, "no"));
  changes = 0;
  remove = find (grid, GTK_TYPE_BUTTON, 0);
  gtk_test_accessible_assert_property (remove, GTK_ACCESSIBLE_PROPERTY_LABEL, "Remove this header");
  g_signal_emit_by_name (remove, "clicked");
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_true (rows->pdata[0] == row);
  g_assert_cmpuint (changes, ==, 1);
  lf_row_grid_set_rows (LF_ROW_GRID (grid), NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (grid);
}

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
  g_test_add_func ("/ui/words/profile", test_words);
  g_test_add_func ("/ui/words/ago", test_ago);
  g_test_add_func ("/ui/profile-preview/accessible", test_preview);
  g_test_add_func ("/ui/load-editor/users", test_users);
  g_test_add_func ("/ui/load-editor/kinds", test_kinds);
  g_test_add_func ("/ui/load-editor/other", test_other);
  g_test_add_func ("/ui/load-editor/others", test_others);
  g_test_add_func ("/ui/load-editor/message", test_message);
  g_test_add_func ("/ui/row-grid/rows", test_rows);
  return g_test_run ();
}
