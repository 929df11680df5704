#include "config.h"

#include "lf-stage-row.h"

#include "lf-form-field.h"
#include "lf-number-spin.h"

#include <glib/gi18n.h>

enum
{
  DURATION,
  TARGET,
  N_NUMBERS,
};

struct _LfStageRow
{
  GtkBox parent_instance;
  GtkWidget *number;
  GtkWidget *spins; /* both numbers, beside each other */
  GtkWidget *duration;
  GtkWidget *target;
  GtkWidget *remove;
  GtkWidget *message;
  char *told[N_NUMBERS];  /* by lf_stage_row_set_message() */
  char *fault[N_NUMBERS]; /* of what is typed, which says more */
  gboolean showing;
};

enum
{
  EDITED,
  REMOVE,
  MOVE,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfStageRow, lf_stage_row, GTK_TYPE_BOX)

static void
edited_cb (LfStageRow *self, GtkWidget *spin)
{
  if (!self->showing)
    g_signal_emit (self, signals[EDITED], 0, spin == self->target);
}

static void
remove_cb (LfStageRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static gboolean
move_cb (GtkWidget *widget, GVariant *by, gpointer user_data)
{
  g_signal_emit (widget, signals[MOVE], 0, g_variant_get_int32 (by));
  return TRUE;
}

/* There is room for one message: that of the first number that has any. */
static void
show_message (LfStageRow *self)
{
  GtkWidget *spins[] = { self->duration, self->target };
  GtkLabel *label = GTK_LABEL (self->message);

  for (int i = N_NUMBERS - 1; i >= 0; i--)
    if (self->fault[i] == NULL && self->told[i] == NULL)
      lf_form_field_mark (spins[i], label, NULL);
  for (int i = N_NUMBERS - 1; i >= 0; i--)
    if (self->fault[i] != NULL || self->told[i] != NULL)
      lf_form_field_mark (spins[i], label, self->fault[i] != NULL ? self->fault[i] : self->told[i]);
}

static void
fault_cb (GtkWidget *spin, const char *fault, gpointer user_data)
{
  LfStageRow *self = user_data;

  lf_set_string (&self->fault[spin == self->target ? TARGET : DURATION], fault);
  show_message (self);
}

static gboolean
lf_stage_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (LF_STAGE_ROW (widget)->duration);
}

static void
lf_stage_row_finalize (GObject *object)
{
  LfStageRow *self = LF_STAGE_ROW (object);

  for (guint i = 0; i < N_NUMBERS; i++)
    {
      g_free (self->told[i]);
      g_free (self->fault[i]);
    }
  G_OBJECT_CLASS (lf_stage_row_parent_class)->finalize (object);
}

static void
lf_stage_row_class_init (LfStageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lf_stage_row_finalize;
  widget_class->grab_focus = lf_stage_row_grab_focus;
  signals[EDITED] = g_signal_new ("edited", LF_TYPE_STAGE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[REMOVE] = g_signal_new ("remove", LF_TYPE_STAGE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[MOVE] = g_signal_new ("move", LF_TYPE_STAGE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, GDK_ALT_MASK, move_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, GDK_ALT_MASK, move_cb, "i", 1);
}

static void
lf_stage_row_init (LfStageRow *self)
{
  GtkWidget *line = g_object_new (GTK_TYPE_BOX, "spacing", 6, NULL);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 3);
  self->number = g_object_new (GTK_TYPE_LABEL, "width-chars", 2, "xalign", 1.0, NULL);
  gtk_widget_add_css_class (self->number, "dim-label");
  gtk_widget_add_css_class (self->number, "numeric");
  self->spins =
      g_object_new (GTK_TYPE_BOX, "spacing", 6, "homogeneous", TRUE, "hexpand", TRUE, NULL);
  self->remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_add_css_class (self->remove, "flat");
  gtk_widget_set_tooltip_text (self->remove, _ ("Remove This Stage"));
  g_signal_connect_swapped (self->remove, "clicked", G_CALLBACK (remove_cb), self);
  self->message =
      g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->message, "error");
  gtk_widget_add_css_class (self->message, "caption");
  gtk_box_append (GTK_BOX (line), self->number);
  gtk_box_append (GTK_BOX (line), self->spins);
  gtk_box_append (GTK_BOX (line), self->remove);
  gtk_box_append (GTK_BOX (self), line);
  gtk_box_append (GTK_BOX (self), self->message);
}

static GtkWidget *
add_spin (LfStageRow *self, gboolean integer, double upper)
{
  GtkWidget *spin = lf_number_spin_new (integer, upper, 1);

  g_signal_connect_swapped (spin, "value-changed", G_CALLBACK (edited_cb), self);
  lf_number_spin_set_fault_func (GTK_SPIN_BUTTON (spin), fault_cb, self);
  gtk_box_append (GTK_BOX (self->spins), spin);
  return spin;
}

LfStageRow *
lf_stage_row_new (gboolean whole)
{
  LfStageRow *self = g_object_new (LF_TYPE_STAGE_ROW, NULL);

  self->duration = add_spin (self, FALSE, 1e6);
  self->target = add_spin (self, whole, whole ? 1e6 : 1e9);
  return self;
}

/* What a screen reader says of a control, for there is no title beside it. Takes @label. */
static void
name (GtkWidget *control, char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_free (label);
}

void
lf_stage_row_show (LfStageRow *self, guint n, const LfStage *stage)
{
  g_autofree char *number = g_strdup_printf ("%u", n + 1);

  gtk_label_set_text (GTK_LABEL (self->number), number);
  name (self->duration, g_strdup_printf (_ ("Duration of stage %u in seconds"), n + 1));
  name (self->target, g_strdup_printf (_ ("Target of stage %u"), n + 1));
  name (self->remove, g_strdup_printf (_ ("Remove stage %u"), n + 1));
  self->showing = TRUE;
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->duration), stage->duration);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->target), stage->target);
  self->showing = FALSE;
}

double
lf_stage_row_get_duration (LfStageRow *self)
{
  return gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->duration));
}

double
lf_stage_row_get_target (LfStageRow *self)
{
  return gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->target));
}

void
lf_stage_row_set_message (LfStageRow *self, gboolean of_target, const char *message)
{
  lf_set_string (&self->told[of_target ? TARGET : DURATION], message);
  if (message == NULL)
    lf_set_string (&self->told[of_target ? DURATION : TARGET], NULL);
  show_message (self);
}
