#include "config.h"

#include "lf-spec-list-private.h"

#include "lf-spec-file.h"
#include "lf-words.h"

#include <glib/gi18n.h>

/* Takes back what the toast tells of. */
typedef void (*Undo) (LfSpecLibrary *library, gpointer data);

static AdwToast *
offer_undo (LfSpecListPage *self, const char *title, Undo undo, GPtrArray *data)
{
  g_autofree char *markup = g_markup_escape_text (title, -1);
  AdwToast *toast = adw_toast_new (markup);

  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "data", g_ptr_array_ref (data),
                          (GDestroyNotify) g_ptr_array_unref);
  g_object_set_data (G_OBJECT (toast), "undo", undo);
  return toast;
}

static void
undo_clicked_cb (AdwToast *toast, LfSpecLibrary *library)
{
  Undo undo = g_object_get_data (G_OBJECT (toast), "undo");

  undo (library, g_object_get_data (G_OBJECT (toast), "data"));
}

/* At once and in the place of the one before: Undo always is for what was done last. */
static void
show_toast (LfSpecListPage *self, AdwToast *toast)
{
  g_autoptr (AdwToast) owned = g_object_ref_sink (toast);

  if (self->toasts == NULL) /* the window went while the change was saved */
    return;
  if (self->undo != NULL)
    adw_toast_dismiss (self->undo);
  g_set_weak_pointer (&self->undo, toast);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), self->library, 0);
  adw_toast_overlay_add_toast (self->toasts, g_steal_pointer (&owned));
}

/* "“Checkout” deleted" of one, else "3 specs deleted". */
static char *
title_of (GPtrArray *items, const char *of_one, const char *of_many)
{
  g_autofree char *count = items->len == 1 ? g_strdup (lf_spec_item_get_name (items->pdata[0]))
                                           : lf_words_number (items->len);
  g_auto (GStrv) parts = g_strsplit (items->len == 1 ? of_one : of_many, "%s", 2);

  return g_strjoinv (count, parts);
}

/* A toast that ends without Undo makes the deletion real. */
static void
delete_dismissed_cb (AdwToast *toast, LfSpecLibrary *library)
{
  lf_spec_library_purge (library, g_object_get_data (G_OBJECT (toast), "data"));
}

static void
undo_delete (LfSpecLibrary *library, gpointer items)
{
  lf_spec_library_restore (library, items);
}

void
_lf_spec_list_delete (LfSpecListPage *self, GPtrArray *items)
{
  g_autofree char *title =
      title_of (items, _ ("“%s” deleted"),
                ngettext ("%s spec deleted", "%s specs deleted", (gulong) items->len));
  AdwToast *toast = offer_undo (self, title, undo_delete, items);

  g_signal_connect_object (toast, "dismissed", G_CALLBACK (delete_dismissed_cb), self->library, 0);
  _lf_spec_list_set_selecting (self, FALSE);
  lf_spec_library_remove (self->library, items);
  show_toast (self, toast);
}

static void
undo_duplicate (LfSpecLibrary *library, gpointer items)
{
  lf_spec_library_remove (library, items);
  lf_spec_library_purge (library, items);
}

/* What was added is selected, for whatever is to be done with it next. */
static void
select_items (LfSpecListPage *self, GPtrArray *items)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  g_autoptr (GtkBitset) chosen = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) all = gtk_bitset_new_range (0, n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LfSpecItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (g_ptr_array_find (items, item, NULL))
        gtk_bitset_add (chosen, i);
    }
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), chosen, all);
}

static void
duplicated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfSpecListPage) self = user_data;
  LfSpecLibrary *library = LF_SPEC_LIBRARY (source);
  g_autoptr (GPtrArray) items = lf_spec_library_save_finish (library, result);
  g_autofree char *title = NULL;

  if (self->library != library || items->len == 0)
    return;
  title = title_of (items, _ ("“%s” added"),
                    ngettext ("%s copy added", "%s copies added", (gulong) items->len));
  select_items (self, items);
  show_toast (self, offer_undo (self, title, undo_duplicate, items));
}

static gboolean
is_name_taken (LfSpecListPage *self, GPtrArray *specs, const char *name)
{
  GListModel *items = lf_spec_library_get_items (self->library);

  for (guint i = 0; i < specs->len; i++)
    if (g_strcmp0 (((LfSpec *) specs->pdata[i])->name, name) == 0)
      return TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (LfSpecItem) item = g_list_model_get_item (items, i);

      if (g_strcmp0 (lf_spec_item_get_name (item), name) == 0)
        return TRUE;
    }
  return FALSE;
}

/* "Checkout (copy)", then "Checkout (copy 2)". */
static char *
make_copy_name (LfSpecListPage *self, GPtrArray *specs, const char *name)
{
  char *free_name = g_strdup_printf (_ ("%s (copy)"), name);

  for (guint n = 2; is_name_taken (self, specs, free_name); n++)
    {
      g_autofree char *number = lf_words_number (n);

      g_free (free_name);
      free_name = g_strdup_printf (_ ("%s (copy %s)"), name, number);
    }
  return free_name;
}

static LfSpec *
new_copy (LfSpecListPage *self, GPtrArray *specs, LfSpecItem *item)
{
  LfSpec *copy = lf_spec_copy (lf_spec_item_get_spec (item));
  g_autofree char *name = make_copy_name (self, specs, lf_spec_item_get_name (item));

  lf_spec_file_forget_identity (copy);
  lf_set_string (&copy->name, name);
  return copy;
}

void
_lf_spec_list_duplicate (LfSpecListPage *self, GPtrArray *items)
{
  g_autoptr (GPtrArray) specs = g_ptr_array_new_with_free_func (lf_record_free);

  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (specs, new_copy (self, specs, items->pdata[i]));
  lf_spec_library_save_async (self->library, specs, duplicated_cb, g_object_ref (self));
}

/* A spec as it was, with the revision that the change made of it. Somebody who saved another one
 * since keeps theirs: the store refuses, and the library tells. */
static void
undo_change (LfSpecLibrary *library, gpointer before)
{
  lf_spec_library_save_async (library, before, NULL, NULL);
}

/* What is changed, on its way into the store. */
typedef struct
{
  LfSpecListPage *page;
  GPtrArray *before; /* LfSpec */
  char *of_one;
  char *of_many;
} Change;

static void
change_free (Change *change)
{
  g_object_unref (change->page);
  g_ptr_array_unref (change->before);
  g_free (change->of_one);
  g_free (change->of_many);
  g_free (change);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Change, change_free)

/* Of those that were saved; the others have nothing to take back. */
static GPtrArray *
make_undo (GPtrArray *before, GPtrArray *items, LfSpecLibrary *library)
{
  GPtrArray *specs = g_ptr_array_new_with_free_func (lf_record_free);

  for (guint i = 0; i < before->len; i++)
    {
      LfSpec *spec = lf_spec_copy (before->pdata[i]);
      LfSpecItem *item = lf_spec_library_find (library, spec->id);

      if (item == NULL || !g_ptr_array_find (items, item, NULL))
        {
          lf_spec_free (spec);
          continue;
        }
      spec->revision = lf_spec_item_get_spec (item)->revision;
      g_ptr_array_add (specs, spec);
    }
  return specs;
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Change) change = user_data;
  LfSpecListPage *self = change->page;
  LfSpecLibrary *library = LF_SPEC_LIBRARY (source);
  g_autoptr (GPtrArray) items = lf_spec_library_save_finish (library, result);
  g_autoptr (GPtrArray) undo = NULL;
  g_autofree char *title = NULL;

  if (self->library != library || items->len == 0)
    return;
  undo = make_undo (change->before, items, library);
  title = title_of (items, change->of_one, change->of_many);
  show_toast (self, offer_undo (self, title, undo_change, undo));
}

void
_lf_spec_list_change (LfSpecListPage *self,
                      GPtrArray *changed,
                      const char *of_one,
                      const char *of_many)
{
  Change *change = g_new0 (Change, 1);

  change->page = g_object_ref (self);
  change->of_one = g_strdup (of_one);
  change->of_many = g_strdup (of_many);
  change->before = g_ptr_array_new_with_free_func (lf_record_free);
  for (guint i = 0; i < changed->len; i++)
    {
      LfSpecItem *item = lf_spec_library_find (self->library, ((LfSpec *) changed->pdata[i])->id);

      if (item != NULL)
        g_ptr_array_add (change->before, lf_spec_copy (lf_spec_item_get_spec (item)));
    }
  lf_spec_library_save_async (self->library, changed, changed_cb, change);
}
