#include "config.h"

#include "lf-spec-editor-private.h"

#include "lf-error.h"
#include "lf-past-runs.h"

#include <glib/gi18n.h>

static gboolean
is_blank (const char *text)
{
  return text == NULL || *text == '\0';
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* Left behind, it only takes room; there is nothing that a person could do. */
  if (!lf_store_delete_attachment_finish (LF_STORE (source), result, &error))
    g_message ("%s", error->message);
}

static gboolean
uses (const LfSpec *spec, const char *id)
{
  g_autoptr (GPtrArray) used = spec != NULL ? lf_spec_get_attachment_ids (spec) : NULL;

  return used != NULL && g_ptr_array_find_with_equal_func (used, id, g_str_equal, NULL);
}

void
_lf_spec_editor_drop_unused (LfSpecEditor *self)
{
  for (guint i = self->added->len; i-- > 0;)
    {
      const char *id = self->added->pdata[i];

      if (lf_step_list_can_restore (LF_STEP_LIST (self->steps), id) ||
          lf_body_editor_can_restore (lf_step_editor_get_body (LF_STEP_EDITOR (self->step)), id))
        continue;
      if (!uses (self->saved->id != NULL ? self->saved : NULL, id) && !uses (self->sent, id))
        lf_store_delete_attachment_async (self->store, id, NULL, deleted_cb, NULL);
      g_ptr_array_remove_index (self->added, i);
    }
}

/* The copy that was saved becomes the one to compare with; edits made meanwhile stay. */
static void
adopt_saved (LfSpecEditor *self, LfSpec *stored)
{
  lf_set_string (&self->spec->id, stored->id);
  lf_set_string (&self->spec->schema, stored->schema);
  self->spec->revision = stored->revision;
  self->spec->created_at = stored->created_at;
  self->spec->updated_at = stored->updated_at;
  lf_record_set_present (self->spec, G_STRUCT_OFFSET (LfSpec, id), TRUE);
  lf_record_set_present (self->spec, G_STRUCT_OFFSET (LfSpec, revision), TRUE);
  lf_record_set_present (self->spec, G_STRUCT_OFFSET (LfSpec, created_at), TRUE);
  lf_record_set_present (self->spec, G_STRUCT_OFFSET (LfSpec, updated_at), TRUE);
  lf_spec_free (self->saved);
  self->saved = stored;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LfSpecEditor *self = g_task_get_source_object (task);
  GError *error = NULL;
  LfSpec *stored = lf_store_save_spec_finish (LF_STORE (source), result, &error);
  g_autoptr (LfSpec) copy = NULL;

  self->sent = NULL;
  if (stored == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  copy = lf_spec_copy (stored);
  if (self->shows_sent)
    {
      adopt_saved (self, stored);
      lf_past_runs_set_spec (LF_PAST_RUNS (self->past_runs), self->store, self->spec->id);
      gtk_widget_set_sensitive (self->past_runs_button, TRUE);
      _lf_spec_editor_update_modified (self);
      if (!self->modified)
        _lf_spec_editor_drop_unused (self);
    }
  else
    lf_spec_free (stored);
  _lf_spec_editor_tell_saved (self, copy);
  g_task_return_boolean (task, TRUE);
}

/* A spec without a name gets that of its request, so that nobody has to think of one. */
static void
ensure_name (LfSpecEditor *self)
{
  LfStep *step = lf_spec_get_step (self->spec, 0);

  if (!is_blank (self->spec->name) || step == NULL)
    return;
  g_free (self->spec->name);
  self->spec->name = !is_blank (step->url) ? lf_step_get_label (step) : g_strdup (_ ("New Spec"));
  self->loading = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->name), self->spec->name);
  self->loading = FALSE;
}

void
lf_spec_editor_save_async (LfSpecEditor *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, lf_spec_editor_save_async);
  if (self->sent != NULL)
    {
      g_task_return_new_error (task, LF_ERROR, LF_ERROR_STATE,
                               _ ("The store has not taken the last save yet. Wait for it."));
      return;
    }
  if (lf_body_editor_is_busy (lf_step_editor_get_body (LF_STEP_EDITOR (self->step))))
    {
      g_task_return_new_error (task, LF_ERROR, LF_ERROR_STATE,
                               _ ("The file is still on its way. Wait for it, or cancel it."));
      return;
    }
  ensure_name (self);
  _lf_spec_editor_update_modified (self);
  self->sent = lf_spec_copy (self->spec);
  self->shows_sent = TRUE;
  g_task_set_task_data (task, self->sent, lf_record_free);
  lf_store_save_spec_async (self->store, self->spec, NULL, saved_cb, g_steal_pointer (&task));
}

gboolean
lf_spec_editor_save_finish (LfSpecEditor *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
lf_spec_editor_shows_saved (LfSpecEditor *self)
{
  return self->shows_sent;
}

void
lf_spec_editor_detach (LfSpecEditor *self)
{
  g_clear_pointer (&self->spec->id, g_free);
  self->spec->revision = 0;
  lf_record_set_present (self->spec, G_STRUCT_OFFSET (LfSpec, id), FALSE);
  lf_record_set_present (self->spec, G_STRUCT_OFFSET (LfSpec, revision), FALSE);
  _lf_spec_editor_update_modified (self);
}

void
lf_spec_editor_rebase (LfSpecEditor *self, const LfSpec *stored, const LfSpec *shown)
{
  GPtrArray *added = g_steal_pointer (&self->added);

  self->added = g_ptr_array_new_with_free_func (g_free); /* so that none is dropped */
  lf_spec_editor_set_spec (self, self->store, shown);
  g_ptr_array_unref (self->added);
  self->added = added;
  adopt_saved (self, lf_spec_copy (stored));
  _lf_spec_editor_update_modified (self);
}
