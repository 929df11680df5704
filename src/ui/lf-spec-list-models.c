#include "config.h"

#include "lf-spec-list-private.h"

#include "lf-search.h"
#include "lf-spec-columns.h"
#include "lf-table.h"

#define AGE_STEP 60 /* s, in which "5 min ago" becomes wrong */

static gboolean
filter_cb (gpointer item, gpointer user_data)
{
  LfSpecListPage *self = user_data;
  const char *const *tags = lf_tag_filter_get_chosen (self->tag_filter);

  for (guint i = 0; tags[i] != NULL; i++)
    if (!lf_spec_item_has_tag (item, tags[i]))
      return FALSE;
  return lf_spec_item_matches (item, (const char *const *) self->words);
}

/* Most rows will be others. */
static void
fold (LfSpecListPage *self)
{
  GtkScrollable *view = GTK_SCROLLABLE (_lf_spec_list_view (self));
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (view);

  if (adjustment != NULL) /* the last rows can go without others that take their places */
    gtk_adjustment_set_value (adjustment, 0);
  lf_gradual_list_fold (self->shown);
}

static void
filter_changed_cb (LfSpecListPage *self)
{
  self->refilter = TRUE;
  fold (self);
}

static void
folded_cb (LfSpecListPage *self)
{
  if (self->refilter)
    {
      g_strfreev (self->words);
      self->words = lf_search_split (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
      gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
      _lf_spec_list_update_page (self);
    }
  if (self->resort)
    gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  self->refilter = self->resort = FALSE;
}

/* Nothing stays hidden once the search is closed. */
static void
search_mode_cb (LfSpecListPage *self)
{
  if (!gtk_search_bar_get_search_mode (GTK_SEARCH_BAR (self->search_bar)))
    lf_tag_filter_clear (self->tag_filter);
}

static void
sorter_changed_cb (LfSpecListPage *self)
{
  gboolean descending;
  const char *id = _lf_spec_columns_get_sort (GTK_COLUMN_VIEW (self->table), &descending);

  self->resort = TRUE;
  fold (self);
  if (id == NULL)
    return;
  if (self->settings != NULL)
    {
      g_settings_set_string (self->settings, "specs-sort", id);
      g_settings_set_boolean (self->settings, "specs-descending", descending);
    }
  g_object_notify (G_OBJECT (self), "sort");
  g_object_notify (G_OBJECT (self), "descending");
}

static gboolean
refresh_cb (gpointer user_data)
{
  LfSpecListPage *self = user_data;

  self->refresh_id = 0;
  if (self->library == NULL)
    return G_SOURCE_REMOVE;
  lf_tag_filter_count (self->tag_filter, lf_spec_library_get_items (self->library));
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  _lf_spec_list_update_page (self);
  return G_SOURCE_REMOVE;
}

void
_lf_spec_list_refresh_soon (LfSpecListPage *self)
{
  if (self->refresh_id == 0)
    self->refresh_id = g_idle_add (refresh_cb, self);
}

static gboolean
age_cb (gpointer user_data)
{
  LfSpecListPage *self = user_data;
  GListModel *items = self->library != NULL ? lf_spec_library_get_items (self->library) : NULL;

  for (guint i = 0; items != NULL && i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (LfSpecItem) item = g_list_model_get_item (items, i);

      g_signal_emit_by_name (item, "changed"); /* only rows that are shown listen */
    }
  return G_SOURCE_CONTINUE;
}

void
_lf_spec_list_restore_sort (LfSpecListPage *self)
{
  g_autofree char *id =
      self->settings != NULL ? g_settings_get_string (self->settings, "specs-sort") : NULL;
  gboolean descending =
      self->settings != NULL && g_settings_get_boolean (self->settings, "specs-descending");

  _lf_spec_columns_sort_by (GTK_COLUMN_VIEW (self->table), id != NULL ? id : "name", descending);
}

void
_lf_spec_list_make_models (LfSpecListPage *self)
{
  GtkSorter *heads = gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->table));
  GtkSortListModel *sorted;

  self->sorter = lf_table_sorter_new (GTK_COLUMN_VIEW (self->table));
  self->filter = gtk_custom_filter_new (filter_cb, self, NULL);
  self->filtered = gtk_filter_list_model_new (NULL, g_object_ref (GTK_FILTER (self->filter)));
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->filtered)),
                                    g_object_ref (self->sorter));
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (sorted));
  self->shown = lf_gradual_list_new (GTK_SELECTION_MODEL (self->selection), GTK_WIDGET (self));
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->table), GTK_SELECTION_MODEL (self->shown));
  g_signal_connect_object (self->filtered, "items-changed", G_CALLBACK (_lf_spec_list_update_page),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed",
                           G_CALLBACK (_lf_spec_list_selection_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed",
                           G_CALLBACK (_lf_spec_list_selection_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shown, "folded", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (heads, "changed", G_CALLBACK (sorter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->age_id = g_timeout_add_seconds (AGE_STEP, age_cb, self);
}

void
_lf_spec_list_class_install_models (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_mode_cb);
}
