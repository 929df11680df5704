#include "config.h"

#include "lf-level-control.h"

#include "lf-form-field.h"
#include "lf-number-spin.h"
#include "lf-widget-private.h"

#include <glib/gi18n.h>

#define MOST_USERS 1000000
#define MOST_RATE  1e9
#define SETTLE_MS  150 /* a slider that rests so long is where the person wants it */
#define LEAST_SPAN 100 /* of the slider, in users or arrivals per second */

struct _LfLevelControl
{
  GtkWidget parent_instance;

  GtkLabel *name;
  GtkSpinButton *level;
  GtkRange *slider;
  GtkLabel *message; /* what is wrong with what is typed */
  LfActiveRun *run;
  gboolean showing; /* the value is not the person's */
  guint settle_id;  /* until the slider rests */
};

enum
{
  SIGNAL_REFUSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfLevelControl, lf_level_control, GTK_TYPE_WIDGET)

static gboolean
is_rate (LfLevelControl *self)
{
  return lf_load_profile_is_rate (lf_active_run_get_spec (self->run)->load_profile);
}

/* The slider reaches as far as a person is likely to go, so that a pixel is never a thousand users;
 * the number beside it reaches all there is, and takes the slider along. */
static void
show_on_slider (LfLevelControl *self, double level)
{
  GtkAdjustment *adjustment = gtk_range_get_adjustment (self->slider);
  double most;

  gtk_spin_button_get_range (self->level, NULL, &most);
  if (level > gtk_adjustment_get_upper (adjustment))
    gtk_adjustment_set_upper (adjustment, MIN (most, 2 * level));
  gtk_range_set_value (self->slider, level);
}

static void
show_level (LfLevelControl *self)
{
  double level = lf_active_run_get_level (self->run);

  self->showing = TRUE;
  gtk_spin_button_set_value (self->level, level);
  show_on_slider (self, level);
  self->showing = FALSE;
}

static void
set_level (LfLevelControl *self, double level)
{
  g_autoptr (GError) error = NULL;
  gboolean set = is_rate (self) ? lf_active_run_set_rate (self->run, level, &error)
                                : lf_active_run_set_users (self->run, (guint) level, &error);

  show_level (self);
  if (!set)
    g_signal_emit (self, signals[SIGNAL_REFUSED], 0, error->message);
}

static void
level_changed_cb (LfLevelControl *self)
{
  if (!self->showing && self->run != NULL)
    set_level (self, gtk_spin_button_get_value (self->level));
}

static gboolean
settled_cb (gpointer user_data)
{
  LfLevelControl *self = user_data;

  self->settle_id = 0;
  if (self->run != NULL)
    set_level (self, gtk_spin_button_get_value (self->level));
  return G_SOURCE_REMOVE;
}

/* The number follows at once, the run when the slider rests: each change of a run is kept and told.
 */
static void
slid_cb (LfLevelControl *self)
{
  if (self->showing || self->run == NULL)
    return;
  self->showing = TRUE;
  gtk_spin_button_set_value (self->level, gtk_range_get_value (self->slider));
  self->showing = FALSE;
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->settle_id = g_timeout_add (SETTLE_MS, settled_cb, self);
}

static void
fault_cb (GtkWidget *spin, const char *fault, gpointer user_data)
{
  lf_form_field_mark (spin, LF_LEVEL_CONTROL (user_data)->message, fault);
}

static void
lf_level_control_dispose (GObject *object)
{
  g_clear_handle_id (&LF_LEVEL_CONTROL (object)->settle_id, g_source_remove);
  g_clear_object (&LF_LEVEL_CONTROL (object)->run);
  _lf_widget_dispose (GTK_WIDGET (object), LF_TYPE_LEVEL_CONTROL);
  G_OBJECT_CLASS (lf_level_control_parent_class)->dispose (object);
}

static void
lf_level_control_class_init (LfLevelControlClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_level_control_dispose;
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", LF_TYPE_LEVEL_CONTROL, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               LF_RESOURCE_PATH "lf-level-control.ui");
  gtk_widget_class_bind_template_child (widget_class, LfLevelControl, name);
  gtk_widget_class_bind_template_child (widget_class, LfLevelControl, level);
  gtk_widget_class_bind_template_child (widget_class, LfLevelControl, slider);
  gtk_widget_class_bind_template_child (widget_class, LfLevelControl, message);
  gtk_widget_class_bind_template_callback (widget_class, level_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, slid_cb);
}

static void
lf_level_control_init (LfLevelControl *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lf_number_spin_prepare (self->level);
  lf_number_spin_set_fault_func (self->level, fault_cb, self);
}

/* Users are whole; a rate need not be. What maxVUs allows is the most that can be asked for. */
static void
set_range (LfLevelControl *self)
{
  const LfLoadProfile *profile = lf_active_run_get_spec (self->run)->load_profile;
  gboolean rate = is_rate (self);
  double most = rate ? MOST_RATE : profile->max_vus > 0 ? (double) profile->max_vus : MOST_USERS;

  self->showing = TRUE;
  gtk_label_set_text_with_mnemonic (self->name, rate ? _ ("A_rrivals per second") : _ ("_Users"));
  gtk_spin_button_set_range (self->level, 0, most);
  gtk_spin_button_set_digits (self->level, rate ? 1 : 0);
  gtk_spin_button_set_increments (self->level, rate ? 10 : 1, rate ? 100 : 10);
  gtk_range_set_range (self->slider, 0,
                       MIN (most, MAX (LEAST_SPAN, 10 * lf_active_run_get_level (self->run))));
  gtk_range_set_increments (self->slider, rate ? 10 : 1, rate ? 100 : 10);
  gtk_range_set_round_digits (self->slider, 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->slider), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  rate ? _ ("Arrivals per second") : _ ("Users"), -1);
  self->showing = FALSE;
  show_level (self);
}

void
lf_level_control_set_run (LfLevelControl *self, LfActiveRun *run)
{
  const LfLoadProfile *profile = run != NULL ? lf_active_run_get_spec (run)->load_profile : NULL;

  if (profile == NULL || profile->executor != LF_EXECUTOR_MANUAL)
    run = NULL;
  if (run == NULL)
    g_clear_handle_id (&self->settle_id, g_source_remove);
  if (g_set_object (&self->run, run) && run != NULL)
    set_range (self);
  gtk_widget_set_visible (GTK_WIDGET (self), run != NULL);
}

void
lf_level_control_refresh (LfLevelControl *self)
{
  GtkStateFlags flags = gtk_widget_get_state_flags (GTK_WIDGET (self->level));
  gboolean typing = (flags & GTK_STATE_FLAG_FOCUS_WITHIN) != 0 ||
                    gtk_widget_get_visible (GTK_WIDGET (self->message));

  if (self->run != NULL && self->settle_id == 0 && !typing)
    show_level (self);
}
