#include "config.h"

#include "lf-copy-row.h"

#include "lf-store-copy.h"
#include "lf-words.h"

#include <glib/gi18n.h>

struct _LfCopyRow
{
  AdwActionRow parent_instance;
  LfStore *source;
  LfStore *target;       /* while it copies */
  GCancellable *copying; /* or NULL */
  GtkButton *button;     /* NULL once disposed */
};

enum
{
  COPY,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfCopyRow, lf_copy_row, ADW_TYPE_ACTION_ROW)

static void
say (LfCopyRow *self, const char *words)
{
  g_autofree char *markup = g_markup_escape_text (words, -1);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), markup);
}

static void
show_button (LfCopyRow *self)
{
  gtk_button_set_label (self->button, self->copying != NULL ? _ ("_Cancel") : _ ("_Copy"));
}

static void
close_target (LfCopyRow *self)
{
  if (self->target != NULL)
    lf_store_close_async (self->target, NULL, NULL);
  g_clear_object (&self->target);
}

static void
end (LfCopyRow *self, const char *words)
{
  close_target (self);
  g_clear_object (&self->copying);
  if (self->button == NULL)
    return;
  show_button (self);
  say (self, words);
}

static void
fail (LfCopyRow *self, const GError *error)
{
  end (self, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                 ? _ ("Cancelled. Copy again goes on where it was.")
                 : error->message);
}

/* "3 specs" */
static char *
count (guint n, const char *words)
{
  g_autofree char *number = lf_words_number (n);
  g_auto (GStrv) parts = g_strsplit (words, "%s", 2);

  return g_strjoinv (number, parts);
}

static char *
describe (const LfStoreCopyResult *copied)
{
  g_autofree char *specs = count (copied->specs, ngettext ("%s spec", "%s specs", copied->specs));
  g_autofree char *runs = count (copied->runs, ngettext ("%s run", "%s runs", copied->runs));
  g_autofree char *files =
      count (copied->attachments, ngettext ("%s file", "%s files", copied->attachments));
  g_autofree char *there =
      count (copied->same + copied->kept, ngettext ("%s was there already", "%s were there already",
                                                    copied->same + copied->kept));
  g_autofree char *copy =
      g_strdup_printf (_ ("Copied: %s, %s, %s; %s."), specs, runs, files, there);
  g_autofree char *not_copied = count (
      copied->problems->len,
      ngettext ("%s could not be copied: ", "%s could not be copied: ", copied->problems->len));

  if (copied->problems->len == 0)
    return g_steal_pointer (&copy);
  g_ptr_array_add (copied->problems, NULL);
  {
    g_autofree char *problems = g_strjoinv ("\n", (char **) copied->problems->pdata);

    g_ptr_array_set_size (copied->problems, (int) copied->problems->len - 1);
    return g_strconcat (copy, " ", not_copied, problems, NULL);
  }
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCopyRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStoreCopyResult) copied = lf_store_copy_finish (result, &error);
  g_autofree char *words = NULL;

  if (copied == NULL)
    {
      fail (self, error);
      return;
    }
  words = describe (copied);
  end (self, words);
}

static void
progress_cb (goffset done, goffset total, gpointer user_data)
{
  LfCopyRow *self = user_data;
  g_autofree char *looked_at = lf_words_number ((double) done);
  g_autofree char *all = lf_words_number ((double) total);
  g_autofree char *words = g_strdup_printf (_ ("Copying: %s of %s"), looked_at, all);

  if (self->copying != NULL && self->button != NULL)
    say (self, words);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCopyRow) self = user_data;
  g_autoptr (GError) error = NULL;

  self->target = lf_store_open_finish (result, &error);
  if (self->target == NULL)
    fail (self, error);
  else if (g_cancellable_set_error_if_cancelled (self->copying, &error))
    fail (self, error);
  else
    lf_store_copy_async (self->source, self->target, progress_cb, self, self->copying, copied_cb,
                         g_object_ref (self));
}

static void
clicked_cb (LfCopyRow *self)
{
  if (self->copying != NULL)
    g_cancellable_cancel (self->copying);
  else
    g_signal_emit (self, signals[COPY], 0);
}

static void
lf_copy_row_dispose (GObject *object)
{
  LfCopyRow *self = LF_COPY_ROW (object);

  self->button = NULL;
  g_clear_object (&self->source);
  G_OBJECT_CLASS (lf_copy_row_parent_class)->dispose (object);
}

static void
lf_copy_row_class_init (LfCopyRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lf_copy_row_dispose;
  signals[COPY] = g_signal_new ("copy", LF_TYPE_COPY_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
lf_copy_row_init (LfCopyRow *self)
{
  self->button =
      g_object_new (GTK_TYPE_BUTTON, "use-underline", TRUE, "valign", GTK_ALIGN_CENTER, NULL);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (clicked_cb), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->button));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 8);
  show_button (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
lf_copy_row_set_source (LfCopyRow *self, LfStore *source)
{
  if (self->copying != NULL)
    g_cancellable_cancel (self->copying);
  g_set_object (&self->source, source);
  gtk_widget_set_visible (GTK_WIDGET (self), source != NULL);
  if (source == NULL)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 lf_copy_row_is_to_local (self)
                                     ? _ ("Copy Everything to This Computer")
                                     : _ ("Copy Everything to MongoDB"));
  say (self, _ ("Specs, files, schedules and runs that have ended. What is there already, or was "
                "changed there, stays."));
}

gboolean
lf_copy_row_is_to_local (LfCopyRow *self)
{
  return self->source != NULL && g_str_has_prefix (lf_store_get_name (self->source), "mongodb");
}

void
lf_copy_row_start (LfCopyRow *self, const char *uri)
{
  g_return_if_fail (self->copying == NULL);
  self->copying = g_cancellable_new ();
  show_button (self);
  say (self, _ ("Opening the other store…"));
  lf_store_open_async (uri, self->copying, opened_cb, g_object_ref (self));
}
