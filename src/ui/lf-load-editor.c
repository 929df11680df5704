#include "config.h"

#include "lf-load-editor.h"

#include "lf-drop-down.h"
#include "lf-form-field.h"
#include "lf-limits.h"
#include "lf-load-kind.h"
#include "lf-load-preset.h"
#include "lf-number-spin.h"
#include "lf-ramp.h"
#include "lf-reflow.h"
#include "lf-settings.h"
#include "lf-stage-list.h"
#include "lf-undo.h"
#include "lf-widget-private.h"
#include "lf-words.h"

#include <glib/gi18n.h>

/* Groups of lf_undo_remember(): what belongs together of each part of the editor. */
#define GROUP_FIELD  1u /* and the number of the field */
#define GROUP_RAMP   (1u << 16)
#define GROUP_STAGES (1u << 24)

struct _LfLoadEditor
{
  GtkBox parent_instance;
  LfSpec *spec;
  LfLoadProfile *kept[LF_N_LOAD_KINDS]; /* what stood in the forms that are not chosen now */
  LfLoadKind kind;
  LfUndo *undo;        /* of the profile */
  GSettings *settings; /* or NULL */
  GPtrArray *fields;   /* LfFormField, one for each number of the kind; children of @form */
  gint64 allocated;    /* users ready, as somebody set them, however few there may be now */
  guint max_sockets;   /* what the user allows a run; 0: any number */
  gboolean loading;
  GtkWidget *kinds;
  GtkWidget *message;
  GtkWidget *form;
  GtkWidget *warmup;
  GtkWidget *poisson;
  GtkWidget *hint;
  GtkWidget *ramp;
  GtkWidget *stages;
  GtkWidget *words;
  GtkWidget *warning;
};

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfLoadEditor, lf_load_editor, GTK_TYPE_BOX)

static LfLoadProfile *
profile_of (LfLoadEditor *self)
{
  return self->spec->load_profile;
}

static GtkSpinButton *
spin_of (gpointer field)
{
  return GTK_SPIN_BUTTON (lf_form_field_get_child (LF_FORM_FIELD (field)));
}

static void
show_actions (LfLoadEditor *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "load.undo", lf_undo_can_undo (self->undo));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "load.redo", lf_undo_can_redo (self->undo));
}

/* Told before the run, where there is still time to do something about it. */
static void
show_warning (LfLoadEditor *self)
{
  gint64 users = lf_load_profile_get_max_users (profile_of (self));
  g_autoptr (GError) error = NULL;
  gboolean fit = lf_limits_check_users ((guint64) MAX (users, 0), self->max_sockets, &error);

  gtk_widget_set_visible (self->warning, !fit);
  if (!fit)
    gtk_label_set_text (GTK_LABEL (self->warning), error->message);
}

static void
show_words (LfLoadEditor *self)
{
  g_autofree char *words = lf_words_profile (profile_of (self));
  g_autofree char *sentence = lf_words_sentence (words);
  g_autofree char *total = lf_words_total (self->spec);
  g_autofree char *both = total != NULL ? g_strdup_printf ("%s.\n%s.", sentence, total) : NULL;

  gtk_label_set_text (GTK_LABEL (self->words), both != NULL ? both : sentence);
}

/* What follows from the profile, wherever it was changed. */
static void
show_profile (LfLoadEditor *self)
{
  const LfLoadField *fields = lf_load_kind_get_fields (self->kind);

  self->loading = TRUE;
  for (guint i = 0; i < self->fields->len; i++)
    {
      g_object_set (self->fields->pdata[i], "title",
                    lf_load_field_get_title (&fields[i], profile_of (self)), NULL);
      gtk_spin_button_set_value (spin_of (self->fields->pdata[i]),
                                 lf_load_field_read (&fields[i], profile_of (self)));
    }
  gtk_spin_button_set_value (spin_of (self->warmup), self->spec->warmup);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->poisson),
                               profile_of (self)->arrival == LF_ARRIVAL_POISSON);
  lf_ramp_set_profile (LF_RAMP (self->ramp), profile_of (self));
  lf_ramp_set_warmup (LF_RAMP (self->ramp), self->spec->warmup);
  lf_stage_list_set_profile (LF_STAGE_LIST (self->stages), profile_of (self));
  show_words (self);
  show_warning (self);
  show_actions (self);
  self->loading = FALSE;
}

static void
tell_changed (LfLoadEditor *self)
{
  show_profile (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
is_field (const LfLoadField *field, gsize offset)
{
  return field->offset == offset && !field->objective;
}

/* More users than are allocated beforehand are fine, fewer are not. While "150" is typed, "1" must
 * not be the end of the others. */
static void
fit_allocated (LfLoadEditor *self, const LfLoadField *field)
{
  LfLoadProfile *profile = profile_of (self);

  if (is_field (field, G_STRUCT_OFFSET (LfLoadProfile, pre_allocated_vus)))
    self->allocated = profile->pre_allocated_vus;
  else if (is_field (field, G_STRUCT_OFFSET (LfLoadProfile, max_vus)))
    profile->pre_allocated_vus =
        profile->max_vus > 0 ? MIN (self->allocated, profile->max_vus) : self->allocated;
}

static void
value_changed_cb (LfLoadEditor *self, GtkSpinButton *spin)
{
  guint n = 0;
  const LfLoadField *field;

  if (self->loading || self->spec == NULL)
    return;
  while (spin_of (self->fields->pdata[n]) != spin)
    n++;
  field = &lf_load_kind_get_fields (self->kind)[n];
  lf_undo_remember (self->undo, profile_of (self), GROUP_FIELD + n);
  lf_load_field_write (field, profile_of (self), gtk_spin_button_get_value (spin));
  fit_allocated (self, field);
  tell_changed (self);
}

static void
warmup_changed_cb (LfLoadEditor *self, GtkSpinButton *spin)
{
  if (self->loading || self->spec == NULL)
    return;
  self->spec->warmup = gtk_spin_button_get_value (spin);
  tell_changed (self);
}

static void
poisson_toggled_cb (LfLoadEditor *self)
{
  if (self->loading || self->spec == NULL)
    return;
  lf_undo_remember (self->undo, profile_of (self), 0);
  profile_of (self)->arrival = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->poisson))
                                   ? LF_ARRIVAL_POISSON
                                   : LF_ARRIVAL_UNIFORM;
  tell_changed (self);
}

static void
add_field (LfLoadEditor *self, const LfLoadField *field)
{
  GtkWidget *spin = lf_number_spin_new (field->integer, field->upper, field->step);
  GtkWidget *widget =
      g_object_new (LF_TYPE_FORM_FIELD, "title", _ (field->title), "child", spin, NULL);

  g_signal_connect_object (spin, "value-changed", G_CALLBACK (value_changed_cb), self,
                           G_CONNECT_SWAPPED);
  lf_reflow_append (LF_REFLOW (self->form), widget);
  g_ptr_array_add (self->fields, widget);
}

static void
show_kind (LfLoadEditor *self)
{
  self->loading = TRUE;
  lf_reflow_clear (LF_REFLOW (self->form));
  g_ptr_array_set_size (self->fields, 0);
  for (const LfLoadField *field = lf_load_kind_get_fields (self->kind); field->pointer != NULL;
       field++)
    add_field (self, field);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->kinds), self->kind);
  gtk_label_set_text (GTK_LABEL (self->hint), lf_load_kind_get_hint (self->kind));
  gtk_widget_set_visible (self->poisson, lf_load_kind_has_arrival (self->kind));
  self->loading = FALSE;
  show_profile (self);
}

/* Takes @profile. What stood in the form until now is there again when its kind is chosen again. */
static void
take_profile (LfLoadEditor *self, LfLoadProfile *profile, LfLoadKind kind)
{
  gboolean other = kind != self->kind;

  g_clear_pointer (&self->kept[self->kind], lf_load_profile_free);
  self->kept[self->kind] = profile_of (self);
  self->spec->load_profile = profile;
  self->allocated = profile->pre_allocated_vus;
  self->kind = kind;
  if (other)
    show_kind (self);
  tell_changed (self);
}

static void
kind_selected_cb (LfLoadEditor *self)
{
  LfLoadKind kind = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kinds));
  LfLoadProfile *profile;

  if (self->loading || self->spec == NULL || kind == self->kind || kind >= LF_N_LOAD_KINDS)
    return;
  lf_undo_remember (self->undo, profile_of (self), 0);
  profile = g_steal_pointer (&self->kept[kind]);
  take_profile (self, profile != NULL ? profile : lf_load_kind_new_profile (kind), kind);
}

static void
take_copy (LfLoadEditor *self, const LfLoadProfile *profile)
{
  take_profile (self, lf_load_profile_copy (profile), lf_load_kind_of (profile));
}

static void
ramp_edited_cb (LfLoadEditor *self, guint edit)
{
  if (self->loading || self->spec == NULL)
    return;
  lf_undo_remember (self->undo, profile_of (self), GROUP_RAMP + edit);
  take_copy (self, lf_ramp_get_profile (LF_RAMP (self->ramp)));
}

static void
stages_edited_cb (LfLoadEditor *self, guint edit)
{
  if (self->loading || self->spec == NULL)
    return;
  lf_undo_remember (self->undo, profile_of (self), GROUP_STAGES + edit);
  take_copy (self, lf_stage_list_get_profile (LF_STAGE_LIST (self->stages)));
}

static void
preset_cb (GtkWidget *widget, const char *action, GVariant *id)
{
  LfLoadEditor *self = LF_LOAD_EDITOR (widget);
  LfLoadProfile *profile = lf_load_preset_new_profile (g_variant_get_string (id, NULL));

  if (self->spec == NULL || profile == NULL)
    {
      g_clear_pointer (&profile, lf_load_profile_free);
      return;
    }
  lf_undo_remember (self->undo, profile_of (self), 0);
  take_profile (self, profile, lf_load_kind_of (profile));
}

static void
undo_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LfLoadEditor *self = LF_LOAD_EDITOR (widget);
  LfLoadProfile *profile = NULL;

  if (self->spec != NULL)
    profile = g_str_equal (action, "load.undo") ? lf_undo_undo (self->undo, profile_of (self))
                                                : lf_undo_redo (self->undo, profile_of (self));
  if (profile != NULL)
    take_profile (self, profile, lf_load_kind_of (profile));
}

static void
fill_kinds (LfLoadEditor *self)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  for (LfLoadKind kind = 0; kind < LF_N_LOAD_KINDS; kind++)
    gtk_string_list_append (kinds, lf_load_kind_get_title (kind));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->kinds), G_LIST_MODEL (kinds));
}

static void
clear_kept (LfLoadEditor *self)
{
  for (LfLoadKind kind = 0; kind < LF_N_LOAD_KINDS; kind++)
    g_clear_pointer (&self->kept[kind], lf_load_profile_free);
}

static void
lf_load_editor_dispose (GObject *object)
{
  LfLoadEditor *self = LF_LOAD_EDITOR (object);

  self->spec = NULL;
  clear_kept (self);
  g_ptr_array_set_size (self->fields, 0);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_LOAD_EDITOR);
  G_OBJECT_CLASS (lf_load_editor_parent_class)->dispose (object);
}

static void
lf_load_editor_finalize (GObject *object)
{
  LfLoadEditor *self = LF_LOAD_EDITOR (object);

  g_ptr_array_unref (self->fields);
  lf_undo_free (self->undo);
  G_OBJECT_CLASS (lf_load_editor_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "load.preset", "s", preset_cb);
  gtk_widget_class_install_action (widget_class, "load.undo", NULL, undo_cb);
  gtk_widget_class_install_action (widget_class, "load.redo", NULL, undo_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "load.undo",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "load.redo", NULL);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-load-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, LfLoadEditor, kinds);
  gtk_widget_class_bind_template_child (widget_class, LfLoadEditor, message);
  gtk_widget_class_bind_template_child (widget_class, LfLoadEditor, form);
  gtk_widget_class_bind_template_child (widget_class, LfLoadEditor, warmup);
  gtk_widget_class_bind_template_child (widget_class, LfLoadEditor, poisson);
  gtk_widget_class_bind_template_child (widget_class, LfLoadEditor, hint);
  gtk_widget_class_bind_template_child (widget_class, LfLoadEditor, ramp);
  gtk_widget_class_bind_template_child (widget_class, LfLoadEditor, stages);
  gtk_widget_class_bind_template_child (widget_class, LfLoadEditor, words);
  gtk_widget_class_bind_template_child (widget_class, LfLoadEditor, warning);
  gtk_widget_class_bind_template_callback (widget_class, kind_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, poisson_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, ramp_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, stages_edited_cb);
}

static void
lf_load_editor_class_init (LfLoadEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_load_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = lf_load_editor_finalize;
  signals[CHANGED] = g_signal_new ("changed", LF_TYPE_LOAD_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  g_type_ensure (LF_TYPE_REFLOW);
  g_type_ensure (LF_TYPE_FORM_FIELD);
  g_type_ensure (LF_TYPE_RAMP);
  g_type_ensure (LF_TYPE_STAGE_LIST);
  install_actions (widget_class);
  bind_template (widget_class);
}

static void
lf_load_editor_init (LfLoadEditor *self)
{
  GtkWidget *spin = lf_number_spin_new (FALSE, 31536000, 1);

  self->fields = g_ptr_array_new ();
  self->undo = lf_undo_new ();
  self->settings = lf_settings_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  _lf_widget_wrap_label (GTK_WIDGET (self->poisson));
  lf_drop_down_prepare (GTK_WIDGET (self->kinds), GTK_WIDGET (self->kinds));
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (warmup_changed_cb), self,
                           G_CONNECT_SWAPPED);
  lf_form_field_set_child (LF_FORM_FIELD (self->warmup), spin);
  self->loading = TRUE;
  fill_kinds (self);
  self->loading = FALSE;
  show_actions (self);
}

void
lf_load_editor_set_spec (LfLoadEditor *self, LfSpec *spec)
{
  clear_kept (self);
  lf_undo_clear (self->undo);
  self->spec = spec;
  if (spec == NULL)
    return;
  if (spec->load_profile == NULL)
    spec->load_profile = lf_load_kind_new_profile (LF_LOAD_KIND_SHORT);
  self->allocated = spec->load_profile->pre_allocated_vus;
  self->max_sockets = lf_settings_get_number (self->settings, "max-sockets");
  self->kind = lf_load_kind_of (spec->load_profile);
  show_kind (self);
  lf_load_editor_clear_messages (self);
}

void
lf_load_editor_clear_messages (LfLoadEditor *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    lf_form_field_set_message (LF_FORM_FIELD (self->fields->pdata[i]), NULL);
  lf_form_field_set_message (LF_FORM_FIELD (self->warmup), NULL);
  lf_stage_list_clear_messages (LF_STAGE_LIST (self->stages));
  lf_form_field_mark (self->kinds, GTK_LABEL (self->message), NULL);
}

gboolean
lf_load_editor_set_message (LfLoadEditor *self, const char *field, const char *message)
{
  const LfLoadField *fields = lf_load_kind_get_fields (self->kind);

  for (guint i = 0; i < self->fields->len; i++)
    if (g_str_equal (fields[i].pointer, field))
      {
        lf_form_field_set_message (LF_FORM_FIELD (self->fields->pdata[i]), message);
        return TRUE;
      }
  if (g_str_has_prefix (field, "/stages") &&
      lf_stage_list_set_message (LF_STAGE_LIST (self->stages), field + strlen ("/stages"), message))
    return TRUE;
  lf_form_field_mark (self->kinds, GTK_LABEL (self->message), message);
  return TRUE;
}

void
lf_load_editor_set_warmup_message (LfLoadEditor *self, const char *message)
{
  lf_form_field_set_message (LF_FORM_FIELD (self->warmup), message);
}
