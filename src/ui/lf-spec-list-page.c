#include "config.h"

#include "lf-spec-list-private.h"

#include "lf-live-runs.h"
#include "lf-settings.h"
#include "lf-spec-cell.h"
#include "lf-spec-columns.h"
#include "lf-spec-row.h"
#include "lf-widget-private.h"
#include "lf-words.h"

#include <glib/gi18n.h>

enum
{
  PROP_0,
  PROP_SORT,
  PROP_DESCENDING,
  PROP_SELECTING,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LfSpecListPage, lf_spec_list_page, GTK_TYPE_BOX)

static void
setup_cb (LfSpecListPage *self, GtkListItem *list_item)
{
  GtkWidget *row = lf_spec_row_new (GTK_WIDGET (self));

  _lf_spec_cell_tell (list_item, row);
  gtk_list_item_set_child (list_item, row);
}

static void
fill_row (GtkListItem *list_item, gpointer user_data)
{
  lf_spec_row_set_item (LF_SPEC_ROW (gtk_list_item_get_child (list_item)),
                        gtk_list_item_get_item (list_item));
}

static void
bind_cb (LfSpecListPage *self, GtkListItem *list_item)
{
  lf_row_filler_bind (self->filler, list_item, NULL);
}

static void
unbind_cb (LfSpecListPage *self, GtkListItem *list_item)
{
  lf_row_filler_unbind (self->filler, list_item);
  lf_spec_row_set_item (LF_SPEC_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static void
activated_cb (LfSpecListPage *self, guint position)
{
  g_autoptr (LfSpecItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-spec", "s", lf_spec_item_get_id (item));
}

GtkWidget *
_lf_spec_list_view (LfSpecListPage *self)
{
  return lf_width_bin_is_narrow (self->bin) ? self->list : self->table;
}

/* Only the layout that is shown has the specs: rows for both would take twice the time. */
static void
narrow_cb (LfSpecListPage *self)
{
  gboolean narrow = lf_width_bin_is_narrow (self->bin);
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->shown);
  GtkWidget *focus = _lf_widget_get_focus (GTK_WIDGET (self));
  gboolean had_focus = focus != NULL && gtk_widget_is_ancestor (focus, self->layouts);

  lf_gradual_list_restart (self->shown);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), narrow ? model : NULL);
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->table), narrow ? NULL : model);
  gtk_stack_set_visible_child_name (GTK_STACK (self->layouts), narrow ? "cards" : "table");
  if (had_focus)
    gtk_widget_grab_focus (_lf_spec_list_view (self));
}

GPtrArray *
_lf_spec_list_selected (LfSpecListPage *self)
{
  g_autoptr (GtkBitset) chosen =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint64 i = 0; i < gtk_bitset_get_size (chosen); i++)
    g_ptr_array_add (list, g_list_model_get_item (G_LIST_MODEL (self->selection),
                                                  gtk_bitset_get_nth (chosen, (guint) i)));
  return list;
}

void
_lf_spec_list_selection_changed (LfSpecListPage *self)
{
  g_autoptr (GtkBitset) chosen =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  gulong n = (gulong) gtk_bitset_get_size (chosen);
  g_autofree char *count = lf_words_number ((double) n);
  g_autofree char *words = g_strdup_printf (ngettext ("%s selected", "%s selected", n), count);

  gtk_label_set_text (GTK_LABEL (self->n_selected), n > 0 ? words : _ ("Press specs to select"));
  gtk_action_bar_set_revealed (GTK_ACTION_BAR (self->action_bar), self->selecting || n > 1);
  _lf_spec_list_update_commands (self);
}

void
_lf_spec_list_set_selecting (LfSpecListPage *self, gboolean selecting)
{
  if (self->selecting == selecting)
    return;
  self->selecting = selecting;
  if (!selecting)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  _lf_spec_list_selection_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTING]);
}

void
_lf_spec_list_tell (LfSpecListPage *self, const char *message)
{
  g_autofree char *markup = g_markup_escape_text (message, -1);

  if (self->toasts != NULL) /* the window is there */
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (markup));
}

static void
uploaded_cb (LfSpecListPage *self, guint n)
{
  g_autofree char *count = lf_words_number (n);
  g_autofree char *words =
      g_strdup_printf (ngettext ("%s run uploaded", "%s runs uploaded", n), count);

  _lf_spec_list_tell (self, words);
  if (self->library != NULL)
    lf_spec_library_refresh (self->library);
}

/* The row where it was before, else what the page offers. */
static gboolean
lf_spec_list_page_grab_focus (GtkWidget *widget)
{
  LfSpecListPage *self = LF_SPEC_LIST_PAGE (widget);
  const char *page = gtk_stack_get_visible_child_name (GTK_STACK (self->pages));

  if (g_strcmp0 (page, "list") == 0 && gtk_widget_grab_focus (_lf_spec_list_view (self)))
    return TRUE;
  return gtk_widget_child_focus (self->pages, GTK_DIR_TAB_FORWARD);
}

static void
lf_spec_list_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LfSpecListPage *self = LF_SPEC_LIST_PAGE (object);
  gboolean descending = FALSE;
  const char *sort = self->pages != NULL
                         ? _lf_spec_columns_get_sort (GTK_COLUMN_VIEW (self->table), &descending)
                         : NULL;

  if (id == PROP_SORT)
    g_value_set_string (value, sort != NULL ? sort : "");
  else if (id == PROP_DESCENDING)
    g_value_set_boolean (value, descending);
  else if (id == PROP_SELECTING)
    g_value_set_boolean (value, self->selecting);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sort_by (LfSpecListPage *self, const char *id, gboolean descending)
{
  gboolean was_descending;
  const char *was = _lf_spec_columns_get_sort (GTK_COLUMN_VIEW (self->table), &was_descending);

  if (g_strcmp0 (was, id) != 0 || was_descending != descending)
    _lf_spec_columns_sort_by (GTK_COLUMN_VIEW (self->table), id, descending);
}

static void
lf_spec_list_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LfSpecListPage *self = LF_SPEC_LIST_PAGE (object);
  gboolean descending;
  const char *sort = _lf_spec_columns_get_sort (GTK_COLUMN_VIEW (self->table), &descending);

  if (id == PROP_SORT)
    sort_by (self, g_value_get_string (value), descending);
  else if (id == PROP_DESCENDING)
    sort_by (self, sort, g_value_get_boolean (value));
  else if (id == PROP_SELECTING)
    _lf_spec_list_set_selecting (self, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
lf_spec_list_page_dispose (GObject *object)
{
  LfSpecListPage *self = LF_SPEC_LIST_PAGE (object);

  if (self->pages != NULL)
    {
      lf_spec_list_page_set_library (self, NULL);
      g_signal_handlers_disconnect_by_data (
          gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->table)), self);
    }
  g_clear_handle_id (&self->waiting_id, g_source_remove);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_handle_id (&self->age_id, g_source_remove);
  g_clear_pointer (&self->past_runs, gtk_widget_unparent);
  g_clear_pointer (&self->popup, gtk_widget_unparent);
  g_clear_object (&self->chooser);
  g_clear_object (&self->sorter);
  g_clear_object (&self->shown);
  g_clear_object (&self->selection);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  g_clear_weak_pointer (&self->undo);
  g_clear_weak_pointer (&self->toasts);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_SPEC_LIST_PAGE);
  self->pages = NULL;
  G_OBJECT_CLASS (lf_spec_list_page_parent_class)->dispose (object);
}

static void
lf_spec_list_page_finalize (GObject *object)
{
  g_strfreev (LF_SPEC_LIST_PAGE (object)->words);
  G_OBJECT_CLASS (lf_spec_list_page_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  object_class->get_property = lf_spec_list_page_get_property;
  object_class->set_property = lf_spec_list_page_set_property;
  properties[PROP_SORT] = g_param_spec_string (
      "sort", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_DESCENDING] =
      g_param_spec_boolean ("descending", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SELECTING] =
      g_param_spec_boolean ("selecting", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               LF_RESOURCE_PATH "lf-spec-list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, bin);
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, pages);
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, layouts);
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, search_button);
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, tag_filter);
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, list);
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, table);
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, live_runs);
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, spill_bar);
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, waiting);
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, action_bar);
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, n_selected);
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, context);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, uploaded_cb);
}

static void
lf_spec_list_page_class_init (LfSpecListPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_spec_list_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = lf_spec_list_page_finalize;
  widget_class->grab_focus = lf_spec_list_page_grab_focus;
  g_type_ensure (LF_TYPE_LIVE_RUNS);
  g_type_ensure (LF_TYPE_SPILL_BAR);
  g_type_ensure (LF_TYPE_TAG_FILTER);
  g_type_ensure (LF_TYPE_WIDTH_BIN);
  install_properties (G_OBJECT_CLASS (klass));
  bind_template (widget_class);
  gtk_widget_class_install_property_action (widget_class, "specs.sort", "sort");
  gtk_widget_class_install_property_action (widget_class, "specs.descending", "descending");
  gtk_widget_class_install_property_action (widget_class, "specs.selecting", "selecting");
  _lf_spec_list_class_install_models (widget_class);
  _lf_spec_list_class_install_input (widget_class);
  _lf_spec_list_class_install_commands (widget_class);
}

static void
lf_spec_list_page_init (LfSpecListPage *self)
{
  self->settings = lf_settings_new ();
  self->words = g_new0 (char *, 1);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filler = lf_row_filler_new (self->list, fill_row);
  _lf_spec_columns_add (GTK_COLUMN_VIEW (self->table), GTK_WIDGET (self));
  _lf_spec_list_restore_sort (self);
  _lf_spec_list_make_models (self);
  gtk_search_bar_connect_entry (GTK_SEARCH_BAR (self->search_bar),
                                GTK_EDITABLE (self->search_entry));
  _lf_spec_list_add_input (self, self->list);
  _lf_spec_list_add_input (self, self->table);
  _lf_spec_list_selection_changed (self);
}

void
lf_spec_list_page_set_library (LfSpecListPage *self, LfSpecLibrary *library)
{
  if (self->library != NULL)
    g_signal_handlers_disconnect_by_data (self->library, self);
  _lf_spec_list_set_selecting (self, FALSE);
  gtk_filter_list_model_set_model (self->filtered, NULL);
  g_set_object (&self->library, library);
  lf_live_runs_set_runs (
      LF_LIVE_RUNS (self->live_runs),
      library != NULL ? lf_workspace_get_runs (lf_spec_library_get_workspace (library)) : NULL);
  lf_spill_bar_set_spill (
      self->spill_bar,
      library != NULL ? lf_workspace_get_spill (lf_spec_library_get_workspace (library)) : NULL,
      library != NULL ? lf_spec_library_get_store (library) : NULL);
  _lf_spec_list_set_searchable (self, FALSE);
  if (library == NULL)
    return;
  g_signal_connect_swapped (library, "notify::loaded", G_CALLBACK (_lf_spec_list_update_page),
                            self);
  g_signal_connect_swapped (library, "changed", G_CALLBACK (_lf_spec_list_refresh_soon), self);
  gtk_filter_list_model_set_model (self->filtered, lf_spec_library_get_items (library));
  lf_spec_list_page_set_waiting (self, lf_store_get_name (lf_spec_library_get_store (library)));
  _lf_spec_list_refresh_soon (self);
  _lf_spec_list_update_page (self);
}

void
lf_spec_list_page_set_toasts (LfSpecListPage *self, AdwToastOverlay *toasts)
{
  g_set_weak_pointer (&self->toasts, toasts);
}

void
lf_spec_list_page_search (LfSpecListPage *self)
{
  if (!gtk_widget_get_sensitive (self->search_button))
    return;
  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), TRUE);
  gtk_widget_grab_focus (self->search_entry);
}
