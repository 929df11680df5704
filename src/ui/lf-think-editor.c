#include "config.h"

#include "lf-think-editor.h"

#include "lf-form-field.h"
#include "lf-number-spin.h"
#include "lf-reflow.h"

#include <glib/gi18n.h>

struct _LfThinkEditor
{
  GtkBox parent_instance;
  LfStep *step;
  gboolean loading;
  GtkWidget *min;
  GtkWidget *max;
  GtkWidget *min_field;
  GtkWidget *max_field;
};

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfThinkEditor, lf_think_editor, GTK_TYPE_BOX)

static double
value_of (GtkWidget *spin)
{
  return gtk_spin_button_get_value (GTK_SPIN_BUTTON (spin));
}

static void
set_value (LfThinkEditor *self, GtkWidget *spin, double value)
{
  self->loading = TRUE;
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), value);
  self->loading = FALSE;
}

/* Two zeros say what saying nothing does; but they stay where the document had them. */
static void
write_times (LfThinkEditor *self)
{
  const double min = value_of (self->min), max = value_of (self->max);
  LfThinkTime *think;

  if (self->step->think_time == NULL)
    self->step->think_time = lf_think_time_new ();
  think = self->step->think_time;
  think->min = min;
  think->max = max;
  if (min > 0 || max > 0 || lf_record_is_present (think, G_STRUCT_OFFSET (LfThinkTime, min)) ||
      lf_record_is_present (think, G_STRUCT_OFFSET (LfThinkTime, max)))
    return;
  g_clear_pointer (&self->step->think_time, lf_think_time_free);
}

/* One number is all a fixed pause needs: the longest goes along while it is the shortest, too. */
static void
edited_cb (LfThinkEditor *self, GtkWidget *spin)
{
  const LfThinkTime *think = self->step != NULL ? self->step->think_time : NULL;
  const gboolean fixed = think == NULL || think->max <= think->min;

  if (self->loading || self->step == NULL)
    return;
  if (spin == self->min && fixed)
    set_value (self, self->max, value_of (self->min));
  write_times (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
add_spin (LfThinkEditor *self, GtkWidget *form, const char *title, GtkWidget **field)
{
  GtkWidget *spin = lf_number_spin_new (FALSE, lf_think_time_type.fields[0].maximum, 1);

  *field = g_object_new (LF_TYPE_FORM_FIELD, "title", title, "child", spin, NULL);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  lf_reflow_append (LF_REFLOW (form), *field);
  return spin;
}

static void
lf_think_editor_dispose (GObject *object)
{
  LF_THINK_EDITOR (object)->step = NULL;
  G_OBJECT_CLASS (lf_think_editor_parent_class)->dispose (object);
}

static void
lf_think_editor_class_init (LfThinkEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lf_think_editor_dispose;
  signals[CHANGED] = g_signal_new ("changed", LF_TYPE_THINK_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
lf_think_editor_init (LfThinkEditor *self)
{
  GtkWidget *form = g_object_new (LF_TYPE_REFLOW, "max-columns", 2, NULL);
  GtkWidget *hint = gtk_label_new (_ ("After this step each user pauses, as people do who read. "
                                      "The pause is drawn anew each time."));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->min = add_spin (self, form, _ ("Shortest pause (s)"), &self->min_field);
  self->max = add_spin (self, form, _ ("Longest pause (s)"), &self->max_field);
  g_object_set (hint, "wrap", TRUE, "xalign", 0.0, NULL);
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_widget_add_css_class (hint, "caption");
  gtk_box_append (GTK_BOX (self), form);
  gtk_box_append (GTK_BOX (self), hint);
}

void
lf_think_editor_set_step (LfThinkEditor *self, LfStep *step)
{
  const LfThinkTime *think = step != NULL ? step->think_time : NULL;

  self->step = step;
  set_value (self, self->min, think != NULL ? think->min : 0);
  set_value (self, self->max, think != NULL ? think->max : 0);
}

void
lf_think_editor_clear_messages (LfThinkEditor *self)
{
  lf_form_field_set_message (LF_FORM_FIELD (self->min_field), NULL);
  lf_form_field_set_message (LF_FORM_FIELD (self->max_field), NULL);
}

gboolean
lf_think_editor_set_message (LfThinkEditor *self, const char *field, const char *message)
{
  if (!g_str_equal (field, "/min") && !g_str_equal (field, "/max"))
    return FALSE;
  lf_form_field_set_message (
      LF_FORM_FIELD (g_str_equal (field, "/min") ? self->min_field : self->max_field), message);
  return TRUE;
}
