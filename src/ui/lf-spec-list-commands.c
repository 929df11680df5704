#include "config.h"

#include "lf-spec-list-private.h"

#include "lf-past-runs.h"
#include "lf-spec-export.h"

#include <glib/gi18n.h>

/* (transfer full): the selected spec where it is one, else NULL. */
static LfSpecItem *
only_selected (LfSpecListPage *self)
{
  g_autoptr (GPtrArray) items = _lf_spec_list_selected (self);

  return items->len == 1 ? g_object_ref (items->pdata[0]) : NULL;
}

/* The window's action of the same end, with the id of the selected spec. */
static void
forward_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (LfSpecItem) item = only_selected (LF_SPEC_LIST_PAGE (widget));
  const char *action = g_str_has_suffix (name, ".run")    ? "win.run-spec"
                       : g_str_has_suffix (name, ".edit") ? "win.edit-spec"
                                                          : "win.spec-history";

  if (item != NULL)
    gtk_widget_activate_action (widget, action, "s", lf_spec_item_get_id (item));
}

static void
past_runs_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LfSpecListPage *self = LF_SPEC_LIST_PAGE (widget);
  g_autoptr (LfSpecItem) item = only_selected (self);

  if (item == NULL)
    return;
  if (self->past_runs == NULL)
    {
      self->past_runs = g_object_new (LF_TYPE_PAST_RUNS, NULL);
      gtk_widget_set_parent (self->past_runs, widget);
    }
  lf_past_runs_set_spec (LF_PAST_RUNS (self->past_runs), lf_spec_library_get_store (self->library),
                         lf_spec_item_get_id (item));
  _lf_spec_list_point_at_focus (self, self->past_runs);
  gtk_popover_popup (GTK_POPOVER (self->past_runs));
}

static void
rename_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (LfSpecItem) item = only_selected (LF_SPEC_LIST_PAGE (widget));

  if (item != NULL)
    _lf_spec_list_rename (LF_SPEC_LIST_PAGE (widget), item);
}

/* The text of a spec file, without its secrets, to give to a friend or to another LoadForge. */
static void
copy_json_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (LfSpecItem) item = only_selected (LF_SPEC_LIST_PAGE (widget));
  g_autofree char *text = item != NULL ? lf_spec_export_text (lf_spec_item_get_spec (item)) : NULL;

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
several_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LfSpecListPage *self = LF_SPEC_LIST_PAGE (widget);
  g_autoptr (GPtrArray) items = _lf_spec_list_selected (self);

  if (items->len == 0)
    return;
  if (g_str_has_suffix (name, ".delete"))
    _lf_spec_list_delete (self, items);
  else if (g_str_has_suffix (name, ".duplicate"))
    _lf_spec_list_duplicate (self, items);
  else if (g_str_has_suffix (name, ".tags"))
    _lf_spec_list_ask_tags (self, items);
}

typedef struct
{
  LfSpecListPage *page;
  LfSpecLibrary *library;
} Exporting;

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Exporting *exporting = user_data;
  g_autoptr (LfSpecListPage) self = exporting->page;
  g_autoptr (LfSpecLibrary) library = exporting->library;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = lf_spec_export_finish (result, &error);

  lf_spec_library_release (library);
  if (self->library == library) /* else nobody is left to be told */
    _lf_spec_list_tell (self, words != NULL ? words : error->message);
}

/* The store that has the files stays until they are written, even if the window goes. */
static void
export_to (LfSpecListPage *self, GPtrArray *specs, GFile *place, gboolean is_folder)
{
  Exporting *exporting = g_new (Exporting, 1);

  exporting->page = g_object_ref (self);
  exporting->library = g_object_ref (self->library);
  lf_spec_library_hold (self->library);
  lf_spec_export_async (lf_spec_library_get_store (self->library), specs, place, is_folder,
                        exported_cb, exporting);
}

static void
export_chosen_cb (LfSpecListPage *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  GPtrArray *specs = g_object_get_data (G_OBJECT (chooser), "specs");
  g_autoptr (GFile) place = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    place = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (place != NULL && self->library != NULL)
    export_to (self, specs, place,
               gtk_file_chooser_get_action (GTK_FILE_CHOOSER (chooser)) ==
                   GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);
}

static GPtrArray *
copy_specs (GPtrArray *items)
{
  GPtrArray *specs = g_ptr_array_new_with_free_func (lf_record_free);

  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (specs, lf_spec_copy (lf_spec_item_get_spec (items->pdata[i])));
  return specs;
}

static GtkFileChooserNative *
new_chooser (LfSpecListPage *self, GPtrArray *items)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autofree char *name = NULL;
  GtkFileChooserNative *chooser;

  if (items->len > 1 || lf_spec_export_has_files (lf_spec_item_get_spec (items->pdata[0])))
    return gtk_file_chooser_native_new (_ ("Export Specs Into a Folder"), window,
                                        GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Export"), NULL);
  chooser = gtk_file_chooser_native_new (_ ("Export Spec"), window, GTK_FILE_CHOOSER_ACTION_SAVE,
                                         _ ("_Export"), NULL);
  name = lf_spec_export_make_name (lf_spec_item_get_spec (items->pdata[0]));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  return chooser;
}

static void
export_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LfSpecListPage *self = LF_SPEC_LIST_PAGE (widget);
  g_autoptr (GPtrArray) items = _lf_spec_list_selected (self);

  if (items->len == 0 || self->chooser != NULL)
    return;
  self->chooser = new_chooser (self, items);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_object_set_data_full (G_OBJECT (self->chooser), "specs", copy_specs (items),
                          (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (export_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
unselect_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LfSpecListPage *self = LF_SPEC_LIST_PAGE (widget);

  _lf_spec_list_set_selecting (self, FALSE);
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
}

static void
select_all_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (LF_SPEC_LIST_PAGE (widget)->selection));
}

static void
show_all_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LfSpecListPage *self = LF_SPEC_LIST_PAGE (widget);

  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), FALSE); /* clears both */
  gtk_widget_grab_focus (widget);
}

static const char *const for_one[] = { "specs.run",       "specs.edit",    "specs.rename",
                                       "specs.past-runs", "specs.history", "specs.copy-json" };
static const char *const for_some[] = { "specs.duplicate", "specs.export", "specs.tags",
                                        "specs.delete" };

void
_lf_spec_list_class_install_commands (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "specs.run", NULL, forward_cb);
  gtk_widget_class_install_action (widget_class, "specs.edit", NULL, forward_cb);
  gtk_widget_class_install_action (widget_class, "specs.history", NULL, forward_cb);
  gtk_widget_class_install_action (widget_class, "specs.past-runs", NULL, past_runs_cb);
  gtk_widget_class_install_action (widget_class, "specs.rename", NULL, rename_cb);
  gtk_widget_class_install_action (widget_class, "specs.copy-json", NULL, copy_json_cb);
  gtk_widget_class_install_action (widget_class, "specs.duplicate", NULL, several_cb);
  gtk_widget_class_install_action (widget_class, "specs.tags", NULL, several_cb);
  gtk_widget_class_install_action (widget_class, "specs.delete", NULL, several_cb);
  gtk_widget_class_install_action (widget_class, "specs.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "specs.unselect", NULL, unselect_cb);
  gtk_widget_class_install_action (widget_class, "specs.select-all", NULL, select_all_cb);
  gtk_widget_class_install_action (widget_class, "specs.show-all", NULL, show_all_cb);
}

void
_lf_spec_list_update_commands (LfSpecListPage *self)
{
  g_autoptr (GtkBitset) chosen =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  guint64 n = gtk_bitset_get_size (chosen);

  for (guint i = 0; i < G_N_ELEMENTS (for_one); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), for_one[i], n == 1);
  for (guint i = 0; i < G_N_ELEMENTS (for_some); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), for_some[i], n > 0);
}

void
lf_spec_list_page_run (LfSpecListPage *self)
{
  g_autoptr (GtkBitset) chosen = NULL;

  _lf_spec_list_select_focus (self);
  chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  if (gtk_bitset_get_size (chosen) == 1)
    gtk_widget_activate_action (GTK_WIDGET (self), "specs.run", NULL);
  else
    _lf_spec_list_tell (self, _ ("Select one spec, then run it."));
}
