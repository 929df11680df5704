#include "config.h"

#include "lf-number-spin.h"

#include "lf-form-field.h"
#include "lf-format.h"

#include <glib/gi18n.h>

/* Set while the text is being typed: it is not to be put in order yet. */
#define TYPING "lf-typing"
/* Who listens to faults, a Listener. */
#define LISTENER "lf-listener"
/* Digits after the point: a spec counts milliseconds. */
#define DIGITS 3
/* What Page Up and Page Down go, in steps. */
#define PAGE 10

typedef struct
{
  LfNumberFaultFunc func;
  gpointer user_data;
} Listener;

static gboolean
output_cb (GtkSpinButton *spin)
{
  g_autofree char *text = g_strdup_printf ("%.10g", gtk_spin_button_get_value (spin));

  if (g_object_get_data (G_OBJECT (spin), TYPING) == NULL &&
      g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (spin))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

/* What is typed and no number of the range is not taken; that is told before it is put in order. */
static void
tell_fault (GtkSpinButton *spin, gboolean wrong, double upper)
{
  GtkWidget *field = gtk_widget_get_ancestor (GTK_WIDGET (spin), LF_TYPE_FORM_FIELD);
  const Listener *listener = g_object_get_data (G_OBJECT (spin), LISTENER);
  g_autofree char *most = lf_format_count (upper);
  g_autofree char *fault = g_strdup_printf (_ ("is no number from 0 to %s"), most);

  if (listener != NULL)
    listener->func (GTK_WIDGET (spin), wrong ? fault : NULL, listener->user_data);
  else if (field != NULL)
    lf_form_field_set_fault (LF_FORM_FIELD (field), wrong ? fault : NULL);
}

static void
typed_cb (GtkSpinButton *spin)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (spin));
  char *end;
  double lower, upper, value = g_strtod (text, &end);
  gboolean wrong;

  gtk_spin_button_get_range (spin, &lower, &upper);
  wrong = end == text || *end != '\0' || !(value >= lower && value <= upper);
  tell_fault (spin, wrong, upper);
  if (wrong)
    return;
  g_object_set_data (G_OBJECT (spin), TYPING, spin);
  gtk_spin_button_set_value (spin, value);
  g_object_set_data (G_OBJECT (spin), TYPING, NULL);
}

GtkWidget *
lf_number_spin_new (gboolean integer, double upper, double step)
{
  GtkWidget *spin =
      g_object_new (GTK_TYPE_SPIN_BUTTON, "numeric", TRUE, "digits", integer ? 0 : DIGITS,
                    "width-chars", 3, "max-width-chars", 8, "adjustment",
                    gtk_adjustment_new (0, 0, upper, step, PAGE * step, 0), NULL);

  g_signal_connect (spin, "output", G_CALLBACK (output_cb), NULL);
  g_signal_connect (spin, "changed", G_CALLBACK (typed_cb), NULL);
  return spin;
}

void
lf_number_spin_set_fault_func (GtkWidget *spin, LfNumberFaultFunc func, gpointer user_data)
{
  Listener *listener = g_new0 (Listener, 1);

  listener->func = func;
  listener->user_data = user_data;
  g_object_set_data_full (G_OBJECT (spin), LISTENER, listener, g_free);
}
