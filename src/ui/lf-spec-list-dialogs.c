#include "config.h"

#include "lf-spec-list-private.h"

#include "lf-tag-dialog.h"

#include <glib/gi18n.h>

static GtkWindow *
window_of (LfSpecListPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
tags_answered_cb (LfSpecListPage *self, const char *response, LfTagDialog *dialog)
{
  g_autoptr (GPtrArray) specs = NULL;

  if (g_strcmp0 (response, "apply") != 0 || self->library == NULL)
    return;
  specs = lf_tag_dialog_get_specs (dialog);
  if (specs->len > 0)
    _lf_spec_list_change (
        self, specs, _ ("Tags of “%s” changed"),
        ngettext ("Tags of %s spec changed", "Tags of %s specs changed", (gulong) specs->len));
}

void
_lf_spec_list_ask_tags (LfSpecListPage *self, GPtrArray *items)
{
  LfTagDialog *dialog =
      lf_tag_dialog_new (window_of (self), items, lf_spec_library_get_items (self->library));

  g_signal_connect_object (dialog, "response", G_CALLBACK (tags_answered_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
name_changed_cb (AdwMessageDialog *dialog, GtkEditable *entry)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_message_dialog_set_response_enabled (dialog, "rename", *name != '\0');
}

static void
rename_answered_cb (LfSpecListPage *self, const char *response, GtkWidget *dialog)
{
  LfSpecItem *item = g_object_get_data (G_OBJECT (dialog), "item");
  GtkWidget *entry = adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog));
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  g_autoptr (GPtrArray) specs = NULL;
  LfSpec *spec;

  if (g_strcmp0 (response, "rename") != 0 || self->library == NULL ||
      g_strcmp0 (name, lf_spec_item_get_name (item)) == 0)
    return;
  specs = g_ptr_array_new_with_free_func (lf_record_free);
  spec = lf_spec_copy (lf_spec_item_get_spec (item));
  lf_set_string (&spec->name, name);
  g_ptr_array_add (specs, spec);
  _lf_spec_list_change (self, specs, _ ("Renamed to “%s”"), NULL);
}

static GtkWidget *
new_entry (GtkWidget *dialog, const char *name)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Name"),
                                  -1);
  g_signal_connect_object (entry, "changed", G_CALLBACK (name_changed_cb), dialog,
                           G_CONNECT_SWAPPED);
  return entry;
}

void
_lf_spec_list_rename (LfSpecListPage *self, LfSpecItem *item)
{
  GtkWidget *dialog = adw_message_dialog_new (window_of (self), _ ("Rename Spec"), NULL);
  GtkWidget *entry = new_entry (dialog, lf_spec_item_get_name (item));

  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "rename",
                                    _ ("_Rename"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "rename",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "rename");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "item", g_object_ref (item), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (rename_answered_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
  gtk_editable_select_region (GTK_EDITABLE (entry), 0, -1);
}
