#include "config.h"

#include "lf-http-editor.h"

#include "lf-form-field.h"
#include "lf-number-spin.h"
#include "lf-path-button.h"
#include "lf-pem-check.h"
#include "lf-reflow.h"
#include "lf-widget-private.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *name; /* of the field of LfHttpOptions, or of LfTlsOptions */
  gboolean tls;
  const char *title;
} Row;

static const Row rows[] = {
  { "timeout", FALSE, N_ ("Time limit of a request (s)") },
  { "connectTimeout", FALSE, N_ ("Time limit to connect (s)") },
  { "version", FALSE, N_ ("HTTP version") },
  { "maxRedirects", FALSE, N_ ("Most redirects") },
  { "userAgent", FALSE, N_ ("User agent") },
  { "proxy", FALSE, N_ ("Proxy") },
  { "caFile", TRUE, N_ ("File of trusted authorities (PEM)") },
  { "certFile", TRUE, N_ ("File of the client certificate (PEM)") },
  { "keyFile", TRUE, N_ ("File of its key (PEM)") },
  { "followRedirects", FALSE, N_ ("Follow redirects") },
  { "keepAlive", FALSE, N_ ("Keep connections alive") },
  { "cookies", FALSE, N_ ("Keep the cookies of each user") },
  { "decompress", FALSE, N_ ("Ask for compressed answers") },
  { "verify", TRUE, N_ ("Verify the certificate of the target") },
};
#define N_ROWS G_N_ELEMENTS (rows)

struct _LfHttpEditor
{
  GtkBox parent_instance;
  const LfHttpOptions *base;
  LfHttpOptions **place;
  GtkWidget *controls[N_ROWS];
  GtkWidget *fields[N_ROWS]; /* LfFormField; NULL for a check button */
  GtkWidget *inherit;
  gboolean loading;
};

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfHttpEditor, lf_http_editor, GTK_TYPE_BOX)

static const LfField *
field_of (const Row *row)
{
  const LfField *field = row->tls ? lf_tls_options_type.fields : lf_http_options_type.fields;

  while (!g_str_equal (field->name, row->name))
    field++;
  return field;
}

static gboolean
is_file (const Row *row)
{
  return row->tls && field_of (row)->kind == LF_FIELD_STRING;
}

static gpointer
value_of (const Row *row, const LfHttpOptions *options)
{
  gpointer record = row->tls ? (gpointer) options->tls : (gpointer) options;

  return (char *) record + field_of (row)->offset;
}

/* What is written to is there, and stands in the document. */
static gpointer
place_to_write (LfHttpEditor *self, const Row *row)
{
  LfHttpOptions *options;

  if (*self->place == NULL)
    *self->place = lf_http_options_new ();
  options = *self->place;
  if (row->tls && options->tls == NULL)
    options->tls = lf_tls_options_new ();
  lf_record_set_present (row->tls ? (gpointer) options->tls : (gpointer) options,
                         field_of (row)->offset, TRUE);
  return value_of (row, options);
}

static void
show_inherit (LfHttpEditor *self)
{
  gtk_widget_set_visible (self->inherit, self->place != NULL && *self->place != NULL);
}

static void
write_control (LfHttpEditor *self, guint n)
{
  gpointer place = place_to_write (self, &rows[n]);
  GtkWidget *control = self->controls[n];
  const char *text;

  switch (field_of (&rows[n])->kind)
    {
    case LF_FIELD_NUMBER:
      *(double *) place = gtk_spin_button_get_value (GTK_SPIN_BUTTON (control));
      break;
    case LF_FIELD_INTEGER:
      *(gint64 *) place = (gint64) gtk_spin_button_get_value (GTK_SPIN_BUTTON (control));
      break;
    case LF_FIELD_BOOLEAN:
      *(gboolean *) place = gtk_check_button_get_active (GTK_CHECK_BUTTON (control));
      break;
    case LF_FIELD_ENUM:
      *(int *) place = (int) gtk_drop_down_get_selected (GTK_DROP_DOWN (control));
      break;
    default:
      text = gtk_editable_get_text (GTK_EDITABLE (control));
      lf_set_string (place, *text != '\0' ? text : NULL);
    }
}

static void
edited_cb (LfHttpEditor *self, gpointer argument, GtkWidget *control)
{
  guint n = 0;

  if (self->loading || self->place == NULL)
    return;
  while (self->controls[n] != control)
    n++;
  write_control (self, n);
  show_inherit (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Of signals without an argument. */
static void
edited_plainly_cb (LfHttpEditor *self, GtkWidget *control)
{
  edited_cb (self, NULL, control);
}

static void
show_control (LfHttpEditor *self, guint n, const LfHttpOptions *options)
{
  gpointer place = value_of (&rows[n], options);
  GtkWidget *control = self->controls[n];

  switch (field_of (&rows[n])->kind)
    {
    case LF_FIELD_NUMBER:
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (control), *(double *) place);
      break;
    case LF_FIELD_INTEGER:
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (control), (double) *(gint64 *) place);
      break;
    case LF_FIELD_BOOLEAN:
      gtk_check_button_set_active (GTK_CHECK_BUTTON (control), *(gboolean *) place);
      break;
    case LF_FIELD_ENUM:
      gtk_drop_down_set_selected (GTK_DROP_DOWN (control), (guint) * (int *) place);
      break;
    default:
      gtk_editable_set_text (GTK_EDITABLE (control),
                             *(char **) place != NULL ? *(char **) place : "");
    }
}

static void
show_options (LfHttpEditor *self)
{
  g_autoptr (LfHttpOptions) options =
      lf_http_options_merge (self->base, self->place != NULL ? *self->place : NULL);

  self->loading = TRUE;
  for (guint i = 0; i < N_ROWS; i++)
    show_control (self, i, options);
  self->loading = FALSE;
  show_inherit (self);
}

static void
inherit_cb (LfHttpEditor *self)
{
  if (self->place == NULL)
    return;
  g_clear_pointer (self->place, lf_http_options_free);
  show_options (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
new_control (LfHttpEditor *self, const Row *row)
{
  const LfField *field = field_of (row);
  GtkWidget *control;
  const char *signal = "changed";

  switch (field->kind)
    {
    case LF_FIELD_NUMBER:
    case LF_FIELD_INTEGER:
      control = lf_number_spin_new (field->kind == LF_FIELD_INTEGER, field->maximum, 1);
      signal = "value-changed";
      break;
    case LF_FIELD_BOOLEAN:
      control = gtk_check_button_new_with_label (_ (row->title));
      _lf_widget_wrap_label (control);
      signal = "toggled";
      break;
    case LF_FIELD_ENUM:
      control = gtk_drop_down_new_from_strings ((const char *const *) field->words);
      g_signal_connect_object (control, "notify::selected", G_CALLBACK (edited_cb), self,
                               G_CONNECT_SWAPPED);
      return control;
    default:
      control = gtk_entry_new ();
      gtk_editable_set_width_chars (GTK_EDITABLE (control), 8);
      if (is_file (row))
        lf_pem_check_watch (GTK_EDITABLE (control),
                            g_str_equal (row->name, "keyFile") ? LF_PEM_KEY : LF_PEM_CERTIFICATE);
    }
  g_signal_connect_object (control, signal, G_CALLBACK (edited_plainly_cb), self,
                           G_CONNECT_SWAPPED);
  return control;
}

static void
add_controls (LfHttpEditor *self)
{
  GtkWidget *numbers = g_object_new (LF_TYPE_REFLOW, "max-columns", 3, NULL);
  GtkWidget *switches = g_object_new (LF_TYPE_REFLOW, "max-columns", 2, "spacing", 6, NULL);

  for (guint i = 0; i < N_ROWS; i++)
    {
      self->controls[i] = new_control (self, &rows[i]);
      if (GTK_IS_CHECK_BUTTON (self->controls[i]))
        {
          lf_reflow_append (LF_REFLOW (switches), self->controls[i]);
          continue;
        }
      self->fields[i] = g_object_new (LF_TYPE_FORM_FIELD, "title", _ (rows[i].title), "child",
                                      self->controls[i], NULL);
      if (is_file (&rows[i]))
        lf_form_field_add_button (
            LF_FORM_FIELD (self->fields[i]),
            lf_path_button_new (GTK_EDITABLE (self->controls[i]), _ (rows[i].title)));
      lf_reflow_append (LF_REFLOW (numbers), self->fields[i]);
    }
  gtk_box_append (GTK_BOX (self), numbers);
  gtk_box_append (GTK_BOX (self), switches);
}

static void
lf_http_editor_dispose (GObject *object)
{
  LF_HTTP_EDITOR (object)->place = NULL;
  G_OBJECT_CLASS (lf_http_editor_parent_class)->dispose (object);
}

static void
lf_http_editor_class_init (LfHttpEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lf_http_editor_dispose;
  signals[CHANGED] = g_signal_new ("changed", LF_TYPE_HTTP_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
lf_http_editor_init (LfHttpEditor *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  add_controls (self);
  self->inherit = gtk_button_new_with_mnemonic (_ ("_Inherit All Again"));
  gtk_widget_set_tooltip_text (self->inherit,
                               _ ("Drop what is said here, and use what holds without it"));
  gtk_widget_set_halign (self->inherit, GTK_ALIGN_START);
  gtk_widget_set_visible (self->inherit, FALSE);
  g_signal_connect_object (self->inherit, "clicked", G_CALLBACK (inherit_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self), self->inherit);
}

void
lf_http_editor_set_options (LfHttpEditor *self, const LfHttpOptions *base, LfHttpOptions **place)
{
  self->base = base;
  self->place = place;
  if (place != NULL)
    show_options (self);
}

void
lf_http_editor_clear_messages (LfHttpEditor *self)
{
  for (guint i = 0; i < N_ROWS; i++)
    if (self->fields[i] != NULL)
      lf_form_field_set_message (LF_FORM_FIELD (self->fields[i]), NULL);
}

gboolean
lf_http_editor_set_message (LfHttpEditor *self, const char *field, const char *message)
{
  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autofree char *pointer = g_strconcat (rows[i].tls ? "/tls/" : "/", rows[i].name, NULL);

      if (self->fields[i] == NULL || !g_str_equal (pointer, field))
        continue;
      lf_form_field_set_message (LF_FORM_FIELD (self->fields[i]), message);
      return TRUE;
    }
  return FALSE;
}
