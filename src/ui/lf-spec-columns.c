#include "config.h"

#include "lf-spec-columns.h"

#include "lf-format.h"
#include "lf-row-filler.h"
#include "lf-spec-cell.h"
#include "lf-spec-item.h"
#include "lf-table.h"
#include "lf-time.h"
#include "lf-tip.h"
#include "lf-words.h"

#include <glib/gi18n.h>
#include <math.h>

#define CHECK_WIDTH 44 /* px */

/* A column shows a widget of its own kind, else a text; it sorts by its number where it has one,
 * else by the text. */
typedef struct
{
  const char *id;
  const char *title;
  char *(*get_text) (LfSpecItem *item);
  double (*get_number) (LfSpecItem *item);
  GtkWidget *(*make) (GtkWidget *page);
  void (*show) (GtkWidget *child, LfSpecItem *item);
  guint chars; /* how wide */
  gboolean expand;
  gboolean is_number;
} Column;

static char *
name_text (LfSpecItem *item)
{
  return g_strdup (lf_spec_item_get_name (item));
}

static char *
method_text (LfSpecItem *item)
{
  return g_strdup (lf_spec_item_get_method (item));
}

static char *
url_text (LfSpecItem *item)
{
  return _lf_spec_cell_url (item);
}

static char *
tags_text (LfSpecItem *item)
{
  char **tags = lf_spec_item_get_spec (item)->tags;

  return tags != NULL ? g_strjoinv (", ", tags) : NULL;
}

static double
when_of (LfSpecItem *item)
{
  const LfRun *run = lf_spec_item_get_run (item);

  return run != NULL ? (double) run->started_at : NAN;
}

static char *
when_text (LfSpecItem *item)
{
  const LfRun *run = lf_spec_item_get_run (item);

  return run != NULL ? lf_words_ago (run->started_at, lf_time_now ()) : NULL;
}

static char *
verdict_text (LfSpecItem *item)
{
  const LfRun *run = lf_spec_item_get_run (item);

  return run != NULL ? g_strdup (lf_words_outcome (run)) : NULL;
}

static char *
rate_text (LfSpecItem *item)
{
  double rate = lf_spec_item_get_rate (item);

  return isnan (rate) ? NULL : lf_format_count (rate);
}

static char *
p95_text (LfSpecItem *item)
{
  double p95 = lf_spec_item_get_p95 (item);

  return isnan (p95) ? NULL : lf_format_ms (p95);
}

static const Column columns[] = {
  { NULL, "", .make = _lf_spec_cell_new_check },
  { "name", N_ ("Name"), name_text, .chars = 14, .expand = TRUE },
  { "method", N_ ("Method"), method_text, .chars = 6 },
  { "url", N_ ("URL"), url_text, .chars = 16, .expand = TRUE },
  { "tags", N_ ("Tags"), tags_text, .chars = 9 },
  { "when", N_ ("Last Run"), when_text, when_of, .chars = 10 },
  { "verdict", N_ ("Verdict"), verdict_text, .make = _lf_spec_cell_new_outcome,
    .show = _lf_spec_cell_show_outcome },
  { "rate", N_ ("Req/s"), rate_text, lf_spec_item_get_rate, .chars = 7, .is_number = TRUE },
  { "p95", N_ ("p95"), p95_text, lf_spec_item_get_p95, .chars = 8, .is_number = TRUE },
  { NULL, N_ ("Trend"), .make = _lf_spec_cell_new_trend, .show = _lf_spec_cell_show_trend },
  { NULL, "", .make = _lf_spec_cell_new_commands, .show = _lf_spec_cell_show_commands },
};

static GtkWidget *
new_text (const Column *column)
{
  GtkWidget *child = gtk_label_new (NULL);

  gtk_label_set_width_chars (GTK_LABEL (child), (int) column->chars); /* whatever rows there are */
  gtk_label_set_max_width_chars (GTK_LABEL (child), (int) column->chars);
  gtk_label_set_ellipsize (GTK_LABEL (child), column->get_text == url_text ? PANGO_ELLIPSIZE_MIDDLE
                                                                           : PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (child), column->is_number ? 1 : 0);
  gtk_label_set_single_line_mode (GTK_LABEL (child), TRUE);
  if (column->is_number)
    gtk_widget_add_css_class (child, "numeric");
  if (column->get_text == name_text)
    gtk_widget_add_css_class (child, "heading");
  lf_tip_tell_cut_off (child);
  return child;
}

static void
show_text (const Column *column, GtkWidget *child, LfSpecItem *item)
{
  g_autofree char *text = column->get_text (item);

  gtk_label_set_text (GTK_LABEL (child), text != NULL ? text : "");
}

static void
show_cell (GtkListItem *list_item)
{
  const Column *column = g_object_get_data (G_OBJECT (list_item), "column");
  GtkWidget *child = gtk_list_item_get_child (list_item);
  LfSpecItem *item = gtk_list_item_get_item (list_item);

  if (column->show != NULL)
    column->show (child, item);
  else if (column->make == NULL)
    show_text (column, child, item);
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  const Column *column = user_data;
  GtkWidget *page = g_object_get_data (G_OBJECT (factory), "page");
  GtkWidget *child = column->make != NULL ? column->make (page) : new_text (column);

  g_object_set_data (G_OBJECT (list_item), "column", user_data);
  _lf_spec_cell_tell (list_item, child);
  gtk_list_item_set_child (list_item, child);
}

static void
fill_cell (GtkListItem *list_item, gpointer user_data)
{
  g_signal_connect_object (gtk_list_item_get_item (list_item), "changed", G_CALLBACK (show_cell),
                           list_item, G_CONNECT_SWAPPED);
  show_cell (list_item);
}

static void
bind_cb (LfRowFiller *filler, GtkListItem *list_item)
{
  lf_row_filler_bind (filler, list_item, NULL);
}

static void
unbind_cb (LfRowFiller *filler, GtkListItem *list_item)
{
  if (lf_row_filler_unbind (filler, list_item))
    g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), show_cell, list_item);
}

static int
compare_items (const Column *column, LfSpecItem *a, LfSpecItem *b)
{
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  if (column->get_text == name_text)
    return lf_spec_item_compare_names (a, b);
  if (column->get_number != NULL)
    return lf_table_compare_numbers (column->get_number (a), column->get_number (b));
  one = column->get_text (a);
  other = column->get_text (b);
  return g_utf8_collate (one != NULL ? one : "", other != NULL ? other : "");
}

/* An item without a spec asks by which column is sorted first: GTK before 4.10 has no other way to
 * tell. */
static int
compare_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Column *column = user_data;

  if (lf_spec_item_get_spec ((gpointer) a) != NULL)
    return compare_items (column, (gpointer) a, (gpointer) b);
  g_object_set_data (G_OBJECT ((gpointer) a), "sorted-by", (gpointer) column->id);
  return -1;
}

static GtkColumnViewColumn *
new_column (const Column *look, LfRowFiller *filler, GtkWidget *page)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column =
      gtk_column_view_column_new (*look->title != '\0' ? _ (look->title) : "", factory);

  g_object_set_data (G_OBJECT (factory), "page", page);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), (gpointer) look);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), filler, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), filler, G_CONNECT_SWAPPED);
  if (look->id != NULL)
    {
      g_autoptr (GtkSorter) sorter =
          GTK_SORTER (gtk_custom_sorter_new (compare_cb, (gpointer) look, NULL));

      gtk_column_view_column_set_sorter (column, sorter);
      gtk_column_view_column_set_resizable (column, TRUE);
    }
  gtk_column_view_column_set_expand (column, look->expand);
  g_object_set_data (G_OBJECT (column), "look", (gpointer) look);
  return column;
}

/* GTK 4.8 leaves room for a hidden column of a fixed width. */
static gboolean
to_check_width (GBinding *binding, const GValue *selecting, GValue *width, gpointer user_data)
{
  g_value_set_int (width, g_value_get_boolean (selecting) ? CHECK_WIDTH : -1);
  return TRUE;
}

void
_lf_spec_columns_add (GtkColumnView *view, GtkWidget *page)
{
  LfRowFiller *filler = lf_row_filler_new (GTK_WIDGET (view), fill_cell);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = new_column (&columns[i], filler, page);

      gtk_column_view_append_column (view, column);
      if (columns[i].is_number)
        lf_table_align_head (view, i);
      if (columns[i].make != _lf_spec_cell_new_check)
        continue;
      g_object_bind_property (page, "selecting", column, "visible", G_BINDING_SYNC_CREATE);
      g_object_bind_property_full (page, "selecting", column, "fixed-width", G_BINDING_SYNC_CREATE,
                                   to_check_width, NULL, NULL, NULL);
    }
}

const char *
_lf_spec_columns_get_sort (GtkColumnView *view, gboolean *descending)
{
  g_autoptr (LfSpecItem) question = g_object_new (LF_TYPE_SPEC_ITEM, NULL);
  g_autoptr (LfSpecItem) other =
      g_object_new (LF_TYPE_SPEC_ITEM, NULL); /* equals are not asked for */
  GtkOrdering order = gtk_sorter_compare (gtk_column_view_get_sorter (view), question, other);

  *descending = order == GTK_ORDERING_LARGER;
  return g_object_get_data (G_OBJECT (question), "sorted-by");
}

static GtkColumnViewColumn *
find_column (GtkColumnView *view, const char *id)
{
  GListModel *all = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (all, i);
      const Column *look = g_object_get_data (G_OBJECT (column), "look");

      if (look->id != NULL && g_strcmp0 (look->id, id) == 0)
        return column; /* the view keeps it */
    }
  return NULL;
}

void
_lf_spec_columns_sort_by (GtkColumnView *view, const char *id, gboolean descending)
{
  GtkColumnViewColumn *column = find_column (view, id);

  if (column != NULL)
    gtk_column_view_sort_by_column (view, column,
                                    descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}
