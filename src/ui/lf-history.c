#include "config.h"

#include "lf-history-private.h"

#include "lf-format.h"
#include "lf-history-columns.h"
#include "lf-reflow.h"
#include "lf-table.h"

#include <glib/gi18n.h>
#include <math.h>

G_DEFINE_FINAL_TYPE (LfHistory, lf_history, GTK_TYPE_BOX)

static LfStore *
store_of (LfHistory *self)
{
  return lf_workspace_get_store (self->workspace);
}

GPtrArray *
_lf_history_selected (LfHistory *self)
{
  g_autoptr (GtkBitset) chosen =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint64 i = 0; i < gtk_bitset_get_size (chosen); i++)
    g_ptr_array_add (list, g_list_model_get_item (G_LIST_MODEL (self->selection),
                                                  gtk_bitset_get_nth (chosen, (guint) i)));
  return list;
}

/* A run that goes on is still being written. */
static gboolean
may_delete (GPtrArray *selected)
{
  for (guint i = 0; i < selected->len; i++)
    if (lf_run_is_active (lf_history_run_get (selected->pdata[i])))
      return FALSE;
  return selected->len > 0;
}

/* Ids grow with time. */
static GVariant *
ids_of (GPtrArray *two)
{
  const char *a = lf_history_run_get (two->pdata[0])->id;
  const char *b = lf_history_run_get (two->pdata[1])->id;
  const char *ids[] = { g_strcmp0 (a, b) < 0 ? a : b, g_strcmp0 (a, b) < 0 ? b : a, NULL };

  return g_variant_new_strv (ids, 2);
}

static void
selection_changed_cb (LfHistory *self)
{
  g_autoptr (GPtrArray) selected = _lf_history_selected (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.open", selected->len == 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.compare", selected->len == 2);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.delete", may_delete (selected));
}

static int
compare_age (gconstpointer a, gconstpointer b)
{
  const LfRun *one = lf_history_run_get (*(LfHistoryRun **) a);
  const LfRun *other = lf_history_run_get (*(LfHistoryRun **) b);

  return g_strcmp0 (one->id, other->id);
}

static GPtrArray *
runs_by_age (LfHistory *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->runs));
  GPtrArray *list = g_ptr_array_new_full (n, g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (list, g_list_model_get_item (G_LIST_MODEL (self->runs), i));
  g_ptr_array_sort (list, compare_age);
  return list;
}

static void
free_point (gpointer data)
{
  g_free (((LfTrendPoint *) data)->when);
}

static void
add_point (GArray *points, LfHistoryRun *row, double value)
{
  LfTrendPoint point = { value, lf_format_time (lf_history_run_get (row)->started_at) };

  g_array_append_val (points, point);
}

static GArray *
new_points (void)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (LfTrendPoint));

  g_array_set_clear_func (points, free_point);
  return points;
}

static void
show_last (GtkLabel *label, GArray *points, LfChartFormat format)
{
  g_autofree char *text = NULL;

  if (points->len > 0)
    text = format (g_array_index (points, LfTrendPoint, points->len - 1).value);
  gtk_label_set_text (label, text != NULL ? text : "");
}

/* Both trends show the same runs: those that measured something. */
static void
update_trends (LfHistory *self)
{
  g_autoptr (GPtrArray) rows = runs_by_age (self);
  g_autoptr (GArray) p95 = new_points ();
  g_autoptr (GArray) rate = new_points ();

  g_ptr_array_set_size (self->trend_ids, 0);
  for (guint i = 0; i < rows->len; i++)
    {
      LfHistoryRun *row = rows->pdata[i];

      if (isnan (lf_history_run_get_p95 (row)) || isnan (lf_history_run_get_rate (row)))
        continue;
      g_ptr_array_add (self->trend_ids, g_strdup (lf_history_run_get (row)->id));
      add_point (p95, row, lf_history_run_get_p95 (row));
      add_point (rate, row, lf_history_run_get_rate (row));
    }
  lf_trend_set_points (self->p95_trend, (const LfTrendPoint *) (gpointer) p95->data, p95->len);
  lf_trend_set_points (self->rate_trend, (const LfTrendPoint *) (gpointer) rate->data, rate->len);
  show_last (self->p95_last, p95, lf_format_ms);
  show_last (self->rate_last, rate, lf_format_rate);
}

void
_lf_history_update (LfHistory *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->runs));

  update_trends (self);
  selection_changed_cb (self);
  if (self->reading == NULL)
    gtk_stack_set_visible_child_name (self->pages, n > 0 ? "runs" : "empty");
}

static void
show_usage (LfHistory *self, const LfStoreUsage *usage)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->runs));
  g_autofree char *runs = usage->runs >= 0 ? lf_format_bytes ((double) usage->runs)
                                           : g_strdup (_ ("an unknown amount"));
  g_autofree char *total = usage->total >= 0 ? lf_format_bytes ((double) usage->total)
                                             : g_strdup (_ ("an unknown amount"));
  /* Translators: the two amounts are disk space, as in "3.4 MB". */
  g_autofree char *text =
      g_strdup_printf (ngettext ("%'u run takes about %s; the whole store takes %s.",
                                 "%'u runs take about %s; the whole store takes %s.", n),
                       n, runs, total);

  gtk_label_set_text (self->usage, text);
}

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfHistory) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree LfStoreUsage *usage = lf_store_measure_finish (LF_STORE (source), result, &error);

  if (self->pages == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (usage != NULL)
    show_usage (self, usage);
  else
    gtk_label_set_text (self->usage, error->message);
}

void
_lf_history_measure (LfHistory *self)
{
  if (self->workspace != NULL)
    lf_store_measure_async (store_of (self), self->spec_id, NULL, measured_cb, g_object_ref (self));
}

static void
show_error (LfHistory *self, const GError *error)
{
  g_autofree char *markup = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (self->error_page, markup);
  gtk_stack_set_visible_child_name (self->pages, "error");
}

/* How many of the last rows show what they showed. */
static guint
count_same (LfHistory *self, GPtrArray *rows)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->runs));
  guint same = 0;

  while (same < MIN (n, rows->len))
    {
      g_autoptr (LfHistoryRun) old =
          g_list_model_get_item (G_LIST_MODEL (self->runs), n - 1 - same);

      if (!lf_record_equal (lf_history_run_get (old),
                            lf_history_run_get (rows->pdata[rows->len - 1 - same])))
        break;
      same++;
    }
  return same;
}

/* A run that began or ended meanwhile is among the first, as the newest are. The others keep their
 * rows, so that they stay selected. */
static void
fill (LfHistory *self, GPtrArray *runs)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint same;

  for (guint i = 0; i < runs->len; i++)
    if (!_lf_history_is_deleted (self, ((LfRun *) runs->pdata[i])->id))
      g_ptr_array_add (rows, lf_history_run_new (runs->pdata[i]));
  same = count_same (self, rows);
  g_list_store_splice (self->runs, 0, g_list_model_get_n_items (G_LIST_MODEL (self->runs)) - same,
                       rows->pdata, rows->len - same);
}

/* The runs, else what the page offers. */
static gboolean
lf_history_grab_focus (GtkWidget *widget)
{
  LfHistory *self = LF_HISTORY (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "runs") == 0 &&
      gtk_widget_grab_focus (_lf_history_view (self)))
    return TRUE;
  return gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfHistory) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = lf_store_list_runs_finish (LF_STORE (source), result, &error);
  gboolean is_first = self->pages != NULL &&
                      g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "loading") == 0;

  if (self->reading == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  if (runs == NULL)
    {
      show_error (self, error);
      return;
    }
  fill (self, runs);
  _lf_history_update (self);
  _lf_history_measure (self);
  if (is_first)
    lf_history_grab_focus (GTK_WIDGET (self));
}

static void
stop_reading (LfHistory *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

void
_lf_history_read (LfHistory *self)
{
  LfRunQuery query = { .spec_id = self->spec_id, .brief = TRUE };

  stop_reading (self);
  if (self->workspace == NULL)
    return;
  self->reading = g_cancellable_new ();
  lf_store_list_runs_async (store_of (self), &query, self->reading, listed_cb, g_object_ref (self));
}

static void
open_run (LfHistory *self, const char *id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-run", "s", id);
}

static void
row_activated_cb (LfHistory *self, guint position)
{
  g_autoptr (LfHistoryRun) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  open_run (self, lf_history_run_get (row)->id);
}

static void
point_activated_cb (LfHistory *self, guint n)
{
  if (n < self->trend_ids->len)
    open_run (self, self->trend_ids->pdata[n]);
}

static void
open_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GPtrArray) selected = _lf_history_selected (LF_HISTORY (widget));

  if (selected->len == 1)
    open_run (LF_HISTORY (widget), lf_history_run_get (selected->pdata[0])->id);
}

static void
compare_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GPtrArray) selected = _lf_history_selected (LF_HISTORY (widget));

  if (selected->len == 2)
    gtk_widget_activate_action_variant (widget, "win.compare-runs", ids_of (selected));
}

static void
delete_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _lf_history_delete (LF_HISTORY (widget));
}

static void
reload_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LfHistory *self = LF_HISTORY (widget);

  gtk_stack_set_visible_child_name (self->pages, "loading");
  _lf_history_read (self);
}

/* What is still being read holds it, and would turn pages that are in no window. */
static void
lf_history_unroot (GtkWidget *widget)
{
  stop_reading (LF_HISTORY (widget));
  GTK_WIDGET_CLASS (lf_history_parent_class)->unroot (widget);
}

/* Turns no page: there may be no window any more. */
static void
leave_workspace (LfHistory *self)
{
  stop_reading (self);
  if (self->workspace == NULL)
    return;
  g_signal_handlers_disconnect_by_data (
      lf_run_manager_get_active (lf_workspace_get_runs (self->workspace)), self);
  g_clear_object (&self->workspace);
}

static void
lf_history_dispose (GObject *object)
{
  LfHistory *self = LF_HISTORY (object);

  if (self->pages != NULL)
    {
      lf_history_flush (self);
      leave_workspace (self);
      g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->table), self);
    }
  g_clear_weak_pointer (&self->toasts);
  g_clear_object (&self->sorter);
  g_clear_object (&self->shown);
  g_clear_object (&self->selection);
  g_clear_object (&self->runs);
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_HISTORY);
  self->pages = NULL;
  G_OBJECT_CLASS (lf_history_parent_class)->dispose (object);
}

static void
lf_history_finalize (GObject *object)
{
  LfHistory *self = LF_HISTORY (object);

  g_ptr_array_unref (self->deleted);
  g_ptr_array_unref (self->trend_ids);
  g_free (self->spec_id);
  G_OBJECT_CLASS (lf_history_parent_class)->finalize (object);
}

static void
lf_history_class_init (LfHistoryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_history_dispose;
  G_OBJECT_CLASS (klass)->finalize = lf_history_finalize;
  widget_class->grab_focus = lf_history_grab_focus;
  widget_class->unroot = lf_history_unroot;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
  g_type_ensure (LF_TYPE_REFLOW);
  g_type_ensure (LF_TYPE_TREND);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-history.ui");
  gtk_widget_class_bind_template_child (widget_class, LfHistory, heading);
  gtk_widget_class_bind_template_child (widget_class, LfHistory, pages);
  gtk_widget_class_bind_template_child (widget_class, LfHistory, table);
  gtk_widget_class_bind_template_child (widget_class, LfHistory, error_page);
  gtk_widget_class_bind_template_child (widget_class, LfHistory, p95_trend);
  gtk_widget_class_bind_template_child (widget_class, LfHistory, rate_trend);
  gtk_widget_class_bind_template_child (widget_class, LfHistory, p95_last);
  gtk_widget_class_bind_template_child (widget_class, LfHistory, rate_last);
  gtk_widget_class_bind_template_child (widget_class, LfHistory, usage);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, point_activated_cb);
  _lf_history_class_install_layout (widget_class);
  gtk_widget_class_install_action (widget_class, "history.open", NULL, open_cb);
  gtk_widget_class_install_action (widget_class, "history.compare", NULL, compare_cb);
  gtk_widget_class_install_action (widget_class, "history.delete", NULL, delete_cb);
  gtk_widget_class_install_action (widget_class, "history.reload", NULL, reload_cb);
}

static void
add_key (LfHistory *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Delete|KP_Delete"),
                        gtk_named_action_new ("history.delete")));
  gtk_widget_add_controller (GTK_WIDGET (self->layouts), keys);
}

/* Most rows will be others; the last can go without others that take their places. */
static void
heads_changed_cb (LfHistory *self)
{
  GtkScrollable *view = GTK_SCROLLABLE (_lf_history_view (self));

  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (view), 0);
  lf_gradual_list_fold (self->shown);
}

static void
folded_cb (LfHistory *self, LfGradualList *shown)
{
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
}

static void
make_models (LfHistory *self)
{
  GtkSortListModel *sorted;

  self->runs = g_list_store_new (LF_TYPE_HISTORY_RUN);
  self->sorter = lf_table_sorter_new (self->table);
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->runs)),
                                    g_object_ref (self->sorter));
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (sorted));
  self->shown = lf_gradual_list_new (GTK_SELECTION_MODEL (self->selection), GTK_WIDGET (self));
  g_signal_connect_object (gtk_column_view_get_sorter (self->table), "changed",
                           G_CALLBACK (heads_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shown, "folded", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
}

static void
lf_history_init (LfHistory *self)
{

  self->deleted = g_ptr_array_new_with_free_func (_lf_history_batch_unref);
  self->trend_ids = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  _lf_history_add_columns (self->table);
  make_models (self);
  _lf_history_lay_out (self);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->runs, "items-changed", G_CALLBACK (_lf_history_update), self,
                           G_CONNECT_SWAPPED);
  lf_trend_set_look (self->p95_trend, _ ("p95"), LF_CHART_ORANGE, lf_format_ms);
  lf_trend_set_look (self->rate_trend, _ ("Requests per second"), LF_CHART_BLUE, lf_format_rate);
  add_key (self);
  selection_changed_cb (self);
}

void
lf_history_set_toasts (LfHistory *self, AdwToastOverlay *toasts)
{
  g_set_weak_pointer (&self->toasts, toasts);
}

/* Leaves the spec that was shown, if any. */
static void
forget (LfHistory *self)
{
  leave_workspace (self);
  g_list_store_remove_all (self->runs);
}

void
lf_history_show (LfHistory *self,
                 LfWorkspace *workspace,
                 const char *spec_id,
                 const char *spec_name)
{
  forget (self);
  lf_set_string (&self->spec_id, spec_id);
  adw_window_title_set_subtitle (self->heading, spec_name != NULL ? spec_name : "");
  gtk_label_set_text (self->usage, "");
  gtk_stack_set_visible_child_name (self->pages, "loading");
  if (workspace == NULL)
    return;
  self->workspace = g_object_ref (workspace);
  g_signal_connect_swapped (lf_run_manager_get_active (lf_workspace_get_runs (workspace)),
                            "items-changed", G_CALLBACK (_lf_history_read), self);
  _lf_history_read (self);
}
