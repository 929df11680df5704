#include "config.h"

#include "lf-number-spin.h"

#include "lf-form-field.h"
#include "lf-format.h"
#include "lf-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Set while the text is being typed: it is not to be put in order yet. */
#define TYPING "lf-typing"
/* Set while the text that is no number of the range is left as it was typed. */
#define KEEPING "lf-keeping"
/* Who listens to faults, a Listener. */
#define LISTENER "lf-listener"
/* What the row says while nothing is wrong. */
#define PLAIN_SUBTITLE "lf-plain-subtitle"
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
has_flag (GtkSpinButton *spin, const char *flag)
{
  return g_object_get_data (G_OBJECT (spin), flag) != NULL;
}

static void
set_flag (GtkSpinButton *spin, const char *flag, gboolean set)
{
  g_object_set_data (G_OBJECT (spin), flag, set ? spin : NULL);
}

static gboolean
output_cb (GtkSpinButton *spin)
{
  g_autofree char *text = g_strdup_printf ("%.10g", gtk_spin_button_get_value (spin));
  gboolean keep = has_flag (spin, TYPING) || has_flag (spin, KEEPING);

  set_flag (spin, KEEPING, FALSE);
  if (!keep && g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (spin))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

/* FALSE where what is typed is no number of the range. */
static gboolean
read_text (GtkSpinButton *spin, double *value)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (spin));
  char *end;
  double lower, upper;

  *value = g_strtod (text, &end);
  gtk_spin_button_get_range (spin, &lower, &upper);
  return end != text && *end == '\0' && *value >= lower && *value <= upper;
}

/* The text becomes the number when the field is left. GTK would take the nearest of the range in
 * place of one beyond it, and whoever typed it would not know: such a text stays, and so does the
 * number before it. */
static int
input_cb (GtkSpinButton *spin, double *value)
{
  if (!read_text (spin, value))
    {
      *value = gtk_spin_button_get_value (spin);
      set_flag (spin, KEEPING, TRUE);
    }
  return TRUE;
}

static char *
fault_of (GtkSpinButton *spin)
{
  double lower, upper;
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;

  gtk_spin_button_get_range (spin, &lower, &upper);
  least = lf_format_count (lower);
  most = lf_format_count (upper);
  return g_strdup_printf (_ ("is no number from %s to %s"), least, most);
}

/* There is no place for a message in a row but its subtitle. */
static void
tell_in_row (GtkWidget *spin, AdwActionRow *row, const char *fault)
{
  const char *plain = g_object_get_data (G_OBJECT (spin), PLAIN_SUBTITLE);
  g_autofree char *sentence = lf_words_sentence (fault != NULL ? fault : "");

  if (fault == NULL && plain == NULL)
    return;
  if (plain == NULL)
    {
      plain = adw_action_row_get_subtitle (row);
      g_object_set_data_full (G_OBJECT (spin), PLAIN_SUBTITLE,
                              g_strdup (plain != NULL ? plain : ""), g_free);
    }
  adw_action_row_set_subtitle (row, fault != NULL ? sentence : plain);
  if (fault == NULL)
    g_object_set_data (G_OBJECT (spin), PLAIN_SUBTITLE, NULL);
  lf_form_field_mark (spin, NULL, fault);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  sentence, -1);
}

static void
tell_fault (GtkSpinButton *spin, const char *fault)
{
  GtkWidget *field = gtk_widget_get_ancestor (GTK_WIDGET (spin), LF_TYPE_FORM_FIELD);
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (spin), ADW_TYPE_ACTION_ROW);
  const Listener *listener = g_object_get_data (G_OBJECT (spin), LISTENER);

  if (listener != NULL)
    listener->func (GTK_WIDGET (spin), fault, listener->user_data);
  else if (field != NULL)
    lf_form_field_set_fault (LF_FORM_FIELD (field), fault);
  else if (row != NULL)
    tell_in_row (GTK_WIDGET (spin), ADW_ACTION_ROW (row), fault);
}

static void
typed_cb (GtkSpinButton *spin)
{
  double value;
  g_autofree char *fault = read_text (spin, &value) ? NULL : fault_of (spin);

  tell_fault (spin, fault);
}

static void
take_cb (GtkSpinButton *spin)
{
  double value;

  if (!read_text (spin, &value))
    return;
  set_flag (spin, TYPING, TRUE);
  gtk_spin_button_set_value (spin, value);
  set_flag (spin, TYPING, FALSE);
}

void
lf_number_spin_prepare (GtkSpinButton *spin)
{
  g_signal_connect (spin, "input", G_CALLBACK (input_cb), NULL);
  g_signal_connect (spin, "output", G_CALLBACK (output_cb), NULL);
  g_signal_connect (spin, "changed", G_CALLBACK (typed_cb), NULL);
}

GtkWidget *
lf_number_spin_new (gboolean integer, double upper, double step)
{
  GtkWidget *spin =
      g_object_new (GTK_TYPE_SPIN_BUTTON, "numeric", TRUE, "digits", integer ? 0 : DIGITS,
                    "width-chars", 3, "max-width-chars", 8, "adjustment",
                    gtk_adjustment_new (0, 0, upper, step, PAGE * step, 0), NULL);

  lf_number_spin_prepare (GTK_SPIN_BUTTON (spin));
  g_signal_connect (spin, "changed", G_CALLBACK (take_cb), NULL);
  return spin;
}

void
lf_number_spin_set_fault_func (GtkSpinButton *spin, LfNumberFaultFunc func, gpointer user_data)
{
  Listener *listener = g_new0 (Listener, 1);

  listener->func = func;
  listener->user_data = user_data;
  g_object_set_data_full (G_OBJECT (spin), LISTENER, listener, g_free);
}
