#include "config.h"

#include "lf-test-editor.h"
#include "lf-test-ui.h"

/* What is wrong, and what a person is told of it beside the control that has the focus then. */
typedef struct
{
  const char *name;
  const char *step;  /* what the one step has; NULL: a good one */
  const char *spec;  /* what the spec has beside it */
  const char *words; /* of the message */
  gboolean sent;     /* Send Once does without what is wrong */
} BadInput;

#define URL  "\"url\": \"http://127.0.0.1:1/\""
#define LOAD "\"loadProfile\": {\"rampUp\": 0, \"users\": 1, \"steady\": 1, \"rampDown\": 0}"
#define STEP(name, fields, words)                                                                  \
  {                                                                                                \
    name, URL ", " fields, LOAD, words, FALSE                                                      \
  }
#define PROFILE(name, fields, words)                                                               \
  {                                                                                                \
    name, URL, "\"loadProfile\": {" fields "}", words, TRUE                                        \
  }

static const BadInput cases[] = {
  { "no-url", "\"url\": \"\"", LOAD, "missing", FALSE },
  { "url", "\"url\": \"nonsense\"", LOAD, "http", FALSE },
  { "url-space", "\"url\": \"http://a/b c\"", LOAD, "space", FALSE },
  { "url-port", "\"url\": \"http://a:70000/\"", LOAD, "URL", FALSE },
  STEP ("method", "\"method\": \"TWO WORDS\"", "method"),
  STEP ("parameter", "\"params\": [{\"value\": \"1\"}]", "name it"),
  STEP ("header-name", "\"headers\": [{\"name\": \"a b\", \"value\": \"1\"}]", "header name"),
  STEP ("header-blank", "\"headers\": [{\"name\": \"\", \"value\": \"1\"}]", "name the header"),
  STEP ("header-framing",
        "\"headers\": [{\"name\": \"Content-Length\", \"value\": \"1\"}]",
        "body"),
  STEP ("header-value", "\"headers\": [{\"name\": \"A\", \"value\": \"a\\nb\"}]", "line break"),
  STEP ("basic", "\"auth\": {\"type\": \"basic\"}", "user name"),
  STEP ("basic-colon", "\"auth\": {\"type\": \"basic\", \"username\": \"a:b\"}", "colon"),
  STEP ("digest", "\"auth\": {\"type\": \"digest\"}", "user name"),
  STEP ("bearer", "\"auth\": {\"type\": \"bearer\"}", "token"),
  STEP ("api-key-name", "\"auth\": {\"type\": \"apiKey\", \"value\": \"1\"}", "name"),
  STEP ("api-key", "\"auth\": {\"type\": \"apiKey\", \"name\": \"A\"}", "key"),
  STEP (
      "token-url",
      "\"auth\": {\"type\": \"oauth2ClientCredentials\", \"tokenUrl\": \"x\", \"clientId\": \"1\", "
      "\"clientSecret\": \"2\"}",
      "http"),
  STEP (
      "region",
      "\"auth\": {\"type\": \"awsSigV4\", \"accessKey\": \"1\", \"secretKey\": \"2\", \"service\": "
      "\"s3\", \"region\": \"a b\"}",
      "letters"),
  STEP ("json", "\"body\": {\"type\": \"json\", \"text\": \"{\\n\\\"a\\\": }\"}", "line 2"),
  STEP ("field", "\"body\": {\"type\": \"form\", \"fields\": [{\"value\": \"1\"}]}", "name it"),
  STEP ("no-file", "\"body\": {\"type\": \"file\"}", "choose one"),
  STEP ("part",
        "\"body\": {\"type\": \"multipart\", \"parts\": [{\"value\": \"1\"}]}",
        "name the part"),
  STEP (
      "part-file",
      "\"body\": {\"type\": \"multipart\", \"parts\": [{\"name\": \"a\", \"attachmentId\": \"\"}]}",
      "choose one"),
  STEP ("part-type",
        "\"body\": {\"type\": \"multipart\", \"parts\": [{\"name\": \"a\", \"value\": \"1\", "
        "\"contentType\": \"a\\nb\"}]}",
        "line break"),
  STEP ("query", "\"body\": {\"type\": \"graphql\"}", "GraphQL query"),
  STEP ("variables",
        "\"body\": {\"type\": \"graphql\", \"query\": \"{a}\", \"variables\": \"{\"}",
        "line 1"),
  STEP ("think-time", "\"thinkTime\": {\"min\": 2, \"max\": 1}", "less than min"),
  STEP ("timeout", "\"http\": {\"timeout\": 0}", "seconds"),
  STEP ("proxy", "\"http\": {\"proxy\": \"a b\"}", "space"),
  STEP ("key", "\"http\": {\"tls\": {\"keyFile\": \"k.pem\"}}", "certificate"),
  { "timeout-of-all", URL, LOAD ", \"http\": {\"connectTimeout\": 0}", "seconds", FALSE },
  { "user-agent-of-all", URL, LOAD ", \"http\": {\"userAgent\": \"a\\nb\"}", "line break", FALSE },
  { "warmup", URL, LOAD ", \"warmup\": 60", "whole run", TRUE },
  PROFILE ("users", "\"users\": 0, \"steady\": 1", "at least 1"),
  PROFILE ("steady", "\"users\": 1", "seconds"),
  PROFILE ("vus", "\"executor\": \"constant-vus\", \"duration\": 1", "at least 1"),
  PROFILE ("duration", "\"executor\": \"constant-vus\", \"vus\": 1", "seconds"),
  PROFILE ("stages", "\"executor\": \"ramping-vus\"", "add one"),
  PROFILE ("rate",
           "\"executor\": \"constant-arrival-rate\", \"duration\": 1, \"maxVUs\": 1, "
           "\"preAllocatedVUs\": 1",
           "requests start"),
};

typedef LfTestEditor Fixture;

static LfSpec *
spec_of (const BadInput *input)
{
  g_autofree char *text = g_strdup_printf (
      "{\"name\": \"Bad input\", \"steps\": [{" URL "}, {%s}], %s}", input->step, input->spec);
  g_autoptr (GError) error = NULL;
  LfSpec *spec = lf_spec_from_text (text, -1, &error);

  g_assert_no_error (error);
  return spec;
}

/* A label below @root that says @words, and is shown as what is wrong. */
static GtkWidget *
find_message (GtkWidget *root, const char *words)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root) &&
      gtk_widget_has_css_class (root, "error") &&
      strstr (gtk_label_get_text (GTK_LABEL (root)), words) != NULL)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_message (child, words);
  return found;
}

static gboolean
is_marked (GtkWidget *widget)
{
  while (widget != NULL && !gtk_widget_has_css_class (widget, "error") &&
         !gtk_widget_has_css_class (widget, "marked"))
    widget = gtk_widget_get_parent (widget);
  return widget != NULL;
}

static void
assert_told (Fixture *fixture, const BadInput *input)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));

  g_assert_nonnull (find_message (GTK_WIDGET (fixture->editor), input->words));
  g_assert_false (
      gtk_widget_get_visible (fixture->editor->problems_box)); /* it is beside its control */
  g_assert_nonnull (focus);
  g_assert_true (is_marked (focus));
}

/* Whatever is wrong, on the other step or far below: Run says it beside the control and goes there.
 */
static void
test_bad_input (Fixture *fixture, gconstpointer data)
{
  const BadInput *input = data;
  g_autoptr (LfSpec) spec = spec_of (input);

  lf_spec_editor_set_spec (fixture->editor, fixture->store, spec);
  gtk_widget_grab_focus (fixture->editor->name);
  g_assert_false (lf_spec_editor_check (fixture->editor));
  assert_told (fixture, input);
  lf_step_list_select (LF_STEP_LIST (fixture->editor->steps), 1);
  gtk_widget_grab_focus (fixture->editor->name);
  g_assert_cmpint (_lf_spec_editor_refuse_step (fixture->editor), ==, !input->sent);
  if (!input->sent)
    assert_told (fixture, input);
}

/* A file that is not in the store any more is known to its place alone. */
static void
test_gone (Fixture *fixture, gconstpointer data)
{
  static const BadInput gone =
      STEP ("gone", "\"body\": {\"type\": \"file\", \"attachmentId\": \"gone\"}",
            "not in the store any more");
  g_autoptr (LfSpec) spec = spec_of (&gone);

  lf_spec_editor_set_spec (fixture->editor, fixture->store, spec);
  lf_step_list_select (LF_STEP_LIST (fixture->editor->steps), 1);
  lf_test_wait_until (find_message (GTK_WIDGET (fixture->editor), gone.words) != NULL);
  g_assert_false (lf_spec_editor_check (fixture->editor));
  assert_told (fixture, &gone);
  lf_test_screenshot (fixture->window, "bad-input-gone");
}

/* What is typed beyond a number's range is not quietly another number. */
static void
test_number (Fixture *fixture, gconstpointer data)
{
  static const BadInput good = { "good", URL, LOAD, "is no number", TRUE };
  g_autoptr (LfSpec) spec = spec_of (&good);
  GtkWidget *users;

  lf_spec_editor_set_spec (fixture->editor, fixture->store, spec);
  g_assert_true (lf_spec_editor_check (fixture->editor));
  users =
      gtk_widget_get_next_sibling (lf_test_find (fixture->editor->load, GTK_TYPE_LABEL, "Users"));
  gtk_widget_grab_focus (users);
  gtk_editable_set_text (GTK_EDITABLE (users), "99999999999");
  g_assert_nonnull (find_message (fixture->editor->load, "no number from 0 to"));
  g_assert_false (lf_spec_editor_check (fixture->editor));
  g_assert_true (is_marked (gtk_root_get_focus (GTK_ROOT (fixture->window))));
  lf_test_screenshot (fixture->window, "bad-input-number");
  gtk_widget_grab_focus (fixture->editor->name); /* GTK alone would take the nearest number now */
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (users)), ==, "99999999999");
  g_assert_cmpfloat (gtk_spin_button_get_value (GTK_SPIN_BUTTON (users)), <=, 1e6);
  g_assert_nonnull (find_message (fixture->editor->load, "no number from 0 to"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (users), 7);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (users)), ==, "7");
  g_assert_null (find_message (fixture->editor->load, "no number from 0 to"));
  gtk_editable_set_text (GTK_EDITABLE (users), "");
  gtk_spin_button_update (GTK_SPIN_BUTTON (users));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (users)), ==, "");
  g_assert_nonnull (find_message (fixture->editor->load, "no number from 0 to"));
  gtk_editable_set_text (GTK_EDITABLE (users), "12");
  g_assert_null (find_message (fixture->editor->load, "no number from 0 to"));
  g_assert_true (lf_spec_editor_check (fixture->editor));
}

/* A picture of many mistakes at once. */
static void
test_picture (Fixture *fixture, gconstpointer data)
{
  static const BadInput many = STEP (
      "many",
      "\"headers\": [{\"name\": \"two words\", \"value\": \"1\"}, {\"name\": \"A\", \"value\": "
      "\"a\\nb\"}], \"auth\": {\"type\": \"basic\"}, \"thinkTime\": {\"min\": 3, \"max\": 1}",
      "header name");
  g_autoptr (LfSpec) spec = spec_of (&many);

  lf_spec_editor_set_spec (fixture->editor, fixture->store, spec);
  g_assert_false (lf_spec_editor_check (fixture->editor));
  assert_told (fixture, &many);
  lf_test_screenshot (fixture->window, "bad-input");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 900);
  lf_test_wait_until (gtk_widget_get_width (fixture->window) == 360);
  lf_test_screenshot (fixture->window, "bad-input-narrow");
}

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/bad-input/", cases[i].name, NULL);

      g_test_add (path, Fixture, &cases[i], lf_test_editor_set_up, test_bad_input,
                  lf_test_editor_tear_down);
    }
  g_test_add ("/ui/bad-input/gone", Fixture, NULL, lf_test_editor_set_up, test_gone,
              lf_test_editor_tear_down);
  g_test_add ("/ui/bad-input/number", Fixture, NULL, lf_test_editor_set_up, test_number,
              lf_test_editor_tear_down);
  g_test_add ("/ui/bad-input/picture", Fixture, NULL, lf_test_editor_set_up, test_picture,
              lf_test_editor_tear_down);
  return g_test_run ();
}
