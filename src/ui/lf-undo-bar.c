#include "config.h"

#include "lf-undo-bar.h"

#include <glib/gi18n.h>

struct _LfUndoBar
{
  GtkBox parent_instance;
  GtkWidget *words;
};

enum
{
  UNDO,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfUndoBar, lf_undo_bar, GTK_TYPE_BOX)

static void
clicked_cb (LfUndoBar *self)
{
  g_signal_emit (self, signals[UNDO], 0);
}

static void
lf_undo_bar_class_init (LfUndoBarClass *klass)
{
  signals[UNDO] = g_signal_new ("undo", LF_TYPE_UNDO_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
lf_undo_bar_init (LfUndoBar *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Undo"));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->words = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Put it back (Ctrl+Z)"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self), self->words);
  gtk_box_append (GTK_BOX (self), button);
}

void
lf_undo_bar_offer (LfUndoBar *self, const char *words)
{
  gtk_label_set_text (GTK_LABEL (self->words), words);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

void
lf_undo_bar_withdraw (LfUndoBar *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
