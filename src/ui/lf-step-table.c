#include "config.h"

#include "lf-step-table.h"

#include "lf-either.h"
#include "lf-format.h"
#include "lf-step-item.h"
#include "lf-table.h"
#include "lf-widget-private.h"

#include <glib/gi18n.h>
#include <math.h>

struct _LfStepTable
{
  GtkWidget parent_instance;

  GtkColumnView *table;
  GtkListBox *list;
  GListStore *steps; /* LfStepItem */
};

G_DEFINE_FINAL_TYPE (LfStepTable, lf_step_table, GTK_TYPE_WIDGET)

static double
number_of (gpointer row)
{
  return lf_step_item_get_number (row);
}

static char *
name_text (gpointer row)
{
  return g_strdup (lf_step_item_get_name (row));
}

static char *
name_tooltip (gpointer row)
{
  const char *parts[] = { lf_step_item_get_name (row), lf_step_item_get_request (row),
                          lf_step_item_get_sender (row), NULL };

  return g_strjoinv ("\n", (char **) parts);
}

static double
total_of (gpointer row)
{
  return (double) lf_step_item_get_requests (row)->total;
}

static double
failed_of (gpointer row)
{
  return (double) lf_step_item_get_requests (row)->failed;
}

static double
rate_of (gpointer row)
{
  return lf_step_item_get_requests (row)->rate;
}

static double
bytes_of (gpointer row)
{
  const LfSummaryData *data = lf_step_item_get_data (row);

  return (double) (data->sent + data->received);
}

static double
latency_of (gpointer row, gsize offset)
{
  const LfLatency *latency = lf_step_item_get_latency (row);

  return latency != NULL ? G_STRUCT_MEMBER (double, latency, offset) : NAN;
}

#define LATENCY_OF(name)                                                                           \
  static double name##_of (gpointer row)                                                           \
  {                                                                                                \
    return latency_of (row, G_STRUCT_OFFSET (LfLatency, name));                                    \
  }

LATENCY_OF (mean)
LATENCY_OF (p50)
LATENCY_OF (p90)
LATENCY_OF (p95)
LATENCY_OF (p99)
LATENCY_OF (max)

static const LfTableColumn columns[] = {
  { N_ ("Step"), number_of, NULL, name_text, 130, .expand = TRUE, .get_tooltip = name_tooltip },
  { N_ ("Requests"), total_of, lf_format_count, NULL, 84 },
  { N_ ("Failed"), failed_of, lf_format_count, NULL, 72 },
  { N_ ("Req/s"), rate_of, lf_format_count, NULL, 72 },
  { N_ ("Mean"), mean_of, lf_format_ms, NULL, 76 },
  { N_ ("p50"), p50_of, lf_format_ms, NULL, 76 },
  { N_ ("p90"), p90_of, lf_format_ms, NULL, 76 },
  { N_ ("p95"), p95_of, lf_format_ms, NULL, 76 },
  { N_ ("p99"), p99_of, lf_format_ms, NULL, 76 },
  { N_ ("Maximum"), max_of, lf_format_ms, NULL, 84 },
  { N_ ("Data"), bytes_of, lf_format_bytes, NULL, 84 },
};

/* "1,200 requests, 3 failed, 120/s, 1.2 MB" */
static char *
counts_text (LfStepItem *step)
{
  const LfSummaryRequests *requests = lf_step_item_get_requests (step);
  g_autofree char *total = lf_format_count ((double) requests->total);
  g_autofree char *failed = lf_format_count ((double) requests->failed);
  g_autofree char *rate = lf_format_rate (requests->rate);
  g_autofree char *bytes = lf_format_bytes (bytes_of (step));

  return g_strdup_printf (ngettext ("%s request, %s failed, %s, %s",
                                    "%s requests, %s failed, %s, %s", (gulong) requests->total),
                          total, failed, rate, bytes);
}

/* "Mean 14.1 ms, p50 12.0 ms…" */
static char *
latency_text (LfStepItem *step)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (lf_step_item_get_latency (step) == NULL)
    return g_strdup (_ ("No answer came"));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *value = NULL;

      if (columns[i].format != lf_format_ms)
        continue;
      value = lf_format_ms (columns[i].get_number (step));
      g_string_append_printf (text, "%s%s\u00a0%s", text->len > 0 ? ", " : "", _ (columns[i].title),
                              value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_line (GtkWidget *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
}

static GtkWidget *
new_row (gpointer step, gpointer user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *counts = counts_text (step);
  g_autofree char *latency = latency_text (step);

  add_line (box, lf_step_item_get_name (step), "heading");
  add_line (box, counts, "numeric");
  add_line (box, latency, "numeric");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
lf_step_table_dispose (GObject *object)
{
  _lf_widget_dispose (GTK_WIDGET (object), LF_TYPE_STEP_TABLE);
  g_clear_object (&LF_STEP_TABLE (object)->steps);
  G_OBJECT_CLASS (lf_step_table_parent_class)->dispose (object);
}

static void
lf_step_table_class_init (LfStepTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_step_table_dispose;
  g_type_ensure (LF_TYPE_EITHER);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-step-table.ui");
  gtk_widget_class_bind_template_child (widget_class, LfStepTable, table);
  gtk_widget_class_bind_template_child (widget_class, LfStepTable, list);
  gtk_widget_class_set_css_name (widget_class, "step-table");
}

static void
lf_step_table_init (LfStepTable *self)
{
  g_autoptr (GtkSortListModel) sorted = NULL;

  self->steps = g_list_store_new (LF_TYPE_STEP_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  lf_table_add_columns (self->table, columns, G_N_ELEMENTS (columns), GTK_SORT_ASCENDING);
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->steps)),
                                    g_object_ref (gtk_column_view_get_sorter (self->table)));
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (gtk_no_selection_new (
                                              g_object_ref (G_LIST_MODEL (sorted)))));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (sorted), new_row, NULL, NULL);
}

void
lf_step_table_set_steps (LfStepTable *self, GPtrArray *steps)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < steps->len; i++)
    g_ptr_array_add (items, lf_step_item_new (steps->pdata[i], i));
  g_list_store_splice (self->steps, 0, g_list_model_get_n_items (G_LIST_MODEL (self->steps)),
                       items->pdata, items->len);
}
