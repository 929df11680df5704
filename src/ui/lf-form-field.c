#include "config.h"

#include "lf-form-field.h"

#include "lf-drop-down.h"
#include "lf-words.h"

#define MESSAGE_WIDTH 24 /* characters; it is as wide as the control where that is wider */

struct _LfFormField
{
  GtkBox parent_instance;
  GtkWidget *title;
  GtkWidget *child;
  GtkWidget *message;
  char *told;  /* by lf_form_field_set_message() */
  char *fault; /* by the control itself, which says more */
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_CHILD,
  PROP_MESSAGE,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LfFormField, lf_form_field, GTK_TYPE_BOX)

static void
lf_form_field_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LfFormField *self = LF_FORM_FIELD (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_label (GTK_LABEL (self->title)));
      break;
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, lf_form_field_get_message (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lf_form_field_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LfFormField *self = LF_FORM_FIELD (object);

  switch (id)
    {
    case PROP_TITLE:
      gtk_label_set_label (GTK_LABEL (self->title), g_value_get_string (value));
      break;
    case PROP_CHILD:
      lf_form_field_set_child (self, g_value_get_object (value));
      break;
    case PROP_MESSAGE:
      lf_form_field_set_message (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lf_form_field_finalize (GObject *object)
{
  LfFormField *self = LF_FORM_FIELD (object);

  g_free (self->told);
  g_free (self->fault);
  G_OBJECT_CLASS (lf_form_field_parent_class)->finalize (object);
}

static void
lf_form_field_class_init (LfFormFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lf_form_field_get_property;
  object_class->set_property = lf_form_field_set_property;
  object_class->finalize = lf_form_field_finalize;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lf_form_field_init (LfFormField *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->title = g_object_new (GTK_TYPE_LABEL, "use-underline", TRUE, "xalign", 0.0, "wrap", TRUE,
                              "yalign", 1.0, NULL);
  gtk_widget_add_css_class (self->title, "field-title");
  /* A message that asked for all of its width would leave room for fewer fields beside each other.
   */
  self->message =
      g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                    "max-width-chars", MESSAGE_WIDTH, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->message, "error");
  gtk_widget_add_css_class (self->message, "caption");
  gtk_box_append (GTK_BOX (self), self->title);
  gtk_box_append (GTK_BOX (self), self->message);
}

GtkWidget *
lf_form_field_get_child (LfFormField *self)
{
  return self->child;
}

void
lf_form_field_set_child (LfFormField *self, GtkWidget *child)
{
  if (self->child == child)
    return;
  if (self->child != NULL)
    gtk_box_remove (GTK_BOX (gtk_widget_get_parent (self->child)), self->child);
  self->child = child;
  if (child == NULL)
    return;
  gtk_box_insert_child_after (GTK_BOX (self), child, self->title);
  gtk_label_set_mnemonic_widget (GTK_LABEL (self->title), child);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->title, NULL, -1);
  if (GTK_IS_DROP_DOWN (child))
    lf_drop_down_prepare (child, self->title);
}

void
lf_form_field_add_button (LfFormField *self, GtkWidget *button)
{
  GtkWidget *child = g_object_ref (self->child);
  GtkWidget *line = g_object_new (GTK_TYPE_BOX, "spacing", 6, "hexpand", FALSE, NULL);

  gtk_box_remove (GTK_BOX (self), child);
  gtk_widget_set_hexpand (child, TRUE);
  gtk_box_append (GTK_BOX (line), child);
  gtk_box_append (GTK_BOX (line), button);
  gtk_box_insert_child_after (GTK_BOX (self), line, self->title);
  g_object_unref (child);
}

const char *
lf_form_field_get_message (LfFormField *self)
{
  return gtk_widget_get_visible (self->message) ? gtk_label_get_text (GTK_LABEL (self->message))
                                                : NULL;
}

static void
take (LfFormField *self, char **place, const char *words)
{
  if (g_strcmp0 (*place, words) == 0)
    return;
  g_free (*place);
  *place = g_strdup (words);
  lf_form_field_mark (self->child, GTK_LABEL (self->message),
                      self->fault != NULL ? self->fault : self->told);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
}

void
lf_form_field_set_message (LfFormField *self, const char *message)
{
  take (self, &self->told, message);
}

void
lf_form_field_set_fault (LfFormField *self, const char *fault)
{
  take (self, &self->fault, fault);
}

static void
show_in (GtkLabel *label, const char *message)
{
  g_autofree char *sentence = message != NULL ? lf_words_sentence (message) : g_strdup ("");

  gtk_label_set_text (label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (label), message != NULL);
}

void
lf_form_field_mark (GtkWidget *control, GtkLabel *label, const char *message)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (control);
  /* On anything but an entry, `error` would turn all text below it red. */
  const char *css_class = GTK_IS_EDITABLE (control) ? "error" : "marked";

  if (label != NULL)
    show_in (label, message);
  if (message == NULL)
    {
      gtk_widget_remove_css_class (control, css_class);
      gtk_accessible_reset_state (accessible, GTK_ACCESSIBLE_STATE_INVALID);
      gtk_accessible_reset_relation (accessible, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
      return;
    }
  gtk_widget_add_css_class (control, css_class);
  gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_TRUE, -1);
  if (label != NULL)
    gtk_accessible_update_relation (accessible, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, label, NULL,
                                    -1);
}
