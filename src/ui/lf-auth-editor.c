#include "config.h"

#include "lf-auth-editor.h"

#include "lf-auth-fields.h"
#include "lf-drop-down.h"
#include "lf-form-field.h"
#include "lf-reflow.h"

#include <glib/gi18n.h>

/* What the drop-down of LfAuthField.place offers, as the document says it. */
static const char *const places[] = { "header", "query" };

struct _LfAuthEditor
{
  GtkBox parent_instance;
  LfStep *step;
  LfAuth *kept[LF_N_AUTH_TYPES]; /* of the ways that are not chosen now */
  LfAuthType type;
  GPtrArray *fields; /* LfFormField, one for each of the type; children of @form */
  gboolean loading;
  GtkWidget *types;
  GtkWidget *form;
};

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfAuthEditor, lf_auth_editor, GTK_TYPE_BOX)

static char **
place_of (LfAuthEditor *self, const LfAuthField *field)
{
  return (char **) ((char *) self->step->auth + field->offset);
}

static void
take (LfAuthEditor *self, GtkWidget *control, const char *text)
{
  guint n = 0;

  if (self->loading || self->step == NULL || self->step->auth == NULL)
    return;
  while (lf_form_field_get_child (self->fields->pdata[n]) != control)
    n++;
  lf_set_string (place_of (self, &lf_auth_type_get_fields (self->type)[n]),
                 *text != '\0' ? text : NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
text_changed_cb (LfAuthEditor *self, GtkEditable *entry)
{
  take (self, GTK_WIDGET (entry), gtk_editable_get_text (entry));
}

static void
place_selected_cb (LfAuthEditor *self, GParamSpec *pspec, GtkDropDown *drop_down)
{
  guint n = gtk_drop_down_get_selected (drop_down);

  if (n < G_N_ELEMENTS (places))
    take (self, GTK_WIDGET (drop_down), places[n]);
}

static GtkWidget *
new_place (LfAuthEditor *self, const char *text)
{
  const char *const words[] = { _ ("Header"), _ ("Query parameter"), NULL };
  GtkWidget *drop_down = gtk_drop_down_new_from_strings (words);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), g_strcmp0 (text, places[1]) == 0);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (place_selected_cb), self,
                           G_CONNECT_SWAPPED);
  return drop_down;
}

static GtkWidget *
new_entry (LfAuthEditor *self, const LfAuthField *field, const char *text)
{
  GtkWidget *entry = field->secret ? gtk_password_entry_new () : gtk_entry_new ();

  if (field->secret)
    gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (entry), TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 10);
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
  g_signal_connect_object (entry, "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  return entry;
}

static void
add_field (LfAuthEditor *self, const LfAuthField *field)
{
  const char *text = *place_of (self, field);
  GtkWidget *control = field->place ? new_place (self, text) : new_entry (self, field, text);
  GtkWidget *widget =
      g_object_new (LF_TYPE_FORM_FIELD, "title", _ (field->title), "child", control, NULL);

  lf_reflow_append (LF_REFLOW (self->form), widget);
  g_ptr_array_add (self->fields, widget);
}

static void
show_type (LfAuthEditor *self)
{
  self->loading = TRUE;
  lf_reflow_clear (LF_REFLOW (self->form));
  g_ptr_array_set_size (self->fields, 0);
  for (const LfAuthField *field = lf_auth_type_get_fields (self->type);
       self->step->auth != NULL && field->pointer != NULL; field++)
    add_field (self, field);
  gtk_widget_set_visible (self->form, self->fields->len > 0);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->types), self->type);
  self->loading = FALSE;
}

static void
type_selected_cb (LfAuthEditor *self)
{
  LfAuthType type = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->types));

  if (self->loading || self->step == NULL || type == self->type || type >= LF_N_AUTH_TYPES)
    return;
  g_clear_pointer (&self->kept[self->type], lf_auth_free);
  self->kept[self->type] = self->step->auth;
  self->step->auth = g_steal_pointer (&self->kept[type]);
  if (self->step->auth == NULL && type != LF_AUTH_NONE)
    {
      self->step->auth = lf_auth_new ();
      self->step->auth->auth_type = type;
    }
  self->type = type;
  show_type (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
clear_kept (LfAuthEditor *self)
{
  for (guint i = 0; i < LF_N_AUTH_TYPES; i++)
    g_clear_pointer (&self->kept[i], lf_auth_free);
}

static void
lf_auth_editor_dispose (GObject *object)
{
  LfAuthEditor *self = LF_AUTH_EDITOR (object);

  self->step = NULL;
  clear_kept (self);
  g_ptr_array_set_size (self->fields, 0);
  G_OBJECT_CLASS (lf_auth_editor_parent_class)->dispose (object);
}

static void
lf_auth_editor_finalize (GObject *object)
{
  g_ptr_array_unref (LF_AUTH_EDITOR (object)->fields);
  G_OBJECT_CLASS (lf_auth_editor_parent_class)->finalize (object);
}

static void
lf_auth_editor_class_init (LfAuthEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lf_auth_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = lf_auth_editor_finalize;
  signals[CHANGED] = g_signal_new ("changed", LF_TYPE_AUTH_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
lf_auth_editor_init (LfAuthEditor *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (LfAuthType type = 0; type < LF_N_AUTH_TYPES; type++)
    gtk_string_list_append (list, lf_auth_type_get_title (type));
  self->fields = g_ptr_array_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->types = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (list)), NULL);
  lf_drop_down_prepare (self->types, self->types);
  gtk_widget_set_halign (self->types, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->types), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How the step signs in"), -1);
  g_signal_connect_object (self->types, "notify::selected", G_CALLBACK (type_selected_cb), self,
                           G_CONNECT_SWAPPED);
  self->form = g_object_new (LF_TYPE_REFLOW, "max-columns", 2, NULL);
  gtk_box_append (GTK_BOX (self), self->types);
  gtk_box_append (GTK_BOX (self), self->form);
}

void
lf_auth_editor_set_step (LfAuthEditor *self, LfStep *step)
{
  clear_kept (self);
  self->step = step;
  if (step == NULL)
    return;
  self->type = step->auth != NULL ? step->auth->auth_type : LF_AUTH_NONE;
  show_type (self);
}

void
lf_auth_editor_clear_messages (LfAuthEditor *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    lf_form_field_set_message (self->fields->pdata[i], NULL);
}

gboolean
lf_auth_editor_set_message (LfAuthEditor *self, const char *field, const char *message)
{
  const LfAuthField *fields = lf_auth_type_get_fields (self->type);

  for (guint i = 0; i < self->fields->len; i++)
    if (g_str_equal (fields[i].pointer, field))
      {
        lf_form_field_set_message (self->fields->pdata[i], message);
        return TRUE;
      }
  return FALSE;
}
