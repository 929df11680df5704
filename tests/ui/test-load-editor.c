#include "config.h"

#include "lf-test-ui.h"

#include "lf-form-field.h"
#include "lf-load-editor.h"
#include "lf-ramp-private.h"
#include "lf-row-grid.h"
#include "lf-stage-list.h"
#include "lf-stage-row.h"
#include "lf-words.h"

static GtkWidget *
find_counted (GtkWidget *root, GType type, guint *skip)
{
  GtkWidget *found = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = g_type_is_a (G_OBJECT_TYPE (child), type) && (*skip)-- == 0
                ? child
                : find_counted (child, type, skip);
  return found;
}

/* The one after @skip others of @type, in the order of the tree. */
static GtkWidget *
find (GtkWidget *root, GType type, guint skip)
{
  return find_counted (root, type, &skip);
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

typedef struct
{
  LfSpec *spec;
  GtkWidget *window;
  GtkWidget *editor;
  guint changes;
} Stand;

static void
stand_up (Stand *stand, const char *profile)
{
  stand->spec = new_spec (profile);
  stand->changes = 0;
  stand->window = adw_window_new ();
  stand->editor = g_object_new (LF_TYPE_LOAD_EDITOR, NULL);
  adw_window_set_content (ADW_WINDOW (stand->window), stand->editor);
  lf_load_editor_set_spec (LF_LOAD_EDITOR (stand->editor), stand->spec);
  g_signal_connect (stand->editor, "changed", G_CALLBACK (count_cb), &stand->changes);
  gtk_window_set_default_size (GTK_WINDOW (stand->window), 600, -1);
  gtk_window_present (GTK_WINDOW (stand->window));
}

static void
tear_down (Stand *stand)
{
  lf_load_editor_set_spec (LF_LOAD_EDITOR (stand->editor), NULL);
  g_object_add_weak_pointer (G_OBJECT (stand->editor), (gpointer *) &stand->editor);
  gtk_window_destroy (GTK_WINDOW (stand->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (stand->editor);
  lf_spec_free (stand->spec);
}

static double
shown (Stand *stand, guint n)
{
  return gtk_spin_button_get_value (
      GTK_SPIN_BUTTON (find (stand->editor, GTK_TYPE_SPIN_BUTTON, n)));
}

/* The drawing and the numbers are one: what the hand does stands in the fields, what is typed is
 * drawn; and each drag is taken back whole. */
static void
test_ramp (void)
{
  Stand stand;
  GtkWidget *ramp;
  const LfRampPoint *point;

  stand_up (&stand, "{\"rampUp\": 5, \"users\": 20, \"steady\": 10, \"rampDown\": 5}");
  ramp = find (stand.editor, LF_TYPE_RAMP, 0);
  point = _lf_ramp_get_point (LF_RAMP (ramp), 1);
  g_assert_cmpfloat (point->value, ==, 20);
  LF_RAMP (ramp)->edit++;
  _lf_ramp_move (LF_RAMP (ramp), 1, 6, 25);
  _lf_ramp_move (LF_RAMP (ramp), 1, 8, 40);
  g_assert_cmpint (stand.spec->load_profile->users, ==, 40);
  g_assert_cmpfloat (shown (&stand, 0), ==, 8);
  g_assert_cmpfloat (shown (&stand, 1), ==, 40);
  g_assert_cmpuint (stand.changes, ==, 2);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find (stand.editor, GTK_TYPE_SPIN_BUTTON, 1)), 30);
  point = _lf_ramp_get_point (LF_RAMP (ramp), 1);
  g_assert_cmpfloat (point->value, ==, 30);
  gtk_widget_activate_action (stand.editor, "load.undo", NULL);
  g_assert_cmpint (stand.spec->load_profile->users, ==, 40);
  gtk_widget_activate_action (stand.editor, "load.undo", NULL);
  g_assert_cmpint (stand.spec->load_profile->users, ==, 20); /* both moves of one drag */
  g_assert_cmpfloat (stand.spec->load_profile->ramp_up, ==, 5);
  gtk_widget_activate_action (stand.editor, "load.redo", NULL);
  g_assert_cmpfloat (shown (&stand, 1), ==, 40);
  lf_test_screenshot (stand.window, "load-editor-ramp");
  tear_down (&stand);
}

/* A point that is added to the short form turns it into stages; the way back leads to the form. */
static void
test_added_point (void)
{
  Stand stand;
  GtkWidget *ramp, *kinds;

  stand_up (&stand, "{\"rampUp\": 5, \"users\": 20, \"steady\": 10, \"rampDown\": 5}");
  ramp = find (stand.editor, LF_TYPE_RAMP, 0);
  kinds = find (stand.editor, GTK_TYPE_DROP_DOWN, 0);
  _lf_ramp_add (LF_RAMP (ramp), 10, 35);
  g_assert_cmpint (stand.spec->load_profile->executor, ==, LF_EXECUTOR_RAMPING_VUS);
  g_assert_cmpuint (stand.spec->load_profile->stages->len, ==, 4);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (kinds)), ==, 2);
  g_assert_nonnull (find (stand.editor, LF_TYPE_STAGE_ROW, 3));
  lf_test_screenshot (stand.window, "load-editor-stages");
  gtk_widget_activate_action (stand.editor, "load.undo", NULL);
  g_assert_cmpint (stand.spec->load_profile->executor, ==, LF_EXECUTOR_NONE);
  g_assert_cmpint (stand.spec->load_profile->users, ==, 20);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (kinds)), ==, 0);
  tear_down (&stand);
}

static LfStage *
stage_of (Stand *stand, guint n)
{
  return stand->spec->load_profile->stages->pdata[n];
}

/* What is typed and does not fit is told beside the row, until it does; the number stays what it
 * was. */
static void
test_stage_typed (void)
{
  Stand stand;
  GtkWidget *list, *row, *spin;

  stand_up (&stand,
            "{\"executor\": \"ramping-vus\", \"stages\": [{\"duration\": 5, \"target\": 7}]}");
  list = find (stand.editor, LF_TYPE_STAGE_LIST, 0);
  row = find (list, LF_TYPE_STAGE_ROW, 0);
  spin = find (row, GTK_TYPE_SPIN_BUTTON, 0);
  gtk_editable_set_text (GTK_EDITABLE (spin), "99999999");
  g_assert_nonnull (lf_test_find (row, GTK_TYPE_LABEL, "Is no number from 0 to 1000000"));
  g_assert_cmpfloat (stage_of (&stand, 0)->duration, ==, 5);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  lf_load_editor_clear_messages (LF_LOAD_EDITOR (stand.editor)); /* which are others */
  g_assert_nonnull (lf_test_find (row, GTK_TYPE_LABEL, "Is no number from 0 to 1000000"));
  lf_test_screenshot (stand.window, "load-editor-stage-typed");
  gtk_editable_set_text (GTK_EDITABLE (spin), "12.5");
  g_assert_null (lf_test_find (row, GTK_TYPE_LABEL, "Is no number from 0 to 1000000"));
  g_assert_cmpfloat (stage_of (&stand, 0)->duration, ==, 12.5);
  tear_down (&stand);
}

static void
test_stages (void)
{
  Stand stand;
  GtkWidget *ramp, *row, *list;

  stand_up (&stand, "{\"executor\": \"ramping-arrival-rate\", \"preAllocatedVUs\": 5, \"stages\": "
                    "[{\"duration\": 5, \"target\": 7.5, \"note\": \"kept\"}, {\"duration\": 6, "
                    "\"target\": 9}]}");
  ramp = find (stand.editor, LF_TYPE_RAMP, 0);
  list = find (stand.editor, LF_TYPE_STAGE_LIST, 0);
  row = find (list, LF_TYPE_STAGE_ROW, 0);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find (row, GTK_TYPE_SPIN_BUTTON, 1)), 12.25);
  g_assert_cmpfloat (stage_of (&stand, 0)->target, ==, 12.25);
  g_assert_cmpfloat (_lf_ramp_get_point (LF_RAMP (ramp), 1)->value, ==, 12.25);
  g_signal_emit_by_name (row, "move", 1);
  g_assert_cmpfloat (stage_of (&stand, 1)->target, ==, 12.25);
  g_signal_emit_by_name (row, "move", -1); /* the first goes no higher */
  g_assert_cmpfloat (stage_of (&stand, 1)->target, ==, 12.25);
  g_signal_emit_by_name (find (row, GTK_TYPE_BUTTON, 4), "clicked");
  g_assert_cmpuint (stand.spec->load_profile->stages->len, ==, 1);
  g_signal_emit_by_name (find (list, GTK_TYPE_BUTTON, 5), "clicked");
  g_assert_cmpuint (stand.spec->load_profile->stages->len, ==, 2);
  g_assert_cmpfloat (stage_of (&stand, 1)->target, ==, 12.25); /* goes on as it was */
  g_assert_true (lf_load_editor_set_message (LF_LOAD_EDITOR (stand.editor), "/stages/1/target",
                                             "is too high"));
  lf_test_screenshot (stand.window, "load-editor-stage-fault");
  lf_load_editor_clear_messages (LF_LOAD_EDITOR (stand.editor));
  for (guint i = 0; i < 4; i++)
    gtk_widget_activate_action (stand.editor, "load.undo", NULL);
  g_assert_cmpfloat (stage_of (&stand, 0)->target, ==, 7.5);
  gtk_widget_activate_action (stand.editor, "load.undo", NULL); /* nothing is left to be undone */
  g_assert_cmpuint (stand.spec->load_profile->stages->len, ==, 2);
  tear_down (&stand);
}

/* Each preset, and each kind as it is first chosen, can be run as it is. */
static void
test_presets (void)
{
  static const char *const presets[] = {
    "smoke", "average", "stress", "soak", "spike", "breakpoint"
  };
  Stand stand;
  GtkWidget *kinds;

  stand_up (&stand, "{\"rampUp\": 5, \"users\": 20, \"steady\": 10, \"rampDown\": 5}");
  kinds = find (stand.editor, GTK_TYPE_DROP_DOWN, 0);
  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    {
      g_autoptr (GPtrArray) problems = NULL;

      gtk_widget_activate_action (stand.editor, "load.preset", "s", presets[i]);
      g_assert_cmpuint (stand.changes, ==, i + 1);
      problems = lf_spec_validate (stand.spec);
      g_assert_cmpuint (problems->len, ==, 0);
    }
  for (guint kind = 0;
       kind < g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (kinds))); kind++)
    {
      g_autofree char *name = g_strdup_printf ("load-editor-kind-%u", kind);
      g_autoptr (GPtrArray) problems = NULL;

      gtk_drop_down_set_selected (GTK_DROP_DOWN (kinds), kind);
      lf_test_screenshot (stand.window, name);
      problems = lf_spec_validate (stand.spec);
      g_assert_cmpuint (problems->len, ==, 0);
    }
  tear_down (&stand);
}

static void
test_total (void)
{
  static const struct
  {
    const char *profile;
    const char *words; /* NULL: nobody knows */
  } cases[] = {
    { "{\"executor\": \"ramping-arrival-rate\", \"preAllocatedVUs\": 5, \"stages\": "
      "[{\"duration\": "
      "10, \"target\": 100}, {\"duration\": 20, \"target\": 100}]}",
      "About 2500 requests in 30 s" },
    { "{\"executor\": \"constant-arrival-rate\", \"rate\": 60, \"timeUnit\": 60, \"duration\": 1, "
      "\"preAllocatedVUs\": 5}",
      "About 1 request in 1 s" },
    { "{\"executor\": \"per-vu-iterations\", \"vus\": 7, \"iterations\": 13, \"duration\": 5}",
      "About 91 requests in at most 5 s" },
    { "{\"rampUp\": 5, \"users\": 20, \"steady\": 10, \"rampDown\": 5}", NULL },
    { "{\"executor\": \"manual\", \"rate\": 20, \"maxVUs\": 5, \"duration\": 60}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LfSpec) spec = new_spec (cases[i].profile);
      g_autofree char *words = lf_words_total (spec);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* Whether some label that is shown says @words. */
static gboolean
says (GtkWidget *root, const char *words)
{
  GtkWidget *label;

  for (guint i = 0; (label = find (root, GTK_TYPE_LABEL, i)) != NULL; i++)
    if (gtk_widget_get_visible (label) &&
        strstr (gtk_label_get_text (GTK_LABEL (label)), words) != NULL)
      return TRUE;
  return FALSE;
}

/* One "request" says what many steps say elsewhere. */
static void
test_total_of_request (void)
{
  g_autoptr (LfSpec) spec = lf_spec_from_text (
      "{\"name\": \"a\", \"request\": {\"url\": \"http://a/\"}, \"loadProfile\": {\"executor\": "
      "\"per-vu-iterations\", \"vus\": 7, \"iterations\": 13, \"duration\": 5}}",
      -1, NULL);
  g_autofree char *words = lf_words_total (spec);

  g_assert_cmpstr (words, ==, "About 91 requests in at most 5 s");
}

/* "150" is typed digit by digit, and leaves the users that are ready from the start as they were.
 */
static void
test_typed_most (void)
{
  static const double typed[] = { 1, 15, 150 };
  GtkWidget *most;
  Stand stand;

  stand_up (&stand, "{\"executor\": \"constant-arrival-rate\", \"rate\": 50, \"duration\": 60, "
                    "\"preAllocatedVUs\": 80, \"maxVUs\": 100}");
  for (guint i = 0; (most = find (stand.editor, GTK_TYPE_SPIN_BUTTON, i)) != NULL; i++)
    if (gtk_spin_button_get_value (GTK_SPIN_BUTTON (most)) == 100)
      break;
  g_assert_nonnull (most);
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (most), typed[i]);
  g_assert_cmpint (stand.spec->load_profile->max_vus, ==, 150);
  g_assert_cmpint (stand.spec->load_profile->pre_allocated_vus, ==, 80);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (most), 40);
  g_assert_cmpint (stand.spec->load_profile->pre_allocated_vus, ==, 40);
  tear_down (&stand);
}

/* More users than this machine has ports are told of before the run. */
static void
test_warning (void)
{
  Stand stand;
  GtkWidget *spin;

  stand_up (&stand, "{\"executor\": \"constant-vus\", \"vus\": 3, \"duration\": 9}");
  g_assert_false (says (stand.editor, "users need"));
  spin = find (stand.editor, GTK_TYPE_SPIN_BUTTON, 0);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 1000000);
  g_assert_true (says (stand.editor, "users need"));
  lf_test_screenshot (stand.window, "load-editor-warning");
  tear_down (&stand);
}

static void
test_warmup (void)
{
  Stand stand;
  GtkWidget *field, *last = NULL;

  stand_up (&stand, "{\"executor\": \"constant-vus\", \"vus\": 3, \"duration\": 9}");
  for (guint i = 0; (field = find (stand.editor, LF_TYPE_FORM_FIELD, i)) != NULL; i++)
    last = field;
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (lf_form_field_get_child (LF_FORM_FIELD (last))), 2.5);
  g_assert_cmpfloat (stand.spec->warmup, ==, 2.5);
  g_assert_cmpfloat (LF_RAMP (find (stand.editor, LF_TYPE_RAMP, 0))->warmup, ==, 2.5);
  lf_load_editor_set_warmup_message (LF_LOAD_EDITOR (stand.editor), "is too long");
  g_assert_cmpstr (lf_form_field_get_message (LF_FORM_FIELD (last)), ==, "Is too long");
  tear_down (&stand);
}

static void
test_message (void)
{
  g_autoptr (LfSpec) spec =
      new_spec ("{\"rampUp\": 5, \"users\": 0, \"steady\": 10, \"rampDown\": 0}");
  GtkWidget *editor = g_object_ref_sink (g_object_new (LF_TYPE_LOAD_EDITOR, NULL));
  GtkWidget *field, *spin;

  lf_load_editor_set_spec (LF_LOAD_EDITOR (editor), spec);
  field = find (editor, LF_TYPE_FORM_FIELD, 1);
  spin = lf_form_field_get_child (LF_FORM_FIELD (field));
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
  g_test_add_func ("/ui/load-editor/users", test_users);
  g_test_add_func ("/ui/load-editor/kinds", test_kinds);
  g_test_add_func ("/ui/load-editor/other", test_other);
  g_test_add_func ("/ui/load-editor/others", test_others);
  g_test_add_func ("/ui/load-editor/ramp", test_ramp);
  g_test_add_func ("/ui/load-editor/added-point", test_added_point);
  g_test_add_func ("/ui/load-editor/stages", test_stages);
  g_test_add_func ("/ui/load-editor/stage-typed", test_stage_typed);
  g_test_add_func ("/ui/load-editor/presets", test_presets);
  g_test_add_func ("/ui/load-editor/total", test_total);
  g_test_add_func ("/ui/load-editor/total-of-request", test_total_of_request);
  g_test_add_func ("/ui/load-editor/typed-most", test_typed_most);
  g_test_add_func ("/ui/load-editor/warning", test_warning);
  g_test_add_func ("/ui/load-editor/warmup", test_warmup);
  g_test_add_func ("/ui/load-editor/message", test_message);
  g_test_add_func ("/ui/row-grid/rows", test_rows);
  return g_test_run ();
}
