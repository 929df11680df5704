#include "config.h"

#include "lf-tag-dialog.h"

#include "lf-tags.h"
#include "lf-words.h"

#include <glib/gi18n.h>

#define MOST_HEIGHT 280 /* px; then it scrolls */

struct _LfTagDialog
{
  AdwMessageDialog parent_instance;
  GPtrArray *items; /* LfSpecItem */
  GtkWidget *entry;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (LfTagDialog, lf_tag_dialog, ADW_TYPE_MESSAGE_DIALOG)

/* Half a tick means that each keeps what it has; who presses it decides. */
static void
toggled_cb (GtkCheckButton *check)
{
  gtk_check_button_set_inconsistent (check, FALSE);
}

static void
add_check (LfTagDialog *self, const char *tag, guint n_having)
{
  GtkWidget *check = gtk_check_button_new_with_label (tag);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), n_having == self->items->len);
  gtk_check_button_set_inconsistent (GTK_CHECK_BUTTON (check),
                                     n_having > 0 && n_having < self->items->len);
  g_object_set_data_full (G_OBJECT (check), "tag", g_strdup (tag), g_free);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), NULL);
  gtk_box_append (GTK_BOX (self->list), check);
}

static void
add_checks (LfTagDialog *self, GListModel *all)
{
  g_autoptr (GListStore) chosen = g_list_store_new (LF_TYPE_SPEC_ITEM);
  g_autoptr (GHashTable) offered = lf_tags_count (all);
  g_autoptr (GHashTable) having = NULL;
  g_auto (GStrv) tags = lf_tags_sort (offered);

  g_list_store_splice (chosen, 0, 0, self->items->pdata, self->items->len);
  having = lf_tags_count (G_LIST_MODEL (chosen));
  for (guint i = 0; tags[i] != NULL; i++)
    add_check (self, tags[i], GPOINTER_TO_UINT (g_hash_table_lookup (having, tags[i])));
}

static GtkWidget *
new_list (LfTagDialog *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), MOST_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  return scrolled;
}

static void
lf_tag_dialog_finalize (GObject *object)
{
  g_clear_pointer (&LF_TAG_DIALOG (object)->items, g_ptr_array_unref);
  G_OBJECT_CLASS (lf_tag_dialog_parent_class)->finalize (object);
}

static void
lf_tag_dialog_class_init (LfTagDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lf_tag_dialog_finalize;
}

static void
lf_tag_dialog_init (LfTagDialog *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _ ("New tags, split by commas"));
  gtk_entry_set_activates_default (GTK_ENTRY (self->entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("New tags"), -1);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), new_list (self));
  adw_message_dialog_set_extra_child (dialog, box);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "apply", _ ("_Apply"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "apply", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "apply");
  adw_message_dialog_set_close_response (dialog, "cancel");
}

LfTagDialog *
lf_tag_dialog_new (GtkWindow *parent, GPtrArray *items, GListModel *all)
{
  LfTagDialog *self =
      g_object_new (LF_TYPE_TAG_DIALOG, "transient-for", parent, "modal", TRUE, NULL);
  g_autofree char *count = lf_words_number (items->len);
  g_autofree char *heading =
      items->len == 1
          ? g_strdup_printf (_ ("Tags of “%s”"), lf_spec_item_get_name (items->pdata[0]))
          : g_strdup_printf (ngettext ("Tags of %s Spec", "Tags of %s Specs", items->len), count);

  self->items = g_ptr_array_ref (items);
  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (self), heading);
  add_checks (self, all);
  return self;
}

static gboolean
contains (GPtrArray *tags, const char *tag, guint *place)
{
  return g_ptr_array_find_with_equal_func (tags, tag, g_str_equal, place);
}

static void
set_tag (GPtrArray *tags, const char *tag, gboolean wanted)
{
  guint place;

  if (contains (tags, tag, &place) == wanted)
    return;
  if (wanted)
    g_ptr_array_add (tags, g_strdup (tag));
  else
    g_ptr_array_remove_index (tags, place);
}

static char **
make_tags (LfTagDialog *self, const LfSpec *spec)
{
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) added = lf_tags_split (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  for (guint i = 0; spec->tags != NULL && spec->tags[i] != NULL; i++)
    g_ptr_array_add (tags, g_strdup (spec->tags[i]));
  for (GtkWidget *check = gtk_widget_get_first_child (self->list); check != NULL;
       check = gtk_widget_get_next_sibling (check))
    if (!gtk_check_button_get_inconsistent (GTK_CHECK_BUTTON (check)))
      set_tag (tags, g_object_get_data (G_OBJECT (check), "tag"),
               gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  for (guint i = 0; added != NULL && added[i] != NULL; i++)
    set_tag (tags, added[i], TRUE);
  if (tags->len == 0)
    return NULL;
  g_ptr_array_add (tags, NULL);
  return (char **) g_ptr_array_steal (tags, NULL);
}

static gboolean
is_same (char **one, char **other)
{
  if (one == NULL || other == NULL)
    return one == other;
  return g_strv_equal ((const char *const *) one, (const char *const *) other);
}

GPtrArray *
lf_tag_dialog_get_specs (LfTagDialog *self)
{
  GPtrArray *specs = g_ptr_array_new_with_free_func (lf_record_free);

  for (guint i = 0; i < self->items->len; i++)
    {
      LfSpec *spec = lf_spec_copy (lf_spec_item_get_spec (self->items->pdata[i]));
      char **tags = make_tags (self, spec);
      gboolean same = is_same (tags, spec->tags);

      g_strfreev (spec->tags);
      spec->tags = tags;
      if (same)
        lf_spec_free (spec);
      else
        g_ptr_array_add (specs, spec);
    }
  return specs;
}
