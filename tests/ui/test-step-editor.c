#include "config.h"

#include "lf-test-editor.h"
#include "lf-test-ui.h"

typedef LfTestEditor Fixture;

static const char *
url_of (LfSpecEditor *editor, guint n)
{
  return lf_spec_get_step (lf_spec_editor_get_spec (editor), n)->url;
}

static const char *
shown_url (LfSpecEditor *editor)
{
  return gtk_editable_get_text (GTK_EDITABLE (lf_test_editor_step (editor)->url));
}

/* A person makes three steps of one, changes their order, loses one and gets it back. */
static void
test_steps (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) stored = NULL;

  lf_set_string (&lf_spec_get_step (spec, 0)->url, "http://a/1");
  lf_spec_editor_set_spec (editor, fixture->store, spec);
  gtk_widget_activate_action (editor->steps, "steps.add", NULL);
  g_assert_cmpuint (lf_spec_get_n_steps (lf_spec_editor_get_spec (editor)), ==, 2);
  g_assert_cmpstr (shown_url (editor), ==, "");
  lf_test_set_text (lf_test_editor_step (editor)->url, "http://a/2");
  gtk_widget_activate_action (editor->steps, "steps.duplicate", "u", 1);
  lf_test_set_text (lf_test_editor_step (editor)->url, "http://a/3");
  g_assert_cmpstr (url_of (editor, 1), ==, "http://a/2"); /* a copy, not the same */
  gtk_widget_activate_action (editor->steps, "steps.move", "i", -1);
  g_assert_cmpstr (url_of (editor, 1), ==, "http://a/3");
  g_assert_cmpstr (shown_url (editor), ==, "http://a/3"); /* goes along */
  lf_test_screenshot (fixture->window, "editor-steps");
  gtk_widget_activate_action (editor->steps, "steps.remove", "u", 0);
  g_assert_cmpstr (url_of (editor, 0), ==, "http://a/3");
  g_assert_cmpstr (shown_url (editor), ==, "http://a/3");
  gtk_widget_activate_action (editor->steps, "steps.undo", NULL);
  g_assert_cmpstr (url_of (editor, 0), ==, "http://a/1");
  gtk_widget_activate_action (editor->steps, "steps.undo", NULL); /* nothing more to undo */
  g_assert_cmpuint (lf_spec_get_n_steps (lf_spec_editor_get_spec (editor)), ==, 3);
  for (guint i = 0; i < 3; i++)
    gtk_widget_activate_action (editor->steps, "steps.remove", "u", 0);
  g_assert_false (gtk_widget_get_visible (editor->step)); /* none is left */
  g_assert_false (lf_spec_editor_check (editor));
  gtk_widget_activate_action (editor->steps, "steps.undo", NULL);
  g_assert_true (gtk_widget_get_visible (editor->step));
  lf_test_editor_save (fixture, &error);
  g_assert_no_error (error);
  stored = lf_test_specs_load (fixture->store, lf_spec_editor_get_spec (editor)->id);
  g_assert_cmpuint (lf_spec_get_n_steps (stored), ==, 1);
}

/* A step that is switched off is kept and marked; Run goes to the step that is wrong. */
static void
test_step_off (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = lf_spec_from_text (
      "{\"name\": \"a\", \"steps\": [{\"url\": \"http://a/1\"}, {\"url\": \"nonsense\"}], "
      "\"loadProfile\": {\"rampUp\": 0, \"users\": 1, \"steady\": 1, \"rampDown\": 0}}",
      -1, &error);
  GtkWidget *check;

  g_assert_no_error (error);
  lf_spec_editor_set_spec (editor, fixture->store, spec);
  g_assert_false (lf_spec_editor_check (editor));
  g_assert_cmpuint (lf_step_list_get_selected (LF_STEP_LIST (editor->steps)), ==, 1);
  g_assert_nonnull (lf_test_message_of (lf_test_editor_step (editor)->url_field));
  lf_test_screenshot (fixture->window, "editor-steps-fault");
  check = lf_test_find (editor->steps, GTK_TYPE_CHECK_BUTTON, NULL); /* of the first */
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), FALSE);
  g_assert_true (lf_spec_editor_is_modified (editor));
  g_assert_false (lf_spec_get_step (lf_spec_editor_get_spec (editor), 0)->enabled);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_assert_false (lf_spec_editor_is_modified (editor));
}

static GtkWidget *
param_of (LfSpecEditor *editor, GType type)
{
  return lf_test_find (lf_test_editor_step (editor)->params, type, NULL); /* of the first row */
}

static const LfStep *
step_of (LfSpecEditor *editor)
{
  return lf_spec_get_step (lf_spec_editor_get_spec (editor), 0);
}

/* What is typed into the URL stands in the grid, and the other way round; what is switched off
 * leaves the URL, and is not lost. */
static void
test_params (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = lf_spec_from_text (
      "{\"name\": \"a\", \"steps\": [{\"url\": \"http://a/?q=a+b&x={{n}}#f\", \"params\": "
      "[{\"name\": \"page\", \"value\": \"1 & 2\"}]}]}",
      -1, &error);

  g_assert_no_error (error);
  lf_spec_editor_set_spec (editor, fixture->store, spec);
  g_assert_false (lf_spec_editor_is_modified (editor));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (param_of (editor, GTK_TYPE_ENTRY))), ==,
                   "q");
  lf_test_set_text (lf_test_editor_step (editor)->url, "http://a/?first=1&x={{n}}#f");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (param_of (editor, GTK_TYPE_ENTRY))), ==,
                   "first");
  g_assert_cmpuint (step_of (editor)->params->len, ==, 1); /* kept apart as it was */
  lf_test_set_text (param_of (editor, GTK_TYPE_ENTRY), "se cond");
  g_assert_cmpstr (shown_url (editor), ==, "http://a/?se%20cond=1&x={{n}}&page=1%20%26%202#f");
  g_assert_cmpuint (step_of (editor)->params->len, ==, 0);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (param_of (editor, GTK_TYPE_CHECK_BUTTON)), FALSE);
  g_assert_cmpstr (step_of (editor)->url, ==, "http://a/?x={{n}}&page=1%20%26%202#f");
  g_assert_cmpstr (((const LfRow *) step_of (editor)->params->pdata[0])->name, ==, "se cond");
  lf_test_set_text (lf_test_editor_step (editor)->url, "http://a/"); /* what is off stays */
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (param_of (editor, GTK_TYPE_ENTRY))), ==,
                   "se cond");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (param_of (editor, GTK_TYPE_CHECK_BUTTON)), TRUE);
  g_assert_cmpstr (shown_url (editor), ==, "http://a/?se%20cond=1");
  g_assert_cmpuint (step_of (editor)->params->len, ==, 0);
}

/* A step shows what holds for it, says itself only what was changed there, and can take that back.
 */
static void
test_options (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  GtkWidget *of_all, *of_step, *proxy;

  lf_set_string (&lf_spec_get_step (spec, 0)->url, "http://a/");
  lf_spec_editor_set_spec (editor, fixture->store, spec);
  gtk_expander_set_expanded (GTK_EXPANDER (editor->options), TRUE);
  gtk_expander_set_expanded (GTK_EXPANDER (lf_test_editor_step (editor)->options), TRUE);
  lf_test_wait_until (gtk_widget_get_mapped (editor->http) &&
                      gtk_widget_get_mapped (lf_test_editor_step (editor)->http));
  of_all = lf_test_find (editor->http, GTK_TYPE_SPIN_BUTTON, NULL); /* the time limit */
  of_step = lf_test_find (lf_test_editor_step (editor)->http, GTK_TYPE_SPIN_BUTTON, NULL);
  g_assert_cmpfloat (gtk_spin_button_get_value (GTK_SPIN_BUTTON (of_all)), ==, 60);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (of_all), 7);
  g_assert_cmpfloat (lf_spec_editor_get_spec (editor)->http->timeout, ==, 7);
  g_assert_cmpfloat (gtk_spin_button_get_value (GTK_SPIN_BUTTON (of_step)), ==, 7); /* inherited */
  g_assert_null (step_of (editor)->http);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (of_step), 2.5);
  g_assert_cmpfloat (step_of (editor)->http->timeout, ==, 2.5);
  g_assert_cmpfloat (lf_spec_editor_get_spec (editor)->http->timeout, ==, 7);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (lf_test_find (lf_test_editor_step (editor)->http,
                                                               GTK_TYPE_CHECK_BUTTON, NULL)),
                               FALSE);
  g_assert_false (step_of (editor)->http->follow_redirects);
  g_assert_false (
      lf_record_is_present (step_of (editor)->http, G_STRUCT_OFFSET (LfHttpOptions, keep_alive)));
  proxy = gtk_widget_get_next_sibling (
      lf_test_find (lf_test_editor_step (editor)->http, GTK_TYPE_LABEL, "Proxy"));
  lf_test_set_text (proxy, "no proxy at all");
  g_assert_false (lf_spec_editor_check (editor));
  g_assert_true (gtk_widget_has_css_class (proxy, "error"));
  lf_test_screenshot (fixture->window, "editor-options");
  g_signal_emit_by_name (
      gtk_widget_get_ancestor (
          lf_test_find (lf_test_editor_step (editor)->http, GTK_TYPE_LABEL, "Inherit All Again"),
          GTK_TYPE_BUTTON),
      "clicked");
  g_assert_null (step_of (editor)->http);
  g_assert_cmpfloat (gtk_spin_button_get_value (GTK_SPIN_BUTTON (of_step)), ==, 7);
}

/* A pause is one number until somebody wants two; none is not in the document. */
static void
test_think_time (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  GtkWidget *min, *max;

  lf_set_string (&lf_spec_get_step (spec, 0)->url, "http://a/");
  lf_spec_editor_set_spec (editor, fixture->store, spec);
  gtk_expander_set_expanded (GTK_EXPANDER (lf_test_editor_step (editor)->options), TRUE);
  lf_test_wait_until (gtk_widget_get_mapped (lf_test_editor_step (editor)->think));
  min = gtk_widget_get_next_sibling (
      lf_test_find (lf_test_editor_step (editor)->think, GTK_TYPE_LABEL, "Shortest pause (s)"));
  max = gtk_widget_get_next_sibling (
      lf_test_find (lf_test_editor_step (editor)->think, GTK_TYPE_LABEL, "Longest pause (s)"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (min), 2);
  g_assert_cmpfloat (step_of (editor)->think_time->max, ==, 2);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (max), 5.5);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (min), 1);
  g_assert_cmpfloat (step_of (editor)->think_time->min, ==, 1);
  g_assert_cmpfloat (step_of (editor)->think_time->max, ==, 5.5);
  g_assert_true (lf_spec_editor_check (editor));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (max), 0.5);
  gtk_expander_set_expanded (GTK_EXPANDER (lf_test_editor_step (editor)->options), FALSE);
  g_assert_false (lf_spec_editor_check (editor)); /* and shows where */
  g_assert_true (gtk_expander_get_expanded (GTK_EXPANDER (lf_test_editor_step (editor)->options)));
  g_assert_true (gtk_widget_has_css_class (max, "error"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (max), 0);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (min), 0);
  g_assert_null (step_of (editor)->think_time);
  g_assert_false (lf_spec_editor_is_modified (editor));
}

static GtkWidget *
auth_entry (LfSpecEditor *editor, GType type)
{
  return lf_test_find (lf_test_editor_step (editor)->auth, type, NULL);
}

/* Each way to sign in has its own fields; what stood in another one comes back with it, and is not
 * in the document meanwhile. */
static void
test_auth (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  GtkWidget *types, *place;
  g_autofree char *text = NULL;

  lf_set_string (&lf_spec_get_step (spec, 0)->url, "http://a/");
  lf_spec_editor_set_spec (editor, fixture->store, spec);
  types = auth_entry (editor, GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (types), LF_AUTH_BASIC);
  g_assert_false (lf_spec_editor_check (editor)); /* nobody signs in without a name */
  lf_test_set_text (auth_entry (editor, GTK_TYPE_ENTRY), "ann");
  lf_test_set_text (auth_entry (editor, GTK_TYPE_PASSWORD_ENTRY), "s3cret");
  g_assert_true (lf_spec_editor_check (editor));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (types), LF_AUTH_API_KEY);
  lf_test_set_text (auth_entry (editor, GTK_TYPE_ENTRY), "key");
  lf_test_set_text (auth_entry (editor, GTK_TYPE_PASSWORD_ENTRY), "k");
  lf_test_wait_until (gtk_widget_get_width (types) > 0);
  lf_test_screenshot (fixture->window, "editor-auth");
  place = gtk_widget_get_ancestor (
      lf_test_find (lf_test_editor_step (editor)->auth, GTK_TYPE_LABEL, "Header"),
      GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (place), 1);
  text = lf_spec_to_text (lf_spec_editor_get_spec (editor));
  g_assert_null (strstr (text, "s3cret"));
  g_assert_nonnull (strstr (text, "\"query\""));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (types), LF_AUTH_BASIC);
  g_assert_cmpstr (lf_spec_get_step (lf_spec_editor_get_spec (editor), 0)->auth->password, ==,
                   "s3cret");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (types), LF_AUTH_NONE);
  g_assert_false (lf_spec_editor_is_modified (editor));
}

#define ADD(path, test)                                                                            \
  g_test_add ("/ui/step-editor/" path, Fixture, NULL, lf_test_editor_set_up, test,                 \
              lf_test_editor_tear_down)

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
  ADD ("steps", test_steps);
  ADD ("step-off", test_step_off);
  ADD ("params", test_params);
  ADD ("options", test_options);
  ADD ("think-time", test_think_time);
  ADD ("auth", test_auth);
  return g_test_run ();
}
