#include "config.h"

#include "lf-row-grid.h"
#include "lf-row-paste.h"
#include "lf-suggest.h"
#include "lf-test-ui.h"

typedef struct
{
  GPtrArray *rows;
  GtkWidget *window;
  LfRowGrid *grid;
  guint changes;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->changes++;
}

static void
add_row (Fixture *fixture, const char *name, const char *value)
{
  LfRow *row = lf_row_new ();

  lf_set_string (&row->name, name);
  lf_set_string (&row->value, value);
  g_ptr_array_add (fixture->rows, row);
}

static void
set_up (Fixture *fixture, gconstpointer kind)
{
  fixture->rows = g_ptr_array_new_with_free_func (lf_record_free);
  fixture->window = adw_window_new ();
  fixture->grid = g_object_new (LF_TYPE_ROW_GRID, "margin-top", 18, "margin-bottom", 18,
                                "margin-start", 18, "margin-end", 18, NULL);
  lf_row_grid_set_kind (fixture->grid, GPOINTER_TO_INT (kind));
  g_signal_connect_swapped (fixture->grid, "changed", G_CALLBACK (changed_cb), fixture);
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->grid));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 420);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer kind)
{
  GtkWidget *grid = GTK_WIDGET (fixture->grid);

  g_object_add_weak_pointer (G_OBJECT (grid), (gpointer *) &grid);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lf_test_wait_until (grid == NULL);
  g_ptr_array_unref (fixture->rows);
}

static void
click (Fixture *fixture, const char *tooltip)
{
  GtkWidget *button = lf_test_find_tooltip (GTK_WIDGET (fixture->grid), tooltip);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static const LfRow *
row (Fixture *fixture, guint n)
{
  g_assert_cmpuint (n, <, fixture->rows->len);
  return fixture->rows->pdata[n];
}

/* What is removed by mistake comes back to its place, with all of it. */
static void
test_undo (Fixture *fixture, gconstpointer kind)
{
  add_row (fixture, "Accept", "*/*");
  add_row (fixture, "X-One", "1");
  lf_row_grid_set_rows (fixture->grid, fixture->rows);
  click (fixture, "Remove this header");
  g_assert_cmpuint (fixture->rows->len, ==, 1);
  g_assert_cmpstr (row (fixture, 0)->name, ==, "X-One");
  g_assert_cmpuint (fixture->changes, ==, 1);
  lf_test_screenshot (fixture->window, "rows-removed");
  click (fixture, "Put it back (Ctrl+Z)");
  g_assert_cmpuint (fixture->rows->len, ==, 2);
  g_assert_cmpstr (row (fixture, 0)->name, ==, "Accept");
  g_assert_cmpstr (row (fixture, 0)->value, ==, "*/*");
  g_assert_cmpuint (fixture->changes, ==, 2);
  lf_row_grid_undo (fixture->grid); /* nothing more */
  g_assert_cmpuint (fixture->rows->len, ==, 2);
  click (fixture, "Remove this header");
  lf_row_grid_set_rows (fixture->grid, NULL); /* of another step, it is not to come back there */
  lf_row_grid_undo (fixture->grid);
  g_assert_cmpuint (fixture->rows->len, ==, 1);
}

/* Several come back one by one, the last first, each to its place. */
static void
test_undo_two (Fixture *fixture, gconstpointer kind)
{
  add_row (fixture, "X-One", "1");
  add_row (fixture, "X-Two", "2");
  add_row (fixture, "X-Three", "3");
  lf_row_grid_set_rows (fixture->grid, fixture->rows);
  click (fixture, "Remove this header");
  click (fixture, "Remove this header");
  lf_row_grid_undo (fixture->grid);
  g_assert_cmpuint (fixture->rows->len, ==, 2);
  g_assert_cmpstr (row (fixture, 0)->name, ==, "X-Two");
  click (fixture, "Put it back (Ctrl+Z)");
  g_assert_cmpuint (fixture->rows->len, ==, 3);
  g_assert_cmpstr (row (fixture, 0)->name, ==, "X-One");
  g_assert_cmpstr (row (fixture, 2)->name, ==, "X-Three");
}

/* What was copied, and the rows that it means: "name=value|..." with "-" before what is off; NULL
 * for none. */
static const struct
{
  LfRowKind kind;
  const char *text;
  const char *rows;
} pastes[] = {
  { LF_ROW_HEADER, "Accept: text/html", "Accept=text/html" },
  { LF_ROW_HEADER, "Accept: */*\r\nX-Empty:\r\nHost: a.example:8080\r\n",
    "Accept=*/*|X-Empty=|Host=a.example:8080" },
  { LF_ROW_HEADER, "GET /a HTTP/1.1\nHost: a\nContent-Length: 12\n\n",
    "Host=a|-Content-Length=12" },
  { LF_ROW_HEADER, ":authority: a.example\n:method: GET\naccept: */*", "accept=*/*" },
  { LF_ROW_HEADER, ":authority:\na.example\naccept:\n*/*\nreferer:\nhttps://a.example/?b=1",
    "accept=*/*|referer=https://a.example/?b=1" },
  { LF_ROW_HEADER, "{\n  \"accept\": \"*/*\",\n  'dnt': '1'\n}", "accept=*/*|dnt=1" },
  { LF_ROW_HEADER, "Cookie: a=1; b=\"2\"", "Cookie=a=1; b=\"2\"" },
  { LF_ROW_HEADER, "https://a.example/", NULL },
  { LF_ROW_HEADER, "two words: 1", NULL },
  { LF_ROW_HEADER, "Accept: a\nand prose", NULL },
  { LF_ROW_HEADER, "X-One", NULL },
  { LF_ROW_HEADER, "\n\n", NULL },
  { LF_ROW_PARAMETER, "a=1&b=x%20y+z&c", "a=1|b=x%20y+z|c" },
  { LF_ROW_PARAMETER, "?a=1", "a=1" },
  { LF_ROW_PARAMETER, "https://a.example/p?a=1&b=2#f", "a=1|b=2" },
  { LF_ROW_PARAMETER, "https://a.example/p", NULL },
  { LF_ROW_PARAMETER, "plain", NULL },
  { LF_ROW_PARAMETER, "a=b and more", NULL },
  { LF_ROW_PARAMETER, "a: 1 & 2\nb=x y\nc\tz", "a=1%20%26%202|b=x%20y|c=z" },
  { LF_ROW_FIELD, "a=1&b=x%20y+z", "a=1|b=x y z" },
  { LF_ROW_FIELD, "a: 1 & 2\nb=x y", "a=1 & 2|b=x y" },
  { LF_ROW_FIELD, "a=1\nprose", NULL },
};

static char *
describe (const GPtrArray *rows)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const LfRow *one = rows->pdata[i];

      g_string_append_printf (text, "%s%s%s%s%s", i > 0 ? "|" : "", one->enabled ? "" : "-",
                              one->name, one->value != NULL ? "=" : "",
                              one->value != NULL ? one->value : "");
    }
  return g_string_free (text, FALSE);
}

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pastes); i++)
    {
      g_autoptr (GPtrArray) rows = lf_row_paste_parse (pastes[i].text, pastes[i].kind);
      g_autofree char *text = rows != NULL ? describe (rows) : NULL;

      g_test_message ("%s", pastes[i].text);
      g_assert_cmpstr (text, ==, pastes[i].rows);
    }
}

static GtkWidget *
first_entry (Fixture *fixture)
{
  return lf_test_find (GTK_WIDGET (fixture->grid), GTK_TYPE_ENTRY, NULL);
}

/* As GtkText puts in what is pasted, or dropped: in one piece. */
static void
paste (GtkWidget *entry, const char *text)
{
  int position = gtk_editable_get_position (GTK_EDITABLE (entry));

  gtk_editable_insert_text (GTK_EDITABLE (entry), text, -1, &position);
}

static void
test_paste (Fixture *fixture, gconstpointer kind)
{
  lf_row_grid_set_rows (fixture->grid, fixture->rows);
  lf_row_grid_add (fixture->grid);
  paste (first_entry (fixture), "Accept: */*\nContent-Length: 3\nX-One: 1");
  lf_test_wait_until (fixture->rows->len == 3); /* in place of the blank one */
  g_assert_cmpstr (row (fixture, 0)->name, ==, "Accept");
  g_assert_cmpstr (row (fixture, 2)->value, ==, "1");
  g_assert_false (row (fixture, 1)->enabled);
  lf_test_screenshot (fixture->window, "rows-pasted");
  paste (first_entry (fixture), "X-Two: 2"); /* after what is there already */
  lf_test_wait_until (fixture->rows->len == 4);
  g_assert_cmpstr (row (fixture, 0)->name, ==, "Accept");
  g_assert_cmpstr (row (fixture, 1)->name, ==, "X-Two");
  paste (gtk_widget_get_next_sibling (first_entry (fixture)), ", text/html: no"); /* a value */
  paste (gtk_widget_get_next_sibling (first_entry (fixture)), "a\nb");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fixture->rows->len, ==, 4);
  g_assert_nonnull (strstr (row (fixture, 0)->value, "text/html"));
}

static char *
suggested (GtkWidget *entry)
{
  g_auto (GStrv) words = lf_suggest_get_words (lf_suggest_of (entry));

  return words != NULL ? g_strjoinv ("|", words) : NULL;
}

static void
assert_suggested (GtkWidget *entry, const char *words)
{
  g_autofree char *text = suggested (entry);

  g_assert_cmpstr (text, ==, words);
}

static void
test_suggest (Fixture *fixture, gconstpointer kind)
{
  GtkWidget *name, *value, *popover;

  lf_row_grid_set_rows (fixture->grid, fixture->rows);
  lf_row_grid_add (fixture->grid);
  lf_test_wait_until (gtk_window_is_active (GTK_WINDOW (fixture->window)));
  name = first_entry (fixture);
  lf_test_wait_until (gtk_widget_get_width (name) > 0);
  assert_suggested (name, NULL);
  paste (name, "content-t");
  assert_suggested (name, "Content-Type");
  gtk_editable_set_text (GTK_EDITABLE (name), "e-c"); /* within a word */
  assert_suggested (name, "Cache-Control");
  gtk_editable_set_text (GTK_EDITABLE (name), "X-Mine");
  assert_suggested (name, NULL);
  gtk_editable_set_text (GTK_EDITABLE (name), "content");
  popover = lf_test_find (GTK_WIDGET (fixture->grid), GTK_TYPE_POPOVER, NULL);
  lf_test_wait_until (gtk_widget_get_mapped (popover));
  lf_test_screenshot (popover, "rows-suggestions");
  g_signal_emit_by_name (
      lf_test_find (popover, GTK_TYPE_LIST_BOX, NULL), "row-activated",
      gtk_widget_get_ancestor (lf_test_find (popover, GTK_TYPE_LABEL, "Content-Type"),
                               GTK_TYPE_LIST_BOX_ROW));
  g_assert_cmpstr (row (fixture, 0)->name, ==, "Content-Type");
  assert_suggested (name, NULL); /* it is taken */
  value = gtk_widget_get_next_sibling (name);
  gtk_widget_grab_focus (value);
  gtk_editable_set_text (GTK_EDITABLE (value), "json");
  assert_suggested (value, "application/json|application/merge-patch+json|application/x-ndjson");
  gtk_widget_grab_focus (name);
  assert_suggested (value, NULL);
}

#define ADD(path, kind, test)                                                                      \
  g_test_add ("/ui/row-grid/" path, Fixture, GINT_TO_POINTER (kind), set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
  ADD ("undo", LF_ROW_HEADER, test_undo);
  ADD ("undo-two", LF_ROW_HEADER, test_undo_two);
  ADD ("paste", LF_ROW_HEADER, test_paste);
  ADD ("suggest", LF_ROW_HEADER, test_suggest);
  g_test_add_func ("/ui/row-paste/parse", test_parse);
  return g_test_run ();
}
