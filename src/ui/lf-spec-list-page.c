#include "config.h"

#include "lf-spec-list-page.h"

#include "lf-error.h"
#include "lf-live-runs.h"
#include "lf-spec-row.h"

#include <glib/gi18n.h>

#define PATIENCE 1 /* s, in which most stores have answered */

struct _LfSpecListPage
{
  GtkBox parent_instance;
  LfSpecLibrary *library;
  AdwToastOverlay *toasts;
  GtkFilterListModel *filtered;
  GtkCustomFilter *filter;
  GtkWidget *pages;
  GtkWidget *search_button;
  GtkWidget *search_bar;
  GtkWidget *search_entry;
  GtkWidget *list;
  GtkWidget *error_page;
  LfLiveRuns *live_runs;
  GtkWidget *waiting;
  guint waiting_id; /* of the moment after which it is said what is waited for */
};

G_DEFINE_FINAL_TYPE (LfSpecListPage, lf_spec_list_page, GTK_TYPE_BOX)

/* Ctrl+F and typing search, where there is something to find. */
static void
set_searchable (LfSpecListPage *self, gboolean searchable)
{
  gtk_widget_set_sensitive (self->search_button, searchable);
  gtk_search_bar_set_key_capture_widget (GTK_SEARCH_BAR (self->search_bar),
                                         searchable ? GTK_WIDGET (self) : NULL);
}

static void
update_page (LfSpecListPage *self)
{
  guint n_items, n_shown;

  if (self->library == NULL)
    return;
  n_items = g_list_model_get_n_items (lf_spec_library_get_items (self->library));
  n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
  set_searchable (self, n_items > 0);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages),
                                    !lf_spec_library_is_loaded (self->library) ? "loading"
                                    : n_items == 0                             ? "empty"
                                    : n_shown == 0                             ? "not-found"
                                                                               : "list");
}

static gboolean
waited_cb (gpointer user_data)
{
  LfSpecListPage *self = user_data;

  self->waiting_id = 0;
  gtk_widget_set_visible (self->waiting, TRUE);
  return G_SOURCE_REMOVE;
}

static gboolean
filter_cb (gpointer item, gpointer user_data)
{
  LfSpecListPage *self = user_data;

  return lf_spec_item_matches (item, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
}

static void
search_changed_cb (LfSpecListPage *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update_page (self);
}

static void
setup_cb (LfSpecListPage *self, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, g_object_new (LF_TYPE_SPEC_ROW, NULL));
}

static void
bind_cb (LfSpecListPage *self, GtkListItem *list_item)
{
  lf_spec_row_set_item (LF_SPEC_ROW (gtk_list_item_get_child (list_item)), self->library,
                        gtk_list_item_get_item (list_item));
}

static void
unbind_cb (LfSpecListPage *self, GtkListItem *list_item)
{
  lf_spec_row_set_item (LF_SPEC_ROW (gtk_list_item_get_child (list_item)), NULL, NULL);
}

static void
activated_cb (LfSpecListPage *self, guint position)
{
  g_autoptr (LfSpecItem) item = g_list_model_get_item (G_LIST_MODEL (self->filtered), position);

  gtk_widget_activate_action (GTK_WIDGET (self), "specs.edit", "s", lf_spec_item_get_id (item));
}

static void
forward_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  const char *action = g_str_has_suffix (action_name, ".run")    ? "win.run-spec"
                       : g_str_has_suffix (action_name, ".edit") ? "win.edit-spec"
                                                                 : "win.spec-history";

  gtk_widget_activate_action_variant (widget, action, parameter);
}

static void
duplicate_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LfSpecListPage *self = LF_SPEC_LIST_PAGE (widget);
  LfSpecItem *item = lf_spec_library_find (self->library, g_variant_get_string (parameter, NULL));

  if (item != NULL)
    lf_spec_library_duplicate (self->library, item);
}

/* The text of a spec file, which the clipboard can give to a friend or to another LoadForge. */
static void
copy_json_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LfSpecListPage *self = LF_SPEC_LIST_PAGE (widget);
  LfSpecItem *item = lf_spec_library_find (self->library, g_variant_get_string (parameter, NULL));
  g_autofree char *text = NULL;

  if (item == NULL)
    return;
  text = lf_record_to_text (lf_spec_item_get_spec (item), TRUE);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
delete_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LfSpecListPage *self = LF_SPEC_LIST_PAGE (widget);
  LfSpecItem *item = lf_spec_library_find (self->library, g_variant_get_string (parameter, NULL));

  if (item != NULL)
    lf_spec_list_page_delete (self, item);
}

/* The row that has the keyboard focus; its list item is what GTK focuses. */
static LfSpecRow *
focused_row (LfSpecListPage *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *child = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  if (child != NULL && LF_IS_SPEC_ROW (child))
    return LF_SPEC_ROW (child);
  return focus != NULL ? LF_SPEC_ROW (gtk_widget_get_ancestor (focus, LF_TYPE_SPEC_ROW)) : NULL;
}

static gboolean
menu_key_cb (GtkWidget *list, GVariant *arguments, gpointer user_data)
{
  LfSpecRow *row = focused_row (user_data);

  if (row != NULL)
    lf_spec_row_popup (row);
  return row != NULL;
}

static gboolean
delete_key_cb (GtkWidget *list, GVariant *arguments, gpointer user_data)
{
  LfSpecRow *row = focused_row (user_data);

  if (row != NULL && lf_spec_row_get_item (row) != NULL)
    lf_spec_list_page_delete (user_data, lf_spec_row_get_item (row));
  return row != NULL;
}

static gboolean
duplicate_key_cb (GtkWidget *list, GVariant *arguments, gpointer user_data)
{
  LfSpecListPage *self = user_data;
  LfSpecRow *row = focused_row (self);

  if (row != NULL && lf_spec_row_get_item (row) != NULL)
    lf_spec_library_duplicate (self->library, lf_spec_row_get_item (row));
  return row != NULL;
}

static void
add_key (LfSpecListPage *self, GtkEventController *keys, const char *trigger, GtkShortcutFunc func)
{
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                        gtk_callback_action_new (func, self, NULL)));
}

static void
add_keys (LfSpecListPage *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  add_key (self, keys, "Menu|<Shift>F10", menu_key_cb);
  add_key (self, keys, "Delete", delete_key_cb);
  add_key (self, keys, "<Control>d", duplicate_key_cb);
  gtk_widget_add_controller (self->list, keys);
}

/* A toast that ends without Undo makes the deletion real. */
static void
toast_dismissed_cb (AdwToast *toast, LfSpecLibrary *library)
{
  lf_spec_library_purge (library, g_object_get_data (G_OBJECT (toast), "item"));
}

static void
undo_clicked_cb (AdwToast *toast, LfSpecLibrary *library)
{
  lf_spec_library_restore (library, g_object_get_data (G_OBJECT (toast), "item"));
}

/* The row where it was before, else what the page offers. */
static gboolean
lf_spec_list_page_grab_focus (GtkWidget *widget)
{
  LfSpecListPage *self = LF_SPEC_LIST_PAGE (widget);
  const char *page = gtk_stack_get_visible_child_name (GTK_STACK (self->pages));

  if (g_strcmp0 (page, "list") == 0 && gtk_widget_grab_focus (self->list))
    return TRUE;
  return gtk_widget_child_focus (self->pages, GTK_DIR_TAB_FORWARD);
}

static void
lf_spec_list_page_dispose (GObject *object)
{
  LfSpecListPage *self = LF_SPEC_LIST_PAGE (object);

  if (self->list != NULL)
    lf_spec_list_page_set_library (self, NULL);
  g_clear_handle_id (&self->waiting_id, g_source_remove);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  g_clear_object (&self->toasts);
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_SPEC_LIST_PAGE);
  self->list = NULL;
  G_OBJECT_CLASS (lf_spec_list_page_parent_class)->dispose (object);
}

static void
lf_spec_list_page_class_init (LfSpecListPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_spec_list_page_dispose;
  widget_class->grab_focus = lf_spec_list_page_grab_focus;
  g_type_ensure (LF_TYPE_LIVE_RUNS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               LF_RESOURCE_PATH "lf-spec-list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, pages);
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, search_button);
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, list);
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, live_runs);
  gtk_widget_class_bind_template_child (widget_class, LfSpecListPage, waiting);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_install_action (widget_class, "specs.run", "s", forward_cb);
  gtk_widget_class_install_action (widget_class, "specs.edit", "s", forward_cb);
  gtk_widget_class_install_action (widget_class, "specs.duplicate", "s", duplicate_cb);
  gtk_widget_class_install_action (widget_class, "specs.copy-json", "s", copy_json_cb);
  gtk_widget_class_install_action (widget_class, "specs.history", "s", forward_cb);
  gtk_widget_class_install_action (widget_class, "specs.delete", "s", delete_cb);
}

static void
lf_spec_list_page_init (LfSpecListPage *self)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->filter = gtk_custom_filter_new (filter_cb, self, NULL);
  self->filtered = gtk_filter_list_model_new (NULL, g_object_ref (GTK_FILTER (self->filter)));
  g_signal_connect_swapped (self->filtered, "items-changed", G_CALLBACK (update_page), self);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->filtered)));
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), GTK_SELECTION_MODEL (selection));
  gtk_search_bar_connect_entry (GTK_SEARCH_BAR (self->search_bar),
                                GTK_EDITABLE (self->search_entry));
  add_keys (self);
}

void
lf_spec_list_page_set_library (LfSpecListPage *self, LfSpecLibrary *library)
{
  if (self->library != NULL)
    g_signal_handlers_disconnect_by_func (self->library, update_page, self);
  gtk_filter_list_model_set_model (self->filtered, NULL);
  g_set_object (&self->library, library);
  lf_live_runs_set_runs (
      self->live_runs,
      library != NULL ? lf_workspace_get_runs (lf_spec_library_get_workspace (library)) : NULL);
  set_searchable (self, FALSE);
  if (library == NULL)
    return;
  g_signal_connect_swapped (library, "notify::loaded", G_CALLBACK (update_page), self);
  gtk_filter_list_model_set_model (self->filtered, lf_spec_library_get_items (library));
  lf_spec_list_page_set_waiting (self, lf_store_get_name (lf_spec_library_get_store (library)));
  update_page (self);
}

void
lf_spec_list_page_set_waiting (LfSpecListPage *self, const char *store)
{
  g_autofree char *text = store != NULL ? g_strdup_printf (_ ("Waiting for %s to answer…"), store)
                                        : g_strdup (_ ("Waiting for the store to answer…"));

  gtk_label_set_text (GTK_LABEL (self->waiting), text);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "loading");
  if (!gtk_widget_get_visible (self->waiting) && self->waiting_id == 0)
    self->waiting_id = g_timeout_add_seconds (PATIENCE, waited_cb, self);
}

/* NULL where the error's own words name the cure. */
static const char *
cure_of (const GError *error)
{
  switch (error->domain == LF_ERROR ? error->code : LF_ERROR_FAILED)
    {
    case LF_ERROR_CORRUPT:
      return NULL;
    case LF_ERROR_NEWER:
      return _ ("Install the newer version of LoadForge that wrote it.");
    case LF_ERROR_READ_ONLY:
      return _ ("Give yourself write access to it.");
    case LF_ERROR_FULL:
      return _ ("Free some space on that disk.");
    case LF_ERROR_UNREACHABLE:
      return _ ("Start the database server, or correct MONGO_URI.");
    case LF_ERROR_BUSY:
      return _ ("Close the other program that uses it.");
    default:
      return _ ("Mend what is named above, then try again.");
    }
}

void
lf_spec_list_page_set_error (LfSpecListPage *self, const GError *error)
{
  const char *cure;
  g_autofree char *words = NULL;
  g_autofree char *markup = NULL;

  if (error == NULL)
    return;
  cure = cure_of (error);
  words = g_strconcat (error->message, cure != NULL ? "\n\n" : NULL, cure, NULL);
  markup = g_markup_escape_text (words, -1);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->error_page), markup);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "error");
}

void
lf_spec_list_page_set_toasts (LfSpecListPage *self, AdwToastOverlay *toasts)
{
  g_set_object (&self->toasts, toasts);
}

void
lf_spec_list_page_search (LfSpecListPage *self)
{
  if (!gtk_widget_get_sensitive (self->search_button))
    return;
  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), TRUE);
  gtk_widget_grab_focus (self->search_entry);
}

void
lf_spec_list_page_run (LfSpecListPage *self)
{
  LfSpecRow *row = focused_row (self);
  LfSpecItem *item = row != NULL ? lf_spec_row_get_item (row) : NULL;

  if (item != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "specs.run", "s", lf_spec_item_get_id (item));
}

void
lf_spec_list_page_delete (LfSpecListPage *self, LfSpecItem *item)
{
  const char *name = lf_spec_item_get_spec (item)->name;
  g_autofree char *title = g_strdup_printf (_ ("“%s” deleted"), name != NULL ? name : "");
  g_autofree char *markup = g_markup_escape_text (title, -1);
  AdwToast *toast = adw_toast_new (markup);

  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "item", g_object_ref (item), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), self->library, 0);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (toast_dismissed_cb), self->library, 0);
  lf_spec_library_remove (self->library, item);
  adw_toast_overlay_add_toast (self->toasts, toast);
}
