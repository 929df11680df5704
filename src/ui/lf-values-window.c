#include "config.h"

#include "lf-values-window.h"

#include "lf-chart-private.h"
#include "lf-format.h"
#include "lf-table.h"

#include <glib/gi18n.h>
#include <math.h>

#define LF_TYPE_VALUES_ROW (lf_values_row_get_type ())
G_DECLARE_FINAL_TYPE (LfValuesRow, lf_values_row, LF, VALUES_ROW, GObject)

struct _LfValuesRow /* the @n-th sample of all charts */
{
  GObject parent_instance;
  guint n;
};

G_DEFINE_FINAL_TYPE (LfValuesRow, lf_values_row, G_TYPE_OBJECT)

typedef struct
{
  LfChart *chart;          /* borrowed of the window */
  const LfChartLine *line; /* of it; NULL: the time */
} Column;

struct _LfValuesWindow
{
  AdwWindow parent_instance;
  GPtrArray *charts;
  GArray *columns; /* Column */
  GListStore *rows;
  GtkMultiSelection *selection;
  AdwWindowTitle *heading;
  AdwToastOverlay *toasts;
  GtkStack *pages;
  GtkColumnView *table;
};

G_DEFINE_FINAL_TYPE (LfValuesWindow, lf_values_window, ADW_TYPE_WINDOW)

static void
lf_values_row_class_init (LfValuesRowClass *klass)
{
}

static void
lf_values_row_init (LfValuesRow *self)
{
}

static double
value_of (const Column *column, guint n)
{
  return column->line != NULL ? g_array_index (column->line->values, double, n)
                              : g_array_index (column->chart->times, double, n);
}

static const char *
title_of (const Column *column)
{
  return column->line != NULL ? column->line->look.name : _ ("Time");
}

static char *
words_of (const Column *column, guint n)
{
  double value = value_of (column, n);

  if (isnan (value))
    return g_strdup ("–");
  return column->line != NULL ? column->line->look.format (value) : lf_format_clock (value);
}

static const Column *
column_at (LfValuesWindow *self, guint i)
{
  return &g_array_index (self->columns, Column, i);
}

/* "0:12, Requests 120/s, Failed 0/s…": what has the focus in a table has no name of its own. */
static char *
describe (LfValuesWindow *self, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->columns->len; i++)
    {
      g_autofree char *words = words_of (column_at (self, i), n);

      if (i == 0)
        g_string_append (text, words);
      else
        g_string_append_printf (text, ", %s %s", title_of (column_at (self, i)), words);
    }
  return g_string_free (text, FALSE);
}

static guint
index_of (GtkListItemFactory *factory)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column"));
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, LfValuesWindow *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, LfValuesWindow *self)
{
  guint i = index_of (factory);
  guint n = LF_VALUES_ROW (gtk_list_item_get_item (item))->n;
  GtkWidget *label = gtk_list_item_get_child (item);
  GtkWidget *cell = gtk_widget_get_parent (label);
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  g_autofree char *words = words_of (column_at (self, i), n);
  g_autofree char *all = i == 0 && row != NULL ? describe (self, n) : NULL;

  gtk_label_set_text (GTK_LABEL (label), words);
  if (all != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, all, -1);
}

static void
add_column (LfValuesWindow *self, LfChart *chart, const LfChartLine *line)
{
  guint i = self->columns->len;
  Column column = { chart, line };
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) view = NULL;

  g_array_append_val (self->columns, column);
  g_object_set_data (G_OBJECT (factory), "column", GUINT_TO_POINTER (i));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  view = gtk_column_view_column_new (title_of (&column), factory);
  gtk_column_view_column_set_resizable (view, TRUE);
  gtk_column_view_column_set_expand (view, TRUE);
  gtk_column_view_append_column (self->table, view);
  lf_table_align_head (self->table, i);
}

static void
add_columns (LfValuesWindow *self)
{
  add_column (self, self->charts->pdata[0], NULL);
  for (guint i = 0; i < self->charts->len; i++)
    {
      LfChart *chart = self->charts->pdata[i];

      for (guint s = 0; s < chart->lines->len; s++)
        add_column (self, chart, chart->lines->pdata[s]);
    }
}

static void
append_line (LfValuesWindow *self, GString *text, guint n)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      double value = value_of (column_at (self, i), n);

      if (i > 0)
        g_string_append_c (text, '\t');
      if (!isnan (value))
        g_string_append_printf (text, "%.10g", value); /* as the locale's spreadsheets read it */
    }
  g_string_append_c (text, '\n');
}

char *
lf_values_window_copy_text (LfValuesWindow *self)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (model);
  gboolean all = gtk_bitset_is_empty (chosen);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->columns->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\t" : "", title_of (column_at (self, i)));
  g_string_append_c (text, '\n');
  for (guint n = 0; n < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); n++)
    if (all || gtk_bitset_contains (chosen, n))
      append_line (self, text, n);
  return g_string_free (text, FALSE);
}

static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LfValuesWindow *self = LF_VALUES_WINDOW (widget);
  g_autofree char *text = lf_values_window_copy_text (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("Copied")));
}

static void
lf_values_window_dispose (GObject *object)
{
  LfValuesWindow *self = LF_VALUES_WINDOW (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->charts, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_VALUES_WINDOW);
  G_OBJECT_CLASS (lf_values_window_parent_class)->dispose (object);
}

static void
lf_values_window_finalize (GObject *object)
{
  g_array_unref (LF_VALUES_WINDOW (object)->columns);
  G_OBJECT_CLASS (lf_values_window_parent_class)->finalize (object);
}

static void
lf_values_window_class_init (LfValuesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_values_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = lf_values_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               LF_RESOURCE_PATH "lf-values-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LfValuesWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, LfValuesWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, LfValuesWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, LfValuesWindow, table);
  gtk_widget_class_install_action (widget_class, "values.copy", NULL, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "values.copy",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
lf_values_window_init (LfValuesWindow *self)
{
  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  self->rows = g_list_store_new (LF_TYPE_VALUES_ROW);
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->rows)));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (self->selection));
}

LfValuesWindow *
lf_values_window_new (GPtrArray *charts, const char *subtitle)
{
  LfValuesWindow *self = g_object_new (LF_TYPE_VALUES_WINDOW, NULL);

  self->charts = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < charts->len; i++)
    g_ptr_array_add (self->charts, g_object_ref (charts->pdata[i]));
  add_columns (self);
  lf_values_window_restart (self, subtitle);
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
  return self;
}

void
lf_values_window_update (LfValuesWindow *self)
{
  guint known = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  guint n = lf_chart_get_n_samples (self->charts->pdata[0]);
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = known; i < n; i++)
    {
      LfValuesRow *row = g_object_new (LF_TYPE_VALUES_ROW, NULL);

      row->n = i;
      g_ptr_array_add (added, row);
    }
  g_list_store_splice (self->rows, known, 0, added->pdata, added->len);
  gtk_stack_set_visible_child_name (self->pages, n > 0 ? "table" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "values.copy", n > 0);
}

void
lf_values_window_restart (LfValuesWindow *self, const char *subtitle)
{
  adw_window_title_set_subtitle (self->heading, subtitle);
  g_list_store_remove_all (self->rows);
  lf_values_window_update (self);
}
