#include "config.h"

#include "lf-test-editor.h"
#include "lf-test-ui.h"

#include "lf-step-editor-private.h"

typedef LfTestEditor Fixture;

static LfStepEditor *
step_editor (LfSpecEditor *editor)
{
  return LF_STEP_EDITOR (editor->step);
}

static void
save (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_spec_editor_save_async (fixture->editor, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  lf_spec_editor_save_finish (fixture->editor, result, error);
}

static void
set_text (GtkWidget *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static const char *
message_of (GtkWidget *field)
{
  return lf_form_field_get_message (LF_FORM_FIELD (field));
}

static void
test_new (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (LfSpec) stored = NULL;
  g_autoptr (GError) error = NULL;

  lf_spec_editor_set_spec (editor, fixture->store, spec);
  g_assert_false (lf_spec_editor_is_modified (editor));
  g_assert_true (lf_spec_editor_is_new (editor));
  g_assert_null (
      message_of (step_editor (editor)->url_field)); /* not filled in yet is no mistake yet */
  gtk_drop_down_set_selected (GTK_DROP_DOWN (step_editor (editor)->method), 1);
  set_text (step_editor (editor)->url, "http://127.0.0.1:1/orders");
  g_assert_true (lf_spec_editor_is_modified (editor));
  save (fixture, &error);
  g_assert_no_error (error);
  g_assert_false (lf_spec_editor_is_modified (editor));
  g_assert_false (lf_spec_editor_is_new (editor));
  stored = lf_test_specs_load (fixture->store, lf_spec_editor_get_spec (editor)->id);
  g_assert_cmpstr (stored->name, ==, "POST /orders"); /* nobody has to think of a name */
  g_assert_cmpstr (lf_spec_get_step (stored, 0)->method, ==, "POST");
  g_assert_cmpstr (lf_spec_get_step (stored, 0)->url, ==, "http://127.0.0.1:1/orders");
}

/* A draft may be saved; it is not called after a method alone. */
static void
test_draft (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (GError) error = NULL;

  lf_spec_editor_set_spec (fixture->editor, fixture->store, spec);
  save (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->editor->name)), ==, "New Spec");
}

/* Every field that the editor does not show survives an edit of one that it does. */
static void
test_keeps (Fixture *fixture, gconstpointer data)
{
  static const char text[] =
      "{\"schema\": \"loadforge/spec/1\", \"name\": \"Big\", \"description\": \"d\", \"tags\": "
      "[\"a\"], "
      "\"future\": {\"x\": 1}, \"http\": {\"version\": \"2\", \"timeout\": 3}, \"steps\": ["
      "{\"name\": \"one\", \"url\": \"http://a/1\", \"params\": [{\"name\": \"q\", \"value\": "
      "\"1\"}], "
      "\"auth\": {\"type\": \"basic\", \"username\": \"u\", \"password\": \"p\"}, "
      "\"thinkTime\": {\"min\": 1, \"max\": 2}},"
      "{\"name\": \"two\", \"method\": \"PURGE\", \"url\": \"http://a/2\", "
      "\"body\": {\"type\": \"form\", \"fields\": [{\"name\": \"f\", \"value\": \"v\"}]}}], "
      "\"loadProfile\": {\"executor\": \"ramping-vus\", \"stages\": [{\"duration\": 5, \"target\": "
      "3}]}}";
  LfSpecEditor *editor = fixture->editor;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = lf_spec_from_text (text, -1, &error);
  g_autoptr (LfSpec) expected = NULL;
  g_autoptr (LfSpec) stored = NULL;

  g_assert_no_error (error);
  expected = lf_spec_copy (spec);
  lf_set_string (&lf_spec_get_step (expected, 1)->url, "http://a/changed");
  lf_spec_editor_set_spec (editor, fixture->store, spec);
  g_assert_false (lf_spec_editor_is_modified (editor));
  lf_step_list_select (LF_STEP_LIST (editor->steps), 1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (step_editor (editor)->url)), ==,
                   "http://a/2");
  g_assert_cmpstr (gtk_string_object_get_string (gtk_drop_down_get_selected_item (
                       GTK_DROP_DOWN (step_editor (editor)->method))),
                   ==, "PURGE");
  g_assert_false (lf_spec_editor_is_modified (editor));
  set_text (step_editor (editor)->url, "http://a/changed");
  save (fixture, &error);
  g_assert_no_error (error);
  stored = lf_test_specs_load (fixture->store, lf_spec_editor_get_spec (editor)->id);
  lf_set_string (&expected->id, stored->id);
  expected->revision = stored->revision;
  expected->created_at = stored->created_at;
  expected->updated_at = stored->updated_at;
  g_assert_true (lf_record_equal (stored, expected));
}

static void
test_messages (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  GtkWidget *name, *value;

  lf_spec_editor_set_spec (editor, fixture->store, spec);
  set_text (step_editor (editor)->url, "example.org");
  lf_test_wait_until (message_of (step_editor (editor)->url_field) != NULL);
  g_assert_true (gtk_widget_has_css_class (step_editor (editor)->url, "error"));
  gtk_test_accessible_assert_state (step_editor (editor)->url, GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_false (lf_spec_editor_check (editor));
  set_text (step_editor (editor)->url, "http://example.org");
  lf_test_wait_until (message_of (step_editor (editor)->url_field) == NULL);
  g_assert_true (lf_spec_editor_check (editor));

  lf_row_grid_add (LF_ROW_GRID (step_editor (editor)->headers));
  name = lf_test_find (step_editor (editor)->headers, GTK_TYPE_ENTRY, NULL);
  set_text (name, "two words");
  lf_test_wait_until (gtk_widget_has_css_class (name, "error"));
  set_text (name, "X-One");
  lf_test_wait_until (!gtk_widget_has_css_class (name, "error"));
  g_assert_true (lf_spec_editor_check (editor));
  value = gtk_widget_get_next_sibling (name);
  set_text (value, "a\nb"); /* as pasted */
  lf_test_wait_until (gtk_widget_has_css_class (value, "error"));
  g_assert_false (gtk_widget_has_css_class (name, "error"));
  set_text (value, "a b");
  lf_test_wait_until (!gtk_widget_has_css_class (value, "error"));
}

static const char *
url_of (LfSpecEditor *editor, guint n)
{
  return lf_spec_get_step (lf_spec_editor_get_spec (editor), n)->url;
}

static const char *
shown_url (LfSpecEditor *editor)
{
  return gtk_editable_get_text (GTK_EDITABLE (step_editor (editor)->url));
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
  set_text (step_editor (editor)->url, "http://a/2");
  gtk_widget_activate_action (editor->steps, "steps.duplicate", "u", 1);
  set_text (step_editor (editor)->url, "http://a/3");
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
  save (fixture, &error);
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
  g_assert_nonnull (message_of (step_editor (editor)->url_field));
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
  return lf_test_find (step_editor (editor)->params, type, NULL); /* of the first row */
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
  set_text (step_editor (editor)->url, "http://a/?first=1&x={{n}}#f");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (param_of (editor, GTK_TYPE_ENTRY))), ==,
                   "first");
  g_assert_cmpuint (step_of (editor)->params->len, ==, 1); /* kept apart as it was */
  set_text (param_of (editor, GTK_TYPE_ENTRY), "se cond");
  g_assert_cmpstr (shown_url (editor), ==, "http://a/?se%20cond=1&x={{n}}&page=1%20%26%202#f");
  g_assert_cmpuint (step_of (editor)->params->len, ==, 0);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (param_of (editor, GTK_TYPE_CHECK_BUTTON)), FALSE);
  g_assert_cmpstr (step_of (editor)->url, ==, "http://a/?x={{n}}&page=1%20%26%202#f");
  g_assert_cmpstr (((const LfRow *) step_of (editor)->params->pdata[0])->name, ==, "se cond");
  set_text (step_editor (editor)->url, "http://a/"); /* what is off stays */
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
  gtk_expander_set_expanded (GTK_EXPANDER (step_editor (editor)->options), TRUE);
  lf_test_wait_until (gtk_widget_get_mapped (editor->http) &&
                      gtk_widget_get_mapped (step_editor (editor)->http));
  of_all = lf_test_find (editor->http, GTK_TYPE_SPIN_BUTTON, NULL); /* the time limit */
  of_step = lf_test_find (step_editor (editor)->http, GTK_TYPE_SPIN_BUTTON, NULL);
  g_assert_cmpfloat (gtk_spin_button_get_value (GTK_SPIN_BUTTON (of_all)), ==, 60);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (of_all), 7);
  g_assert_cmpfloat (lf_spec_editor_get_spec (editor)->http->timeout, ==, 7);
  g_assert_cmpfloat (gtk_spin_button_get_value (GTK_SPIN_BUTTON (of_step)), ==, 7); /* inherited */
  g_assert_null (step_of (editor)->http);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (of_step), 2.5);
  g_assert_cmpfloat (step_of (editor)->http->timeout, ==, 2.5);
  g_assert_cmpfloat (lf_spec_editor_get_spec (editor)->http->timeout, ==, 7);
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (lf_test_find (step_editor (editor)->http, GTK_TYPE_CHECK_BUTTON, NULL)),
      FALSE);
  g_assert_false (step_of (editor)->http->follow_redirects);
  g_assert_false (
      lf_record_is_present (step_of (editor)->http, G_STRUCT_OFFSET (LfHttpOptions, keep_alive)));
  proxy = gtk_widget_get_next_sibling (
      lf_test_find (step_editor (editor)->http, GTK_TYPE_LABEL, "Proxy"));
  set_text (proxy, "no proxy at all");
  g_assert_false (lf_spec_editor_check (editor));
  g_assert_true (gtk_widget_has_css_class (proxy, "error"));
  lf_test_screenshot (fixture->window, "editor-options");
  g_signal_emit_by_name (
      gtk_widget_get_ancestor (
          lf_test_find (step_editor (editor)->http, GTK_TYPE_LABEL, "Inherit All Again"),
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
  gtk_expander_set_expanded (GTK_EXPANDER (step_editor (editor)->options), TRUE);
  lf_test_wait_until (gtk_widget_get_mapped (step_editor (editor)->think));
  min = gtk_widget_get_next_sibling (
      lf_test_find (step_editor (editor)->think, GTK_TYPE_LABEL, "Shortest pause (s)"));
  max = gtk_widget_get_next_sibling (
      lf_test_find (step_editor (editor)->think, GTK_TYPE_LABEL, "Longest pause (s)"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (min), 2);
  g_assert_cmpfloat (step_of (editor)->think_time->max, ==, 2);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (max), 5.5);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (min), 1);
  g_assert_cmpfloat (step_of (editor)->think_time->min, ==, 1);
  g_assert_cmpfloat (step_of (editor)->think_time->max, ==, 5.5);
  g_assert_true (lf_spec_editor_check (editor));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (max), 0.5);
  gtk_expander_set_expanded (GTK_EXPANDER (step_editor (editor)->options), FALSE);
  g_assert_false (lf_spec_editor_check (editor)); /* and shows where */
  g_assert_true (gtk_expander_get_expanded (GTK_EXPANDER (step_editor (editor)->options)));
  g_assert_true (gtk_widget_has_css_class (max, "error"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (max), 0);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (min), 0);
  g_assert_null (step_of (editor)->think_time);
  g_assert_false (lf_spec_editor_is_modified (editor));
}

static void
test_about (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  g_autoptr (LfSpec) spec = lf_spec_new_default ();

  lf_spec_editor_set_spec (editor, fixture->store, spec);
  set_text (editor->tags, " nightly,, checkout ,");
  set_text (editor->description, "What the shop can take");
  g_assert_cmpuint (g_strv_length (lf_spec_editor_get_spec (editor)->tags), ==, 2);
  g_assert_cmpstr (lf_spec_editor_get_spec (editor)->tags[1], ==, "checkout");
  g_assert_cmpstr (lf_spec_editor_get_spec (editor)->description, ==, "What the shop can take");
  set_text (editor->tags, "");
  g_assert_null (lf_spec_editor_get_spec (editor)->tags);
}

static GtkWidget *
auth_entry (LfSpecEditor *editor, GType type)
{
  return lf_test_find (step_editor (editor)->auth, type, NULL);
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
  set_text (auth_entry (editor, GTK_TYPE_ENTRY), "ann");
  set_text (auth_entry (editor, GTK_TYPE_PASSWORD_ENTRY), "s3cret");
  g_assert_true (lf_spec_editor_check (editor));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (types), LF_AUTH_API_KEY);
  set_text (auth_entry (editor, GTK_TYPE_ENTRY), "key");
  set_text (auth_entry (editor, GTK_TYPE_PASSWORD_ENTRY), "k");
  lf_test_wait_until (gtk_widget_get_width (types) > 0);
  lf_test_screenshot (fixture->window, "editor-auth");
  place = gtk_widget_get_ancestor (
      lf_test_find (step_editor (editor)->auth, GTK_TYPE_LABEL, "Header"), GTK_TYPE_DROP_DOWN);
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

/* Run on a spec that nobody has filled in says what is missing. */
static void
test_check_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_spec_new_default ();

  lf_spec_editor_set_spec (fixture->editor, fixture->store, spec);
  g_assert_false (lf_spec_editor_check (fixture->editor));
  g_assert_nonnull (message_of (step_editor (fixture->editor)->url_field));
}

static void
test_unsupported (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  g_autoptr (LfSpec) spec = lf_spec_new_default ();

  lf_set_string (&lf_spec_get_step (spec, 0)->url, "http://${host}/");
  lf_spec_editor_set_spec (editor, fixture->store, spec);
  g_assert_true (gtk_widget_get_visible (editor->problems_box));
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (editor->problems)), "variables"));
  g_assert_false (lf_spec_editor_check (editor));
}

static void
test_json (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  LfBodyEditor *body = LF_BODY_EDITOR (step_editor (editor)->body);
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  GtkWidget *kind, *text;

  lf_set_string (&lf_spec_get_step (spec, 0)->url, "http://a/");
  lf_spec_editor_set_spec (editor, fixture->store, spec);
  kind = lf_test_find (step_editor (editor)->body, GTK_TYPE_DROP_DOWN, NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (kind), 2);
  text = lf_test_find (step_editor (editor)->body, GTK_TYPE_TEXT_VIEW, NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), "{\n\"a\": }", -1);
  lf_test_wait_until (lf_body_editor_get_message (body) != NULL &&
                      strstr (lf_body_editor_get_message (body), "line") != NULL);
  g_assert_false (lf_spec_editor_check (editor));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), "{\"a\": 1}", -1);
  lf_test_wait_until (lf_body_editor_get_message (body) == NULL);
  g_assert_true (lf_spec_editor_check (editor));
  g_assert_cmpstr (lf_spec_get_step (lf_spec_editor_get_spec (editor), 0)->body->text, ==,
                   "{\"a\": 1}");
}

static LfAttachment *
load_attachment (LfStore *store, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_store_load_attachment_async (store, id, NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  return lf_store_load_attachment_finish (store, result, NULL);
}

static const LfBody *
body_of (LfSpecEditor *editor)
{
  return lf_spec_get_step (lf_spec_editor_get_spec (editor), 0)->body;
}

static void
test_drop (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  LfBodyEditor *body = LF_BODY_EDITOR (step_editor (editor)->body);
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (GFile) file = lf_test_specs_file ("order.bin", LF_ATTACHMENT_LIMIT);
  g_autoptr (LfAttachment) attachment = NULL;
  g_autofree char *id = NULL;

  lf_spec_editor_set_spec (editor, fixture->store, spec);
  lf_test_drop_file (GTK_WIDGET (editor), file);
  g_assert_true (lf_body_editor_is_busy (body));
  lf_test_wait_until (!lf_body_editor_is_busy (body));
  g_assert_null (lf_body_editor_get_message (body));
  g_assert_cmpint (body_of (editor)->body_type, ==, LF_BODY_FILE);
  id = g_strdup (body_of (editor)->attachment_id);
  attachment = load_attachment (fixture->store, id);
  g_assert_cmpint (attachment->size, ==, LF_ATTACHMENT_LIMIT);
  g_assert_cmpstr (attachment->name, ==, "order.bin");
  lf_test_wait_until (lf_test_find (step_editor (editor)->body, GTK_TYPE_LABEL, "order.bin") !=
                      NULL);
  g_assert_nonnull (lf_test_find (step_editor (editor)->body, GTK_TYPE_LABEL, "25.0\302\240MiB"));

  /* Never saved, it leaves with the editor. */
  lf_spec_editor_set_spec (editor, NULL, NULL);
  g_assert_null (load_attachment (fixture->store, id));
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  LfBodyEditor *body = LF_BODY_EDITOR (step_editor (editor)->body);
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (GFile) file = lf_test_specs_file ("huge.bin", LF_ATTACHMENT_LIMIT + 1);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  guint wait = 0;

  lf_spec_editor_set_spec (editor, fixture->store, spec);
  lf_test_drop_file (GTK_WIDGET (editor), file);
  lf_test_wait_until (!lf_body_editor_is_busy (body));
  /* The check of the whole spec, which comes a moment later, does not hide the reason. */
  lf_test_wait_until (wait++ > 30);
  g_assert_nonnull (strstr (lf_body_editor_get_message (body), "huge.bin"));
  g_assert_nonnull (strstr (lf_body_editor_get_message (body), "25 MiB"));
  g_assert_null (body_of (editor)->attachment_id);
  lf_test_drop_file (GTK_WIDGET (editor), folder);
  lf_test_wait_until (!lf_body_editor_is_busy (body));
  g_assert_nonnull (strstr (lf_body_editor_get_message (body), "folder"));
}

static void
test_cancel_upload (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (GFile) file = lf_test_specs_file ("slow.bin", LF_ATTACHMENT_LIMIT);
  g_autoptr (GError) error = NULL;
  GtkWidget *cancel;

  lf_spec_editor_set_spec (editor, fixture->store, spec);
  lf_test_drop_file (GTK_WIDGET (editor), file);
  save (fixture, &error); /* it would be without its body */
  g_assert_nonnull (error);
  cancel = gtk_widget_get_ancestor (
      lf_test_find (step_editor (editor)->body, GTK_TYPE_LABEL, "Cancel"), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (cancel, "clicked");
  g_assert_false (lf_body_editor_is_busy (LF_BODY_EDITOR (step_editor (editor)->body)));
  g_clear_error (&error);
  save (fixture, &error);
  g_assert_no_error (error);
  g_assert_null (body_of (editor)->attachment_id);
}

/* What is typed while a save is under way is not lost, and not taken for saved. */
static void
test_edit_while_saving (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  g_autoptr (LfSpec) spec = lf_test_specs_save (fixture->store, "a", "http://a/");
  g_autoptr (LfSpec) stored = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lf_spec_editor_set_spec (editor, fixture->store, spec);
  set_text (editor->name, "b");
  lf_spec_editor_save_async (editor, lf_test_specs_got_cb, &result);
  set_text (editor->name, "c");
  lf_test_wait_until (result != NULL);
  g_assert_true (lf_spec_editor_save_finish (editor, result, &error));
  g_assert_true (lf_spec_editor_is_modified (editor));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (editor->name)), ==, "c");
  stored = lf_test_specs_load (fixture->store, spec->id);
  g_assert_cmpstr (stored->name, ==, "b");
  save (fixture, &error);
  g_assert_no_error (error);
  g_assert_false (lf_spec_editor_is_modified (editor));
}

static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  LfSpecEditor *editor = fixture->editor;
  g_autoptr (LfSpec) spec = lf_test_specs_save (fixture->store, "a", "http://a/");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LfSpec) other = NULL;
  g_autoptr (GError) error = NULL;

  lf_spec_editor_set_spec (editor, fixture->store, spec);
  lf_store_save_spec_async (fixture->store, spec, NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  other = lf_store_save_spec_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  set_text (editor->name, "mine");
  save (fixture, &error);
  g_assert_nonnull (error);
  g_assert_true (lf_spec_editor_is_modified (editor));
  g_clear_error (&error);
  lf_spec_editor_detach (editor);
  save (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lf_spec_editor_get_spec (editor)->id, !=, spec->id);
  g_assert_cmpuint (lf_test_specs_count (fixture->store), ==, 2);
}

#define ADD(path, test)                                                                            \
  g_test_add ("/ui/spec-editor/" path, Fixture, NULL, lf_test_editor_set_up, test,                 \
              lf_test_editor_tear_down)

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
  ADD ("new", test_new);
  ADD ("draft", test_draft);
  ADD ("keeps", test_keeps);
  ADD ("messages", test_messages);
  ADD ("steps", test_steps);
  ADD ("step-off", test_step_off);
  ADD ("params", test_params);
  ADD ("options", test_options);
  ADD ("think-time", test_think_time);
  ADD ("about", test_about);
  ADD ("auth", test_auth);
  ADD ("check-empty", test_check_empty);
  ADD ("unsupported", test_unsupported);
  ADD ("json", test_json);
  ADD ("drop", test_drop);
  ADD ("too-large", test_too_large);
  ADD ("cancel-upload", test_cancel_upload);
  ADD ("edit-while-saving", test_edit_while_saving);
  ADD ("conflict", test_conflict);
  return g_test_run ();
}
