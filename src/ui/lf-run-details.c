#include "config.h"

#include "lf-run-details.h"

#include "lf-error.h"
#include "lf-form-field.h"

#include <glib/gi18n.h>

struct _LfRunDetails
{
  AdwWindow parent_instance;
  LfStore *store;
  LfRun *run;        /* as it was read; NULL until then */
  GPtrArray *former; /* ids of runs that are no longer the baseline */
  GtkWidget *save;
  GtkWidget *name;
  GtkWidget *notes;
  GtkWidget *baseline;
  GtkWidget *message;
  gboolean disposed;
};

enum
{
  SAVED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfRunDetails, lf_run_details, ADW_TYPE_WINDOW)

static void
show_message (LfRunDetails *self, const char *message)
{
  gtk_label_set_text (GTK_LABEL (self->message), message != NULL ? message : "");
  gtk_widget_set_visible (self->message, message != NULL);
}

static void
fail (LfRunDetails *self, const GError *error)
{
  if (self->disposed)
    return;
  show_message (self, error->message);
  gtk_widget_set_sensitive (self->save, self->run != NULL);
}

static void
show_run (LfRunDetails *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->notes));
  const LfRun *run = self->run;

  gtk_editable_set_text (GTK_EDITABLE (self->name), run->name != NULL ? run->name : "");
  gtk_text_buffer_set_text (buffer, run->notes != NULL ? run->notes : "", -1);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->baseline), run->baseline);
  gtk_widget_set_sensitive (self->baseline, run->spec_id != NULL);
  gtk_widget_set_sensitive (self->save, TRUE);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunDetails) self = user_data;
  g_autoptr (GError) error = NULL;

  self->run = lf_store_load_run_finish (LF_STORE (source), result, &error);
  if (self->run == NULL)
    fail (self, error);
  else if (!self->disposed)
    show_run (self);
}

static void
take_text (char **place, const char *text)
{
  lf_set_string (place, *text != '\0' ? text : NULL);
}

static void
take_controls (LfRunDetails *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->notes));
  GtkTextIter start, end;
  g_autofree char *notes = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  notes = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  take_text (&self->run->name, gtk_editable_get_text (GTK_EDITABLE (self->name)));
  take_text (&self->run->notes, notes);
  self->run->baseline = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->baseline));
}

static void take_former (LfRunDetails *self);

static void
former_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunDetails) self = user_data;
  g_autoptr (GError) error = NULL;

  if (lf_store_save_run_finish (LF_STORE (source), result, &error))
    take_former (self);
  else
    fail (self, error);
}

static void
former_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunDetails) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfRun) run = lf_store_load_run_finish (LF_STORE (source), result, &error);

  if (g_error_matches (error, LF_ERROR, LF_ERROR_NOT_FOUND)) /* it is no baseline either */
    {
      take_former (self);
      return;
    }
  if (run == NULL)
    {
      fail (self, error);
      return;
    }
  run->baseline = FALSE;
  lf_store_save_run_async (LF_STORE (source), run, NULL, former_saved_cb, g_object_ref (self));
}

static void
run_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunDetails) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!lf_store_save_run_finish (LF_STORE (source), result, &error))
    {
      fail (self, error);
      return;
    }
  g_signal_emit (self, signals[SAVED], 0, self->run);
  if (!self->disposed)
    gtk_window_close (GTK_WINDOW (self));
}

/* Those that were the baseline lose that one by one; then the run itself is saved. */
static void
take_former (LfRunDetails *self)
{
  g_autofree char *id = NULL;

  if (self->former == NULL || self->former->len == 0)
    {
      lf_store_save_run_async (self->store, self->run, NULL, run_saved_cb, g_object_ref (self));
      return;
    }
  id = g_ptr_array_steal_index (self->former, self->former->len - 1);
  lf_store_load_run_async (self->store, id, NULL, former_loaded_cb, g_object_ref (self));
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunDetails) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = lf_store_list_runs_finish (LF_STORE (source), result, &error);

  if (runs == NULL)
    {
      fail (self, error);
      return;
    }
  g_clear_pointer (&self->former, g_ptr_array_unref);
  self->former = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < runs->len; i++)
    {
      const LfRun *run = runs->pdata[i];

      if (run->baseline && g_strcmp0 (run->id, self->run->id) != 0)
        g_ptr_array_add (self->former, g_strdup (run->id));
    }
  take_former (self);
}

static void
save_cb (LfRunDetails *self)
{
  LfRunQuery query = { .brief = TRUE };

  if (self->run == NULL || !gtk_widget_get_sensitive (self->save))
    return;
  show_message (self, NULL);
  gtk_widget_set_sensitive (self->save, FALSE);
  take_controls (self);
  query.spec_id = self->run->spec_id;
  if (self->run->baseline && query.spec_id != NULL)
    lf_store_list_runs_async (self->store, &query, NULL, listed_cb, g_object_ref (self));
  else
    take_former (self);
}

static void
cancel_cb (LfRunDetails *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
lf_run_details_dispose (GObject *object)
{
  LfRunDetails *self = LF_RUN_DETAILS (object);

  self->disposed = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_RUN_DETAILS);
  G_OBJECT_CLASS (lf_run_details_parent_class)->dispose (object);
}

static void
lf_run_details_finalize (GObject *object)
{
  LfRunDetails *self = LF_RUN_DETAILS (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->run, lf_run_free);
  g_clear_pointer (&self->former, g_ptr_array_unref);
  G_OBJECT_CLASS (lf_run_details_parent_class)->finalize (object);
}

static void
lf_run_details_class_init (LfRunDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_run_details_dispose;
  G_OBJECT_CLASS (klass)->finalize = lf_run_details_finalize;
  signals[SAVED] = g_signal_new ("saved", LF_TYPE_RUN_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_type_ensure (LF_TYPE_FORM_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-run-details.ui");
  gtk_widget_class_bind_template_child (widget_class, LfRunDetails, save);
  gtk_widget_class_bind_template_child (widget_class, LfRunDetails, name);
  gtk_widget_class_bind_template_child (widget_class, LfRunDetails, notes);
  gtk_widget_class_bind_template_child (widget_class, LfRunDetails, baseline);
  gtk_widget_class_bind_template_child (widget_class, LfRunDetails, message);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
lf_run_details_init (LfRunDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

LfRunDetails *
lf_run_details_new (LfStore *store, const char *run_id)
{
  LfRunDetails *self = g_object_new (LF_TYPE_RUN_DETAILS, NULL);

  self->store = g_object_ref (store);
  lf_store_load_run_async (store, run_id, NULL, loaded_cb, g_object_ref (self));
  return self;
}
