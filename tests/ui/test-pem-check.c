#include "config.h"

#include "lf-form-field.h"
#include "lf-http-editor.h"
#include "lf-path-button.h"
#include "lf-test-ui.h"

#include <glib/gstdio.h>

typedef struct
{
  GtkWidget *window;
  GtkWidget *editor;
  LfHttpOptions *base;
  LfHttpOptions *own;
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("loadforge-pem-XXXXXX", NULL);
  fixture->base = lf_http_options_new ();
  fixture->window = adw_window_new ();
  fixture->editor = g_object_new (LF_TYPE_HTTP_EDITOR, NULL);
  lf_http_editor_set_options (LF_HTTP_EDITOR (fixture->editor), fixture->base, &fixture->own);
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->editor);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 760, -1);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = fixture->window;

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lf_test_wait_until (window == NULL);
  lf_http_options_free (fixture->base);
  lf_http_options_free (fixture->own);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

static LfFormField *
field_of (Fixture *fixture, const char *title)
{
  return LF_FORM_FIELD (gtk_widget_get_ancestor (
      lf_test_find (fixture->editor, GTK_TYPE_LABEL, title), LF_TYPE_FORM_FIELD));
}

static void
type (LfFormField *field, const char *path)
{
  gtk_editable_set_text (GTK_EDITABLE (lf_form_field_get_child (field)), path);
}

static char *
make_file (Fixture *fixture, const char *name, const char *text)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

/* What is wrong is told, with what to do, beside the field; and no more, once it is right. */
static void
test_faults (Fixture *fixture, gconstpointer data)
{
  LfFormField *certificate = field_of (fixture, "File of the client certificate (PEM)");
  LfFormField *key = field_of (fixture, "File of its key (PEM)");
  g_autofree char *pem = make_file (fixture, "c.pem", "text\n-----BEGIN CERTIFICATE-----\nabc\n");
  g_autofree char *secret = make_file (fixture, "k.pem", "-----BEGIN RSA PRIVATE KEY-----\nabc\n");
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.pem", NULL);
  const struct
  {
    LfFormField *field;
    const char *path;
    const char *told; /* NULL: nothing */
  } cases[] = {
    { certificate, "c.pem", "whole path" },
    { certificate, missing, "not there; choose" },
    { certificate, fixture->folder, "no file" },
    { certificate, secret, "no certificate" },
    { certificate, pem, NULL },
    { key, pem, "no private key" },
    { key, secret, NULL },
    { key, missing, "not there" },
    { key, "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LfFormField *field = cases[i].field;

      g_test_message ("%s", cases[i].path);
      type (field, cases[i].path);
      if (cases[i].told == NULL)
        lf_test_wait_until (lf_form_field_get_message (field) == NULL);
      else
        lf_test_wait_until (lf_form_field_get_message (field) != NULL &&
                            strstr (lf_form_field_get_message (field), cases[i].told) != NULL);
      if (i == 3)
        lf_test_screenshot (fixture->window, "pem-check");
    }
  g_assert_cmpstr (fixture->own->tls->cert_file, ==, pem); /* it is taken in any case */
  g_unlink (pem);
  g_unlink (secret);
}

/* Where the path is typed a file can be chosen, too; the button says of which. */
static void
test_choose (Fixture *fixture, gconstpointer data)
{
  LfFormField *field = field_of (fixture, "File of the client certificate (PEM)");
  GtkWidget *entry = lf_form_field_get_child (field);
  GtkWidget *button = gtk_widget_get_next_sibling (entry);
  g_autofree char *pem = make_file (fixture, "c.pem", "-----BEGIN CERTIFICATE-----\nabc\n");

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "File of the client certificate (PEM): choose a file");
  g_signal_emit_by_name (button, "clicked");
  lf_test_choose_file (pem);
  lf_test_wait_until (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (entry)), pem) == 0);
  g_assert_cmpstr (fixture->own->tls->cert_file, ==, pem);
  g_assert_true (lf_test_has_focus (entry));
  g_unlink (pem);
}

static void
applied_cb (GtkEditable *row, char **applied)
{
  g_free (*applied);
  *applied = g_strdup (gtk_editable_get_text (row));
}

/* In a row of Preferences what was chosen is applied at once. */
static void
test_choose_in_row (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = adw_entry_row_new ();
  GtkWidget *button = lf_path_button_new (GTK_EDITABLE (row), "Key File");
  g_autofree char *pem = make_file (fixture, "k.pem", "-----BEGIN PRIVATE KEY-----\nabc\n");
  g_autofree char *applied = NULL;

  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
  gtk_box_prepend (GTK_BOX (fixture->editor), row);
  g_signal_connect (row, "apply", G_CALLBACK (applied_cb), &applied);
  g_signal_emit_by_name (button, "clicked");
  lf_test_choose_file (pem);
  lf_test_wait_until (g_strcmp0 (applied, pem) == 0);
  g_unlink (pem);
}

/* Only what was typed last counts, and the field may go meanwhile. */
static void
test_late (Fixture *fixture, gconstpointer data)
{
  LfFormField *field = field_of (fixture, "File of trusted authorities (PEM)");

  type (field, "/nowhere/a.pem");
  lf_test_wait_until (lf_form_field_get_message (field) != NULL);
  type (field, "/nowhere/b.pem");
  type (field, "");
  g_assert_null (lf_form_field_get_message (field));
  type (field, "/nowhere/c.pem");
}

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
#define ADD(path, test) g_test_add ("/ui/pem-check/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("faults", test_faults);
  ADD ("late", test_late);
  ADD ("choose", test_choose);
  ADD ("choose-in-row", test_choose_in_row);
  return g_test_run ();
}
