#include "config.h"

#include "lf-prune-group.h"

#include "lf-format.h"
#include "lf-number-spin.h"
#include "lf-setting-number.h"
#include "lf-store-prune.h"
#include "lf-words.h"

#include <glib/gi18n.h>

#define KEEP 50 /* runs of each spec, where nobody said otherwise */
#define DAYS 90

#define DIGITS      7   /* of both numbers, so that they stand in line */
#define MOST_HEIGHT 240 /* px; then it scrolls */

struct _LfPruneGroup
{
  AdwPreferencesGroup parent_instance;
  LfStore *store;
  LfSpecLibrary *library; /* of the store, or NULL: held while runs are deleted */
  GCancellable *working;  /* it lists; or NULL */
  GPtrArray *going;       /* LfRun: what is deleted once nobody can take it back; or NULL */
  GtkSpinButton *keep;    /* NULL once disposed */
  GtkSpinButton *days;
  AdwActionRow *row;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (LfPruneGroup, lf_prune_group, ADW_TYPE_PREFERENCES_GROUP)

static void
say (LfPruneGroup *self, const char *words)
{
  g_autofree char *markup = g_markup_escape_text (words, -1);

  adw_action_row_set_subtitle (self->row, markup);
}

static void
show_button (LfPruneGroup *self)
{
  gboolean has_rule =
      gtk_spin_button_get_value (self->keep) > 0 || gtk_spin_button_get_value (self->days) > 0;
  const char *label = self->working != NULL ? _ ("_Cancel")
                      : self->going != NULL ? _ ("_Undo")
                                            : _ ("_Preview…");

  gtk_button_set_label (self->button, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button),
                            self->working != NULL || self->going != NULL || has_rule);
}

static void
begin (LfPruneGroup *self, const char *words)
{
  self->working = g_cancellable_new ();
  show_button (self);
  say (self, words);
}

static void
end (LfPruneGroup *self, const char *words)
{
  g_clear_object (&self->working);
  if (self->keep == NULL)
    return;
  show_button (self);
  say (self, words);
}

static void
fail (LfPruneGroup *self, const GError *error)
{
  end (self, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? _ ("Cancelled")
                                                                       : error->message);
}

/* There may be no window any more that could tell. What could not be deleted is old another day,
 * too. */
static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfSpecLibrary) library = user_data;
  g_autoptr (GError) error = NULL;

  if (lf_store_prune_finish (result, &error) < 0)
    g_message ("%s", error->message);
  if (library != NULL)
    lf_spec_library_release (library);
}

/* Nobody can take it back any more. */
static void
delete_runs (LfPruneGroup *self)
{
  g_autoptr (GPtrArray) runs = g_steal_pointer (&self->going);

  if (runs == NULL)
    return;
  if (self->library != NULL)
    lf_spec_library_hold (self->library);
  lf_store_prune_async (self->store, runs, NULL, NULL, NULL, deleted_cb,
                        self->library != NULL ? g_object_ref (self->library) : NULL);
}

static void
take_back (LfPruneGroup *self)
{
  g_clear_pointer (&self->going, g_ptr_array_unref);
  show_button (self);
  say (self, "");
}

static gboolean
undo_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  LfPruneGroup *self = LF_PRUNE_GROUP (widget);

  if (self->going == NULL)
    return FALSE;
  take_back (self);
  return TRUE;
}

static void
let_go (LfPruneGroup *self, GPtrArray *runs)
{
  g_autofree char *count = lf_words_number (runs->len);
  g_autofree char *words =
      g_strdup_printf (ngettext ("%s run goes when Preferences is closed.",
                                 "%s runs go when Preferences is closed.", runs->len),
                       count);

  self->going = g_ptr_array_ref (runs);
  show_button (self);
  say (self, words);
}

static void
answered_cb (LfPruneGroup *self, const char *response, GObject *dialog)
{
  GPtrArray *runs = g_object_get_data (dialog, "runs");

  if (g_strcmp0 (response, "delete") == 0 && self->store != NULL && self->working == NULL &&
      self->going == NULL)
    let_go (self, runs);
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize",
                                   PANGO_ELLIPSIZE_MIDDLE, "margin-start", 12, "margin-end", 12,
                                   "margin-top", 6, "margin-bottom", 6, NULL);

  gtk_list_item_set_child (item, label);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkStringObject *line = gtk_list_item_get_item (item);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (line));
}

static GListModel *
describe_runs (GPtrArray *runs)
{
  GtkStringList *lines = gtk_string_list_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      const LfRun *run = runs->pdata[i];
      g_autofree char *time = lf_format_time (run->started_at);

      gtk_string_list_take (lines,
                            g_strdup_printf (_ ("%s · %s"), time,
                                             run->spec_name != NULL ? run->spec_name : _ ("Run")));
    }
  return G_LIST_MODEL (lines);
}

static GtkWidget *
new_list (GPtrArray *runs)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSelectionModel *model = GTK_SELECTION_MODEL (gtk_no_selection_new (describe_runs (runs)));
  GtkWidget *list = gtk_list_view_new (model, factory);
  GtkWidget *scrolled =
      g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "child", list,
                    "propagate-natural-height", TRUE, "max-content-height", MOST_HEIGHT, NULL);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Runs that would go"), -1);
  gtk_widget_add_css_class (scrolled, "card");
  gtk_widget_set_overflow (scrolled, GTK_OVERFLOW_HIDDEN); /* or the list would have corners */
  return scrolled;
}

static void
ask (LfPruneGroup *self, GPtrArray *runs)
{
  g_autofree char *count = lf_words_number (runs->len);
  g_autofree char *heading =
      g_strdup_printf (ngettext ("Delete %s Run?", "Delete %s Runs?", runs->len), count);
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading,
      _ ("Their samples and log lines go with them. Until Preferences is closed, that can be "
         "undone."));
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_set_extra_child (message, new_list (runs));
  adw_message_dialog_add_responses (message, "cancel", _ ("_Cancel"), "delete", _ ("_Delete"),
                                    NULL);
  adw_message_dialog_set_response_appearance (message, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "runs", g_ptr_array_ref (runs),
                          (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfPruneGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = lf_store_prune_list_finish (result, &error);

  if (runs == NULL)
    {
      fail (self, error);
      return;
    }
  end (self, runs->len == 0 ? _ ("No run is that old.") : "");
  if (runs->len > 0 && self->keep != NULL)
    ask (self, runs);
}

static void
clicked_cb (LfPruneGroup *self)
{
  LfStorePruneRule rule = { 0 };

  if (self->working != NULL)
    {
      g_cancellable_cancel (self->working);
      return;
    }
  if (self->going != NULL)
    {
      take_back (self);
      return;
    }
  rule.keep = (guint) gtk_spin_button_get_value_as_int (self->keep);
  rule.days = (guint) gtk_spin_button_get_value_as_int (self->days);
  begin (self, _ ("Looking for old runs…"));
  lf_store_prune_list_async (self->store, &rule, self->working, listed_cb, g_object_ref (self));
}

static GtkSpinButton *
add_spin (LfPruneGroup *self, const char *title, const char *subtitle, double most, double value)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (0, most, 1);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), value);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), DIGITS);
  lf_number_spin_prepare (GTK_SPIN_BUTTON (spin));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (show_button), self,
                           G_CONNECT_SWAPPED);
  return GTK_SPIN_BUTTON (spin);
}

static void
lf_prune_group_dispose (GObject *object)
{
  LfPruneGroup *self = LF_PRUNE_GROUP (object);

  self->keep = NULL;
  delete_runs (self);
  g_clear_object (&self->store);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (lf_prune_group_parent_class)->dispose (object);
}

static void
lf_prune_group_class_init (LfPruneGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lf_prune_group_dispose;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_z, GDK_CONTROL_MASK, undo_key_cb,
                                NULL);
}

static void
lf_prune_group_init (LfPruneGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  adw_preferences_group_set_title (group, _ ("Old Runs"));
  adw_preferences_group_set_description (
      group,
      _ ("A run that either keeps stays, and so do baselines and runs with a name or notes."));
  self->row = ADW_ACTION_ROW (adw_action_row_new ());
  self->button =
      g_object_new (GTK_TYPE_BUTTON, "use-underline", TRUE, "valign", GTK_ALIGN_CENTER, NULL);
  self->keep = add_spin (self, _ ("Newest Runs of Each Spec"), _ ("0: their number keeps none"),
                         1000000, KEEP);
  self->days =
      add_spin (self, _ ("Runs of the Last Days"), _ ("0: their age keeps none"), 100000, DAYS);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), _ ("Delete the Others"));
  adw_action_row_add_suffix (self->row, GTK_WIDGET (self->button));
  adw_preferences_group_add (group, GTK_WIDGET (self->row));
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (clicked_cb), self,
                           G_CONNECT_SWAPPED);
  show_button (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
lf_prune_group_bind (LfPruneGroup *self, GSettings *settings)
{
  lf_setting_number_bind (settings, "keep-runs", gtk_spin_button_get_adjustment (self->keep));
  lf_setting_number_bind (settings, "keep-days", gtk_spin_button_get_adjustment (self->days));
}

void
lf_prune_group_set_store (LfPruneGroup *self, LfStore *store)
{
  if (self->working != NULL)
    g_cancellable_cancel (self->working);
  if (store != self->store)
    {
      delete_runs (self);
      take_back (self);
    }
  g_set_object (&self->store, store);
  gtk_widget_set_visible (GTK_WIDGET (self), store != NULL);
}

void
lf_prune_group_set_library (LfPruneGroup *self, LfSpecLibrary *library)
{
  g_set_object (&self->library, library);
}
