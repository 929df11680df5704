#include "config.h"

#include "lf-history-private.h"

#include <glib/gi18n.h>

/* What one toast would bring back. */
typedef struct
{
  LfStore *store;
  GPtrArray *rows; /* LfHistoryRun, of one spec */
} Batch;

static void
clear_batch (gpointer data)
{
  Batch *batch = data;

  g_object_unref (batch->store);
  g_ptr_array_unref (batch->rows);
}

void
_lf_history_batch_unref (gpointer batch)
{
  g_rc_box_release_full (batch, clear_batch);
}

static void
tell (LfHistory *self, const char *message)
{
  g_autofree char *markup = g_markup_escape_text (message, -1);

  if (self->toasts != NULL)
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (markup));
}

/* How much room is taken is asked for once, after the last of many. What could not be deleted is
 * shown again. */
static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfHistory) self = user_data;
  g_autoptr (GError) error = NULL;

  self->n_deleting--;
  if (!lf_store_delete_run_finish (LF_STORE (source), result, &error))
    self->delete_failed = TRUE;
  if (self->pages == NULL)
    return;
  if (error != NULL)
    tell (self, error->message);
  if (self->n_deleting > 0)
    return;
  if (self->delete_failed)
    _lf_history_read (self);
  else
    _lf_history_measure (self);
  self->delete_failed = FALSE;
}

/* Nothing, where it was undone. */
static void
purge (LfHistory *self, Batch *batch)
{
  guint place;

  if (!g_ptr_array_find (self->deleted, batch, &place))
    return;
  self->n_deleting += batch->rows->len;
  for (guint i = 0; i < batch->rows->len; i++)
    lf_store_delete_run_async (batch->store, lf_history_run_get (batch->rows->pdata[i])->id, NULL,
                               deleted_cb, g_object_ref (self));
  g_ptr_array_remove_index (self->deleted, place);
}

static gboolean
is_shown (LfHistory *self, const Batch *batch)
{
  const LfRun *run = lf_history_run_get (batch->rows->pdata[0]);

  return self->workspace != NULL && lf_workspace_get_store (self->workspace) == batch->store &&
         g_strcmp0 (run->spec_id, self->spec_id) == 0;
}

/* Also after another page was opened: the runs are still in the store. */
static void
restore (LfHistory *self, Batch *batch)
{
  guint place;

  if (!g_ptr_array_find (self->deleted, batch, &place))
    return;
  if (is_shown (self, batch))
    g_list_store_splice (self->runs, 0, 0, batch->rows->pdata, batch->rows->len);
  g_ptr_array_remove_index (self->deleted, place);
}

static void
toast_dismissed_cb (AdwToast *toast, LfHistory *self)
{
  purge (self, g_object_get_data (G_OBJECT (toast), "batch"));
}

static void
undo_clicked_cb (AdwToast *toast, LfHistory *self)
{
  restore (self, g_object_get_data (G_OBJECT (toast), "batch"));
}

/* At once: the one before comes again after it. */
static void
offer_undo (LfHistory *self, Batch *batch)
{
  const guint n = batch->rows->len;
  g_autofree char *title = g_strdup_printf (ngettext ("%'u run deleted", "%'u runs deleted", n), n);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_object_set_data_full (G_OBJECT (toast), "batch", g_rc_box_acquire (batch),
                          _lf_history_batch_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), self, 0);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (toast_dismissed_cb), self, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* At once: the table would follow every single one. */
static void
remove_from_list (LfHistory *self, GPtrArray *batch)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->runs));
  g_autoptr (GHashTable) gone = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_full (n, g_object_unref);

  for (guint i = 0; i < batch->len; i++)
    g_hash_table_add (gone, batch->pdata[i]);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LfHistoryRun) row = g_list_model_get_item (G_LIST_MODEL (self->runs), i);

      if (!g_hash_table_contains (gone, row))
        g_ptr_array_add (kept, g_steal_pointer (&row));
    }
  g_list_store_splice (self->runs, 0, n, kept->pdata, kept->len);
}

static void
delete_now (LfHistory *self, GPtrArray *rows)
{
  Batch *batch = g_rc_box_new0 (Batch);

  batch->store = g_object_ref (lf_workspace_get_store (self->workspace));
  batch->rows = g_ptr_array_ref (rows);
  g_ptr_array_add (self->deleted, batch);
  remove_from_list (self, rows);
  offer_undo (self, batch);
}

static void
answered_cb (LfHistory *self, const char *response, GtkWidget *dialog)
{
  if (g_strcmp0 (response, "delete") == 0 && self->workspace != NULL)
    delete_now (self, g_object_get_data (G_OBJECT (dialog), "batch"));
}

/* Other runs are compared with a baseline, so it does not go by mistake. */
static void
ask (LfHistory *self, GPtrArray *batch)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                              _ ("Delete the Baseline?"),
                                              _ ("Other runs of this spec are compared with it."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "delete",
                                    _ ("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "batch", g_ptr_array_ref (batch),
                          (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), g_object_ref (self),
                         (GClosureNotify) (void (*) (void)) g_object_unref, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
has_baseline (GPtrArray *batch)
{
  for (guint i = 0; i < batch->len; i++)
    if (lf_history_run_get (batch->pdata[i])->baseline)
      return TRUE;
  return FALSE;
}

void
_lf_history_delete (LfHistory *self)
{
  g_autoptr (GPtrArray) batch = _lf_history_selected (self);

  if (batch->len == 0)
    return;
  if (has_baseline (batch))
    ask (self, batch);
  else
    delete_now (self, batch);
}

gboolean
_lf_history_is_deleted (LfHistory *self, const char *run_id)
{
  for (guint b = 0; b < self->deleted->len; b++)
    {
      const Batch *batch = self->deleted->pdata[b];

      for (guint i = 0; i < batch->rows->len; i++)
        if (g_strcmp0 (lf_history_run_get (batch->rows->pdata[i])->id, run_id) == 0)
          return TRUE;
    }
  return FALSE;
}

void
lf_history_flush (LfHistory *self)
{
  while (self->deleted->len > 0)
    purge (self, self->deleted->pdata[0]);
}
