#include "config.h"

#include "lf-table.h"

#include "lf-row-filler.h"

#include <glib/gi18n.h>
#include <math.h>

/* NULL: nothing to show. */
static char *
text_of (const LfTableColumn *look, gpointer row)
{
  double number;

  if (look->format == NULL)
    return look->get_text (row);
  number = look->get_number (row);
  return isnan (number) ? NULL : look->format (number);
}

static gboolean
query_tooltip_cb (GtkWidget *label, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  GtkListItem *item = g_object_get_data (G_OBJECT (label), "item");
  const LfTableColumn *look = g_object_get_data (G_OBJECT (label), "look");
  gpointer row = gtk_list_item_get_item (item);
  g_autofree char *text = NULL;

  if (row == NULL)
    return FALSE;
  if (look->get_tooltip != NULL)
    text = look->get_tooltip (row);
  else if (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))))
    text = text_of (look, row);
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL && *text != '\0';
}

static GtkWidget *
make_label (GtkListItem *item, const LfTableColumn *look)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), look->format != NULL);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  if (look->format != NULL)
    gtk_widget_add_css_class (label, "numeric");
  g_object_set_data (G_OBJECT (label), "item", item); /* which holds the label */
  g_object_set_data (G_OBJECT (label), "look", (gpointer) look);
  gtk_widget_set_has_tooltip (label, TRUE);
  g_signal_connect (label, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  return label;
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const LfTableColumn *look = user_data;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  if (look->show_icon != NULL)
    gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                                 GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_box_append (GTK_BOX (box), make_label (item, look));
  gtk_list_item_set_child (item, box);
}

static void
fill_cell (GtkListItem *item, gpointer user_data)
{
  const LfTableColumn *look = user_data;
  gpointer row = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);
  g_autofree char *text = text_of (look, row);

  if (look->show_icon != NULL)
    look->show_icon (GTK_IMAGE (gtk_widget_get_first_child (box)), row);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), text != NULL ? text : "");
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  lf_row_filler_bind (g_object_get_data (G_OBJECT (factory), "filler"), item, user_data);
}

static void
unbind_cb (LfRowFiller *filler, GtkListItem *item)
{
  lf_row_filler_unbind (filler, item);
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const LfTableColumn *look = user_data;
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  if (look->get_number != NULL)
    return lf_table_compare_numbers (look->get_number ((gpointer) a),
                                     look->get_number ((gpointer) b));
  one = look->get_text ((gpointer) a);
  other = look->get_text ((gpointer) b);
  return g_utf8_collate (one != NULL ? one : "", other != NULL ? other : "");
}

static GtkColumnViewColumn *
new_column (const LfTableColumn *look, LfRowFiller *filler)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column = gtk_column_view_column_new (_ (look->title), factory);
  g_autoptr (GtkSorter) sorter =
      GTK_SORTER (gtk_custom_sorter_new (compare_cb, (gpointer) look, NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), (gpointer) look);
  g_object_set_data (G_OBJECT (factory), "filler", filler); /* the view has both */
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), (gpointer) look);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), filler, G_CONNECT_SWAPPED);
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, look->expand);
  return column;
}

/* GTK has heads stand to the left whatever is below them, and no way to ask for else: a head is a
 * box with a label and the mark of the order, which then goes before the label. Heads that are
 * built otherwise stay as they are. */
static void
align_head (GtkWidget *head)
{
  GtkWidget *box = gtk_widget_get_first_child (head);
  GtkWidget *mark = GTK_IS_BOX (box) ? gtk_widget_get_last_child (box) : NULL;

  if (mark == NULL || GTK_IS_LABEL (mark))
    return;
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_box_reorder_child_after (GTK_BOX (box), mark, NULL);
}

static GtkWidget *
find_head (GtkColumnView *view, guint n)
{
  GtkWidget *head = gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (view)));

  for (guint i = 0; i < n && head != NULL; i++)
    head = gtk_widget_get_next_sibling (head);
  return head;
}

/* At least as wide as its head, however long that is in a language and however large the text. */
static void
set_width (GtkColumnViewColumn *column, GtkWidget *head, int width)
{
  int needed = 0;

  if (head != NULL)
    gtk_widget_measure (head, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &needed, NULL, NULL);
  gtk_column_view_column_set_fixed_width (column, MAX (width, needed));
}

void
lf_table_align_head (GtkColumnView *view, guint n)
{
  GtkWidget *head = find_head (view, n);

  if (head != NULL)
    align_head (head);
}

int
lf_table_compare_numbers (double a, double b)
{
  if (isnan (a) || isnan (b))
    return (isnan (b) ? 1 : 0) - (isnan (a) ? 1 : 0);
  return (a > b) - (a < b);
}

static int
compare_by_heads (gconstpointer a, gconstpointer b, gpointer user_data)
{
  GtkSorter *heads = gtk_column_view_get_sorter (user_data);

  return (int) gtk_sorter_compare (heads, (gpointer) a, (gpointer) b);
}

GtkSorter *
lf_table_sorter_new (GtkColumnView *view)
{
  return GTK_SORTER (gtk_custom_sorter_new (compare_by_heads, view, NULL));
}

void
lf_table_add_columns (GtkColumnView *view, const LfTableColumn *columns, guint n, GtkSortType order)
{
  LfRowFiller *filler = lf_row_filler_new (GTK_WIDGET (view), fill_cell);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = new_column (&columns[i], filler);

      gtk_column_view_append_column (view, column);
      if (i == 0)
        gtk_column_view_sort_by_column (view, column, order);
      if (columns[i].format != NULL)
        lf_table_align_head (view, i);
      set_width (column, find_head (view, i), columns[i].width);
    }
}
