#include "config.h"

#include "lf-window-private.h"

#include <glib/gi18n.h>

#define FOLLOW_SECONDS 5 /* between two looks at the store */

static void
refresh (LfWindow *self)
{
  if (self->library != NULL && gtk_window_is_active (GTK_WINDOW (self)))
    lf_spec_library_refresh (self->library);
}

static gboolean
follow_cb (gpointer user_data)
{
  refresh (user_data);
  return G_SOURCE_CONTINUE;
}

static void
tell_once (LfWindow *self, gint64 revision)
{
  if (self->told_revision == revision)
    return;
  self->told_revision = revision;
  lf_window_tell (self, _ ("Somebody else saved this spec. When you save, you choose what stays."));
}

/* What was not touched here is shown as it is now; what was is left alone until it is saved. */
static void
follow_editor (LfWindow *self)
{
  const LfSpec *shown = lf_spec_editor_get_spec (self->editor);
  LfSpecItem *item = shown != NULL ? lf_spec_library_find (self->library, shown->id) : NULL;
  const LfSpec *stored = item != NULL ? lf_spec_item_get_spec (item) : NULL;

  if (stored == NULL || stored->revision <= shown->revision)
    return;
  if (lf_spec_editor_is_modified (self->editor))
    tell_once (self, stored->revision);
  else
    {
      lf_spec_editor_rebase (self->editor, stored, stored);
      lf_window_tell (self, _ ("Changed elsewhere: this is how the spec is now"));
    }
}

void
_lf_window_follow (LfWindow *self)
{
  g_signal_connect_swapped (self->library, "changed", G_CALLBACK (follow_editor), self);
  if (self->follow_id != 0)
    return;
  self->follow_id = g_timeout_add_seconds (FOLLOW_SECONDS, follow_cb, self);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (refresh), NULL);
}

void
_lf_window_stop_following (LfWindow *self)
{
  g_clear_handle_id (&self->follow_id, g_source_remove);
}
