#include "config.h"

#include "lf-history-columns.h"

#include "lf-format.h"
#include "lf-history-run.h"
#include "lf-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* A column shows a text; it sorts by its number where it has one, else by the text. */
typedef struct
{
  const char *title;
  char *(*get_text) (LfHistoryRun *row);
  double (*get_number) (LfHistoryRun *row);
  int width;         /* px */
  gboolean has_icon; /* of the outcome, before the text */
} Column;

static double
when_of (LfHistoryRun *row)
{
  return (double) lf_history_run_get (row)->started_at;
}

static char *
when_text (LfHistoryRun *row)
{
  return lf_format_time (lf_history_run_get (row)->started_at);
}

static char *
name_text (LfHistoryRun *row)
{
  return g_strdup (lf_history_run_get (row)->name);
}

static char *
outcome_text (LfHistoryRun *row)
{
  return g_strdup (lf_words_outcome (lf_history_run_get (row)));
}

static char *
status_text (LfHistoryRun *row)
{
  switch (lf_history_run_get (row)->status)
    {
    case LF_RUN_PENDING:
      return g_strdup (_ ("Pending"));
    case LF_RUN_RUNNING:
      return g_strdup (_ ("Running"));
    case LF_RUN_PAUSED:
      return g_strdup (_ ("Paused"));
    case LF_RUN_STOPPING:
      return g_strdup (_ ("Stopping"));
    case LF_RUN_STOPPED:
      return g_strdup (_ ("Stopped"));
    case LF_RUN_INTERRUPTED:
      return g_strdup (_ ("Interrupted"));
    case LF_RUN_FINISHED:
    default:
      return g_strdup (_ ("Finished"));
    }
}

static char *
users_text (LfHistoryRun *row)
{
  double users = lf_history_run_get_users (row);

  return isnan (users) ? NULL : lf_format_count (users);
}

static char *
requests_text (LfHistoryRun *row)
{
  double requests = lf_history_run_get_requests (row);

  return isnan (requests) ? NULL : lf_format_count (requests);
}

static char *
rate_text (LfHistoryRun *row)
{
  double rate = lf_history_run_get_rate (row);

  return isnan (rate) ? NULL : lf_format_count (rate);
}

static char *
failed_text (LfHistoryRun *row)
{
  double failed = lf_history_run_get_failed (row);

  return isnan (failed) ? NULL : lf_format_share (failed, 1);
}

static char *
p95_text (LfHistoryRun *row)
{
  double p95 = lf_history_run_get_p95 (row);

  return isnan (p95) ? NULL : lf_format_ms (p95);
}

static char *
duration_text (LfHistoryRun *row)
{
  double duration = lf_history_run_get_duration (row);

  return isnan (duration) ? NULL : lf_format_clock (duration / 1000);
}

static double
baseline_of (LfHistoryRun *row)
{
  return lf_history_run_get (row)->baseline;
}

static char *
baseline_text (LfHistoryRun *row)
{
  return g_strdup (lf_history_run_get (row)->baseline ? _ ("Baseline") : "");
}

/* Its first line. */
static char *
notes_text (LfHistoryRun *row)
{
  const char *notes = lf_history_run_get (row)->notes;

  return notes != NULL ? g_strndup (notes, strcspn (notes, "\n")) : NULL;
}

static const Column columns[] = {
  { N_ ("Started"), when_text, when_of, 170 },
  { N_ ("Name"), name_text, NULL, 140 },
  { N_ ("Verdict"), outcome_text, NULL, 130, TRUE },
  { N_ ("Status"), status_text, NULL, 100 },
  { N_ ("Users"), users_text, lf_history_run_get_users, 80 },
  { N_ ("Requests"), requests_text, lf_history_run_get_requests, 100 },
  { N_ ("Req/s"), rate_text, lf_history_run_get_rate, 90 },
  { N_ ("Failed"), failed_text, lf_history_run_get_failed, 80 },
  { N_ ("p95"), p95_text, lf_history_run_get_p95, 90 },
  { N_ ("Duration"), duration_text, lf_history_run_get_duration, 90 },
  { N_ ("Baseline"), baseline_text, baseline_of, 90 },
  { N_ ("Notes"), notes_text, NULL, 160 },
};

static gboolean
is_number (const Column *column)
{
  return column->get_number != NULL && column->get_number != when_of &&
         column->get_number != baseline_of;
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  const Column *column = user_data;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);

  if (column->has_icon)
    gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                                 GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), is_number (column) ? 1 : 0);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  if (is_number (column))
    gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (list_item, box);
}

static void
show_icon (GtkWidget *image, const LfRun *run)
{
  const char *classes[] = { lf_words_outcome_class (run), NULL };

  gtk_image_set_from_icon_name (GTK_IMAGE (image), lf_words_outcome_icon (run));
  gtk_widget_set_css_classes (image, classes);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  const Column *column = user_data;
  LfHistoryRun *row = gtk_list_item_get_item (list_item);
  GtkWidget *box = gtk_list_item_get_child (list_item);
  GtkWidget *label = gtk_widget_get_last_child (box);
  g_autofree char *text = column->get_text (row);

  if (column->has_icon)
    show_icon (gtk_widget_get_first_child (box), lf_history_run_get (row));
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_tooltip_text (
      label, column->get_text == notes_text ? lf_history_run_get (row)->notes : NULL);
}

/* What is not known stands below what is. */
static int
compare_numbers (double a, double b)
{
  if (isnan (a) || isnan (b))
    return (isnan (b) ? 1 : 0) - (isnan (a) ? 1 : 0);
  return (a > b) - (a < b);
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Column *column = user_data;
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  if (column->get_number != NULL)
    return compare_numbers (column->get_number ((gpointer) a), column->get_number ((gpointer) b));
  one = column->get_text ((gpointer) a);
  other = column->get_text ((gpointer) b);
  return g_utf8_collate (one != NULL ? one : "", other != NULL ? other : "");
}

static GtkColumnViewColumn *
new_column (const Column *look)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column = gtk_column_view_column_new (_ (look->title), factory);
  g_autoptr (GtkSorter) sorter =
      GTK_SORTER (gtk_custom_sorter_new (compare_cb, (gpointer) look, NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), (gpointer) look);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), (gpointer) look);
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_fixed_width (column, look->width);
  gtk_column_view_column_set_expand (column, look->get_text == notes_text);
  return column;
}

void
_lf_history_add_columns (GtkColumnView *view)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = new_column (&columns[i]);

      gtk_column_view_append_column (view, column);
      if (i == 0)
        gtk_column_view_sort_by_column (view, column, GTK_SORT_DESCENDING);
    }
}
