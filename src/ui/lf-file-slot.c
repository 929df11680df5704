#include "config.h"

#include "lf-file-slot.h"

#include "lf-error.h"
#include "lf-format.h"
#include "lf-reflow.h"
#include "lf-undo-bar.h"
#include "lf-upload.h"

#include <glib/gi18n.h>

struct _LfFileSlot
{
  GtkBox parent_instance;
  LfStore *store;
  char *id; /* what is shown */
  char *path;
  char *removed_id; /* what can be put back, if anything */
  char *removed_path;
  char *fault;
  gboolean compact;
  GCancellable *upload; /* while a file is on its way */
  GCancellable *load;   /* while its name and size are asked for */
  GtkFileChooserNative *chooser;
  GtkWidget *pages;
  GtkWidget *upload_label;
  GtkWidget *bar;
  GtkWidget *name;
  GtkWidget *size;
  GtkWidget *remove;
  GtkWidget *undo_bar;
};

enum
{
  PROP_0,
  PROP_COMPACT,
  PROP_FAULT,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

enum
{
  ADDED,
  STORED,
  REMOVED,
  RESTORED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfFileSlot, lf_file_slot, GTK_TYPE_BOX)

static void
set_fault (LfFileSlot *self, const char *fault)
{
  if (g_strcmp0 (self->fault, fault) == 0)
    return;
  g_free (self->fault);
  self->fault = g_strdup (fault);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FAULT]);
}

static void
stop (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static const char *
page_name (LfFileSlot *self)
{
  if (self->upload != NULL)
    return "upload";
  if (self->id != NULL || self->path != NULL)
    return "file";
  return self->compact ? "choose" : "empty";
}

static void
show_page (LfFileSlot *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), page_name (self));
}

static void
show_attachment (LfFileSlot *self, const LfAttachment *attachment)
{
  g_autofree char *size = lf_format_file_size (attachment->size);

  gtk_label_set_text (GTK_LABEL (self->name), attachment->name);
  gtk_widget_set_tooltip_text (self->name, attachment->name);
  gtk_label_set_text (GTK_LABEL (self->size), size);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfAttachment) attachment =
      lf_store_load_attachment_finish (LF_STORE (source), result, &error);
  g_autoptr (LfFileSlot) self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->load);
  if (attachment != NULL)
    {
      show_attachment (self, attachment);
      return;
    }
  gtk_label_set_text (GTK_LABEL (self->name), _ ("Unknown file"));
  set_fault (self, g_error_matches (error, LF_ERROR, LF_ERROR_NOT_FOUND)
                       ? _ ("The file is not in the store any more. Choose it again.")
                       : error->message);
}

static void
show_file (LfFileSlot *self)
{
  stop (&self->load);
  gtk_label_set_text (GTK_LABEL (self->size), "");
  gtk_label_set_text (GTK_LABEL (self->name), self->path != NULL ? self->path : "…");
  gtk_widget_set_tooltip_text (self->name, self->path);
  show_page (self);
  if (self->id == NULL || self->store == NULL)
    return;
  self->load = g_cancellable_new ();
  lf_store_load_attachment_async (self->store, self->id, self->load, loaded_cb,
                                  g_object_ref (self));
}

static void
set_id (LfFileSlot *self, const char *id)
{
  g_free (self->id);
  self->id = id != NULL && *id != '\0' ? g_strdup (id) : NULL;
}

static void
show_progress (LfFileSlot *self, goffset so_far, goffset total)
{
  g_autofree char *part = lf_format_file_size (so_far);
  g_autofree char *whole = lf_format_file_size (total);
  /* Translators: of a file that is being stored, as in "1.0 MiB of 25.0 MiB" */
  g_autofree char *words = g_strdup_printf (_ ("%s of %s"), part, whole);

  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar),
                                 total > 0 ? MIN (1.0, (double) so_far / total) : 0);
  gtk_progress_bar_set_text (GTK_PROGRESS_BAR (self->bar), total > 0 ? words : "");
}

static void
progress_cb (goffset so_far, goffset total, gpointer user_data)
{
  LfFileSlot *self = user_data;

  if (self->upload != NULL)
    show_progress (self, so_far, total);
}

static void
forget_removed (LfFileSlot *self)
{
  g_clear_pointer (&self->removed_id, g_free);
  g_clear_pointer (&self->removed_path, g_free);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "file.undo", FALSE);
  lf_undo_bar_withdraw (LF_UNDO_BAR (self->undo_bar));
}

static void
take_stored (LfFileSlot *self, LfAttachment *attachment)
{
  forget_removed (self);
  set_id (self, attachment->id);
  g_clear_pointer (&self->path, g_free);
  show_attachment (self, attachment);
  g_signal_emit (self, signals[STORED], 0, attachment);
}

static void
uploaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfAttachment) attachment = lf_upload_finish (result, &error);
  g_autoptr (LfFileSlot) self = user_data;
  gboolean current =
      self->upload != NULL && g_task_get_cancellable (G_TASK (result)) == self->upload;

  if (attachment != NULL)
    g_signal_emit (self, signals[ADDED], 0, attachment->id);
  if (!current) /* cancelled, or another file took its place meanwhile */
    return;
  g_clear_object (&self->upload);
  if (attachment != NULL)
    take_stored (self, attachment);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_fault (self, error->message);
  show_page (self);
}

static void
remove_clicked_cb (LfFileSlot *self)
{
  stop (&self->load);
  forget_removed (self);
  self->removed_id = g_steal_pointer (&self->id);
  self->removed_path = g_steal_pointer (&self->path);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "file.undo", TRUE);
  lf_undo_bar_offer (LF_UNDO_BAR (self->undo_bar), _ ("The file was removed."));
  set_fault (self, NULL);
  show_page (self);
  gtk_widget_child_focus (self->pages, GTK_DIR_TAB_FORWARD); /* it would be on what is hidden */
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
put_back (LfFileSlot *self)
{
  stop (&self->upload);
  set_id (self, self->removed_id);
  g_free (self->path);
  self->path = g_steal_pointer (&self->removed_path);
  forget_removed (self);
  show_file (self);
  gtk_widget_child_focus (self->pages, GTK_DIR_TAB_FORWARD);
  g_signal_emit (self, signals[RESTORED], 0, self->id, self->path);
}

static void
undo_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  put_back (LF_FILE_SLOT (widget));
}

static void
chosen_cb (LfFileSlot *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file != NULL)
    lf_file_slot_take (self, file);
}

static void
choose_clicked_cb (LfFileSlot *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_ ("Choose a File"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static gboolean
lf_file_slot_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (LF_FILE_SLOT (widget)->pages, GTK_DIR_TAB_FORWARD);
}

static void
lf_file_slot_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_FAULT)
    g_value_set_string (value, LF_FILE_SLOT (object)->fault);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
lf_file_slot_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LfFileSlot *self = LF_FILE_SLOT (object);

  if (id != PROP_COMPACT)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  self->compact = g_value_get_boolean (value);
  gtk_widget_set_visible (self->remove, !self->compact);
  show_page (self);
}

static void
lf_file_slot_dispose (GObject *object)
{
  LfFileSlot *self = LF_FILE_SLOT (object);

  stop (&self->upload);
  stop (&self->load);
  g_clear_object (&self->store);
  g_clear_object (&self->chooser);
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_FILE_SLOT);
  G_OBJECT_CLASS (lf_file_slot_parent_class)->dispose (object);
}

static void
lf_file_slot_finalize (GObject *object)
{
  LfFileSlot *self = LF_FILE_SLOT (object);

  g_free (self->id);
  g_free (self->path);
  g_free (self->removed_id);
  g_free (self->removed_path);
  g_free (self->fault);
  G_OBJECT_CLASS (lf_file_slot_parent_class)->finalize (object);
}

static void
install_signals (void)
{
  signals[ADDED] = g_signal_new ("added", LF_TYPE_FILE_SLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[STORED] = g_signal_new ("stored", LF_TYPE_FILE_SLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[REMOVED] = g_signal_new ("removed", LF_TYPE_FILE_SLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[RESTORED] = g_signal_new ("restored", LF_TYPE_FILE_SLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (LF_TYPE_REFLOW);
  g_type_ensure (LF_TYPE_UNDO_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-file-slot.ui");
  gtk_widget_class_bind_template_child (widget_class, LfFileSlot, pages);
  gtk_widget_class_bind_template_child (widget_class, LfFileSlot, upload_label);
  gtk_widget_class_bind_template_child (widget_class, LfFileSlot, bar);
  gtk_widget_class_bind_template_child (widget_class, LfFileSlot, name);
  gtk_widget_class_bind_template_child (widget_class, LfFileSlot, size);
  gtk_widget_class_bind_template_child (widget_class, LfFileSlot, remove);
  gtk_widget_class_bind_template_child (widget_class, LfFileSlot, undo_bar);
  gtk_widget_class_bind_template_callback (widget_class, choose_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, put_back);
  gtk_widget_class_bind_template_callback (widget_class, lf_file_slot_cancel);
  gtk_widget_class_install_action (widget_class, "file.undo", NULL, undo_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "file.undo",
                                       NULL);
}

static void
lf_file_slot_class_init (LfFileSlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lf_file_slot_get_property;
  object_class->set_property = lf_file_slot_set_property;
  object_class->dispose = lf_file_slot_dispose;
  object_class->finalize = lf_file_slot_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = lf_file_slot_grab_focus;
  properties[PROP_COMPACT] =
      g_param_spec_boolean ("compact", NULL, NULL, FALSE,
                            G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FAULT] =
      g_param_spec_string ("fault", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  install_signals ();
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
lf_file_slot_init (LfFileSlot *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "file.undo", FALSE);
}

void
lf_file_slot_show (LfFileSlot *self, LfStore *store, const char *attachment_id, const char *file)
{
  stop (&self->upload);
  forget_removed (self);
  g_set_object (&self->store, store);
  set_id (self, attachment_id);
  g_free (self->path);
  self->path = g_strdup (file);
  set_fault (self, NULL);
  show_file (self);
}

void
lf_file_slot_take (LfFileSlot *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  if (self->store == NULL)
    return;
  stop (&self->upload);
  set_fault (self, NULL);
  self->upload = g_cancellable_new ();
  gtk_label_set_text (GTK_LABEL (self->upload_label), name);
  show_progress (self, 0, 0);
  show_page (self);
  lf_upload_async (self->store, file, progress_cb, self, self->upload, uploaded_cb,
                   g_object_ref (self));
}

void
lf_file_slot_cancel (LfFileSlot *self)
{
  stop (&self->upload);
  show_page (self);
}

gboolean
lf_file_slot_is_busy (LfFileSlot *self)
{
  return self->upload != NULL;
}

const char *
lf_file_slot_get_fault (LfFileSlot *self)
{
  return self->fault;
}

gboolean
lf_file_slot_can_restore (LfFileSlot *self, const char *id)
{
  return g_strcmp0 (self->removed_id, id) == 0;
}
