#include "config.h"

#include "lf-store-private.h"

#include <glib/gi18n.h>

/*
 * The calls of lf-store.h. Each copies its arguments into an LfStoreCall and queues it; the
 * store's thread hands it to the implementation's function of the same name.
 */

LfStoreCall *
_lf_store_call_new_by_id (LfStoreLane lane,
                          LfStoreWork work,
                          const char *operation,
                          GDestroyNotify free_result,
                          const char *id)
{
  LfStoreCall *call = _lf_store_call_new (lane, work, operation, free_result);

  call->id = g_strdup (id ? id : "");
  return call;
}

/* What comes from a file system or another machine may name folders and be in any encoding. */
static char *
get_file_name (const char *name)
{
  g_autofree char *base = name && *name ? g_path_get_basename (name) : NULL;

  return base ? g_utf8_make_valid (base, -1) : NULL;
}

void
lf_store_close_async (LfStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  LfStoreCall *call = _lf_store_call_new (LF_STORE_CHANGES, LF_STORE_WORK (self, close),
                                          N_ ("close the store"), NULL);

  _lf_store_call_push (call, self, lf_store_close_async, NULL, callback, user_data);
}

gboolean
lf_store_close_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_close_async, error) != NULL;
}

void
lf_store_save_spec_async (LfStore *self,
                          const LfSpec *spec,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  LfStoreCall *call = _lf_store_call_new (LF_STORE_CHANGES, _lf_store_save_spec,
                                          N_ ("save the spec"), lf_record_free);

  call->record = lf_spec_copy (spec);
  _lf_store_call_push (call, self, lf_store_save_spec_async, cancellable, callback, user_data);
}

LfSpec *
lf_store_save_spec_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_save_spec_async, error);
}

void
lf_store_load_spec_async (LfStore *self,
                          const char *id,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  LfStoreCall *call = _lf_store_call_new_by_id (LF_STORE_READS, LF_STORE_WORK (self, load_spec),
                                                N_ ("load the spec"), lf_record_free, id);

  _lf_store_call_push (call, self, lf_store_load_spec_async, cancellable, callback, user_data);
}

LfSpec *
lf_store_load_spec_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_load_spec_async, error);
}

void
lf_store_list_specs_async (LfStore *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  LfStoreCall *call =
      _lf_store_call_new (LF_STORE_READS, LF_STORE_WORK (self, list_specs), N_ ("list the specs"),
                          (GDestroyNotify) g_ptr_array_unref);

  _lf_store_call_push (call, self, lf_store_list_specs_async, cancellable, callback, user_data);
}

GPtrArray *
lf_store_list_specs_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_list_specs_async, error);
}

void
lf_store_list_revisions_async (LfStore *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  LfStoreCall *call =
      _lf_store_call_new (LF_STORE_READS, LF_STORE_WORK (self, list_revisions),
                          N_ ("list the specs"), (GDestroyNotify) g_hash_table_unref);

  _lf_store_call_push (call, self, lf_store_list_revisions_async, cancellable, callback, user_data);
}

GHashTable *
lf_store_list_revisions_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_list_revisions_async, error);
}

void
lf_store_delete_spec_async (LfStore *self,
                            const char *id,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  LfStoreCall *call = _lf_store_call_new_by_id (LF_STORE_CHANGES, _lf_store_delete_spec,
                                                N_ ("delete the spec"), NULL, id);

  _lf_store_call_push (call, self, lf_store_delete_spec_async, cancellable, callback, user_data);
}

gboolean
lf_store_delete_spec_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_delete_spec_async, error) != NULL;
}

void
lf_store_delete_revision_async (LfStore *self,
                                const char *id,
                                gint64 revision,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  LfStoreCall *call = _lf_store_call_new_by_id (LF_STORE_CHANGES, _lf_store_delete_spec,
                                                N_ ("delete the spec"), NULL, id);

  call->revision = revision;
  _lf_store_call_push (call, self, lf_store_delete_revision_async, cancellable, callback,
                       user_data);
}

gboolean
lf_store_delete_revision_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_delete_revision_async, error) != NULL;
}

void
lf_store_add_attachment_async (LfStore *self,
                               const char *name,
                               const char *content_type,
                               GInputStream *stream,
                               GFileProgressCallback progress,
                               gpointer progress_data,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  LfStoreCall *call = _lf_store_call_new (LF_STORE_CHANGES, LF_STORE_WORK (self, add_attachment),
                                          N_ ("keep the file"), lf_record_free);

  call->name = get_file_name (name);
  call->content_type = g_strdup (content_type);
  call->input = g_object_ref (stream);
  call->progress = progress;
  call->progress_data = progress_data;
  _lf_store_call_push (call, self, lf_store_add_attachment_async, cancellable, callback, user_data);
}

LfAttachment *
lf_store_add_attachment_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_add_attachment_async, error);
}

void
lf_store_read_attachment_async (LfStore *self,
                                const char *id,
                                GOutputStream *stream,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  LfStoreCall *call =
      _lf_store_call_new_by_id (LF_STORE_READS, LF_STORE_WORK (self, read_attachment),
                                N_ ("read the file"), lf_record_free, id);

  call->output = g_object_ref (stream);
  _lf_store_call_push (call, self, lf_store_read_attachment_async, cancellable, callback,
                       user_data);
}

LfAttachment *
lf_store_read_attachment_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_read_attachment_async, error);
}

void
lf_store_load_attachment_async (LfStore *self,
                                const char *id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  LfStoreCall *call =
      _lf_store_call_new_by_id (LF_STORE_READS, LF_STORE_WORK (self, load_attachment),
                                N_ ("find the file"), lf_record_free, id);

  _lf_store_call_push (call, self, lf_store_load_attachment_async, cancellable, callback,
                       user_data);
}

LfAttachment *
lf_store_load_attachment_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_load_attachment_async, error);
}

void
lf_store_delete_attachment_async (LfStore *self,
                                  const char *id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  LfStoreCall *call = _lf_store_call_new_by_id (
      LF_STORE_CHANGES, LF_STORE_WORK (self, delete_attachment), N_ ("delete the file"), NULL, id);

  _lf_store_call_push (call, self, lf_store_delete_attachment_async, cancellable, callback,
                       user_data);
}

gboolean
lf_store_delete_attachment_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_delete_attachment_async, error) != NULL;
}
