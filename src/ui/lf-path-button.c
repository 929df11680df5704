#include "config.h"

#include "lf-path-button.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _LfPathButton
{
  GtkButton parent_instance;
  GtkEditable *entry; /* weak */
  char *title;
  GtkFileChooserNative *chooser; /* while it is open */
};

enum
{
  PROP_0,
  PROP_ENTRY,
  PROP_TITLE,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LfPathButton, lf_path_button, GTK_TYPE_BUTTON)

static void
chosen_cb (LfPathButton *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response != GTK_RESPONSE_ACCEPT || self->entry == NULL)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  path = g_file_get_parse_name (file); /* what has no path is refused as one that is typed */
  gtk_editable_set_text (self->entry, path);
  if (ADW_IS_ENTRY_ROW (self->entry))
    g_signal_emit_by_name (self->entry, "apply");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *const *suffixes)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; suffixes[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, suffixes[i]);
  if (suffixes[0] == NULL)
    gtk_file_filter_add_pattern (filter, "*");
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
begin_at_present_file (GtkFileChooser *chooser, const char *path)
{
  g_autoptr (GFile) file = NULL;

  if (!g_path_is_absolute (path))
    return;
  file = g_file_new_for_path (path);
  gtk_file_chooser_set_file (chooser, file, NULL); /* one that is gone is not selected */
}

static void
lf_path_button_clicked (GtkButton *button)
{
  static const char *const pem[] = { "pem", "crt", "cer", "key", NULL };
  LfPathButton *self = LF_PATH_BUTTON (button);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkFileChooser *chooser;

  if (self->chooser != NULL || self->entry == NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (self->title, GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), NULL);
  chooser = GTK_FILE_CHOOSER (self->chooser);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  add_filter (chooser, _ ("Certificates and Keys"), pem);
  add_filter (chooser, _ ("All Files"), pem + G_N_ELEMENTS (pem) - 1);
  begin_at_present_file (chooser, gtk_editable_get_text (self->entry));
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
lf_path_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LfPathButton *self = LF_PATH_BUTTON (object);

  if (id == PROP_ENTRY)
    g_set_weak_pointer (&self->entry, g_value_get_object (value));
  else if (id == PROP_TITLE)
    self->title = g_value_dup_string (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
lf_path_button_constructed (GObject *object)
{
  LfPathButton *self = LF_PATH_BUTTON (object);
  g_autofree char *label = g_strdup_printf (_ ("%s: choose a file"), self->title);

  G_OBJECT_CLASS (lf_path_button_parent_class)->constructed (object);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
lf_path_button_dispose (GObject *object)
{
  LfPathButton *self = LF_PATH_BUTTON (object);

  g_clear_weak_pointer (&self->entry);
  g_clear_object (&self->chooser);
  G_OBJECT_CLASS (lf_path_button_parent_class)->dispose (object);
}

static void
lf_path_button_finalize (GObject *object)
{
  g_free (LF_PATH_BUTTON (object)->title);
  G_OBJECT_CLASS (lf_path_button_parent_class)->finalize (object);
}

static void
lf_path_button_class_init (LfPathButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = lf_path_button_set_property;
  object_class->constructed = lf_path_button_constructed;
  object_class->dispose = lf_path_button_dispose;
  object_class->finalize = lf_path_button_finalize;
  GTK_BUTTON_CLASS (klass)->clicked = lf_path_button_clicked;
  properties[PROP_ENTRY] = g_param_spec_object ("entry", NULL, NULL, GTK_TYPE_EDITABLE, flags);
  properties[PROP_TITLE] =
      g_param_spec_string ("title", NULL, NULL, "", flags | G_PARAM_CONSTRUCT_ONLY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lf_path_button_init (LfPathButton *self)
{
  gtk_button_set_icon_name (GTK_BUTTON (self), "document-open-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _ ("Choose a file"));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
lf_path_button_new (GtkEditable *entry, const char *title)
{
  return g_object_new (LF_TYPE_PATH_BUTTON, "entry", entry, "title", title, NULL);
}
