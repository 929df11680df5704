#include "config.h"

#include "lf-spill-bar.h"

#include "lf-words.h"

#include <glib/gi18n.h>

struct _LfSpillBar
{
  GtkWidget parent_instance;
  LfSpill *spill; /* or NULL */
  LfStore *store;
  GCancellable *uploading; /* or NULL */
  char *problem;           /* why the last upload failed; or NULL */
  GtkWidget *revealer;     /* NULL once disposed */
  GtkWidget *spinner;
  GtkLabel *words;
  GtkButton *button;
};

enum
{
  UPLOADED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfSpillBar, lf_spill_bar, GTK_TYPE_WIDGET)

static char *
make_words (LfSpillBar *self, guint n)
{
  g_autofree char *count = lf_words_number (n);

  if (self->uploading != NULL)
    return g_strdup_printf (ngettext ("Uploading %s run to %s…", "Uploading %s runs to %s…", n),
                            count, lf_store_get_name (self->store));
  if (self->problem != NULL)
    return g_strdup_printf (_ ("Not uploaded: %s"), self->problem);
  return g_strdup_printf (
      ngettext ("%s run is kept on this computer only, as its store was away.",
                "%s runs are kept on this computer only, as their store was away.", n),
      count);
}

static void
update (LfSpillBar *self)
{
  guint n = self->spill != NULL ? lf_spill_get_n_runs (self->spill) : 0;
  g_autofree char *words = n > 0 ? make_words (self, n) : NULL;

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), n > 0);
  if (words == NULL)
    return; /* it stays readable while it folds up */
  gtk_label_set_text (self->words, words);
  gtk_widget_set_visible (self->spinner, self->uploading != NULL);
  gtk_button_set_label (self->button, self->uploading != NULL ? _ ("_Cancel") : _ ("_Upload"));
}

static void
uploaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfSpillBar) self = user_data;
  g_autoptr (GError) error = NULL;
  gssize n = lf_spill_upload_finish (LF_SPILL (source), result, &error);

  if (self->revealer == NULL || LF_SPILL (source) != self->spill)
    return;
  g_clear_object (&self->uploading);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->problem = g_strdup (error->message);
  update (self);
  if (n > 0)
    g_signal_emit (self, signals[UPLOADED], 0, (guint) n);
}

static void
clicked_cb (LfSpillBar *self)
{
  if (self->uploading != NULL)
    {
      g_cancellable_cancel (self->uploading);
      return;
    }
  g_clear_pointer (&self->problem, g_free);
  self->uploading = g_cancellable_new ();
  update (self);
  lf_spill_upload_async (self->spill, self->store, self->uploading, uploaded_cb,
                         g_object_ref (self));
}

static void
lf_spill_bar_dispose (GObject *object)
{
  LfSpillBar *self = LF_SPILL_BAR (object);

  if (self->revealer != NULL)
    lf_spill_bar_set_spill (self, NULL, NULL);
  g_clear_pointer (&self->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (lf_spill_bar_parent_class)->dispose (object);
}

static void
lf_spill_bar_class_init (LfSpillBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_spill_bar_dispose;
  signals[UPLOADED] = g_signal_new ("uploaded", LF_TYPE_SPILL_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
lf_spill_bar_init (LfSpillBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "drive-harddisk-symbolic",
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  self->spinner = g_object_new (GTK_TYPE_SPINNER, "spinning", TRUE, "visible", FALSE, NULL);
  self->words = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                              PANGO_WRAP_WORD_CHAR, "hexpand", TRUE, NULL);
  self->button = g_object_new (GTK_TYPE_BUTTON, "label", _ ("_Upload"), "use-underline", TRUE,
                               "valign", GTK_ALIGN_CENTER, NULL);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (box, "spill-bar");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->words));
  gtk_box_append (GTK_BOX (box), self->spinner);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->button));
  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), box);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
}

void
lf_spill_bar_set_spill (LfSpillBar *self, LfSpill *spill, LfStore *store)
{
  if (self->spill != NULL)
    g_signal_handlers_disconnect_by_data (self->spill, self);
  if (self->uploading != NULL)
    g_cancellable_cancel (self->uploading);
  g_clear_object (&self->uploading);
  g_clear_pointer (&self->problem, g_free);
  g_set_object (&self->spill, spill);
  g_set_object (&self->store, store);
  if (spill != NULL)
    g_signal_connect_swapped (spill, "notify::n-runs", G_CALLBACK (update), self);
  update (self);
}
