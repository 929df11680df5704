#include "config.h"

#include "lf-load-editor.h"

#include "lf-form-field.h"
#include "lf-profile-preview.h"
#include "lf-reflow.h"
#include "lf-words.h"

#include <glib/gi18n.h>

/* The forms of the drop-down. */
typedef enum
{
  FORM_USERS,
  FORM_RATE,
  FORM_OTHER,
  N_FORMS,
} Form;

typedef enum
{
  FIELD_RAMP_UP,
  FIELD_USERS,
  FIELD_STEADY,
  FIELD_RAMP_DOWN,
  FIELD_RATE,
  FIELD_DURATION,
  FIELD_MAX_USERS,
  N_FIELDS,
} FieldId;

static const struct
{
  const char *pointer;
  gsize offset;
  gboolean integer;
} field_specs[N_FIELDS] = {
  [FIELD_RAMP_UP] = { "/rampUp", G_STRUCT_OFFSET (LfLoadProfile, ramp_up), FALSE },
  [FIELD_USERS] = { "/users", G_STRUCT_OFFSET (LfLoadProfile, users), TRUE },
  [FIELD_STEADY] = { "/steady", G_STRUCT_OFFSET (LfLoadProfile, steady), FALSE },
  [FIELD_RAMP_DOWN] = { "/rampDown", G_STRUCT_OFFSET (LfLoadProfile, ramp_down), FALSE },
  [FIELD_RATE] = { "/rate", G_STRUCT_OFFSET (LfLoadProfile, rate), FALSE },
  [FIELD_DURATION] = { "/duration", G_STRUCT_OFFSET (LfLoadProfile, duration), FALSE },
  [FIELD_MAX_USERS] = { "/maxVUs", G_STRUCT_OFFSET (LfLoadProfile, max_vus), TRUE },
};

struct _LfLoadEditor
{
  GtkBox parent_instance;
  LfSpec *spec;
  LfLoadProfile *kept[N_FORMS]; /* what stood in the forms that are not chosen now */
  Form form;
  gboolean loading;
  gboolean typing; /* the text of a field is not to be put in order yet */
  GtkWidget *kind;
  GtkWidget *forms;
  GtkWidget *words;
  GtkWidget *hint;
  GtkWidget *message;
  GtkWidget *preview;
  GtkWidget *fields[N_FIELDS];
};

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfLoadEditor, lf_load_editor, GTK_TYPE_BOX)

static Form
form_of (const LfLoadProfile *profile)
{
  if (profile->executor == LF_EXECUTOR_NONE)
    return FORM_USERS;
  if (profile->executor == LF_EXECUTOR_CONSTANT_ARRIVAL_RATE && profile->time_unit == 1)
    return FORM_RATE;
  return FORM_OTHER;
}

static GtkSpinButton *
spin_of (LfLoadEditor *self, FieldId id)
{
  return GTK_SPIN_BUTTON (lf_form_field_get_child (LF_FORM_FIELD (self->fields[id])));
}

static FieldId
first_of (Form form)
{
  return form == FORM_USERS ? FIELD_RAMP_UP : form == FORM_RATE ? FIELD_RATE : N_FIELDS;
}

static FieldId
last_of (Form form)
{
  return form == FORM_USERS ? FIELD_RAMP_DOWN : form == FORM_RATE ? FIELD_MAX_USERS : 0;
}

static double
read_field (const LfLoadProfile *profile, FieldId id)
{
  const char *place = (const char *) profile + field_specs[id].offset;

  return field_specs[id].integer ? *(const gint64 *) place : *(const double *) place;
}

static void
write_field (LfLoadProfile *profile, FieldId id, double value)
{
  char *place = (char *) profile + field_specs[id].offset;

  if (field_specs[id].integer)
    *(gint64 *) place = (gint64) value;
  else
    *(double *) place = value;
  lf_record_set_present (profile, field_specs[id].offset, TRUE);
}

static void
show_preview (LfLoadEditor *self)
{
  g_autofree char *words = lf_words_profile (self->spec->load_profile);
  g_autofree char *sentence = lf_words_sentence (words);

  lf_profile_preview_set_profile (LF_PROFILE_PREVIEW (self->preview), self->spec->load_profile);
  gtk_label_set_text (GTK_LABEL (self->words), sentence);
}

static void
show_form (LfLoadEditor *self)
{
  static const char *const pages[] = { "users", "rate", "other" };

  self->loading = TRUE;
  gtk_stack_set_visible_child_name (GTK_STACK (self->forms), pages[self->form]);
  for (FieldId id = first_of (self->form); id <= last_of (self->form) && id < N_FIELDS; id++)
    gtk_spin_button_set_value (spin_of (self, id), read_field (self->spec->load_profile, id));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->kind), self->form);
  gtk_label_set_text (GTK_LABEL (self->hint),
                      self->form == FORM_RATE
                          ? _ ("Arrivals leave on schedule, whatever the target does. What no user "
                               "is free for is counted as dropped.")
                          : _ ("Each user sends the next request when the last one is answered."));
  gtk_widget_set_visible (self->hint, self->form != FORM_OTHER);
  show_preview (self);
  self->loading = FALSE;
}

static LfLoadProfile *
new_profile (Form form)
{
  LfLoadProfile *profile = lf_load_profile_new ();

  if (form == FORM_RATE)
    {
      profile->executor = LF_EXECUTOR_CONSTANT_ARRIVAL_RATE;
      write_field (profile, FIELD_RATE, 50);
      write_field (profile, FIELD_DURATION, 30);
      write_field (profile, FIELD_MAX_USERS, 100);
      profile->pre_allocated_vus = 100;
      return profile;
    }
  write_field (profile, FIELD_RAMP_UP, 5);
  write_field (profile, FIELD_USERS, 10);
  write_field (profile, FIELD_STEADY, 30);
  write_field (profile, FIELD_RAMP_DOWN, 5);
  return profile;
}

static void
kind_selected_cb (LfLoadEditor *self)
{
  Form form = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kind));

  if (self->loading || self->spec == NULL || form == self->form || form >= N_FORMS)
    return;
  self->kept[self->form] = g_steal_pointer (&self->spec->load_profile);
  self->spec->load_profile = g_steal_pointer (&self->kept[form]);
  if (self->spec->load_profile == NULL)
    self->spec->load_profile = new_profile (form);
  self->form = form;
  show_form (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* More users than are allocated beforehand are fine, fewer are not. */
static void
fit_allocated (LfLoadProfile *profile)
{
  if (profile->pre_allocated_vus > profile->max_vus)
    profile->pre_allocated_vus = profile->max_vus;
}

static void
value_changed_cb (LfLoadEditor *self, GtkSpinButton *spin)
{
  if (self->loading || self->spec == NULL)
    return;
  for (FieldId id = first_of (self->form); id <= last_of (self->form) && id < N_FIELDS; id++)
    if (spin_of (self, id) == spin)
      write_field (self->spec->load_profile, id, gtk_spin_button_get_value (spin));
  if (self->form == FORM_RATE)
    fit_allocated (self->spec->load_profile);
  show_preview (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Shows 2.5 as "2.5" and 30 as "30", where a fixed number of digits would show 30.000. */
static gboolean
output_cb (GtkSpinButton *spin, LfLoadEditor *self)
{
  g_autofree char *text = g_strdup_printf ("%.10g", gtk_spin_button_get_value (spin));

  if (!self->typing && g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (spin))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

/* A spin button takes over what is typed only when it loses the focus: Save and Run, reached by
 * their keys, would miss it. */
static void
typed_cb (LfLoadEditor *self, GtkSpinButton *spin)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (spin));
  char *end;
  double lower, upper, value = g_strtod (text, &end);

  gtk_spin_button_get_range (spin, &lower, &upper);
  if (self->loading || self->spec == NULL || end == text || *end != '\0' || value < lower ||
      value > upper)
    return;
  self->typing = TRUE;
  gtk_spin_button_set_value (spin, value);
  self->typing = FALSE;
}

static void
set_kinds (LfLoadEditor *self, const LfLoadProfile *profile)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  gtk_string_list_append (kinds, lf_words_executor (LF_EXECUTOR_NONE));
  gtk_string_list_append (kinds, lf_words_executor (LF_EXECUTOR_CONSTANT_ARRIVAL_RATE));
  if (self->form == FORM_OTHER)
    gtk_string_list_append (kinds, lf_words_executor (profile->executor));
  self->loading = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->kind), G_LIST_MODEL (kinds));
  self->loading = FALSE;
}

static void
lf_load_editor_dispose (GObject *object)
{
  LfLoadEditor *self = LF_LOAD_EDITOR (object);

  self->spec = NULL;
  for (Form form = 0; form < N_FORMS; form++)
    g_clear_pointer (&self->kept[form], lf_load_profile_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_LOAD_EDITOR);
  G_OBJECT_CLASS (lf_load_editor_parent_class)->dispose (object);
}

static void
bind_field (GtkWidgetClass *widget_class, const char *name, FieldId id)
{
  gtk_widget_class_bind_template_child_full (widget_class, name, FALSE,
                                             G_STRUCT_OFFSET (LfLoadEditor, fields) +
                                                 id * sizeof (GtkWidget *));
}

static void
lf_load_editor_class_init (LfLoadEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_load_editor_dispose;
  signals[CHANGED] = g_signal_new ("changed", LF_TYPE_LOAD_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  g_type_ensure (LF_TYPE_REFLOW);
  g_type_ensure (LF_TYPE_FORM_FIELD);
  g_type_ensure (LF_TYPE_PROFILE_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-load-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, LfLoadEditor, kind);
  gtk_widget_class_bind_template_child (widget_class, LfLoadEditor, forms);
  gtk_widget_class_bind_template_child (widget_class, LfLoadEditor, words);
  gtk_widget_class_bind_template_child (widget_class, LfLoadEditor, hint);
  gtk_widget_class_bind_template_child (widget_class, LfLoadEditor, message);
  gtk_widget_class_bind_template_child (widget_class, LfLoadEditor, preview);
  bind_field (widget_class, "ramp_up", FIELD_RAMP_UP);
  bind_field (widget_class, "users", FIELD_USERS);
  bind_field (widget_class, "steady", FIELD_STEADY);
  bind_field (widget_class, "ramp_down", FIELD_RAMP_DOWN);
  bind_field (widget_class, "rate", FIELD_RATE);
  bind_field (widget_class, "duration", FIELD_DURATION);
  bind_field (widget_class, "max_users", FIELD_MAX_USERS);
  gtk_widget_class_bind_template_callback (widget_class, kind_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, value_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, output_cb);
}

static void
lf_load_editor_init (LfLoadEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lf_load_editor_set_spec (LfLoadEditor *self, LfSpec *spec)
{
  for (Form form = 0; form < N_FORMS; form++)
    g_clear_pointer (&self->kept[form], lf_load_profile_free);
  self->spec = spec;
  if (spec == NULL)
    return;
  if (spec->load_profile == NULL)
    spec->load_profile = new_profile (FORM_USERS);
  self->form = form_of (spec->load_profile);
  set_kinds (self, spec->load_profile);
  show_form (self);
  lf_load_editor_clear_messages (self);
}

void
lf_load_editor_clear_messages (LfLoadEditor *self)
{
  for (FieldId id = 0; id < N_FIELDS; id++)
    lf_form_field_set_message (LF_FORM_FIELD (self->fields[id]), NULL);
  lf_form_field_mark (self->kind, GTK_LABEL (self->message), NULL);
}

gboolean
lf_load_editor_set_message (LfLoadEditor *self, const char *field, const char *message)
{
  if (self->form == FORM_RATE && g_strcmp0 (field, "/preAllocatedVUs") == 0)
    {
      field = "/maxVUs";
      message = _ ("Must be at least 1");
    }
  for (FieldId id = first_of (self->form); id <= last_of (self->form) && id < N_FIELDS; id++)
    if (g_strcmp0 (field_specs[id].pointer, field) == 0)
      {
        lf_form_field_set_message (LF_FORM_FIELD (self->fields[id]), message);
        return TRUE;
      }
  lf_form_field_mark (self->kind, GTK_LABEL (self->message), message);
  return TRUE;
}
