#include "config.h"

#include "lf-reflow.h"
#include "lf-test-ui.h"

#define CELL 100 /* px */

typedef struct
{
  GtkWidget *window;
  LfReflow *reflow;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->window = gtk_window_new ();
  fixture->reflow =
      g_object_new (LF_TYPE_REFLOW, "min-columns", 1, "max-columns", 4, "spacing", 10, NULL);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->reflow));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->reflow), (gpointer *) &fixture->reflow);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lf_test_wait_until (fixture->reflow == NULL);
}

static GtkWidget *
add_cell (Fixture *fixture)
{
  GtkWidget *button = gtk_button_new ();

  gtk_widget_set_size_request (button, CELL, 40);
  lf_reflow_append (fixture->reflow, button);
  return button;
}

/* Where the cells are once the widget is as wide as that. */
static void
lay_out (Fixture *fixture, int width)
{
  GtkWidget *widget = GTK_WIDGET (fixture->reflow);
  int minimum, natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
  gtk_widget_allocate (widget, width, natural, -1, NULL);
}

static GdkRectangle
place_of (Fixture *fixture, GtkWidget *cell)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (cell, GTK_WIDGET (fixture->reflow), &bounds));
  return (GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                         (int) bounds.size.height };
}

static int
count_columns (Fixture *fixture, int width)
{
  GtkWidget *cell = gtk_widget_get_first_child (GTK_WIDGET (fixture->reflow));
  int first = 0, n = 0;

  lay_out (fixture, width);
  first = place_of (fixture, cell).y;
  for (; cell != NULL && place_of (fixture, cell).y == first;
       cell = gtk_widget_get_next_sibling (cell))
    n++;
  return n;
}

static void
test_columns (Fixture *fixture, gconstpointer data)
{
  GtkWidget *last = NULL;

  for (int i = 0; i < 4; i++)
    last = add_cell (fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
  lf_test_wait_until (gtk_widget_get_width (GTK_WIDGET (fixture->reflow)) > 0);
  g_assert_cmpint (count_columns (fixture, 4 * CELL + 30), ==, 4);
  g_assert_cmpint (count_columns (fixture, 4 * CELL + 29), ==, 2); /* not three and one */
  g_assert_cmpint (count_columns (fixture, 2 * CELL + 10), ==, 2);
  g_assert_cmpint (count_columns (fixture, 2 * CELL + 9), ==, 1);
  g_assert_cmpint (count_columns (fixture, 4 * CELL + 33), ==, 4);
  g_assert_cmpint (place_of (fixture, last).x + place_of (fixture, last).width, ==, 4 * CELL + 33);
  gtk_widget_set_visible (last, FALSE);
  g_assert_cmpint (count_columns (fixture, 3 * CELL + 20), ==, 3);
}

/* Which GtkFlowBox does not do where its children take no focus themselves. */
static void
test_tab (Fixture *fixture, gconstpointer data)
{
  GtkWidget *label = gtk_label_new ("nothing to focus");
  GtkWidget *first, *second;

  lf_reflow_append (fixture->reflow, label);
  first = add_cell (fixture);
  second = add_cell (fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
  lf_test_wait_until (gtk_widget_get_width (GTK_WIDGET (fixture->reflow)) > 0);
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->reflow), GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == first);
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->reflow), GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == second);
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (fixture->reflow), GTK_DIR_TAB_FORWARD));
  lf_reflow_clear (fixture->reflow);
  g_assert_null (gtk_widget_get_first_child (GTK_WIDGET (fixture->reflow)));
}

int
main (int argc, char **argv)
{
  lf_test_ui_init (&argc, &argv);
  g_test_add ("/reflow/columns", Fixture, NULL, set_up, test_columns, tear_down);
  g_test_add ("/reflow/tab", Fixture, NULL, set_up, test_tab, tear_down);
  return g_test_run ();
}
