#include "config.h"

#include "lf-spec-list-private.h"

#include "lf-error.h"
#include "lf-widget-private.h"

#include <glib/gi18n.h>

#define PATIENCE 1 /* s, in which most stores have answered */

void
_lf_spec_list_set_searchable (LfSpecListPage *self, gboolean searchable)
{
  gtk_widget_set_sensitive (self->search_button, searchable);
  gtk_search_bar_set_key_capture_widget (GTK_SEARCH_BAR (self->search_bar),
                                         searchable ? GTK_WIDGET (self) : NULL);
}

static const char *
choose_page (LfSpecListPage *self, guint n_items)
{
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));

  if (!lf_spec_library_is_loaded (self->library))
    return "loading";
  return n_items == 0 ? "empty" : n_shown == 0 ? "not-found" : "list";
}

/* Of the keys, once there is something to work on. A menu that is open keeps it. */
static void
take_focus (LfSpecListPage *self)
{
  GtkWidget *focus = _lf_widget_get_focus (GTK_WIDGET (self));

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      (focus == NULL || gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) == NULL))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
_lf_spec_list_update_page (LfSpecListPage *self)
{
  const char *before = gtk_stack_get_visible_child_name (GTK_STACK (self->pages));
  gboolean waited = g_strcmp0 (before, "loading") == 0;
  guint n_items;

  if (self->library == NULL)
    return;
  n_items = g_list_model_get_n_items (lf_spec_library_get_items (self->library));
  _lf_spec_list_set_searchable (self, n_items > 0);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), choose_page (self, n_items));
  if (waited && lf_spec_library_is_loaded (self->library))
    take_focus (self);
}

static gboolean
waited_cb (gpointer user_data)
{
  LfSpecListPage *self = user_data;

  self->waiting_id = 0;
  gtk_widget_set_visible (self->waiting, TRUE);
  return G_SOURCE_REMOVE;
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
