#include "config.h"

#include "lf-history-columns.h"

#include "lf-format.h"
#include "lf-history-run.h"
#include "lf-table.h"
#include "lf-words.h"

#include <glib/gi18n.h>

static double
when_of (gpointer row)
{
  return (double) lf_history_run_get (row)->started_at;
}

static char *
when_text (gpointer row)
{
  return lf_format_time (lf_history_run_get (row)->started_at);
}

static char *
name_text (gpointer row)
{
  return g_strdup (lf_history_run_get (row)->name);
}

static char *
outcome_text (gpointer row)
{
  return g_strdup (lf_words_outcome (lf_history_run_get (row)));
}

static char *
status_text (gpointer row)
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

static double
users_of (gpointer row)
{
  return lf_history_run_get_users (row);
}

static double
requests_of (gpointer row)
{
  return lf_history_run_get_requests (row);
}

static double
rate_of (gpointer row)
{
  return lf_history_run_get_rate (row);
}

static double
failed_of (gpointer row)
{
  return lf_history_run_get_failed (row);
}

static char *
failed_text (double share)
{
  return lf_format_share (share, 1);
}

static double
p95_of (gpointer row)
{
  return lf_history_run_get_p95 (row);
}

static double
duration_of (gpointer row)
{
  return lf_history_run_get_duration (row);
}

static char *
duration_text (double ms)
{
  return lf_format_clock (ms / 1000);
}

static double
baseline_of (gpointer row)
{
  return lf_history_run_get (row)->baseline;
}

static char *
baseline_text (gpointer row)
{
  return g_strdup (lf_history_run_get (row)->baseline ? _ ("Baseline") : "");
}

/* Its first line. */
static char *
notes_text (gpointer row)
{
  const char *notes = lf_history_run_get (row)->notes;

  return notes != NULL ? g_strndup (notes, strcspn (notes, "\n")) : NULL;
}

static char *
all_notes (gpointer row)
{
  return g_strdup (lf_history_run_get (row)->notes);
}

static void
show_outcome (GtkImage *image, gpointer row)
{
  const LfRun *run = lf_history_run_get (row);
  const char *classes[] = { lf_words_outcome_class (run), NULL };

  gtk_image_set_from_icon_name (image, lf_words_outcome_icon (run));
  gtk_widget_set_css_classes (GTK_WIDGET (image), classes);
}

static const LfTableColumn columns[] = {
  { N_ ("Started"), when_of, NULL, when_text, 160 },
  { N_ ("Name"), NULL, NULL, name_text, 110, .expand = TRUE },
  { N_ ("Verdict"), NULL, NULL, outcome_text, 110, .show_icon = show_outcome },
  { N_ ("Status"), NULL, NULL, status_text, 90 },
  { N_ ("Users"), users_of, lf_format_count, NULL, 64 },
  { N_ ("Requests"), requests_of, lf_format_count, NULL, 84 },
  { N_ ("Req/s"), rate_of, lf_format_count, NULL, 72 },
  { N_ ("Failed"), failed_of, failed_text, NULL, 72 },
  { N_ ("p95"), p95_of, lf_format_ms, NULL, 84 },
  { N_ ("Duration"), duration_of, duration_text, NULL, 84 },
  { N_ ("Baseline"), baseline_of, NULL, baseline_text, 76 },
  { N_ ("Notes"), NULL, NULL, notes_text, 110, .expand = TRUE, .get_tooltip = all_notes },
};

void
_lf_history_add_columns (GtkColumnView *view)
{
  lf_table_add_columns (view, columns, G_N_ELEMENTS (columns), GTK_SORT_DESCENDING);
}

void
_lf_history_sort (GtkColumnView *view, const char *title, GtkSortType order)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column =
          g_list_model_get_item (gtk_column_view_get_columns (view), i);

      if (g_strcmp0 (columns[i].title, title) == 0)
        gtk_column_view_sort_by_column (view, column, order);
    }
}
