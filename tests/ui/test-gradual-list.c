#include "config.h"

#include "lf-gradual-list.h"
#include "lf-row-filler.h"
#include "lf-test-ui.h"

#define N 700

typedef struct
{
  GtkWidget *window;
  GtkWidget *view;
  GListStore *store; /* of GtkStringObject */
  GtkMultiSelection *selection;
  LfGradualList *list;
  LfRowFiller *filler;
  GPtrArray *mirror; /* what the list told of itself; GtkStringObject */
  guint n_folded;
} Fixture;

static GtkStringObject *
new_item (guint i)
{
  g_autofree char *text = g_strdup_printf ("%u", i);

  return gtk_string_object_new (text);
}

static void
mirror_cb (GListModel *list, guint position, guint removed, guint added, Fixture *fixture)
{
  if (removed > 0)
    g_ptr_array_remove_range (fixture->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (fixture->mirror, (int) (position + i),
                        g_list_model_get_item (list, position + i));
}

static void
folded_cb (Fixture *fixture)
{
  fixture->n_folded++;
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
}

static void
fill (GtkListItem *item, gpointer user_data)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static void
bind_cb (LfRowFiller *filler, GtkListItem *item)
{
  lf_row_filler_bind (filler, item, NULL);
}

static void
unbind_cb (LfRowFiller *filler, GtkListItem *item)
{
  lf_row_filler_unbind (filler, item);
}

static void
add_items (Fixture *fixture, guint position, guint n, guint first)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (items, new_item (first + i));
  g_list_store_splice (fixture->store, position, 0, items->pdata, n);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  fixture->store = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  fixture->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (fixture->store)));
  fixture->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->window = adw_window_new ();
  fixture->view = gtk_list_view_new (NULL, factory);
  fixture->filler = lf_row_filler_new (fixture->view, fill);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), fixture->filler,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), fixture->filler,
                           G_CONNECT_SWAPPED);
  fixture->list = lf_gradual_list_new (GTK_SELECTION_MODEL (fixture->selection), fixture->window);
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (mirror_cb), fixture);
  g_signal_connect_swapped (fixture->list, "folded", G_CALLBACK (folded_cb), fixture);
  gtk_list_view_set_model (GTK_LIST_VIEW (fixture->view), GTK_SELECTION_MODEL (fixture->list));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), fixture->view);
  adw_window_set_content (ADW_WINDOW (fixture->window), scroller);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 300, 400);
  gtk_window_present (GTK_WINDOW (fixture->window));
  lf_test_wait_until (gtk_widget_get_height (fixture->view) > 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (fixture->list, fixture);
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lf_test_wait_until (fixture->window == NULL);
  g_assert_finalize_object (fixture->list);
  g_object_unref (fixture->selection);
  g_object_unref (fixture->store);
  g_ptr_array_unref (fixture->mirror);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->list));
}

/* What it told of itself is what it has: the first items of the other model. */
static void
check (Fixture *fixture)
{
  g_assert_cmpuint (count (fixture), <=, g_list_model_get_n_items (G_LIST_MODEL (fixture->store)));
  g_assert_cmpuint (fixture->mirror->len, ==, count (fixture));
  for (guint i = 0; i < fixture->mirror->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (fixture->store), i);
      g_autoptr (GObject) same = g_list_model_get_item (G_LIST_MODEL (fixture->list), i);

      g_assert_true (item == same && item == fixture->mirror->pdata[i]);
    }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->list), count (fixture)));
}

static void
test_grow (Fixture *fixture, gconstpointer data)
{
  add_items (fixture, 0, 3, 0);
  g_assert_cmpuint (count (fixture), ==, 3);
  add_items (fixture, 3, N - 3, 3);
  g_assert_cmpuint (count (fixture), ==, 3 + LF_GRADUAL_LIST_FIRST);
  check (fixture);
  lf_test_wait_until (count (fixture) > 3 + LF_GRADUAL_LIST_FIRST);
  check (fixture);
  lf_test_wait_until (count (fixture) == N);
  check (fixture);
}

/* Changes before, within and behind what is there, some of them many at once. */
static void
test_changes (Fixture *fixture, gconstpointer data)
{
  guint n = 0;

  for (guint i = 0; i < 300; i++)
    {
      guint position = (guint) g_test_rand_int_range (0, (int) n + 1);
      guint gone = (guint) g_test_rand_int_range (0, (int) MIN (n - position, 60) + 1);

      g_list_store_splice (fixture->store, position, gone, NULL, 0);
      add_items (fixture, position, (guint) g_test_rand_int_range (0, 80), i * 1000);
      n = g_list_model_get_n_items (G_LIST_MODEL (fixture->store));
      check (fixture);
      if (i % 10 == 0)
        gtk_test_widget_wait_for_draw (fixture->window);
      if (i % 50 == 0)
        lf_gradual_list_restart (fixture->list);
      check (fixture);
    }
  lf_test_wait_until (count (fixture) == n);
  check (fixture);
}

/* A place in a long list stays one, however the items before and behind it change. */
static void
test_stays (Fixture *fixture, gconstpointer data)
{
  add_items (fixture, 0, N, 0);
  lf_test_wait_until (count (fixture) == N);
  add_items (fixture, 5, 200, N);
  g_assert_cmpuint (count (fixture), ==, N + 200);
  g_list_store_splice (fixture->store, 0, N / 2, NULL, 0);
  g_assert_cmpuint (count (fixture), ==, N / 2 + 200);
  check (fixture);
}

static void
test_fold (Fixture *fixture, gconstpointer data)
{
  add_items (fixture, 0, 10, 0);
  lf_gradual_list_fold (fixture->list);
  g_assert_cmpuint (fixture->n_folded, ==, 1); /* there was nothing to wait for */
  add_items (fixture, 10, N - 10, 10);
  lf_test_wait_until (count (fixture) == N);
  lf_gradual_list_fold (fixture->list);
  lf_gradual_list_fold (fixture->list);
  g_assert_cmpuint (fixture->n_folded, ==, 1);
  lf_test_wait_until (fixture->n_folded == 2);
  check (fixture);
  lf_test_wait_until (count (fixture) == N);
  g_assert_cmpuint (fixture->n_folded, ==, 2);
  lf_gradual_list_restart (fixture->list);
  g_assert_cmpuint (count (fixture), ==, LF_GRADUAL_LIST_FIRST);
  gtk_widget_set_visible (fixture->window, FALSE); /* no frames come any more */
  add_items (fixture, 0, 100, N);
  lf_gradual_list_fold (fixture->list);
  g_assert_cmpuint (fixture->n_folded, ==, 3);
  g_assert_cmpuint (count (fixture), ==, LF_GRADUAL_LIST_FIRST);
  gtk_widget_set_visible (fixture->window, TRUE);
  lf_test_wait_until (count (fixture) == N + 100);
}

/* All are selected that are wanted, also those that are not there yet. */
static void
test_selection (Fixture *fixture, gconstpointer data)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (fixture->list);
  g_autoptr (GtkBitset) all = NULL;
  g_autoptr (GtkBitset) some = gtk_bitset_new_range (3, 2);
  g_autoptr (GtkBitset) left = NULL;

  add_items (fixture, 0, N, 0);
  g_assert_true (gtk_selection_model_select_all (model));
  all = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (fixture->selection));
  g_assert_cmpuint (gtk_bitset_get_size (all), ==, N);
  g_assert_true (gtk_selection_model_is_selected (model, 3));
  gtk_selection_model_unselect_all (model);
  gtk_selection_model_select_range (model, 2, 4, TRUE);
  gtk_selection_model_unselect_range (model, 2, 1);
  gtk_selection_model_select_item (model, 9, FALSE);
  gtk_selection_model_unselect_item (model, 5);
  gtk_selection_model_set_selection (model, some, some);
  lf_test_wait_until (count (fixture) == N);
  left = gtk_selection_model_get_selection (model);
  g_assert_cmpuint (gtk_bitset_get_size (left), ==, 3);
  g_assert_true (gtk_bitset_contains (left, 3) && gtk_bitset_contains (left, 4) &&
                 gtk_bitset_contains (left, 9));
}

/* Among all rows, in sight or not. */
static gboolean
has_row (Fixture *fixture, const char *text)
{
  for (GtkWidget *row = gtk_widget_get_first_child (fixture->view); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (g_str_equal (gtk_label_get_text (GTK_LABEL (gtk_widget_get_first_child (row))), text))
      return TRUE;
  return FALSE;
}

/* Wherever a person looks, the rows show their items, and in the end all rows do. */
static void
test_filled (Fixture *fixture, gconstpointer data)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->view));

  add_items (fixture, 0, N, 0);
  lf_test_wait_until (has_row (fixture, "120"));
  g_assert_nonnull (lf_test_find (fixture->view, GTK_TYPE_LABEL, "0"));
  lf_test_wait_until (count (fixture) == N);
  gtk_test_widget_wait_for_draw (fixture->window);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  g_assert_nonnull (lf_test_find (fixture->view, GTK_TYPE_LABEL, "699"));
  lf_test_wait_until (has_row (fixture, "600"));
  g_assert_false (has_row (fixture, "120"));
}

#define ADD(path, test)                                                                            \
  g_test_add ("/ui/gradual-list/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  lf_test_ui_init (&argc, &argv);
  ADD ("grow", test_grow);
  ADD ("changes", test_changes);
  ADD ("stays", test_stays);
  ADD ("fold", test_fold);
  ADD ("selection", test_selection);
  ADD ("filled", test_filled);
  return g_test_run ();
}
