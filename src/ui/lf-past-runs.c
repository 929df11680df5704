#include "config.h"

#include "lf-past-runs.h"

#include "lf-format.h"
#include "lf-words.h"

#include <glib/gi18n.h>

#define PAGE_SIZE 20

struct _LfPastRuns
{
  GtkPopover parent_instance;
  LfStore *store;
  char *spec_id;
  GCancellable *reading;
  GtkWidget *pages;
  GtkWidget *list;
  GtkWidget *more;
  GtkWidget *message;
};

G_DEFINE_FINAL_TYPE (LfPastRuns, lf_past_runs, GTK_TYPE_POPOVER)

static char *
summary_words (const LfRun *run)
{
  const LfLatency *response;
  gulong n;
  g_autofree char *total = NULL;
  g_autofree char *p95 = NULL;

  if (run->summary == NULL || run->summary->requests == NULL)
    return g_strdup ("");
  n = (gulong) run->summary->requests->total;
  total = lf_format_count (run->summary->requests->total);
  response = lf_latencies_get_response (run->summary->latency);
  if (response == NULL)
    return g_strdup_printf (ngettext ("%s request", "%s requests", n), total);
  p95 = lf_format_ms (response->p95);
  return g_strdup_printf (ngettext ("%s request, p95 %s", "%s requests, p95 %s", n), total, p95);
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_row (const LfRun *run)
{
  g_autofree char *time = lf_format_time (run->started_at);
  g_autofree char *summary = summary_words (run);
  g_autofree char *first = g_strdup_printf ("%s, %s", lf_words_outcome (run), time);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                    "icon-name", lf_words_outcome_icon (run), NULL);

  gtk_widget_add_css_class (icon, lf_words_outcome_class (run));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (lines), new_label (first, NULL));
  if (*summary != '\0')
    {
      GtkWidget *label = new_label (summary, "caption");

      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (lines), label);
    }
  gtk_box_append (GTK_BOX (box), lines);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, first, -1);
  g_object_set_data_full (G_OBJECT (row), "run-id", g_strdup (run->id), g_free);
  return row;
}

static void
show_page (LfPastRuns *self, const char *page)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), page);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = lf_store_list_runs_finish (LF_STORE (source), result, &error);
  g_autoptr (LfPastRuns) self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->reading == NULL)
    return;
  g_clear_object (&self->reading);
  if (runs == NULL)
    {
      gtk_label_set_text (GTK_LABEL (self->message), error->message);
      show_page (self, "error");
      return;
    }
  for (guint i = 0; i < MIN (runs->len, PAGE_SIZE); i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), new_row (runs->pdata[i]));
  gtk_widget_set_visible (self->more, runs->len > PAGE_SIZE);
  show_page (self, gtk_widget_get_first_child (self->list) != NULL ? "list" : "empty");
}

static void
read_runs (LfPastRuns *self, const char *before_id)
{
  LfRunQuery query = {
    .spec_id = self->spec_id, .limit = PAGE_SIZE + 1, .before_id = before_id, .brief = TRUE
  };

  if (self->store == NULL || self->spec_id == NULL || self->reading != NULL)
    return;
  self->reading = g_cancellable_new ();
  lf_store_list_runs_async (self->store, &query, self->reading, listed_cb, g_object_ref (self));
}

static void
stop_reading (LfPastRuns *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
clear_list (LfPastRuns *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
}

static void
shown_cb (LfPastRuns *self)
{
  stop_reading (self);
  clear_list (self);
  show_page (self, "loading");
  read_runs (self, NULL);
}

static void
more_clicked_cb (LfPastRuns *self)
{
  GtkWidget *last = gtk_widget_get_last_child (self->list);

  if (last != NULL)
    read_runs (self, g_object_get_data (G_OBJECT (last), "run-id"));
}

static void
history_clicked_cb (LfPastRuns *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "app.spec-history", "s", self->spec_id);
}

static void
row_activated_cb (LfPastRuns *self, GtkListBoxRow *row)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), "run-id"));

  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-run", "s", id);
}

static void
lf_past_runs_dispose (GObject *object)
{
  LfPastRuns *self = LF_PAST_RUNS (object);

  stop_reading (self);
  g_clear_object (&self->store);
  g_clear_pointer (&self->spec_id, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_PAST_RUNS);
  G_OBJECT_CLASS (lf_past_runs_parent_class)->dispose (object);
}

static void
lf_past_runs_class_init (LfPastRunsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_past_runs_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-past-runs.ui");
  gtk_widget_class_bind_template_child (widget_class, LfPastRuns, pages);
  gtk_widget_class_bind_template_child (widget_class, LfPastRuns, list);
  gtk_widget_class_bind_template_child (widget_class, LfPastRuns, more);
  gtk_widget_class_bind_template_child (widget_class, LfPastRuns, message);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, history_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
lf_past_runs_init (LfPastRuns *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lf_past_runs_set_spec (LfPastRuns *self, LfStore *store, const char *spec_id)
{
  stop_reading (self);
  g_set_object (&self->store, store);
  lf_set_string (&self->spec_id, spec_id);
}
