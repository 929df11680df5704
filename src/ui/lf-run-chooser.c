#include "config.h"

#include "lf-run-chooser.h"

#include "lf-gradual-list.h"
#include "lf-history-run.h"
#include "lf-run-row.h"
#include "lf-search.h"
#include "lf-widget-private.h"

#include <glib/gi18n.h>

#define PAGE_SIZE 500 /* runs of other specs that are read at a time */

struct _LfRunChooser
{
  AdwWindow parent_instance;
  LfStore *store;
  char *spec_id; /* or NULL */
  char *without;
  GCancellable *reading; /* NULL: all is read, or reading failed */
  char **words;          /* that were typed */
  GListStore *runs;      /* LfHistoryRun */
  GtkFilter *filter;
  GtkSingleSelection *selection;
  LfGradualList *shown; /* of these, what the list has by now */
  GtkWidget *choose;
  GtkWidget *search;
  GtkStack *pages;
  GtkListView *list;
  AdwStatusPage *error_page;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfRunChooser, lf_run_chooser, ADW_TYPE_WINDOW)

static const char *
choose_page (LfRunChooser *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    return "list";
  if (self->reading != NULL)
    return "loading";
  return g_list_model_get_n_items (G_LIST_MODEL (self->runs)) > 0 ? "not-found" : "empty";
}

static void
update (LfRunChooser *self)
{
  const char *page = choose_page (self);

  gtk_stack_set_visible_child_name (self->pages, page);
  gtk_widget_set_sensitive (self->choose, g_strcmp0 (page, "list") == 0);
}

static void
search_changed_cb (LfRunChooser *self)
{
  lf_gradual_list_fold (self->shown);
}

static void
folded_cb (LfRunChooser *self, LfGradualList *shown)
{
  g_strfreev (self->words);
  self->words = lf_search_split (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update (self);
}

static gboolean
filter_cb (gpointer item, gpointer user_data)
{
  return lf_history_run_matches (item, (const char *const *) LF_RUN_CHOOSER (user_data)->words);
}

static gboolean
is_offered (LfRunChooser *self, const LfRun *run, gboolean own)
{
  gboolean of_spec = self->spec_id != NULL && g_strcmp0 (run->spec_id, self->spec_id) == 0;

  return of_spec == own && run->summary != NULL && !lf_run_is_active (run) &&
         g_strcmp0 (run->id, self->without) != 0;
}

static void
append (LfRunChooser *self, GPtrArray *runs, gboolean own)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < runs->len; i++)
    if (is_offered (self, runs->pdata[i], own))
      g_ptr_array_add (rows, lf_history_run_new (runs->pdata[i]));
  g_list_store_splice (self->runs, g_list_model_get_n_items (G_LIST_MODEL (self->runs)), 0,
                       rows->pdata, rows->len);
}

static void
show_error (LfRunChooser *self, const GError *error)
{
  g_autofree char *markup = g_markup_escape_text (error->message, -1);

  g_clear_object (&self->reading);
  adw_status_page_set_description (self->error_page, markup);
  gtk_stack_set_visible_child_name (self->pages, "error");
  gtk_widget_set_sensitive (self->choose, FALSE);
}

/* NULL where nothing came, or nobody waits for it any more. */
static GPtrArray *
take_runs (LfRunChooser *self, GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = lf_store_list_runs_finish (LF_STORE (source), result, &error);

  if (_lf_widget_is_closed (self) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;
  if (runs == NULL)
    show_error (self, error);
  return g_steal_pointer (&runs);
}

static void read_others (LfRunChooser *self, const char *before_id);

static void
others_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunChooser) self = user_data;
  g_autoptr (GPtrArray) runs = take_runs (self, source, result);

  if (runs == NULL)
    return;
  append (self, runs, FALSE);
  if (runs->len == PAGE_SIZE)
    read_others (self, ((LfRun *) runs->pdata[PAGE_SIZE - 1])->id);
  else
    g_clear_object (&self->reading);
  update (self);
}

static void
read_others (LfRunChooser *self, const char *before_id)
{
  LfRunQuery query = { .brief = TRUE, .limit = PAGE_SIZE, .before_id = before_id };

  lf_store_list_runs_async (self->store, &query, self->reading, others_listed_cb,
                            g_object_ref (self));
}

static void
own_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunChooser) self = user_data;
  g_autoptr (GPtrArray) runs = take_runs (self, source, result);

  if (runs == NULL)
    return;
  append (self, runs, TRUE);
  update (self);
  read_others (self, NULL);
}

static void
read_runs (LfRunChooser *self)
{
  LfRunQuery query = { .spec_id = self->spec_id, .brief = TRUE };

  g_list_store_remove_all (self->runs);
  self->reading = g_cancellable_new ();
  if (self->spec_id != NULL)
    lf_store_list_runs_async (self->store, &query, self->reading, own_listed_cb,
                              g_object_ref (self));
  else
    read_others (self, NULL);
  update (self);
}

static void
retry_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  read_runs (LF_RUN_CHOOSER (widget));
}

static void
choose_cb (LfRunChooser *self)
{
  LfHistoryRun *row = gtk_single_selection_get_selected_item (self->selection);
  g_autofree char *id = row != NULL ? g_strdup (lf_history_run_get (row)->id) : NULL;

  if (id == NULL || !gtk_widget_get_sensitive (self->choose))
    return;
  g_object_ref (self);
  gtk_window_close (GTK_WINDOW (self)); /* so that what follows comes in front of its parent */
  g_signal_emit (self, signals[CHOSEN], 0, id);
  g_object_unref (self);
}

static void
cancel_cb (LfRunChooser *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
setup_cb (LfRunChooser *self, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, GTK_WIDGET (lf_run_row_new ()));
}

static void
bind_cb (LfRunChooser *self, GtkListItem *list_item)
{
  LfRunRow *row = LF_RUN_ROW (gtk_list_item_get_child (list_item));
  GtkWidget *place = gtk_widget_get_parent (GTK_WIDGET (row));
  g_autofree char *words = NULL;

  lf_run_row_set_run (row, gtk_list_item_get_item (list_item));
  words = lf_run_row_describe (row);
  if (place != NULL) /* what has the focus, and no name of its own */
    gtk_accessible_update_property (GTK_ACCESSIBLE (place), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                    -1);
}

static void
lf_run_chooser_dispose (GObject *object)
{
  LfRunChooser *self = LF_RUN_CHOOSER (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->store);
  g_clear_object (&self->shown);
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_object (&self->runs);
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_RUN_CHOOSER);
  G_OBJECT_CLASS (lf_run_chooser_parent_class)->dispose (object);
}

static void
lf_run_chooser_finalize (GObject *object)
{
  LfRunChooser *self = LF_RUN_CHOOSER (object);

  g_free (self->spec_id);
  g_free (self->without);
  g_strfreev (self->words);
  G_OBJECT_CLASS (lf_run_chooser_parent_class)->finalize (object);
}

static void
lf_run_chooser_class_init (LfRunChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_run_chooser_dispose;
  G_OBJECT_CLASS (klass)->finalize = lf_run_chooser_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", LF_TYPE_RUN_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-run-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, LfRunChooser, choose);
  gtk_widget_class_bind_template_child (widget_class, LfRunChooser, search);
  gtk_widget_class_bind_template_child (widget_class, LfRunChooser, pages);
  gtk_widget_class_bind_template_child (widget_class, LfRunChooser, list);
  gtk_widget_class_bind_template_child (widget_class, LfRunChooser, error_page);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_install_action (widget_class, "chooser.retry", NULL, retry_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
lf_run_chooser_init (LfRunChooser *self)
{
  GtkFilterListModel *filtered;

  self->words = g_new0 (char *, 1);
  self->runs = g_list_store_new (LF_TYPE_HISTORY_RUN);
  self->filter = GTK_FILTER (gtk_custom_filter_new (filter_cb, self, NULL));
  filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->runs)),
                                        g_object_ref (self->filter));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (filtered));
  gtk_widget_init_template (GTK_WIDGET (self));
  self->shown = lf_gradual_list_new (GTK_SELECTION_MODEL (self->selection), GTK_WIDGET (self));
  g_signal_connect_object (self->shown, "folded", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->shown));
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), GTK_WIDGET (self));
  gtk_widget_grab_focus (self->search);
}

LfRunChooser *
lf_run_chooser_new (LfStore *store, const char *spec_id, const char *without)
{
  LfRunChooser *self = g_object_new (LF_TYPE_RUN_CHOOSER, NULL);

  self->store = g_object_ref (store);
  self->spec_id = g_strdup (spec_id);
  self->without = g_strdup (without);
  read_runs (self);
  return self;
}
