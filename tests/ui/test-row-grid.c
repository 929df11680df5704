#include "config.h"

#include "lf-row-grid.h"
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

#define ADD(path, kind, test)                                                                      \
  g_test_add ("/ui/row-grid/" path, Fixture, GINT_TO_POINTER (kind), set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
  ADD ("undo", LF_ROW_HEADER, test_undo);
  return g_test_run ();
}
