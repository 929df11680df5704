#include "config.h"

#include "lf-answer-text.h"
#include "lf-send-once.h"
#include "lf-target.h"
#include "lf-test-specs.h"
#include "lf-test-ui.h"
#include "lf-upload.h"
#include "lf-waterfall.h"

#include <string.h>

typedef struct
{
  LfStore *store;
  LfTarget *target;
  LfSpec *spec;
  GtkWidget *window;
  GtkWidget *send_once;
} Fixture;

static char *
url_of (Fixture *fixture, const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%u%s", lf_target_get_port (fixture->target), path);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->store = lf_test_specs_open ();
  fixture->target = lf_target_start (&(LfTargetOptions){ .address = "127.0.0.1:0" }, &error);
  g_assert_no_error (error);
  fixture->spec = lf_spec_new_default ();
  fixture->window = adw_window_new ();
  fixture->send_once = g_object_new (LF_TYPE_SEND_ONCE, NULL);
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->send_once);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 640, -1);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  GtkWidget *widget = fixture->send_once;

  g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *) &widget);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lf_test_wait_until (widget == NULL);
  lf_target_stop (fixture->target);
  lf_spec_free (fixture->spec);
  lf_test_specs_close (fixture->store);
}

static void
aim (Fixture *fixture, const char *path)
{
  g_autofree char *url = url_of (fixture, path);

  lf_set_string (&lf_spec_get_step (fixture->spec, 0)->url, url);
  lf_send_once_set_step (LF_SEND_ONCE (fixture->send_once), fixture->store, fixture->spec, 0);
}

/* The text of the page that is called @name for assistive tools. */
static char *
text_of (Fixture *fixture, guint n)
{
  GtkWidget *stack = lf_test_find (fixture->send_once, GTK_TYPE_STACK, NULL);
  GtkWidget *page = gtk_widget_get_first_child (stack);
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  while (n-- > 0)
    page = gtk_widget_get_next_sibling (page);
  buffer = gtk_text_view_get_buffer (
      GTK_TEXT_VIEW (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (page))));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
test_answer (Fixture *fixture, gconstpointer data)
{
  LfStep *step = lf_spec_get_step (fixture->spec, 0);
  LfRow *row = lf_row_new ();
  g_autofree char *body = NULL, *answer = NULL, *request = NULL;
  GtkWidget *waterfall;

  lf_set_string (&row->name, "X-Api-Key");
  lf_set_string (&row->value, "open sesame");
  g_ptr_array_add (step->headers, row);
  aim (fixture, "/anything");
  lf_send_once_send (LF_SEND_ONCE (fixture->send_once));
  g_assert_nonnull (lf_test_find (fixture->send_once, GTK_TYPE_LABEL, "Cancel"));
  lf_test_wait_until (lf_test_find (fixture->send_once, GTK_TYPE_LABEL, "200 OK") != NULL);
  g_assert_nonnull (lf_test_find (fixture->send_once, GTK_TYPE_LABEL, "Send Once"));
  body = text_of (fixture, 0);
  answer = text_of (fixture, 1);
  request = text_of (fixture, 2);
  g_assert_nonnull (strstr (body, "\n  \"")); /* indented */
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 OK"));
  g_assert_true (g_str_has_prefix (request, "GET /anything HTTP/1.1"));
  g_assert_null (strstr (request, "open sesame"));
  waterfall = lf_test_find (fixture->send_once, LF_TYPE_WATERFALL, NULL);
  lf_test_wait_until (gtk_widget_get_height (waterfall) > 0);
  lf_test_screenshot (fixture->window, "send-once");
}

static void
test_error (Fixture *fixture, gconstpointer data)
{
  lf_set_string (&lf_spec_get_step (fixture->spec, 0)->url, "http://127.0.0.1:1/");
  lf_send_once_set_step (LF_SEND_ONCE (fixture->send_once), fixture->store, fixture->spec, 0);
  lf_send_once_send (LF_SEND_ONCE (fixture->send_once));
  lf_test_wait_until (
      lf_test_find (fixture->send_once, GTK_TYPE_LABEL, "Connection refused (1212)") != NULL);
  lf_test_screenshot (fixture->window, "send-once-error");
  aim (fixture, "/status/404"); /* the result of another step is not shown any more */
  lf_send_once_send (LF_SEND_ONCE (fixture->send_once));
  lf_test_wait_until (lf_test_find (fixture->send_once, GTK_TYPE_LABEL, "404 Not Found") != NULL);
}

/* A step that cannot be sent says why. */
static void
test_bad_step (Fixture *fixture, gconstpointer data)
{
  GtkWidget *message;

  lf_set_string (&lf_spec_get_step (fixture->spec, 0)->url, "nonsense");
  lf_send_once_set_step (LF_SEND_ONCE (fixture->send_once), fixture->store, fixture->spec, 0);
  lf_send_once_send (LF_SEND_ONCE (fixture->send_once));
  lf_test_wait_until (lf_test_find (fixture->send_once, GTK_TYPE_LABEL, "Send Once") != NULL);
  message = gtk_widget_get_next_sibling (gtk_widget_get_first_child (fixture->send_once));
  g_assert_true (gtk_widget_get_visible (message));
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (message)), "URL"));
}

/* What takes long can be cancelled, and the window closed meanwhile. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  aim (fixture, "/delay/1500");
  lf_send_once_send (LF_SEND_ONCE (fixture->send_once));
  lf_send_once_send (LF_SEND_ONCE (fixture->send_once)); /* the button says Cancel */
  g_assert_nonnull (lf_test_find (fixture->send_once, GTK_TYPE_LABEL, "Send Once"));
  lf_send_once_send (LF_SEND_ONCE (fixture->send_once));
}

/* Makes the step send a file of the store. */
static void
attach (Fixture *fixture, GFile *file)
{
  LfStep *step = lf_spec_get_step (fixture->spec, 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfAttachment) attachment = NULL;

  lf_upload_async (fixture->store, file, NULL, NULL, NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  attachment = lf_upload_finish (result, &error);
  g_assert_no_error (error);
  lf_set_string (&step->method, "PUT");
  g_clear_pointer (&step->body, lf_body_free);
  step->body = lf_body_new ();
  step->body->body_type = LF_BODY_FILE;
  lf_set_string (&step->body->attachment_id, attachment->id);
}

/* The file of the store is sent whole: the target tells what came. One that is gone is told, and
 * nothing is sent. */
static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = lf_test_specs_file ("order.bin", 300000);
  g_autofree char *zeros = g_malloc0 (300000);
  g_autofree char *digest =
      g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) zeros, 300000);
  g_autofree char *body = NULL, *request = NULL;
  GtkWidget *message;

  attach (fixture, file);
  aim (fixture, "/anything");
  lf_send_once_send (LF_SEND_ONCE (fixture->send_once));
  lf_test_wait_until (lf_test_find (fixture->send_once, GTK_TYPE_LABEL, "200 OK") != NULL);
  body = text_of (fixture, 0);
  request = text_of (fixture, 2);
  g_assert_nonnull (strstr (body, digest));
  g_assert_nonnull (strstr (body, "300000"));
  g_assert_true (g_str_has_prefix (request, "PUT /anything HTTP/1.1"));
  g_assert_nonnull (strstr (request, "Content-Length: 300000"));
  lf_test_screenshot (fixture->window, "send-once-file");
  lf_set_string (&lf_spec_get_step (fixture->spec, 0)->body->attachment_id,
                 "0123456789abcdef01234567");
  aim (fixture, "/anything");
  lf_send_once_send (LF_SEND_ONCE (fixture->send_once));
  message = gtk_widget_get_next_sibling (gtk_widget_get_first_child (fixture->send_once));
  lf_test_wait_until (gtk_widget_get_visible (message));
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (message)), "file"));
  g_assert_cmpuint (lf_target_get_counts (fixture->target).requests, ==, 1);
}

static void
test_text (void)
{
  static const struct
  {
    const char *body;
    gsize length;
    guint64 size;
    const char *text;
  } cases[] = {
    { "", 0, 0, "The answer has no body." },
    { "{\"a\":[1]}", 9, 9, "{\n  \"a\": [\n    1\n  ]\n}" },
    { "{\"id\":12345678901234567890,\"x\":1.10}", 36, 36,
      "{\n  \"id\": 12345678901234567890,\n  \"x\": 1.10\n}" }, /* as it came */
    { "{\"a\":", 5, 5, "{\"a\":" },                             /* no JSON after all */
    { "gr\303\274n", 5, 5, "gr\303\274n" },
    { "\211PNG\0", 5, 5, "5 bytes that are no text." },
    { "gr\303", 3, 5, "gr\n\n(These are the first 3 bytes of 5 bytes.)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (cases[i].body, cases[i].length);
      g_autofree char *text = lf_answer_text_new (body, cases[i].size);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
#define ADD(path, test) g_test_add ("/ui/send-once/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("answer", test_answer);
  ADD ("error", test_error);
  ADD ("bad-step", test_bad_step);
  ADD ("cancel", test_cancel);
  ADD ("file", test_file);
  g_test_add_func ("/ui/answer-text", test_text);
  return g_test_run ();
}
